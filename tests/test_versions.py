"""The law over time: one register, opened as it is in force on a day."""

from __future__ import annotations

from datetime import date

import pytest
from registers import MINI

import traite_kb as kb
from traite_kb.checks import check
from traite_kb.cli import main
from traite_kb.model import Condition, Norm
from traite_kb.problems import CaseError, KnowledgeError

DATED = (
    ('modality = "may"', 'modality = "must"\nbefore = [{ until = 2021-12-31, modality = "may" }]'),
    (
        'one_of = ["voisine"]',
        'one_of = ["voisine"]\nfrom = 2020-01-01\n'
        'before = [{ until = 2022-06-30, one_of = ["voisine", "loin"] }]',
    ),
)


@pytest.fixture
def edited(tmp_path):
    def make(*edits: tuple[str, str]):
        text = MINI.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "mini.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return make


@pytest.fixture
def dated(edited):
    return edited(*DATED)


def test_a_table_says_on_each_day_what_was_in_force_on_it(dated):
    now = kb.open_procedure(dated)
    assert now.turns == (date(2020, 1, 1), date(2022, 1, 1), date(2022, 7, 1))
    for day, modality, values in (
        (date(2020, 1, 1), "may", ("voisine", "loin")),
        (date(2021, 12, 31), "may", ("voisine", "loin")),
        (date(2022, 1, 1), "must", ("voisine", "loin")),
        (date(2022, 6, 30), "must", ("voisine", "loin")),
        (date(2022, 7, 1), "must", ("voisine",)),
    ):
        then = kb.open_procedure(dated, on=day)
        assert then.of(Norm)["ouvrir"].modality == modality
        assert then.of(Condition)["voisinage"].one_of == values
        assert then.on == day
    norm = now.at(date(2021, 1, 1)).of(Norm)["ouvrir"]
    assert (norm.since, norm.until) == (None, date(2021, 12, 31))
    norm = now.of(Norm)["ouvrir"]
    assert (norm.since, norm.until) == (date(2022, 1, 1), None)


def test_days_without_a_change_between_them_have_the_same_law(dated):
    now = kb.open_procedure(dated, on=date(2025, 1, 1))
    assert now.at(date(2024, 2, 3)) is now
    assert now.at(date(2021, 1, 1)) is now.at(date(2021, 6, 6))
    assert now.at(date(2021, 1, 1)).at(date(2025, 1, 1)) is now.at(date(2023, 1, 1))


def test_a_node_is_there_only_while_it_is_in_force(edited):
    path = edited(("[gap.heure]", "[gap.heure]\nfrom = 2021-01-01\nuntil = 2022-12-31"))
    names = {day: set(kb.open_procedure(path, on=day).nodes) for day in
             (date(2020, 6, 1), date(2022, 12, 31), date(2023, 1, 1))}  # fmt: skip
    assert ["heure" in found for found in names.values()] == [False, True, False]


def test_a_case_with_a_day_is_assessed_under_the_law_of_that_day(dated):
    proc = kb.open_procedure(dated)
    case = {"frappe": True, "venue": "loin"}
    assert kb.assess(kb.Case(proc, **case))["entree"].conclusion == "conditions_reunies"
    then = kb.Case(proc, on=date(2022, 1, 5), **case)
    assert kb.assess(then)["entree"].conclusion == "hors_champ"
    with pytest.raises(CaseError, match="E010"):
        kb.Case(proc, on=date(2019, 1, 1))


