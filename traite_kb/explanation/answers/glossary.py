"""The identifiers of a register, with what they stand for: what one types in a line of code."""

from __future__ import annotations

from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.model import Condition, Fact, Node, Norm, Point, Procedure, Stage
from traite_kb.problems import CaseError, Origin, problem
from traite_kb.wording import say, typeset

KINDS: dict[str, type[Node]] = {
    "stage": Stage,
    "fact": Fact,
    "point": Point,
    "condition": Condition,
    "norm": Norm,
}
"""The kinds of things that a question or a case can name."""


def words(procedure: Procedure, kind: str = "", lang: str = "fr") -> Telling:
    """List the identifiers of a register with their labels, and the answers that facts take.

    Parameters
    ----------
    procedure : Procedure
    kind : str
        ``"stage"``, ``"fact"``, ``"point"``, ``"condition"`` or ``"norm"``; by default the first
        three, which are what a case and a question are made of.
    lang : str
        ``"fr"`` or ``"en"``.

    Raises
    ------
    CaseError
        When there is no such kind.

    Examples
    --------
    >>> import traite_kb as kb
    >>> str(words(kb.open_procedure(), "stage", "en")).splitlines()[2].strip()
    '– delai_reflexion: Reflection period'
    """
    if kind and kind not in KINDS:
        raise CaseError([problem("E624", Origin("kind"), kind, near=", ".join(KINDS))])
    kinds = [kind] if kind else list(KINDS)[:3]
    entries = tuple(
        Entry(say(f"words.{name}", lang), tuple(_entry(node, lang) for node in found.values()))
        for name in kinds
        if (found := procedure.of(KINDS[name]))
    )
    return Telling(lang, typeset(procedure.label[lang], lang), (), entries)


def _entry(node: Node, lang: str) -> Entry:
    def line(name: str, label: str) -> str:
        return say("answer.given", lang, what=name, value=label)

    values: tuple[Entry, ...] = ()
    if isinstance(node, Fact):
        values = (
            tuple(Entry(line(name, text[lang])) for name, text in node.values.items())
            if node.is_choice
            else (Entry(say("words.yes_or_no", lang)),)
        )
    if isinstance(node, Point):
        values = tuple(Entry(line(n, r.label[lang])) for n, r in node.readings.items())
    return Entry(line(node.id, node.label[lang]), values)
