"""The linter of a register: what a jurist must mend before anybody relies on it.

Sources: E301 no source · E302 stale fingerprint · E303 passage not in the sheet · E304 line of the
sheet not covered · E305 reading without source or signature · W403 uncited text · W501 node that
rests on unverified texts alone. Examples: E401 one that does not hold · E402 one that contradicts
itself. Reach: E403 conclusion never reached · E404 condition never true · E405 no situation
possible · E408 step never open · W404 condition always true. Norms: E406 conditions met and no
norm applies · E407 two norms in contradiction · W405 refusal possible and no norm gives it · W406
priority without a conflict. Use: W401 unused fact · W402 unused condition · W407 fact that changes
nothing · W408 condition that changes nothing · W409 reference that adds nothing · W410 constraint
that the others imply. Decisions: E409 one that does not come out as it was held · E410 one that
contradicts itself · E411 disputed point that it does not raise · W411 one that it raises after all.

The structural codes E0xx–E2xx come from ``knowledge``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from traite_kb.checks.decisions import decided, misjudged
from traite_kb.checks.examples import broken_examples, differences
from traite_kb.checks.norms import Answers
from traite_kb.checks.reach import unreachable
from traite_kb.checks.redundancy import redundant
from traite_kb.checks.report import Certificate, Report
from traite_kb.checks.sources import coverage, unsourced
from traite_kb.checks.use import useless
from traite_kb.diagram import NO
from traite_kb.model import Constraint, Fact, Point, Procedure, Requirement, Stage, Step
from traite_kb.problems import KnowledgeError, Problem, problem
from traite_kb.space import space_of

__all__ = ["Certificate", "Report", "check", "differences"]


def check(procedure: Procedure) -> Report:
    """Check a register: its sources, its examples, and what it answers in every situation.

    Examples
    --------
    >>> import traite_kb as kb
    >>> report = check(kb.open_procedure())
    >>> report.coverage, report.errors
    (1.0, [])
    >>> report.certificate.unanswered, report.certificate.contradictory
    (0, 0)
    """
    space = space_of(procedure)
    if space.possible == NO:
        impossible = problem("E405", procedure.origin, procedure.id)
        return Report(procedure.id, (impossible,), 0.0, {})
    answers, rulings = Answers(space), decided(procedure)
    found = [
        *unsourced(procedure),
        *broken_examples(procedure),
        *misjudged(procedure, rulings),
        *unreachable(space),
        *answers.problems(),
        *useless(space),
        *redundant(space),
    ]
    found += _earlier(procedure, found)
    found.sort(key=lambda p: (p.origin.file, p.origin.line, p.code))
    counts: dict[str, int] = {"passages": len(procedure.sheet.passages)}
    for node in procedure:
        counts[node.kind] = counts.get(node.kind, 0) + 1
    counts |= rulings.counts()
    return Report(procedure.id, tuple(found), coverage(procedure), counts, answers.certificate())


def _earlier(procedure: Procedure, found: list[Problem]) -> Iterator[Problem]:
    """List the errors that only the law of an earlier day has."""
    known = {(p.code, p.origin, p.node, p.values) for p in found}
    seen = {_logic(procedure)}
    starts = {procedure.since, *(turn for turn in procedure.turns if turn > procedure.since)}
    for start in sorted(starts):
        if procedure.period(start) == procedure.period(procedure.on):
            continue
        for older in _errors_on(procedure, start, seen):
            key = (older.code, older.origin, older.node, older.values)
            if key not in known:
                known.add(key)
                yield replace(older, day=start)


def _logic(procedure: Procedure) -> frozenset[int]:
    """Tell versions apart by what they answer: two that share it need one look only."""
    kinds = (Requirement, Fact, Stage, Point, Constraint, Step)
    return frozenset(id(node) for node in procedure if isinstance(node, kinds))


def _errors_on(procedure: Procedure, day: date, seen: set[frozenset[int]]) -> list[Problem]:
    try:
        then = procedure.at(day)
    except KnowledgeError as error:
        return list(error.problems)
    if _logic(then) in seen:
        return []
    seen.add(_logic(then))
    space = space_of(then)
    if space.possible == NO:
        return [problem("E405", procedure.origin, procedure.id)]
    told = [*unreachable(space), *Answers(space).problems()]
    return [found for found in told if found.is_error]
