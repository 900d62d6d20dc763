"""Where steps stand: which arrows are worth drawing, and on which half row each step is put.

A step stands two half rows below the steps of its lane that come before it, and one half row below
a step of another lane that it follows, so that an arrow leaves by the side and enters by the top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from traite_kb.model import Actor, Step

Pair = tuple[str, str]

LANES = tuple(Actor)
_RANK = {actor: place for place, actor in enumerate(LANES)}

# What makes a picture hard to read, weighed by looking at pictures.
_HEIGHT, _DETOUR, _CROSSING, _ALONG, _ACROSS = 2.0, 5.0, 3.0, 0.1, 0.3
_WORK = 250_000


def arrows(steps: Sequence[Step]) -> list[Pair]:
    """List the arrows to draw: the order of the steps without what other arrows already say.

    An arrow is left out when the same steps are tied through others. A way through optional steps
    does not count for a step that is not optional itself: it can be reached without them, and the
    picture must show that.
    """
    known = {step.id: step for step in steps}
    pairs = []
    for step in steps:
        waited = {name for name in step.follows if step.optional or not known[name].optional}
        implied = {
            early for name in waited for early in _before(known, name, through=step.optional)
        }
        pairs += [(name, step.id) for name in dict.fromkeys(step.follows) if name not in implied]
    return pairs


def _before(known: Mapping[str, Step], name: str, *, through: bool) -> set[str]:
    """List what comes before a step, through optional steps or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for early in known[waiting.pop()].follows:
            if early not in found:
                found.add(early)
                if through or not known[early].optional:
                    waiting.append(early)
    return found


def half_rows(steps: Sequence[Step], pairs: Sequence[Pair]) -> dict[str, int]:
    """Give each step its half row: compact, with few detours and few crossings of arrows.

    Starts from the most compact placing, then lowers or raises one step at a time, those after it
    following, as long as that helps.
    """
    slack: dict[str, int] = {}
    rows = _compact(steps, slack)
    cost = _cost(steps, pairs, rows)
    left = _WORK // (len(pairs) ** 2 + len(steps) + 1)
    while left > 0:
        best = (cost - 1e-6, slack)
        for step in steps:
            for move in (-1, 1, 2, 3, 4, 6, 8, 12):
                left -= 1
                tried = {**slack, step.id: max(slack.get(step.id, 0) + move, 0)}
                value = _cost(steps, pairs, _compact(steps, tried))
                if value < best[0]:
                    best = (value, tried)
        if best[1] is slack:
            break
        cost, slack = best
        rows = _compact(steps, slack)
    return rows


def _compact(steps: Sequence[Step], slack: Mapping[str, int]) -> dict[str, int]:
    rows: dict[str, int] = {}
    lane_of = {step.id: step.actor for step in steps}
    last: dict[Actor, int] = {}
    for step in steps:
        row = last.get(step.actor, -2) + 2
        for name in step.follows:
            row = max(row, rows[name] + (2 if lane_of[name] is step.actor else 1))
        rows[step.id] = last[step.actor] = row + slack.get(step.id, 0)
    return rows


def _cost(steps: Sequence[Step], pairs: Sequence[Pair], rows: Mapping[str, int]) -> float:
    if not rows:
        return 0.0
    lane = {step.id: _RANK[step.actor] for step in steps}
    places = [(lane[name], row) for name, row in rows.items()]
    ways = [(lane[a], rows[a], lane[b], rows[b]) for a, b in pairs]
    total = _HEIGHT * max(rows.values())
    for a, top, b, foot in ways:
        total += (_ALONG if a == b else _ACROSS) * (foot - top)
        low, high = min(a, b), max(a, b)
        total += _DETOUR * sum(
            (low < x < high and y == top) or (x == b and top <= y < foot and (x, y) != (a, top))
            for x, y in places
        )
    for one, other in combinations(ways, 2):
        total += _CROSSING * (_cross(one, other) + _cross(other, one))
    return total


def _cross(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    a, top, b, _ = one
    _, from_row, column, to_row = other
    return min(a, b) < column < max(a, b) and from_row < top < to_row
