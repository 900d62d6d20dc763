"""A second opinion on random registers, by brute force over every situation.

It reads plain tables and shares no code with the engine.
"""

from __future__ import annotations

from itertools import combinations, product


class Oracle:
    def __init__(self, register: dict, answers: dict) -> None:
        self.register, self.answers = register, answers
        self.facts = {n: f or [True, False] for n, f in register["facts"].items()}
        self.points = register["points"]
        self.names = [*self.facts, *self.points]
        self.domains = {**self.facts, **self.points}
        self.all = [dict(zip(self.names, v, strict=True)) for v in product(*self.domains.values())]
        self.possible = [s for s in self.all if self._may_occur(s)]

    def _may_occur(self, situation: dict) -> bool:
        return not any(
            all(situation[n] in values for n, values in never.items())
            for never in self.register["constraints"]
        )

    def holds(self, name: str, situation: dict) -> bool:
        if name in self.facts:
            return situation[name] is True
        node = {**self.register["conditions"], **self.register.get("norms", {})}[name]
        if "one_of" in node:
            return situation[node["tests"]] in node["one_of"]
        alls = all(self.holds(n, situation) for n in node["when_all"])
        anys = not node["when_any"] or any(self.holds(n, situation) for n in node["when_any"])
        return alls and anys and not any(self.holds(n, situation) for n in node["unless_any"])

    def outcome(self, situation: dict) -> str:
        stage = self.register["stage"]
        if stage["outside"] and self.holds(stage["outside"], situation):
            return "hors_champ"
        met = self.holds(stage["conditions"], situation)
        return "conditions_reunies" if met else "condition_manquante"

    def refusal(self, situation: dict) -> bool:
        stage = self.register["stage"]
        if stage["outside"] and self.holds(stage["outside"], situation):
            return False
        return bool(stage["refusal"]) and self.holds(stage["refusal"], situation)

    def agreeing(self, answers: dict) -> list[dict]:
        return [s for s in self.possible if all(s[n] == v for n, v in answers.items())]

    @property
    def here(self) -> list[dict]:
        return self.agreeing(self.answers)

    def settled(self, of, situations: list[dict]):
        found = {of(s) for s in situations}
        return found.pop() if len(found) == 1 else None

    def missing(self, of) -> set[str]:
        """The facts of every smallest set of answers that would always settle the outcome."""
        free = [n for n in self.facts if n not in self.answers]
        enough = [
            set(chosen)
            for size in range(len(free) + 1)
            for chosen in combinations(free, size)
            if self._settles(of, set(chosen))
        ]
        smallest = [q for q in enough if not any(other < q for other in enough)]
        return set().union(*smallest)

    def _settles(self, of, chosen: set[str]) -> bool:
        groups: dict[tuple, set] = {}
        for s in self.here:
            key = tuple(s[n] for n in self.names if n in chosen or n in self.points)
            groups.setdefault(key, set()).add(of(s))
        return all(len(found) == 1 for found in groups.values())

    def depends_on(self, of) -> set[str]:
        free = [p for p in self.points if p not in self.answers]

        def under(readings: dict):
            return self.settled(of, self.agreeing({**self.answers, **readings}))

        found = set()
        for values in product(*(self.points[p] for p in free)):
            readings = dict(zip(free, values, strict=True))
            for point in free:
                for other in self.points[point]:
                    if under(readings) != under({**readings, point: other}):
                        found.add(point)
        return found

    def reasons(self) -> set[frozenset[str]]:
        outcome = self.settled(self.outcome, self.here)
        if outcome is None:
            return set()
        enough = [
            frozenset(chosen)
            for size in range(len(self.answers) + 1)
            for chosen in combinations(self.answers, size)
            if self.settled(self.outcome, self.agreeing({n: self.answers[n] for n in chosen}))
            == outcome
        ]
        return {reason for reason in enough if not any(other < reason for other in enough)}
