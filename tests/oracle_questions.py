"""The questions about every situation of a random register, by brute force.

A set of situations is an integer, bit i standing for the i-th of all combinations; each question
is answered by its definition. Nothing is shared with the engine.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations, product

from oracle import Oracle

OPEN = "a_verifier"


class Questions:
    """Everything that can be asked of some answers about one matter of a register."""

    def __init__(self, register: dict, answers: dict, about: str = "s", refusal=False) -> None:
        self.oracle = oracle = Oracle(register, answers)
        self.register, self.answers = register, answers
        self.about, self.refusal = about, refusal
        self.points = oracle.points
        self.bits: dict[tuple, int] = {}
        self.possible = 0
        self.classes: dict[str, int] = dict.fromkeys(self.outcomes, 0)
        may_occur = {id(s) for s in oracle.possible}
        for place, situation in enumerate(oracle.all):
            bit = 1 << place
            for pair in situation.items():
                self.bits[pair] = self.bits.get(pair, 0) | bit
            if id(situation) in may_occur:
                self.possible |= bit
            self.classes[self.outcome(situation)] |= bit

    @property
    def outcomes(self) -> list[str]:
        if self.about == "s" and not self.refusal:
            return ["hors_champ", "condition_manquante", "conditions_reunies"]
        return ["true", "false"]

    def outcome(self, situation: dict) -> str:
        if self.about != "s":
            return str(self.oracle.holds(self.about, situation)).lower()
        if self.refusal:
            return str(self.oracle.refusal(situation)).lower()
        return self.oracle.outcome(situation)

    def agreeing(self, answers: dict, among: int | None = None) -> int:
        left = self.possible if among is None else among
        for pair in answers.items():
            left &= self.bits[pair]
        return left

    @cached_property
    def here(self) -> int:
        return self.agreeing(self.answers)

    def found(self, mask: int) -> list[str]:
        return [name for name, held in self.classes.items() if held & mask]

    def outcome_in(self, mask: int) -> str:
        found = self.found(mask)
        return found[0] if len(found) == 1 else OPEN

    # --- on which facts and points the outcome rests ----------------------------------------

    def rests_on(self, names, situations: list[dict] | None = None) -> list[str]:
        """List the names of which another value, alone, somewhere gives another outcome."""
        situations = self.oracle.all if situations is None else situations
        found = []
        for name in names:
            seen: dict[tuple, str] = {}
            for s in situations:
                key = tuple(v for n, v in s.items() if n != name)
                if seen.setdefault(key, self.outcome(s)) != self.outcome(s):
                    found.append(name)
                    break
        return found

    @cached_property
    def facts(self) -> list[str]:
        return self.rests_on(self.oracle.facts)

    # --- situations: a value for each of some facts -----------------------------------------

    def table(self, facts) -> dict[tuple, str]:
        """Give the outcome of every possible situation that agrees with the answers."""
        found: dict[tuple, set[str]] = {}
        for s in self.oracle.here:
            found.setdefault(tuple(s[n] for n in facts), set()).add(self.outcome(s))
        return {key: next(iter(o)) if len(o) == 1 else OPEN for key, o in found.items()}

    def hinges(self, facts, keys) -> set[str]:
        """List the open points on which the outcome hangs in some of these situations."""
        keys = set(keys)
        some = [s for s in self.oracle.here if tuple(s[n] for n in facts) in keys]
        return set(self.rests_on(self.points, some))

    # --- why --------------------------------------------------------------------------------

    def reasons(self) -> set[frozenset[str]]:
        wanted = self.outcome_in(self.here)
        if wanted == OPEN:
            return set()
        found: list[frozenset[str]] = []
        for size in range(len(self.answers) + 1):
            for chosen in map(frozenset, combinations(self.answers, size)):
                part = self.agreeing({n: self.answers[n] for n in chosen})
                if self.outcome_in(part) == wanted and not any(f < chosen for f in found):
                    found.append(chosen)
        return set(found)

    # --- what would change it ---------------------------------------------------------------

    def changes(self, wanted: str, readings: bool) -> set[frozenset[tuple]]:
        """List the smallest sets of new values after which the outcome is settled."""
        names = [*self.oracle.facts]
        names += [p for p in self.points if readings and p not in self.answers]
        options = [
            [None, *((n, v) for v in self.oracle.domains[n] if self.answers.get(n) != v)]
            for n in names
        ]
        found: list[frozenset[tuple]] = []
        tried = [frozenset(filter(None, choice)) for choice in product(*options)]
        for change in sorted(tried, key=len):
            after = self.agreeing({**self.answers, **dict(change)})
            if self.found(after) == [wanted] and not any(f < change for f in found):
                found.append(change)
        return set(found)

    # --- twins ------------------------------------------------------------------------------

    def decisive(self) -> dict[tuple, set[str]]:
        """Give, for each situation, the facts of which another value alone changes the outcome."""
        table, facts = self.table(self.facts), self.facts
        found: dict[tuple, set[str]] = {key: set() for key in table}
        for one, other in combinations(table, 2):
            apart = [n for n, a, b in zip(facts, one, other, strict=True) if a != b]
            if len(apart) == 1 and table[one] != table[other]:
                found[one].add(apart[0])
                found[other].add(apart[0])
        return found

    def fewest(self) -> int:
        """Give the least number of situations that show every decisive fact together."""
        shown = {frozenset(names) for names in self.decisive().values() if names}
        every = frozenset().union(*shown)
        for size in range(len(every) + 1):
            if any(frozenset().union(*some) == every for some in combinations(shown, size)):
                return size
        raise AssertionError("each decisive fact is shown by a situation of its own at worst")

    # --- readings ---------------------------------------------------------------------------

    def by_reading(self) -> dict[tuple, str]:
        """Give what is settled under every choice of readings."""
        free = [p for p in self.points if p not in self.answers]
        return {
            chosen: self.outcome_in(
                self.agreeing(dict(zip(free, chosen, strict=True)), among=self.here)
            )
            for chosen in product(*(self.points[p] for p in free))
        }

    def weight(self, point: str) -> int:
        """Count the situations in which another reading of a point can change the outcome."""
        seen: dict[tuple, dict[tuple, set[str]]] = {}
        for s in self.oracle.here:
            rest = tuple(v for n, v in s.items() if n != point)
            key = tuple(s[n] for n in self.facts)
            seen.setdefault(key, {}).setdefault(rest, set()).add(self.outcome(s))
        return sum(any(len(o) > 1 for o in rests.values()) for rests in seen.values())


class Interviews:
    """The best interviews about a matter, by going through every order of questions."""

    def __init__(self, questions: Questions, weights: dict | None = None) -> None:
        self.of, self.weights = questions, weights or {}
        self.free = [n for n in questions.oracle.facts if n not in questions.answers]
        self.readings = [
            questions.agreeing(dict(zip(questions.points, chosen, strict=True)), among=-1)
            for chosen in product(*questions.points.values())
        ]
        self._depths: dict[int, int] = {}
        self._lengths: dict[tuple[int, int], float] = {}
        self._chances: dict[int, float] = {}

    def settled(self, left: int) -> bool:
        """Tell whether facts can no longer change the outcome, whatever the readings."""
        return all(len(self.of.found(left & reading)) <= 1 for reading in self.readings)

    def after(self, left: int, fact: str) -> dict:
        parts = {v: left & self.of.bits[fact, v] for v in self.of.oracle.facts[fact]}
        return {value: part for value, part in parts.items() if part}

    def _questions(self, left: int):
        return [parts for n in self.free if len(parts := self.after(left, n)) > 1]

    def depth(self, left: int) -> int:
        if left not in self._depths:
            self._depths[left] = (
                0
                if self.settled(left)
                else 1 + min(max(map(self.depth, p.values())) for p in self._questions(left))
            )
        return self._depths[left]

    def length(self, left: int, most: int) -> float:
        """Give the least length on average of the interviews that end within some questions."""
        key = left, most
        if key not in self._lengths:
            self._lengths[key] = (
                0.0
                if self.settled(left)
                else min(
                    (
                        1
                        + sum(
                            self.chance(part) / self.chance(left) * self.length(part, most - 1)
                            for part in parts.values()
                        )
                        for parts in (self._questions(left) if most > 0 else [])
                    ),
                    default=float("inf"),
                )
            )
        return self._lengths[key]

    def chance(self, mask: int) -> float:
        if mask not in self._chances:
            self._chances[mask] = sum(
                self._odds(s) for i, s in enumerate(self.of.oracle.all) if mask >> i & 1
            )
        return self._chances[mask]

    def _odds(self, situation: dict) -> float:
        odds = 1.0
        for name, given in self.weights.items():
            if name not in self.of.answers:
                odds *= given.get(situation[name], 0) / sum(given.values())
        return odds


class Versions:
    """What moves between two registers about one matter; both have the same facts."""

    def __init__(self, before: Questions, after: Questions, facts=None) -> None:
        both = {*before.facts, *after.facts}
        self.facts = facts or [n for n in before.oracle.facts if n in both]
        one, two = before.table(self.facts), after.table(self.facts)
        self.common = one.keys() & two.keys()
        self.vanished, self.appeared = one.keys() - two.keys(), two.keys() - one.keys()
        self.moves: dict[tuple[str, str], set[tuple]] = {}
        for key in self.common:
            if one[key] != two[key]:
                self.moves.setdefault((one[key], two[key]), set()).add(key)
