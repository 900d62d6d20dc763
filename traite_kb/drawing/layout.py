"""Where everything stands: the lanes of the actors side by side, time flowing down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from traite_kb.drawing import metrics, palette, routing, rows, spacing, words
from traite_kb.drawing.picture import Arrow, Box, Lane, Line, Picture, Point, Rect
from traite_kb.model import Actor, Procedure, Step
from traite_kb.pathways import State, StepFinding, ordered_steps
from traite_kb.wording import typeset

WIDTH = 840.0
SIZES = {"title": 16.0, "head": 12.0, "label": 13.0, "word": 11.0, "small": 11.0}
"""Font sizes in pixels; none is under 11, and a label printed on A4 is about 9 points."""

_MARGIN = 6.0
_INSET = 16.0  # room for arrows on each side of a box, inside its lane
_PAD = 7.0  # room around the words in a box
_LEADING = 1.25
_WIDEST = 220.0  # a box, when few lanes share the page


def pathway_picture(
    procedure: Procedure,
    lang: str = "fr",
    findings: Mapping[str, StepFinding] | None = None,
) -> Picture:
    """Lay out the pathway of a procedure, with the states of its steps in a case if given.

    Parameters
    ----------
    procedure : Procedure
    lang : str
        ``"fr"`` or ``"en"``.
    findings : mapping of str to StepFinding, optional
        What :func:`traite_kb.pathways.pathway` found, by step.
    """
    steps = ordered_steps(procedure)
    header, top = _paragraphs(words.header(procedure, lang), _MARGIN + 4)
    lanes, head_foot = _lanes(steps, lang, top + 4)
    labels = {step.id: _wrapped(step, lanes, lang) for step in steps}
    pairs = rows.arrows(steps)
    placed = rows.half_rows(steps, pairs)
    heights = {name: _height(len(lines)) for name, lines in labels.items()}
    first = head_foot + spacing.GAP / 2
    tops = spacing.tops(steps, pairs, placed, heights, first)
    rects = {
        step.id: _place(lanes[step.actor], tops[placed[step.id]], heights[step.id])
        for step in steps
    }
    foot = max((rect.bottom for rect in rects.values()), default=first) + spacing.GAP / 2
    whole = {a: Rect(r.x, r.y, r.width, foot - r.y) for a, r in lanes.items()}
    sample, legend = _legend(lang, foot + 18)
    notes, end = _paragraphs(words.footer(procedure, lang), legend.y + 5)
    return Picture(
        title=words.title(procedure, lang),
        description=words.description(procedure, lang, findings),
        lang=lang,
        width=WIDTH,
        height=round(end + _MARGIN),
        lanes=tuple(_lane(actor, whole[actor], head_foot, lang) for actor in rows.LANES),
        boxes=tuple(
            _box(step, n, placed[step.id], rects[step.id], labels[step.id], lang, findings)
            for n, step in enumerate(steps, 1)
        ),
        arrows=_arrows(steps, pairs, rects, list(whole.values()), tops),
        header=header,
        footer=(legend, *notes),
        key=sample,
    )


def _line(
    text: str, x: float, y: float, kind: str, bold: bool = False, anchor: str = "start"
) -> Line:
    size = SIZES[kind]
    return Line(text, x, y, size, metrics.width(text, size, bold), bold, anchor)


def _paragraphs(
    paragraphs: Sequence[tuple[str, str, bool]], top: float
) -> tuple[tuple[Line, ...], float]:
    """Set paragraphs (text, size, bold) under each other; give them and where they end."""
    lines: list[Line] = []
    for text, kind, bold in paragraphs:
        for part in metrics.wrap(text, WIDTH - 4 * _MARGIN, SIZES[kind], bold):
            lines.append(_line(part, 2 * _MARGIN, top + SIZES[kind], kind, bold))
            top += 1.35 * SIZES[kind]
        top += 2
    return tuple(lines), top


def _legend(lang: str, y: float) -> tuple[tuple[Point, Point], Line]:
    left = 2 * _MARGIN
    sample = ((left, y - 4), (left + 30, y - 4))
    return sample, _line(words.legend(lang), left + 38, y, "small")


def _lanes(steps: Sequence[Step], lang: str, top: float) -> tuple[dict[Actor, Rect], float]:
    """Share the width among the lanes and tell where their heads end."""
    size = SIZES["head"]
    used = {step.actor for step in steps}
    narrow = {
        actor: max(metrics.width(w, size, True) for w in words.actor(actor, lang).split(" ")) + 12
        for actor in rows.LANES
        if actor not in used
    }
    wide = (WIDTH - 2 * _MARGIN - sum(narrow.values())) / max(len(used), 1)
    lanes, x = {}, _MARGIN
    for actor in rows.LANES:
        width = narrow.get(actor, wide)
        lanes[actor] = Rect(x, top, width, 0.0)
        x += width
    most = max(len(_head(actor, rect, lang)) for actor, rect in lanes.items())
    return lanes, top + 14 + most * _LEADING * size


def _head(actor: Actor, rect: Rect, lang: str) -> list[str]:
    return metrics.wrap(words.actor(actor, lang), rect.width - 10, SIZES["head"], True)


def _lane(actor: Actor, rect: Rect, head_foot: float, lang: str) -> Lane:
    head = Rect(rect.x, rect.y, rect.width, head_foot - rect.y)
    lines = _centred(_head(actor, rect, lang), head, "head", True)
    return Lane(actor, rect, head, lines)


def _centred(texts: Sequence[str], room: Rect, kind: str, bold: bool) -> tuple[Line, ...]:
    size = SIZES[kind]
    leading = _LEADING * size
    first = room.y + (room.height - leading * len(texts)) / 2 + 0.98 * size
    return tuple(
        _line(text, room.middle, first + leading * n, kind, bold, "middle")
        for n, text in enumerate(texts)
    )


def _height(lines: int) -> float:
    return 2 * _PAD + SIZES["word"] + 5 + _LEADING * SIZES["label"] * lines


def _place(lane: Rect, top: float, height: float) -> Rect:
    width = min(lane.width - 2 * _INSET, _WIDEST)
    return Rect(lane.middle - width / 2, top, width, height)


def _wrapped(step: Step, lanes: Mapping[Actor, Rect], lang: str) -> list[str]:
    room = _place(lanes[step.actor], 0, 0).width - 2 * _PAD
    return metrics.wrap(typeset(step.label[lang], lang), room, SIZES["label"])


def _box(
    step: Step,
    number: int,
    row: int,
    rect: Rect,
    label: Sequence[str],
    lang: str,
    findings: Mapping[str, StepFinding] | None,
) -> Box:
    state = findings[step.id].state if findings is not None and step.id in findings else None
    shown = State.OPTIONAL if state is None and step.optional else state
    mark = palette.marks()[shown] if shown else ""
    word = words.state(shown, lang) if shown else ""
    base = rect.y + _PAD + 0.85 * SIZES["word"]
    head = _PAD + SIZES["word"] + 3
    rest = Rect(rect.x, rect.y + head, rect.width, rect.height - head - _PAD + 4)
    lines = tuple(
        _line(part.text, rect.x + _PAD, part.y, "label")
        for part in _centred(label, rest, "label", False)
    )
    return Box(
        step=step.id,
        lane=step.actor,
        row=row,
        rect=rect,
        label=lines,
        number=_line(str(number), rect.x + _PAD, base, "word"),
        mark=_line(mark, rect.x + _PAD + 24, base, "word", True, "middle"),
        word=_line(word, rect.x + _PAD + 33, base, "word", True),
        state=state,
        optional=step.optional,
    )


def _arrows(
    steps: Sequence[Step],
    pairs: Sequence[rows.Pair],
    rects: Mapping[str, Rect],
    lanes: Sequence[Rect],
    tops: Sequence[float],
) -> tuple[Arrow, ...]:
    """Lay the arrows, short ones first, and give them in the order of the steps."""
    columns = [rect.middle for rect in rects.values()]
    borders = [lanes[0].x, *(lane.right for lane in lanes)]
    columns += [borders[0] + _INSET / 2, borders[-1] - _INSET / 2]
    columns += [x + shift for x in borders[1:-1] for shift in (-_INSET / 2, 0.0, _INSET / 2)]
    lines = [top + shift for top in tops for shift in (-20.0, -10.0, routing.ENTRY, routing.EXIT)]
    router = routing.Router(rects, columns, lines)

    def length(pair: rows.Pair) -> float:
        a, b = rects[pair[0]], rects[pair[1]]
        return b.y - a.y + abs(b.middle - a.middle) / 2

    points = {pair: router.route(pair) for pair in sorted(pairs, key=length)}
    optional = {step.id: step.optional for step in steps}
    return tuple(Arrow(a, b, optional[a] or optional[b], points[a, b]) for a, b in pairs)
