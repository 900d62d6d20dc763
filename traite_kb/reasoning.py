"""Assess one case: every stage of a procedure, what is settled, what is missing, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import matter_of
from traite_kb.model import Condition, Constraint, Fact, Norm, Requirement, Stage
from traite_kb.problems import CaseError, Problem, did_you_mean, problem
from traite_kb.situations import Situations
from traite_kb.space import OPEN, Space, space_of
from traite_kb.truth import Truth


@dataclass(frozen=True, slots=True)
class StageFinding:
    """What a case settles about one stage.

    ``conclusion`` is one of ``hors_champ``, ``condition_manquante``, ``conditions_reunies``,
    ``a_verifier``; ``possible`` lists those that the answers leave open. ``refusal`` says whether
    a ground for refusal is present: it never changes the conclusion, since refusing is for the
    authority to decide. ``missing`` and ``refusal_missing`` list unanswered facts that can still
    change each; ``depends_on`` and ``refusal_depends_on`` the disputed points on which each
    hangs. ``reasons`` lists the smallest sets of answers that are enough for the conclusion.
    ``norms`` tells which norms apply, ``conditions`` which conditions hold, from the stage's own
    down to those that test facts.
    """

    stage: str
    conclusion: str
    possible: tuple[str, ...]
    refusal: Truth
    missing: tuple[str, ...]
    refusal_missing: tuple[str, ...]
    depends_on: tuple[str, ...]
    refusal_depends_on: tuple[str, ...]
    reasons: tuple[frozenset[str], ...]
    norms: Mapping[str, Truth]
    conditions: Mapping[str, Truth]

    @property
    def robust(self) -> bool:
        """Whether the conclusion is the same under every open reading."""
        return not self.depends_on


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What a case settles, stage by stage."""

    case: Case
    stages: Mapping[str, StageFinding]

    def __getitem__(self, stage: str) -> StageFinding:
        return self.stages[stage]

    def as_json(self) -> dict[str, Any]:
        """Give the assessment in the shape of ``docs/json.md``."""
        return {
            "procedure": self.case.procedure.id,
            "on": self.case.on.isoformat() if self.case.on else None,
            "stages": {name: _stage_json(self.case, f) for name, f in self.stages.items()},
        }

    def __repr__(self) -> str:
        width = max(len(name) for name in self.stages)
        return "\n".join(
            f"{name:<{width}}  {finding.conclusion:<20} "
            f"refusal: {finding.refusal.value:<8} missing: {len(finding.missing)}"
            for name, finding in self.stages.items()
        )


def _stage_json(case: Case, finding: StageFinding) -> dict[str, Any]:
    norms = case.procedure.of(Norm)
    return {
        "conclusion": finding.conclusion,
        "possible": list(finding.possible),
        "refusal_possible": finding.refusal.json,
        "robust": finding.robust,
        "depends_on": list(finding.depends_on),
        "refusal_depends_on": list(finding.refusal_depends_on),
        "missing": list(finding.missing),
        "refusal_missing": list(finding.refusal_missing),
        "reasons": [sorted(reason) for reason in finding.reasons],
        "norms": {
            name: {
                "bearer": norms[name].bearer.value,
                "modality": norms[name].modality.value,
                "applies": truth.json,
            }
            for name, truth in finding.norms.items()
        },
        "conditions": {name: truth.json for name, truth in finding.conditions.items()},
    }


def situations_of(case: Case) -> Situations:
    """Give the situations that agree with a case.

    Raises
    ------
    CaseError
        When no situation does: the answers contradict each other, and the constraints are named.
    """
    view = Situations(space_of(case.procedure), case.answers)
    if not view.is_possible():
        broken = view.space.contradictions(case.answers)
        raise CaseError([_contradiction(case, name) for name in broken])
    return view


def _contradiction(case: Case, name: str) -> Problem:
    constraint = case.procedure.of(Constraint)[name]
    given = [fact for fact in constraint.never if fact in case.facts]
    return problem(
        "E604",
        case.place(given[0] if given else ""),
        name,
        facts=", ".join(f"{fact} = {_shown(case.facts[fact])}" for fact in given) or "–",
        label_fr=constraint.label.fr,
        label_en=constraint.label.en,
    )


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def assess(case: Case) -> Assessment:
    """Apply every stage and norm of the procedure to the case.

    An unanswered fact is never a « no », and a « may » is reported, never exercised.

    Raises
    ------
    CaseError
        When the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> assess(case)["premiere_carte"].conclusion
    'hors_champ'
    """
    return Assessment(case, _Findings(situations_of(case)))


