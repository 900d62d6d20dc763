"""What a picture of a pathway holds, before anything is drawn: lanes, boxes, arrows, lines of text.

Lengths are CSS pixels, from the top left corner, downwards. Nothing here imports matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass

from traite_kb.model import Actor
from traite_kb.pathways import State

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The line that halves the rectangle from top to bottom."""
        return self.x + self.width / 2

    def holds(self, other: Rect) -> bool:
        """Tell whether another rectangle lies wholly inside this one."""
        return (
            self.x <= other.x
            and other.right <= self.right
            and self.y <= other.y
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where its baseline stands, its size, and the room that it was measured to.

    ``anchor`` tells which of its ends stands at ``x``: ``start``, ``middle`` or ``end``.
    """

    text: str
    x: float
    y: float
    size: float
    width: float
    bold: bool = False
    anchor: str = "start"

    @property
    def rect(self) -> Rect:
        """The room that the line takes, from the top of its capitals to the foot of its g."""
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        top, height = 0.78 * self.size, 1.02 * self.size
        return Rect(self.x - shift * self.width, self.y - top, self.width, height)


@dataclass(frozen=True, slots=True)
class Lane:
    """The column of one actor, with its head."""

    actor: Actor
    rect: Rect
    head: Rect
    title: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One step: where it stands, its words, and its state in a case if there is one.

    ``row`` counts half rows: a step stands two below another of its lane, one below of another.
    """

    step: str
    lane: Actor
    row: int
    rect: Rect
    label: tuple[Line, ...]
    mark: Line
    word: Line
    number: Line
    state: State | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to one that follows it, by right angles, from edge to edge."""

    start: str
    end: str
    optional: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture, ready to be drawn; ``description`` says it in words, in the same order."""

    title: str
    description: str
    lang: str
    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    header: tuple[Line, ...]
    footer: tuple[Line, ...]
    key: tuple[Point, Point]
    """The sample of a dashed line beside the words that explain it."""
