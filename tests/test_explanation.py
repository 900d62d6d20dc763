from __future__ import annotations

from datetime import date

import pytest

import traite_kb as kb
from traite_kb.citations import citations
from traite_kb.explanation import notices
from traite_kb.model import Example
from traite_kb.wording import LANGUAGES

COMPLETE = dict(nationalite="autre", famille_europeen="aucun_lien", age="majeur",
                lieu_des_faits="en_france", plainte_deposee=True, infraction="traite", procedure_penale="ouverte",
                personne_poursuivie=True, contact_auteur=False, autre_lien_auteur=False,
                menace_ordre_public=False)  # fmt: skip


def account(proc, stage="premiere_carte", lang="fr", **facts):
    return kb.explain(kb.assess(kb.Case(proc, **facts)), lang)[stage]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_conditions_met_are_told_with_the_words_that_keep_the_discretion(proc):
    told = account(proc, **COMPLETE)
    assert plain(told.sentences[0]) == (
        "Les conditions indiquées par la fiche sont réunies. La préfecture peut délivrer la carte ; "
        "elle peut aussi la refuser dans les cas prévus. Le code va plus loin que la fiche : il écrit "
        "« se voit délivrer »."
    )
    assert "Conclusion identique quelle que soit la lecture." in told.sentences


def test_a_missing_condition_is_named_with_its_sources(proc):
    told = account(proc, **{**COMPLETE, "contact_auteur": True, "contact_impose": False})
    assert plain(told.sentences[0]) == "Une condition manque : avoir rompu avec les auteurs."
    line = next(x for x in told.conditions if x.id == "rupture")
    assert line.state == "no"
    assert [str(c) for c in line.cites][0] == "Fiche, ligne 17"


def test_out_of_scope_says_why(proc):
    told = account(proc, nationalite="ue_eee_suisse")
    assert plain(told.sentences[0]).startswith("Hors champ de cette procédure : être Européen")


def test_an_open_conclusion_counts_what_is_missing_and_lists_it_as_questions(proc):
    facts = {**COMPLETE}
    del facts["menace_ordre_public"]
    told = account(proc, **facts)
    assert told.sentences[0] == "Impossible de conclure\u00a0: il manque 1 réponse."
    assert [name for name, _ in told.missing] == ["menace_ordre_public"]


def test_a_conclusion_that_can_no_longer_be_reached_is_said_to_be_excluded(proc):
    told = account(proc, contact_auteur=True, contact_impose=False)
    assert "Déjà exclu\u00a0: «\u00a0Conditions réunies\u00a0»." in told.sentences


def test_a_ground_for_refusal_is_told_apart_and_left_to_the_prefecture(proc):
    told = account(proc, **COMPLETE, oqtf_non_executee=True)
    assert told.conclusion == "conditions_reunies"
    assert plain(told.refusal_sentence) == (
        "Un motif de refus possible existe : OQTF non exécutée. La préfecture apprécie."
    )


def test_out_of_scope_there_is_nothing_to_refuse(proc):
    told = account(proc, nationalite="ue_eee_suisse", oqtf_non_executee=True)
    assert told.refusal == "no"
    assert not told.refusal_missing
    assert [line.id for line in told.norms if line.state == "yes"] == []


def test_a_disputed_point_is_told_with_both_readings_and_their_sources(proc):
    told = account(proc, **{**COMPLETE, "personne_poursuivie": False, "temoignage": False})
    (point,) = told.points
    assert point.id == "poursuites_et_plainte"
    assert [plain(part.word) for part in point.parts] == ["Lecture A", "Lecture B"]
    assert all(part.cites for part in point.parts)
    assert any("dépend d’un point discuté" in s for s in told.sentences)


def test_a_text_that_was_not_seen_is_told_as_such(proc):
    (_, article) = citations(proc, proc.nodes["gratuite_de_la_carte"], "fr")
    assert article.doubt == "non vérifié"
    decision = citations(proc, proc.nodes["motif_faux"], "fr")[-1]
    assert decision.doubt == "source secondaire"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_is_told_whole_with_the_notices(proc, lang):
    for example in proc.of(Example).values():
        case = kb.Case.known(proc, facts=example.facts, readings=example.readings)
        told = kb.explain(kb.assess(case), lang)
        text = str(told)
        assert "{" not in text
        for notice in told.notices:
            assert notice in text
        for stage in told.stages:
            assert stage.sentences, (example.id, stage.id)
        assert "white-space" in told._repr_html_()


def test_a_may_is_never_told_as_a_must(proc):
    told = account(proc, **COMPLETE)
    sentences = {line.id: line.text for line in told.norms}
    assert plain(sentences["refus_premiere_carte"]).startswith("La préfecture peut :")
    assert plain(sentences["delivrance_selon_code"]).startswith("La préfecture doit :")
    assert plain(sentences["obstacle_de_la_menace"]).startswith("La préfecture ne doit pas :")


def test_the_notices_tell_the_age_of_the_sheet(proc):
    last = plain(notices(proc, "fr", today=date(2026, 11, 24))[-1])
    assert (
        last
        == "Fiche vérifiée le 31 juillet 2024, il y a 2 ans et 3 mois : vérifiez qu’elle est à jour."
    )


def test_stages_named_in_text_are_told_alone(proc):
    text = kb.explain(kb.assess(kb.Case(proc)), "en").text("mineur")
    assert "The minor’s way" in text
    assert "First one-year card" not in text
