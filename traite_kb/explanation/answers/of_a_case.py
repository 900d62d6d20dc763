"""Answers about one case: why, what would change it, what to ask, under which readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.explanation.answers.wordbook import Words
from traite_kb.model import Fact
from traite_kb.questions import Changes, NextQuestion, Reasons, Robustness
from traite_kb.questions.changes import Change
from traite_kb.questions.next_question import Branch
from traite_kb.space import OPEN
from traite_kb.wording import listing, typeset

SHOWN = 12
"""The number of changes that are told; all of them are in the answer itself."""


def tell_reasons(found: Reasons, lang: str) -> Telling:
    """Tell why a case has its outcome."""
    words = Words(found.case.procedure, lang)
    about = words.about(found.matter)
    title = words.say("why.title", about=about)
    if not found.outcome:
        return Telling(lang, title, tuple(_unsettled(found, words)), _questions(found, words))
    sentences = [words.say("why.settled", outcome=words.outcome(found.matter, found.outcome))]
    answers = found.case.answers
    reasons = [{n: answers[n] for n in answers if n in part} for part in found.reasons]
    if reasons == [{}]:
        return Telling(lang, title, (*sentences, words.say("why.nothing")))
    key = "why.one" if len(reasons) == 1 else "why.many"
    sentences.append(words.say(key, n=words.number(len(reasons))))
    notes = []
    if found.always and len(reasons) > 1:
        needed = {n: answers[n] for n in answers if n in found.always}
        notes.append(words.say("why.always", answers=words.answers(needed)))
    if found.idle:
        idle = words.answers({n: answers[n] for n in found.idle})
        notes.append(words.say("why.idle", answers=idle))
    entries = tuple(words.several(reason) for reason in reasons)
    return Telling(lang, title, tuple(sentences), entries, (*notes, *words.assumed(found.case)))


def _unsettled(found: Reasons, words: Words) -> Iterator[str]:
    yield words.say("why.open", outcomes=words.outcomes(found.matter, found.possible))
    if found.depends_on:
        key = "sentence.point" if len(found.depends_on) == 1 else "sentence.points"
        yield words.say(key, points=words.points(found.depends_on))
    if found.missing:
        yield words.say("why.missing")


def _questions(found: Reasons, words: Words) -> tuple[Entry, ...]:
    facts = found.case.procedure.of(Fact)
    return tuple(Entry(typeset(facts[name].ask[words.lang], words.lang)) for name in found.missing)


def tell_changes(found: Changes, lang: str, most: int = SHOWN) -> Telling:
    """Tell what would take a case to the wanted outcome, and who can act."""
    words = Words(found.case.procedure, lang)
    outcome = words.outcome(found.matter, found.wanted)
    title = words.say("change.title", about=words.about(found.matter), outcome=outcome)
    assumed = words.assumed(found.case)
    if found.already:
        return Telling(lang, title, (words.say("change.already"),), (), assumed)
    if not found.changes:
        key = "change.none" if found.with_readings else "change.none_yet"
        return Telling(lang, title, (words.say(key),), (), assumed)
    many = len(found.changes)
    shown = list(found.changes[:most])
    entries = []
    for actors, group in found.by_actors().items():
        told = [change for change in group if change in shown]
        for readings in (True, False):
            alike = [change for change in told if bool(change.answers) is not readings]
            if alike:
                heading = words.say("change.read") if readings else _who(actors, words)
                entries.append(
                    Entry(heading, tuple(_change(change, found, words) for change in alike))
                )
    sentences = [words.say("change.one" if many == 1 else "change.many", n=words.number(many))]
    if many > most:
        sentences.append(words.say("change.first", n=words.number(most)))
    notes = (*assumed, words.say("change.honest"))
    return Telling(lang, title, tuple(sentences), tuple(entries), notes)


def _who(actors: tuple[object, ...] | None, words: Words) -> str:
    if actors is None:
        return words.say("change.nobody")
    if not actors:
        return words.say("change.learn")
    names = [words.say(f"bearer.{actor}") for actor in actors]
    return words.say("change.actors", actors=listing(names, words.lang))


def _change(change: Change, found: Changes, words: Words) -> Entry:
    changed = [
        words.say(
            "change.line",
            what=words.label(name),
            before=words.value(name, found.case.facts[name]),
            after=words.values(name, values),
        )
        for name, values in change.answers.items()
        if name not in change.learned
    ]
    learned = {name: values for name, values in change.answers.items() if name in change.learned}
    taken = [
        words.say("change.reading", point=words.label(name), reading=words.values(name, readings))
        for name, readings in change.readings.items()
    ]
    lines = [words.say("answer.and").join(changed)] if changed else []
    if learned:
        found_out = words.row(learned)
        lines.append(words.say("change.learned", answers=found_out) if changed else found_out)
    lines += taken
    return Entry(lines[0], tuple(Entry(line) for line in lines[1:]))


def tell_question(found: NextQuestion, lang: str) -> Telling:
    """Tell what to ask next, why, and how many questions there can be."""
    words = Words(found.case.procedure, lang)
    title = words.say("ask.title", about=words.about(found.matter))
    if not found.fact:
        return Telling(lang, title, (words.say("ask.nothing"),), (), words.assumed(found.case))
    fact = found.case.procedure.of(Fact)[found.fact]
    question = f"{typeset(fact.ask[lang], lang)} {typeset(fact.why[lang], lang)}"
    key = "ask.most_one" if found.most == 1 else "ask.most"
    length = [
        words.say(key, n=found.most),
        words.say("ask.proven") if found.is_proven else words.say("ask.between", n=found.least),
    ]
    if found.most > 1:
        key = "ask.expected" if found.is_shortest else "ask.expected_about"
        length.append(words.say(key, n=words.number(found.expected, 1), most=found.most))
    sentences = [question, " ".join(length)]
    entries = tuple(Entry(_branch(branch, found, words)) for branch in found.branches)
    return Telling(lang, title, tuple(sentences), entries, words.assumed(found.case))


def _branch(branch: Branch, found: NextQuestion, words: Words) -> str:
    value = words.value(found.fact, branch.value)
    outcomes = words.outcomes(found.matter, branch.possible)
    if not branch.most:
        key = "ask.ends" if len(branch.possible) == 1 else "ask.ends_open"
        return words.say(key, value=value, outcomes=outcomes)
    key = "ask.leaves_one" if branch.most == 1 else "ask.leaves"
    return words.say(key, value=value, outcomes=outcomes, n=branch.most)


def tell_robustness(found: Robustness, lang: str) -> Telling:
    """Tell whether a result holds whatever the reading, and what each reading makes of it."""
    words = Words(found.case.procedure, lang)
    title = words.say("robust.title", about=words.about(found.matter))
    if found.robust:
        outcome = found.by_reading[0].outcome
        key = "robust.open" if outcome == OPEN else "robust.yes"
        shown = "" if outcome == OPEN else words.outcome(found.matter, outcome)
        sentences = (words.say(key, outcome=shown),)
        entries: tuple[Entry, ...] = ()
    else:
        key = "robust.no_one" if len(found.depends_on) == 1 else "robust.no"
        sentences = (words.say(key, points=words.points(found.depends_on)),)
        entries = tuple(
            Entry(
                words.say(
                    "robust.row",
                    readings=_readings(row.readings, found, words),
                    outcome=words.say("conclusion.a_verifier")
                    if row.outcome == OPEN
                    else words.outcome(found.matter, row.outcome),
                )
            )
            for row in found.by_reading
        )
    weights = tuple(
        Entry(
            words.say(
                "robust.weight",
                point=words.label(name),
                n=words.number(many),
                total=words.situations(found.total),
            )
        )
        for name, many in sorted(found.weights.items(), key=lambda item: -item[1])
        if many and found.total > 1
    )
    if weights:
        entries = (*entries, Entry(words.say("robust.weights"), weights))
    return Telling(lang, title, sentences, entries, words.assumed(found.case))


def _readings(readings: Mapping[str, tuple[str, ...]], found: Robustness, words: Words) -> str:
    """Say under which readings; the point itself is left out when it is the only one."""
    if len(found.depends_on) == 1:
        (name,) = readings
        return words.values(name, readings[name])
    return words.row(readings)
