// The rules as publicodes, answering one line of JSON per line of JSON.
// node contest.mjs FOLDER, where FOLDER has node_modules. Times itself: pipes are not measured.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

const { default: Engine } = createRequire(join(process.argv[2], 'here.js'))('publicodes')

const question = (name) => ({ question: `${name} ?`, type: 'booléen' })
const all = (...parts) => ({ 'toutes ces conditions': parts })
const any = (...parts) => ({ 'une de ces conditions': parts })
const facts = JSON.parse(process.argv[3])
const grounds = JSON.parse(process.argv[4])
const rules = {
  ...Object.fromEntries(facts.map((name) => [name, question(name)])),
  inside: all('etranger', 'hors_accord'),
  told: all('sans_contact', any('plainte', 'temoignage')),
  exempt: all('mineur', 'souhait'),
  met: all('infraction', 'audition', any('told', 'exempt')),
  ground: any(...grounds),
  outcome: {
    variations: [
      { si: 'inside = non', alors: "'out_of_scope'" },
      { si: 'met = non', alors: "'not_eligible'" },
      { si: 'ground', alors: "'may_be_refused'" },
      { sinon: "'eligible'" },
    ],
  },
}
const probes = {
  a: question('a'),
  b: question('b'),
  p2: any(all('a', 'b'), all('a', 'b = non')),
  p3: all(any('a', 'b'), any('a = non', 'b')),
}
const quiet = { log() {}, warn() {}, error: console.error }
const engine = new Engine(rules, { logger: quiet })
const small = new Engine(probes, { logger: quiet })

const situation = (known) =>
  Object.fromEntries(Object.entries(known).map(([name, yes]) => [name, yes ? 'oui' : 'non']))

const answer = (which, goal, known) => {
  which.setSituation(situation(known))
  const { nodeValue, missingVariables } = which.evaluate(goal)
  return { value: nodeValue ?? null, missing: Object.keys(missingVariables) }
}

let turn = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { probe, cases, times } = JSON.parse(line)
  const which = probe ? small : engine
  const goal = probe ?? 'outcome'
  const answers = times ? [] : cases.map((known) => answer(which, goal, known))
  const start = performance.now()
  for (let i = 0; i < times; i++) answer(which, goal, cases[turn++ % cases.length])
  console.log(JSON.stringify({ answers, seconds: (performance.now() - start) / 1000 }))
}
