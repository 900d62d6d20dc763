"""The rules as any programmer would write them: the floor of every ratio."""

from __future__ import annotations

from collections import Counter

from contest import rules


class IfChain:
    """One function, one complete case at a time; every other answer runs it over and over."""

    def __init__(self) -> None:
        numbers = range(1 << len(rules.FACTS))
        table = ((rules.outcome(case), case) for case in map(rules.case_of, numbers))
        self.eligible = [case for outcome, case in table if outcome == rules.ELIGIBLE]

    def one(self, case: rules.Case) -> str:
        return rules.outcome(case)

    def partial(self, case: rules.Case) -> frozenset[str]:
        return rules.possible(case)

    def changes(self, case: rules.Case) -> rules.Changes:
        return rules.changes(case, self.eligible)

    def whole(self) -> list[str]:
        return rules.whole()

    def listed(self, held: list[str]) -> list[str]:
        return held

    def counts(self, held: list[str]) -> dict[str, int]:
        return dict(Counter(held))

    def p1(self) -> str:
        try:
            return rules.outcome(rules.ALL_BUT_ONE)
        except KeyError:
            return "raises KeyError"
