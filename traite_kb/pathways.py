"""The pathway of a case: which steps are done, open, blocked or to come, and until when."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from graphlib import TopologicalSorter

from traite_kb.case import Case
from traite_kb.model import Deadline, Procedure, Right, Step
from traite_kb.reasoning import situations_of
from traite_kb.situations import Situations
from traite_kb.truth import Truth


class State(StrEnum):
    """Where a step stands in a case."""

    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    OPTIONAL = "optional"
    MOOT = "moot"


@dataclass(frozen=True, slots=True)
class StepFinding:
    """Where one step stands, because of which conditions or earlier steps, and until when.

    ``due`` is a day only when the day on which the deadline starts is known.
    """

    step: str
    state: State
    because: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pathway:
    """Every step of a procedure in order, as one case finds it, with the rights it gives."""

    case: Case
    steps: Mapping[str, StepFinding]
    rights: Mapping[str, Truth]

    def __getitem__(self, step: str) -> StepFinding:
        return self.steps[step]

    def in_state(self, state: State) -> list[str]:
        """List the steps that are in one state, in order."""
        return [name for name, finding in self.steps.items() if finding.state is state]

    def __repr__(self) -> str:
        width = max(len(name) for name in self.steps)
        return "\n".join(f"{n:<{width}}  {f.state.value}" for n, f in self.steps.items())


def ordered_steps(procedure: Procedure) -> list[Step]:
    """List the steps of a procedure, each after those that it follows.

    Steps that could stand at the same place keep the order of the register.
    """
    steps = procedure.of(Step)
    rank = {name: place for place, name in enumerate(steps)}
    sorter = TopologicalSorter({name: step.after for name, step in steps.items()})
    sorter.prepare()
    order: list[Step] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=rank.__getitem__)
        name = ready.pop(0)
        order.append(steps[name])
        sorter.done(name)
    return order


def pathway(case: Case) -> Pathway:
    """Follow the steps of a procedure for one case.

    A step counts as done only when an answer says so; when nobody has said, it is to be checked.

    Raises
    ------
    CaseError
        When the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), audition_faite=True)
    >>> pathway(case)["audition"].state.value
    'done'
    """
    view = situations_of(case)
    found: dict[str, StepFinding] = {}
    steps = case.procedure.of(Step)
    for step in ordered_steps(case.procedure):
        found[step.id] = _finding(view, step, steps, found, case)
    rights = {
        right.id: _any(view, right.holds_when) if right.holds_when else _given(right, steps, found)
        for right in case.procedure.of(Right).values()
    }
    return Pathway(case, found, rights)


def _given(right: Right, steps: Mapping[str, Step], found: Mapping[str, StepFinding]) -> Truth:
    givers = [found[step.id].state for step in steps.values() if right.id in step.gives]
    if State.DONE in givers:
        return Truth.YES
    return Truth.UNKNOWN if State.UNKNOWN in givers else Truth.NO


def _any(view: Situations, names: Iterable[str]) -> Truth:
    space = view.space
    return view.truth(space.diagrams.any_of(space.holds(name) for name in names))


def _finding(
    view: Situations,
    step: Step,
    steps: Mapping[str, Step],
    found: Mapping[str, StepFinding],
    case: Case,
) -> StepFinding:
    done = _any(view, step.done_when)
    if done is Truth.YES:
        return StepFinding(step.id, State.DONE, due=_due(step, case))
    if _any(view, step.moot_when) is Truth.YES:
        why = tuple(n for n in step.moot_when if _any(view, [n]) is Truth.YES)
        return StepFinding(step.id, State.MOOT, why)
    needs = {name: _any(view, [name]) for name in step.needs}
    failed = [name for name, truth in needs.items() if truth is Truth.NO]
    failed += [
        name for name in step.after
        if found[name].state is State.BLOCKED and not steps[name].optional
    ]  # fmt: skip
    if failed:
        return StepFinding(step.id, State.BLOCKED, tuple(failed))
    pending = [
        name for name in step.after
        if found[name].state not in (State.DONE, State.MOOT)
        and (step.optional or not steps[name].optional)
    ]  # fmt: skip
    if pending:
        return StepFinding(step.id, State.WAITING, tuple(pending))
    unsure = [name for name, truth in needs.items() if truth is Truth.UNKNOWN]
    if done is Truth.UNKNOWN or unsure:
        state = State.UNKNOWN
        if step.optional and not unsure and not _started(step, steps, found):
            state = State.OPTIONAL
        return StepFinding(step.id, state, tuple(unsure), _due(step, case))
    if step.optional and not _started(step, steps, found):
        return StepFinding(step.id, State.OPTIONAL)
    return StepFinding(step.id, State.OPEN, due=_due(step, case))


def _started(step: Step, steps: Mapping[str, Step], found: Mapping[str, StepFinding]) -> bool:
    return any(steps[n].optional and found[n].state is State.DONE for n in step.after)


def _due(step: Step, case: Case) -> date | None:
    if step.deadline is None or step.deadline.start not in case.events:
        return None
    return after(case.events[step.deadline.start], step.deadline)


def after(start: date, length: Deadline) -> date:
    """Give the day that ends a length of time counted from a day.

    Months and years end on the same day of the month, or on its last day when it has no such day.

    Examples
    --------
    >>> after(date(2024, 2, 29), Deadline(1, "years", "x"))
    datetime.date(2025, 2, 28)
    """
    if length.unit == "days":
        return start + timedelta(days=length.count)
    months = start.month - 1 + length.count * (12 if length.unit == "years" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
