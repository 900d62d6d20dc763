"""The rules in the format of the kit, answered by the kit."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

import traite_kb as kb
from contest import rules
from contest.interview import Ask
from traite_kb.primes import changes
from traite_kb.questions.next_question import ask
from traite_kb.rules import LACKING, MET, OUTSIDE, Rules
from traite_kb.space import space_of
from traite_kb.tables import Tables
from traite_kb.truth import Truth

HERE = Path(__file__).parent
STAGE = "carte"


def outcome_of(finding: Any) -> str:
    """Name the outcome of the contest: the kit keeps the conclusion and the refusal apart."""
    if finding.conclusion == OUTSIDE:
        return rules.OUT
    if finding.conclusion == LACKING:
        return rules.LACKING
    if finding.conclusion == MET and finding.refusal is not Truth.UNKNOWN:
        return rules.REFUSABLE if finding.refusal is Truth.YES else rules.ELIGIBLE
    return "unknown"


def outcomes(rules_of: Rules, shop: Any) -> dict[str, int]:
    """Give each outcome of the contest, as a diagram or a table."""
    conclusions, refusal = rules_of.outcomes(STAGE), rules_of.outcomes(STAGE, refusal=True)
    return {
        rules.OUT: conclusions[OUTSIDE],
        rules.LACKING: conclusions[LACKING],
        rules.REFUSABLE: shop.both(conclusions[MET], refusal["true"]),
        rules.ELIGIBLE: shop.both(conclusions[MET], refusal["false"]),
    }


class Ours:
    """A register opened and compiled once."""

    def __init__(self) -> None:
        self.procedure = kb.open_procedure(HERE / "seize.toml")
        self.probes = kb.open_procedure(HERE / "probes.toml")
        self.space = space_of(self.procedure)
        shop, possible = self.space.diagrams, self.space.possible
        self.outcomes = outcomes(self.space, shop)
        self.tables = Tables([2] * len(rules.FACTS))
        self.domains = {name: self.space.domains[name] for name in rules.FACTS}
        self.possible = {name: shop.both(possible, d) for name, d in self.outcomes.items()}
        # What a change must lead to: something possible, and nothing else than eligible.
        eligible = self.outcomes[rules.ELIGIBLE]
        self.wanted = possible, shop.both(possible, shop.negate(eligible))
        self.settable = frozenset(self.space.index.values())

    def full(self, case: rules.Case) -> Any:
        """Give the truth of every node, the missing facts, and all smallest reasons."""
        return kb.assess(kb.Case.known(self.procedure, facts=case))[STAGE]

    def told(self, case: rules.Case) -> str:
        """Give the outcome that the full answer tells."""
        return outcome_of(self.full(case))

    def one(self, case: rules.Case) -> str:
        meets, known = self.space.diagrams.meets, self.space.assignment(case)
        return next(name for name, held in self.possible.items() if meets(held, known))

    def partial(self, case: rules.Case) -> frozenset[str]:
        meets, known = self.space.diagrams.meets, self.space.assignment(case)
        return frozenset(name for name, held in self.possible.items() if meets(held, known))

    def whole(self) -> dict[str, int]:
        """Give the truth table of each outcome, from those of the facts."""
        return outcomes(Rules(self.procedure, self.domains, self.tables), self.tables)

    def counts(self, held: dict[str, int]) -> dict[str, int]:
        return {name: self.tables.count(table) for name, table in held.items()}

    def listed(self, held: dict[str, int]) -> list[str]:
        # The first value of a yes-or-no fact is yes: situation 0 is the one where all are.
        last = (1 << len(rules.FACTS)) - 1
        return [
            next(name for name, table in held.items() if table >> (last ^ number) & 1)
            for number in range(last + 1)
        ]

    def changes(self, case: rules.Case) -> rules.Changes:
        space = self.space
        found = changes(space.diagrams, self.wanted, space.assignment(case), self.settable)
        return frozenset(frozenset(space.names[v] for v, _ in change) for change in found)

    def verify(self) -> Any:
        """Check the register from its tables on.

        What is compiled is kept by procedure: a copy has to be compiled anew.
        """
        return kb.check(copy(self.procedure))

    def asking(self, odds: Mapping[str, float] | None) -> Ask:
        """Ask what is best for these odds among what is best in the worst case."""
        weights = {name: {True: p, False: 1 - p} for name, p in (odds or {}).items()}

        def asked(known: rules.Case) -> str | None:
            case = kb.Case.known(self.procedure, facts=known)
            return ask(case, STAGE, weights=weights).fact or None

        return asked

    def p1(self) -> str:
        return self.told(rules.ALL_BUT_ONE)

    def p2(self) -> str:
        truth = kb.settle(kb.Case(self.probes, a=True), "ecrit_p2")
        return "true" if truth is Truth.YES else truth.value

    def p3(self) -> frozenset[str]:
        return frozenset(kb.assess(kb.Case(self.probes))["p3"].missing)
