"""What the tests measure pictures with: rectangles that meet, parts of arrows, contrast."""

from __future__ import annotations

from itertools import pairwise

from matplotlib import font_manager, ft2font

from traite_kb.drawing.picture import Arrow, Rect


def meet(one: Rect, other: Rect) -> bool:
    """Tell whether two rectangles share more than an edge."""
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def segments(arrow: Arrow) -> list[Rect]:
    """Give the straight parts of an arrow, as rectangles without thickness."""
    return [
        Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(arrow.points)
    ]


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return round((high + 0.05) / (low + 0.05), 2)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def has_glyph(character: str) -> bool:
    """Tell whether the bold font of the pictures can draw a character."""
    path = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight="bold"))
    return ft2font.FT2Font(path).get_char_index(ord(character)) != 0
