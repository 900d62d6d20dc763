"""The mutation test of the register: a fault seeded anywhere in it is told by ``check``.

To see the score by kind: ``python -m pytest -m slow tests/test_mutants.py -s``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

import pytest
from mutants import Mutant, mutants

import traite_kb as kb
from traite_kb.checks.examples import broken
from traite_kb.checks.norms import Answers
from traite_kb.checks.reach import unreachable
from traite_kb.checks.redundancy import redundant
from traite_kb.checks.sources import unsourced
from traite_kb.checks.use import useless
from traite_kb.diagram import YES
from traite_kb.knowledge.links import broken_links
from traite_kb.model import Document, Door, Example, Norm, Procedure, Right, Stage, Step
from traite_kb.problems import Problem
from traite_kb.space import Space, space_of


class Twin(Space):
    """The space of a mutant, in the shop of the register: equal meanings are equal numbers."""

    def __init__(self, procedure: Procedure, original: Space) -> None:
        self.original = original
        super().__init__(procedure)

    def _in_diagram_order(self) -> list[str]:
        return self.original.names

    @property
    def diagrams(self):
        return self.original.diagrams

    @diagrams.setter
    def diagrams(self, shop) -> None:
        assert shop.sizes == self.original.diagrams.sizes


class Jury:
    """What a register means, and whether anything of ``check`` tells a mutant from it."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure, self.space = procedure, space_of(procedure)
        self.meaning = meaning(self.space)

    def changed(self, mutant: Procedure) -> dict[tuple, tuple] | None:
        """Give what a mutant means otherwise; nothing when it has other answers or readings."""
        if any(mutant.nodes[p.id] != p for p in self.space.points.values()):
            return None
        now = meaning(Twin(mutant, self.space))
        keys = {**self.meaning, **now}
        pairs = {key: (self.meaning.get(key), now.get(key)) for key in keys}
        return {key: (one, other) for key, (one, other) in pairs.items() if one != other}

    def verdict(self, mutant: Mutant) -> str:
        """Give the first code told of a mutant, ``"equivalent"``, or nothing for a survivor."""
        faulty = mutant.of(self.procedure)
        for found in broken_links(faulty.nodes.values()):
            return found.code
        changed = self.changed(faulty)
        if changed == {}:
            return "equivalent"
        return next((found.code for found in self.told(faulty, changed)), "")

    def told(self, faulty: Procedure, changed: dict[tuple, tuple] | None) -> Iterator[Problem]:
        # The more an example answers, the sooner it is decided, and the likelier it is to object.
        examples = faulty.of(Example).values()
        for example in sorted(examples, key=lambda one: -len(one.facts)):
            if changed is None or self.sees(example, changed):
                yield from broken(faulty, example)
        space = space_of(faulty)
        yield from unreachable(space)
        yield from Answers(space).problems()
        yield from useless(space)
        yield from redundant(space)
        yield from unsourced(faulty)

    def sees(self, example: Example, changed: dict[tuple, tuple]) -> bool:
        """Tell whether anything that an example expects can be otherwise, given its answers."""
        places = {wanted.stage for wanted in example.expect}
        places |= {"steps"} if example.steps or example.rights else set()
        places |= {"rights"} if example.rights else set()
        places |= {"doors"} if example.doors else set()
        places |= {"excludes"} if example.excludes else set()
        shop = self.space.diagrams
        known = self.space.assignment({**example.facts, **example.readings})
        for (place, *_), (one, other) in changed.items():
            if place == "excludes" or one is None or other is None:
                found = True
            else:
                pairs = zip(one, other, strict=True)
                found = any(shop.given(a, known) != shop.given(b, known) for a, b in pairs)
            if found and place in places:
                return True
        return False


def meaning(space: Space) -> dict[tuple, tuple[int, ...]]:
    """Everything that a register says, by its place; diagrams over the possible situations."""
    shop, possible, procedure = space.diagrams, space.possible, space.procedure

    def both_ways(diagram: int) -> tuple[int, int]:
        return shop.both(possible, diagram), shop.both(possible, shop.negate(diagram))

    found: dict[tuple, tuple[int, ...]] = {("excludes",): (possible,)}
    for stage in procedure.of(Stage).values():
        for told in (space.conclusions(stage), space.refusal(stage)):
            for outcome, diagram in told.items():
                found[stage.id, outcome] = both_ways(diagram)
    for norm in procedure.of(Norm).values():
        key = (norm.stage, norm.id, norm.modality, norm.bearer, norm.prevails_over)
        found[key] = both_ways(space.holds(norm.id))
    for step in procedure.of(Step).values():
        done, moot = (
            shop.any_of(map(space.holds, names)) for names in (step.done_when, step.moot_when)
        )
        left = shop.negate(done)
        with_object = shop.both(left, shop.negate(moot))
        found["steps", step.id, "done_when"] = both_ways(done)
        found["steps", step.id, "moot_when"] = both_ways(shop.both(left, moot))
        for name in step.needs:
            found["steps", step.id, name] = (shop.both(with_object, lifted(space, step, name)),)
        steps = procedure.of(Step)
        waits = tuple(name for name in step.after if step.optional or not steps[name].optional)
        plain = (step.optional, step.deadline, step.documents, step.gives, waits)
        found["steps", step.id, plain] = (YES,)
    for document in procedure.of(Document).values():
        found["steps", document.id, document.one_of] = (YES,)
    for right in procedure.of(Right).values():
        held = shop.any_of(map(space.holds, right.holds_when))
        found["rights", right.id, bool(right.holds_when)] = both_ways(held)
    for door in procedure.of(Door).values():
        seen = shop.any_of(map(space.holds, door.when))
        found["doors", door.id, bool(door.when)] = both_ways(seen)
    return found


