"""The engine against brute force: random registers, random cases, every answer compared."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from oracle import Oracle
from worlds import as_toml, worlds

import traite_kb as kb
from traite_kb.exploration import begin
from traite_kb.problems import CaseError
from traite_kb.space import space_of

thorough = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def opened(register: dict) -> kb.Procedure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monde.toml"
        path.write_text(as_toml(register), encoding="utf-8")
        return kb.open_procedure(path)


def case_of(procedure: kb.Procedure, register: dict, answers: dict) -> kb.Case:
    return kb.Case.known(
        procedure,
        facts={n: v for n, v in answers.items() if n in register["facts"]},
        readings={n: v for n, v in answers.items() if n in register["points"]},
    )


@thorough
@given(worlds())
def test_every_finding_is_what_brute_force_finds(world):
    register, answers = world
    oracle = Oracle(register, answers)
    case = case_of(opened(register), register, answers)
    if not oracle.here:
        with pytest.raises(CaseError):
            kb.assess(case)
        return
    found = kb.assess(case)["s"]
    settled = oracle.settled(oracle.outcome, oracle.here)
    assert found.conclusion == (settled or "a_verifier")
    assert set(found.possible) == {oracle.outcome(s) for s in oracle.here}
    assert found.refusal.json == oracle.settled(oracle.refusal, oracle.here)
    assert set(found.missing) == oracle.missing(oracle.outcome)
    assert set(found.refusal_missing) == oracle.missing(oracle.refusal)
    assert set(found.depends_on) == oracle.depends_on(oracle.outcome)
    assert found.robust == (not oracle.depends_on(oracle.outcome))
    assert set(found.reasons) == oracle.reasons()
    for name, truth in found.conditions.items():
        assert truth.json == oracle.settled(lambda s, n=name: oracle.holds(n, s), oracle.here)


@thorough
@given(worlds())
def test_contradictory_answers_name_constraints_that_alone_forbid_them(world):
    register, answers = world
    oracle = Oracle(register, answers)
    assume(not oracle.here)
    with pytest.raises(CaseError) as error:
        kb.assess(case_of(opened(register), register, answers))
    named = [register["constraints"][int(p.node[1:])] for p in error.value.problems]
    narrowed = Oracle({**register, "constraints": named}, answers)
    assert not narrowed.here


@thorough
@given(worlds())
def test_more_answers_never_undo_a_conclusion_nor_add_a_question_to_the_bound(world):
    register, answers = world
    oracle = Oracle(register, answers)
    assume(oracle.here and any(n in register["facts"] for n in answers))
    procedure = opened(register)
    fewer = dict(answers)
    fewer.pop(next(n for n in answers if n in register["facts"]))
    before = kb.assess(case_of(procedure, register, fewer))["s"]
    after = kb.assess(case_of(procedure, register, answers))["s"]
    assert set(after.possible) <= set(before.possible)
    if before.conclusion != "a_verifier":
        assert after.conclusion == before.conclusion


@thorough
@given(worlds())
def test_an_interview_ends_settled_and_never_asks_more_than_it_announced(world):
    register, answers = world
    oracle = Oracle(register, {})
    assume(oracle.here)
    truth = oracle.here[hash(str(answers)) % len(oracle.here)]
    exploration = begin(opened(register), "s")
    mosts = []
    while exploration.question is not None:
        question = exploration.question
        mosts.append(question.most)
        exploration = exploration.answer(truth[question.fact.id])
    assert mosts == sorted(mosts, reverse=True)
    assert all(len(exploration.asked) <= most for most in mosts)
    found = exploration.assessment["s"]
    assert not found.missing
    assert not found.refusal_missing
    if not register["points"]:
        assert found.conclusion == oracle.outcome(truth)


def test_a_and_b_or_a_and_not_b_is_true_when_a_is_and_b_is_unknown():
    register = {
        "facts": {"a": None, "b": None},
        "points": {},
        "conditions": {
            "left": {"when_all": ["a", "b"], "when_any": [], "unless_any": []},
            "right": {"when_all": ["a"], "when_any": [], "unless_any": ["b"]},
            "either": {"when_all": [], "when_any": ["left", "right"], "unless_any": []},
        },
        "constraints": [],
        "stage": {"conditions": "either", "outside": "", "refusal": ""},
    }
    procedure = opened(register)
    found = kb.assess(kb.Case(procedure, a=True))["s"]
    assert found.conclusion == "conditions_reunies"
    assert found.missing == ()
    assert found.reasons == (frozenset({"a"}),)


def test_the_conclusions_of_a_stage_split_every_possible_situation(proc):
    space = space_of(proc)
    shop = space.diagrams
    for stage in proc.of(kb.model.Stage).values():
        outside, lacking, met = space.conclusions(stage).values()
        assert shop.any_of([outside, lacking, met]) == 1
        for one, other in ((outside, lacking), (outside, met), (lacking, met)):
            assert shop.both(one, other) == 0
