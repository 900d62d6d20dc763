"""The situations that agree with some answers: what they settle, leave open, and why."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from traite_kb.diagram import Diagrams
from traite_kb.matters import Matter
from traite_kb.model import Value
from traite_kb.primes import sufficient
from traite_kb.space import Space
from traite_kb.truth import Truth


class Situations:
    """The situations of a space that agree with some answers and readings.

    Parameters
    ----------
    space : Space
    answers : mapping of str to Value
        Known facts and chosen readings, by id; together they must be possible.
    """

    def __init__(self, space: Space, answers: Mapping[str, Value]) -> None:
        self.space, self.answers = space, dict(answers)
        self.known = space.assignment(self.answers)
        self._shop = space.diagrams
        self._last = max(self.known, default=None)
        self._complete = len(self.known) == len(space.names)
        self._truths: dict[int, Truth] = {}
        self._outcomes: dict[Matter, tuple[str, ...]] = {}

    def _own_shop(self) -> Diagrams:
        """Give a shop for what is only of use for these situations."""
        return Diagrams(self._shop.sizes, self.space.procedure.origin)

    def truth(self, diagram: int) -> Truth:
        """Tell whether a diagram holds in all these situations, in none, or in some only."""
        found = self._truths.get(diagram)
        if found is None:
            found = self._truths[diagram] = self._truth(diagram)
        return found

    def _truth(self, diagram: int) -> Truth:
        if self._complete:
            return Truth.YES if self._shop.at(diagram, self.known) else Truth.NO
        holding, failing = self.space.sides(diagram)
        if not self._shop.meets(holding, self.known, self._last):
            return Truth.NO
        return Truth.UNKNOWN if self._shop.meets(failing, self.known, self._last) else Truth.YES

    def outcomes(self, matter: Matter) -> tuple[str, ...]:
        """List the outcomes that are still possible."""
        found = self._outcomes.get(matter)
        if found is None:
            found = self._outcomes[matter] = self._left(matter)
        return found

    def _left(self, matter: Matter) -> tuple[str, ...]:
        known = self.known
        if self._complete:
            at = self._shop.at
            return tuple([name for name, held in matter.classes.items() if at(held, known)])
        meets, last = self._shop.meets, self._last
        return tuple([n for n, held in matter.possible.items() if meets(held, known, last)])

    def depends_on(self, matter: Matter) -> tuple[str, ...]:
        """List the open points whose reading changes what is settled about an outcome."""
        open_points = [name for name in matter.points if name not in self.answers]
        if not open_points or len(self.outcomes(matter)) < 2:
            return ()
        points, index = self.space.points, self.space.index
        facts = frozenset(i for n, i in index.items() if n not in points and i not in self.known)
        found: set[int] = set()
        own = self._own_shop()
        for contrary in matter.contrary.values():
            under = own.copied(self._shop, contrary, self.known, facts)
            found |= own.support(under)
        return tuple(name for name in open_points if index[name] in found)

    def missing(self, matter: Matter) -> tuple[str, ...]:
        """List the unanswered facts that can still change the outcome.

        These are the facts of every smallest set of answers that would always settle it. A fact
        is one of them exactly when it belongs to a smallest set of facts whose change takes one
        possible situation to another with another outcome. Source: A. Skowron and C. Rauszer,
        « The Discernibility Matrices and Functions in Information Systems » (1992), reducts as
        minimal hitting sets of the discernibility matrix.
        """
        if self._complete or len(self.outcomes(matter)) < 2:
            return ()
        meets, known, last = self._shop.meets, self.known, self._last
        alone = [
            name
            for name in matter.facts
            if name not in self.answers and meets(matter.flips((name,)), known, last)
        ]
        seen = set(alone)
        smallest = [{name} for name in alone]
        for group in matter.tied:
            names = [name for name in group if name not in self.answers]
            for size in range(2, len(names) + 1):
                for chosen in combinations(names, size):
                    if not any(part <= set(chosen) for part in smallest) and meets(
                        matter.flips(chosen), known, last
                    ):
                        smallest.append(set(chosen))
                        seen.update(chosen)
        return tuple(name for name in self.space.facts if name in seen)

    def may_matter(self, matter: Matter) -> tuple[str, ...]:
        """List the unanswered facts that could be worth asking now or after other answers.

        The list holds every :meth:`missing` fact, and more answers never make it longer: it
        bounds the number of questions that are left.
        """
        own, space = self._own_shop(), self.space
        support: set[int] = set()
        for diagram in matter.classes.values():
            support |= own.support(own.copied(self._shop, diagram, self.known))
        names = {space.names[place] for place in support}
        for group in space.ties:
            if names & group:
                names |= group
        return tuple(
            n for n in space.facts if n in names and n not in self.answers and self.open(n)
        )

    def open(self, fact: str) -> bool:
        """Tell whether an unanswered fact still has more than one possible value."""
        place = self.space.index[fact]
        left = [
            self._shop.meets(self.space.possible, {**self.known, place: value})
            for value in range(len(self.space.domains[fact]))
        ]
        return sum(left) > 1

    def reasons(self, diagram: int) -> list[frozenset[str]]:
        """List the smallest sets of answers that are enough for a diagram to hold.

        Each set, taken alone, makes it hold in every possible situation, and no part of it does.
        The list is empty when the answers together are not enough.
        """
        listed = self.space.reasons(diagram)
        if listed is None:
            shop = self._own_shop()
            held = shop.copied(self._shop, diagram)
            possible = shop.copied(self._shop, self.space.bound([diagram]))
            parts = sufficient(shop, shop.either(held, shop.negate(possible)), self.known)
        else:
            here = frozenset(self.known.items())
            parts = [part for part in listed if part <= here]
        names = self.space.names
        found = [frozenset(names[variable] for variable, _ in part) for part in parts]
        if len(found) < 2:
            return found
        return sorted(found, key=lambda reason: (len(reason), sorted(reason)))

    def is_possible(self) -> bool:
        """Tell whether any situation agrees with the answers."""
        return self._shop.meets(self.space.possible, self.known)