class _Findings(Mapping[str, StageFinding]):
    """The findings of every stage, each worked out when it is first looked at."""

    def __init__(self, view: Situations) -> None:
        self._view, self._stages = view, view.space.procedure.of(Stage)
        self._found: dict[str, StageFinding] = {}

    def __getitem__(self, name: str) -> StageFinding:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = _finding(self._view, self._stages[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._stages)

    def __len__(self) -> int:
        return len(self._stages)


def _finding(view: Situations, stage: Stage) -> StageFinding:
    space = view.space
    result = matter_of(space.procedure, stage.id)
    refusal = matter_of(space.procedure, stage.id, refusal=True)
    possible = view.outcomes(result)
    conclusion = possible[0] if len(possible) == 1 else OPEN
    norms, conditions = norms_of(space, stage.id), conditions_under(space, stage.id)
    return StageFinding(
        stage=stage.id,
        conclusion=conclusion,
        possible=possible,
        refusal=view.truth(refusal.classes["true"]),
        missing=view.missing(result),
        refusal_missing=view.missing(refusal),
        depends_on=view.depends_on(result),
        refusal_depends_on=view.depends_on(refusal),
        reasons=tuple(view.reasons(result.classes[conclusion])) if conclusion != OPEN else (),
        norms={name: view.truth(space.holds(name)) for name in norms},
        conditions={name: view.truth(space.holds(name)) for name in conditions},
    )


@lru_cache(maxsize=256)
def norms_of(space: Space, stage: str) -> tuple[str, ...]:
    """List the norms of a stage, in the order of the register."""
    return tuple(n.id for n in space.procedure.of(Norm).values() if n.stage == stage)


@lru_cache(maxsize=256)
def conditions_under(space: Space, stage: str) -> tuple[str, ...]:
    """List the conditions on which a stage and its norms rest, each before what it rests on."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        node = space.procedure.nodes[name]
        if isinstance(node, Condition):
            found.setdefault(name)
        if isinstance(node, Requirement):
            for _, ref in node.references:
                visit(ref)

    asked = space.procedure.of(Stage)[stage]
    for root in (asked.conditions, asked.outside, asked.refusal, *norms_of(space, stage)):
        if root:
            visit(root)
    return tuple(found)


def settle(case: Case, name: str) -> Truth:
    """Tell whether one condition, norm or yes-or-no fact holds in a case.

    Raises
    ------
    CaseError
        When nothing that can hold bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> settle(kb.Case(proc, nationalite="francaise"), "etranger")
    <Truth.NO: 'no'>
    """
    node = case.procedure.nodes.get(name)
    if not isinstance(node, Requirement) and not (isinstance(node, Fact) and not node.is_choice):
        known = [n.id for n in case.procedure if isinstance(n, Requirement)]
        raise CaseError([problem("E613", case.place(""), name, near=did_you_mean(name, known))])
    view = situations_of(case)
    return view.truth(view.space.holds(name))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two assessments: where, what, before and after."""

    stage: str
    what: str
    before: str
    after: str


def compare(before: Assessment, after: Assessment) -> list[Change]:
    """List what differs between two assessments of the same procedure, stage by stage.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure())
    >>> changes = compare(assess(case), assess(case.but(nationalite="ue_eee_suisse")))
    >>> changes[0].what, changes[0].after
    ('conclusion', 'hors_champ')
    """
    changes = []
    for name, old in before.stages.items():
        new = after.stages[name]
        pairs = {"conclusion": (old.conclusion, new.conclusion)}
        pairs["refusal"] = (old.refusal.value, new.refusal.value)
        for norm, truth in old.norms.items():
            pairs[norm] = (truth.value, new.norms[norm].value)
        changes += [Change(name, what, a, b) for what, (a, b) in pairs.items() if a != b]
    return changes


def open_facts(case: Case) -> list[str]:
    """List the facts that are not answered, in the order of the register."""
    return [name for name in case.procedure.of(Fact) if name not in case.facts]
