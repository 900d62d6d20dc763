"""How sources are written for a reader: place in the sheet, article, decision, grade, link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from traite_kb.knowledge import keys_of
from traite_kb.model import Grade, Node, Passage, Point, Procedure, Reference
from traite_kb.problems import CaseError, Origin, did_you_mean, problem
from traite_kb.wording import say, typeset

DOUBTFUL = (Grade.MIRROR, Grade.SECONDARY, Grade.UNVERIFIED, Grade.INFERENCE)
"""The grades that a reader is warned of: the official text itself was not read."""

_MONTHS = [
    "janv",
    "févr",
    "avr",
    "juill",
    "sept",
    "oct",
    "nov",
    "déc",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_TOGETHER = re.compile(
    r"\b(?:"
    r"(?:al\.|art\.|Articles?|Cons\.|NOR) (?=\S)"
    r"|(?:[ADLR]\.|n°|no\.|para\.) (?=\d)"
    rf"|\d{{1,2}} (?=(?:{'|'.join(_MONTHS)})\b)"
    r")"
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One source as a reader sees it.

    ``text`` is the citation as a jurist writes it, plain and ready to be copied, with its no-break
    spaces. ``grade`` is the code of the evidence (empty for the sheet itself), ``doubt`` the words
    that warn when the official text was not read, ``url`` a link where the page was seen,
    ``passage`` the place in the sheet. ``words`` are those of the sheet, when the procedure
    carries them (:func:`traite_kb.with_source`), and ``lost`` says that its copy lacks some.
    """

    text: str
    grade: str = ""
    doubt: str = ""
    url: str = ""
    passage: str = ""
    words: str = ""
    lost: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.doubt})" if self.doubt else self.text

    def as_json(self) -> dict[str, str]:
        """Give the citation in the shape that ``cite --json`` prints."""
        return {name: getattr(self, name) for name in self.__slots__}


def cite(procedure: Procedure, name: str, lang: str = "fr") -> tuple[Cite, ...]:
    r"""List the sources of a node by its id, each ready to be copied as text.

    Of a point, those of its readings follow its own; of an article or a decision, it is the only
    one.

    Parameters
    ----------
    procedure : Procedure
    name : str
        The id of a node, or ``point.reading``.
    lang : str
        ``"fr"`` or ``"en"``.

    Raises
    ------
    CaseError
        When nothing in the register bears this name.

    Examples
    --------
    >>> import traite_kb as kb
    >>> [source.text for source in kb.cite(kb.open_procedure(), "ce_2012_339209")]
    ['CE, 15\xa0juin 2012, n°\xa0339209']
    """
    nodes: dict[str, Node] = dict(procedure.nodes)
    for point in procedure.of(Point).values():
        nodes |= {f"{point.id}.{key}": reading for key, reading in point.readings.items()}
    node = nodes.get(name)
    if node is None:
        near = did_you_mean(name, nodes)
        raise CaseError([problem("E620", Origin("cite"), name, near=near)])
    if isinstance(node, Reference):
        return (_reference(node, lang),)
    parts = [node, *node.readings.values()] if isinstance(node, Point) else [node]
    found = (source for part in parts for source in citations(procedure, part, lang))
    return tuple(dict.fromkeys(found))


def citations(procedure: Procedure, node: Node, lang: str) -> tuple[Cite, ...]:
    r"""List the sources of a node: passages of the sheet first, then texts and decisions.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> [str(cite) for cite in citations(proc, proc.nodes["rupture"], "en")]
    ['Sheet, line 17', 'Article\xa0L.\xa0425-1 para.\xa01, CESEDA']
    """
    passages = (_passage(procedure, passage, lang) for passage in node.cites)
    references = (_reference(procedure.nodes[ref], lang) for ref in node.basis)
    return (*passages, *references)


def quotations(cites: tuple[Cite, ...], lang: str) -> Iterator[str]:
    """Quote the words of the passages, where the procedure carries a copy of its sheet."""
    for source in cites:
        if source.words:
            words = typeset(source.words, "fr")  # the sheet is in French in every language
            told = say("cite.words", lang, place=source.text, words=words)
            yield f"{told} ({source.lost})" if source.lost else told
        elif source.lost:
            yield say("cite.no_words", lang, place=source.text, lost=source.lost)


def _passage(procedure: Procedure, passage: Passage, lang: str) -> Cite:
    if passage.first != passage.last:
        line = f"{passage.first}–{passage.last}"
        text = say("cite.lines", lang, line=line)
    else:
        key = "cite.sentence" if passage.sentence else "cite.line"
        text = say(key, lang, line=passage.first, sentence=passage.sentence)
    words, lost = _official(procedure, passage, lang)
    return Cite(text, url=procedure.sheet.url, passage=passage.key, words=words, lost=lost)


def _official(procedure: Procedure, passage: Passage, lang: str) -> tuple[str, str]:
    """Give the words of a passage and, where a copy lacks some of them, a warning."""
    if procedure.source is None:
        return "", ""
    keys = keys_of(passage, procedure.sheet.passages)
    found = [procedure.source.get(key, "").lstrip("•–- ") for key in keys]
    if not any(found):
        return "", say("cite.lost", lang)
    words = " ".join(part or "[…]" for part in found)
    return words, "" if all(found) else say("cite.lost_part", lang)


def _reference(node: Node, lang: str) -> Cite:
    assert isinstance(node, Reference)  # the loader lets nothing else through
    doubt = say(f"grade.{node.grade.value}", lang) if node.grade in DOUBTFUL else ""
    text = _TOGETHER.sub(lambda found: found[0][:-1] + "\xa0", typeset(node.label[lang], lang))
    return Cite(text, node.grade.value, doubt, node.url)
