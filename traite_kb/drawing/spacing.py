"""How far apart rows stand: no more than their boxes and arrows need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from traite_kb.drawing.routing import EXIT
from traite_kb.drawing.rows import LANES, Pair
from traite_kb.model import Step

GAP = 28.0
"""Room for arrows between two boxes of a lane."""

_LEAST, _DROP, _CLEAR = 20.0, 18.0, 7.0


def tops(
    steps: Sequence[Step],
    pairs: Sequence[Pair],
    rows: Mapping[str, int],
    heights: Mapping[str, float],
    first: float,
) -> list[float]:
    """Give the top of every half row, and of two more below the last.

    Parameters
    ----------
    steps : sequence of Step
    pairs : sequence of Pair
        The arrows that are drawn.
    rows : mapping of str to int
        The half row of each step.
    heights : mapping of str to float
        The height of the box of each step.
    first : float
        The top of the first row.
    """
    lane = {step.id: LANES.index(step.actor) for step in steps}
    tops: list[float] = []
    for row in range(max(rows.values(), default=0) + 3):
        top = tops[-1] + _LEAST if tops else first
        here = [name for name in rows if rows[name] == row]
        above = [name for name in rows if rows[name] < row]
        for name in here:
            for other in above:
                if lane[other] == lane[name]:
                    top = max(top, tops[rows[other]] + heights[other] + GAP)
        for a, b in pairs:
            if b in here and lane[a] != lane[b]:
                top = max(top, tops[rows[a]] + EXIT + _DROP)
            if a in here and lane[a] != lane[b]:
                # The arrow leaves by the side: nothing may hang from earlier rows in its way.
                low, high = sorted((lane[a], lane[b]))
                for other in above:
                    if low < lane[other] < high or lane[other] == lane[b]:
                        top = max(top, tops[rows[other]] + heights[other] + _CLEAR - EXIT)
        tops.append(top)
    return tops
