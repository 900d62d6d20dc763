"""The situations that agree with some answers: what they settle, leave open, and why."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

from traite_kb.diagram import NO
from traite_kb.model import Value
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
        self._shop = space.diagrams
        self._known = space.assignment(self.answers)
        self._possible = self._given(space.possible)
        self._free = [n for n in space.domains if n not in self.answers]

    def _given(self, diagram: int) -> int:
        return self._shop.given(diagram, self._known)

    def truth(self, diagram: int) -> Truth:
        """Tell whether a diagram holds in all these situations, in none, or in some only."""
        here = self._given(diagram)
        if self._shop.both(self._possible, self._shop.negate(here)) == NO:
            return Truth.YES
        return Truth.NO if self._shop.both(self._possible, here) == NO else Truth.UNKNOWN

    def outcomes(self, classes: Mapping[str, int]) -> tuple[str, ...]:
        """List the outcomes that are still possible."""
        return tuple(
            name
            for name, diagram in classes.items()
            if self._shop.both(self._possible, self._given(diagram)) != NO
        )

    def depends_on(self, classes: Mapping[str, int]) -> tuple[str, ...]:
        """List the open points whose reading changes what is settled about an outcome."""
        points = self.space.points
        facts = frozenset(self.space.index[n] for n in self._free if n not in points)
        found: set[int] = set()
        for diagram in classes.values():
            against = self._shop.both(self._possible, self._shop.negate(self._given(diagram)))
            found |= self._shop.support(self._shop.somewhere(against, facts))
        return tuple(name for name in points if self.space.index[name] in found)

    def missing(self, classes: Mapping[str, int]) -> tuple[str, ...]:
        """List the unanswered facts that can still change the outcome.

        These are the facts of every smallest set of answers that would always settle it. A fact
        is one of them exactly when it belongs to a smallest set of facts whose change takes one
        possible situation to another with another outcome. Source: A. Skowron and C. Rauszer,
        « The Discernibility Matrices and Functions in Information Systems » (1992), reducts as
        minimal hitting sets of the discernibility matrix.
        """
        here = {name: self._given(diagram) for name, diagram in classes.items()}
        open_facts = set(self.may_matter(classes))
        support = self._support(here)
        smallest = [
            {name}
            for name in open_facts
            if self.space.index[name] in support and self._differ(here, (name,))
        ]
        for group in self.space.ties:
            names = [name for name in self._free if name in group & open_facts]
            for size in range(2, len(names) + 1):
                for chosen in combinations(names, size):
                    if not any(known <= set(chosen) for known in smallest) and self._differ(
                        here, chosen
                    ):
                        smallest.append(set(chosen))
        seen = set().union(*smallest)
        return tuple(name for name in self._free if name in seen)

    def may_matter(self, classes: Mapping[str, int]) -> tuple[str, ...]:
        """List the unanswered facts that could be worth asking now or after other answers.

        The list holds every :meth:`missing` fact, and more answers never make it longer: it
        bounds the number of questions that are left.
        """
        support = self._support({name: self._given(d) for name, d in classes.items()})
        names = {self.space.names[place] for place in support}
        for group in self.space.ties:
            if names & group:
                names |= group
        return tuple(n for n in self._free if n in names and n in self.space.facts and self.open(n))

    def open(self, fact: str) -> bool:
        """Tell whether an unanswered fact still has more than one possible value."""
        literals = (self.space.literal(fact, [value]) for value in self.space.domains[fact])
        left = [self._shop.both(self._possible, self._given(literal)) for literal in literals]
        return sum(diagram != NO for diagram in left) > 1

    def _support(self, classes: Mapping[str, int]) -> set[int]:
        return set().union(*(self._shop.support(diagram) for diagram in classes.values()))

    def _differ(self, classes: Mapping[str, int], names: tuple[str, ...]) -> bool:
        """Tell whether changing all of these facts, and no other, can change the outcome."""
        values = list(product(*(range(len(self.space.domains[name])) for name in names)))
        shop = self._shop
        moved = [self._moved(classes, names, chosen) for chosen in values]
        for (one, before), (other, after) in combinations(zip(values, moved, strict=True), 2):
            if any(a == b for a, b in zip(one, other, strict=True)):
                continue
            apart = shop.any_of(shop.differ(before[1][k], after[1][k]) for k in classes)
            if shop.all_of([before[0], after[0], apart]) != NO:
                return True
        return False

    def _moved(
        self, classes: Mapping[str, int], names: tuple[str, ...], values: tuple[int, ...]
    ) -> tuple[int, dict[str, int]]:
        known = {self.space.index[n]: v for n, v in zip(names, values, strict=True)}
        shop = self._shop
        return shop.given(self._possible, known), {
            name: shop.given(diagram, known) for name, diagram in classes.items()
        }

    def reasons(self, diagram: int) -> list[frozenset[str]]:
        """List the smallest sets of answers that are enough for a diagram to hold.

        Each set, taken alone, makes it hold in every possible situation, and no part of it does.
        The list is empty when the answers together are not enough.
        """
        if self.truth(diagram) is not Truth.YES:
            return []
        found: list[frozenset[str]] = []
        tried: set[frozenset[str]] = set()
        waiting = [frozenset(self._relevant_answers(diagram))]
        while waiting:
            pool = waiting.pop()
            if pool in tried:
                continue
            tried.add(pool)
            known = next((reason for reason in found if reason <= pool), None)
            if known is None:
                if not self._enough(diagram, pool):
                    continue
                known = self._shrunk(diagram, pool)
                found.append(known)
            waiting.extend(pool - {name} for name in known)
        return sorted(found, key=lambda reason: (len(reason), sorted(reason)))

    def _relevant_answers(self, diagram: int) -> set[str]:
        names = {self.space.names[i] for i in self._shop.support(diagram)}
        for group in self.space.ties:
            if names & group:
                names |= group
        return names & set(self.answers)

    def _enough(self, diagram: int, names: frozenset[str]) -> bool:
        known = self.space.assignment({name: self.answers[name] for name in names})
        possible = self._shop.given(self.space.possible, known)
        against = self._shop.negate(self._shop.given(diagram, known))
        return self._shop.both(possible, against) == NO

    def _shrunk(self, diagram: int, names: frozenset[str]) -> frozenset[str]:
        for name in sorted(names, key=lambda n: -self.space.index[n]):
            smaller = names - {name}
            if self._enough(diagram, smaller):
                names = smaller
        return names
