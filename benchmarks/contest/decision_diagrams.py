"""The rules as binary decision diagrams: ``dd`` in pure Python, and over the C library CUDD."""

from __future__ import annotations

from typing import Any

from contest import rules

LAW = {
    "inside": r"etranger /\ hors_accord",
    "met": r"infraction /\ audition /\ ((sans_contact /\ (plainte \/ temoignage))"
    r" \/ (mineur /\ souhait))",
    "ground": r" \/ ".join(rules.GROUNDS),
}


class _Diagrams:
    def __init__(self, manager: Any) -> None:
        self.manager = manager
        manager.declare(*rules.FACTS, "a", "b")
        inside, met, ground = (manager.add_expr(law) for law in LAW.values())
        self.outcomes = {
            rules.OUT: ~inside,
            rules.LACKING: inside & ~met,
            rules.REFUSABLE: inside & met & ground,
            rules.ELIGIBLE: inside & met & ~ground,
        }

    def one(self, case: rules.Case) -> str:
        let, true = self.manager.let, self.manager.true
        return next(name for name, d in self.outcomes.items() if let(case, d) == true)

    def partial(self, case: rules.Case) -> frozenset[str]:
        let, false = self.manager.let, self.manager.false
        return frozenset(name for name, d in self.outcomes.items() if let(case, d) != false)

    def whole(self) -> dict[str, int]:
        # Counted, not listed: a diagram holds the situations without naming them.
        facts = len(rules.FACTS)
        return {name: int(d.count(nvars=facts)) for name, d in self.outcomes.items()}

    def counts(self, held: dict[str, int]) -> dict[str, int]:
        return held

    def p1(self) -> str:
        left = self.partial(rules.ALL_BUT_ONE)
        return next(iter(left)) if len(left) == 1 else "unknown"

    def p2(self) -> str:
        held = self.manager.add_expr(r"(a /\ b) \/ (a /\ ~b)")
        known = self.manager.let({"a": True}, held)
        return "true" if known == self.manager.true else "unknown"

    def p3(self) -> frozenset[str]:
        held = self.manager.add_expr(r"(a \/ b) /\ (~a \/ b)")
        return frozenset(self.manager.support(held))

    def close(self) -> None:
        # The managers complain at exit of every diagram that is still held.
        self.outcomes.clear()


class Autoref(_Diagrams):
    def __init__(self) -> None:
        from dd import autoref

        super().__init__(autoref.BDD())


class Cudd(_Diagrams):
    def __init__(self) -> None:
        from dd import cudd

        super().__init__(cudd.BDD())
