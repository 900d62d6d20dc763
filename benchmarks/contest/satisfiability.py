"""The rules as clauses for a SAT solver."""

from __future__ import annotations

from pysat.solvers import Minisat22

from contest import rules

NUMBER = {name: place for place, name in enumerate(rules.FACTS, 1)}
NOTIONS = ("inside", "reported", "told", "exempt", "doors", "met", "ground", *rules.OUTCOMES)
NUMBER |= {name: place for place, name in enumerate(NOTIONS, len(rules.FACTS) + 1)}
ANSWERS = [NUMBER[name] for name in rules.OUTCOMES]


def conjunction(head: str, *parts: str) -> list[list[int]]:
    """Write « head exactly when all the parts »; a part that starts with « - » is denied."""
    body = [-NUMBER[p[1:]] if p.startswith("-") else NUMBER[p] for p in parts]
    return [[-NUMBER[head], p] for p in body] + [[NUMBER[head], *(-p for p in body)]]


def disjunction(head: str, *parts: str) -> list[list[int]]:
    """Write « head exactly when one of the parts »."""
    body = [NUMBER[p] for p in parts]
    return [[NUMBER[head], -p] for p in body] + [[-NUMBER[head], *body]]


CLAUSES = [
    *conjunction("inside", "etranger", "hors_accord"),
    *disjunction("reported", "plainte", "temoignage"),
    *conjunction("told", "sans_contact", "reported"),
    *conjunction("exempt", "mineur", "souhait"),
    *disjunction("doors", "told", "exempt"),
    *conjunction("met", "infraction", "audition", "doors"),
    *disjunction("ground", *rules.GROUNDS),
    [NUMBER[rules.OUT], NUMBER["inside"]],
    [-NUMBER[rules.OUT], -NUMBER["inside"]],
    *conjunction(rules.LACKING, "inside", "-met"),
    *conjunction(rules.REFUSABLE, "inside", "met", "ground"),
    *conjunction(rules.ELIGIBLE, "inside", "met", "-ground"),
]


def given(case: rules.Case) -> list[int]:
    """Turn a case into assumptions."""
    return [NUMBER[name] if value else -NUMBER[name] for name, value in case.items()]


class Sat:
    """One solver, one assumption per fact."""

    def __init__(self) -> None:
        self.solver = Minisat22(bootstrap_with=CLAUSES)

    def one(self, case: rules.Case) -> str:
        _, implied = self.solver.propagate(assumptions=given(case))
        return next(name for name in rules.OUTCOMES if NUMBER[name] in implied)

    def partial(self, case: rules.Case) -> frozenset[str]:
        known = given(case)
        return frozenset(
            name for name in rules.OUTCOMES if self.solver.solve(assumptions=[*known, NUMBER[name]])
        )

    def changes(self, case: rules.Case) -> rules.Changes:
        """Find a change, shrink it, forbid all that contain it, and so on.

        In a solver of its own: one that is kept slows down with what earlier searches forbade.
        """
        here, aim = given(case), NUMBER[rules.ELIGIBLE]
        found: set[frozenset[str]] = set()
        with Minisat22(bootstrap_with=CLAUSES) as solver:
            while solver.solve(assumptions=[aim]):
                kept, moved = self._split(here, solver.get_model())
                for literal in list(moved):
                    if solver.solve(assumptions=[aim, *kept, literal]):
                        kept, moved = self._split(here, solver.get_model())
                found.add(frozenset(rules.FACTS[abs(literal) - 1] for literal in moved))
                solver.add_clause(moved)
        return frozenset(found)

    @staticmethod
    def _split(here: list[int], model: list[int]) -> tuple[list[int], list[int]]:
        kept = [literal for literal in here if model[abs(literal) - 1] == literal]
        return kept, [literal for literal in here if model[abs(literal) - 1] != literal]

    def p1(self) -> str:
        left = self.partial(rules.ALL_BUT_ONE)
        return next(iter(left)) if len(left) == 1 else "unknown"

    def p2(self) -> str:
        # p (3) exactly when x (4) or y (5), with x = a (1) and b (2), y = a and not b.
        clauses = [[-4, 1], [-4, 2], [4, -1, -2], [-5, 1], [-5, -2], [5, -1, 2]]
        clauses += [[-3, 4, 5], [3, -4], [3, -5]]
        with Minisat22(bootstrap_with=clauses) as solver:
            return "unknown" if solver.solve(assumptions=[1, -3]) else "true"
