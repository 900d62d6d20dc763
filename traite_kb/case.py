"""A case: what is known of one fictional situation, immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from traite_kb.model import Fact, Point, Procedure, Step, Value
from traite_kb.problems import CaseError, Origin, Problem, did_you_mean, problem

_TYPED = Origin("case")


class Case:
    """What is known of one situation; everything else is unanswered, which is not « no ».

    Parameters
    ----------
    procedure : Procedure
    readings : mapping of str to str, optional
        The side taken on disputed points, by point.
    events : mapping of str to date, optional
        Days on which steps took place, for the deadlines.
    on : date, optional
        The day whose law is asked for: the procedure is taken as in force on it.
    **facts
        Answers by fact: ``True``, ``False``, or the id of a value; ``None`` leaves it unanswered.

    Raises
    ------
    CaseError
        With every unknown name and wrong value at once.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> case = kb.Case(proc, plainte_deposee=True)
    >>> case.but(contact_auteur=False).as_code()
    'kb.Case(proc, plainte_deposee=True, contact_auteur=False)'
    """

    __slots__ = ("_origin", "events", "facts", "on", "procedure", "readings")

    def __init__(
        self,
        procedure: Procedure,
        /,
        *,
        readings: Mapping[str, str] | None = None,
        events: Mapping[str, date] | None = None,
        on: date | None = None,
        **facts: Any,
    ) -> None:
        self._fill(procedure, facts, readings or {}, events or {}, on, {})

    @classmethod
    def known(
        cls,
        procedure: Procedure,
        *,
        facts: Mapping[str, Any],
        readings: Mapping[str, Any] | None = None,
        events: Mapping[str, Any] | None = None,
        on: date | None = None,
        origins: Mapping[str, Origin] | None = None,
    ) -> Case:
        """Make a case from tables, whose names may be anything; ``origins`` tells their lines."""
        case = cls.__new__(cls)
        case._fill(procedure, facts, readings or {}, events or {}, on, origins or {})
        return case

    def _fill(
        self,
        procedure: Procedure,
        facts: Mapping[str, Any],
        readings: Mapping[str, Any],
        events: Mapping[str, Any],
        on: date | None,
        origins: Mapping[str, Origin],
    ) -> None:
        early = on is not None and on < procedure.since
        procedure = procedure if on is None or early else procedure.at(on)
        self.procedure = procedure
        self.on = on
        self._origin = dict(origins)
        known = {name: value for name, value in facts.items() if value is not None}
        problems = [
            *self._wrong(known, procedure.of(Fact), "fact"),
            *self._wrong(readings, procedure.of(Point), "point"),
            *self._wrong_events(events),
        ]
        if early:
            problems.append(
                problem("E010", self.place("on"), procedure.id, on=on, since=procedure.since)
            )
        if problems:
            raise CaseError(problems)
        self.facts: Mapping[str, Value] = {n: known[n] for n in procedure.of(Fact) if n in known}
        self.readings: Mapping[str, str] = dict(readings)
        self.events: Mapping[str, date] = dict(events)

    def place(self, name: str) -> Origin:
        """Tell where an answer was written: a line of the case file, or the code."""
        return self._origin.get(name, self._origin.get("", _TYPED))

    def _wrong(
        self, given: Mapping[str, Any], known: Mapping[str, Fact | Point], kind: str
    ) -> Iterator[Problem]:
        for name, value in given.items():
            node = known.get(name)
            if node is None:
                near = did_you_mean(name, known)
                yield problem(
                    "E601" if kind == "fact" else "E606", self.place(name), name, near=near
                )
                continue
            domain = node.domain if isinstance(node, Fact) else tuple(node.readings)
            if type(value) is not type(domain[0]):
                got = str(value).lower() if isinstance(value, bool) else repr(value)[:40]
                shown = ", ".join(str(v).lower() if isinstance(v, bool) else str(v) for v in domain)
                yield problem("E603", self.place(name), name, value=got, known=shown)
            elif isinstance(value, str) and value not in domain:
                near = did_you_mean(value, [str(v) for v in domain])
                yield problem("E602", self.place(name), name, value=value[:60], near=near)

    def _wrong_events(self, events: Mapping[str, Any]) -> Iterator[Problem]:
        steps = self.procedure.of(Step)
        for name, day in events.items():
            if name not in steps:
                near = did_you_mean(name, steps)
                yield problem("E607", self.place(name), name, near=near)
            elif type(day) is not date:
                yield problem("E608", self.place(name), name)

    @property
    def answers(self) -> dict[str, Value]:
        """Facts and readings together, by id."""
        return {**self.facts, **self.readings}

    def but(self, **changes: Value | None) -> Case:
        """Give the same case with some answers changed, or taken back with ``None``.

        A disputed point is changed in the same way, by its id.
        """
        points = self.procedure.of(Point)
        readings = {**self.readings, **{n: v for n, v in changes.items() if n in points}}
        facts = {**self.facts, **{n: v for n, v in changes.items() if n not in points}}
        return Case.known(
            self.procedure,
            facts=facts,
            readings={n: v for n, v in readings.items() if v is not None},
            events=self.events,
            on=self.on,
            origins=self._origin,
        )

    def as_code(self) -> str:
        """Write the case as the one line of Python that makes it again."""
        parts = ["proc", *(f"{name}={value!r}" for name, value in self.facts.items())]
        if self.readings:
            parts.append(f"readings={dict(self.readings)!r}")
        if self.events:
            parts.append(f"events={dict(self.events)!r}")
        if self.on:
            parts.append(f"on={self.on!r}")
        return f"kb.Case({', '.join(parts)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        parts = (self.facts, self.readings, self.events)
        return (id(self.procedure), self.on, *(tuple(sorted(p.items())) for p in parts))

    def __repr__(self) -> str:
        return self.as_code()
