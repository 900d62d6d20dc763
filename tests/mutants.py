"""Seeded faults: a register with one thing wrong, for every kind of thing that can be wrong.

Each mutant is a register that loads into the model like any other; only its nodes differ, so that
nothing is read or written. Not seeded, because no situation shows them: words, labels, citations
(each has its fingerprint), the usual order of steps, and who can change a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from traite_kb.model import (
    Actor,
    Condition,
    Constraint,
    Deadline,
    Document,
    Door,
    Modality,
    Node,
    Norm,
    Point,
    Procedure,
    Requirement,
    Right,
    Stage,
    Step,
)

LISTS = ("when_all", "when_any", "unless_any")


@dataclass(frozen=True)
class Mutant:
    """One fault: its kind, the node that it is in, and what exactly."""

    kind: str
    node: str
    detail: str
    changed: tuple[Node, ...]
    dropped: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.node}: {self.detail}"

    def of(self, procedure: Procedure) -> Procedure:
        """Give the register with the fault in it."""
        nodes = {**procedure.nodes, **{node.id: node for node in self.changed}}
        if self.dropped:
            del nodes[self.node]
        return replace(procedure, nodes=nodes)


def mutants(procedure: Procedure) -> Iterator[Mutant]:
    for node in procedure:
        if isinstance(node, Requirement):
            yield from _references(node)
        if isinstance(node, Condition) and node.one_of:
            yield from _values(procedure, node)
        if isinstance(node, Norm):
            yield from _norm(procedure, node)
        elif isinstance(node, Stage):
            yield from _stage(procedure, node)
        elif isinstance(node, Constraint):
            yield from _constraint(node)
        elif isinstance(node, Point):
            yield from _point(node)
        elif isinstance(node, Step):
            yield from _step(node)
        elif isinstance(node, Document):
            yield from _less(node, "one_of", "alternative dropped")
        elif isinstance(node, Right):
            yield from _less(node, "holds_when", "right’s condition dropped")
        elif isinstance(node, Door):
            yield from _less(node, "when", "door’s condition dropped")


def _fault(kind: str, node: Node, detail: str, **fields: object) -> Mutant:
    return Mutant(kind, node.id, detail, (replace(node, **fields),))


def _without(names: tuple, place: int) -> tuple:
    return names[:place] + names[place + 1 :]


def _less(node: Node, key: str, kind: str) -> Iterator[Mutant]:
    names = getattr(node, key)
    for place, name in enumerate(names):
        yield _fault(kind, node, f"{key} − {name}", **{key: _without(names, place)})


def _references(node: Requirement) -> Iterator[Mutant]:
    for key in LISTS:
        yield from _less(node, key, "reference dropped")
    # A sole entry of when_any is an entry of when_all: only what meets another one is moved.
    for key, other in (("when_all", "when_any"), ("when_any", "when_all")):
        names, others = getattr(node, key), getattr(node, other)
        if others or (key == "when_any" and len(names) > 1):
            for place, name in enumerate(names):
                moved = {key: _without(names, place), other: (*others, name)}
                yield _fault("reference moved", node, f"{name}: {key} → {other}", **moved)
        if len(names) > 1 and not others:
            yield _fault("and, or swapped", node, f"{key} → {other}", **{key: (), other: names})


def _values(procedure: Procedure, node: Condition) -> Iterator[Mutant]:
    tested = procedure.nodes[node.fact or node.point]
    domain = tuple(tested.readings if isinstance(tested, Point) else tested.values)
    what = "reading" if node.point else "value"
    yield from _less(node, "one_of", f"{what} dropped")
    others = tuple(value for value in domain if value not in node.one_of)
    for value in others:
        yield _fault(f"{what} added", node, f"+ {value}", one_of=(*node.one_of, value))
    if others:
        yield _fault(f"{what}s swapped", node, ", ".join(others), one_of=others)


def _norm(procedure: Procedure, norm: Norm) -> Iterator[Mutant]:
    swaps = {
        Modality.MUST: (Modality.MAY, Modality.MUST_NOT),
        Modality.MAY: (Modality.MUST,),
        Modality.MUST_NOT: (Modality.MAY,),
    }
    for modality in swaps[norm.modality]:
        yield _fault("modality swapped", norm, f"{norm.modality} → {modality}", modality=modality)
    for actor in Actor:
        if actor is not norm.bearer:
            yield _fault("bearer swapped", norm, f"{norm.bearer} → {actor}", bearer=actor)
    for stage in procedure.of(Stage):
        if stage != norm.stage:
            yield _fault("norm moved", norm, f"{norm.stage} → {stage}", stage=stage)
    yield from _less(norm, "prevails_over", "priority dropped")


def _stage(procedure: Procedure, stage: Stage) -> Iterator[Mutant]:
    nodes, stages = procedure.nodes, procedure.of(Stage).values()
    if stage.outside:
        yield _fault("scope widened", stage, f"outside − {stage.outside}", outside="")
        scope = nodes[stage.outside]
        for place, name in enumerate(scope.when_any):
            less = replace(scope, id="autre_champ", when_any=_without(scope.when_any, place))
            told = f"outside − {name}"
            changed = (less, replace(stage, outside=less.id))
            yield Mutant("scope widened", stage.id, told, changed)
    grounds = dict.fromkeys(other.refusal for other in stages if other.refusal)
    if stage.refusal:
        yield _fault("refusal dropped", stage, f"refusal − {stage.refusal}", refusal="")
        parts = [ref for _, ref in nodes[stage.refusal].references]
        for name in dict.fromkeys([*grounds, *parts]):
            if name != stage.refusal:
                told = f"{stage.refusal} → {name}"
                yield _fault("refusal replaced", stage, told, refusal=name)
    asked = nodes[stage.conditions]
    for name in (*asked.when_all, *asked.when_any):
        told = f"{stage.conditions} → {name}"
        yield _fault("conditions replaced", stage, told, conditions=name)


def _constraint(node: Constraint) -> Iterator[Mutant]:
    yield Mutant("constraint dropped", node.id, "whole", (), dropped=True)
    for name, values in node.never.items():
        rest = {other: v for other, v in node.never.items() if other != name}
        yield _fault("constraint widened", node, f"never − {name}", never=rest)
        if len(values) > 1:
            for place, value in enumerate(values):
                less = {**node.never, name: _without(values, place)}
                yield _fault("constraint narrowed", node, f"{name} − {value}", never=less)


def _point(node: Point) -> Iterator[Mutant]:
    for name in node.readings:
        rest = {other: r for other, r in node.readings.items() if other != name}
        yield _fault("reading of a point dropped", node, name, readings=rest)


def _step(node: Step) -> Iterator[Mutant]:
    yield from _less(node, "after", "order dropped")
    yield from _less(node, "needs", "need dropped")
    yield from _less(node, "done_when", "end of a step dropped")
    yield from _less(node, "moot_when", "object of a step widened")
    yield from _less(node, "documents", "document dropped")
    yield from _less(node, "gives", "gift dropped")
    told = "no longer optional" if node.optional else "optional"
    yield _fault("option swapped", node, told, optional=not node.optional)
    if node.deadline:
        count, unit = node.deadline.count, node.deadline.unit
        wrong = [Deadline(n, unit, node.deadline.start) for n in (count - 1, count + 1)]
        wrong += [
            Deadline(count, other, node.deadline.start)
            for other in ("days", "months", "years")
            if other != unit
        ]
        for deadline in wrong:
            told = f"{count} {unit} → {deadline.count} {deadline.unit}"
            yield _fault("deadline changed", node, told, deadline=deadline)
        yield _fault("deadline changed", node, f"{count} {unit} → none", deadline=None)
