"""Each question against solvers that know nothing of the engine: SAT, clingo, ``dd``."""

from __future__ import annotations

import random
from itertools import combinations
from math import prod
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from judges import (
    Clauses,
    Situation,
    apart,
    domains_of,
    matters,
    other_reasons,
    smallest_changes,
    tables_of,
)
from oracle_counts import counted, counts_of
from test_exactness import case_of, opened
from test_questions import asked, thorough, unmerged
from worlds import questions, versions

import traite_kb as kb

REAL = Path(__file__).parents[1] / "data" / "procedures" / "carte_sejour_traite"
STAGES = [
    "delai_reflexion",
    "premiere_carte",
    "renouvellement",
    "retrait",
    "carte_resident",
    "mineur",
]
# Nothing lists grounds on which to refuse a withdrawal.
MATTERS = [
    (s, refusal) for s in STAGES for refusal in (False, True) if (s, refusal) != ("retrait", True)
]


@pytest.fixture(scope="module")
def tables() -> dict:
    return tables_of(REAL)


def sided(register: dict, answers: dict) -> dict:
    """Take the first reading of every point that the answers leave open."""
    return {**{point: readings[0] for point, readings in register["points"].items()}, **answers}


# --- what a judge makes of one answer, whatever the register ------------------------------------


def judge_reasons(register: dict, matter: tuple, found: kb.questions.Reasons) -> None:
    answers = found.case.answers
    judge = Clauses()
    situation = Situation(judge, register)
    outcomes = situation.outcomes(matter)
    possible = [n for n, held in outcomes.items() if judge.can(held, *situation.with_(answers))]
    assert sorted(found.possible) == sorted(possible)
    if len(possible) > 1:
        assert not found.reasons
        return

    def enough(part) -> bool:
        known = situation.with_({n: answers[n] for n in part})
        return not judge.can(-outcomes[possible[0]], *known)

    for reason in found.reasons:
        assert enough(reason)
        assert not any(enough(reason - {name}) for name in reason)
    assert not list(other_reasons(found.reasons, answers, enough))


def judge_changes(register: dict, matter: tuple, found: kb.questions.Changes) -> None:
    answers = found.case.answers
    settable = [
        n
        for n in domains_of(register)
        if n in register["facts"] or (found.with_readings and n not in answers)
    ]
    theirs = {one for change in found.changes for one in unmerged(change)}
    mine = set(smallest_changes(register, answers, matter, found.wanted, settable))
    assert theirs == mine


def judge_rows(register: dict, matter: tuple, found: kb.questions.Regions) -> None:
    """The readings are all taken: a row has one of the outcomes."""
    judge = Clauses()
    situation = Situation(judge, register)
    known, outcomes = situation.with_(found.case.answers), situation.outcomes(matter)
    rows = [(situation.inside(row.when), row) for row in found.rows]
    for inside, row in rows:
        assert judge.can(inside, *known)
        assert not judge.can(inside, -outcomes[row.outcome], *known)
    assert not judge.can(*(-inside for inside, _ in rows), *known)
    for (one, _), (other, _) in combinations(rows, 2):
        assert not judge.can(one, other, *known)


def judge_twins(register: dict, matter: tuple, found: kb.questions.Twins) -> None:
    """The readings are all taken: what differs is settled."""
    answers = found.case.answers
    judge = Clauses()
    situation = Situation(judge, register)
    outcomes = situation.outcomes(matter)
    for pair in found.pairs:
        for one, outcome in ((pair.situation, pair.outcome), (pair.other, pair.other_outcome)):
            known = situation.with_({**answers, **one})
            assert judge.can(outcomes[outcome], *known)
            assert not judge.can(-outcomes[outcome], *known)
    facts = [name for name in register["facts"] if matters(register, matter, name)]
    assert sorted(facts) == sorted(
        {pair.fact for pair in found.pairs} | set(found.never) | (set(facts) & set(answers))
    )
    for name in found.never:
        same = [n for n in facts if n != name] + list(register["points"])
        one, two, differ = apart(register, matter, same, possible=True)
        assert not one.clauses.can(differ, *one.with_(answers), *two.with_(answers))


def judge_end(register: dict, matter: tuple, case: kb.Case) -> None:
    """Whatever the readings, no two situations that agree with the case have other outcomes."""
    one, two, differ = apart(register, matter, register["points"], possible=True)
    assert not one.clauses.can(differ, *one.with_(case.answers), *two.with_(case.answers))


