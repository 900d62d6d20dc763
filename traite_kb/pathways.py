"""The pathway of a case: which steps are done, open, blocked or to come, and until when."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from graphlib import TopologicalSorter

from traite_kb.case import Case
from traite_kb.model import Constraint, Deadline, Door, Procedure, Right, Step
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
    """Every step of a procedure in order, as one case finds it, with the rights it gives.

    ``doors`` tells of each other procedure whether it is worth a look; it says nothing of what
    would come of it.
    """

    case: Case
    steps: Mapping[str, StepFinding]
    rights: Mapping[str, Truth]
    doors: Mapping[str, Truth]

    def __getitem__(self, step: str) -> StepFinding:
        return self.steps[step]

    def as_json(self) -> dict[str, dict[str, bool | None]]:
        """Give the rights and the other procedures in the shape that ``assess --json`` prints."""
        return {
            "rights": {name: truth.json for name, truth in self.rights.items()},
            "doors": {name: truth.json for name, truth in self.doors.items()},
        }

    def __repr__(self) -> str:
        width = max(map(len, self.steps), default=0)
        return "\n".join(f"{n:<{width}}  {f.state.value}" for n, f in self.steps.items())


def ordered_steps(procedure: Procedure) -> list[Step]:
    """List the steps of a procedure, each after those that it follows.

    Steps that could stand at the same place keep the order of the register.
    """
    steps = procedure.of(Step)
    rank = {name: place for place, name in enumerate(steps)}
    sorter = TopologicalSorter({name: step.follows for name, step in steps.items()})
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
    walk = _Walk(case)
    for step in ordered_steps(case.procedure):
        walk.found[step.id] = walk.finding(step)
    rights = {right.id: walk.right(right) for right in case.procedure.of(Right).values()}
    return Pathway(case, walk.found, rights, doors(case))


def doors(case: Case) -> dict[str, Truth]:
    """Say of each other procedure whether it is worth a look in one case.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), age="moins_de_seize")
    >>> doors(case)["protection_de_l_enfance"].value
    'yes'
    """
    now = situations_of(case)
    every = case.procedure.of(Door).values()
    return {door.id: _any(now, door.when) if door.when else Truth.YES for door in every}


class _Walk:
    """Goes through the steps of one case in order, each knowing those before it."""

    def __init__(self, case: Case) -> None:
        self.case, self.steps = case, case.procedure.of(Step)
        self.now = situations_of(case)
        self.found: dict[str, StepFinding] = {}

    def finding(self, step: Step) -> StepFinding:
        """Say where a step stands, those before it being known."""
        done = _any(self.now, step.done_when)
        if done is Truth.YES:
            return StepFinding(step.id, State.DONE, due=self._due(step))
        if _any(self.now, step.moot_when) is Truth.YES:
            why = tuple(n for n in step.moot_when if _any(self.now, [n]) is Truth.YES)
            return StepFinding(step.id, State.MOOT, why)
        if failed := self._failed(step):
            return StepFinding(step.id, State.BLOCKED, failed)
        if pending := self._pending(step):
            return StepFinding(step.id, State.WAITING, pending)
        unsure = tuple(n for n in step.needs if _any(self.now, [n]) is Truth.UNKNOWN)
        optional = step.optional and not unsure and not self._started(step)
        if optional:
            return StepFinding(step.id, State.OPTIONAL)
        state = State.UNKNOWN if done is Truth.UNKNOWN or unsure else State.OPEN
        return StepFinding(step.id, state, unsure, self._due(step))

    def _failed(self, step: Step) -> tuple[str, ...]:
        """List what blocks a step for good: nothing that is still to come can lift it."""
        later = self._once_the_rest_is_done(step)
        failed = [name for name in step.needs if _any(later, [name]) is Truth.NO]
        failed += [
            name
            for name in step.after
            if self.found[name].state is State.BLOCKED and not self.steps[name].optional
        ]
        return tuple(failed)

    def _once_the_rest_is_done(self, step: Step) -> Situations:
        """Forget the answers that the steps still to be done before this one will change."""
        space = self.now.space
        open_facts: set[str] = set()
        for name in self._before(step):
            if self.found[name].state is not State.DONE:
                for ref in self.steps[name].done_when:
                    support = space.diagrams.support(space.holds(ref))
                    open_facts |= {space.names[place] for place in support}
        open_facts |= self._bound_by(open_facts)
        if not open_facts & set(self.now.answers):
            return self.now
        kept = {n: v for n, v in self.now.answers.items() if n not in open_facts}
        return Situations(space, kept)

    def _bound_by(self, open_facts: set[str]) -> set[str]:
        """List the answers that, by a constraint, follow from answers that are still to change."""
        answers = self.now.answers
        found: set[str] = set()
        for constraint in self.case.procedure.of(Constraint).values():
            others = {n: values for n, values in constraint.never.items() if n not in open_facts}
            if len(others) < len(constraint.never) and all(
                answers.get(name) in values for name, values in others.items()
            ):
                found.update(others)
        return found

    def _before(self, step: Step) -> set[str]:
        found: set[str] = set()
        waiting = list(step.after)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.steps[name].after)
        return found

    def _pending(self, step: Step) -> tuple[str, ...]:
        return tuple(
            name
            for name in step.after
            if self.found[name].state not in (State.DONE, State.MOOT)
            and (step.optional or not self.steps[name].optional)
        )

    def _started(self, step: Step) -> bool:
        return any(self.steps[n].optional and self.found[n].state is State.DONE for n in step.after)

    def _due(self, step: Step) -> date | None:
        if step.deadline is None or step.deadline.start not in self.case.events:
            return None
        return after(self.case.events[step.deadline.start], step.deadline)

    def right(self, right: Right) -> Truth:
        """Say whether a right holds: while its condition does, or with the step that gives it."""
        if right.holds_when:
            return _any(self.now, right.holds_when)
        givers = [self.found[s.id].state for s in self.steps.values() if right.id in s.gives]
        if State.DONE in givers:
            return Truth.YES
        return Truth.UNKNOWN if State.UNKNOWN in givers else Truth.NO


def _any(view: Situations, names: Iterable[str]) -> Truth:
    space = view.space
    return view.truth(space.diagrams.any_of(space.holds(name) for name in names))


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
