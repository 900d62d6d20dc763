"""Every situation of a procedure at once: its facts and readings as variables, exactly.

Truth here is *supervaluation*: a statement holds when it holds in every complete and possible
situation that agrees with what is known. Looking at connectives one by one is not enough: with
``a`` true and ``b`` unknown, ``(a and b) or (a and not b)`` holds all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from traite_kb.diagram import NO, YES, Diagrams
from traite_kb.model import (
    Condition,
    Constraint,
    Fact,
    Point,
    Procedure,
    Requirement,
    Stage,
    Value,
)

OUTSIDE, LACKING, MET, OPEN = (
    "hors_champ",
    "condition_manquante",
    "conditions_reunies",
    "a_verifier",
)
"""The conclusions of a stage; the last one when the answers do not settle it."""


class Space:
    """All situations of one procedure.

    Variables are the facts and the disputed points. Diagrams are opaque numbers of the shop
    ``diagrams``.

    Parameters
    ----------
    procedure : Procedure
    also : Procedure, optional
        Another version, whose facts, points and values are variables here as well.
    beside : Space, optional
        The space of that other version, made with ``also``: both then have the same variables and
        the same shop, and their diagrams can be put together.
    """

    def __init__(
        self, procedure: Procedure, also: Procedure | None = None, beside: Space | None = None
    ) -> None:
        self.procedure = procedure
        self.facts = procedure.of(Fact)
        self.points = procedure.of(Point)
        own = _domains(procedure)
        if beside is None:
            self.domains = _joined(own, _domains(also) if also else {})
            self.names = self._in_diagram_order()
            self.index = {name: place for place, name in enumerate(self.names)}
            self.diagrams = Diagrams([len(self.domains[name]) for name in self.names])
        else:
            self.domains, self.names, self.index = beside.domains, beside.names, beside.index
            self.diagrams = beside.diagrams
        self._held: dict[str, int] = {}
        self.kept: dict[tuple[object, ...], object] = {}
        """What others have worked out once for this space, by key."""
        self._classes: dict[str, dict[str, int]] = {}
        self.forbidden = {
            name: self._conjunction(constraint.never)
            for name, constraint in procedure.of(Constraint).items()
        }
        self.possible = self.diagrams.both(
            self.diagrams.negate(self.diagrams.any_of(self.forbidden.values())),
            self.diagrams.all_of(self.literal(name, values) for name, values in own.items()),
        )
        self.ties = self._tied_facts()

    def _in_diagram_order(self) -> list[str]:
        """Put facts and points that meet in the same condition next to each other.

        Diagrams stay small when related variables are neighbours; no answer depends on the order.
        """
        order: dict[str, None] = {}

        def visit(name: str) -> None:
            node = self.procedure.nodes.get(name)
            if isinstance(node, (Fact, Point)):
                order.setdefault(name)
            elif isinstance(node, Requirement):
                for _, ref in node.references:
                    visit(ref)

        for stage in self.procedure.of(Stage).values():
            for root in (stage.outside, stage.conditions, stage.refusal):
                visit(root)
        return list(dict.fromkeys([*order, *self.domains]))

    def _conjunction(self, never: Mapping[str, tuple[Value, ...]]) -> int:
        return self.diagrams.all_of(self.literal(name, values) for name, values in never.items())

    def literal(self, name: str, values: Iterable[Value]) -> int:
        """Give the diagram of « this fact or point has one of these values »."""
        domain = self.domains[name]
        return self.diagrams.literal(self.index[name], {domain.index(v) for v in values})

    def holds(self, name: str) -> int:
        """Give the diagram of a condition, a norm, or a yes-or-no fact."""
        found = self._held.get(name)
        if found is None:
            found = self._held[name] = self._build(name)
        return found

    def _build(self, name: str) -> int:
        node = self.procedure.nodes[name]
        if isinstance(node, Fact):
            return self.literal(name, [True])
        if isinstance(node, Condition) and node.one_of:
            return self.literal(node.fact or node.point, node.one_of)
        if not isinstance(node, Requirement):
            raise TypeError(f"{name} is a {node.kind}: it neither holds nor fails")
        shop = self.diagrams
        parts = [shop.all_of(map(self.holds, node.when_all))]
        if node.when_any:
            parts.append(shop.any_of(map(self.holds, node.when_any)))
        parts.append(shop.negate(shop.any_of(map(self.holds, node.unless_any))))
        return shop.all_of(parts)

    def conclusions(self, stage: Stage) -> dict[str, int]:
        """Give the diagram of each conclusion of a stage: in each situation, exactly one holds."""
        found = self._classes.get(stage.id)
        if found is None:
            shop = self.diagrams
            outside = self.holds(stage.outside) if stage.outside else NO
            inside, met = shop.negate(outside), self.holds(stage.conditions)
            found = self._classes[stage.id] = {
                OUTSIDE: outside,
                LACKING: shop.both(inside, shop.negate(met)),
                MET: shop.both(inside, met),
            }
        return found

    def refusal(self, stage: Stage) -> dict[str, int]:
        """Give the diagrams of « a refusal is possible » and of its contrary.

        Out of scope there is nothing to refuse.
        """
        shop = self.diagrams
        ground = self.holds(stage.refusal) if stage.refusal else NO
        if stage.outside:
            ground = shop.both(ground, shop.negate(self.holds(stage.outside)))
        return {"true": ground, "false": shop.negate(ground)}

    def assignment(self, answers: Mapping[str, Value]) -> dict[int, int]:
        """Turn answers by name into values by variable."""
        return {
            self.index[name]: self.domains[name].index(value) for name, value in answers.items()
        }

    def contradictions(self, answers: Mapping[str, Value]) -> list[str]:
        """Name the constraints that the answers break: each alone or, failing that, together."""
        shop, known = self.diagrams, self.assignment(answers)
        if shop.given(self.possible, known) != NO:
            return []
        forbidden = {name: shop.given(never, known) for name, never in self.forbidden.items()}
        broken = [name for name, never in forbidden.items() if never == YES]
        if broken:
            return broken
        needed = list(forbidden)
        for name in self.forbidden:
            others = [other for other in needed if other != name]
            if shop.any_of(forbidden[other] for other in others) == YES:
                needed = others
        return needed

    def _tied_facts(self) -> list[frozenset[str]]:
        groups: list[frozenset[str]] = []
        for constraint in self.procedure.of(Constraint).values():
            merged = frozenset(constraint.never)
            apart = []
            for group in groups:
                if group & merged:
                    merged |= group
                else:
                    apart.append(group)
            groups = [*apart, merged]
        return groups


def _domains(procedure: Procedure) -> dict[str, tuple[Value, ...]]:
    points = procedure.of(Point)
    return {
        **{name: fact.domain for name, fact in procedure.of(Fact).items()},
        **{name: tuple(point.readings) for name, point in points.items()},
    }


def _joined(
    one: Mapping[str, tuple[Value, ...]], other: Mapping[str, tuple[Value, ...]]
) -> dict[str, tuple[Value, ...]]:
    return {
        name: tuple(dict.fromkeys([*one.get(name, ()), *other.get(name, ())]))
        for name in [*one, *(name for name in other if name not in one)]
    }


@lru_cache(maxsize=8)
def space_of(procedure: Procedure) -> Space:
    """Give the space of a procedure, built once."""
    return Space(procedure)
