from __future__ import annotations

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traite_kb import wording

PACKAGE = Path(wording.__file__).parent


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences_with_the_same_blanks():
    french, english = wording.catalogue("fr"), wording.catalogue("en")
    assert set(french) == set(english)
    named = {"label_fr", "label_en"}
    for key in french:
        assert blanks(french[key]) - named == blanks(english[key]) - named, key


def test_every_sentence_that_the_code_says_by_its_whole_key_exists():
    used = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.update(re.findall(r"^[a-z]+\.[a-zA-Z0-9_]+$", node.value))
    families = {key.split(".")[0] for key in wording.catalogue("fr")}
    said = {
        key for key in used if key.split(".")[0] in families and not key.endswith((".toml", "_"))
    }
    assert said - set(wording.catalogue("fr")) == set()


def test_every_word_that_the_browser_asks_for_exists():
    scripts = "".join(p.read_text(encoding="utf-8") for p in PACKAGE.rglob("widgets/static/*.js"))
    asked = set(re.findall(r"\bwords\.([a-z_]+)", scripts))
    known = {key.split(".")[1] for key in wording.catalogue("fr")}
    assert asked - known == set()


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("« oui » : non ?", "«\u00a0oui\u00a0»\u00a0: non\u202f?"),
        ("30 jours, 10 ans, 1er mai 2021", "30\u00a0jours, 10\u00a0ans, 1er\u00a0mai 2021"),
        ("art. L. 425-1, n° 339209", "art.\u00a0L.\u00a0425-1, n°\u00a0339209"),
        ("https://example.org : l'adresse", "https://example.org\u00a0: l’adresse"),
    ],
)
def test_french_typography_is_set(plain, set_):
    assert wording.typeset(plain, "fr") == set_


tokens = st.sampled_from(
    ["mot", "l'art.", "«mot»", "« mot »", ":", ";", "?", "30", "jours", "n°", "1er", "mai"]
)


@given(st.lists(tokens, max_size=8))
def test_setting_the_spaces_twice_changes_nothing_more(words):
    text = " ".join(words)
    once = wording.typeset(text, "fr")
    assert wording.typeset(once, "fr") == once


def test_english_has_its_own_quotation_marks():
    assert wording.typeset("« x » : 'y'", "en") == "“x” : 'y'"


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2024, 8, 1), "0\u00a0mois"),
        (date(2024, 8, 31), "1\u00a0mois"),
        (date(2025, 7, 30), "11\u00a0mois"),
        (date(2025, 7, 31), "1\u00a0an"),
        (date(2026, 11, 24), "2\u00a0ans et 3\u00a0mois"),
    ],
)
def test_the_age_of_the_source_is_told_in_years_and_months(today, told):
    assert wording.age(date(2024, 7, 31), today) == told


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr, en"):
        wording.catalogue("de")


FORBIDDEN = ["vous avez droit", "vous n’avez pas droit", "garanti", "automatique", "éligib",
             "clandestin", "prostituée", "illégal"]  # fmt: skip


def test_no_promise_and_no_wounding_word_is_ever_said(proc):
    said = list(wording.catalogue("fr").values())
    said += [node.label.fr for node in proc] + [node.note.fr for node in proc if node.note]
    said += [getattr(node, "ask", node.label).fr for node in proc]
    said += [getattr(node, "instead", node.label).fr for node in proc]
    for sentence in said:
        for word in FORBIDDEN:
            assert word not in sentence.lower(), sentence


def test_every_label_of_the_register_stands_in_both_languages_and_differs_where_it_should(proc):
    for node in proc:
        assert node.label.fr.strip()
        assert node.label.en.strip()
