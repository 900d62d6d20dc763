"""What a picture says: its heads and notes, and the description that stands in for it."""

from __future__ import annotations

from collections.abc import Mapping

from traite_kb.model import Actor, Procedure
from traite_kb.pathways import State, StepFinding, ordered_steps
from traite_kb.wording import long_date, say, typeset

Paragraph = tuple[str, str, bool]
"""A text, the name of its size, and whether it is bold."""


def title(procedure: Procedure, lang: str) -> str:
    """Name the picture."""
    return say("drawing.title", lang, label=typeset(procedure.label[lang], lang))


def header(procedure: Procedure, lang: str) -> list[Paragraph]:
    """Say what the picture shows and on which sheet it rests."""
    from traite_kb import __version__

    sheet = procedure.sheet
    date = long_date(sheet.verified, lang)
    source = say("drawing.sheet", lang, sheet=sheet.label[lang], date=date, version=__version__)
    return [(typeset(procedure.label[lang], lang), "title", True), (source, "small", False)]


def footer(procedure: Procedure, lang: str) -> list[Paragraph]:
    """Say that this is a training tool, and where the official sheet is."""
    return [(say("notice.training", lang), "small", False), (procedure.sheet.url, "small", False)]


def legend(lang: str) -> str:
    """Explain what the words in the boxes do not: numbers and dashes."""
    return say("drawing.legend", lang)


def actor(name: Actor, lang: str) -> str:
    """Name an actor."""
    return say(f"actor.{name.value}", lang)


def state(name: State, lang: str) -> str:
    """Name a state."""
    return say(f"step.{name.value}", lang)


def description(procedure: Procedure, lang: str, findings: Mapping[str, StepFinding] | None) -> str:
    """Say the whole picture in words: every step in order, who acts, after what, and its state."""
    steps = ordered_steps(procedure)
    number = {step.id: n for n, step in enumerate(steps, 1)}
    parts = [say("drawing.steps", lang, n=len(steps))]
    for step in steps:
        notes = []
        if step.follows:
            before = ", ".join(str(number[name]) for name in step.follows)
            notes.append(say("drawing.after", lang, steps=before))
        if step.optional:
            notes.append(state(State.OPTIONAL, lang).lower())
        finding = findings.get(step.id) if findings is not None else None
        if finding is not None and not (step.optional and finding.state is State.OPTIONAL):
            notes.append(state(finding.state, lang).lower())
        if finding is not None and finding.due:
            notes.append(say("drawing.due", lang, date=long_date(finding.due, lang)))
        parts.append(
            say(
                "drawing.step" if notes else "drawing.bare_step",
                lang,
                n=number[step.id],
                actor=actor(step.actor, lang),
                label=step.label[lang],
                notes=", ".join(notes),
            )
        )
    return " ".join(parts)
