"""Pictures of a pathway: first lanes, boxes and arrows as data, then matplotlib, then SVG.

This package alone imports matplotlib, and only when something is really drawn.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from traite_kb.case import Case
from traite_kb.drawing import palette, store
from traite_kb.drawing.picture import Arrow, Box, Lane, Line, Picture, Rect
from traite_kb.drawing.store import prepare
from traite_kb.model import Procedure
from traite_kb.pathways import Pathway, StepFinding, pathway
from traite_kb.wording import say

if TYPE_CHECKING:
    from traite_kb.drawing.layout import pathway_picture

__all__ = [
    "Arrow",
    "Box",
    "Drawing",
    "Lane",
    "Line",
    "Picture",
    "Rect",
    "draw",
    "palette",
    "pathway_picture",
    "pathway_svg",
    "prepare",
    "prepared_svg",
]

_DRAWN: dict[tuple[str, str], str] = {}
_MOST = 32


@dataclass(frozen=True)
class Drawing:
    """A picture and its SVG text: shown by Jupyter, saved as a file."""

    picture: Picture
    svg: str

    def _repr_svg_(self) -> str:
        # Without a size, a notebook would stretch the picture to the width of its window.
        size = f'width="{self.picture.width:g}" height="{self.picture.height:g}"'
        return self.svg.replace("<svg ", f"<svg {size} ", 1)

    def __repr__(self) -> str:
        return f"<Drawing: {self.picture.title}>"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture as ``.svg``, ``.png`` or ``.pdf`` (A4, portrait).

        Raises
        ------
        ValueError
            When the name of the file ends in something else.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix not in (".svg", ".png", ".pdf"):
            raise ValueError(say("drawing.suffix", self.picture.lang, name=target.name))
        if suffix == ".svg":
            target.write_text(self.svg, encoding="utf-8", newline="\n")
        else:
            from traite_kb.drawing.svg import write

            write(self.picture, target)
        return target


def draw(subject: Procedure | Case | Pathway, lang: str = "fr") -> Drawing:
    """Draw the pathway of a procedure, or of a case with the state of each step.

    Parameters
    ----------
    subject : Procedure, Case or Pathway
    lang : str
        ``"fr"`` or ``"en"``.

    Raises
    ------
    CaseError
        When the answers of the case contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> draw(kb.Case(proc, audition_faite=True), "en").picture.boxes[0].word.text
    'Done'
    """
    from traite_kb.drawing.layout import pathway_picture
    from traite_kb.drawing.svg import svg

    if isinstance(subject, Procedure):
        picture = pathway_picture(subject, lang)
        return Drawing(picture, pathway_svg(subject, lang))
    found = pathway(subject) if isinstance(subject, Case) else subject
    picture = pathway_picture(found.case.procedure, lang, found.steps)
    return Drawing(picture, svg(picture))


def pathway_svg(
    procedure: Procedure,
    lang: str = "fr",
    findings: Mapping[str, StepFinding] | None = None,
    prefix: str = "",
) -> str:
    """Draw the pathway of a procedure as SVG text; without findings, once per process.

    Parameters
    ----------
    procedure : Procedure
    lang : str
        ``"fr"`` or ``"en"``.
    findings : mapping of str to StepFinding, optional
        The state of each step in a case.
    prefix : str
        Put before every id, so that several pictures can stand in one page.
    """
    name = (store.key(procedure, lang), prefix)
    if findings is None and name in _DRAWN:
        return _DRAWN[name]
    from traite_kb.drawing.layout import pathway_picture
    from traite_kb.drawing.svg import svg

    text = svg(pathway_picture(procedure, lang, findings), prefix)
    if findings is None:
        if len(_DRAWN) >= _MOST:
            _DRAWN.clear()
        _DRAWN[name] = text
    return text


def prepared_svg(procedure: Procedure, lang: str = "fr") -> str:
    """Give the picture of a procedure: read if :func:`prepare` wrote it, drawn otherwise.

    The environment variable ``TRAITE_KB_PICTURES`` names the folder to look in.
    """
    return store.read(procedure, lang) or pathway_svg(procedure, lang)


def __getattr__(name: str) -> object:
    if name == "pathway_picture":
        from traite_kb.drawing.layout import pathway_picture

        return pathway_picture
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
