"""How wide words are, measured in the font of the pictures, and where to break them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font, LoadFlags

# Verdana, which stands in where DejaVu Sans is not installed, is a little wider in places.
_MARGIN = 1.03
_EM = 1000


def font_file(bold: bool = False) -> Path:
    """Give the font in which words are measured and drawn: matplotlib carries it."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path(), "fonts", "ttf", name)


@lru_cache(maxsize=2)
def _font(bold: bool) -> FT2Font:
    font = FT2Font(str(font_file(bold)))
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=1024)
def _advance(character: str, bold: bool) -> float:
    glyph = _font(bold).load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _EM


def width(text: str, size: float, bold: bool = False) -> float:
    """Measure a line of text, with a small margin for the fonts that may stand in."""
    return _MARGIN * size * sum(_advance(character, bold) for character in text)


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than ``room``, as few as possible and of even lengths.

    Only ordinary spaces break. A word wider than the room alone is broken with a hyphen, and no
    character is ever lost.
    """
    words = [part for word in text.split(" ") for part in _parts(word, room, size, bold)]
    # For the words from each place on: how many lines, how uneven, and where the first one ends.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)] * (len(words) + 1)
    for start in range(len(words) - 1, -1, -1):
        ways = []
        for end in range(start + 1, len(words) + 1):
            left = room - width(" ".join(words[start:end]), size, bold)
            if left < 0 and end > start + 1:
                break
            ways.append((best[end][0] + 1, best[end][1] + left**2, end))
        best[start] = min(ways)
    lines, start = [], 0
    while start < len(words):
        end = best[start][2]
        lines.append(" ".join(words[start:end]))
        start = end
    return lines


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts = []
    while width(word, size, bold) > room and len(word) > 2:
        length = next(
            n for n in range(len(word) - 1, 0, -1)
            if n == 1 or width(word[:n] + "-", size, bold) <= room
        )  # fmt: skip
        parts.append(word[:length] + "-")
        word = word[length:]
    return [*parts, word]
