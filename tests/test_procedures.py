"""Every register that ships: it loads, covers its sheet, and its own examples hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import traite_kb as kb
from traite_kb.checks.examples import broken
from traite_kb.knowledge import compare_sheet
from traite_kb.model import Actor, Condition, Example, Fact, Norm, Point, Reference, Stage, Step

PROCEDURES = kb.procedures()
EXAMPLES = [
    pytest.param(name, example, id=example.label.fr)
    for name in PROCEDURES
    for example in kb.open_procedure(name).of(Example).values()
]
STAGES = ["delai_reflexion", "premiere_carte", "renouvellement", "retrait", "carte_resident", "mineur"]  # fmt: skip


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_register_has_no_error_and_covers_its_whole_sheet(name):
    report = kb.check(kb.open_procedure(name))
    assert [p.line("en") for p in report.problems] == []
    assert report.coverage == 1.0


@pytest.mark.parametrize("name", PROCEDURES)
def test_no_situation_is_left_without_an_answer_or_in_contradiction(name):
    certificate = kb.check(kb.open_procedure(name)).certificate
    assert certificate.situations > 0
    assert (certificate.unanswered, certificate.contradictory) == (0, 0)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name, example):
    assert [p.line("en") for p in broken(kb.open_procedure(name), example)] == []


def test_the_six_stages_of_the_contract_are_there_in_order(proc):
    assert list(proc.of(Stage)) == STAGES


def test_complaint_and_testimony_are_two_facts(proc):
    case = kb.Case(proc, nationalite="autre", famille_europeen="aucun_lien", age="majeur",
                   infraction="traite", procedure_penale="ouverte", personne_poursuivie=True,
                   contact_auteur=False, autre_lien_auteur=False, menace_ordre_public=False)  # fmt: skip
    for door in ("plainte_deposee", "temoignage"):
        other = {"plainte_deposee": "temoignage", "temoignage": "plainte_deposee"}[door]
        view = kb.assess(case.but(**{door: True, other: False}))
        assert view["premiere_carte"].conclusion == "conditions_reunies"
    view = kb.assess(case.but(plainte_deposee=False, temoignage=False))
    assert view["premiere_carte"].conclusion == "condition_manquante"


def test_one_unknown_condition_never_yields_conditions_met(proc):
    complete = next(e for e in proc.of(Example).values() if e.id == "plainte_complete")
    whole = kb.Case.known(proc, facts=complete.facts)
    decisive = set().union(*kb.assess(whole)["premiere_carte"].reasons)
    assert decisive
    for name in decisive:
        found = kb.assess(whole.but(**{name: None}))["premiere_carte"]
        assert found.conclusion == "a_verifier", name
        assert name in found.missing


def test_a_ground_for_refusal_never_changes_the_conclusion(proc):
    complete = proc.nodes["plainte_complete"]
    for ground in (
        "oqtf_non_executee",
        "faux_documents",
        "infractions_liste",
        "violences_agents_elus",
    ):
        found = kb.assess(kb.Case.known(proc, facts={**complete.facts, ground: True}))
        assert found["premiere_carte"].conclusion == "conditions_reunies"
        assert found["premiere_carte"].refusal is kb.Truth.YES


def test_the_texts_graded_as_seen_found_the_norms_of_the_code(proc):
    grades = {ref.id: ref.grade.value for ref in proc.of(Reference).values()}
    seen = {"T", "T-off", "T-mir"}
    for name, wanted in {
        "delivrance_selon_code": "ceseda_l425_1_al1",
        "renouvellement_selon_code": "ceseda_l425_1_al2",
        "resident_selon_code": "ceseda_l425_3",
        "refus_premiere_carte": "ceseda_l432_1_1",
        "pas_d_eloignement": "ceseda_r425_2",
        "information_du_delai": "ceseda_r425_1",
    }.items():
        assert wanted in proc.nodes[name].basis
        assert grades[wanted] in seen


def test_an_age_a_nationality_and_the_past_are_in_nobody_s_reach(proc):
    facts = proc.of(Fact)
    assert not any(facts[n].changed_by for n in ("nationalite", "age", "lieu_des_faits"))
    for name in ("plainte_deposee", "temoignage", "audition_faite", "personne_poursuivie"):
        assert set(facts[name].changed_by) == {True}, name


def test_what_an_authority_holds_to_be_so_is_changed_by_that_authority(proc):
    facts = proc.of(Fact)
    for name in ("menace_ordre_public", "faux_documents", "infractions_liste", "menace_grave"):
        assert facts[name].changed_by == dict.fromkeys((True, False), Actor.PREFECTURE), name
    assert set(facts["procedure_penale"].changed_by.values()) == {Actor.COURT}


def test_every_norm_names_its_act_and_the_bars_speak_of_the_act_that_they_bar(proc):
    norms = proc.of(Norm)
    assert all(norm.effect for norm in norms.values())
    for bar, barred in {
        "obstacle_de_la_menace": "delivrance_selon_code",
        "obstacle_au_renouvellement": "renouvellement_selon_code",
        "obstacle_a_la_carte_de_resident": "resident_selon_code",
    }.items():
        assert (norms[bar].effect, norms[bar].bearer) == (
            norms[barred].effect,
            norms[barred].bearer,
        )


def test_no_rule_rests_on_a_text_that_nobody_saw(proc):
    grades = {ref.id: ref.grade.value for ref in proc.of(Reference).values()}
    for node in proc:
        if isinstance(node, (Condition, Norm, Stage, Step)):
            assert node.cites or any(grades[ref] != "U" for ref in node.basis), node.id


def test_every_reading_is_sourced_or_signed_and_every_point_has_two(proc):
    for point in proc.of(Point).values():
        assert len(point.readings) >= 2
        assert all(r.cites or r.basis or r.signed for r in point.readings.values())


def sheet() -> Path | None:
    given = os.environ.get("TRAITE_KB_SHEET")
    beside = Path(__file__).parents[2] / "shared" / "source" / "fiche-2024-07-31.txt"
    return Path(given) if given else beside if beside.exists() else None


@pytest.mark.skipif(sheet() is None, reason="no copy of the sheet (TRAITE_KB_SHEET names one)")
def test_the_fingerprints_are_those_of_the_official_words(proc):
    found = compare_sheet(proc, sheet())
    assert (found.moved, found.lost, found.added, found.stale) == ({}, (), (), ())
    assert set(found.words) == set(proc.sheet.passages)
