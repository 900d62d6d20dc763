"""Short tables: a partition of situations told as rows that do not overlap.

The rows are the leaves of a decision tree; the search for a small tree tries, at each node, the
few variables that leave the least, and gives up looking for better ones when its budget is spent:
the table is then longer, never wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from traite_kb.diagram import NO, Diagrams

Box = dict[int, tuple[int, ...]]
"""For each variable that is told, the values that it may have."""

_TRIED = 4
_BUDGET = 3000

_State = tuple[int, ...]
_Split = tuple[int, dict[_State, list[int]]]


class Rows:
    """The rows that tell apart some disjoint cells.

    Parameters
    ----------
    shop : Diagrams
    cells : sequence of int
        Disjoint diagrams; what none of them holds is left to any row.
    budget : int
        The number of nodes at which several variables are tried.
    """

    def __init__(self, shop: Diagrams, cells: Sequence[int], budget: int = _BUDGET) -> None:
        self._shop, self._start = shop, tuple(cells)
        self._left = budget
        self._best: dict[_State, tuple[int, _Split | None]] = {}

    def __iter__(self) -> Iterator[tuple[int, Box]]:
        """Give each row: the place of its cell, and its values."""
        yield from self._walk(self._start, {})

    def _walk(self, state: _State, box: Box) -> Iterator[tuple[int, Box]]:
        split = self._search(state)[1]
        if split is None:
            yield next((i for i, cell in enumerate(state) if cell != NO), 0), box
            return
        variable, groups = split
        for left, values in groups.items():
            yield from self._walk(left, {**box, variable: tuple(values)})

    def _search(self, state: _State) -> tuple[int, _Split | None]:
        if sum(cell != NO for cell in state) < 2:
            return 1, None
        found = self._best.get(state)
        if found is None:
            self._left -= 1
            splits = sorted(self._splits(state), key=lambda s: (self._size(s), s[0]))
            tried = splits[: _TRIED if self._left > 0 else 1]
            ranked = [(sum(self._search(left)[0] for left in s[1]), s) for s in tried]
            found = self._best[state] = min(ranked, key=lambda r: r[0])
        return found

    def _size(self, split: _Split) -> int:
        return sum(self._shop.size(left) for left in split[1])

    def _splits(self, state: _State) -> Iterator[_Split]:
        support = set().union(*(self._shop.support(cell) for cell in state))
        for variable in support:
            groups: dict[_State, list[int]] = {}
            for value in range(self._shop.sizes[variable]):
                left = tuple(self._shop.given(cell, {variable: value}) for cell in state)
                if any(left):
                    groups.setdefault(left, []).append(value)
            if len(groups) > 1:
                yield variable, groups


def inside(shop: Diagrams, box: Mapping[int, Sequence[int]]) -> int:
    """Give the diagram of a row."""
    return shop.all_of(shop.literal(variable, values) for variable, values in box.items())


def conditions(shop: Diagrams, region: int, possible: int) -> list[Box]:
    """Tell a region as few conditions, none of which can be made simpler or left out.

    Each condition holds only in the region, as far as situations are possible; together they
    hold everywhere in it. They may overlap.
    """
    outside = shop.both(possible, shop.negate(region))
    found: list[Box] = []
    for place, box in Rows(shop, [region, outside], budget=0):
        if place == 0:
            simple = _simplest(shop, box, outside)
            if simple not in found:
                found.append(simple)
    for box in sorted(found, key=len, reverse=True):
        others = shop.any_of(inside(shop, other) for other in found if other is not box)
        if shop.both(region, shop.negate(others)) == NO:
            found = [other for other in found if other is not box]
    return sorted(found, key=lambda box: (len(box), sorted(box.items())))


def _simplest(shop: Diagrams, box: Box, outside: int) -> Box:
    for variable in sorted(box, reverse=True):
        rest = {v: values for v, values in box.items() if v != variable}
        if shop.both(inside(shop, rest), outside) == NO:
            box = rest
            continue
        for value in range(shop.sizes[variable]):
            if value not in box[variable]:
                wider = {**box, variable: tuple(sorted((*box[variable], value)))}
                if shop.both(inside(shop, wider), outside) == NO:
                    box = wider
    return box
