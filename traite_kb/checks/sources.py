"""Sources: every rule has one, every quotation fits, every line of the sheet is covered."""

from __future__ import annotations

from collections.abc import Iterator

from traite_kb.knowledge import keys_of
from traite_kb.knowledge.sheet import combined
from traite_kb.model import (
    Condition,
    Contact,
    Document,
    Door,
    Grade,
    Help,
    Mistake,
    Node,
    Norm,
    Passage,
    Point,
    Procedure,
    Reference,
    Right,
    Stage,
    Step,
)
from traite_kb.problems import Problem, problem

_RULES = (Condition, Norm, Stage, Step, Document, Right, Help)
# These must say where they come from; but an unverified text is enough to say where else to look.
_TOLD = (*_RULES, Mistake, Door, Contact)


def unsourced(procedure: Procedure) -> Iterator[Problem]:
    """List what has no source, misquotes it, or leaves a passage of the sheet uncovered."""
    yield from _without_source(procedure)
    yield from _misquoted(procedure)
    for key in _uncovered(procedure):
        yield problem("E304", procedure.origin, procedure.id, passage=key)
    yield from _uncited(procedure)


def coverage(procedure: Procedure) -> float:
    """Give the share of the sheet's lines all of whose sentences are covered."""
    lines = {key.split(".")[0] for key in procedure.sheet.passages}
    missed = {key.split(".")[0] for key in _uncovered(procedure)}
    return 1 - len(missed) / len(lines) if lines else 1.0


def _without_source(procedure: Procedure) -> Iterator[Problem]:
    grades = {ref.id: ref.grade for ref in procedure.of(Reference).values()}
    for node in procedure:
        if isinstance(node, _TOLD) and not (node.cites or node.basis):
            yield problem("E301", node.origin, node.id)
        if isinstance(node, Point):
            for reading in node.readings.values():
                if not (reading.cites or reading.basis or reading.signed):
                    yield problem("E305", reading.origin, node.id, reading=reading.id)
        only_texts = isinstance(node, _RULES) and node.basis and not node.cites
        if only_texts and all(grades[ref] is Grade.UNVERIFIED for ref in node.basis):
            yield problem("W501", node.origin, node.id)


def _quotes(procedure: Procedure) -> Iterator[tuple[Node, str, Passage]]:
    for node in procedure:
        yield from ((node, node.id, passage) for passage in node.cites)
        if isinstance(node, Point):
            for reading in node.readings.values():
                yield from ((reading, f"{node.id}.{reading.id}", p) for p in reading.cites)


def _misquoted(procedure: Procedure) -> Iterator[Problem]:
    known = procedure.sheet.passages
    for node, name, passage in _quotes(procedure):
        keys = keys_of(passage, known)
        if not keys or passage.source != procedure.sheet.id:
            yield problem("E303", node.origin, name, passage=passage.key)
            continue
        now = combined([known[key] for key in keys])
        if now != passage.fingerprint:
            yield problem(
                "E302", node.origin, name, passage=passage.key, wanted=passage.fingerprint, got=now
            )


def _uncovered(procedure: Procedure) -> Iterator[str]:
    cited = {
        key
        for _, _, passage in _quotes(procedure)
        for key in keys_of(passage, procedure.sheet.passages)
    }
    yield from (key for key in procedure.sheet.passages if key not in cited)


def _uncited(procedure: Procedure) -> Iterator[Problem]:
    cited: set[str] = set()
    for node in procedure:
        cited.update(node.basis)
        if isinstance(node, Point):
            cited.update(ref for reading in node.readings.values() for ref in reading.basis)
    for name, reference in procedure.of(Reference).items():
        if name not in cited:
            yield problem("W403", reference.origin, name)
