"""Clocks: contestants take turns, and medians are compared, so that a busy machine hurts all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, TypeVar

Key = TypeVar("Key")
Batch = Callable[[int], float]
"""Does something a number of times, and gives the seconds that it took."""


@dataclass(frozen=True)
class Time:
    """Seconds of one act: the median over the rounds, and the least, which no other work slowed."""

    median: float
    least: float

    @staticmethod
    def of(values: Sequence[float]) -> Time:
        return Time(statistics.median(values), min(values))


def repeated(act: Callable[..., Any], cases: Sequence[Any] | None = None) -> Batch:
    """Make a batch of an act, on one case after the other when there are cases."""
    turn = cycle(cases) if cases else None

    def batch(times: int) -> float:
        start = time.perf_counter()
        if turn is None:
            for _ in range(times):
                act()
        else:
            for case in islice(turn, times):
                act(case)
        return time.perf_counter() - start

    return batch


def interleaved(batches: dict[Key, Batch], rounds: int, span: float) -> dict[Key, Time]:
    """Time one act of each, over rounds in which each has its turn.

    Parameters
    ----------
    batches : dict
    rounds : int
    span : float
        Seconds that a turn should last; an act that takes longer is done once a turn.
    """
    times = {}
    for name, batch in batches.items():
        batch(1)
        few = max(1, round(span / max(batch(1), 1e-7) / 10))
        times[name] = max(1, round(span / max(batch(few) / few, 1e-8)))
    taken: dict[Key, list[float]] = {name: [] for name in batches}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, batch in batches.items():
                taken[name].append(batch(times[name]) / times[name])
    finally:
        gc.enable()
    return {name: Time.of(values) for name, values in taken.items()}


def shown(seconds: float) -> str:
    """Write a time with the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            value = seconds / size
            return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def compared(ratio: float) -> str:
    """Write a ratio."""
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"
