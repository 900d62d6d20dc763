"""Every situation of a procedure at once: its facts and readings as variables, exactly.

Truth here is *supervaluation*: a statement holds when it holds in every complete and possible
situation that agrees with what is known. Looking at connectives one by one is not enough: with
``a`` true and ``b`` unknown, ``(a and b) or (a and not b)`` holds all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from traite_kb.diagram import YES, Diagrams
from traite_kb.model import Constraint, Fact, Point, Procedure, Requirement, Stage, Value
from traite_kb.primes import Choices, primes
from traite_kb.rules import LACKING, MET, OPEN, OUTSIDE, Rules, domains_of

__all__ = ["LACKING", "MET", "OPEN", "OUTSIDE", "Space", "space_of"]

_OFTEN, _LISTED = 3, 500


class Space(Rules):
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
        own = domains_of(procedure)
        if beside is None:
            self.domains = _joined(own, domains_of(also) if also else {})
            self.names = self._in_diagram_order()
            sizes = [len(self.domains[name]) for name in self.names]
            self.diagrams = Diagrams(sizes, procedure.origin)
        else:
            self.domains, self.names, self.diagrams = beside.domains, beside.names, beside.diagrams
        super().__init__(procedure, {n: self.domains[n] for n in self.names}, self.diagrams)
        self.kept: dict[tuple[object, ...], object] = {}
        """What others have worked out once for this space, by key."""
        self.constraints = self.forbidden()
        """What each constraint rules out."""
        self._own = self.diagrams.all_of(self.literal(name, v) for name, v in own.items())
        self.ties = self._tied_facts()
        self._bounds: dict[frozenset[int], int] = {}
        self.possible = self.possible_about(self.ties)
        self._places = {
            name: {value: place for place, value in enumerate(domain)}
            for name, domain in self.domains.items()
        }
        self._sides: dict[int, tuple[int, int]] = {}
        self._asked: dict[int, int] = {}
        self._reasons: dict[int, list[Choices] | None] = {}

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

    def conclusions(self, stage: Stage) -> dict[str, int]:
        """Give the diagram of each conclusion of a stage: in each situation, exactly one holds."""
        return self.outcomes(stage.id)

    def refusal(self, stage: Stage) -> dict[str, int]:
        """Give the diagrams of « a refusal is possible » and of its contrary."""
        return self.outcomes(stage.id, refusal=True)

    def possible_about(self, ties: Iterable[frozenset[str]]) -> int:
        """Give what the constraints of some tied facts, and no others, leave possible.

        It stands for all that is possible as long as the other facts are known to be so.
        """
        names = frozenset().union(*ties)
        key = frozenset(self.index[name] for name in names)
        found = self._bounds.get(key)
        if found is None:
            shop, constraints = self.diagrams, self.procedure.of(Constraint)
            forbidden = (
                d for n, d in self.constraints.items() if names >= set(constraints[n].never)
            )
            found = self._bounds[key] = shop.both(self._own, shop.negate(shop.any_of(forbidden)))
        return found

    def bound(self, diagrams: Iterable[int]) -> int:
        """Give what is possible, as far as it has to do with some diagrams."""
        support: set[int] = set()
        for diagram in diagrams:
            support |= self.diagrams.support(diagram)
        names = {self.names[place] for place in support}
        return self.possible_about(group for group in self.ties if group & names)

    def sides(self, diagram: int) -> tuple[int, int]:
        """Give the possible situations where a diagram holds, and those where it does not."""
        found = self._sides.get(diagram)
        if found is None:
            shop = self.diagrams
            possible = self.bound([diagram])
            contrary = shop.both(possible, shop.negate(diagram))
            found = self._sides[diagram] = shop.both(possible, diagram), contrary
        return found

    def reasons(self, diagram: int) -> list[Choices] | None:
        """List all that is just enough for a diagram to hold, once this was asked a few times.

        Until then, and when the list would be long, there is none: looking at one case is faster.
        """
        if diagram not in self._reasons:
            asked = self._asked[diagram] = self._asked.get(diagram, 0) + 1
            if asked < _OFTEN:
                return None
            shop = self.diagrams
            enough = shop.either(diagram, shop.negate(self.bound([diagram])))
            self._reasons[diagram] = primes(shop, enough, _LISTED)
        return self._reasons[diagram]

    def assignment(self, answers: Mapping[str, Value]) -> dict[int, int]:
        """Turn answers by name into values by variable."""
        return {self.index[n]: self._places[n][value] for n, value in answers.items()}

    def contradictions(self, answers: Mapping[str, Value]) -> list[str]:
        """Name the constraints that the answers break: each alone or, failing that, together."""
        shop, known = self.diagrams, self.assignment(answers)
        if shop.meets(self.possible, known):
            return []
        forbidden = {name: shop.given(never, known) for name, never in self.constraints.items()}
        broken = [name for name, never in forbidden.items() if never == YES]
        if broken:
            return broken
        needed = list(forbidden)
        for name in self.constraints:
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


def _joined(
    one: Mapping[str, tuple[Value, ...]], other: Mapping[str, tuple[Value, ...]]
) -> dict[str, tuple[Value, ...]]:
    return {
        name: tuple(dict.fromkeys([*one.get(name, ()), *other.get(name, ())]))
        for name in [*one, *(name for name in other if name not in one)]
    }


@lru_cache(maxsize=16)
def space_of(procedure: Procedure) -> Space:
    """Give the space of a procedure, built once.

    Its shop only grows by what is worked out once: what is asked of one case has a shop of its
    own.
    """
    return Space(procedure)
