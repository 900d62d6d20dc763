"""Real decisions told in one language: a list, one in full, or a table in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from traite_kb.checks.decisions import case_of, missed
from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.explanation.answers.wordbook import Words
from traite_kb.explanation.teller import headline
from traite_kb.model import Decision, Procedure, Stage, Text, Use, Value
from traite_kb.reasoning import Assessment, assess
from traite_kb.wording import say, typeset


def tell_decisions(procedure: Procedure, found: Mapping[str, Decision], lang: str) -> Telling:
    """Tell every decision on a line, with what it is used for.

    Parameters
    ----------
    procedure : Procedure
    found : mapping of str to Decision
    lang : str
        ``"fr"`` or ``"en"``.
    """
    words = Words(procedure, lang)
    used = [decision.test for decision in found.values()]
    many = {use.value: words.number(used.count(use)) for use in Use}
    entries = (
        Entry(
            words.say(
                "decision.line",
                label=typeset(decision.label[lang], lang),
                use=words.say(f"decision.use_{decision.test.value}"),
                id=decision.id,
            ),
            (Entry(typeset(decision.principle[lang], lang)),),
        )
        for decision in found.values()
    )
    title = words.say("decision.title", n=words.number(len(used)), **many)
    return Telling(lang, title, entries=tuple(entries), notes=(words.say("decision.caution"),))


def tell_decision(procedure: Procedure, decision: Decision, lang: str) -> Telling:
    """Tell one decision: what was asked and held, its situation, and what the rules make of it."""
    words, view = Words(procedure, lang), assess(case_of(procedure, decision))
    return Telling(
        lang,
        typeset(decision.label[lang], lang),
        tuple(_sentences(words, decision)),
        (*_situation(words, decision), *_outcome(words, decision, view)),
        (*decision.urls, words.say("decision.caution")),
    )


def _sentences(words: Words, decision: Decision) -> Iterator[str]:
    if decision.adjacent:
        yield words.say("decision.adjacent")
    told: tuple[tuple[str, Text | None], ...] = (
        ("asked", decision.asked),
        ("decided", decision.decided),
        ("history", decision.history),
        ("principle", decision.principle),
    )
    for key, text in told:
        if text:
            yield words.say(f"decision.{key}", text=_ended(text[words.lang]))
    law = words.say(f"decision.law_{decision.law.value}")
    yield words.say("decision.texts", text=decision.texts[words.lang], law=law)
    grade = words.say(f"grade.{decision.grade.value}")
    yield words.say(
        "decision.worth", grade=grade, seen=words.say(f"decision.seen_{decision.seen.value}")
    )


def _situation(words: Words, decision: Decision) -> Iterator[Entry]:
    if decision.facts:
        yield _answers(words, "decision.facts", decision.facts)
    if decision.supposed:
        yield _answers(words, "decision.supposed", decision.supposed)
    for point, chosen in decision.readings.items():
        reading = words.value(point, chosen)
        yield Entry(words.say("point.taken", point=words.label(point), reading=reading))
    if decision.beyond:
        text = decision.beyond[words.lang]
        yield Entry(words.say("decision.beyond", text=text))
    for point in decision.points:
        why = decision.unraised.get(point)
        parts = (Entry(typeset(why[words.lang], words.lang)),) if why else ()
        yield Entry(words.say("decision.point", point=words.label(point)), parts)
    if decision.note:
        yield Entry(typeset(decision.note[words.lang], words.lang))


def _answers(words: Words, key: str, given: Mapping[str, Value]) -> Entry:
    return Entry(words.say(key), tuple(Entry(words.answer(n, v)) for n, v in given.items()))


def _ended(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _outcome(words: Words, decision: Decision, view: Assessment) -> Iterator[Entry]:
    stages = view.case.procedure.of(Stage)
    lines = []
    for name, finding in view.stages.items():
        text = headline(stages[name], finding.conclusion, words.lang)
        if points := dict.fromkeys((*finding.depends_on, *finding.refusal_depends_on)):
            text = words.say("decision.hangs", text=text, points=words.points(points))
        lines.append(Entry(words.say("answer.given", what=words.label(name), value=text)))
    yield Entry(words.say("decision.gives"), tuple(lines))
    if decision.test is Use.NO:
        yield Entry(words.say("decision.untested"))
    elif wrong := dict.fromkeys(stage for stage, _ in missed(decision, view)):
        stages_named = ", ".join(words.label(stage) for stage in wrong)
        yield Entry(words.say("decision.differs", stages=stages_named))
    else:
        yield Entry(words.say(f"decision.holds_{decision.test.value}"))


def table(found: Mapping[str, Decision], lang: str) -> str:
    """Write the decisions as a table in Markdown, one a line.

    Parameters
    ----------
    found : mapping of str to Decision
    lang : str
        ``"fr"`` or ``"en"``.
    """
    head = say("decision.columns", lang).split(" | ")
    rows = [tuple(head), tuple("---" for _ in head)]
    for decision in found.values():
        number = decision.number or "–"
        principle = decision.principle[lang].replace("|", "/")
        points = ", ".join(f"`{point}`" for point in decision.points) or "–"
        court, when = decision.court[lang], decision.day(lang)
        named = f"`{decision.id}`"
        rows.append((number, court, when, principle, points, decision.test.value, named))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
