"""What is timed, on which cases."""

from __future__ import annotations

from typing import Any

from contest import rules
from contest.agreement import BORDER
from contest.measure import Batch, Time, interleaved, repeated

OPERATIONS = {
    "one": "one complete case",
    "partial": "a case with 3 facts of 16 known (possible outcomes)",
    "value": "a case with 3 facts of 16 known (bare value)",
    "full": "one complete case, fully explained",
    "full partial": "a case with 3 facts of 16 known, fully explained",
    "whole": "all 65,536 situations, inputs ready",
    "changes": "all smallest changes that make a case eligible",
    "verify": "whole verification of the rules",
}
ONCE = ("whole", "verify")


def timed(ready: dict[str, Any], quick: bool) -> dict[tuple[str, str], Time]:
    """Time each operation of each contestant, by operation and name."""
    complete = [*BORDER, *rules.random_cases(61)]
    little = [rules.LITTLE_KNOWN, *rules.random_cases(31, known=3)]
    given = {
        "one": complete,
        "partial": little,
        "value": little,
        "full": complete,
        "full partial": little,
        "changes": [rules.STUCK],
    }
    groups = [["one", "value", "full", "full partial"], ["partial"], ["changes"], list(ONCE)]
    taken: dict[tuple[str, str], Time] = {}
    # Operations that are compared with each other run in the same rounds.
    for group in groups:
        batches: dict[tuple[str, str], Batch] = {}
        for operation in group:
            for name, contestant in ready.items():
                method = getattr(contestant, operation.split()[0], None)
                if method is None:
                    continue
                if hasattr(contestant, "batch"):
                    batches[operation, name] = _self_timed(contestant, given[operation])
                else:
                    batches[operation, name] = repeated(method, given.get(operation))
        rounds, span = (5, 0.004) if quick else (25, 0.01)
        taken |= interleaved(batches, rounds, span)
    return taken


def _self_timed(contestant: Any, cases: list[dict[str, bool]]) -> Batch:
    return lambda times: contestant.batch(cases, times)
