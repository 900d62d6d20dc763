from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import traite_kb as kb


def test_an_unknown_fact_is_told_with_the_closest_one(proc):
    with pytest.raises(kb.CaseError, match="plainte_deposee"):
        kb.Case(proc, plainte=True)


def test_a_wrong_value_is_told_with_the_possible_ones(proc):
    with pytest.raises(kb.CaseError, match="autre"):
        kb.Case(proc, nationalite="autr")


@pytest.mark.parametrize("value", [1, "oui", 0, "true", [True], 1.0])
def test_only_true_and_false_answer_a_yes_or_no_question(proc, value):
    with pytest.raises(kb.CaseError, match="E603"):
        kb.Case(proc, plainte_deposee=value)


def test_every_mistake_of_a_case_is_told_at_once(proc):
    with pytest.raises(kb.CaseError) as error:
        kb.Case(proc, plainte=True, nationalite="autr", temoignage=3, readings={"foo": "a"})
    assert sorted(p.code for p in error.value.problems) == ["E601", "E602", "E603", "E606"]


def test_none_leaves_a_fact_unanswered(proc):
    assert kb.Case(proc, temoignage=None) == kb.Case(proc)


def test_a_changed_case_is_a_new_one(proc):
    case = kb.Case(proc, temoignage=True)
    assert case.but(temoignage=False).facts == {"temoignage": False}
    assert case.facts == {"temoignage": True}
    assert case.but(temoignage=None) == kb.Case(proc)


def test_a_case_read_back_from_its_code_is_the_same(proc):
    case = kb.Case(proc, nationalite="autre", temoignage=True, on=date(2026, 1, 1),
                   readings={"contact_ou_lien": "code"}, events={"audition": date(2026, 1, 2)})  # fmt: skip
    import datetime

    again = eval(case.as_code(), {"kb": kb, "proc": proc, "datetime": datetime})  # noqa: S307
    assert again == case
    assert hash(again) == hash(case)


def test_a_reading_is_changed_by_the_id_of_its_point(proc):
    case = kb.Case(proc).but(contact_ou_lien="code")
    assert case.readings == {"contact_ou_lien": "code"}
    assert case.but(contact_ou_lien=None).readings == {}


def test_contradictory_facts_name_the_constraint(proc):
    with pytest.raises(kb.CaseError, match="temoigner_suppose_procedure"):
        kb.assess(kb.Case(proc, temoignage=True, procedure_penale="aucune"))


def test_asking_after_something_that_does_not_exist_is_told(proc):
    for name in ("ruptur", "nationalite", "audition_x"):
        with pytest.raises(kb.CaseError, match="E613"):
            kb.settle(kb.Case(proc), name)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


HEAD = 'procedure = "carte_sejour_traite"\n'


def test_the_case_file_of_the_design_opens(tmp_path):
    path = written(
        tmp_path,
        HEAD + 'on = 2026-11-23\n[facts]\nnationalite = "autre"\nplainte_deposee = true\n'
        "[readings]\n[events]\naudition = 2026-10-01\n",
    )
    case = kb.open_case(path)
    assert case.facts == {"nationalite": "autre", "plainte_deposee": True}
    assert case.events == {"audition": date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("procedure = 3\n", "E610", 1),
        ("[facts]\n", "E611", 0),
        ('procedure = "autre_procedure"\n', "E009", 1),
        (HEAD + "faits = 1\n", "E609", 2),
        (HEAD + "on = 2000-01-01\n", "E010", 2),
        (HEAD + 'on = "hier"\n', "E610", 2),
        (HEAD + "[facts]\nplainte = true\n", "E601", 3),
        (HEAD + '[facts]\nnationalite = "x"\n', "E602", 3),
        (HEAD + "[facts]\ntemoignage = 2\n", "E603", 3),
        (HEAD + '[readings]\nfoo = "a"\n', "E606", 3),
        (HEAD + "[events]\naudit = 2026-10-01\n", "E607", 3),
        (HEAD + '[events]\naudition = "hier"\n', "E608", 3),
        (HEAD + '[facts]\nreadings = true\nself = 1\norigins = "x"\n', "E601", 3),
    ],
)
def test_a_mistake_in_a_case_file_is_told_with_its_line(tmp_path, text, code, line):
    path = written(tmp_path, text)
    with pytest.raises(kb.TraiteError) as error:
        kb.open_case(path)
    assert (error.value.problems[0].code, error.value.problems[0].origin.line) == (code, line)


def test_wrong_keys_and_wrong_facts_of_a_file_are_told_together(tmp_path):
    path = written(tmp_path, HEAD + "faits = 1\non = 3\n[facts]\nplainte = true\n[points]\nx = 1\n")
    with pytest.raises(kb.CaseError) as error:
        kb.open_case(path)
    assert sorted(p.code for p in error.value.problems) == ["E601", "E609", "E609", "E610"]


def test_a_contradiction_in_a_case_file_is_told_with_its_line(tmp_path):
    path = written(tmp_path, HEAD + '[facts]\ntemoignage = true\nprocedure_penale = "aucune"\n')
    with pytest.raises(kb.CaseError, match=r"case\.toml:3: E604"):
        kb.assess(kb.open_case(path))


def test_a_case_of_another_procedure_is_refused(tmp_path, mini):
    with pytest.raises(kb.CaseError, match="E605"):
        kb.open_case(written(tmp_path, HEAD), procedure=mini)
