"""A picture as a matplotlib figure: every part in a group of its own, with a stable name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import BoxStyle, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from traite_kb.drawing import metrics, palette
from traite_kb.drawing.picture import Arrow, Box, Lane, Line, Picture, Point, Rect

_THEME = palette.LIGHT
_DASHES = (4.0, 3.0)
_CORNER, _TIP = 6.0, 7.0

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "traite_kb",
    "pdf.fonttype": 42,
    "path.simplify": False,
}


class Group(Artist):
    """A named group of artists, which SVG keeps as ``<g id="…">``."""

    def __init__(self, name: str, parts: Sequence[Artist]) -> None:
        super().__init__()
        self.set_gid(name)
        self.parts = parts

    def draw(self, renderer: Any) -> None:
        """Draw the parts, in order."""
        renderer.open_group("group", self.get_gid())
        for part in self.parts:
            part.draw(renderer)
        renderer.close_group("group")


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw with the settings of the pictures, whatever the reader's own settings are."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


class Painter:
    """Turns the parts of a picture into artists.

    Parameters
    ----------
    picture : Picture
    page : tuple of float, optional
        Width and height of the page in points; the picture is centred in it with a margin. Without
        it the page is the picture, one point for a pixel.
    """

    def __init__(self, picture: Picture, page: tuple[float, float] | None = None) -> None:
        self.picture = picture
        margin = 0.0 if page is None else 16.0
        width, height = page or (picture.width, picture.height)
        self.scale = min(
            (width - 2 * margin) / picture.width, (height - 2 * margin) / picture.height
        )
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
        self.figure.patch.set_visible(False)
        left = (width - self.scale * picture.width) / 2
        to_points = Affine2D().scale(self.scale, -self.scale).translate(left, height - margin)
        self.transform: Transform = (
            to_points + Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        )

    def paint(self) -> Figure:
        """Paint the whole picture: paper, lanes, arrows, boxes, words."""
        picture = self.picture
        paper = Rect(0, 0, picture.width, picture.height)
        self._add("paper", [self._shape(_rectangle(paper), fill=_THEME.paper)])
        for lane in picture.lanes:
            self.figure.add_artist(self._lane(lane))
        # Where arrows leave together, the whole line hides the dashes.
        for arrow in sorted(picture.arrows, key=lambda arrow: not arrow.optional):
            self.figure.add_artist(self._arrow(arrow))
        for box in picture.boxes:
            self.figure.add_artist(self._box(box))
        self._add("header", [self._text(n, _THEME.ink) for n in picture.header if n.bold])
        self._add("source", [self._text(n, _THEME.quiet) for n in picture.header if not n.bold])
        dashes = self._stroke(Path(picture.key), _THEME.arrow, 1.4, dashed=True)
        self._add("footer", [
            Group("key", [dashes]), *(self._text(note, _THEME.quiet) for note in picture.footer)
        ])  # fmt: skip
        return self.figure

    def _add(self, name: str, parts: Sequence[Artist]) -> None:
        self.figure.add_artist(Group(name, parts))

    def _lane(self, lane: Lane) -> Group:
        name = f"lane-{lane.actor.value}"
        body = Rect(lane.rect.x + 2, lane.rect.y, lane.rect.width - 4, lane.rect.height)
        head = Rect(lane.head.x + 2, lane.head.y, lane.head.width - 4, lane.head.height)
        parts = [
            Group(f"{name}-band", [self._rounded(body, 8, _THEME.band)]),
            Group(f"{name}-head", [self._rounded(head, 8, _THEME.head)]),
            Group(f"{name}-title", [self._text(line, _THEME.ink) for line in lane.title]),
        ]
        return Group(name, parts)

    def _box(self, box: Box) -> Group:
        name = f"step-{box.step}"
        paint = _THEME.paint(box.state)
        shape = self._rounded(
            box.rect, 7, paint.fill, paint.line, palette.weight(box.state), box.optional
        )
        parts = [
            Group(f"{name}-box", [shape]),
            Group(
                f"{name}-label",
                [self._text(line, paint.text) for line in (box.number, *box.label)],
            ),
            Group(f"{name}-mark", [self._text(box.mark, paint.text)]),
            Group(f"{name}-word", [self._text(box.word, paint.text)]),
        ]
        return Group(name, parts)

    def _arrow(self, arrow: Arrow) -> Group:
        name = f"arrow-{arrow.start}-{arrow.end}"
        (x, y), (a, b) = arrow.points[-1], arrow.points[-2]
        length = math.hypot(x - a, y - b)
        ux, uy = (x - a) / length, (y - b) / length
        foot = (x - _TIP * ux, y - _TIP * uy)
        wing = (-uy * _TIP * 0.5, ux * _TIP * 0.5)
        tip = Path(
            [(x, y), (foot[0] + wing[0], foot[1] + wing[1]), (foot[0] - wing[0], foot[1] - wing[1])]
            + [(x, y)],
            [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY],
        )
        shaft = _rounded_way([*arrow.points[:-1], (x - (_TIP - 1) * ux, y - (_TIP - 1) * uy)])
        parts = [
            Group(f"{name}-line", [self._stroke(shaft, _THEME.arrow, 1.4, arrow.optional)]),
            Group(f"{name}-tip", [self._shape(tip, fill=_THEME.arrow)]),
        ]
        return Group(name, parts)

    def _rounded(
        self,
        rect: Rect,
        radius: float,
        fill: str,
        line: str = "none",
        weight: float = 0.0,
        dashed: bool = False,
    ) -> Artist:
        patch = FancyBboxPatch(
            (rect.x, rect.y),
            rect.width,
            rect.height,
            BoxStyle("round", pad=0, rounding_size=radius),
        )
        return self._shape(patch.get_path(), fill, line, weight, dashed)

    def _shape(
        self, path: Path, fill: str, line: str = "none", weight: float = 0.0, dashed: bool = False
    ) -> Artist:
        style: Any = (0, _DASHES) if dashed else "solid"
        if dashed and weight:
            # matplotlib multiplies dashes by the thickness; the length is what is meant here.
            style = (0, tuple(part / weight for part in _DASHES))
        patch = PathPatch(
            path,
            facecolor=fill,
            edgecolor=line,
            linewidth=weight * self.scale,
            linestyle=style,
        )
        return self._placed(patch)

    def _stroke(self, path: Path, colour: str, weight: float, dashed: bool) -> Artist:
        return self._shape(path, "none", colour, weight, dashed)

    def _text(self, line: Line, colour: str) -> Artist:
        x, y = self.transform.transform((line.x, line.y))
        anchor = {"start": "left", "middle": "center", "end": "right"}[line.anchor]
        font = FontProperties(
            fname=str(metrics.font_file(line.bold)),
            weight="bold" if line.bold else "normal",
            size=line.size * self.scale,
        )
        # A text that is empty for now still needs its element, which a script fills later.
        text = Text(
            x / 72,
            y / 72,
            line.text or "\u00a0",
            color=colour,
            fontproperties=font,
            ha=anchor,
            va="baseline",
            parse_math=False,
        )
        text.set_transform(self.figure.dpi_scale_trans)
        text.set_figure(self.figure)
        return text

    def _placed(self, artist: Artist) -> Artist:
        artist.set_figure(self.figure)
        artist.set_transform(self.transform)
        return artist


def _rectangle(rect: Rect) -> Path:
    x, y, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    return Path([(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], closed=True)


def _rounded_way(points: Sequence[Point]) -> Path:
    """Round the corners of an arrow, as far as its straight parts leave room."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, (corner, after) in zip(points, pairwise(points[1:]), strict=False):
        near, far = math.dist(before, corner), math.dist(corner, after)
        radius = min(_CORNER, near / 2, far / 2)
        vertices += [_toward(corner, before, radius), corner, _toward(corner, after, radius)]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, points[-1]], [*codes, Path.LINETO])


def _toward(start: Point, end: Point, length: float) -> Point:
    share = length / math.dist(start, end)
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