def lifted(space: Space, step: Step, need: str) -> int:
    """Where a step has what it needs, or can come to have it through a step still to be done."""
    shop, steps = space.diagrams, space.procedure.of(Step)
    before: set[str] = set()
    waiting = [step]
    while waiting:
        new = set(waiting.pop().after) - before
        before |= new
        waiting += [steps[name] for name in new]
    needed = shop.support(space.holds(need))
    found = shop.both(space.possible, space.holds(need))
    for name in sorted(before):
        ends = [space.holds(ref) for ref in steps[name].done_when]
        facts = set().union(*map(shop.support, ends))
        if facts & needed:
            undone = shop.negate(shop.any_of(ends))
            found = shop.choose(undone, shop.somewhere(found, frozenset(facts)), found)
    return shop.both(space.possible, found)


def judged(procedure: Procedure, seeded: Iterable[Mutant]) -> list[tuple[Mutant, str]]:
    jury = Jury(procedure)
    return [(mutant, jury.verdict(mutant)) for mutant in seeded]


def survivors(procedure: Procedure, verdicts: list[tuple[Mutant, str]]) -> list[str]:
    return [f"{procedure.nodes[m.node].origin}: {m.name}" for m, told in verdicts if not told]


def score(verdicts: list[tuple[Mutant, str]]) -> Iterator[str]:
    """One line for each kind, and one for all."""
    rows = [(kind, list(group)) for kind, group in groupby(sorted(verdicts, key=_kind), key=_kind)]
    for kind, group in [*rows, ("all", verdicts)]:
        told = Counter(code for _, code in group)
        equivalent, lived = told.pop("equivalent", 0), told.pop("", 0)
        caught = len(group) - equivalent - lived
        codes = ", ".join(f"{code} {count}" for code, count in told.most_common(4))
        yield f"{kind}: {len(group)} seeded, {caught} caught, {equivalent} equivalent ({codes})"


def _kind(verdict: tuple[Mutant, str]) -> str:
    return verdict[0].kind


@pytest.mark.slow
@pytest.mark.parametrize("name", kb.procedures())
def test_every_fault_seeded_in_a_register_is_told(name):
    procedure = kb.open_procedure(name)
    verdicts = judged(procedure, mutants(procedure))
    alike = [mutant for mutant, told in verdicts if told == "equivalent"]
    print("", *score(verdicts), *(f"equivalent: {mutant.name}" for mutant in alike), sep="\n")
    assert survivors(procedure, verdicts) == []
    cases = list(random_cases(procedure, 25))
    before = [answers(procedure, *case) for case in cases]
    for mutant in alike:
        faulty = mutant.of(procedure)
        assert [answers(faulty, *case) for case in cases] == before, mutant.name


def random_cases(procedure: Procedure, count: int) -> Iterator[tuple[dict, dict]]:
    draw, space = random.Random(count), space_of(procedure)
    while count:
        share = draw.random()
        known = {n: draw.choice(v) for n, v in space.domains.items() if draw.random() < share}
        if not space.contradictions(known):
            count -= 1
            yield (
                {name: value for name, value in known.items() if name in space.facts},
                {name: value for name, value in known.items() if name in space.points},
            )


def answers(procedure: Procedure, facts: dict, readings: dict) -> list:
    view = kb.assess(kb.Case.known(procedure, facts=facts, readings=readings))
    way = kb.pathway(view.case)
    stages = [
        (f.conclusion, f.refusal, f.missing, f.depends_on, dict(f.norms))
        for f in view.stages.values()
    ]
    return [
        stages,
        dict(way.rights),
        dict(way.doors),
        [(f.state, f.because) for f in way.steps.values()],
    ]


def sample(procedure: Procedure) -> list[Mutant]:
    """The first fault of each kind, and every fortieth after it."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in mutants(procedure):
        kinds.setdefault(mutant.kind, []).append(mutant)
    return [mutant for group in kinds.values() for mutant in group[::40]]


def test_a_fault_of_each_kind_is_told(proc):
    assert survivors(proc, judged(proc, sample(proc))) == []


def test_a_fault_that_only_an_example_can_see_lives_on_without_the_examples(proc):
    bare = replace(proc, nodes={n.id: n for n in proc if not isinstance(n, Example)})
    swapped = [m for m in sample(bare) if m.kind in ("bearer swapped", "deadline changed")]
    assert len(survivors(bare, judged(bare, swapped))) == len(swapped) > 1


def test_a_register_said_otherwise_is_no_fault(proc):
    norm = proc.nodes["recepisse_de_trente_jours"]
    twice = replace(norm, when_all=(*reversed(norm.when_all), *norm.when_all))
    assert Jury(proc).verdict(Mutant("said otherwise", norm.id, "twice", (twice,))) == "equivalent"
