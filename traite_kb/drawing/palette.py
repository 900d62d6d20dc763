"""The colours and marks of states, their measured contrasts, and the style sheet of the pictures.

The hues are those of Okabe and Ito; the outlines are darkened (light theme) or lightened (dark
theme) until they stand out from the page and from their own fill. No state rests on colour alone:
each has its mark, its word and its weight of line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from traite_kb.pathways import State


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one state: fill, outline and text on the fill."""

    fill: str
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All the colours of a picture; ``plain`` paints the steps of a picture without a case."""

    paper: str
    band: str
    head: str
    ink: str
    quiet: str
    arrow: str
    plain: Paint
    states: Mapping[State, Paint]

    def paint(self, state: State | None) -> Paint:
        """Give the colours of a state."""
        return self.plain if state is None else self.states[state]


LIGHT = Theme(
    paper="#ffffff",
    band="#f3f6f9",
    head="#dfe6ee",
    ink="#18212b",
    quiet="#4a5561",
    arrow="#55606d",
    plain=Paint("#ffffff", "#5f6b7a", "#18212b"),
    states={
        State.DONE: Paint("#e0f3ec", "#00795a", "#00503b"),
        State.OPEN: Paint("#0072b2", "#004f7d", "#ffffff"),
        State.WAITING: Paint("#ffffff", "#6b7683", "#3d4854"),
        State.BLOCKED: Paint("#fdeadd", "#b84d00", "#7d3400"),
        State.UNKNOWN: Paint("#fdf7c4", "#7d6c00", "#544800"),
        State.OPTIONAL: Paint("#fbf0f5", "#a8527e", "#7a2f57"),
        State.MOOT: Paint("#e6e9ed", "#727a84", "#4a525c"),
    },
)

DARK = Theme(
    paper="#11161c",
    band="#171e26",
    head="#2a3440",
    ink="#eef2f6",
    quiet="#b4bdc8",
    arrow="#a3aebb",
    plain=Paint("#1e2630", "#8f9bab", "#eef2f6"),
    states={
        State.DONE: Paint("#0d3b2e", "#3fbf95", "#c9f2e3"),
        State.OPEN: Paint("#56b4e9", "#c4e6fa", "#06202f"),
        State.WAITING: Paint("#1e2630", "#8f9bab", "#d3dae2"),
        State.BLOCKED: Paint("#46230d", "#ef8a45", "#ffdcc4"),
        State.UNKNOWN: Paint("#3d3708", "#d6c832", "#f8f1b0"),
        State.OPTIONAL: Paint("#3a2230", "#d989b3", "#f7d6e6"),
        State.MOOT: Paint("#2a323c", "#7f8a97", "#b4bdc8"),
    },
)

# Forms that no system turns into an emoji: that is why they are not the heavier ✔ and ▶.
_MARKS = {
    State.DONE: "✓",
    State.OPEN: "►",
    State.WAITING: "○",
    State.BLOCKED: "✕",
    State.UNKNOWN: "?",
    State.OPTIONAL: "◌",
    State.MOOT: "–",
}

_WEIGHTS = {State.DONE: 1.6, State.OPEN: 2.4, State.BLOCKED: 2.4, State.UNKNOWN: 1.6}


def marks() -> dict[str, str]:
    """Give the sign of each state, one character that the font of the pictures has."""
    return {state.value: mark for state, mark in _MARKS.items()}


def weight(state: State | None) -> float:
    """Give the thickness of the outline of a step, in pixels."""
    return _WEIGHTS.get(state, 1.2) if state else 1.2


def css() -> str:
    """Write the style sheet of the pictures: states by class, dark theme, forced colours.

    A step takes its looks from ``class="tk-state-…"`` on its group, so that a script changes a
    picture by changing that class and two texts.
    """
    return f"""\
.tk-drawing {{ display: block; width: 100%; height: auto; {_variables(LIGHT)} }}
{_states(LIGHT)}
.tk-drawing .tk-d-paper path {{ fill: var(--tkd-paper); }}
.tk-drawing .tk-d-band path {{ fill: var(--tkd-band); }}
.tk-drawing .tk-d-head path {{ fill: var(--tkd-head); }}
.tk-drawing .tk-d-title text {{ fill: var(--tkd-ink); }}
.tk-drawing .tk-d-note text {{ fill: var(--tkd-quiet); }}
.tk-drawing .tk-d-key path, .tk-drawing .tk-d-line path {{ stroke: var(--tkd-arrow); }}
.tk-drawing .tk-d-tip path {{ fill: var(--tkd-arrow); }}
.tk-drawing .tk-d-box path {{
  fill: var(--tkd-fill); stroke: var(--tkd-outline); stroke-width: var(--tkd-weight);
}}
.tk-drawing .tk-d-label text, .tk-drawing .tk-d-mark text, .tk-drawing .tk-d-word text {{
  fill: var(--tkd-text);
}}
.tk-drawing .tk-d-mark text {{ font-variant-emoji: text; }}
@media screen and (prefers-color-scheme: dark) {{
.tk-drawing {{ {_variables(DARK)} }}
{_states(DARK)}
}}
@media (forced-colors: active) {{
.tk-drawing {{ forced-color-adjust: none; {_FORCED} }}
{_FORCED_STATES}
.tk-drawing .tk-d-band path {{ stroke: GrayText; }}
}}
"""


def _variables(theme: Theme) -> str:
    names = ("paper", "band", "head", "ink", "quiet", "arrow")
    values = "".join(f"--tkd-{name}: {getattr(theme, name)}; " for name in names)
    return values + _painted(theme.plain, None)


def _painted(paint: Paint, state: State | None) -> str:
    return (
        f"--tkd-fill: {paint.fill}; --tkd-outline: {paint.line}; --tkd-text: {paint.text};"
        f" --tkd-weight: {weight(state)}px;"
    )


def _states(theme: Theme) -> str:
    return "\n".join(
        f".tk-state-{state.value} {{ {_painted(paint, state)} }}"
        for state, paint in theme.states.items()
    )


_FORCED = " ".join(
    f"--tkd-{name}: {value};"
    for name, value in {
        "paper": "Canvas",
        "band": "Canvas",
        "head": "Canvas",
        "ink": "CanvasText",
        "quiet": "CanvasText",
        "arrow": "CanvasText",
        "fill": "Canvas",
        "outline": "CanvasText",
        "text": "CanvasText",
    }.items()
)

_FORCED_STATES = "\n".join(
    [
        ".tk-state-done, .tk-state-waiting, .tk-state-blocked, .tk-state-unknown,",
        ".tk-state-optional {",
        "  --tkd-fill: Canvas; --tkd-outline: CanvasText; --tkd-text: CanvasText;",
        "}",
        ".tk-state-open {",
        "  --tkd-fill: Highlight; --tkd-outline: CanvasText; --tkd-text: HighlightText;",
        "}",
        ".tk-state-moot { --tkd-fill: Canvas; --tkd-outline: GrayText; --tkd-text: CanvasText; }",
    ]
)
