"""Each question about every situation against brute force, on random registers and by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle_questions import OPEN, Interviews, Questions, Versions
from test_exactness import case_of, opened
from worlds import questions, versions

import traite_kb as kb

thorough = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def asked(world) -> tuple[kb.Case, Questions, tuple[str, dict]]:
    register, answers, (about, refusal) = world
    case = case_of(opened(register), register, answers)
    return case, Questions(register, answers, about, refusal), (about, {"refusal": refusal})


def within(box, facts, key) -> bool:
    situation = dict(zip(facts, key, strict=True))
    return all(situation[name] in values for name, values in box.items())


@thorough
@given(questions())
def test_the_reasons_are_all_the_smallest_sufficient_sets_of_answers(world):
    case, brute, (about, how) = asked(world)
    found = kb.why(case, about, **how)
    assert set(found.reasons) == brute.reasons()
    assert len(found.reasons) == len(set(found.reasons))
    assert set(found.possible) == set(brute.found(brute.here))
    assert (found.outcome or OPEN) == brute.outcome_in(brute.here)
    assert set(found.missing) == brute.oracle.missing(brute.outcome)
    assert set(found.depends_on) == brute.oracle.depends_on(brute.outcome)


def unmerged(change) -> list[frozenset]:
    options = {**change.answers, **change.readings}
    return [frozenset(zip(options, values, strict=True)) for values in product(*options.values())]


@thorough
@given(questions(), st.booleans(), st.data())
def test_the_changes_are_all_the_smallest_ones_that_settle_the_outcome(world, readings, data):
    case, brute, (about, how) = asked(world)
    wanted = data.draw(st.sampled_from(brute.outcomes))
    found = kb.change(case, about, wanted, readings=readings, **how)
    single = [one for change in found.changes for one in unmerged(change)]
    assert set(single) == brute.changes(wanted, readings)
    assert len(single) == len(set(single))
    assert found.already == (brute.found(brute.here) == [wanted])
    for change in found.changes:
        assert set(change.answers) <= set(brute.oracle.facts)
        assert set(change.readings) <= set(brute.points)
        assert set(change.learned) == set(change.answers) - set(brute.answers)


@thorough
@given(questions(), st.booleans(), st.data())
def test_a_change_names_whoever_can_bring_it_about(world, readings, data):
    case, brute, (about, how) = asked(world)
    wanted = data.draw(st.sampled_from(brute.outcomes))
    for change in kb.change(case, about, wanted, readings=readings, **how).changes:
        for one in unmerged(change):
            acts = [
                brute.register["changed_by"].get(name, {}).get(value)
                for name, value in one
                if name in brute.answers and name in brute.oracle.facts
            ]
            assert (change.actors is None) == (None in acts)
            if None not in acts:
                assert {actor.value for actor in change.actors} == set(acts)


@thorough
@given(questions())
def test_the_counts_are_those_of_every_situation_one_by_one(world):
    case, brute, (about, how) = asked(world)
    found = kb.count(case, about, **how)
    assert list(found.facts) == brute.facts
    assert found.outcomes == Counter(brute.table(brute.facts).values())
    assert found.total == len(brute.table(brute.facts))


@thorough
@given(questions())
def test_the_listing_gives_every_situation_once_with_its_outcome(world):
    case, brute, (about, how) = asked(world)
    found = kb.listing(case, about, **how)
    assert list(found.facts) == brute.facts
    assert len(found.rows) == len(dict(found.rows))
    assert dict(found.rows) == brute.table(brute.facts)


@thorough
@given(questions())
def test_the_rows_tell_every_situation_once_with_its_outcome(world):
    case, brute, (about, how) = asked(world)
    found = kb.regions(case, about, **how)
    table = brute.table(found.facts)
    covered: list[tuple] = []
    for row in found.rows:
        inside = [key for key in table if within(row.when, found.facts, key)]
        assert inside
        assert {table[key] for key in inside} == {row.outcome}
        assert row.situations == len(inside)
        hinges = brute.hinges(found.facts, inside) if row.outcome == OPEN else set()
        assert set(row.depends_on) == hinges
        covered += inside
    assert sorted(map(str, covered)) == sorted(map(str, table))
    assert found.total == len(table)
    for one, other in combinations(found.rows, 2):
        assert any(not set(one.when[n]) & set(other.when[n]) for n in one.when if n in other.when)


@thorough
@given(questions())
def test_the_twins_show_every_decisive_fact_from_as_few_situations_as_can_be(world):
    case, brute, (about, how) = asked(world)
    found = kb.twins(case, about, **how)
    table, decisive = brute.table(brute.facts), brute.decisive()
    for pair in found.pairs:
        one, other = (tuple(s[n] for n in brute.facts) for s in (pair.situation, pair.other))
        assert [n for n in pair.situation if pair.situation[n] != pair.other[n]] == [pair.fact]
        assert (table[one], table[other]) == (pair.outcome, pair.other_outcome)
        assert pair.outcome != pair.other_outcome
    shown = [pair.fact for pair in found.pairs]
    assert sorted(shown) == sorted(set().union(*decisive.values()))
    assert set(found.never) == {n for n in brute.facts if n not in case.facts} - set(shown)
    assert len(found.situations) == brute.fewest()


@thorough
@given(questions())
def test_each_choice_of_readings_is_told_once_with_what_it_settles(world):
    case, brute, (about, how) = asked(world)
    found = kb.robust(case, about, **how)
    free = [p for p in brute.points if p not in brute.answers]
    settled = brute.by_reading()
    for chosen, outcome in settled.items():
        rows = [row for row in found.by_reading if within(row.readings, free, chosen)]
        assert [row.outcome for row in rows] == [outcome]
    assert found.robust == (len(set(settled.values())) == 1)
    assert set(found.depends_on) == brute.oracle.depends_on(brute.outcome)
    resting = set(brute.rests_on(brute.points)) - set(brute.answers)
    assert found.weights == {p: brute.weight(p) for p in resting}
    assert found.total == len(brute.table(brute.facts))


@st.composite
def weights(draw, register: dict, least: int = 1) -> dict:
    return {
        name: {value: draw(st.integers(least, 4)) for value in values or [True, False]}
        for name, values in register["facts"].items()
        if draw(st.booleans())
    }


@thorough
@given(questions(), st.data())
def test_no_interview_has_a_better_worst_case_nor_then_a_better_average(world, data):
    case, brute, (about, how) = asked(world)
    given_weights = data.draw(weights(brute.register))
    best = Interviews(brute, given_weights)
    found = kb.ask(case, about, weights=given_weights, budget=10**6, **how)
    assert found.is_proven
    assert found.is_shortest
    assert found.most == best.depth(brute.here)
    assert found.expected == pytest.approx(best.length(brute.here, found.most))
    assert (found.fact == "") == best.settled(brute.here)
    after = best.after(brute.here, found.fact) if found.fact else {}
    assert {branch.value for branch in found.branches} == set(after)
    for branch in found.branches:
        left = after[branch.value]
        assert branch.chance == pytest.approx(best.chance(left) / best.chance(brute.here))
        assert set(branch.possible) == set(brute.found(left))
        assert branch.most == best.depth(left)


@thorough
@given(questions(), st.integers(0, 12), st.data())
def test_a_search_cut_short_claims_no_more_than_it_proved(world, budget, data):
    case, brute, (about, how) = asked(world)
    given_weights = data.draw(weights(brute.register))
    best = Interviews(brute, given_weights)
    found = kb.ask(case, about, weights=given_weights, budget=budget, **how)
    shortest = best.length(brute.here, found.most)
    assert found.least <= best.depth(brute.here) <= found.most
    if found.is_shortest:
        assert found.expected == pytest.approx(shortest)
    else:
        assert found.expected >= shortest - 1e-9
    for branch in found.branches:
        left = best.after(brute.here, found.fact)[branch.value]
        assert best.depth(left) <= branch.most < found.most


@thorough
@given(questions(), st.sampled_from([0, 3, 1500]), st.data())
def test_following_the_questions_never_takes_more_than_announced(world, budget, data):
    case, brute, (about, how) = asked(world)
    truth = data.draw(st.sampled_from(brute.oracle.here))
    most: list[int] = []
    while (found := kb.ask(case, about, budget=budget, **how)).fact:
        most.append(found.most)
        case = case.but(**{found.fact: truth[found.fact]})
    assert all(len(most) - place <= announced for place, announced in enumerate(most))
    assert Interviews(brute).settled(brute.agreeing(case.answers))


@thorough
@given(versions())
def test_a_difference_tells_every_situation_that_moves_and_no_other(world):
    register, one, other, two = world
    before = case_of(opened(register), register, one)
    after = case_of(opened(other), other, two)
    found = kb.diff(before, after)
    shared = [name for name in register["norms"] if name in other["norms"]]
    matters = [("s", False), ("s", True), *((name, False) for name in shared)]
    shifts = {(shift.name, shift.refusal): shift for shift in found.shifts}
    assert set(shifts) <= set(matters)
    for matter in matters:
        shift = shifts.get(matter)
        sides = Questions(register, one, *matter), Questions(other, two, *matter)
        brute = Versions(*sides, shift and shift.facts)
        assert set(brute.facts) >= {*sides[0].facts, *sides[1].facts}
        if shift is None:
            assert not (brute.moves or brute.vanished or brute.appeared)
            continue
        assert shift.total == len(brute.common)
        assert shift.vanished == len(brute.vanished)
        assert shift.appeared == len(brute.appeared)
        assert {(m.before, m.after) for m in shift.moves} == set(brute.moves)
        for move in shift.moves:
            moved = brute.moves[move.before, move.after]
            assert move.situations == len(moved)
            assert tuple(move.example[n] for n in brute.facts) in moved
            tell_exactly(move.when, brute.facts, moved, brute.common)
    modality = {
        n: (register["norms"][n]["modality"], other["norms"][n]["modality"]) for n in shared
    }
    assert found.modalities == {n: pair for n, pair in modality.items() if pair[0] != pair[1]}
    assert set(found.only_before) == register["norms"].keys() - other["norms"].keys()


def tell_exactly(boxes, facts, moved, common) -> None:
    """Fail unless some conditions tell what moves, and none says more than it takes."""

    def told(box) -> set:
        return {key for key in common if within(box, facts, key)}

    assert set().union(*map(told, boxes)) == moved
    for box in boxes:
        for name in box:
            rest = {n: values for n, values in box.items() if n != name}
            assert told(rest) - moved
    for left_out in boxes:
        others = [told(box) for box in boxes if box is not left_out]
        assert set().union(*others) != moved


@thorough
@given(questions(), st.data())
def test_answers_that_never_happen_do_not_stop_an_interview(world, data):
    case, brute, (about, how) = asked(world)
    given_weights = data.draw(weights(brute.register, least=0))
    assume(all(sum(odds.values()) for odds in given_weights.values()))
    best = Interviews(brute, given_weights)
    assume(best.chance(brute.here))
    found = kb.ask(case, about, weights=given_weights, **how)
    assert found.most == best.depth(brute.here)


# --- by hand: the smallest world ----------------------------------------------------------------


def test_a_neighbour_is_out_of_scope_whether_or_not_she_knocked(mini):
    found = kb.why(kb.Case(mini, frappe=True, venue="voisine"), "entree")
    assert (found.outcome, found.reasons) == ("hors_champ", (frozenset({"venue"}),))
    assert found.idle == ("frappe",)


def test_a_refusal_is_excluded_by_either_of_two_answers(mini):
    found = kb.why(kb.Case(mini, objection=False, venue="voisine"), "entree", refusal=True)
    assert found.outcome == "false"
    assert set(found.reasons) == {frozenset({"objection"}), frozenset({"venue"})}
    assert found.always == frozenset()


def test_who_did_not_knock_has_only_to_knock(mini):
    (found,) = kb.change(
        kb.Case(mini, frappe=False, venue="loin"), "entree", "conditions_reunies"
    ).changes
    assert (found.answers, found.learned) == ({"frappe": (True,)}, ())
    assert [actor.value for actor in found.actors] == ["personne"]


def test_nobody_can_make_a_neighbour_come_from_afar(mini):
    (found,) = kb.change(
        kb.Case(mini, frappe=True, venue="voisine"), "entree", "conditions_reunies"
    ).changes
    assert (found.answers, found.actors) == ({"venue": ("loin",)}, None)


def test_what_is_not_answered_is_to_be_learned_rather_than_changed(mini):
    (found,) = kb.change(kb.Case(mini), "entree", "conditions_reunies").changes
    assert found.answers == {"frappe": (True,), "venue": ("loin",)}
    assert set(found.learned) == {"frappe", "venue"}


def test_half_of_the_situations_of_the_smallest_world_are_those_of_neighbours(mini):
    found = kb.count(kb.Case(mini), "entree")
    assert found.outcomes == {"hors_champ": 2, "condition_manquante": 1, "conditions_reunies": 1}
    assert kb.count(kb.Case(mini), "entree", refusal=True).outcomes == {"true": 1, "false": 3}


def test_the_table_of_the_smallest_world_has_three_rows(mini):
    rows = kb.regions(kb.Case(mini), "entree").rows
    assert {(row.outcome, row.situations) for row in rows} == {
        ("hors_champ", 2),
        ("condition_manquante", 1),
        ("conditions_reunies", 1),
    }
    assert [row.when for row in rows if row.outcome == "hors_champ"] == [{"venue": ("voisine",)}]


def test_one_situation_of_the_smallest_world_shows_both_decisive_facts(mini):
    found = kb.twins(kb.Case(mini), "entree")
    assert {pair.fact for pair in found.pairs} == {"frappe", "venue"}
    assert [situation["venue"] for situation in found.situations] == ["loin"]
    assert found.never == ()


def test_a_world_without_disputed_points_is_robust(mini):
    found = kb.robust(kb.Case(mini, venue="loin"), "entree")
    assert found.robust
    assert [(row.outcome, row.readings) for row in found.by_reading] == [(OPEN, {})]
    assert (found.weights, found.total) == ({}, 2)


def test_where_she_comes_from_is_asked_first_since_it_may_end_the_interview(mini):
    found = kb.ask(kb.Case(mini), "entree", weights={"venue": {"loin": 1, "voisine": 3}})
    assert (found.fact, found.most, found.is_proven, found.is_shortest) == ("venue", 2, True, True)
    assert found.expected == pytest.approx(1.25)
    assert {b.value: (b.chance, b.most) for b in found.branches} == {
        "loin": (0.25, 1),
        "voisine": (0.75, 0),
    }


def test_a_door_opened_to_neighbours_moves_their_situations_and_no_other(mini, edited):
    wider = kb.open_procedure(edited(('outside = "voisinage"\n', "")))
    stage, refusal = kb.diff(mini, wider, "entree").shifts
    moves = {(m.before, m.after): (m.situations, m.when) for m in stage.moves}
    assert moves == {
        ("hors_champ", "conditions_reunies"): (1, ({"frappe": (True,), "venue": ("voisine",)},)),
        ("hors_champ", "condition_manquante"): (1, ({"frappe": (False,), "venue": ("voisine",)},)),
    }
    assert (stage.total, stage.vanished, stage.appeared) == (4, 0, 0)
    assert [(m.before, m.after, m.situations) for m in refusal.moves] == [("false", "true", 1)]


# --- by hand: the register ----------------------------------------------------------------------

TESTIFIED = {
    "age": "majeur",
    "famille_europeen": "aucun_lien",
    "temoignage": True,
    "infraction": "traite",
    "personne_poursuivie": True,
    "procedure_penale": "ouverte",
    "contact_auteur": False,
    "autre_lien_auteur": False,
    "menace_ordre_public": False,
}


def test_only_the_french_are_no_foreigners(proc):
    found = kb.count(kb.Case(proc), "etranger")
    assert (found.facts, found.outcomes) == (("nationalite",), {"true": 3, "false": 1})


def test_an_algerian_witness_depends_on_one_point_and_anyone_else_on_none(proc):
    case = kb.Case(proc, nationalite="algerienne", **TESTIFIED)
    found = kb.robust(case, "premiere_carte")
    assert {(row.outcome, *row.readings["algeriens"]) for row in found.by_reading} == {
        ("conditions_reunies", "code_applicable"),
        ("hors_champ", "accord_seul"),
    }
    assert (found.weights["algeriens"], found.depends_on) == (found.total, ("algeriens",))
    other = kb.robust(case.but(nationalite="autre"), "premiere_carte")
    assert [row.outcome for row in other.by_reading] == ["conditions_reunies"]


def test_no_way_to_the_first_card_makes_a_child_an_adult(proc):
    case = kb.Case(proc, nationalite="autre", **{**TESTIFIED, "age": "moins_de_seize"})
    (found,) = kb.change(case, "premiere_carte", "conditions_reunies").changes
    assert (found.answers, found.actors) == ({"age": ("majeur",)}, None)


def test_the_point_on_algerians_and_the_card_moves_nothing_in_the_reflection_period(proc):
    one = kb.Case(proc, readings={"algeriens": "code_applicable"})
    assert kb.diff(one, one.but(algeriens="accord_seul"), "delai_reflexion").shifts == ()


# --- by hand: what random registers brought to light --------------------------------------------


def bare(facts: dict, conditions: dict, stage: dict, constraints=()) -> dict:
    lists = {"when_all": [], "when_any": [], "unless_any": []}
    return {
        "facts": facts,
        "points": {},
        "conditions": {n: c if "tests" in c else {**lists, **c} for n, c in conditions.items()},
        "constraints": list(constraints),
        "stage": {"outside": "", "refusal": "", **stage},
    }


def test_twins_are_not_shared_out_greedily():
    facts = {"m": ["x", "y", "z"], **{f"a{i}": None for i in range(1, 7)}}
    ways = {"x": ["a1", "a2", "a3"], "y": ["a4", "a5", "a6"], "z": ["a2", "a3", "a4", "a5"]}
    conditions: dict = {f"m_{v}": {"tests": "m", "one_of": [v]} for v in ways}
    conditions |= {f"way_{v}": {"when_all": [f"m_{v}", *needed]} for v, needed in ways.items()}
    conditions["any_way"] = {"when_any": [f"way_{v}" for v in ways]}
    found = kb.twins(kb.Case(opened(bare(facts, conditions, {"conditions": "any_way"}))), "s")
    assert {pair.fact for pair in found.pairs} == set(facts)
    assert {situation["m"] for situation in found.situations} == {"x", "y"}
    assert len(found.situations) == 2


def test_a_row_names_only_the_point_on_which_it_hangs():
    register = bare(
        {"a": None, "b": None},
        {
            "left": {"tests": "p", "one_of": ["x"]},
            "right": {"tests": "q", "one_of": ["x"]},
            "with_both": {"when_all": ["a", "b", "left"]},
            "with_none": {"when_all": ["right"], "unless_any": ["a", "b"]},
            "either": {"when_any": ["with_both", "with_none"]},
        },
        {"conditions": "either"},
    )
    register["points"] = {"p": ["x", "y"], "q": ["x", "y"]}
    found = kb.regions(kb.Case(opened(register)), "s")
    hanging = {(*row.when["a"], *row.when["b"], row.depends_on) for row in found.of(OPEN)}
    assert hanging == {(True, True, ("p",)), (False, False, ("q",))}


def test_a_complaint_is_not_added_to_a_case_without_proceedings(proc):
    found = kb.change(kb.Case(proc, procedure_penale="aucune"), "plainte_deposee", "true")
    # A withdrawn complaint is a complaint that was filed.
    withdrawn = {"plainte_retiree"}
    states = set(proc.nodes["procedure_penale"].domain) - {"aucune"} - withdrawn
    assert {one for change in found.changes for one in unmerged(change)} == {
        *(frozenset({("plainte_deposee", True), ("procedure_penale", s)}) for s in states),
        *(frozenset({("procedure_penale", state)}) for state in withdrawn),
    }


def test_a_value_within_reach_is_not_told_with_one_that_is_in_nobodys(proc):
    case = kb.Case(proc, infraction="traite", readings={"qualification_des_faits": "autorite"})
    found = kb.change(case, "infraction_visee", "false").changes
    assert {(c.answers["infraction"], c.actors) for c in found} == {
        (("autre_infraction",), ("justice",)),
        (("qualification_discutee",), None),
    }


def test_a_stage_is_listed_though_it_names_a_fact_that_changes_nothing():
    register = bare(
        {"a": None, "b": None},
        {"k": {"when_all": ["a", "b"]}, "out": {"when_all": ["a"]}},
        {"conditions": "k", "outside": "out"},
    )
    found = kb.listing(kb.Case(opened(register)), "s")
    assert found.rows == (((True,), "hors_champ"), ((False,), "condition_manquante"))


def test_an_answer_that_never_happens_and_is_forced_by_another_does_not_stop_an_interview():
    register = bare(
        {"g": None, "h": None, "f": ["a", "b"]},
        {"k": {"when_all": ["g", "h"]}},
        {"conditions": "k"},
        [{"g": [True], "f": ["a"]}],
    )
    found = kb.ask(kb.Case(opened(register)), "s", weights={"f": {"a": 1, "b": 0}})
    assert (found.fact, found.most, found.expected) == ("g", 2, 1.0)
