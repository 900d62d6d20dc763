"""Counts of situations by judges that share nothing with the engine: clingo, and ``dd``.

For clingo a register is a program, of which each answer set is a possible situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from judges import ROLES, domains_of, stages_of

_WHY = "an independent judge: pip install -e '.[test]'"
clingo = pytest.importorskip("clingo", reason=f"clingo is {_WHY}")
autoref = pytest.importorskip("dd.autoref", reason=f"dd is {_WHY}")


def _word(value) -> str:
    return f'"{str(value).lower()}"'


def program(register: dict, answers: dict, matter: tuple[str, bool]) -> str:
    rules = []
    for name, values in domains_of(register).items():
        options = "; ".join(f"is({_word(name)},{_word(v)})" for v in values)
        rules.append(f"1 {{ {options} }} 1.")
    for name in register["facts"]:
        rules.append(f'holds({_word(name)}) :- is({_word(name)},"true").')
    for place, never in enumerate(register["constraints"]):
        for name, values in never.items():
            rules += [f"in({place},{_word(name)}) :- is({_word(name)},{_word(v)})." for v in values]
        rules.append(":- " + ", ".join(f"in({place},{_word(name)})" for name in never) + ".")
    for name, node in {**register["conditions"], **register["norms"]}.items():
        me = _word(name)
        if "one_of" in node:
            tested = _word(node["tests"])
            rules += [f"holds({me}) :- is({tested},{_word(v)})." for v in node["one_of"]]
            continue
        rules += [f"some({me}) :- holds({_word(n)})." for n in node["when_any"]]
        body = [f"holds({_word(n)})" for n in node["when_all"]]
        body += [f"some({me})"] if node["when_any"] else []
        body += [f"not holds({_word(n)})" for n in node["unless_any"]]
        rules.append(f"holds({me}) :- {', '.join(body)}.")
    rules += [f":- not is({_word(n)},{_word(v)})." for n, v in answers.items()]
    return "\n".join([*rules, *_outcomes(register, matter)])


def _outcomes(register: dict, matter: tuple[str, bool]) -> Iterator[str]:
    about, refusal = matter
    stage = stages_of(register).get(about)
    if stage is None or refusal:
        ground = f"holds({_word(stage['refusal'] if stage else about)})"
        if stage is None or stage["refusal"]:
            yield f'outcome("true") :- {ground}{", not outside" if stage else ""}.'
        yield 'outcome("false") :- not outcome("true").'
    else:
        met = f"holds({_word(stage['conditions'])})"
        yield 'outcome("hors_champ") :- outside.'
        yield f'outcome("conditions_reunies") :- not outside, {met}.'
        yield f'outcome("condition_manquante") :- not outside, not {met}.'
    if stage and stage["outside"]:
        yield f"outside :- holds({_word(stage['outside'])})."


def counted(register: dict, answers: dict, matter: tuple[str, bool], facts: list[str]) -> dict:
    """Count the situations of some facts by outcome, going through the answer sets."""
    control = clingo.Control(["--project=show", "--models=0"], logger=lambda *_: None)
    text = program(register, answers, matter)
    shown = [f"#show is({_word(n)},V) : is({_word(n)},V)." for n in facts]
    control.add("base", [], "\n".join([text, "#show outcome/1.", *shown]))
    control.ground([("base", [])])
    bits: dict[clingo.Symbol, int] = {}
    found: dict[int, set[str]] = {}

    def note(model: clingo.Model) -> None:
        atoms = model.symbols(shown=True)
        outcome = next(a.arguments[0].string for a in atoms if a.name == "outcome")
        key = sum(bits.setdefault(a, 1 << len(bits)) for a in atoms if a.name == "is")
        found.setdefault(key, set()).add(outcome)

    control.solve(on_model=note)
    counts: dict[str, int] = {}
    for outcomes in found.values():
        name = outcomes.pop() if len(outcomes) == 1 else "a_verifier"
        counts[name] = counts.get(name, 0) + 1
    return counts


def counts_of(register: dict, answers: dict, matter: tuple[str, bool], facts: list[str]) -> dict:
    """Count the situations of some facts by outcome, with the decision diagrams of ``dd``."""
    shop, domains = autoref.BDD(), domains_of(register)
    digits = {n: [f"{n}:{i}" for i in range((len(v) - 1).bit_length())] for n, v in domains.items()}
    shop.declare(*(digit for ds in digits.values() for digit in ds))
    shop.configure(reordering=True)

    def joined(parts: Iterable, start, join):
        for part in parts:
            start = join(start, part)
        return start

    def all_of(parts: Iterable):
        return joined(parts, shop.true, lambda a, b: a & b)

    def any_of(parts: Iterable):
        return joined(parts, shop.false, lambda a, b: a | b)

    def value(name: str, wanted):
        place = domains[name].index(wanted)
        literals = ((place >> i & 1, shop.var(d)) for i, d in enumerate(digits[name]))
        return all_of(literal if bit else ~literal for bit, literal in literals)

    def among(name: str, values: Iterable):
        return any_of(value(name, v) for v in values)

    def holds(name: str):
        if name in register["facts"]:
            return value(name, True)
        node = {**register["conditions"], **register["norms"]}[name]
        if "one_of" in node:
            return among(node["tests"], node["one_of"])
        alls, anys, unless = ([holds(n) for n in node[role]] for role in ROLES)
        return all_of([*alls, *([any_of(anys)] if anys else []), *(~held for held in unless)])

    about, refusal = matter
    stage = stages_of(register)[about]
    outside = holds(stage["outside"]) if stage["outside"] else shop.false
    if refusal:
        ground = ~outside & holds(stage["refusal"]) if stage["refusal"] else shop.false
        outcomes = {"true": ground, "false": ~ground}
    else:
        met = holds(stage["conditions"])
        outcomes = {"hors_champ": outside, "condition_manquante": ~outside & ~met}
        outcomes["conditions_reunies"] = ~outside & met
    possible = all_of(among(n, values) for n, values in domains.items())
    possible &= all_of(value(n, v) for n, v in answers.items())
    for never in register["constraints"]:
        possible &= ~all_of(among(n, values) for n, values in never.items())
    others = [digit for n, ds in digits.items() if n not in facts for digit in ds]
    width = sum(len(digits[n]) for n in facts)
    every = shop.exist(others, possible)
    settled = {n: every & ~shop.exist(others, possible & ~held) for n, held in outcomes.items()}
    settled["a_verifier"] = every & ~any_of(settled.values())
    counts = {name: int(shop.count(held, width)) for name, held in settled.items()}
    return {name: number for name, number in counts.items() if number}
