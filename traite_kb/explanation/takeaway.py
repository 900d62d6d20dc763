"""What goes with an assessment: the rights of the moment, other procedures, mistakes, contacts."""

from __future__ import annotations

from collections.abc import Collection

from traite_kb.citations import citations
from traite_kb.explanation.account import Line
from traite_kb.model import Contact, Door, Mistake, Node, Procedure, Right
from traite_kb.pathways import Pathway
from traite_kb.truth import Truth
from traite_kb.wording import partial_date, say, typeset


def rights(path: Pathway, lang: str) -> tuple[Line, ...]:
    """Tell the rights that a case certainly gives at this moment."""
    known = path.case.procedure.of(Right)
    held = [known[name] for name, truth in path.rights.items() if truth is Truth.YES]
    return tuple(_line(path.case.procedure, right, "yes", lang) for right in held)


def doors(path: Pathway, lang: str) -> tuple[Line, ...]:
    """Tell the other procedures that are certainly worth a look."""
    known = path.case.procedure.of(Door)
    seen = [known[name] for name, truth in path.doors.items() if truth is Truth.YES]
    return tuple(_line(path.case.procedure, door, "door", lang) for door in seen)


def mistakes(procedure: Procedure, names: Collection[str], lang: str) -> tuple[Line, ...]:
    """Tell the mistakes about any of these nodes: what is believed, and in the note what holds."""
    return tuple(
        Line(
            mistake.id,
            _said(mistake, lang),
            "mistake",
            "",
            " ".join(typeset(text[lang], lang) for text in (mistake.instead, mistake.note) if text),
            citations(procedure, mistake, lang),
        )
        for mistake in procedure.of(Mistake).values()
        if not set(mistake.about).isdisjoint(names)
    )


def whom_to_call(procedure: Procedure, lang: str) -> tuple[str, str]:
    """Say whom one can call, emergencies aside, and from when the numbers are."""
    found = [contact for contact in procedure.of(Contact).values() if not contact.urgent]
    numbers = [
        say(
            "explore.contact", lang, at=contact.at.replace(" ", "\u00a0"), what=_said(contact, lang)
        )
        for contact in found
    ]
    days = sorted(contact.told for contact in found)
    if not days:
        return say("explore.orientation_alone", lang), ""
    first, last = (partial_date(day, lang) for day in (days[0], days[-1]))
    body = say("explore.orientation_body", lang, numbers=" ".join(numbers))
    return body, say("explore.orientation_source", lang, first=first, last=last)


def _line(procedure: Procedure, node: Node, state: str, lang: str) -> Line:
    note = typeset(node.note[lang], lang) if node.note else ""
    return Line(node.id, _said(node, lang), state, "", note, citations(procedure, node, lang))


def _said(node: Node, lang: str) -> str:
    return typeset(node.label[lang], lang)
