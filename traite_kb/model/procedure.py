"""A whole procedure, and the examples that stand beside its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from traite_kb.model.base import Actor, N, Node, Value
from traite_kb.model.sources import Sheet
from traite_kb.model.steps import Deadline


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an example must give at one stage; ``None`` fields are not checked.

    ``must``, ``may`` and ``must_not`` are the norms of that modality that certainly apply, and
    ``borne_by`` those that certainly apply to an actor, for each actor that it names.
    """

    stage: str
    conclusion: str | None = None
    refusal_possible: bool | str | None = None
    missing: frozenset[str] | None = None
    depends_on: frozenset[str] | None = None
    must: frozenset[str] | None = None
    may: frozenset[str] | None = None
    must_not: frozenset[str] | None = None
    borne_by: Mapping[Actor, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepExpectation:
    """What an example must give at one step; ``None`` fields are not checked.

    ``because`` names the needs or steps that hold it up. ``due`` is a day, or the length of time
    that no event of the example turns into a day. ``documents`` are the papers to provide: each
    set lists those of which one is enough.
    """

    step: str
    state: str | None = None
    optional: bool | None = None
    because: frozenset[str] | None = None
    due: date | Deadline | None = None
    documents: frozenset[frozenset[str]] | None = None
    gives: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Node):
    """A fictional situation and what it must give: run as a test, shown as a scenario.

    ``excludes`` are answers that the situation makes impossible; ``rights`` tells which rights
    hold and ``doors`` which other procedures are worth a look, ``"unknown"`` where that is open;
    ``on`` is the day whose law is applied, by default that of the procedure.
    """

    facts: Mapping[str, Value]
    readings: Mapping[str, str]
    expect: tuple[Expectation, ...]
    steps: tuple[StepExpectation, ...] = ()
    rights: Mapping[str, Value] = field(default_factory=dict)
    doors: Mapping[str, Value] = field(default_factory=dict)
    excludes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    events: Mapping[str, date] = field(default_factory=dict)
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Procedure(Node):
    """A whole procedure on one day: every noun above that is in force, in the register's order.

    ``since`` is the first day that the register tells of, ``on`` the day whose law this is, and
    ``turns`` the days on which anything changes. ``source`` maps the passages of the sheet to
    their words, when a reader gave a copy of it.
    """

    sheet: Sheet
    since: date
    nodes: Mapping[str, Node]
    on: date = field(default_factory=date.today)
    turns: tuple[date, ...] = ()
    reopen: Callable[[date], Procedure] | None = field(default=None, repr=False)
    source: Mapping[str, str] | None = field(default=None, repr=False)
    _kinds: dict[type[Node], Mapping[str, Any]] = field(
        default_factory=dict, init=False, repr=False
    )

    def of(self, kind: type[N]) -> Mapping[str, N]:
        """Every node of one kind, by id, in the order of the register.

        Examples
        --------
        >>> import traite_kb as kb
        >>> from traite_kb.model import Stage
        >>> list(kb.open_procedure().of(Stage))[:2]
        ['delai_reflexion', 'premiere_carte']
        """
        found = self._kinds.get(kind)
        if found is None:
            nodes = {node.id: node for node in self.nodes.values() if isinstance(node, kind)}
            found = self._kinds[kind] = MappingProxyType(nodes)
        return found

    def at(self, day: date) -> Procedure:
        """The same procedure as it is in force on a day; itself when nothing differs.

        Parameters
        ----------
        day : date

        Raises
        ------
        KnowledgeError
            When the day comes before :attr:`since`, or with what is wrong in that version.

        Examples
        --------
        >>> import traite_kb as kb
        >>> proc = kb.open_procedure()
        >>> proc.at(proc.on) is proc
        True
        """
        same = self.since <= day and self.period(day) == self.period(self.on)
        return self if same or self.reopen is None else self.reopen(day)

    def period(self, day: date) -> date:
        """The first day of the period without change to which a day belongs."""
        return max((turn for turn in self.turns if turn <= day), default=self.since)

    def label_of(self, name: str, lang: str) -> str:
        """The label of a node in one language."""
        return self.nodes[name].label[lang]

    # Two registers may share an id: a procedure is only itself, whatever its fields say.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    def __repr__(self) -> str:
        counts: dict[str, int] = {}
        for node in self:
            counts[node.kind] = counts.get(node.kind, 0) + 1
        kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        return f"<Procedure {self.id}: {kinds}; sheet of {self.sheet.verified.isoformat()}>"
