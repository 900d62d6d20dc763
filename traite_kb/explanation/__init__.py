"""From findings to sentences: what is concluded, why, what is missing, who must or may do what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from traite_kb.case import Case
from traite_kb.citations import Cite, citations
from traite_kb.explanation.account import Explanation, Line, StageAccount
from traite_kb.explanation.takeaway import doors, mistakes, rights, whom_to_call
from traite_kb.explanation.teller import Teller, headline
from traite_kb.model import Gap, Point, Procedure
from traite_kb.pathways import pathway
from traite_kb.reasoning import Assessment, assess
from traite_kb.wording import age, long_date, say, typeset

__all__ = [
    "Cite",
    "Explanation",
    "Line",
    "StageAccount",
    "explain",
    "gaps",
    "headline",
    "notices",
    "point_line",
    "whom_to_call",
]


def explain(assessment: Assessment, lang: str = "fr") -> Explanation:
    """Tell an assessment in sentences: each line with its state and its sources.

    Parameters
    ----------
    assessment : Assessment
    lang : str
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> explain(kb.assess(case), "en")["premiere_carte"].headline
    'Outside this procedure'
    """
    procedure = assessment.case.procedure
    teller, path = Teller(assessment, lang), pathway(assessment.case)
    stages = (teller.stage(finding) for finding in assessment.stages.values())
    return Explanation(
        lang,
        typeset(procedure.label[lang], lang),
        tuple(replace(s, mistakes=mistakes(procedure, s.named, lang)) for s in stages),
        gaps(procedure, lang),
        notices(procedure, lang),
        tuple(_assumed(assessment.case, lang)),
        rights(path, lang),
        doors(path, lang),
    )


def _assumed(case: Case, lang: str) -> Iterator[str]:
    """Say what the case takes for granted: the day of the law, and the side taken on each point."""
    if case.on:
        yield say("point.law_on", lang, day=long_date(case.on, lang))
    for name, chosen in case.readings.items():
        point = case.procedure.of(Point)[name]
        reading = point.readings[chosen].label[lang]
        yield say("point.taken", lang, point=point.label[lang], reading=reading)


def point_line(procedure: Procedure, name: str, lang: str) -> Line:
    """Tell a disputed point with all its readings, none of them chosen."""
    return Teller(assess(Case(procedure)), lang).point(name)


def notices(procedure: Procedure, lang: str, today: date | None = None) -> tuple[str, ...]:
    """Give the fixed notices of every screen: what the tool is, privacy, emergency, age."""
    verified = procedure.sheet.verified
    old = age(verified, today or date.today(), lang)
    return (
        say("notice.training", lang),
        say("notice.privacy", lang),
        say("notice.danger", lang),
        say("notice.sheet", lang, date=long_date(verified, lang), age=old),
    )


def gaps(procedure: Procedure, lang: str) -> tuple[Line, ...]:
    """List what the sources, as held, do not say."""
    return tuple(
        Line(
            gap.id,
            typeset(gap.label[lang], lang),
            "gap",
            "",
            typeset(gap.note[lang], lang) if gap.note else "",
            citations(procedure, gap, lang),
        )
        for gap in procedure.of(Gap).values()
    )