def judge_moves(old: dict, new: dict, shift, before: kb.Case, after: kb.Case) -> None:
    """The readings are all taken on both sides: what moves goes from one outcome to another."""
    judge = Clauses()
    one, two = Situation(judge, old), Situation(judge, new)
    one.agree(two, old["facts"])
    known = [*one.with_(before.answers), *two.with_(after.answers)]
    left, right = (s.outcomes((shift.name, shift.refusal)) for s in (one, two))
    moves = {(move.before, move.after): move for move in shift.moves}
    for outcome, other in ((a, b) for a in left for b in right if a != b):
        move = moves.pop((outcome, other), None)
        boxes = [one.inside(box) for box in (move.when if move else ())]
        for box in boxes:
            assert not judge.can(box, -judge.all_of([left[outcome], right[other]]), *known)
        assert not judge.can(left[outcome], right[other], *(-box for box in boxes), *known)
    assert not moves


# --- random registers ---------------------------------------------------------------------------


@thorough
@given(questions())
def test_a_solver_finds_the_reasons_sufficient_smallest_and_complete(world):
    case, _, (about, how) = asked(world)
    judge_reasons(world[0], world[2], kb.why(case, about, **how))


@thorough
@given(questions(), st.booleans(), st.data())
def test_a_solver_finds_the_same_smallest_changes(world, readings, data):
    case, brute, (about, how) = asked(world)
    wanted = data.draw(st.sampled_from(brute.outcomes))
    judge_changes(world[0], world[2], kb.change(case, about, wanted, readings=readings, **how))


@thorough
@given(questions())
def test_clingo_counts_as_many_situations_of_each_outcome(world):
    case, _, (about, how) = asked(world)
    found = kb.count(case, about, **how)
    assert found.outcomes == counted(world[0], world[1], world[2], list(found.facts))


@thorough
@given(questions())
def test_a_solver_finds_no_situation_in_a_wrong_row_or_in_none_or_in_two(world):
    register, answers, (about, refusal) = world
    case = case_of(opened(register), register, sided(register, answers))
    judge_rows(register, (about, refusal), kb.regions(case, about, refusal=refusal))


@thorough
@given(questions())
def test_a_solver_finds_the_twins_right_and_no_other_fact_decisive(world):
    register, answers, (about, refusal) = world
    case = case_of(opened(register), register, sided(register, answers))
    judge_twins(register, (about, refusal), kb.twins(case, about, refusal=refusal))


@thorough
@given(questions(), st.data())
def test_a_solver_finds_nothing_open_where_an_interview_ends(world, data):
    case, brute, (about, how) = asked(world)
    truth = data.draw(st.sampled_from(brute.oracle.here))
    while fact := kb.ask(case, about, **how).fact:
        case = case.but(**{fact: truth[fact]})
    judge_end(world[0], world[2], case)


@thorough
@given(versions())
def test_a_solver_finds_the_same_situations_moved(world):
    old, one, new, two = world
    before, after = (
        case_of(opened(register), register, sided(register, answers))
        for register, answers in ((old, one), (new, two))
    )
    found = kb.diff(before, after)
    assume(found.shifts)
    for shift in found.shifts:
        judge_moves(old, new, shift, before, after)


# --- the register itself ------------------------------------------------------------------------


def random_case(proc: kb.Procedure, register: dict, seed: int, share: float) -> kb.Case:
    """Answer some facts and take some sides, one by one, as long as it stays possible."""
    dice, judge = random.Random(seed), Clauses()
    situation = Situation(judge, register)
    answers: dict = {}
    for name, values in domains_of(register).items():
        value = dice.choice(values)
        if dice.random() < share and judge.can(*situation.with_({**answers, name: value})):
            answers[name] = value
    return case_of(proc, register, answers)


def test_no_possible_situation_is_left_without_a_norm_nor_between_two_that_contradict(proc, tables):
    certificate = kb.check(proc).certificate
    judge = Clauses()
    situation = Situation(judge, tables)
    norms = tables["norms"]
    for name in STAGES:
        mine = [-situation.holds(n) for n, norm in norms.items() if norm["stage"] == name]
        met = situation.outcomes((name, False))["conditions_reunies"]
        assert judge.can(met)
        assert not judge.can(met, *mine)
    explained = 0
    for (a, one), (b, two) in combinations(norms.items(), 2):
        same_act = "effect" in one and all(one[k] == two.get(k) for k in ("effect", "bearer"))
        if same_act and (one["modality"] == "must_not") != (two["modality"] == "must_not"):
            ranked = a in two.get("prevails_over", []) or b in one.get("prevails_over", [])
            together = judge.can(situation.holds(a), situation.holds(b))
            explained += ranked and together
            assert ranked or not together
    assert (certificate.unanswered, certificate.contradictory) == (0, 0)
    assert certificate.explained == explained


