"""The widget as its shell sees it: a move comes in, a screen goes out."""

from __future__ import annotations

import json

import pytest

import traite_kb as kb
from traite_kb.widgets import Explorer


@pytest.fixture
def panel(proc) -> Explorer:
    return kb.explore(proc, focus="premiere_carte")


def move(panel: Explorer, kind: str, value: object = None) -> None:
    number = panel.move.get("number", 0) + 1
    panel.move = {"kind": kind, "value": value, "number": number}


def answer(panel: Explorer, option: object) -> None:
    question = panel.screen["question"]["id"]
    move(panel, "answer", {"question": question, "option": option})


def test_an_answer_changes_the_case_and_the_screen(panel):
    answer(panel, 2)
    assert panel.case.facts == {"nationalite": "ue_eee_suisse"}
    stage = next(s for s in panel.screen["results"] if s["focused"])
    assert stage["conclusion"] == "hors_champ"
    assert "Hors champ" in panel.announcement["text"]


def test_not_knowing_is_the_answer_minus_one(panel):
    answer(panel, -1)
    assert panel.case.facts == {}
    assert panel.screen["answers"][0]["answer"] == "Je ne sais pas"


@pytest.mark.parametrize("value", [99, "x", None, {"a": 1}, 2.5, -7])
def test_a_nonsense_answer_never_breaks_the_panel(panel, value):
    move(panel, "answer", value)
    answer(panel, value)
    assert panel.case.facts == {}


def test_an_answer_sent_twice_answers_one_question(panel):
    twice = {"question": "nationalite", "option": 0}
    move(panel, "answer", twice)
    move(panel, "answer", twice)
    assert panel.case.facts == {"nationalite": "autre"}
    assert panel.screen["question"]["id"] == "famille_europeen"


@pytest.mark.parametrize("kind", ["", "nope", "__init__", None, [], {}])
def test_a_nonsense_move_never_breaks_the_panel(panel, kind):
    before = panel.screen
    move(panel, kind, "x")
    assert panel.screen == before


def test_back_revise_focus_and_erase_do_what_they_say(panel):
    answer(panel, 0)
    move(panel, "back")
    assert panel.screen["question"]["id"] == "nationalite"
    move(panel, "revise", "age")
    assert panel.screen["question"]["id"] == "age"
    move(panel, "focus", "mineur")
    assert panel.exploration.focus == "mineur"
    move(panel, "erase")
    assert panel.case == kb.Case(panel.case.procedure)
    assert panel.announcement["text"] == "Vos réponses ont été effacées."


def test_the_language_changes_every_word_and_no_answer(panel):
    answer(panel, 0)
    move(panel, "lang", "en")
    assert panel.frame["words"]["next"] == "Continue"
    assert "Residence permit" in panel.picture
    assert panel.case.facts == {"nationalite": "autre"}
    move(panel, "lang", "xx")
    assert panel.frame["lang"] == "en"


def test_what_was_clicked_reads_back_as_one_line_of_code(panel, proc):
    answer(panel, 0)
    again = eval(panel.case.as_code(), {"kb": kb, "proc": proc})  # noqa: S307
    assert again == panel.case
    assert panel.screen["code"] == panel.case.as_code()


def test_a_panel_opened_on_a_case_goes_on_from_its_answers(proc):
    case = kb.Case(proc, nationalite="autre")
    panel = kb.explore(case, focus="premiere_carte")
    assert panel.screen["answers"][0]["id"] == "nationalite"
    assert panel.screen["question"]["id"] != "nationalite"


def test_every_step_of_the_screen_has_its_group_in_the_picture(panel):
    for step in panel.screen["path"]:
        assert f'id="step-{step["id"]}"' in panel.picture
    assert set(panel.marks) >= {step["state"] for step in panel.screen["path"]}


def test_the_state_that_goes_to_the_browser_is_plain_data(panel):
    assert json.dumps(panel.screen)
    # The picture goes once; an answer sends the screen alone.
    assert len(json.dumps(panel.screen)) < 120_000
