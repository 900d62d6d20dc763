"""The linter of a register: what a jurist must mend before anybody relies on it.

E301 no source · E302 stale fingerprint · E303 passage not in the sheet · E304 line of the sheet
not covered · E305 reading without source or signature · E401 example that does not hold · E402
example that contradicts itself · E403 conclusion never reached · E404 condition never true · E405
no situation possible · W401 unused fact · W402 unused condition · W403 uncited text · W404
condition always true · W501 node that rests on unverified texts alone.

The structural codes E0xx–E2xx come from ``knowledge``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import NO
from traite_kb.knowledge import keys_of
from traite_kb.knowledge.sheet import combined
from traite_kb.model import (
    Condition,
    Constraint,
    Document,
    Example,
    Expectation,
    Fact,
    Grade,
    Help,
    Node,
    Norm,
    Passage,
    Point,
    Procedure,
    Reference,
    Requirement,
    Right,
    Stage,
    Step,
)
from traite_kb.problems import CaseError, Problem, problem
from traite_kb.reasoning import StageFinding, assess
from traite_kb.space import space_of
from traite_kb.truth import Truth

_RULES = (Condition, Norm, Stage, Step, Document, Right, Help)


@dataclass(frozen=True)
class Report:
    """What the checks found: problems, how much of the sheet is covered (0 to 1), and counts."""

    procedure: str
    problems: tuple[Problem, ...]
    coverage: float
    counts: Mapping[str, int]

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the register unfit for use."""
        return [p for p in self.problems if p.is_error]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that one can live with."""
        return [p for p in self.problems if not p.is_error]

    def as_json(self, lang: str) -> dict[str, Any]:
        """Give the report in the shape of ``docs/json.md``."""
        return {
            "procedure": self.procedure,
            "coverage": self.coverage,
            "errors": [p.as_json(lang) for p in self.errors],
            "warnings": [p.as_json(lang) for p in self.warnings],
            "counts": dict(self.counts),
        }


def check(procedure: Procedure) -> Report:
    """Check a register: sources, coverage of the sheet, examples, and idle or dead nodes.

    Examples
    --------
    >>> import traite_kb as kb
    >>> report = check(kb.open_procedure())
    >>> report.coverage, report.errors
    (1.0, [])
    """
    if space_of(procedure).possible == NO:
        impossible = problem("E405", procedure.origin, procedure.id)
        return Report(procedure.id, (impossible,), 0.0, {})
    uncovered = list(_uncovered(procedure))
    lines = {key.split(".")[0] for key in procedure.sheet.passages}
    missed = {key.split(".")[0] for key in uncovered}
    found = [
        *_unsourced(procedure),
        *_misquoted(procedure),
        *(problem("E304", procedure.origin, procedure.id, passage=key) for key in uncovered),
        *_broken_examples(procedure),
        *_dead(procedure),
        *_idle(procedure),
    ]
    found.sort(key=lambda p: (p.origin.file, p.origin.line, p.code))
    counts: dict[str, int] = {"passages": len(procedure.sheet.passages)}
    for node in procedure:
        counts[node.kind] = counts.get(node.kind, 0) + 1
    coverage = 1 - len(missed) / len(lines) if lines else 1.0
    return Report(procedure.id, tuple(found), coverage, counts)


def _unsourced(procedure: Procedure) -> Iterator[Problem]:
    grades = {ref.id: ref.grade for ref in procedure.of(Reference).values()}
    for node in procedure:
        if isinstance(node, _RULES) and not (node.cites or node.basis):
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


def _broken_examples(procedure: Procedure) -> Iterator[Problem]:
    for example in procedure.of(Example).values():
        try:
            view = assess(Case.known(procedure, facts=example.facts, readings=example.readings))
        except CaseError as error:
            names = ", ".join(p.node for p in error.problems)
            yield problem("E402", example.origin, example.id, constraint=names)
            continue
        for wanted in example.expect:
            for what, expected, got in differences(wanted, view[wanted.stage]):
                yield problem(
                    "E401", example.origin, example.id, stage=wanted.stage, what=what,
                    wanted=expected, got=got,
                )  # fmt: skip


def differences(wanted: Expectation, found: StageFinding) -> Iterator[tuple[str, str, str]]:
    """List what an example expected and did not get: what, expected, got."""
    if wanted.conclusion is not None and wanted.conclusion != found.conclusion:
        yield "conclusion", wanted.conclusion, found.conclusion
    if wanted.refusal_possible is not None:
        asked = wanted.refusal_possible
        expected = Truth.of(asked if isinstance(asked, bool) else None).value
        if expected != found.refusal.value:
            yield "refusal_possible", expected, found.refusal.value
    for what in ("missing", "depends_on"):
        names = getattr(wanted, what)
        if names is not None and names != set(getattr(found, what)):
            yield what, ", ".join(sorted(names)) or "[]", ", ".join(getattr(found, what)) or "[]"


def _dead(procedure: Procedure) -> Iterator[Problem]:
    space = space_of(procedure)
    shop, possible = space.diagrams, space.possible
    for stage in procedure.of(Stage).values():
        for conclusion, diagram in space.conclusions(stage).items():
            if conclusion == "hors_champ" and not stage.outside:
                continue
            if shop.both(possible, diagram) == NO:
                yield problem("E403", stage.origin, stage.id, stage=stage.id, conclusion=conclusion)
    for node in procedure:
        if isinstance(node, (Condition, Norm)):
            holds = space.holds(node.id)
            if shop.both(possible, holds) == NO:
                yield problem("E404", node.origin, node.id)
            elif shop.both(possible, shop.negate(holds)) == NO:
                yield problem("W404", node.origin, node.id)


def _idle(procedure: Procedure) -> Iterator[Problem]:
    used: set[str] = set()
    sources: set[str] = set()
    for node in procedure:
        sources.update(node.basis)
        if isinstance(node, Requirement):
            used.update(ref for _, ref in node.references)
        if isinstance(node, Stage):
            used.update((node.conditions, node.outside, node.refusal))
        if isinstance(node, Step):
            used.update((*node.needs, *node.done_when, *node.moot_when))
        if isinstance(node, Right):
            used.update(node.holds_when)
        if isinstance(node, Constraint):
            used.update(node.never)
        if isinstance(node, Point):
            sources.update(ref for reading in node.readings.values() for ref in reading.basis)
    codes = {Fact: ("W401", used), Condition: ("W402", used), Reference: ("W403", sources)}
    for kind, (code, names) in codes.items():
        for name, node in procedure.of(kind).items():
            if name not in names:
                yield problem(code, node.origin, name)
