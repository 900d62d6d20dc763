"""What was verified and what was not: every line of a register by the best text behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from traite_kb.citations import citations
from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.model import Gap, Grade, Node, Point, Procedure, Reference
from traite_kb.wording import number, say, typeset

_BEST_FIRST = tuple(Grade)
_DOUBTFUL = (Grade.UNVERIFIED, Grade.INFERENCE, Grade.SECONDARY, Grade.MIRROR)
"""The grades whose lines are listed one by one, the least certain first."""


def verified(procedure: Procedure, lang: str = "fr") -> Telling:
    """Tell what each line of a register rests on at best, and list what nobody has verified.

    A line that cites the sheet, or rests on a text that was seen on an official site or in an
    archive, is counted; the others are listed, with the gaps of the sources.

    Parameters
    ----------
    procedure : Procedure
    lang : str
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> import traite_kb as kb
    >>> told = verified(kb.open_procedure(), "en")
    >>> told.entries[0].text
    'What the lines rest on, at best'
    """
    lines = {node: _best(procedure, node) for node in _lines(procedure)}
    counts = [Entry(_count(say("verified.sheet", lang), _many(lines.values(), None), lang))]
    counts += [
        Entry(_count(say(f"grade.{grade.value}", lang), _many(lines.values(), grade), lang))
        for grade in _BEST_FIRST
    ]
    entries = [Entry(say("verified.counts", lang), tuple(counts))]
    for grade in _DOUBTFUL:
        told = tuple(
            Entry(_line(procedure, node, lang)) for node, best in lines.items() if best is grade
        )
        if told:
            heading = say("verified.only", lang, grade=say(f"grade.{grade.value}", lang))
            entries.append(Entry(heading, told))
    gaps = tuple(Entry(typeset(gap.label[lang], lang)) for gap in procedure.of(Gap).values())
    entries.append(Entry(say("verified.gaps", lang), gaps))
    title = say("verified.title", lang, procedure=procedure.label[lang])
    return Telling(lang, title, (say("verified.what", lang),), tuple(entries))


class _Line:
    """A node, or a reading of a point: the smallest thing that has sources of its own."""

    def __init__(self, node: Node, point: Point | None = None) -> None:
        self.node, self.point = node, point


def _lines(procedure: Procedure) -> Iterator[_Line]:
    for node in procedure:
        if isinstance(node, Point):
            yield from (_Line(reading, node) for reading in node.readings.values())
        elif (node.cites or node.basis) and not isinstance(node, (Reference, Gap)):
            yield _Line(node)


def _best(procedure: Procedure, line: _Line) -> Grade | None:
    """Give the best grade of the texts behind a line; nothing when it cites the sheet itself."""
    if line.node.cites:
        return None
    references = procedure.of(Reference)
    grades = [references[name].grade for name in line.node.basis if name in references]
    return min(grades, key=_BEST_FIRST.index, default=Grade.INFERENCE)


def _many(grades: Iterable[Grade | None], wanted: Grade | None) -> int:
    return sum(grade is wanted for grade in grades)


def _count(what: str, many: int, lang: str) -> str:
    return say("answer.given", lang, what=what, value=number(many, lang))


def _line(procedure: Procedure, line: _Line, lang: str) -> str:
    label = typeset(line.node.label[lang], lang)
    if line.point:
        label = say("answer.read", lang, what=typeset(line.point.label[lang], lang), value=label)
    cites = " ; ".join(str(cite) for cite in citations(procedure, line.node, lang))
    return say("verified.line", lang, kind=line.node.kind, label=label, cites=cites or "–")
