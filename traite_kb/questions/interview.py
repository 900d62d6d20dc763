"""The shortest interview: which question to ask next so that few are left, and how many.

A state of an interview is what is left of each outcome once some facts are known; states that are
equal as functions are one state, whatever was asked to reach them. The search is exact as long as
it stays within its budget, and says when it does not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from traite_kb.diagram import NO
from traite_kb.model import Value
from traite_kb.questions.outlook import Outlook
from traite_kb.questions.spared import Spared

State = tuple[int, ...]
Moves = dict[int, tuple[tuple[float, State], ...]]
"""For each fact worth asking, the chance of each answer and the state that it leads to."""

_TINY = 1e-12


class OutOfBudgetError(Exception):
    """The search has looked at as many states as it may."""


class Interview:
    """Everything that can still be asked about one matter, and what each answer leaves.

    Parameters
    ----------
    outlook : Outlook
    weights : mapping of str to (mapping of Value to float)
        How likely each answer to a fact is, against its other answers; by default all alike.
    """

    def __init__(
        self,
        outlook: Outlook,
        weights: Mapping[str, Mapping[Value, float]],
    ) -> None:
        self._space = space = outlook.space
        matter = outlook.matter
        self._shop = outlook.shop
        self._facts = frozenset(space.index[name] for name in space.facts)
        self._tied = frozenset(space.index[name] for group in matter.tied for name in group)
        kept = {space.index[name] for name in matter.names} | self._tied
        others = frozenset(range(len(space.names))) - kept
        self.start: State = tuple(
            self._shop.copied(space.diagrams, diagram, outlook.known, others)
            for diagram in matter.possible.values()
        )
        self._odds = {place: self._spread(name, weights) for name, place in space.index.items()}
        self._left = math.inf
        self._parts: dict[tuple[int, int, int], int] = {}
        self._weights: dict[int, float] = {NO: 0.0, 1: 1.0}
        self._moves: dict[State, Moves] = {}
        self._supports: dict[int, frozenset[int]] = {}
        self._within: dict[tuple[State, int], bool] = {}
        self._expected: dict[tuple[State, int], tuple[float, int]] = {}
        self._followed: dict[State, tuple[int, float, int]] = {}

    def _spread(self, name: str, weights: Mapping[str, Mapping[Value, float]]) -> list[float]:
        given = weights.get(name, {})
        raw = [
            float(given.get(value, 0.0 if given else 1.0)) for value in self._space.domains[name]
        ]
        return [weight / sum(raw) for weight in raw]

    # --- states -----------------------------------------------------------------------------

    def moves(self, state: State) -> Moves:
        """List the facts worth asking in a state; none when the outcome is settled.

        Of two facts either of which would settle things alike, only the likelier to do so is
        kept: asking it first is never worse.
        """
        found = self._moves.get(state)
        if found is None:
            self._left -= 1
            if self._left < 0:
                raise OutOfBudgetError
            found = self._moves[state] = {} if self._is_settled(state) else self._branch(state)
        return found

    def _is_settled(self, state: State) -> bool:
        """Tell whether no fact can change the outcome, whatever the reading of each point."""
        seen = NO
        for diagram in state:
            under = self._shop.somewhere(diagram, self._facts)
            if self._shop.both(seen, under) != NO:
                return False
            seen = self._shop.either(seen, under)
        return True

    def _branch(self, state: State) -> Moves:
        moves: Moves = {}
        leaders: dict[State, int] = {}
        whole = self.weight(state) or 1.0
        for variable in sorted(self.open_facts(state)):
            after = [self._after(state, variable, v) for v in range(self._shop.sizes[variable])]
            chances: dict[State, float] = {}
            for value, left in enumerate(after):
                if any(left):
                    chance = self._odds[variable][value] * self.weight(left) / whole
                    chances[left] = chances.get(left, 0.0) + chance
            if len(chances) < 2:
                continue
            moves[variable] = tuple((chance, left) for left, chance in chances.items())
            if len(chances) == 2 and variable not in self._tied:
                self._yield_to_the_likelier(moves, leaders, variable, chances)
        return moves

    @staticmethod
    def _yield_to_the_likelier(
        moves: Moves, leaders: dict[State, int], variable: int, chances: dict[State, float]
    ) -> None:
        for left, chance in chances.items():
            other = leaders.setdefault(left, variable)
            if other == variable or other not in moves:
                leaders[left] = variable
                continue
            theirs = next(c for c, following in moves[other] if following == left)
            if chance > theirs + _TINY:
                del moves[other]
                leaders[left] = variable
            else:
                moves.pop(variable, None)
                return

    def open_facts(self, state: State) -> frozenset[int]:
        """List the facts on which anything in a state depends."""
        found: frozenset[int] = frozenset()
        for diagram in state:
            known = self._supports.get(diagram)
            if known is None:
                known = frozenset(self._shop.support(diagram)) & self._facts
                self._supports[diagram] = known
            found |= known
        return found

    def _after(self, state: State, variable: int, value: int) -> State:
        parts = []
        for diagram in state:
            key = diagram, variable, value
            found = self._parts.get(key)
            if found is None:
                found = self._parts[key] = self._shop.given(diagram, {variable: value})
            parts.append(found)
        return tuple(parts)

    def weight(self, state: State) -> float:
        """Give the share of situations that are possible in a state, each fact weighed alone."""
        return self._weigh(self._shop.any_of(state))

    def _weigh(self, diagram: int) -> float:
        found = self._weights.get(diagram)
        if found is None:
            variable = self._shop.top(diagram)
            branches = self._shop.branches(diagram, variable)
            odds = self._odds[variable]
            found = sum(o * self._weigh(b) for o, b in zip(odds, branches, strict=True))
            self._weights[diagram] = found
        return found

    def answers(self, state: State, variable: int) -> dict[int, tuple[float, State]]:
        """Give, for each possible answer to a question, its chance and the state it leads to."""
        whole = self.weight(state) or 1.0
        found = {}
        for value, odds in enumerate(self._odds[variable]):
            left = self._after(state, variable, value)
            if any(left):
                found[value] = odds * self.weight(left) / whole, left
        return found

    def allow(self, budget: float) -> None:
        """Let what follows look at this number of new states before it gives up."""
        self._left = budget

    # --- the worst case ---------------------------------------------------------------------

    def spared(self, most: int) -> int:
        """Give a number of questions that no interview can always do with less than."""
        return Spared(self._shop, self.start, self._facts).at_least(most)

    def ends_within(self, state: State, most: int) -> bool:
        """Tell whether some interview always ends within this number of questions."""
        moves = self.moves(state)
        if not moves:
            return True
        if most >= len(self.open_facts(state)):
            return True
        if most <= 0:
            return False
        key = state, most
        found = self._within.get(key)
        if found is None:
            found = self._within[key] = any(
                self._all_end(outcomes, most - 1) for outcomes in moves.values()
            )
        return found

    def _all_end(self, outcomes: tuple[tuple[float, State], ...], most: int) -> bool:
        hardest = sorted((left for _, left in outcomes), key=lambda s: -len(self.open_facts(s)))
        return all(self.ends_within(left, most) for left in hardest)

    # --- the expected length ----------------------------------------------------------------

    def expected(self, state: State, most: int) -> tuple[float, int]:
        """Give the least expected number of questions, and the first question of such an interview.

        Only interviews that always end within ``most`` questions are looked at.

        Raises
        ------
        OutOfBudgetError
            When finding it would take too long.
        """
        moves = self.moves(state)
        if not moves:
            return 0.0, -1
        key = state, min(most, len(self.open_facts(state)))
        found = self._expected.get(key)
        if found is None:
            found = self._expected[key] = self._best(moves, most)
        return found

    def _best(self, moves: Moves, most: int) -> tuple[float, int]:
        def floor(variable: int) -> float:
            open_ones = sum(chance for chance, left in moves[variable] if self.moves(left))
            return round(1 + open_ones, 9)

        best, first = math.inf, -1
        for variable in sorted(moves, key=lambda v: (floor(v), self._followed_length(moves[v]), v)):
            least = floor(variable)
            if least >= best - _TINY or not self._all_end(moves[variable], most - 1):
                continue
            length = least
            for chance, left in sorted(moves[variable], reverse=True):
                if self.moves(left):
                    length += chance * (self.expected(left, most - 1)[0] - 1)
                    if length >= best - _TINY:
                        break
            if length < best - _TINY:
                best, first = length, variable
        return best, first

    def _followed_length(self, outcomes: tuple[tuple[float, State], ...]) -> float:
        return round(sum(chance * self.followed(left)[1] for chance, left in outcomes), 9)

    # --- a good interview, when the best one is out of reach --------------------------------

    def followed(self, state: State) -> tuple[int, float, int]:
        """Follow the question that tells most, each time: worst case, expected length, question."""
        found = self._followed.get(state)
        if found is None:
            moves = self.moves(state)
            if not moves:
                found = (0, 0.0, -1)
            else:
                variable = min(moves, key=lambda v: (self._doubt(moves[v]), v))
                after = [(chance, self.followed(left)) for chance, left in moves[variable]]
                worst = 1 + max(end[0] for _, end in after)
                found = (worst, 1 + sum(chance * end[1] for chance, end in after), variable)
            self._followed[state] = found
        return found

    def _doubt(self, outcomes: tuple[tuple[float, State], ...]) -> float:
        """Give what is left to learn after a question, in bits, on average over its answers."""
        # Rounded, so that equal questions stay equal whatever the order of the sum.
        return round(sum(chance * self._entropy(left) for chance, left in outcomes), 9)

    def _entropy(self, state: State) -> float:
        shares = [self._share(diagram) for diagram in state if diagram]
        return -sum(s / sum(shares) * math.log2(s / sum(shares)) for s in shares if s)

    def _share(self, diagram: int) -> float:
        return self._weigh(diagram)
