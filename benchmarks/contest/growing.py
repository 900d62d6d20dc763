"""Registers of any size, built like real ones: conditions together, doors, exceptions, grounds.

A register has a scope that hangs on a choice, a list of requirements (a fact, a value of a choice,
one of several doors, or anything but an exception), grounds for refusal, constraints, and stages
that each ask for a part of all this, with two norms. One fact in four is a choice of four values,
which counts as two binary variables. Some facts serve again, far from where they served first:
that is what makes diagrams grow.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from traite_kb.model import Condition, Constraint, Fact, Procedure, Requirement, Stage

TEXT = '{ fr = "x", en = "x" }'
CITE = 'cite = ["regle:1#11111111"]'
HEAD = f"""
[procedure.monde]
label = {TEXT}
sheet = "regle"
since = 2020-01-01
[sheet.regle]
label = {TEXT}
url = "https://example.org"
verified = 2020-01-01
[sheet.regle.passages]
"1" = "11111111"
"""


class _Writer:
    def __init__(self, bits: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.lines = [HEAD]
        self.tests: list[str] = []
        self.choices: list[str] = []
        self.yes_or_no: list[str] = []
        left, place = bits, 0
        while left:
            choice = place % 4 == 0 and left > 1
            self._fact(f"f{place}", choice)
            left -= 2 if choice else 1
            place += 1

    def _fact(self, name: str, choice: bool) -> None:
        self.lines.append(f"[fact.{name}]\nlabel = {TEXT}\nask = {TEXT}\nwhy = {TEXT}")
        if choice:
            self.lines.append(f"[fact.{name}.values]")
            self.lines += [f"{value} = {TEXT}" for value in "abcd"]
            self.choices.append(name)
            values = sorted(self.rng.sample("abcd", self.rng.randint(1, 2)))
            self.condition(f"c_{name}", fact=name, one_of=values)
            self.tests.append(f"c_{name}")
        else:
            self.yes_or_no.append(name)
            self.tests.append(name)

    def condition(self, name: str, **parts: Any) -> str:
        written = [f"{role} = {json.dumps(refs)}" for role, refs in parts.items() if refs]
        self.lines.append("\n".join([f"[condition.{name}]", f"label = {TEXT}", CITE, *written]))
        return name

    def requirement(self, number: int, parts: Sequence[str], used: Sequence[str]) -> str:
        """Write one requirement over some facts, and over a few that served before."""
        again = self.some(used, 2) if used and number % 2 else []
        if len(parts) == 1:
            return parts[0]
        if len(parts) == 2:
            return self.condition(f"r{number}", when_all=[parts[0]], unless_any=[parts[1], *again])
        half = len(parts) // 2
        one = self.condition(f"r{number}_a", when_all=[*parts[:half], *again])
        other = self.condition(f"r{number}_b", when_all=parts[half:])
        return self.condition(f"r{number}", when_any=[one, other])

    def stage(
        self, number: int, outside: str, wanted: list[str], asked: list[str], grounds: list[str]
    ) -> None:
        """Write a stage: the first asks for everything, the others for a part and for more."""
        if number:
            doors = self.condition(f"doors{number}", when_any=self.some(asked, 3))
            wanted = [*self.some(wanted, len(wanted) * 2 // 3), doors]
            grounds = self.some(grounds, len(grounds) * 2 // 3)
        special = self.condition(
            f"special{number}", when_all=[grounds[-1]], unless_any=self.some(asked, 1)
        )
        self.condition(f"conditions{number}", when_all=wanted)
        self.condition(f"motif{number}", when_any=[*grounds[:-1], special])
        self.lines.append(
            f"[stage.s{number}]\nlabel = {TEXT}\nif_met = {TEXT}\nif_refusal = {TEXT}\n{CITE}\n"
            f'outside = "{outside}"\nconditions = "conditions{number}"\nrefusal = "motif{number}"'
        )
        for name, when in (("accorder", "conditions"), ("refuser", "motif")):
            self.lines.append(
                f'[norm.{name}{number}]\nlabel = {TEXT}\nstage = "s{number}"\n'
                f'bearer = "prefecture"\nmodality = "may"\nwhen_all = ["{when}{number}"]\n'
                f'unless_any = ["{outside}"]\n{CITE}'
            )

    def some(self, names: Sequence[str], count: int) -> list[str]:
        """Draw a few names, one at least."""
        return self.rng.sample(names, min(len(names), max(1, count)))


def register(bits: int, seed: int = 1) -> str:
    """Write a register with this many binary variables, as TOML."""
    writer = _Writer(bits, seed)
    outside, *inner = writer.tests
    cut = len(inner) - max(1, len(inner) // 4)
    asked, grounds = inner[:cut], inner[cut:]
    wanted: list[str] = []
    place = 0
    while place < len(asked):
        size = writer.rng.choice((1, 2, 3, 4))
        wanted.append(writer.requirement(len(wanted), asked[place : place + size], asked[:place]))
        place += size
    for number in range(max(1, bits // 8)):
        writer.stage(number, outside, wanted, asked, grounds)
    facts = writer.yes_or_no
    for number in range(bits // 8):
        one, other = facts[2 * number], facts[2 * number + 1]
        writer.lines.append(
            f"[constraint.n{number}]\nlabel = {TEXT}\nnever = {{ {one} = true, {other} = false }}"
        )
    return "\n".join(writer.lines) + "\n"


T = TypeVar("T")


class Algebra(Protocol[T]):
    """What a way of holding functions must be able to do."""

    def literal(self, name: str, places: Iterable[int]) -> T: ...
    def all_of(self, parts: Sequence[T]) -> T: ...
    def any_of(self, parts: Sequence[T]) -> T: ...
    def negate(self, part: T) -> T: ...


class Functions:
    """What a register says, built in another way than the kit's."""

    def __init__(
        self, procedure: Procedure, domains: Mapping[str, Sequence[Any]], how: Algebra[Any]
    ) -> None:
        self.procedure, self.domains, self.how = procedure, domains, how
        self.held: dict[str, Any] = {}

    def literal(self, name: str, values: Iterable[Any]) -> Any:
        domain = list(self.domains[name])
        return self.how.literal(name, [domain.index(value) for value in values])

    def holds(self, name: str) -> Any:
        """Give « this condition, norm or yes-or-no fact holds »."""
        found = self.held.get(name)
        if found is None:
            found = self.held[name] = self._built(self.procedure.nodes[name])
        return found

    def _built(self, node: Any) -> Any:
        if isinstance(node, Fact):
            return self.literal(node.id, [True])
        if isinstance(node, Condition) and node.one_of:
            return self.literal(node.fact or node.point, node.one_of)
        parts = [self.holds(ref) for ref in node.when_all]
        if node.when_any:
            parts.append(self.how.any_of([self.holds(ref) for ref in node.when_any]))
        if node.unless_any:
            never = self.how.any_of([self.holds(ref) for ref in node.unless_any])
            parts.append(self.how.negate(never))
        return self.how.all_of(parts)

    def all(self) -> dict[str, Any]:
        """Give every condition and norm, every constraint, every conclusion and refusal."""
        how = self.how
        found = {n.id: self.holds(n.id) for n in self.procedure if isinstance(n, Requirement)}
        for name, constraint in self.procedure.of(Constraint).items():
            never = [self.literal(fact, values) for fact, values in constraint.never.items()]
            found[name] = how.negate(how.all_of(never))
        for name, stage in self.procedure.of(Stage).items():
            met = self.holds(stage.conditions)
            inside = [how.negate(self.holds(stage.outside))] if stage.outside else []
            found[f"{name}: met"] = how.all_of([*inside, met])
            found[f"{name}: lacking"] = how.all_of([*inside, how.negate(met)])
            if stage.refusal:
                found[f"{name}: refusal"] = how.all_of([*inside, self.holds(stage.refusal)])
        return found
