"""Examples: what each must give, against what it gives."""

from __future__ import annotations

from collections.abc import Iterator

from traite_kb.case import Case
from traite_kb.model import Example, Expectation, Modality, Norm, Procedure
from traite_kb.problems import CaseError, Problem, problem
from traite_kb.reasoning import Assessment, assess
from traite_kb.truth import Truth


def broken_examples(procedure: Procedure) -> Iterator[Problem]:
    """List the examples that do not hold, or contradict themselves."""
    for example in procedure.of(Example).values():
        try:
            view = assess(Case.known(procedure, facts=example.facts, readings=example.readings))
        except CaseError as error:
            names = ", ".join(p.node for p in error.problems)
            yield problem("E402", example.origin, example.id, constraint=names)
            continue
        for wanted in example.expect:
            for what, expected, got in differences(wanted, view):
                yield problem(
                    "E401", example.origin, example.id, stage=wanted.stage, what=what,
                    wanted=expected, got=got,
                )  # fmt: skip


def differences(wanted: Expectation, view: Assessment) -> Iterator[tuple[str, str, str]]:
    """List what an example expected at one stage and did not get: what, expected, got."""
    found = view[wanted.stage]
    if wanted.conclusion is not None and wanted.conclusion != found.conclusion:
        yield "conclusion", wanted.conclusion, found.conclusion
    if wanted.refusal_possible is not None:
        asked = wanted.refusal_possible
        expected = Truth.of(asked if isinstance(asked, bool) else None).value
        if expected != found.refusal.value:
            yield "refusal_possible", expected, found.refusal.value
    norms = view.case.procedure.of(Norm)
    lists = {"missing": found.missing, "depends_on": found.depends_on} | {
        modality.value: tuple(
            name
            for name, applies in found.norms.items()
            if applies is Truth.YES and norms[name].modality is modality
        )
        for modality in Modality
    }
    for what, got in lists.items():
        listed = getattr(wanted, what)
        if listed is not None and listed != set(got):
            yield what, ", ".join(sorted(listed)) or "[]", ", ".join(got) or "[]"
