"""How arrows find their way: by right angles, in the free room between boxes, with few crossings.

Arrows run on tracks: a few in each gap between boxes. The cheapest way is looked for, where turns,
crossings and going back up cost extra, and where a box can never be entered.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from traite_kb.drawing.picture import Point, Rect
from traite_kb.drawing.rows import Pair

EXIT, ENTRY = 27.0, 14.0
"""How far below the top of a box an arrow leaves it by the side, and enters it."""

_CLEAR = 5.0  # between an arrow that passes and a box
_LEG = 7.5  # the last leg of an arrow, at least: its tip has to fit
_TURN, _CROSS, _TOUCH, _SHARE, _UP, _SIDE = 14.0, 120.0, 300.0, 3000.0, 4.0, 100.0

Node = tuple[int, int]
_MOVES = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class Router:
    """The tracks of one picture, and the arrows already laid on them.

    Parameters
    ----------
    boxes : mapping of str to Rect
        What arrows join and never cross, by step.
    columns, lines : iterable of float
        Where arrows may run down and across.
    """

    def __init__(
        self, boxes: Mapping[str, Rect], columns: Iterable[float], lines: Iterable[float]
    ) -> None:
        self.boxes = boxes
        self.xs = sorted(set(columns))
        self.ys = sorted(set(lines))
        self._closed: set[tuple[Node, Node]] = set()
        for box in boxes.values():
            self._close(box)
        self._edges: dict[tuple[Node, Node], set[Pair]] = {}
        self._nodes: dict[Node, dict[Pair, str]] = {}

    def _close(self, box: Rect) -> None:
        left, right = box.x - _CLEAR, box.right + _CLEAR
        top, bottom = box.y - _CLEAR, box.bottom + _CLEAR
        inside_x = range(bisect_right(self.xs, left), bisect_left(self.xs, right))
        inside_y = range(bisect_right(self.ys, top), bisect_left(self.ys, bottom))
        for iy in inside_y:
            for ix in range(inside_x.start - 1, inside_x.stop):
                self._closed.add(((ix, iy), (ix + 1, iy)))
        for ix in inside_x:
            for iy in range(inside_y.start - 1, inside_y.stop):
                self._closed.add(((ix, iy), (ix, iy + 1)))

    def route(self, pair: Pair) -> tuple[Point, ...]:
        """Lay one arrow and give its corners, from the edge of a box to the edge of another."""
        source, target = self.boxes[pair[0]], self.boxes[pair[1]]
        starts = self._ports(source, leaving=True)
        ends: dict[tuple[Node, str], tuple[float, Point]] = {}
        for node, heading, port, extra in self._ports(target, leaving=False):
            ends[node, heading] = (extra, port)
        found = self._search(pair, starts, ends)
        if found is None:
            raise RuntimeError(f"no way from {pair[0]} to {pair[1]}")
        nodes, first, last = found
        self._lay(pair, nodes)
        corners = [first, *((self.xs[x], self.ys[y]) for x, y in nodes), last]
        return _simplified(corners)

    def _ports(self, box: Rect, *, leaving: bool) -> list[tuple[Node, str, Point, float]]:
        """Give the tracks beside a box with the heading of an arrow there, and its price."""
        middle = bisect_left(self.xs, box.middle)
        side = box.y + (EXIT if leaving else ENTRY)
        line = bisect_left(self.ys, side)
        left = bisect_right(self.xs, box.x - _LEG) - 1
        right = bisect_left(self.xs, box.right + _LEG)
        if leaving:
            below = bisect_left(self.ys, box.bottom + _LEG)
            return [
                ((middle, below), "down", (box.middle, box.bottom), 0.0),
                ((left, line), "left", (box.x, side), 0.0),
                ((right, line), "right", (box.right, side), 0.0),
            ]
        above = bisect_right(self.ys, box.y - _LEG) - 1
        return [
            ((middle, above), "down", (box.middle, box.y), 0.0),
            ((left, line), "right", (box.x, side), _SIDE),
            ((right, line), "left", (box.right, side), _SIDE),
        ]

    def _search(
        self,
        pair: Pair,
        starts: Sequence[tuple[Node, str, Point, float]],
        ends: Mapping[tuple[Node, str], tuple[float, Point]],
    ) -> tuple[list[Node], Point, Point] | None:
        best: dict[tuple[Node, str], float] = {}
        came: dict[tuple[Node, str], tuple[Node, str] | Point] = {}
        queue: list[tuple[float, int, Node, str, bool]] = []
        count = 0
        for node, heading, port, extra in starts:
            best[node, heading] = extra
            came[node, heading] = port
            heappush(queue, (extra, count, node, heading, False))
            count += 1
        while queue:
            cost, _, node, heading, arrived = heappop(queue)
            if arrived:
                return self._way(came, node, heading, ends)
            if cost > best[node, heading]:
                continue
            for want, way in _MOVES.items():
                if (node, want) in ends:
                    extra = ends[node, want][0] + (_TURN if want != heading else 0.0)
                    extra += self._meeting(pair, node, heading, want)
                    end = (node, "end " + want)
                    if not _opposite(heading, want) and cost + extra < best.get(end, float("inf")):
                        best[end] = cost + extra
                        came[end] = (node, heading)
                        count += 1
                        heappush(queue, (cost + extra, count, *end, True))
                price = self._price(pair, node, heading, want, way)
                if price is None:
                    continue
                after = (node[0] + way[0], node[1] + way[1])
                if cost + price < best.get((after, want), float("inf")):
                    best[after, want] = cost + price
                    came[after, want] = (node, heading)
                    count += 1
                    heappush(queue, (cost + price, count, after, want, False))
        return None

    def _price(
        self, pair: Pair, node: Node, heading: str, want: str, way: tuple[int, int]
    ) -> float | None:
        after = (node[0] + way[0], node[1] + way[1])
        if _opposite(heading, want) or not (
            0 <= after[0] < len(self.xs) and 0 <= after[1] < len(self.ys)
        ):
            return None
        edge = (min(node, after), max(node, after))
        if edge in self._closed:
            return None
        length = abs(self.xs[after[0]] - self.xs[node[0]]) + abs(
            self.ys[after[1]] - self.ys[node[1]]
        )
        price = length * (_UP if want == "up" else 1.0)
        price += _TURN if want != heading else 0.0
        price += _SHARE * any(_apart(pair, other) for other in self._edges.get(edge, ()))
        return price + self._meeting(pair, node, heading, want)

    def _meeting(self, pair: Pair, node: Node, heading: str, want: str) -> float:
        mine = _shape(heading, want)
        price = 0.0
        for other, shape in self._nodes.get(node, {}).items():
            if _apart(pair, other):
                price += _CROSS if {mine, shape} == {"across", "along"} else _TOUCH
        return price

    def _way(
        self,
        came: Mapping[tuple[Node, str], tuple[Node, str] | Point],
        node: Node,
        heading: str,
        ends: Mapping[tuple[Node, str], tuple[float, Point]],
    ) -> tuple[list[Node], Point, Point]:
        last = ends[node, heading.removeprefix("end ")][1]
        nodes: list[Node] = []
        state: tuple[Node, str] | Point = came[node, heading]
        while isinstance(state[0], tuple):
            nodes.append(state[0])
            state = came[state]
        return nodes[::-1], state, last

    def _lay(self, pair: Pair, nodes: Sequence[Node]) -> None:
        for here, there in zip(nodes, nodes[1:], strict=False):
            self._edges.setdefault((min(here, there), max(here, there)), set()).add(pair)
        for place, node in enumerate(nodes):
            near = nodes[max(place - 1, 0) : place + 2]
            xs, ys = {x for x, _ in near}, {y for _, y in near}
            shape = "turn" if len(near) < 3 or (len(xs) > 1 and len(ys) > 1) else ""
            self._nodes.setdefault(node, {})[pair] = shape or ("across" if len(xs) > 1 else "along")


def _apart(one: Pair, other: Pair) -> bool:
    return one[0] != other[0] and one[1] != other[1]


def _opposite(one: str, other: str) -> bool:
    return {one, other} in ({"left", "right"}, {"up", "down"})


def _shape(heading: str, want: str) -> str:
    if heading != want:
        return "turn"
    return "across" if want in ("left", "right") else "along"


def _simplified(corners: Sequence[Point]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for corner in corners:
        if kept and corner == kept[-1]:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == corner[0] or kept[-2][1] == kept[-1][1] == corner[1]
        ):
            kept.pop()
        kept.append(corner)
    return tuple(kept)