def test_the_certificate_counts_the_situations_group_by_group(proc, tables):
    groups = [{name} for name in tables["facts"]]
    for never in tables["constraints"]:
        joined = [group for group in groups if group & set(never)]
        groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    numbers = [sum(counted_group(tables, sorted(group)).values()) for group in groups]
    readings = prod(len(readings) for readings in tables["points"].values())
    assert kb.check(proc).certificate.situations == prod(numbers) * readings


def counted_group(register: dict, names: list[str]) -> dict:
    """Count the possible answers to facts that no constraint ties to any other."""
    bare = {
        "facts": {n: register["facts"][n] for n in names},
        "points": {},
        "constraints": [c for c in register["constraints"] if set(c) <= set(names)],
        "conditions": {"any": {"tests": names[0], "one_of": []}},
        "norms": {},
        "stages": {},
    }
    return counted(bare, {}, ("any", False), names)


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_other_diagrams_count_as_many_situations_of_each_outcome(proc, tables, matter):
    found = kb.count(kb.Case(proc), matter[0], refusal=matter[1])
    assert set(found.facts) == {n for n in tables["facts"] if matters(tables, matter, n)}
    assert found.outcomes == counts_of(tables, {}, matter, list(found.facts))


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_clingo_counts_as_many_situations_of_a_case_at_each_stage(proc, tables, matter):
    case = random_case(proc, tables, 0, 0.5)
    found = kb.count(case, matter[0], refusal=matter[1])
    free = [n for n in found.facts if n not in case.facts]
    assert found.outcomes == counted(tables, case.answers, matter, free)


WALKED = 200_000
"""The most situations that are enumerated one by one."""


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_clingo_counts_every_situation_of_each_stage_one_by_one(proc, tables, stage):
    case = kb.Case(proc)
    # One by one takes its time: some first answers are given until what is left can be walked.
    for name in kb.count(case, stage).facts:
        if kb.count(case, stage).total <= WALKED:
            break
        fact = proc.nodes[name]
        case = case.but(**{name: fact.domain[0] if fact.is_choice else False})
    found = kb.count(case, stage)
    assert 50 < found.total <= WALKED
    assert found.outcomes == counted(tables, dict(case.facts), (stage, False), list(found.facts))


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_a_solver_finds_the_reasons_of_cases_right_and_complete(proc, tables, matter):
    for seed in range(6):
        case = random_case(proc, tables, seed, 0.5 + seed / 12)
        judge_reasons(tables, matter, kb.why(case, matter[0], refusal=matter[1]))


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_a_solver_finds_the_same_smallest_changes_of_cases(proc, tables, matter):
    for seed in range(4):
        case = random_case(proc, tables, seed, 0.7 + seed / 10)
        for wanted in Situation(Clauses(), tables).outcomes(matter):
            found = kb.change(case, matter[0], wanted, refusal=matter[1], readings=seed % 2 == 0)
            judge_changes(tables, matter, found)


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_a_solver_finds_each_row_right_once_all_sides_are_taken(proc, tables, matter):
    case = case_of(proc, tables, sided(tables, {}))
    judge_rows(tables, matter, kb.regions(case, matter[0], refusal=matter[1]))


@pytest.mark.parametrize("matter", MATTERS, ids=str)
def test_a_solver_finds_the_twins_right_once_all_sides_are_taken(proc, tables, matter):
    case = case_of(proc, tables, sided(tables, {}))
    judge_twins(tables, matter, kb.twins(case, matter[0], refusal=matter[1]))


LONG = ["premiere_carte", "renouvellement", "carte_resident", "mineur"]


@pytest.mark.parametrize(
    "matter",
    [pytest.param(m, marks=pytest.mark.slow if m[0] in LONG and not m[1] else ()) for m in MATTERS],
    ids=str,
)
def test_a_solver_finds_nothing_open_where_an_interview_of_the_register_ends(proc, tables, matter):
    for seed in range(2):
        truth = random_case(proc, tables, seed, 1.0).facts
        case, asked_so_far, most = kb.Case(proc), 0, 99
        while (found := kb.ask(case, matter[0], refusal=matter[1], budget=20)).fact:
            most = min(most, asked_so_far + found.most)
            # A fact that the drawn case leaves open takes the first answer that is possible.
            value = truth.get(found.fact, found.branches[0].value)
            case, asked_so_far = case.but(**{found.fact: value}), asked_so_far + 1
        assert asked_so_far <= most
        judge_end(tables, matter, case)


@pytest.mark.parametrize("point", ["contact_ou_lien", "algeriens", "poursuites_et_plainte"])
def test_a_solver_finds_the_same_situations_moved_by_a_reading(proc, tables, point):
    one = case_of(proc, tables, sided(tables, {}))
    other = one.but(**{point: tables["points"][point][1]})
    found = kb.diff(one, other)
    assert found.shifts
    for shift in found.shifts:
        judge_moves(tables, tables, shift, one, other)
