from __future__ import annotations

import pytest

import traite_kb as kb
from traite_kb.exploration import EVERYTHING, Exploration, begin
from traite_kb.model import Example, Step
from traite_kb.screen import announcement, frame, screen
from traite_kb.wording import LANGUAGES


def walk(exploration, **answers):
    while exploration.question is not None:
        exploration = exploration.answer(answers.get(exploration.question.fact.id))
    return exploration


def test_a_european_is_told_out_of_scope_after_one_question(proc):
    done = begin(proc, "premiere_carte").answer("ue_eee_suisse")
    found = done.assessment["premiere_carte"]
    assert found.conclusion == "hors_champ"
    assert found.missing == ()


def test_only_questions_that_matter_are_asked(proc):
    done = walk(begin(proc, "premiere_carte"), nationalite="autre", famille_europeen="aucun_lien",
                age="majeur", plainte_deposee=False, temoignage=False)  # fmt: skip
    assert "vit_avec_europeen" not in done.asked
    assert "contact_auteur" not in done.asked
    assert done.assessment["premiere_carte"].conclusion == "condition_manquante"


def test_not_knowing_is_kept_apart_from_no_and_the_question_is_not_asked_again(proc):
    done = begin(proc, "premiere_carte").answer(None)
    assert done.skipped == {"nationalite"}
    assert done.case.facts == {}
    assert done.question.fact.id != "nationalite"


def test_everything_skipped_ends_with_a_result_and_no_answer(proc):
    done = walk(begin(proc, EVERYTHING))
    assert done.case.facts == {}
    assert done.question is None
    assert {f.conclusion for f in done.assessment.stages.values()} == {"a_verifier"}


def test_back_returns_to_the_question_before_with_its_answer_kept(proc):
    here = begin(proc, "premiere_carte").answer("autre").answer("aucun_lien")
    back = here.back()
    assert back.question.fact.id == "famille_europeen"
    assert back.question.chosen == "aucun_lien"
    assert back.back().question.fact.id == "nationalite"
    assert not back.back().can_go_back
    assert begin(proc).back() == begin(proc)


def test_an_earlier_answer_is_changed_and_the_others_are_kept(proc):
    here = begin(proc, "premiere_carte").answer("autre").answer("aucun_lien").answer("majeur")
    changed = here.revise("nationalite").answer("algerienne")
    assert changed.case.facts == {**here.case.facts, "nationalite": "algerienne"}
    assert changed.asked == here.asked
    assert changed.question.fact.id == here.question.fact.id


def test_an_answer_that_contradicts_the_others_is_offered_with_its_reason_and_not_taken(proc):
    here = Exploration(kb.Case(proc, procedure_penale="aucune")).revise("temoignage")
    clash = {option.value: option.clash for option in here.question.options}
    assert clash == {True: "temoigner_suppose_procedure", False: ""}
    assert here.answer(True) is here
    assert here.answer(False).case.facts["temoignage"] is False


def test_erasing_forgets_every_answer_and_keeps_the_stage(proc):
    gone = begin(proc, "mineur").answer("autre").erase()
    assert (gone.case.facts, gone.asked, gone.focus) == ({}, (), "mineur")


def test_an_unknown_stage_or_fact_moves_nothing(proc):
    here = begin(proc, "mineur")
    assert here.look_at("nope").focus == "mineur"
    assert here.revise("nope") == here


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_holds_words_and_plain_data_only(proc, lang):
    import json

    shown = screen(walk(begin(proc, EVERYTHING), nationalite="autre"), lang)
    assert json.loads(json.dumps(shown)) == shown
    assert shown["question"] is None
    first = screen(begin(proc, "premiere_carte"), lang)
    assert first["question"]["options"][0]["label"]
    assert len(first["path"]) == len(proc.of(Step))
    assert [s["focused"] for s in first["results"]].count(True) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_holds_the_words_of_every_node_that_a_screen_can_name(proc, lang):
    fixed = frame(proc, lang)
    assert len(fixed["notices"]) == 4

    def names(line):
        yield line["id"]
        for part in line.get("parts", ()):
            yield from names(part)

    for example in proc.of(Example).values():
        case = kb.Case.known(proc, facts=example.facts, readings=example.readings)
        shown = screen(Exploration(case), lang)
        for stage in shown["results"]:
            for line in (*stage["conditions"], *stage["norms"], *stage["points"]):
                assert set(names(line)) <= set(fixed["nodes"])
            assert set(stage["missing"]) <= set(fixed["asks"])
        assert [s["id"] for s in shown["path"]] == list(fixed["steps"])
        assert {r["id"] for r in shown["rights_now"]} <= set(fixed["rights"])


def test_a_change_is_announced_in_at_most_twenty_words(proc):
    before = begin(proc, "premiere_carte")
    after = before.answer("ue_eee_suisse")
    said = announcement(before, after, "fr")
    assert said.replace("\u00a0", " ") == (
        "Résultat mis à jour : Première carte d’un an – Hors champ de cette procédure."
    )
    assert len(said.split()) <= 20
