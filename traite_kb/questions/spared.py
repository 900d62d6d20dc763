"""How many questions no interview can spare: a lower bound that needs no search.

Whatever questions an interview asks, its longest path is at least as long as the degree of any
polynomial over 0 and 1 that equals a function of the outcome. Source: H. Buhrman and R. de Wolf,
« Complexity measures and decision tree complexity: a survey », Theoretical Computer Science 288
(2002), section 3.2. A degree shows when, two values being kept of each fact of a set and all else
being fixed, the situations that have the outcome and differ from one of them in an even number of
facts are not as many as those that differ in an odd number.
"""

from __future__ import annotations

import random

from traite_kb.diagram import NO, YES, Diagrams

_TRIES = 400


class Spared:
    """Looks for a set of facts that no interview about some outcomes can leave out.

    Parameters
    ----------
    shop : Diagrams
    state : tuple of int
        What is left of each outcome; together, what is possible.
    facts : frozenset of int
        The variables that are facts; the others are disputed points.
    """

    def __init__(self, shop: Diagrams, state: tuple[int, ...], facts: frozenset[int]) -> None:
        self._shop, self._state = shop, state
        support = set().union(*(shop.support(diagram) for diagram in state))
        self._facts = sorted(support & facts)
        self._points = sorted(support - facts)
        self._possible = shop.any_of(state)

    def at_least(self, enough: int) -> int:
        """Give a number of questions that the worst case cannot go below; stop at ``enough``."""
        dice = random.Random(0)
        best = 0
        for _ in range(_TRIES):
            if best >= enough:
                break
            best = max(best, self._try(dice, best))
        return best

    def _try(self, dice: random.Random, best: int) -> int:
        outcomes = self._under_some_readings(dice)
        base = self._situation(dice)
        pairs = self._pairs(dice, base)
        for _ in range(3):
            for outcome in outcomes:
                essential = self._essential(outcome, base, pairs)
                if len(essential) > best and self._balance(outcome, base, pairs, essential):
                    best = len(essential)
            if pairs:
                del pairs[dice.choice(list(pairs))]
        return best

    def _under_some_readings(self, dice: random.Random) -> list[int]:
        """Fix each point, or ask for some reading of it, or for every one: an outcome all the same.

        An interview that settles the outcome under each reading settles all of these.
        """
        chosen = {point: dice.choice(["fix", "some", "every"]) for point in self._points}
        fixed = {
            point: dice.randrange(self._shop.sizes[point])
            for point, how in chosen.items()
            if how == "fix"
        }
        some = frozenset(point for point, how in chosen.items() if how == "some")
        every = frozenset(point for point, how in chosen.items() if how == "every")
        return [
            self._shop.everywhere(
                self._shop.somewhere(self._shop.given(diagram, fixed), some), every
            )
            for diagram in self._state
        ]

    def _situation(self, dice: random.Random) -> dict[int, int]:
        base: dict[int, int] = {}
        left = self._possible
        for fact in self._facts:
            sizes = range(self._shop.sizes[fact])
            values = [v for v in sizes if self._shop.given(left, {fact: v}) != NO]
            base[fact] = dice.choice(values)
            left = self._shop.given(left, {fact: base[fact]})
        return base

    def _pairs(self, dice: random.Random, base: dict[int, int]) -> dict[int, int]:
        """Choose a second value for as many facts as can vary freely, all being possible."""
        pairs: dict[int, int] = {}
        for fact in dice.sample(self._facts, len(self._facts)):
            values = [v for v in range(self._shop.sizes[fact]) if v != base[fact]]
            pairs[fact] = dice.choice(values)
            if not self._all_possible(self._possible, base, pairs):
                del pairs[fact]
        return pairs

    def _all_possible(self, node: int, base: dict[int, int], pairs: dict[int, int]) -> bool:
        if node <= YES:
            return node == YES
        fact = self._shop.top(node)
        if fact not in base:
            return all(
                self._all_possible(branch, base, pairs)
                for branch in self._shop.branches(node, fact)
            )
        branches = self._shop.branches(node, fact)
        return self._all_possible(branches[base[fact]], base, pairs) and (
            fact not in pairs or self._all_possible(branches[pairs[fact]], base, pairs)
        )

    def _essential(self, node: int, base: dict[int, int], pairs: dict[int, int]) -> list[int]:
        """List the facts on which the outcome still depends when only the pairs vary."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if node <= YES or node in seen:
                continue
            seen.add(node)
            fact = self._shop.top(node)
            branches = self._shop.branches(node, fact)
            waiting.append(branches[base[fact]])
            if fact in pairs:
                waiting.append(branches[pairs[fact]])
                if branches[base[fact]] != branches[pairs[fact]]:
                    found.add(fact)
        return sorted(found)

    def _balance(
        self, node: int, base: dict[int, int], pairs: dict[int, int], essential: list[int]
    ) -> int:
        """Count the situations with the outcome, those an odd number of changes away negatively."""
        done: dict[tuple[int, int], int] = {}

        def below(node: int, place: int) -> int:
            fact = essential[place] if place < len(essential) else len(self._shop.sizes)
            while node > YES and self._shop.top(node) < fact:
                top = self._shop.top(node)
                node = self._shop.branches(node, top)[base[top]]
            if place == len(essential):
                return node
            if node <= YES or self._shop.top(node) > fact:
                return 0
            found = done.get((node, place))
            if found is None:
                branches = self._shop.branches(node, fact)
                found = below(branches[base[fact]], place + 1)
                found -= below(branches[pairs[fact]], place + 1)
                done[node, place] = found
            return found

        return below(node, 0)
