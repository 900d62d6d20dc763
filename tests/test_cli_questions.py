"""The commands that ask about situations: shapes, sentences, and what a mistake gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from registers import MINI

from traite_kb.cli import main
from traite_kb.model import Fact, Point, Stage
from traite_kb.wording import typeset

HEAD = ["procedure", "on", "about", "refusal"]
SHAPES = {
    "why": ["outcome", "possible", "reasons", "always", "missing", "depends_on"],
    "change": ["to", "already", "changes"],
    "ask": ["fact", "most", "least", "proven", "expected", "shortest", "branches"],
    "robust": ["robust", "by_reading", "weights", "total"],
    "count": ["facts", "total", "outcomes"],
    "regions": ["facts", "total", "rows"],
    "twins": ["pairs", "never"],
}
EXTRA = {"change": ["--to", "conditions_reunies"]}


@pytest.fixture
def case(tmp_path) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(
        'procedure = "carte_sejour_traite"\n[facts]\nnationalite = "autre"\nage = "majeur"\n'
        "plainte_deposee = true\ncontact_auteur = true\ncontact_impose = false\n",
        encoding="utf-8",
    )
    return path


def run(capsys, *argv) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("verb", SHAPES)
def test_every_question_answers_in_the_documented_shape(capsys, case, verb):
    code, out, err = run(capsys, verb, "premiere_carte", case, "--json", *EXTRA.get(verb, []))
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert list(answer) == [*HEAD, *SHAPES[verb]]
    assert answer["about"] == "premiere_carte"


@pytest.mark.parametrize("verb", SHAPES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_question_is_told_in_sentences_without_a_blank_left_open(capsys, case, verb, lang):
    words = [verb, "premiere_carte", case, "--lang", lang, *EXTRA.get(verb, [])]
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, "")
    assert out.count("\n") > 1
    assert "{" not in out
    assert "a_verifier" not in out and "conditions_reunies" not in out


def test_a_contact_that_is_not_imposed_is_the_whole_reason_and_the_person_can_end_it(capsys, case):
    reasons = json.loads(run(capsys, "why", "premiere_carte", case, "--json")[1])
    assert reasons["outcome"] is None
    assert set(reasons["possible"]) == {"hors_champ", "condition_manquante"}
    told = json.loads(
        run(capsys, "why", "rupture", case, "--json")[1],
    )
    assert told["outcome"] == "false"
    assert told["reasons"] == [{"contact_auteur": True, "contact_impose": False}] or told[
        "reasons"
    ] == [{"contact_impose": False, "contact_auteur": True}]
    found = json.loads(run(capsys, "change", "rupture", case, "--to", "true", "--json")[1])
    assert {"contact_auteur": [False], "autre_lien_auteur": [False]} in [
        change["answers"] for change in found["changes"]
    ]
    assert all(change["actors"] for change in found["changes"])


def test_a_nationality_cannot_be_changed_by_anyone(capsys, tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(
        'procedure = "carte_sejour_traite"\n[facts]\nnationalite = "ue_eee_suisse"\n',
        encoding="utf-8",
    )
    words = ["change", "premiere_carte", path, "--to", "conditions_reunies"]
    found = json.loads(run(capsys, *words, "--json")[1])
    assert found["changes"]
    assert all(change["actors"] is None for change in found["changes"])
    assert "Ne peut pas changer" in run(capsys, *words)[1].replace("\u00a0", " ")


def test_change_tells_the_first_dozen_and_all_of_them_on_demand(capsys, case):
    words = ["change", "premiere_carte", case, "--to", "conditions_reunies", "--readings"]
    brief, full = run(capsys, *words)[1], run(capsys, *words, "--all")[1]
    assert "12" in brief
    assert len(full) > len(brief)


def test_count_regions_and_twins_agree_on_the_number_of_situations(capsys):
    counts = json.loads(run(capsys, "count", "delai_reflexion", "--json")[1])
    table = json.loads(run(capsys, "regions", "delai_reflexion", "--json")[1])
    assert counts["total"] == sum(counts["outcomes"].values()) == table["total"]
    for outcome, number in counts["outcomes"].items():
        rows = [row["situations"] for row in table["rows"] if row["outcome"] == outcome]
        assert sum(rows) == number


def test_list_writes_each_situation_once_with_the_outcome_that_count_counts(capsys):
    counts = json.loads(run(capsys, "count", "delai_reflexion", "--json")[1])
    found = json.loads(run(capsys, "list", "delai_reflexion", "--json")[1])
    assert found["facts"] == counts["facts"]
    assert len({tuple(row[:-1]) for row in found["rows"]}) == len(found["rows"]) == counts["total"]
    outcomes = [row[-1] for row in found["rows"]]
    assert {name: outcomes.count(name) for name in set(outcomes)} == counts["outcomes"]
    lines = run(capsys, "list", "delai_reflexion", "--lang", "en")[1].splitlines()
    assert len(lines) == counts["total"] + 1
    assert lines[0].startswith("nationality,")
    assert lines[0].endswith(",Result")


def test_diff_of_two_readings_moves_what_the_point_is_about(capsys, tmp_path):
    sides = []
    for reading in ("code_applicable", "accord_seul"):
        path = tmp_path / f"{reading}.toml"
        text = f'procedure = "carte_sejour_traite"\n[readings]\nalgeriens = "{reading}"\n'
        path.write_text(text, encoding="utf-8")
        sides.append(path)
    found = json.loads(run(capsys, "diff", *sides, "--about", "premiere_carte", "--json")[1])
    moves = {
        (move["before"], move["after"]): move
        for shift in found["shifts"]
        for move in shift["moves"]
    }
    granted = moves["conditions_reunies", "hors_champ"]
    assert all(box["nationalite"] == ["algerienne"] for box in granted["when"])
    assert granted["example"]["nationalite"] == "algerienne"
    told = run(capsys, "diff", *sides, "--lang", "en")[1]
    assert "Before: Can Algerians apply for this permit?" in told


def test_diff_of_two_versions_tells_changed_norms_and_moved_situations(capsys, tmp_path):
    text = MINI.read_text(encoding="utf-8")
    assert 'one_of = ["voisine"]' in text
    after = tmp_path / "after.toml"
    after.write_text(
        text.replace('one_of = ["voisine"]', 'one_of = ["voisine", "loin"]').replace(
            'modality = "may"', 'modality = "must"', 1
        ),
        encoding="utf-8",
    )
    found = json.loads(run(capsys, "diff", MINI, after, "--json")[1])
    assert found["modalities"] == {"ouvrir": ["may", "must"]}
    stage = next(s for s in found["shifts"] if s["about"] == "entree" and not s["refusal"])
    assert {(m["before"], m["after"]) for m in stage["moves"]} == {
        ("conditions_reunies", "hors_champ"),
        ("condition_manquante", "hors_champ"),
    }
    assert stage["moved"] == 2
    assert run(capsys, "diff", MINI, MINI, "--json")[0] == 0


def test_weights_are_read_from_a_file_and_change_the_expected_length(capsys, tmp_path):
    path = tmp_path / "weights.toml"
    path.write_text("[nationalite]\nfrancaise = 1\nautre = 99\n", encoding="utf-8")
    even = json.loads(run(capsys, "ask", "premiere_carte", "--json")[1])
    told = run(capsys, "ask", "delai_reflexion", "--weights", path, "--json")[1]
    odd = json.loads(told)
    assert odd["expected"] != even["expected"]
    chances = {branch["value"]: branch["chance"] for branch in odd["branches"]}
    if odd["fact"] == "nationalite":
        assert chances["autre"] == pytest.approx(0.99)


MISTAKES = {
    "an unknown stage": (["why", "premiere_cart"], "E615"),
    "an unknown stage for a refusal": (["count", "zut", "--refusal"], "E612"),
    "a refusal of what is not a stage": (["count", "etranger", "--refusal"], "E612"),
    "an unknown outcome": (["change", "premiere_carte", "--to", "oui"], "E614"),
    "two procedures": (["diff", str(MINI), "carte_sejour_traite"], "E617"),
    "an unknown thing to compare": (["diff", str(MINI), str(MINI), "--about", "zut"], "E615"),
    "an unknown kind of words": (["words", "zut"], "E624"),
    "too many situations to list": (["list", "premiere_carte"], "E619"),
    "a missing case": (["why", "premiere_carte", "nowhere.toml"], "E001"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_mistake_is_one_sentence_and_ends_with_two(capsys, mistake, lang):
    words, code = MISTAKES[mistake]
    ended, out, err = run(capsys, *words, "--lang", lang)
    assert ended == 2
    assert out == ""
    assert code in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[nationalit]\nautre = 1\n", "E601"),
        ("[nationalite]\nmartienne = 1\n", "E603"),
        ("[nationalite]\nautre = -1\n", "E616"),
        ("[nationalite]\nautre = 0\n", "E616"),
        ('[nationalite]\nautre = "beaucoup"\n', "E616"),
        ("nationalite = 3\n", "E610"),
        ("[plainte_deposee]\noui = 3\n", "E603"),
    ],
)
def test_wrong_weights_are_told_in_one_sentence(capsys, tmp_path, text, code):
    path = tmp_path / "weights.toml"
    path.write_text(text, encoding="utf-8")
    ended, _, err = run(capsys, "ask", "premiere_carte", "--weights", path)
    assert ended == 2
    assert code in err


def test_two_cases_with_other_facts_are_not_two_readings(capsys, case, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text('procedure = "carte_sejour_traite"\n', encoding="utf-8")
    ended, _, err = run(capsys, "diff", case, other)
    assert ended == 2
    assert "E618" in err


def test_words_lists_every_identifier_that_a_case_or_a_question_takes(capsys, proc):
    told = run(capsys, "words", "--lang", "en")[1]
    for kind in (Stage, Fact, Point):
        for name, node in proc.of(kind).items():
            assert f"– {name}: {typeset(node.label.en, 'en')}" in told
    assert "ue_eee_suisse" in told
    assert "– etranger: " in run(capsys, "words", "condition", "--lang", "en")[1]
