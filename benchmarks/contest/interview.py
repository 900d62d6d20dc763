"""Interviews: how many questions a way of asking takes until the outcome is settled.

What is left of the rules after some answers is held as a reduced diagram, so that two states of
knowledge that leave the same questions are the same number. On it, the best interview is found by
trying every next question, and any other way of asking is followed through to the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Ask = Callable[[Mapping[str, bool]], str | None]
"""A way of asking: from what is known to the next question."""


@dataclass(frozen=True)
class Length:
    """Expected number of questions under even and under given odds, and the worst case."""

    uniform: float
    prior: float
    worst: int

    def __str__(self) -> str:
        return f"{self.uniform:.4f} uniform · {self.prior:.4f} prior · {self.worst} at worst"

    def no_longer_than(self, other: Length) -> bool:
        """Tell whether no figure is greater, but for rounding."""
        return (
            self.uniform <= other.uniform + 1e-9
            and self.prior <= other.prior + 1e-9
            and self.worst <= other.worst
        )


class Interview:
    """All interviews about one outcome.

    Parameters
    ----------
    facts : sequence of str
        In their declared order.
    table : sequence of str
        The outcome of every situation; bit i of its number is fact i.
    alike : sequence of str
        Facts that play the same part and have the same odds: the best interview need not try
        more than the first of those that are left.
    """

    def __init__(
        self, facts: Sequence[str], table: Sequence[str], alike: Sequence[str] = ()
    ) -> None:
        self.facts, self.alike = tuple(facts), frozenset(facts.index(name) for name in alike)
        self._nodes: list[tuple[int, int, int]] = []
        self._known: dict[tuple[int, int, int], int] = {}
        self._parts: dict[tuple[int, int], tuple[int, int]] = {}
        self._open: dict[int, tuple[int, ...]] = {}
        leaves = {name: place for place, name in enumerate(dict.fromkeys(table))}
        self._leaves = len(leaves)
        level = [leaves[name] for name in table]
        for fact in range(len(facts)):
            pairs = zip(level[::2], level[1::2], strict=True)
            level = [self._node(fact, no, yes) for no, yes in pairs]
        self.root = level[0]

    def _node(self, fact: int, no: int, yes: int) -> int:
        if no == yes:
            return no
        key = (fact, no, yes)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._leaves + len(self._nodes)
            self._nodes.append(key)
        return found

    def settled(self, state: int) -> bool:
        return state < self._leaves

    def after(self, state: int, fact: int) -> tuple[int, int]:
        """Give what is left after each of the two answers."""
        if self.settled(state):
            return state, state
        top, no, yes = self._nodes[state - self._leaves]
        if top < fact:
            return state, state
        if top == fact:
            return no, yes
        key = (state, fact)
        found = self._parts.get(key)
        if found is None:
            (a, b), (c, d) = self.after(no, fact), self.after(yes, fact)
            found = self._parts[key] = (self._node(top, a, c), self._node(top, b, d))
        return found

    def matters(self, state: int) -> tuple[int, ...]:
        """List the facts that can still change the outcome, in declared order."""
        if self.settled(state):
            return ()
        found = self._open.get(state)
        if found is None:
            top, no, yes = self._nodes[state - self._leaves]
            found = tuple(sorted({top, *self.matters(no), *self.matters(yes)}))
            self._open[state] = found
        return found

    def greedy(self, state: int) -> int:
        """Ask the question most of whose two answers settle it, then in declared order."""
        return max(
            self.matters(state),
            key=lambda fact: (sum(map(self.settled, self.after(state, fact))), -fact),
        )

    def declared(self, state: int) -> int:
        """Ask in declared order, leaving out what cannot matter any more."""
        return self.matters(state)[0]

    def length(self, choose: Callable[[int], int], prior: Mapping[str, float]) -> Length:
        """Follow a way of asking that depends on what is left alone."""
        done: dict[int, tuple[float, float, int]] = {}

        def follow(state: int) -> tuple[float, float, int]:
            if self.settled(state):
                return 0.0, 0.0, 0
            found = done.get(state)
            if found is None:
                fact = choose(state)
                no, yes = map(follow, self.after(state, fact))
                odds = prior[self.facts[fact]]
                found = done[state] = (
                    1 + (no[0] + yes[0]) / 2,
                    1 + (1 - odds) * no[1] + odds * yes[1],
                    1 + max(no[2], yes[2]),
                )
            return found

        return Length(*follow(self.root))

    def followed(self, ask: Ask, prior: Mapping[str, float]) -> Length:
        """Follow a way of asking that is told what is known.

        It is asked once for all states of knowledge that leave the same questions.
        """
        paths: dict[int, dict[str, bool]] = {self.root: {}}

        def choose(state: int) -> int:
            name = ask(paths[state])
            if name is None:
                raise ValueError(f"nothing is asked, and the outcome is open: {paths[state]}")
            fact = self.facts.index(name)
            for value, then in zip((False, True), self.after(state, fact), strict=True):
                if then == state:
                    raise ValueError(f"{name} cannot matter: {paths[state]}")
                paths.setdefault(then, {**paths[state], name: value})
            return fact

        return self.length(choose, prior)

    def best(self, prior: Mapping[str, float]) -> Length:
        """Give the shortest lengths, each for the interview that is best for it."""
        even = dict.fromkeys(self.facts, 0.5)
        return Length(self._expected(even), self._expected(prior), self._worst())

    def _tried(self, state: int) -> list[int]:
        kept, first = [], True
        for fact in self.matters(state):
            if fact in self.alike:
                if not first:
                    continue
                first = False
            kept.append(fact)
        return kept

    def _expected(self, prior: Mapping[str, float]) -> float:
        odds = [prior[name] for name in self.facts]
        done: dict[int, float] = {}

        def least(state: int) -> float:
            if self.settled(state):
                return 0.0
            found = done.get(state)
            if found is None:
                found = done[state] = 1 + min(
                    (1 - odds[fact]) * least(no) + odds[fact] * least(yes)
                    for fact in self._tried(state)
                    for no, yes in (self.after(state, fact),)
                )
            return found

        return least(self.root)

    def _worst(self) -> int:
        done: dict[int, int] = {}

        def least(state: int) -> int:
            if self.settled(state):
                return 0
            found = done.get(state)
            if found is None:
                found = done[state] = 1 + min(
                    max(map(least, self.after(state, fact))) for fact in self._tried(state)
                )
            return found

        return least(self.root)
