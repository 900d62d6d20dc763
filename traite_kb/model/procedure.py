"""A whole procedure, and the examples that stand beside its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from traite_kb.model.base import N, Node, Value
from traite_kb.model.sources import Sheet


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an example must give at one stage; ``None`` fields are not checked.

    ``must``, ``may`` and ``must_not`` are the norms of that modality that certainly apply.
    """

    stage: str
    conclusion: str | None = None
    refusal_possible: bool | str | None = None
    missing: frozenset[str] | None = None
    depends_on: frozenset[str] | None = None
    must: frozenset[str] | None = None
    may: frozenset[str] | None = None
    must_not: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Node):
    """A fictional situation and what it must give: run as a test, shown as a scenario."""

    facts: Mapping[str, Value]
    readings: Mapping[str, str]
    expect: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Procedure(Node):
    """A whole procedure: every noun above, in the order of the register."""

    sheet: Sheet
    since: date
    nodes: Mapping[str, Node]

    def of(self, kind: type[N]) -> dict[str, N]:
        """Every node of one kind, by id, in the order of the register.

        Examples
        --------
        >>> import traite_kb as kb
        >>> from traite_kb.model import Stage
        >>> list(kb.open_procedure().of(Stage))[:2]
        ['delai_reflexion', 'premiere_carte']
        """
        return {node.id: node for node in self.nodes.values() if isinstance(node, kind)}

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
