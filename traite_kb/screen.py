"""What the explorer's screen shows: an exploration as plain data, every word already chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from traite_kb.case import Case
from traite_kb.citations import DOUBTFUL, Cite, citations
from traite_kb.explanation import Line, StageAccount, explain, headline, point_line, whom_to_call
from traite_kb.exploration import EVERYTHING, Exploration, Question, constraint_label
from traite_kb.model import (
    Document,
    Fact,
    Gap,
    Help,
    Node,
    Point,
    Procedure,
    Right,
    Stage,
    Step,
    Value,
)
from traite_kb.pathways import Pathway, State, StepFinding, ordered_steps, pathway
from traite_kb.reasoning import assess
from traite_kb.truth import Truth
from traite_kb.wording import catalogue, listing, long_date, say, typeset

_Data = dict[str, Any]


def frame(procedure: Procedure, lang: str = "fr") -> _Data:
    """Give what the explorer's screen shows in every situation: it is sent once a language.

    Examples
    --------
    >>> import traite_kb as kb
    >>> frame(kb.open_procedure(), "en")["words"]["next"]
    'Continue'
    """
    told = explain(assess(Case(procedure)), lang)
    numbers, dates = whom_to_call(procedure, lang)
    lines = [line for stage in told.stages for line in (*stage.conditions, *stage.norms)]
    lines += [point_line(procedure, name, lang) for name in procedure.of(Point)]
    return {
        "lang": lang,
        "words": _words(lang) | {"orientation_body": numbers, "orientation_source": dates},
        "grades": [say("explore.seen", lang), *(say(f"grade.{g.value}", lang) for g in DOUBTFUL)],
        "title": told.title,
        "notices": list(told.notices),
        "nodes": dict(_fixed(lines)),
        "stages": {
            account.id: {
                "title": account.title,
                "cites": _cites(account.cites),
                "adverse": procedure.of(Stage)[account.id].adverse,
            }
            for account in told.stages
        },
        "asks": {fact.id: typeset(fact.ask[lang], lang) for fact in procedure.of(Fact).values()},
        "steps": {step.id: _fixed_step(step, procedure, lang) for step in ordered_steps(procedure)},
        "gaps": [_told(gap, procedure, lang) for gap in procedure.of(Gap).values()],
        "helps": [_told(help_, procedure, lang) for help_ in procedure.of(Help).values()],
        "rights": {
            right.id: _told(right, procedure, lang) for right in procedure.of(Right).values()
        },
    }


def _fixed(lines: Iterable[Line]) -> Iterator[tuple[str, _Data]]:
    for line in lines:
        yield line.id, {"text": line.text, "note": line.note, "cites": _cites(line.cites)}
        yield from _fixed(line.parts)


def _told(node: Node, procedure: Procedure, lang: str) -> _Data:
    return {
        "text": typeset(node.label[lang], lang),
        "note": typeset(node.note[lang], lang) if node.note else "",
        "cites": _cites(citations(procedure, node, lang)),
    }


def screen(exploration: Exploration, lang: str = "fr") -> _Data:
    """Give what the explorer's screen shows in one situation: it is sent after every move.

    Examples
    --------
    >>> import traite_kb as kb
    >>> from traite_kb.exploration import begin
    >>> screen(begin(kb.open_procedure()), "en")["question"]["legend"]
    'What is the person’s nationality?'
    """
    told = explain(exploration.assessment, lang)
    path = pathway(exploration.case)
    return {
        "focus": _focus(exploration, lang),
        "question": _question(exploration.question, exploration.procedure, lang),
        "answers": [_answer(exploration, name, lang) for name in exploration.asked],
        "can_go_back": exploration.can_go_back,
        "results": [_stage(account, exploration.focus) for account in told.stages],
        "path": [_found(found, path, lang) for found in path.steps.values()],
        "rights_now": [
            {"id": name, "state": truth.value, "word": say(f"explore.right_{truth.value}", lang)}
            for name, truth in path.rights.items()
            if truth is not Truth.NO or exploration.procedure.of(Right)[name].holds_when
        ],
        "code": exploration.case.as_code(),
    }


def _words(lang: str) -> dict[str, str]:
    """The fixed words of the screen, by the last part of their key."""
    parts = ("explore.", "answer.", "heading.")
    return {
        key.split(".", 1)[1]: typeset(text, lang)
        for key, text in catalogue(lang).items()
        if key.startswith(parts) and "{" not in text
    }


def _focus(exploration: Exploration, lang: str) -> _Data:
    stages = exploration.procedure.of(Stage).values()
    options = [[EVERYTHING, say("explore.everything", lang)]]
    options += [[stage.id, typeset(stage.label[lang], lang)] for stage in stages]
    return {"value": exploration.focus, "options": options}


def _question(question: Question | None, procedure: Procedure, lang: str) -> _Data | None:
    if question is None:
        return None
    fact = question.fact
    chosen = next(
        (i for i, option in enumerate(question.options) if option.value == question.chosen), None
    )
    return {
        "id": fact.id,
        "legend": typeset(fact.ask[lang], lang),
        "why": typeset(fact.why[lang], lang),
        "note": typeset(fact.note[lang], lang) if fact.note else "",
        "number": say("explore.number", lang, n=question.number, most=question.most),
        "options": [
            {
                "label": answer_label(fact, option.value, lang),
                "clash": say(
                    "explore.clash",
                    lang,
                    constraint=constraint_label(procedure, option.clash, lang),
                )
                if option.clash
                else "",
            }
            for option in question.options
        ],
        "chosen": -1 if question.skipped else chosen,
        "cites": _cites(citations(procedure, fact, lang)),
    }


def answer_label(fact: Fact, value: Value | None, lang: str) -> str:
    """Say an answer to a fact: yes, no, the words of a value, or « I do not know »."""
    if value is None:
        return say("answer.unknown", lang)
    if isinstance(value, bool):
        return say("answer.yes" if value else "answer.no", lang)
    return typeset(fact.values[value][lang], lang)


def _answer(exploration: Exploration, name: str, lang: str) -> _Data:
    fact = exploration.procedure.of(Fact)[name]
    label = typeset(fact.label[lang], lang)
    return {
        "id": name,
        "label": label,
        "answer": answer_label(fact, exploration.case.facts.get(name), lang),
        "modify": say("explore.modify_what", lang, what=label),
    }


def _stage(account: StageAccount, focus: str) -> _Data:
    return {
        "id": account.id,
        "focused": account.id == focus,
        "conclusion": account.conclusion,
        "headline": account.headline,
        "sentences": list(account.sentences),
        "refusal": account.refusal,
        "refusal_sentence": account.refusal_sentence,
        "conditions": [_line(line) for line in account.conditions],
        "norms": [_line(line) for line in account.norms],
        "points": [_line(line) for line in account.points],
        "missing": [name for name, _ in account.missing],
        "refusal_missing": [name for name, _ in account.refusal_missing],
    }


def _line(line: Line) -> _Data:
    said: _Data = {"id": line.id, "state": line.state, "word": line.word}
    if line.parts:
        said["parts"] = [_line(part) for part in line.parts]
    return said


def _cites(cites: Iterable[Cite]) -> list[_Data]:
    return [{"text": cite.text, "doubt": cite.doubt, "url": cite.url} for cite in cites]


def _fixed_step(step: Step, procedure: Procedure, lang: str) -> _Data:
    return {
        **_told(step, procedure, lang),
        "actor": say(f"actor.{step.actor.value}", lang),
        "provide": [paper(procedure, name, lang) for name in step.documents],
        "receive": [paper(procedure, name, lang) for name in step.gives],
    }


def _found(found: StepFinding, path: Pathway, lang: str) -> _Data:
    procedure = path.case.procedure
    key = "explore.after" if found.state is State.WAITING else "explore.because"
    because = listing([typeset(procedure.label_of(n, lang), lang) for n in found.because], lang)
    return {
        "id": found.step,
        "state": found.state.value,
        "word": say(f"step.{found.state.value}", lang),
        "because": say(key, lang, what=because) if because else "",
        "deadline": deadline(procedure.of(Step)[found.step], found.due, procedure, lang),
    }


def paper(procedure: Procedure, name: str, lang: str) -> str:
    """Say a document or right, with the alternatives of which one is enough."""
    node = procedure.nodes[name]
    label = typeset(node.label[lang], lang)
    if not isinstance(node, Document):
        return label
    if node.one_of:
        choices = [typeset(procedure.label_of(other, lang), lang) for other in node.one_of]
        label = say("explore.one_of", lang, paper=label, choices=listing(choices, lang, "or"))
    if node.needed_when:
        label = say("explore.needed_when", lang, paper=label, when=node.needed_when[lang])
    return label


def deadline(step: Step, due: date | None, procedure: Procedure, lang: str) -> str:
    """Say the deadline of a step: a date only when the day on which it starts is known."""
    if step.deadline is None:
        return ""
    unit = step.deadline.unit
    if step.deadline.count == 1 and unit == "years":
        unit = "year"
    length = say(f"deadline.{unit}", lang, n=step.deadline.count)
    start = procedure.nodes[step.deadline.start]
    if isinstance(start, Gap):
        return say("deadline.gap", lang, length=length)
    label = typeset(start.label[lang], lang)
    if due is None:
        return say("deadline.symbolic", lang, length=length, start=label)
    return say("deadline.known", lang, date=long_date(due, lang), length=length, start=label)


def announcement(before: Exploration, after: Exploration, lang: str) -> str:
    """Say in one short sentence what a move changed, for those who do not see the screen."""
    changed = [
        name
        for name, finding in after.assessment.stages.items()
        if finding.conclusion != before.assessment[name].conclusion
    ]
    name = after.focus if after.focus != EVERYTHING else (changed or [""])[0]
    if not name:
        return ""
    stage = after.procedure.of(Stage)[name]
    said = headline(stage, after.assessment[name].conclusion, lang)
    if after.assessment[name].refusal is Truth.YES:
        said = f"{said}, {say('explore.refusal_too', lang)}"
    return say("explore.updated", lang, stage=stage.label[lang], headline=said)
