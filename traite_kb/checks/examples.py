"""Examples: what each must give, against what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from traite_kb.case import Case
from traite_kb.model import (
    Deadline,
    Document,
    Example,
    Expectation,
    Modality,
    Norm,
    Procedure,
    Step,
    StepExpectation,
    Value,
)
from traite_kb.pathways import Pathway, pathway
from traite_kb.problems import CaseError, KnowledgeError, Problem, problem
from traite_kb.reasoning import Assessment, assess, situations_of
from traite_kb.truth import Truth

_Difference = tuple[str, str, str]
_Lists = list[tuple[str, frozenset[str] | None, tuple[str, ...]]]


def broken_examples(procedure: Procedure) -> Iterator[Problem]:
    """List the examples that do not hold, or contradict themselves."""
    for example in procedure.of(Example).values():
        yield from broken(procedure, example)


def broken(procedure: Procedure, example: Example) -> Iterator[Problem]:
    """List what an example does not give, or that it contradicts itself."""
    try:
        case = Case.known(
            procedure,
            facts=example.facts,
            readings=example.readings,
            events=example.events,
            on=example.on,
        )
        for place, (what, wanted, got) in _missed(example, case):
            yield problem(
                "E401", example.origin, example.id, stage=place, what=what, wanted=wanted, got=got
            )
    except CaseError as error:
        names = ", ".join(p.node for p in error.problems)
        yield problem("E402", example.origin, example.id, constraint=names)
    except KnowledgeError as error:
        # The law of its day does not load: told here, with the day, and not thrown.
        yield from (replace(found, day=example.on) for found in error.problems)


def _missed(example: Example, case: Case) -> Iterator[tuple[str, _Difference]]:
    situations = situations_of(case)
    for fact, values in example.excludes.items():
        for value in values:
            if situations.space.contradictions({**case.answers, fact: value}) == []:
                yield fact, ("excludes", _shown(value), "[]")
    if example.steps or example.rights or example.doors:
        way = pathway(case)
        for at_step in example.steps:
            yield from ((at_step.step, found) for found in _step_differences(at_step, way))
        told = (("rights", example.rights, way.rights), ("doors", example.doors, way.doors))
        for what, expected, got in told:
            for name, wanted in expected.items():
                if (truth := _truth(wanted)) != got[name].value:
                    yield name, (what, truth, got[name].value)
    if example.expect:
        view = assess(case)
        for at_stage in example.expect:
            yield from ((at_stage.stage, found) for found in differences(at_stage, view))


def differences(wanted: Expectation, view: Assessment) -> Iterator[_Difference]:
    """List what an example expected at one stage and did not get: what, expected, got."""
    found = view[wanted.stage]
    if wanted.conclusion is not None and wanted.conclusion != found.conclusion:
        yield "conclusion", wanted.conclusion, found.conclusion
    if wanted.refusal_possible is not None:
        expected = _truth(wanted.refusal_possible)
        if expected != found.refusal.value:
            yield "refusal_possible", expected, found.refusal.value
    norms = view.case.procedure.of(Norm)
    apply = [norms[name] for name, applies in found.norms.items() if applies is Truth.YES]
    lists: _Lists = [
        ("missing", wanted.missing, found.missing),
        ("depends_on", wanted.depends_on, found.depends_on),
    ]
    for modality in Modality:
        of_it = tuple(norm.id for norm in apply if norm.modality is modality)
        lists.append((modality.value, getattr(wanted, modality.value), of_it))
    for actor, borne in wanted.borne_by.items():
        lists.append((actor.value, borne, tuple(n.id for n in apply if n.bearer is actor)))
    yield from _list_differences(lists)


def _step_differences(wanted: StepExpectation, way: Pathway) -> Iterator[_Difference]:
    found, procedure = way[wanted.step], way.case.procedure
    step, papers = procedure.of(Step)[wanted.step], procedure.of(Document)
    if wanted.state is not None and wanted.state != found.state.value:
        yield "state", wanted.state, found.state.value
    if wanted.optional is not None and wanted.optional != step.optional:
        yield "optional", _shown(wanted.optional), _shown(step.optional)
    due = step.deadline if isinstance(wanted.due, Deadline) else found.due
    if wanted.due is not None and wanted.due != due:
        yield "due", _length(wanted.due), _length(due)
    asked = [frozenset(papers[name].one_of or (name,)) for name in step.documents]
    if wanted.documents is not None and wanted.documents != set(asked):
        listed = [_alternatives(paper) for paper in wanted.documents]
        yield "documents", _listed(sorted(listed)), _listed(sorted(map(_alternatives, asked)))
    lists: _Lists = [
        ("because", wanted.because, found.because),
        ("gives", wanted.gives, step.gives),
    ]
    yield from _list_differences(lists)


def _list_differences(lists: _Lists) -> Iterator[_Difference]:
    for what, listed, got in lists:
        if listed is not None and listed != set(got):
            yield what, _listed(sorted(listed)), _listed(got)


def _alternatives(names: frozenset[str]) -> str:
    return " | ".join(sorted(names))


def _length(due: date | Deadline | None) -> str:
    if isinstance(due, Deadline):
        return f"{due.count} {due.unit} ({due.start})"
    return str(due) if due else "–"


def _truth(value: Value) -> str:
    return Truth.of(value if isinstance(value, bool) else None).value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "[]"


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else value
