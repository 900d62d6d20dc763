"""What the explorer's screen shows: an exploration as plain data, every word already chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from traite_kb.citations import Cite, citations
from traite_kb.explanation import Line, StageAccount, explain
from traite_kb.exploration import EVERYTHING, Exploration, Question, constraint_label
from traite_kb.model import Document, Fact, Gap, Help, Procedure, Stage, Step, Value
from traite_kb.pathways import Pathway, StepFinding, ordered_steps, pathway
from traite_kb.wording import catalogue, listing, long_date, say, typeset

_Data = dict[str, Any]


def screen(exploration: Exploration, lang: str = "fr") -> _Data:
    """Give everything that the explorer's screen shows, as plain data.

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
        "lang": lang,
        "words": _words(lang),
        "title": told.title,
        "notices": list(told.notices),
        "focus": _focus(exploration, lang),
        "question": _question(exploration.question, exploration.procedure, lang),
        "answers": [_answer(exploration, name, lang) for name in exploration.asked],
        "can_go_back": exploration.can_go_back,
        "stages": [_stage(account, exploration.focus) for account in told.stages],
        "gaps": [_line(line) for line in told.gaps],
        "helps": _helps(exploration.procedure, lang),
        "steps": steps(path, lang),
        "rights": _rights(path, lang),
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
        "cites": [_cite(cite) for cite in citations(procedure, fact, lang)],
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
        "title": account.title,
        "focused": account.id == focus,
        "conclusion": account.conclusion,
        "headline": account.headline,
        "sentences": list(account.sentences),
        "refusal": account.refusal,
        "refusal_sentence": account.refusal_sentence,
        "conditions": [_line(line) for line in account.conditions],
        "norms": [_line(line) for line in account.norms],
        "points": [_line(line) for line in account.points],
        "missing": [list(pair) for pair in account.missing],
        "refusal_missing": [list(pair) for pair in account.refusal_missing],
        "cites": [_cite(cite) for cite in account.cites],
    }


def _line(line: Line) -> _Data:
    return {
        "id": line.id,
        "text": line.text,
        "state": line.state,
        "word": line.word,
        "note": line.note,
        "cites": [_cite(cite) for cite in line.cites],
        "parts": [_line(part) for part in line.parts],
    }


def _cite(cite: Cite) -> _Data:
    return {"text": cite.text, "doubt": cite.doubt, "url": cite.url}


def _helps(procedure: Procedure, lang: str) -> list[_Data]:
    return [
        {
            "text": typeset(node.label[lang], lang),
            "note": typeset(node.note[lang], lang) if node.note else "",
            "cites": [_cite(cite) for cite in citations(procedure, node, lang)],
        }
        for node in procedure.of(Help).values()
    ]


def steps(path: Pathway, lang: str) -> list[_Data]:
    """Give the steps in order, each with its actor, state, cause, deadline, papers and sources."""
    procedure = path.case.procedure
    return [
        _step(step, number, path[step.id], procedure, lang)
        for number, step in enumerate(ordered_steps(procedure), start=1)
    ]


def _step(step: Step, number: int, found: StepFinding, procedure: Procedure, lang: str) -> _Data:
    waits = found.state.value == "waiting"
    because = listing([typeset(procedure.label_of(n, lang), lang) for n in found.because], lang)
    return {
        "id": step.id,
        "number": number,
        "actor": say(f"actor.{step.actor.value}", lang),
        "label": typeset(step.label[lang], lang),
        "state": found.state.value,
        "word": say(f"step.{found.state.value}", lang),
        "because": say("explore.after" if waits else "explore.because", lang, what=because)
        if because
        else "",
        "deadline": deadline(step, found.due, procedure, lang),
        "provide": [paper(procedure, name, lang) for name in step.documents],
        "receive": [paper(procedure, name, lang) for name in step.gives],
        "note": typeset(step.note[lang], lang) if step.note else "",
        "cites": [_cite(cite) for cite in citations(procedure, step, lang)],
    }


def paper(procedure: Procedure, name: str, lang: str) -> str:
    """Say a document or right, with the alternatives of which one is enough."""
    node = procedure.nodes[name]
    label = typeset(node.label[lang], lang)
    if isinstance(node, Document) and node.one_of:
        choices = [typeset(procedure.label_of(other, lang), lang) for other in node.one_of]
        return f"{label} ({say('heading.one_of', lang)} : {listing(choices, lang, 'or')})"
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


def _rights(path: Pathway, lang: str) -> list[_Data]:
    procedure = path.case.procedure
    return [
        {
            "text": typeset(procedure.label_of(name, lang), lang),
            "state": truth.value,
            "word": say(f"explore.right_{truth.value}", lang),
            "cites": [_cite(cite) for cite in citations(procedure, procedure.nodes[name], lang)],
        }
        for name, truth in path.rights.items()
    ]


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
    account = explain(after.assessment, lang)[name]
    return say("explore.updated", lang, stage=account.title, headline=account.headline)
