"""The rules over columns of all situations: what an array library does in its own way.

``Columns`` has one Boolean per situation, and gives four Boolean columns; ``Select`` goes on to one
column that tells the outcome of each, as a table of a population would. ``Words`` has 64
situations in one machine word: it is no common use of the library, and the fair other end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from contest import rules

SITUATIONS = 1 << len(rules.FACTS)
NUMBERS = np.arange(SITUATIONS)


def outcomes(f: dict[str, Any]) -> dict[str, Any]:
    """Give a column for each outcome, from a column for each fact."""
    inside = f["etranger"] & f["hors_accord"]
    told = f["sans_contact"] & (f["plainte"] | f["temoignage"])
    exempt = f["mineur"] & f["souhait"]
    met = f["infraction"] & f["audition"] & (told | exempt)
    ground = f["menace"]
    for name in rules.GROUNDS[1:]:
        ground = ground | f[name]
    both = inside & met
    refusable = both & ground
    return {
        rules.OUT: ~inside,
        rules.LACKING: inside ^ both,
        rules.REFUSABLE: refusable,
        rules.ELIGIBLE: both ^ refusable,
    }


class Columns:
    """One Boolean column per fact."""

    def __init__(self) -> None:
        self.columns = {n: (NUMBERS >> i & 1).astype(bool) for i, n in enumerate(rules.FACTS)}
        held = self.whole()
        self.table = np.zeros(SITUATIONS, dtype=np.int8)
        for place, name in enumerate(rules.OUTCOMES):
            self.table[held[name]] = place
        # The last axis runs fastest: it is fact 0.
        self.cube = self.table.reshape((2,) * len(rules.FACTS))

    def one(self, case: rules.Case) -> str:
        row = {name: np.array([case[name]]) for name in rules.FACTS}
        return next(name for name, column in outcomes(row).items() if column[0])

    def partial(self, case: rules.Case) -> frozenset[str]:
        place = tuple(int(case[n]) if n in case else slice(None) for n in reversed(rules.FACTS))
        found = np.bincount(self.cube[place].ravel(), minlength=len(rules.OUTCOMES))
        return frozenset(rules.OUTCOMES[i] for i in np.nonzero(found)[0])

    def whole(self) -> dict[str, Any]:
        return outcomes(self.columns)

    def listed(self, held: dict[str, Any]) -> list[str]:
        table = np.zeros(SITUATIONS, dtype=np.int8)
        for place, name in enumerate(rules.OUTCOMES):
            table[held[name]] = place
        return [rules.OUTCOMES[place] for place in table]

    def counts(self, held: dict[str, Any]) -> dict[str, int]:
        return {name: int(column.sum()) for name, column in held.items()}

    def changes(self, case: rules.Case) -> rules.Changes:
        here = sum(1 << i for i, name in enumerate(rules.FACTS) if case[name])
        moves = np.nonzero(self.table == rules.OUTCOMES.index(rules.ELIGIBLE))[0] ^ here
        # Row i contains move j when no bit of j is outside i.
        contains = (moves[None, :] & ~moves[:, None]) == 0
        least = moves[contains.sum(axis=1) == 1]
        return frozenset(
            frozenset(n for i, n in enumerate(rules.FACTS) if move >> i & 1)
            for move in least.tolist()
        )

    def p2(self) -> str:
        a, b = np.array([True, True]), np.array([False, True])
        return "true" if ((a & b) | (a & ~b)).all() else "unknown"

    def p3(self) -> frozenset[str]:
        number = np.arange(4)
        a, b = (number & 1).astype(bool), (number >> 1).astype(bool)
        held = (a | b) & (~a | b)
        return frozenset(
            name for name, bit in (("a", 1), ("b", 2)) if (held != held[number ^ bit]).any()
        )


class Select:
    """One Boolean column per fact, and one column of outcomes."""

    def __init__(self) -> None:
        self.columns = Columns().columns

    def whole(self) -> Any:
        found = outcomes(self.columns)
        return np.select(list(found.values()), list(range(len(found))), default=-1)

    def listed(self, held: Any) -> list[str]:
        return [rules.OUTCOMES[place] for place in held]

    def counts(self, held: Any) -> dict[str, int]:
        return {name: int((held == place).sum()) for place, name in enumerate(rules.OUTCOMES)}


class Words:
    """64 situations in each word: only the whole space is of interest."""

    def __init__(self) -> None:
        self.words = {n: self._packed(NUMBERS >> i & 1) for i, n in enumerate(rules.FACTS)}

    @staticmethod
    def _packed(column: Any) -> Any:
        return np.packbits(column.astype(bool), bitorder="little").view("<u8")

    def whole(self) -> dict[str, Any]:
        return outcomes(self.words)

    def counts(self, held: dict[str, Any]) -> dict[str, int]:
        return {n: int(np.unpackbits(w.view(np.uint8)).sum()) for n, w in held.items()}
