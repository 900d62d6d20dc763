"""The linter: one fault seeded in the mini register for each code."""

from __future__ import annotations

import re

import pytest

import traite_kb as kb
from traite_kb import wording

_READINGS = (
    "[gap.heure]",
    '[point.porte]\nlabel = { fr = "x", en = "x" }\n'
    '[point.porte.readings.a]\nlabel = { fr = "x", en = "x" }\n[gap.heure]',
)
FAULTS = {
    "E301": [('when_all = ["objection"]\ncite = ["affiche:2.2#cccccccc"]', 'when_all = ["objection"]')],
    "E302": [("affiche:2.1#bbbbbbbb", "affiche:2.1#bbbbbbbc")],
    "E303": [("affiche:2.1#bbbbbbbb", "affiche:3#bbbbbbbb")],
    "E304": [('cite = ["affiche:4#dddddddd"]', "")],
    "E305": [_READINGS],
    "E401": [('conclusion = "conditions_reunies"', 'conclusion = "hors_champ"')],
    "E402": [
        ("[gap.heure]", '[constraint.jamais]\nlabel = { fr = "x", en = "x" }\nnever = { frappe = true, venue = "loin" }\n[gap.heure]')
    ],
    "E403": [('outside = "voisinage"', 'outside = "avoir_frappe"')],
    "E404": [('when_all = ["objection"]', 'when_all = ["frappe"]\nunless_any = ["frappe"]')],
    "E405": [
        ("[gap.heure]", '[constraint.jamais]\nlabel = { fr = "x", en = "x" }\nnever = { frappe = [true, false] }\n[gap.heure]')
    ],
    "W401": [('when_all = ["objection"]', 'when_all = ["frappe"]')],
    "W402": [('refusal = "opposition"', "")],
    "W403": [('basis = ["reglement"]', "")],
    "W404": [('one_of = ["voisine"]', 'one_of = ["voisine", "loin"]')],
    "W501": [
        ('grade = "T"', 'grade = "U"'),
        ('when_all = ["objection"]\ncite = ["affiche:2.2#cccccccc"]', 'when_all = ["objection"]\nbasis = ["reglement"]'),
    ],
}  # fmt: skip


def test_the_mini_register_has_no_problem(mini):
    report = kb.check(mini)
    assert report.problems == ()
    assert report.coverage == 1.0


@pytest.mark.parametrize("code", FAULTS)
def test_a_seeded_fault_is_found_at_its_line_and_told_in_both_languages(code, edited):
    report = kb.check(kb.open_procedure(edited(*FAULTS[code])))
    found = [p for p in report.problems if p.code == code]
    assert found, report.problems
    assert found[0].origin.line > 0
    assert (found[0] in report.errors) == code.startswith("E")
    assert all(found[0].message(lang) for lang in wording.LANGUAGES)


def test_every_code_of_the_linter_is_seeded_here():
    codes = {k.split(".")[1] for k in wording.catalogue("fr") if re.match(r"problem\.(E[34]|W)", k)}
    assert codes == set(FAULTS)


def test_a_line_left_uncited_lowers_the_coverage(edited):
    report = kb.check(kb.open_procedure(edited(*FAULTS["E304"])))
    assert report.coverage == pytest.approx(2 / 3)


def test_a_sentence_left_uncited_uncovers_its_whole_line(edited):
    path = edited(('cite = ["affiche:2.2#cccccccc"]', 'cite = ["affiche:1#aaaaaaaa"]'))
    report = kb.check(kb.open_procedure(path))
    assert [dict(p.values)["passage"] for p in report.errors] == ["2.2"]
    assert report.coverage == pytest.approx(2 / 3)
