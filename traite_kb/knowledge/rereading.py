"""What is to be read again when a passage of the sheet no longer says what it said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from traite_kb.knowledge.sheet import keys_of
from traite_kb.model import (
    Document,
    Example,
    Gap,
    Node,
    Norm,
    Point,
    Procedure,
    Requirement,
    Right,
    Stage,
    Step,
)


@dataclass(frozen=True, slots=True)
class Rereading:
    """What rests on one passage.

    ``nodes`` cite it, and so do the readings of ``points`` (``point.reading``). ``examples``
    expect something that rests on one of these, ``steps`` are such a node or rest on one, and
    ``pictures`` show one of these steps.
    """

    nodes: tuple[str, ...]
    points: tuple[str, ...]
    examples: tuple[str, ...]
    steps: tuple[str, ...]
    pictures: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """Give the lists in the shape that ``source --json`` prints."""
        return {name: list(getattr(self, name)) for name in self.__slots__}


def rereadings(procedure: Procedure, keys: Iterable[str]) -> dict[str, Rereading]:
    """Tell, for each passage (``"35.2"``), what rests on it in any version of the register."""
    days = (procedure.since, *(turn for turn in procedure.turns if turn > procedure.since))
    versions = dict.fromkeys([procedure, *(procedure.at(day) for day in days)])
    resting = [_Resting(version) for version in versions]
    return {key: _together([version.on(key) for version in resting]) for key in keys}


def _together(found: list[Rereading]) -> Rereading:
    lists = (
        dict.fromkeys(name for one in found for name in getattr(one, part))
        for part in Rereading.__slots__
    )
    return Rereading(*(tuple(names) for names in lists))


class _Resting:
    """What rests on what, in one version of a register."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._steps = {name: _under(procedure, [name]) for name in procedure.of(Step)}
        self._examples = {
            name: {name} | _under(procedure, _checked(procedure, example))
            for name, example in procedure.of(Example).items()
        }

    def on(self, key: str) -> Rereading:
        """Tell what rests on one passage."""
        procedure = self._procedure
        nodes = tuple(node.id for node in procedure if _cites(procedure, node, key))
        readings = tuple(
            (point.id, f"{point.id}.{reading.id}")
            for point in procedure.of(Point).values()
            for reading in point.readings.values()
            if _cites(procedure, reading, key)
        )
        touched = {*nodes, *(point for point, _ in readings)}
        steps = tuple(name for name, under in self._steps.items() if under & touched)
        return Rereading(
            nodes,
            tuple(name for _, name in readings),
            tuple(name for name, under in self._examples.items() if under & touched),
            steps,
            ("pathway",) if steps else (),
        )


def _cites(procedure: Procedure, node: Node, key: str) -> bool:
    return any(key in keys_of(passage, procedure.sheet.passages) for passage in node.cites)


def _under(procedure: Procedure, names: Iterable[str]) -> set[str]:
    """Give the nodes and everything that they rest on."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_parts(procedure, procedure.nodes[name]))
    return found


def _parts(procedure: Procedure, node: Node) -> Iterator[str]:
    if isinstance(node, Requirement):
        yield from (ref for _, ref in node.references)
    elif isinstance(node, Step):
        for refs in (node.needs, node.done_when, node.moot_when, node.documents, node.gives):
            yield from refs
        # A deadline that starts from a step says nothing of what that step rests on.
        if node.deadline and isinstance(procedure.nodes[node.deadline.start], Gap):
            yield node.deadline.start
    elif isinstance(node, Document):
        yield from node.one_of
    elif isinstance(node, Right):
        yield from node.holds_when


def _runs_in(procedure: Procedure, example: Example) -> bool:
    """Tell whether an example is about the law of this version."""
    return procedure.period(example.on or date.today()) == procedure.period(procedure.on)


def _checked(procedure: Procedure, example: Example) -> Iterator[str]:
    """List the nodes whose state an example expects something of."""
    if not _runs_in(procedure, example):
        return
    yield from (found.step for found in example.steps)
    yield from example.rights
    for found in example.expect:
        stage = procedure.of(Stage)[found.stage]
        yield stage.id
        asked = []
        if {found.conclusion, found.missing, found.depends_on} != {None}:
            asked += [stage.conditions, stage.outside]
        if found.refusal_possible is not None:
            asked += [stage.refusal, stage.outside]
        yield from (name for name in asked if name)
        for norm in procedure.of(Norm).values():
            of_modality = getattr(found, norm.modality.value) is not None
            if norm.stage == stage.id and (of_modality or norm.bearer in found.borne_by):
                yield norm.id
