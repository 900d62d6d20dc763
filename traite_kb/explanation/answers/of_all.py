"""Answers about every situation: how many, in which regions, as twins, and what a change moves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.explanation.answers.wordbook import Words
from traite_kb.model import Norm
from traite_kb.questions import Counts, Difference, Listing, Regions, Twins
from traite_kb.questions.decision_table import Region
from traite_kb.questions.difference import Move, Shift
from traite_kb.questions.pairs import Twin
from traite_kb.wording import listing, long_date, typeset

SHOWN = 20
"""The number of situations that are told one by one; all of them are in the answer itself."""


def tell_counts(found: Counts, lang: str) -> Telling:
    """Tell how many situations have each outcome."""
    words = Words(found.case.procedure, lang)
    title = words.say("count.title", about=words.about(found.matter))
    many = len(found.facts)
    key = "count.total_one" if many == 1 else "count.total"
    sentence = words.say(key, situations=words.situations(found.total), n=many)
    entries = tuple(
        Entry(
            words.say(
                "count.line",
                outcome=words.outcome(found.matter, outcome),
                situations=words.situations(number),
                share=_share(number, found.total, words),
            )
        )
        for outcome, number in found.outcomes.items()
    )
    return Telling(lang, title, (sentence,), entries, words.among(found.case))


def _share(part: int, total: int, words: Words) -> str:
    share = 100 * part / total
    if 0 < share < 0.1:
        return words.say("count.rare")
    return words.say("count.share", n=words.number(share, 1))


def as_csv(found: Listing, lang: str = "fr") -> str:
    """Write each situation as a line of a spreadsheet, in words.

    Examples
    --------
    >>> import traite_kb as kb
    >>> print(as_csv(kb.listing(kb.Case(kb.open_procedure()), "etranger"), "en").splitlines()[-1])
    French,Not met
    """
    words = Words(found.case.procedure, lang)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(words.label(name) for name in found.facts), words.say("listing.outcome")])
    for values, outcome in found.rows:
        told = [words.value(name, v) for name, v in zip(found.facts, values, strict=True)]
        writer.writerow([*told, words.outcome(found.matter, outcome)])
    return text.getvalue()


def tell_listing(found: Listing, lang: str) -> Telling:
    """Tell the first situations of a list, one by one."""
    words = Words(found.case.procedure, lang)
    title = words.say("listing.title", about=words.about(found.matter))
    many = len(found.rows)
    key = "listing.first" if many > SHOWN else "listing.all"
    sentence = words.say(key, situations=words.situations(many), n=SHOWN)
    entries = []
    for values, outcome in found.rows[:SHOWN]:
        given = dict(zip(found.facts, values, strict=True))
        row = words.unknown(found.case, given)
        told = words.say("robust.row", readings=row, outcome=words.outcome(found.matter, outcome))
        entries.append(Entry(told))
    return Telling(lang, title, (sentence,), tuple(entries), words.among(found.case))


def tell_regions(found: Regions, lang: str) -> Telling:
    """Tell the decision table of a matter."""
    words = Words(found.case.procedure, lang)
    title = words.say("regions.title", about=words.about(found.matter))
    sentence = words.say(
        "regions.total", n=words.number(len(found.rows)), situations=words.situations(found.total)
    )
    points = list(dict.fromkeys(name for row in found.rows for name in row.depends_on))
    outcomes = dict.fromkeys(row.outcome for row in found.rows)
    entries = tuple(
        Entry(
            words.say("regions.outcome", outcome=words.outcome(found.matter, outcome)),
            tuple(Entry(_row(row, points, words)) for row in found.of(outcome)),
        )
        for outcome in outcomes
    )
    legend = [
        words.say("regions.point", n=place, point=words.label(name))
        for place, name in enumerate(points, 1)
    ]
    notes = (*legend, *words.among(found.case))
    return Telling(lang, title, (sentence,), entries, notes)


def _row(row: Region, points: list[str], words: Words) -> str:
    line = words.say(
        "regions.row", when=words.row(row.when), situations=words.situations(row.situations)
    )
    if not row.depends_on:
        return line
    places = ", ".join(str(points.index(name) + 1) for name in row.depends_on)
    key = "regions.disputed_one" if len(row.depends_on) == 1 else "regions.disputed"
    return words.say(key, row=line, places=places)


def tell_twins(found: Twins, lang: str) -> Telling:
    """Tell pairs of situations that differ in one fact and in what follows."""
    words = Words(found.case.procedure, lang)
    title = words.say("twins.title", about=words.about(found.matter))
    if not found.pairs:
        return Telling(lang, title, (words.say("twins.none"),), (), words.among(found.case))
    starts = found.situations
    key = "twins.total_one" if len(starts) == 1 else "twins.total"
    sentence = words.say(key, n=len(found.pairs), starts=len(starts))
    entries = []
    for place, start in enumerate(starts, 1):
        pairs = [pair for pair in found.pairs if pair.situation == start]
        outcome = words.outcome(found.matter, pairs[0].outcome)
        shown = words.say("twins.start", n=place, outcome=outcome)
        answers = words.several(words.new(found.case, start), words.say("answer.these"))
        told = tuple(Entry(_twin(pair, found, words)) for pair in pairs)
        entries.append(Entry(shown, (answers, Entry(words.say("twins.pairs"), told))))
    notes = []
    if found.never:
        names = listing([words.label(name) for name in found.never], lang)
        notes.append(words.say("twins.never", facts=names))
    return Telling(lang, title, (sentence,), tuple(entries), (*notes, *words.among(found.case)))


def _twin(pair: Twin, found: Twins, words: Words) -> str:
    return words.say(
        "twins.pair",
        what=words.label(pair.fact),
        before=words.value(pair.fact, pair.situation[pair.fact]),
        after=words.value(pair.fact, pair.value),
        outcome=words.outcome(found.matter, pair.other_outcome),
    )


def tell_difference(found: Difference, lang: str) -> Telling:
    """Tell which situations a change of the law, or of its reading, moves."""
    words = Words(found.after.procedure, lang)
    before = Words(found.before.procedure, lang)
    name = words.label(found.about) if found.about else found.after.procedure.label[lang]
    title = words.say("diff.title", about=typeset(name, lang))
    entries = [_shift(shift, found, words) for shift in found.shifts]
    entries += [
        Entry(
            words.say(
                "diff.modality",
                norm=words.label(name),
                before=words.say(f"diff.{old}"),
                after=words.say(f"diff.{new}"),
            )
        )
        for name, (old, new) in found.modalities.items()
    ]
    entries += [Entry(before.say("diff.removed", what=before.label(n))) for n in found.only_before]
    entries += [Entry(words.say("diff.added", what=words.label(n))) for n in found.only_after]
    sentences = () if entries else (words.say("diff.nothing"),)
    return Telling(lang, title, sentences, tuple(entries), tuple(_sides(found, words)))


def _sides(found: Difference, words: Words) -> Iterator[str]:
    days = found.before.procedure.on, found.after.procedure.on
    if days[0] != days[1]:
        told = [long_date(day, words.lang) for day in days]
        yield words.say("diff.days", before=told[0], after=told[1])
    for key, case in (("diff.before", found.before), ("diff.after", found.after)):
        own = Words(case.procedure, words.lang)
        if case.readings:
            yield words.say(key, readings=own.answers(case.readings))
    if found.after.facts:
        yield words.say("answer.among", answers=words.answers(found.after.facts))


def _shift(shift: Shift, found: Difference, words: Words) -> Entry:
    """Tell a shift; that of a norm in one line when a stage moves too."""
    norms = words.procedure.of(Norm)
    brief = shift.name in norms and any(other.name not in norms for other in found.shifts)
    moves = () if brief else tuple(_moves(shift, found, words))
    return Entry(_shift_title(shift, words), moves)


def _shift_title(shift: Shift, words: Words) -> str:
    label = words.label(shift.name)
    about = words.say("answer.refusal_of", stage=label) if shift.refusal else label
    return words.say(
        "diff.shift",
        about=about,
        n=words.number(shift.moved),
        total=words.situations(shift.total),
    )


def _moves(shift: Shift, found: Difference, words: Words) -> Iterator[Entry]:
    for move in shift.moves:
        yield _move(shift, move, found, words)
    if shift.vanished:
        yield Entry(words.say("diff.vanished", situations=words.situations(shift.vanished)))
    if shift.appeared:
        yield Entry(words.say("diff.appeared", situations=words.situations(shift.appeared)))


def _move(shift: Shift, move: Move, found: Difference, words: Words) -> Entry:
    text = words.say(
        "diff.move",
        before=words.outcome_of(shift.name, shift.refusal, move.before),
        after=words.outcome_of(shift.name, shift.refusal, move.after),
        situations=words.situations(move.situations),
    )
    lines = [Entry(words.row(box)) for box in move.when]
    if move.situations > 1:
        example = words.new(found.after, move.example)
        lines.append(words.several(example, words.say("diff.example")))
    return Entry(text, tuple(lines))
