"""Twin situations: two that differ in one fact, and in what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import NO, YES
from traite_kb.matters import Matter
from traite_kb.model import Value
from traite_kb.questions.outlook import Outlook, Situation, head, outlook_of
from traite_kb.space import OPEN


@dataclass(frozen=True, slots=True)
class Twin:
    """A pair: a situation, and what the other value of one fact makes of it."""

    fact: str
    situation: Situation
    outcome: str
    value: Value
    other_outcome: str

    @property
    def other(self) -> dict[str, Value]:
        """The other situation."""
        return {**self.situation, self.fact: self.value}

    def as_json(self) -> dict[str, Any]:
        """Give the pair in the shape of ``docs/json.md``."""
        return {
            "fact": self.fact,
            "values": [self.situation[self.fact], self.value],
            "outcomes": [self.outcome, self.other_outcome],
            "situation": dict(self.situation),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """One pair for each decisive fact, drawn from as few situations as can be.

    ``never`` lists the facts of the matter that no pair shows: alone, they change the outcome in
    no situation that is possible, save under one reading of a disputed point.
    """

    case: Case
    matter: Matter
    pairs: tuple[Twin, ...]
    never: tuple[str, ...]

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The situations from which the pairs are drawn."""
        found: list[Situation] = []
        for pair in self.pairs:
            if pair.situation not in found:
                found.append(pair.situation)
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "pairs": [pair.as_json() for pair in self.pairs],
            "never": list(self.never),
        }


def twins(case: Case, about: str, *, refusal: bool = False) -> Twins:
    """Show every decisive fact by a pair of situations that differ in it and in the outcome.

    The pairs start from as few situations as there can be: no smaller set of situations shows
    all the facts.

    Parameters
    ----------
    case : Case
        What is known already: the pairs agree with it.
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: pairs that differ in whether a refusal is possible.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> pair = twins(kb.Case(kb.open_procedure()), "etranger").pairs[0]
    >>> pair.fact, pair.outcome, pair.other_outcome
    ('nationalite', 'true', 'false')
    """
    outlook = outlook_of(case, about, refusal)
    decisive = {
        name: where for name in outlook.free if (where := _where_decisive(outlook, name)) != NO
    }
    pairs = []
    for together in _fewest(outlook, decisive):
        region = outlook.shop.all_of(decisive[name] for name in together)
        settled = outlook.shop.both(region, outlook.shop.negate(outlook.cells.get(OPEN, NO)))
        situation = outlook.simplest(region if settled == NO else settled)
        pairs += [_pair(outlook, name, situation) for name in together]
    order = {name: place for place, name in enumerate(outlook.free)}
    starts = [pair.situation for pair in pairs]
    pairs.sort(key=lambda pair: (starts.index(pair.situation), order[pair.fact]))
    never = tuple(name for name in outlook.free if name not in decisive)
    return Twins(case, outlook.matter, tuple(pairs), never)


def _where_decisive(outlook: Outlook, name: str) -> int:
    """Give the situations in which another value of this fact alone gives another outcome."""
    shop, place = outlook.shop, outlook.space.index[name]
    values = range(shop.sizes[place])
    cells = list(outlook.cells.values())
    parts = [[shop.given(cell, {place: value}) for cell in cells] for value in values]
    found = NO
    for one, other in combinations(values, 2):
        apart = shop.any_of(
            shop.both(parts[one][i], parts[other][j])
            for i in range(len(cells))
            for j in range(len(cells))
            if i != j
        )
        found = shop.either(found, shop.both(apart, shop.literal(place, {one, other})))
    return found


def _fewest(outlook: Outlook, decisive: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Share the facts out among as few situations as there can be."""
    groups = list(_together(outlook, decisive))
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            if len(set().union(*chosen)) == len(decisive):
                return _each_once(chosen, list(decisive))
    return []


def _together(outlook: Outlook, decisive: Mapping[str, int]) -> Iterator[frozenset[str]]:
    """List the largest sets of facts that are all decisive in one situation, largest first."""
    shop, names = outlook.shop, list(decisive)
    found: list[frozenset[str]] = []

    def grow(place: int, region: int, taken: frozenset[str]) -> None:
        if any(taken | set(names[place:]) <= group for group in found):
            return
        if place == len(names):
            found.append(taken)
            return
        both = shop.both(region, decisive[names[place]])
        if both != NO:
            grow(place + 1, both, taken | {names[place]})
        grow(place + 1, region, taken)

    grow(0, YES, frozenset())
    largest = [group for group in found if not any(group < other for other in found)]
    yield from sorted(largest, key=len, reverse=True)


def _each_once(chosen: tuple[frozenset[str], ...], names: list[str]) -> list[tuple[str, ...]]:
    left = list(names)
    shared = []
    for group in sorted(chosen, key=len, reverse=True):
        shared.append(tuple(name for name in left if name in group))
        left = [name for name in left if name not in group]
    return shared


def _pair(outlook: Outlook, name: str, situation: Situation) -> Twin:
    before = outlook.outcome(situation)
    others = []
    for value in outlook.space.domains[name]:
        after = outlook.outcome({**situation, name: value})
        if after not in ("", before):
            others.append((after == OPEN, value, after))
    _, value, after = min(others, key=lambda other: other[0])
    return Twin(name, situation, before, value, after)
