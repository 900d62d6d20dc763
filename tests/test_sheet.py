from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import traite_kb as kb
from traite_kb.knowledge import compare_sheet
from traite_kb.knowledge.sheet import fingerprint, sentences
from traite_kb.problems import KnowledgeError

NOTICE = "Frappez.\nLes voisins passent à côté. Le gardien peut s'opposer.\n\nMerci.\n"


@pytest.fixture
def noticed(edited):
    """The mini register with the fingerprints of a real notice."""
    prints = {key: fingerprint(words) for key, words in sentences(NOTICE).items()}
    fake = {"1": "aaaaaaaa", "2.1": "bbbbbbbb", "2.2": "cccccccc", "4": "dddddddd"}
    path = edited(("", ""))
    text = path.read_text(encoding="utf-8")
    for key, value in fake.items():
        text = text.replace(value, prints[key])
    path.write_text(text, encoding="utf-8")
    return kb.open_procedure(path)


def test_sentences_are_known_by_line_and_number():
    assert list(sentences(NOTICE)) == ["1", "2.1", "2.2", "4"]


def test_the_same_copy_is_found_whole(noticed, tmp_path):
    copy = tmp_path / "n.txt"
    copy.write_text(NOTICE, encoding="utf-8")
    found = compare_sheet(noticed, copy)
    assert found.words["2.2"] == "Le gardien peut s'opposer."
    assert not (found.moved or found.lost or found.added or found.stale)


def test_a_changed_sentence_names_the_nodes_to_read_again(noticed, tmp_path):
    copy = tmp_path / "n.txt"
    copy.write_text(NOTICE.replace("peut s'opposer", "doit s'opposer"), encoding="utf-8")
    found = compare_sheet(noticed, copy)
    assert found.lost == ("2.2",)
    assert found.stale == ("opposition",)
    assert found.added == ("2.2",)


def test_a_sentence_that_moved_is_followed_to_its_new_place(noticed, tmp_path):
    copy = tmp_path / "n.txt"
    copy.write_text("\n" + NOTICE, encoding="utf-8")
    found = compare_sheet(noticed, copy)
    assert found.moved == {"1": "2", "2.1": "3.1", "2.2": "3.2", "4": "5"}
    assert found.stale == ()


def test_a_missing_copy_is_told(noticed, tmp_path):
    with pytest.raises(KnowledgeError, match="E001"):
        compare_sheet(noticed, tmp_path / "nope.txt")


@given(st.text())
def test_a_fingerprint_sees_words_and_not_case_spaces_or_punctuation(text):
    assert fingerprint(text.upper()) == fingerprint(text.upper().lower())
    assert fingerprint(f"  {text} !!") == fingerprint(text)


def test_a_fingerprint_tells_words_apart():
    assert fingerprint("la préfecture peut") != fingerprint("la préfecture doit")
