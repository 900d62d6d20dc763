"""What the rules of a procedure say, as functions of its facts and disputed points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from traite_kb.model import Condition, Constraint, Fact, Point, Procedure, Requirement, Stage, Value

NO = 0
"""The function that never holds, in every shop."""

OUTSIDE, LACKING, MET, OPEN = (
    "hors_champ",
    "condition_manquante",
    "conditions_reunies",
    "a_verifier",
)
"""The conclusions of a stage; the last one when the answers do not settle it."""


class Shop(Protocol):
    """Where functions are made: as decision diagrams, or as truth tables."""

    def literal(self, variable: int, values: Iterable[int]) -> int:
        """Give « the variable has one of these values »."""

    def negate(self, function: int, /) -> int:
        """Give « not »."""

    def both(self, left: int, right: int) -> int:
        """Give « and »."""

    def all_of(self, functions: Iterable[int], /) -> int:
        """Give « and » over any number of functions; over none, what always holds."""

    def any_of(self, functions: Iterable[int], /) -> int:
        """Give « or » over any number of functions; over none, what never holds."""


class Rules:
    """The rules of one procedure, over a shop.

    Parameters
    ----------
    procedure : Procedure
    domains : mapping of str to tuple of Value
        The values of the facts and points that are variables, in the order of the shop.
    shop : Shop
    known : mapping of str to Value, optional
        The values of facts and points that are no variables.
    """

    def __init__(
        self,
        procedure: Procedure,
        domains: Mapping[str, tuple[Value, ...]],
        shop: Shop,
        known: Mapping[str, Value] | None = None,
    ) -> None:
        self.procedure = procedure
        self.index = {name: place for place, name in enumerate(domains)}
        self._values, self._shop, self._fixed = domains, shop, known or {}
        self._held: dict[str, int] = {}

    def literal(self, name: str, values: Iterable[Value]) -> int:
        """Give « this fact or point has one of these values »."""
        if name in self._fixed:
            return self._shop.all_of([]) if self._fixed[name] in values else NO
        domain = self._values[name]
        return self._shop.literal(self.index[name], [domain.index(v) for v in values])

    def holds(self, name: str) -> int:
        """Give the function of a condition, a norm, or a yes-or-no fact."""
        found = self._held.get(name)
        if found is None:
            found = self._held[name] = self._build(name)
        return found

    def _build(self, name: str) -> int:
        node = self.procedure.nodes[name]
        if isinstance(node, Fact):
            return self.literal(name, (True,))
        if isinstance(node, Condition) and node.one_of:
            return self.literal(node.fact or node.point, node.one_of)
        if not isinstance(node, Requirement):
            raise TypeError(f"{name} is a {node.kind}: it neither holds nor fails")
        shop = self._shop
        parts = [self.holds(name) for name in node.when_all]
        if node.when_any:
            parts.append(shop.any_of([self.holds(name) for name in node.when_any]))
        if node.unless_any:
            parts.append(shop.negate(shop.any_of([self.holds(n) for n in node.unless_any])))
        return shop.all_of(parts)

    def outcomes(self, name: str, refusal: bool = False) -> dict[str, int]:
        """Give the function of each outcome of a stage, or of anything that can hold.

        In each situation, exactly one of them holds. Of a stage they are the conclusions or, when
        ``refusal`` is asked, whether a refusal is possible: out of scope there is nothing to
        refuse.
        """
        shop, stage = self._shop, self.procedure.nodes[name]
        if not isinstance(stage, Stage):
            held = self.holds(name)
            return {"true": held, "false": shop.negate(held)}
        outside = self.holds(stage.outside) if stage.outside else NO
        inside = shop.negate(outside)
        if refusal:
            ground = shop.both(inside, self.holds(stage.refusal)) if stage.refusal else NO
            return {"true": ground, "false": shop.negate(ground)}
        met = self.holds(stage.conditions)
        return {
            OUTSIDE: outside,
            LACKING: shop.both(inside, shop.negate(met)),
            MET: shop.both(inside, met),
        }

    def forbidden(self) -> dict[str, int]:
        """Give, for each constraint about facts that are variables, what it rules out."""
        return {
            name: self._shop.all_of(self.literal(n, v) for n, v in constraint.never.items())
            for name, constraint in self.procedure.of(Constraint).items()
            if all(n in self.index or n in self._fixed for n in constraint.never)
        }


def domains_of(procedure: Procedure) -> dict[str, tuple[Value, ...]]:
    """List the values of every fact and disputed point, in the order of the register."""
    return {
        **{name: fact.domain for name, fact in procedure.of(Fact).items()},
        **{name: tuple(point.readings) for name, point in procedure.of(Point).items()},
    }
