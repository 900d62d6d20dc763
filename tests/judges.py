"""An independent judge: a register as clauses for a SAT solver.

It reads plain tables, those of ``worlds`` or those of the TOML files, and shares nothing with the
engine. A matter is a pair: what is asked about, and whether it is the refusal of a stage.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

_WHY = "python-sat is an independent judge: pip install -e '.[test]'"
hitman = pytest.importorskip("pysat.examples.hitman", reason=_WHY)
solvers = pytest.importorskip("pysat.solvers", reason=_WHY)

ROLES = ("when_all", "when_any", "unless_any")


def tables_of(folder: Path) -> dict:
    """Read the files of a register as the plain tables that ``worlds`` draws."""
    kinds: dict[str, dict] = {}
    for path in sorted(folder.glob("*.toml")):
        for kind, nodes in tomllib.loads(path.read_text(encoding="utf-8")).items():
            kinds.setdefault(kind, {}).update(nodes)

    def lists(node: dict) -> dict:
        if "one_of" in node:
            return {"tests": node.get("fact") or node["point"], "one_of": node["one_of"]}
        return {role: node.get(role, []) for role in ROLES}

    nevers = (node["never"].items() for node in kinds["constraint"].values())
    return {
        "facts": {
            n: list(f["values"]) if "values" in f else None for n, f in kinds["fact"].items()
        },
        "points": {n: list(p["readings"]) for n, p in kinds["point"].items()},
        "conditions": {n: lists(node) for n, node in kinds["condition"].items()},
        "norms": {n: {**node, **lists(node)} for n, node in kinds["norm"].items()},
        "constraints": [
            {n: v if isinstance(v, list) else [v] for n, v in pairs} for pairs in nevers
        ],
        "stages": {
            n: {key: stage.get(key, "") for key in ("conditions", "outside", "refusal")}
            for n, stage in kinds["stage"].items()
        },
    }


def stages_of(register: dict) -> dict:
    return register["stages"] if "stages" in register else {"s": register["stage"]}


def domains_of(register: dict) -> dict[str, list]:
    facts = {n: values or [True, False] for n, values in register["facts"].items()}
    return {**facts, **register["points"]}


class Clauses:
    """Clauses of a SAT solver, and literals that name « and » and « or »."""

    def __init__(self) -> None:
        self.solver, self._last = solvers.Solver(name="glucose4"), 0

    def new(self) -> int:
        self._last += 1
        return self._last

    def add(self, *literals: int) -> None:
        self.solver.add_clause(literals)

    def any_of(self, literals: Iterable[int]) -> int:
        one, parts = self.new(), list(literals)
        self.add(-one, *parts)
        for part in parts:
            self.add(one, -part)
        return one

    def all_of(self, literals: Iterable[int]) -> int:
        return -self.any_of([-literal for literal in literals])

    def can(self, *literals: int) -> bool:
        return self.solver.solve(assumptions=list(literals))

    def true(self) -> set[int]:
        return {literal for literal in self.solver.get_model() if literal > 0}


class Situation:
    """One situation of a register, as variables among some clauses; possible unless told."""

    def __init__(self, clauses: Clauses, register: dict, possible: bool = True) -> None:
        self.clauses, self.register, self.domains = clauses, register, domains_of(register)
        self.value = {(n, v): clauses.new() for n, values in self.domains.items() for v in values}
        self._held: dict[str, int] = {}
        for name, values in self.domains.items():
            clauses.add(*(self.value[name, v] for v in values))
            for one, other in combinations(values, 2):
                clauses.add(-self.value[name, one], -self.value[name, other])
        for never in register["constraints"] if possible else []:
            clauses.add(*(-self.among(name, values) for name, values in never.items()))

    def among(self, name: str, values: Iterable) -> int:
        known = [self.value[name, v] for v in values if (name, v) in self.value]
        return self.clauses.any_of(known)

    def with_(self, answers: dict) -> list[int]:
        return [self.value[pair] for pair in answers.items()]

    def inside(self, box: dict) -> int:
        return self.clauses.all_of(self.among(name, values) for name, values in box.items())

    def holds(self, name: str) -> int:
        if name not in self._held:
            self._held[name] = self._built(name)
        return self._held[name]

    def _built(self, name: str) -> int:
        if name in self.register["facts"]:
            return self.value[name, True]
        node = {**self.register["conditions"], **self.register["norms"]}[name]
        if "one_of" in node:
            return self.among(node["tests"], node["one_of"])
        alls, anys, unless = ([self.holds(n) for n in node[role]] for role in ROLES)
        either = [self.clauses.any_of(anys)] if anys else []
        return self.clauses.all_of([*alls, *either, *(-held for held in unless)])

    def outcomes(self, matter: tuple[str, bool]) -> dict[str, int]:
        about, refusal = matter
        stage = stages_of(self.register).get(about)
        if stage is None:
            return {"true": self.holds(about), "false": -self.holds(about)}
        outside = self.holds(stage["outside"]) if stage["outside"] else self.clauses.any_of([])
        if refusal:
            grounds = [self.holds(stage["refusal"])] if stage["refusal"] else []
            ground = self.clauses.all_of([-outside, self.clauses.any_of(grounds)])
            return {"true": ground, "false": -ground}
        met = self.holds(stage["conditions"])
        return {
            "hors_champ": outside,
            "condition_manquante": self.clauses.all_of([-outside, -met]),
            "conditions_reunies": self.clauses.all_of([-outside, met]),
        }

    def agree(self, other: Situation, names: Iterable[str]) -> None:
        """Give two situations the same values of some names."""
        for name in names:
            for value in {*self.domains[name], *other.domains[name]}:
                pair = [s.value.get((name, value)) for s in (self, other)]
                for one, two in (pair, pair[::-1]):
                    if one is not None:
                        self.clauses.add(-one, *([] if two is None else [two]))


def apart(register: dict, matter: tuple[str, bool], same: Iterable[str], possible: bool) -> tuple:
    """Give two situations with some values in common, and the literal of « other outcomes »."""
    clauses = Clauses()
    one, two = (Situation(clauses, register, possible) for _ in range(2))
    one.agree(two, same)
    pairs = zip(one.outcomes(matter).values(), two.outcomes(matter).values(), strict=True)
    return one, two, clauses.any_of(clauses.all_of([a, -b]) for a, b in pairs)


def matters(register: dict, matter: tuple[str, bool], name: str) -> bool:
    """Tell whether a fact, alone, changes the outcome of some combination of answers."""
    one, _, differ = apart(register, matter, [n for n in domains_of(register) if n != name], False)
    return one.clauses.can(differ)


def other_reasons(reasons: Iterable[frozenset], answers: dict, enough) -> Iterator[frozenset]:
    """List the sets of answers that are enough and hold none of the reasons: there must be none.

    A largest set that holds no reason leaves out a smallest set that meets them all.
    """
    listed = [sorted(reason) for reason in reasons]
    if [] in listed:
        return
    meeting = hitman.Hitman(bootstrap_with=listed).enumerate() if listed else [[]]
    for left_out in meeting:
        rest = frozenset(answers) - frozenset(left_out)
        if enough(rest):
            yield rest


def tied(register: dict, names: set[str]) -> set[str]:
    """Add to some facts all those that constraints bind to them."""
    more = [set(never) for never in register["constraints"] if names & set(never)]
    wider = names.union(*more)
    return names if wider == names else tied(register, wider)


def smallest_changes(
    register: dict, answers: dict, matter: tuple[str, bool], wanted: str, settable: Iterable[str]
) -> Iterator[frozenset]:
    """List the smallest sets of new values that settle an outcome in a possible situation.

    One solver guesses a change and a situation that it leads to; another looks for a situation
    that the change leaves possible and that has another outcome, and teaches the first that no
    change is any good that leaves possible what forces this outcome, and all that is tied to it.
    """
    guess, judge, cause = Clauses(), Clauses(), Clauses()
    after, doubt = Situation(guess, register), Situation(judge, register)
    forced = Situation(cause, register, possible=False)
    held = forced.outcomes(matter)[wanted]
    guess.add(after.outcomes(matter)[wanted])
    judge.add(-doubt.outcomes(matter)[wanted])
    new = {
        (n, v): guess.new()
        for n in settable
        for v in after.domains[n]
        if (n, v) not in answers.items()
    }
    for pair, literal in new.items():
        guess.add(-literal, after.value[pair])
    kept = {}
    for name, value in answers.items():
        changed = [literal for pair, literal in new.items() if pair[0] == name]
        guess.add(after.value[name, value], *changed)
        kept[name, value] = -guess.any_of(changed)
    while guess.can():
        true = guess.true()
        change = {pair for pair, literal in new.items() if literal in true}
        while change:
            fewer = guess.any_of(-new[pair] for pair in change)
            if not guess.can(fewer, *(-lit for pair, lit in new.items() if pair not in change)):
                break
            true = guess.true()
            change = {pair for pair in change if new[pair] in true}
        if judge.can(*doubt.with_({**answers, **dict(change)})):
            true = judge.true()
            seen = {pair for pair, literal in doubt.value.items() if literal in true}
            assert not cause.can(held, *(forced.value[pair] for pair in seen))
            core = set(cause.solver.get_core())
            named = tied(register, {n for n, v in seen if forced.value[n, v] in core})
            unlike = [
                literal
                for pair, literal in {**new, **kept}.items()
                if pair[0] in named and pair not in seen
            ]
            good = []
        else:
            yield frozenset(change)
            unlike, good = [], [-new[pair] for pair in change]
        if not (unlike or good):
            return
        guess.add(*unlike, *good)
