from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import traite_kb as kb
from traite_kb.model import Deadline, Fact, Step
from traite_kb.pathways import State, after, ordered_steps
from traite_kb.screen import deadline


def states(proc, **facts):
    return {name: f.state for name, f in kb.pathway(kb.Case(proc, **facts)).steps.items()}


def test_a_step_that_nobody_spoke_of_is_to_be_checked_and_not_undone(proc):
    found = states(proc)
    assert found["audition"] is State.UNKNOWN
    assert State.DONE not in found.values()
    assert found["decision"] is State.WAITING


def test_an_answer_opens_what_follows(proc):
    found = states(proc, audition_faite=True, delai_propose=True)
    assert found["audition"] is State.DONE
    assert found["demande_du_delai"] is State.OPTIONAL
    assert found["plainte_ou_temoignage"] is State.UNKNOWN
    assert states(proc, audition_faite=False)["audition"] is State.OPEN


def test_the_reflection_period_runs_once_its_receipt_is_delivered(proc):
    found = states(proc, audition_faite=True, delai_propose=True, delai_choix="demande",
                   recepisse_reflexion="en_cours")  # fmt: skip
    assert found["remise_du_recepisse"] is State.DONE
    assert found["reflexion"] is State.OPEN


def test_cooperating_at_once_leaves_the_reflection_steps_without_object(proc):
    found = states(proc, audition_faite=True, delai_propose=True, delai_choix="renonce")
    for name in ("demande_du_delai", "remise_du_recepisse", "reflexion"):
        assert found[name] is State.MOOT


def test_a_condition_that_fails_blocks_the_card_and_what_follows_and_says_why(proc):
    path = kb.pathway(kb.Case(proc, contact_auteur=True, contact_impose=False))
    assert path["decision"].state is State.WAITING
    assert path["remise_de_la_carte"].state is State.BLOCKED
    assert path["remise_de_la_carte"].because == ("carte_possible",)
    assert "remise_de_la_carte" in path["demande_de_renouvellement"].because


def test_a_step_is_not_blocked_by_what_an_earlier_step_is_still_to_do(proc):
    found = states(proc, plainte_deposee=False, temoignage=False, procedure_penale="ouverte")
    assert found["plainte_ou_temoignage"] is State.OPEN
    assert found["depot_en_ligne"] is State.WAITING
    assert found["demande_de_carte_de_resident"] is State.WAITING


def test_outside_the_permit_its_steps_have_no_object_but_a_complaint_stays_open(proc):
    found = states(proc, nationalite="ue_eee_suisse", plainte_deposee=False, temoignage=False)
    for name in ("depot_en_ligne", "decision", "remise_de_la_carte", "demande_de_renouvellement"):
        assert found[name] is State.MOOT, name
    assert found["plainte_ou_temoignage"] is State.OPEN
    assert found["enquete_et_proces"] is State.WAITING


def test_nobody_has_to_wait_for_the_police_to_offer_the_period(proc):
    found = states(proc, audition_faite=False, delai_propose=False, plainte_deposee=False,
                   temoignage=False)  # fmt: skip
    assert found["plainte_ou_temoignage"] is State.OPEN
    assert found["demande_du_delai"] is State.OPTIONAL
    assert found["accompagnement"] is State.OPTIONAL


def test_an_acquittal_blocks_the_resident_card_and_a_running_case_does_not(proc):
    assert states(proc, procedure_penale="non_lieu_ou_relaxe")["condamnation"] is State.BLOCKED
    assert states(proc, procedure_penale="ouverte")["demande_de_carte_de_resident"] is State.WAITING


def test_rights_hold_only_while_what_founds_them_does(proc):
    def rights(**facts):
        return kb.pathway(kb.Case(proc, **facts)).rights

    assert rights()["protection_contre_l_eloignement"] is kb.Truth.UNKNOWN
    assert rights(recepisse_reflexion="en_cours")["protection_contre_l_eloignement"] is kb.Truth.YES
    over = rights(recepisse_reflexion="expire_ou_retire")
    assert over["protection_contre_l_eloignement"] is kb.Truth.NO
    assert over["travail_pendant_le_delai"] is kb.Truth.NO


def test_a_deadline_is_a_date_only_when_its_start_is_known(proc):
    step = proc.nodes["reflexion"]
    case = kb.Case(proc, delai_choix="demande", recepisse_reflexion="en_cours",
                   delai_propose=True, audition_faite=True)  # fmt: skip
    assert kb.pathway(case)["reflexion"].due is None
    assert deadline(step, None, proc, "fr").startswith("J + 30")
    known = kb.Case(proc, **case.facts, events={"remise_du_recepisse": date(2026, 10, 1)})
    due = kb.pathway(known)["reflexion"].due
    assert due == date(2026, 10, 31)
    assert "31\u00a0octobre 2026" in deadline(step, due, proc, "fr")


def test_a_deadline_whose_start_no_source_tells_is_never_dated(proc):
    case = kb.Case(proc, carte_delivree=True, events={"remise_de_la_carte": date(2026, 9, 1)})
    step = proc.nodes["demande_de_renouvellement"]
    assert kb.pathway(case)[step.id].due is None
    assert "départ non précisé" in deadline(step, None, proc, "fr")


def test_a_deadline_that_starts_at_a_gap_says_that_no_source_tells(edited):
    proc = kb.open_procedure(edited(('from = "frapper"', 'from = "heure"')))
    told = deadline(proc.nodes["entrer"], None, proc, "fr")
    assert told == "J + 30\u00a0jours (départ non précisé)"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_lengths_of_time_add_up_and_never_leave_the_right_month(start, count):
    assert (after(start, Deadline(count, "days", "x")) - start).days == count
    end = after(start, Deadline(count, "months", "x"))
    assert (end.year - start.year) * 12 + end.month - start.month == count
    assert end.day <= start.day
    year = after(start, Deadline(count, "years", "x"))
    assert (year.year - start.year, year.month) == (count, start.month)


def test_steps_stand_in_an_order_that_their_links_allow(proc):
    order = [step.id for step in ordered_steps(proc)]
    assert sorted(order) == sorted(proc.of(Step))
    for step in proc.of(Step).values():
        assert all(order.index(before) < order.index(step.id) for before in step.follows)


@given(data=st.data())
def test_every_possible_case_gives_every_step_a_state(proc, data):
    facts = {}
    for name, fact in proc.of(Fact).items():
        if data.draw(st.booleans()):
            facts[name] = data.draw(st.sampled_from(fact.domain))
    try:
        path = kb.pathway(kb.Case(proc, **facts))
    except kb.CaseError:
        return
    assert set(path.steps) == set(proc.of(Step))
    for name, found in path.steps.items():
        step = proc.nodes[name]
        if found.state is State.DONE:
            assert any(kb.settle(path.case, ref) is kb.Truth.YES for ref in step.done_when)
        if found.state is State.OPEN:
            waiting = [p for p in step.after if path[p].state not in (State.DONE, State.MOOT)]
            assert all(proc.nodes[p].optional for p in waiting)


def test_a_pathway_prints_one_step_a_line(proc):
    assert len(repr(kb.pathway(kb.Case(proc))).splitlines()) == len(proc.of(Step))


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_word_in_both_languages(state):
    from traite_kb.wording import say

    assert say(f"step.{state.value}", "fr") != say(f"step.{state.value}", "en")
