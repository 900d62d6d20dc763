"""Is every answer that of the if-chain? Asked before any clock is started."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contest import rules

ALL = rules.whole()
BORDER = [rules.STUCK, rules.READY, {**rules.READY, "menace": True}]


def cases(quick: bool) -> list[dict[str, bool]]:
    """Give complete cases: known ones at the border, then random ones."""
    return [*BORDER, *rules.random_cases(100 if quick else 600)]


def partial_cases(quick: bool) -> list[dict[str, bool]]:
    """Give cases with few and with many facts known."""
    each = 10 if quick else 40
    return [
        rules.LITTLE_KNOWN,
        rules.ALL_BUT_ONE,
        *(case for known in (3, 8, 13) for case in rules.random_cases(each, known, seed=known)),
    ]


def stuck_cases(quick: bool) -> list[dict[str, bool]]:
    """Give cases that are not eligible, and that a change makes eligible."""
    drawn = rules.random_cases(100 if quick else 400, seed=2)
    return [rules.STUCK, *(case for case in drawn if rules.outcome(case) == rules.LACKING)]


def disagreements(contestant: Any, quick: bool) -> Iterator[str]:
    """List what a contestant answers otherwise than the if-chain, the first of each kind."""
    checks = (_ones, _partials, _wholes, _changes, _told, _verified)
    for check in checks:
        yield from check(contestant, quick)


def _first(found: Iterator[str]) -> Iterator[str]:
    first = next(found, None)
    if first is not None:
        yield first


def _ones(contestant: Any, quick: bool) -> Iterator[str]:
    if hasattr(contestant, "one"):
        answers = ((case, contestant.one(case)) for case in cases(quick))
        yield from _first(f"{a} for {case}" for case, a in answers if a != rules.outcome(case))


def _partials(contestant: Any, quick: bool) -> Iterator[str]:
    if hasattr(contestant, "partial"):
        answers = ((case, contestant.partial(case)) for case in partial_cases(quick))
        wrong = (f"{sorted(a)} for {case}" for case, a in answers if a != rules.possible(case))
        yield from _first(wrong)


def _wholes(contestant: Any, quick: bool) -> Iterator[str]:
    if not hasattr(contestant, "whole"):
        return
    held = contestant.whole()
    counts = contestant.counts(held)
    if counts != rules.COUNTS:
        yield f"counts {counts}"
    if hasattr(contestant, "listed"):
        answers = enumerate(zip(contestant.listed(held), ALL, strict=True))
        yield from _first(f"{a} for situation {i}, not {b}" for i, (a, b) in answers if a != b)


def _changes(contestant: Any, quick: bool) -> Iterator[str]:
    if hasattr(contestant, "changes"):
        eligible = [rules.case_of(i) for i, name in enumerate(ALL) if name == rules.ELIGIBLE]
        answers = ((case, contestant.changes(case)) for case in stuck_cases(quick))
        yield from _first(
            f"changes {[sorted(change) for change in a]} for {case}"
            for case, a in answers
            if a != rules.changes(case, eligible)
        )


def _told(contestant: Any, quick: bool) -> Iterator[str]:
    if hasattr(contestant, "told"):
        every = [*cases(quick), *partial_cases(quick)]
        answers = ((case, contestant.told(case), rules.possible(case)) for case in every)
        yield from _first(
            f"{a} in full, of {sorted(left)}, for {case}"
            for case, a, left in answers
            if a != (next(iter(left)) if len(left) == 1 else "unknown")
        )


def _verified(contestant: Any, quick: bool) -> Iterator[str]:
    # The rules are sound: a verification that stops at a first fault would look fast.
    if hasattr(contestant, "verify"):
        yield from map(str, contestant.verify().errors)
