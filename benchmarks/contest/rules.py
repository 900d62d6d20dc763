"""The rules of the contest, and the if-chain that is right by definition.

Sixteen yes-or-no facts and four outcomes. They have the shape of a real procedure (scope,
conditions with two doors, one exception, grounds that an authority may hold against the person)
and are nobody's law.

The probes ask for answers that are wrong in many engines:

P1  every fact known but one ground for refusal, none of the others: eligible or may be refused,
    so unknown;
P2  (a and b) or (a and not b), with a true and b unknown: true;
P3  (a or b) and (not a or b), with nothing known: only b matters.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping

SCOPE = ("etranger", "hors_accord")
CONDITIONS = ("infraction", "audition", "sans_contact", "plainte", "temoignage")
EXCEPTION = ("mineur", "souhait")
GROUNDS = ("menace", "oqtf", "fraude", "faux_papiers", "violences", "lien_renoue", "non_respect")
FACTS = (*SCOPE, *CONDITIONS, *EXCEPTION, *GROUNDS)

OUT, LACKING, REFUSABLE, ELIGIBLE = "out_of_scope", "not_eligible", "may_be_refused", "eligible"
OUTCOMES = (OUT, LACKING, REFUSABLE, ELIGIBLE)
MET = "met"
"""What eligible and may be refused have in common, when the grounds are looked at apart."""

COUNTS = {OUT: 49_152, LACKING: 14_208, REFUSABLE: 2_159, ELIGIBLE: 17}

UNKNOWN_GROUND = "menace"
"""The fact that probe P1 leaves out."""

Case = Mapping[str, bool]
Changes = frozenset[frozenset[str]]


def outcome(f: Case) -> str:
    """Give the outcome of a complete case."""
    if not (f["etranger"] and f["hors_accord"]):
        return OUT
    if not (f["infraction"] and f["audition"]):
        return LACKING
    told = f["sans_contact"] and (f["plainte"] or f["temoignage"])
    if not (told or (f["mineur"] and f["souhait"])):
        return LACKING
    if (
        f["menace"]
        or f["oqtf"]
        or f["fraude"]
        or f["faux_papiers"]
        or f["violences"]
        or f["lien_renoue"]
        or f["non_respect"]
    ):
        return REFUSABLE
    return ELIGIBLE


def case_of(number: int) -> dict[str, bool]:
    """Give the situation of a number: bit i is fact i."""
    return {name: bool(number >> place & 1) for place, name in enumerate(FACTS)}


def whole() -> list[str]:
    """List the outcome of every situation, in the order of their numbers."""
    return [outcome(case_of(number)) for number in range(1 << len(FACTS))]


def random_cases(count: int, known: int = len(FACTS), seed: int = 1) -> list[dict[str, bool]]:
    """Draw cases with some facts known; half of them near the border, where outcomes differ."""
    rng = random.Random(seed)
    cases = []
    for place in range(count):
        likely = dict.fromkeys(FACTS, 0.5)
        if place % 2:
            likely |= dict.fromkeys(FACTS[:9], 0.85) | dict.fromkeys(GROUNDS, 0.1)
        drawn = {name: rng.random() < likely[name] for name in FACTS}
        kept = sorted(rng.sample(range(len(FACTS)), known))
        cases.append({FACTS[fact]: drawn[FACTS[fact]] for fact in kept})
    return cases


def completions(case: Case) -> Iterator[dict[str, bool]]:
    """Give every complete situation that agrees with a case."""
    free = [name for name in FACTS if name not in case]
    for number in range(1 << len(free)):
        yield {**case, **{name: bool(number >> i & 1) for i, name in enumerate(free)}}


def possible(case: Case) -> frozenset[str]:
    """List the outcomes that an incomplete case leaves possible."""
    return frozenset(map(outcome, completions(case)))


def conclusion(outcome: str) -> str:
    """Give an outcome without its part about the grounds."""
    return MET if outcome in (REFUSABLE, ELIGIBLE) else outcome


def smallest(sets: Iterable[frozenset[str]]) -> Changes:
    """Keep the sets that contain no other."""
    kept: list[frozenset[str]] = []
    for candidate in sorted(sets, key=len):
        if not any(other <= candidate for other in kept):
            kept.append(candidate)
    return frozenset(kept)


def changes(case: Case, eligible: Iterable[Case]) -> Changes:
    """List the smallest changes that make a case eligible, from all situations that are."""
    return smallest(frozenset(n for n in FACTS if case[n] != other[n]) for other in eligible)


STUCK: dict[str, bool] = {
    **dict.fromkeys((*SCOPE, "infraction", "audition", "plainte"), True),
    **dict.fromkeys(("sans_contact", "temoignage", *EXCEPTION), False),
    **dict.fromkeys(GROUNDS, False),
    "menace": True,
    "oqtf": True,
}
"""A case that is not eligible, with two smallest ways out: one through each door."""

READY: dict[str, bool] = {
    **dict.fromkeys((*SCOPE, *CONDITIONS), True),
    **dict.fromkeys((*EXCEPTION, *GROUNDS), False),
}
"""A case that is eligible."""

ALL_BUT_ONE = {name: value for name, value in READY.items() if name != UNKNOWN_GROUND}
"""The case of probe P1."""

LITTLE_KNOWN = {"etranger": True, "infraction": True, "plainte": True}
"""A case with three facts known."""

PRIOR: dict[str, float] = {
    "etranger": 0.97,
    "hors_accord": 0.85,
    "infraction": 0.6,
    "audition": 0.7,
    "sans_contact": 0.75,
    "plainte": 0.5,
    "temoignage": 0.4,
    "mineur": 0.15,
    "souhait": 0.6,
    **dict.fromkeys(GROUNDS, 0.05),
}
"""How often each fact holds, for the interviews: an illustration, measured nowhere."""
