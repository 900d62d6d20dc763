"""The explorer: questions, findings and the lit pathway, linked to one exploration."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from traite_kb.case import Case
from traite_kb.drawing import prepared_svg
from traite_kb.drawing.palette import css, marks
from traite_kb.exploration import Exploration, begin
from traite_kb.knowledge import open_procedure
from traite_kb.model import Procedure
from traite_kb.screen import announcement, frame, screen
from traite_kb.wording import DEFAULT_LANGUAGE, LANGUAGES, say

_STATIC = files(__package__).joinpath("static")
# One module for the browser, kept in files by noun: the parts first, what shows them last.
_SCRIPTS = ("dom.js", "question.js", "findings.js", "pathway.js", "explorer.js")


class Explorer(anywidget.AnyWidget):
    """A situation explored by answering one question at a time.

    ``frame`` (what every situation shares) and ``screen`` (what this one shows) go to the browser,
    ``move`` comes back from it; the state is ``exploration``.
    """

    _esm = "\n".join(_STATIC.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS)
    _css = _STATIC.joinpath("explorer.css").read_text(encoding="utf-8") + css()

    frame = traitlets.Dict().tag(sync=True)
    screen = traitlets.Dict().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    marks = traitlets.Dict().tag(sync=True)
    announcement = traitlets.Dict().tag(sync=True)
    move = traitlets.Dict().tag(sync=True)

    def __init__(self, exploration: Exploration, lang: str = "fr") -> None:
        self.exploration, self.lang = exploration, lang
        super().__init__(
            frame=frame(exploration.procedure, lang),
            screen=screen(exploration, lang),
            picture=prepared_svg(exploration.procedure, lang),
            marks=marks(),
        )

    @property
    def case(self) -> Case:
        """The situation as it stands, to go on with in code."""
        return self.exploration.case

    @traitlets.observe("move")
    def _moved(self, change: dict[str, Any]) -> None:
        move = change["new"]
        before = self.exploration
        kind, value = str(move.get("kind")), move.get("value")
        said = ""
        if kind == "lang" and value in LANGUAGES:
            self.lang = value
        elif kind in _MOVES:
            self.exploration = _MOVES[kind](before, value)
            erased = kind == "erase"
            said = (
                say("explore.erased", self.lang)
                if erased
                else announcement(before, self.exploration, self.lang)
            )
        with self.hold_sync():
            if kind == "lang":
                self.frame = frame(before.procedure, self.lang)
                self.picture = prepared_svg(before.procedure, self.lang)
            self.screen = screen(self.exploration, self.lang)
            self.announcement = {"text": said, "number": move.get("number", 0)}


def _answer(exploration: Exploration, value: Any) -> Exploration:
    question = exploration.question
    if question is None or not isinstance(value, dict):
        return exploration
    option = value.get("option")
    # A second click comes when the next question is already there: it answers nothing.
    if value.get("question") != question.fact.id or not isinstance(option, int):
        return exploration
    options = question.options
    return exploration.answer(options[option].value if 0 <= option < len(options) else None)


_MOVES = {
    "answer": _answer,
    "back": lambda exploration, _: exploration.back(),
    "revise": lambda exploration, value: exploration.revise(str(value)),
    "focus": lambda exploration, value: exploration.look_at(str(value)),
    "erase": lambda exploration, _: exploration.erase(),
}


def explore(procedure: Procedure | Case | None = None, lang: str = "", focus: str = "") -> Explorer:
    """Open the explorer on a procedure, or on a case with its answers given.

    Parameters
    ----------
    procedure : Procedure or Case, optional
        By default, the procedure that ships with the kit.
    lang : str
        ``"fr"`` or ``"en"``; by default that of the server, else French. The screen has a control
        to switch.
    focus : str
        The stage whose questions come first; by default, the whole pathway.

    Examples
    --------
    >>> import traite_kb as kb
    >>> panel = explore(kb.open_procedure())
    >>> panel.case.as_code()
    'kb.Case(proc)'
    """
    lang = lang or os.environ.get("TRAITE_KB_LANG", DEFAULT_LANGUAGE)
    if isinstance(procedure, Case):
        asked = tuple(procedure.facts)
        start = Exploration(procedure, asked=asked)
        return Explorer(start.look_at(focus) if focus else start, lang)
    return Explorer(begin(procedure or open_procedure(), focus), lang)