def test_the_difference_of_two_days_tells_what_moved(dated, capsys):
    proc = kb.open_procedure(dated)
    found = kb.diff(proc.at(date(2021, 1, 1)), proc)
    assert dict(found.modalities) == {"ouvrir": ("may", "must")}
    moves = {(m.before, m.after) for s in found.shifts if s.name == "entree" for m in s.moves}
    assert ("hors_champ", "conditions_reunies") in moves
    assert main(["diff", f"{dated}@2021-01-01", str(dated), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Law on 1 January 2021, then on" in told


@pytest.mark.parametrize(
    "edit",
    [
        "from = 2022-01-01\nuntil = 2021-01-01",
        "before = [{ until = 2022-01-01 }, { until = 2021-01-01 }]",
        "from = 2023-01-01\nbefore = [{ until = 2022-01-01 }]",
        "until = 2020-01-01\nbefore = [{ until = 2022-01-01 }]",
    ],
)
def test_days_that_overlap_or_run_backwards_are_refused(edited, edit):
    with pytest.raises(KnowledgeError, match="E114"):
        kb.open_procedure(edited(("[gap.heure]", f"[gap.heure]\n{edit}")))


def test_an_earlier_version_needs_its_last_day_and_known_keys(edited):
    with pytest.raises(KnowledgeError, match="E103"):
        kb.open_procedure(edited(('modality = "may"', 'modality = "may"\nbefore = [{}]')))
    with pytest.raises(KnowledgeError, match="E102"):
        kb.open_procedure(
            edited(
                (
                    'modality = "may"',
                    'modality = "may"\nbefore = [{ until = 2021-01-01, modalty = "must" }]',
                )
            )
        )
    with pytest.raises(KnowledgeError, match="E105"):
        kb.open_procedure(
            edited(
                (
                    'modality = "may"',
                    'modality = "may"\nbefore = [{ until = 2021-01-01, modality = "might" }]',
                )
            )
        )


def test_a_reference_to_what_was_not_in_force_is_told_with_its_day(edited):
    path = edited(("[condition.opposition]", "[condition.opposition]\nfrom = 2022-01-01"))
    report = check(kb.open_procedure(path))
    told = [found for found in report.errors if found.code == "E201"]
    assert told
    assert told[0].day == date(2020, 1, 1)
    assert "1er janvier 2020" in told[0].line("fr").replace("\u00a0", " ")


def test_a_gap_that_only_an_earlier_law_has_is_told_with_its_day(edited):
    path = edited(
        ('when_all = ["avoir_frappe"]\nunless_any = ["voisinage"]\ncite = ["affiche:1#aaaaaaaa"]',
         'when_all = ["avoir_frappe"]\nunless_any = ["voisinage"]\ncite = ["affiche:1#aaaaaaaa"]\n'
         'before = [{ until = 2021-06-30, when_all = ["avoir_frappe", "opposition"] }]'),
    )  # fmt: skip
    report = check(kb.open_procedure(path))
    gaps = [found for found in report.errors if found.code == "E406"]
    assert [found.day for found in gaps] == [date(2020, 1, 1)]


def test_an_example_can_be_of_an_earlier_day(edited):
    path = edited(
        *DATED,
        (
            "[example.frapper_suffit.expect]",
            '[example.frapper_suffit.expect]',
        ),
        ('facts = { frappe = true, venue = "loin" }',
         'facts = { frappe = true, venue = "loin" }\non = 2022-01-05'),
    )  # fmt: skip
    assert [p.code for p in check(kb.open_procedure(path)).errors].count("E401") >= 1


def test_an_example_names_what_is_in_force_on_its_own_day_and_not_on_every_day(edited):
    late = ("[step.entrer]", "[step.entrer]\nfrom = 2022-01-01")
    proc = kb.open_procedure(edited(late))
    assert [p.code for p in check(proc).errors] == []
    assert "entrer" not in proc.at(date(2021, 1, 1)).nodes
    early = ('facts = { frappe = true, venue = "loin" }',
             'facts = { frappe = true, venue = "loin" }\non = 2021-06-01')  # fmt: skip
    told = [p for p in check(kb.open_procedure(edited(late, early))).errors if p.code == "E201"]
    assert {p.day for p in told} == {date(2021, 6, 1)}


def test_a_procedure_without_a_pathway_on_that_day_still_assesses_and_tells(edited):
    steps = (
        ("[step.frapper]", "[step.frapper]\nfrom = 2022-01-01"),
        ("[step.entrer]", "[step.entrer]\nfrom = 2022-01-01"),
    )
    then = kb.open_procedure(edited(*steps)).at(date(2021, 1, 1))
    assert repr(kb.pathway(kb.Case(then))) == ""
    assert kb.explain(kb.assess(kb.Case(then, frappe=True)))["entree"].title
