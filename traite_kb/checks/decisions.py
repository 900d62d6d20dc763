"""Real decisions: what each must give, against what it gives, and the points that it raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from traite_kb.case import Case
from traite_kb.checks.examples import differences
from traite_kb.knowledge import decisions
from traite_kb.matters import matter_of
from traite_kb.model import Decision, Expectation, Modality, Norm, Point, Procedure, Stage, Use
from traite_kb.pathways import pathway
from traite_kb.problems import CaseError, KnowledgeError, Problem, problem
from traite_kb.reasoning import Assessment, assess, situations_of
from traite_kb.truth import Truth


@dataclass(frozen=True)
class Rulings:
    """The decisions of a procedure, or the problems of their files."""

    found: Mapping[str, Decision]
    problems: tuple[Problem, ...] = ()

    def counts(self) -> dict[str, int]:
        """Count the decisions, and those that are tests."""
        if not self.found:
            return {}
        used = [decision.test for decision in self.found.values()]
        tests = {f"decision_{use}": used.count(use) for use in (Use.YES, Use.WEAK)}
        return {"decision": len(used), **tests}


def decided(procedure: Procedure) -> Rulings:
    """Open the decisions of a procedure, or gather every problem of their files."""
    try:
        return Rulings(decisions(procedure))
    except KnowledgeError as error:
        return Rulings({}, error.problems)


def misjudged(procedure: Procedure, rulings: Rulings) -> Iterator[Problem]:
    """List the problems of the files, or the decisions that do not come out as they were held."""
    yield from rulings.problems
    for decision in rulings.found.values():
        yield from broken(procedure, decision)


def case_of(procedure: Procedure, decision: Decision, *, readings: bool = True) -> Case:
    """Make the case of a decision: its facts, what is supposed, and the readings that it took.

    Parameters
    ----------
    procedure : Procedure
        The register as it is opened: the day of an old decision is not asked for.
    decision : Decision
    readings : bool
        Whether to take the side that the decision took on disputed points.
    """
    taken = decision.readings if readings else {}
    return Case.known(procedure, facts=decision.answers, readings=taken)


def broken(procedure: Procedure, decision: Decision) -> Iterator[Problem]:
    """List what a decision does not give or raise, or that its facts contradict themselves."""
    if twice := sorted(set(decision.facts) & set(decision.supposed)):
        yield problem("E410", decision.origin, decision.id, constraint=", ".join(twice))
        return
    try:
        view = assess(case_of(procedure, decision))
    except CaseError as error:
        names = ", ".join(p.node for p in error.problems)
        yield problem("E410", decision.origin, decision.id, constraint=names)
        return
    for stage, (what, wanted, got) in missed(decision, view):
        yield problem(
            "E409", decision.origin, decision.id, stage=stage, what=what, wanted=wanted, got=got
        )
    arising = raised(procedure, decision) if decision.points else ()
    for point in decision.points:
        if (point in arising) == (point in decision.unraised):
            code = "W411" if point in arising else "E411"
            yield problem(code, decision.origin, decision.id, ref=point)


def missed(decision: Decision, view: Assessment) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """List the expectations of a decision that its assessment does not give.

    A weak test holds, too, where the stage hangs on the points that it names and one way to read
    them gives what was held.
    """
    for wanted in decision.expect:
        found = list(_differences(wanted, view))
        if found and not _left_open(decision, wanted, view):
            yield from ((wanted.stage, difference) for difference in found)
    doors = pathway(view.case).doors if decision.doors else {}
    for name, expected in decision.doors.items():
        truth, got = Truth.of(expected if isinstance(expected, bool) else None), doors[name]
        if truth is not got:
            yield name, ("doors", truth.value, got.value)


def _left_open(decision: Decision, wanted: Expectation, view: Assessment) -> bool:
    found, points = view[wanted.stage], view.case.procedure.of(Point)
    hangs = {*found.depends_on, *found.refusal_depends_on} & set(decision.depends_on)
    if decision.test is not Use.WEAK or not hangs:
        return False
    named = [name for name in decision.depends_on if name not in view.case.readings]
    ways = product(*(points[name].readings for name in named))
    cases = (view.case.but(**dict(zip(named, way, strict=True))) for way in ways)
    return any(not list(_differences(wanted, assess(case))) for case in cases)


def _differences(wanted: Expectation, view: Assessment) -> Iterator[tuple[str, str, str]]:
    """Compare as for an example, but for norms: a decision names those on which it ruled."""
    norms, applies = view.case.procedure.of(Norm), view[wanted.stage].norms
    yield from differences(replace(wanted, must=None, may=None, must_not=None, borne_by={}), view)
    for modality in Modality:
        held = [
            n
            for n, truth in applies.items()
            if truth is Truth.YES and norms[n].modality is modality
        ]
        named = getattr(wanted, modality) or frozenset()
        if not named <= set(held):
            yield modality.value, ", ".join(sorted(named)), ", ".join(held) or "[]"


def raised(procedure: Procedure, decision: Decision) -> tuple[str, ...]:
    """List the points whose reading can change a stage, refusal or norm in the case of a decision.

    The readings that the decision took are left out: what it settled is a question before it.
    """
    case, found = case_of(procedure, decision, readings=False), set[str]()
    stages = procedure.of(Stage)
    asked = [(name, False) for name in (*stages, *procedure.of(Norm))]
    asked += [(stage.id, True) for stage in stages.values() if stage.refusal]
    view = situations_of(case)
    meets = view.space.diagrams.meets
    for name, refusal in asked:
        matter = matter_of(procedure, name, refusal=refusal)
        found |= {
            point
            for point in matter.points
            if point not in found and meets(matter.flips((point,)), view.known)
        }
    return tuple(point for point in procedure.of(Point) if point in found)


def judgement(procedure: Procedure, decision: Decision) -> dict[str, Any]:
    """Give what the rules make of a decision, in the shape of ``docs/json.md``."""
    view = assess(case_of(procedure, decision))
    holds = None if decision.test is Use.NO else not list(missed(decision, view))
    return {
        "raised": list(raised(procedure, decision)),
        "holds": holds,
        "stages": view.as_json()["stages"],
    }
