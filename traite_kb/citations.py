"""How sources are written for a reader: place in the sheet, article, grade, link."""

from __future__ import annotations

from dataclasses import dataclass

from traite_kb.model import Grade, Node, Passage, Procedure, Reference
from traite_kb.wording import say, typeset

DOUBTFUL = (Grade.MIRROR, Grade.SECONDARY, Grade.UNVERIFIED, Grade.INFERENCE)
"""The grades that a reader is warned of: the official text itself was not read."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One source as a reader sees it.

    ``grade`` is the code of the evidence (empty for the sheet itself), ``doubt`` the words that
    warn when the official text was not read, ``url`` a link where the page was seen, ``passage``
    the place in the sheet.
    """

    text: str
    grade: str = ""
    doubt: str = ""
    url: str = ""
    passage: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.doubt})" if self.doubt else self.text


def citations(procedure: Procedure, node: Node, lang: str) -> tuple[Cite, ...]:
    """List the sources of a node: passages of the sheet first, then texts and decisions.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> [str(cite) for cite in citations(proc, proc.nodes["rupture"], "en")]
    ['Sheet, line 17', 'Article L. 425-1 para. 1, CESEDA']
    """
    passages = (_passage(procedure, passage, lang) for passage in node.cites)
    references = (_reference(procedure.nodes[ref], lang) for ref in node.basis)
    return (*passages, *references)


def _passage(procedure: Procedure, passage: Passage, lang: str) -> Cite:
    if passage.first != passage.last:
        line = f"{passage.first}–{passage.last}"
        return Cite(
            say("cite.lines", lang, line=line), url=procedure.sheet.url, passage=passage.key
        )
    key = "cite.sentence" if passage.sentence else "cite.line"
    text = say(key, lang, line=passage.first, sentence=passage.sentence)
    return Cite(text, url=procedure.sheet.url, passage=passage.key)


def _reference(node: Node, lang: str) -> Cite:
    assert isinstance(node, Reference)  # the loader lets nothing else through
    doubt = say(f"grade.{node.grade.value}", lang) if node.grade in DOUBTFUL else ""
    return Cite(typeset(node.label[lang], lang), node.grade.value, doubt, node.url)
