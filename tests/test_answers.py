"""The answers about situations, told in sentences: what is said, and how it is written."""

from __future__ import annotations

import re

import pytest
from registers import MINI

import traite_kb as kb
from traite_kb.explanation.answers import Telling, as_csv, tell_changes
from traite_kb.model import Fact, Point, Stage
from traite_kb.wording import LANGUAGES

STAGE = "premiere_carte"


def plain(told: Telling | str) -> str:
    return str(told).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def mini():
    return kb.open_procedure(MINI)


@pytest.fixture
def answers(proc):
    """Every kind of answer, about a case that leaves something open."""
    case = kb.Case(
        proc, nationalite="autre", age="majeur", contact_auteur=True, infraction="traite"
    )
    reading = case.but(contact_ou_lien="fiche")
    return [
        kb.why(case, STAGE),
        kb.why(case.but(nationalite="ue_eee_suisse"), STAGE),
        kb.change(case, STAGE, "conditions_reunies", readings=True),
        kb.change(case, STAGE, "condition_manquante"),
        kb.ask(case, STAGE, budget=50),
        kb.robust(case, STAGE),
        kb.count(case, STAGE),
        kb.regions(case, STAGE, refusal=True),
        kb.twins(case, STAGE),
        kb.diff(reading, reading.but(contact_ou_lien="code"), STAGE),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_answer_shows_an_identifier_or_an_empty_blank(proc, answers, lang):
    names = {n for kind in (Fact, Point, Stage) for n in proc.of(kind) if "_" in n}
    names |= {"conditions_reunies", "condition_manquante", "hors_champ", "a_verifier"}
    for answer in answers:
        told = plain(kb.tell(answer, lang))
        assert not names & set(re.findall(r"\w+", told)), told
        assert "{" not in told
        assert "«  »" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_html_with_its_language_and_nothing_left_unescaped(answers, lang):
    for answer in answers:
        page = kb.tell(answer, lang)._repr_html_()
        assert page.startswith(f'<div lang="{lang}">')
        assert set(re.findall(r"</?(\w+)", page)) <= {"div", "p", "strong", "ul", "li", "small"}
        assert page.count("<ul>") == page.count("</ul>")


def test_a_reason_says_what_is_enough_and_what_has_no_effect(mini):
    told = plain(kb.tell(kb.why(kb.Case(mini, venue="voisine", frappe=True), "entree")))
    assert "Ceci suffit à le dire ; aucune de ces réponses n’est de trop." in told
    assert "• venue : D’à côté" in told
    assert "Sans effet sur ce résultat : a frappé : Oui." in told


def test_two_reasons_are_told_as_two_sets_each_enough_by_itself(mini):
    found = kb.why(kb.Case(mini, venue="voisine", objection=False), "entree", refusal=True)
    assert found.outcome == "false"
    assert set(found.reasons) == {frozenset({"venue"}), frozenset({"objection"})}
    told = plain(kb.tell(found, "en"))
    assert "2 sets of answers are enough, each by itself" in told


def test_a_stage_without_a_ground_for_refusal_is_not_asked_about_one(proc):
    told = plain(kb.tell(kb.why(kb.Case(proc, nationalite="francaise"), "etranger")))
    assert "Non remplie" in told
    found = kb.robust(kb.Case(proc), "etranger")
    assert found.robust
    with pytest.raises(kb.CaseError, match="E623"):
        kb.why(kb.Case(proc), "retrait", refusal=True)


def test_what_is_not_settled_says_what_may_still_be_and_what_to_find_out(mini):
    told = plain(kb.tell(kb.why(kb.Case(mini), "entree")))
    assert told.startswith("Entrée : pourquoi ?\nRien n’est encore établi.")
    assert "A-t-elle frappé ?" in told


def test_changes_are_grouped_by_who_can_act_and_carry_their_warning(mini):
    found = kb.change(kb.Case(mini, frappe=False, venue="voisine"), "entree", "conditions_reunies")
    told = plain(kb.tell(found))
    assert "Ne peut pas changer" in told
    assert "venue : D’à côté → De loin" in told
    assert "On ne change pas une réponse pour obtenir un résultat" in told
    acts = kb.change(kb.Case(mini, frappe=False, venue="loin"), "entree", "conditions_reunies")
    assert "Qui peut agir : La personne" in plain(kb.tell(acts))


def test_a_result_that_is_there_already_needs_no_change(mini):
    found = kb.change(kb.Case(mini, frappe=True, venue="loin"), "entree", "conditions_reunies")
    assert found.already
    assert "C’est déjà le résultat" in plain(kb.tell(found))


def test_a_change_that_only_a_reading_allows_is_offered_with_it(proc):
    case = kb.Case(proc, nationalite="algerienne")
    assert all(change.answers for change in kb.change(case, STAGE, "hors_champ").changes)
    opened = kb.change(case, STAGE, "hors_champ", readings=True)
    alone = [change for change in opened.changes if not change.answers]
    assert [dict(change.readings) for change in alone] == [{"algeriens": ("accord_seul",)}]
    told = plain(tell_changes(opened, "fr", len(opened.changes)))
    assert (
        "si l’on retient, à la question « Les Algériens peuvent-ils demander ce titre ? »" in told
    )


def test_the_next_question_says_why_how_many_and_what_each_answer_leaves(mini):
    found = kb.ask(kb.Case(mini), "entree")
    told = plain(kb.tell(found))
    assert (found.most, found.is_proven) == (2, True)
    assert "Avec celle-ci, 2 questions au plus." in told
    assert "Aucun ordre des questions ne fait mieux à tout coup : c’est prouvé." in told
    assert "terminé" in told
    done = kb.ask(kb.Case(mini, venue="voisine"), "entree")
    assert done.fact == ""
    assert "Plus aucune réponse ne peut changer ce résultat." in plain(kb.tell(done))


def test_a_search_that_is_cut_short_says_what_is_proven_and_what_is_not(proc):
    found = kb.ask(kb.Case(proc), STAGE, budget=5)
    told = plain(kb.tell(found))
    assert found.least < found.most
    assert f"Aucun ordre ne finit toujours en moins de {found.least} questions" in told
    assert "un plus court n’est pas exclu" in told


def test_robust_tells_each_reading_and_what_the_points_weigh(proc):
    case = kb.Case(proc, nationalite="algerienne", famille_europeen="aucun_lien",
                   plainte_deposee=False, temoignage=False)  # fmt: skip
    found = kb.robust(case, STAGE)
    assert not found.robust
    told = plain(kb.tell(found))
    assert "Oui. Point discuté : Les Algériens peuvent-ils demander ce titre ?" in told
    assert "l’accord de 1968 règle seul leur séjour → Hors champ de cette procédure" in told
    taken = kb.robust(case.but(algeriens="accord_seul"), STAGE)
    assert taken.robust
    assert "Non : « Hors champ de cette procédure » quelle que soit la lecture." in plain(
        kb.tell(taken)
    )


def test_numbers_are_written_as_each_language_writes_them(proc):
    found = kb.count(kb.Case(proc), STAGE)
    assert found.total > 1000
    grouped = f"{found.total:,}"
    assert f"{grouped.replace(',', chr(0x202F))} situations possibles" in str(
        kb.tell(found)
    ).replace("\u00a0", " ")
    assert f"{grouped} situations possible" in plain(kb.tell(found, "en"))


def test_a_row_says_which_answers_are_left_out_when_that_is_shorter(proc):
    told = plain(kb.tell(kb.regions(kb.Case(proc), "etranger")))
    assert "nationalité : tout sauf « Française »" in told


def test_twins_leave_out_what_the_case_tells_already(proc):
    case = kb.Case(proc, nationalite="autre", age="majeur")
    told = plain(kb.tell(kb.twins(case, STAGE)))
    before = told.split("Parmi les situations")[0]
    assert "Situation 1 – " in before
    assert "nationalité" not in before
    assert (
        "Parmi les situations où : nationalité : Autre nationalité ; âge : 18 ans ou plus." in told
    )


def test_a_difference_of_two_readings_names_them_and_counts_what_moves(proc):
    case = kb.Case(proc)
    point = next(iter(proc.of(Point)))
    one, other = list(proc.of(Point)[point].readings)[:2]
    before = case.but(**{point: one})
    found = kb.diff(before, before.but(**{point: other}))
    told = plain(kb.tell(found))
    assert found.shifts
    for shift in found.shifts:
        assert shift.moved == sum(move.situations for move in shift.moves) > 0
    assert "Avant : " in told
    assert "Après : " in told
    same = plain(kb.tell(kb.diff(before, before)))
    assert "Aucune situation ne change de résultat." in same


def test_a_listing_is_told_by_its_first_lines(proc):
    told = plain(kb.tell(kb.listing(kb.Case(proc), "delai_reflexion")))
    assert "voici les 20 premières" in told
    assert told.count("→") == 20


def test_a_listing_is_a_table_in_words_that_a_spreadsheet_opens(mini):
    text = as_csv(kb.listing(kb.Case(mini), "entree"), "en")
    assert text.splitlines() == [
        "knocked,coming,Result",
        "Yes,From afar,Conditions met",
        "Yes,From next door,Outside this procedure",
        "No,From afar,A condition is not met",
        "No,From next door,Outside this procedure",
    ]
