"""The linter: one fault seeded in the mini register for each code."""

from __future__ import annotations

import json
import re
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle import Oracle
from worlds import as_toml, worlds

import traite_kb as kb
from traite_kb import wording
from traite_kb.checks import Certificate, Report

_FORT = """[fact.fort]
label = { fr = "frappé fort", en = "knocked hard" }
ask = { fr = "A-t-elle frappé fort ?", en = "Did she knock hard?" }
why = { fr = "On entend mieux.", en = "One hears better." }

[condition.frapper_fort]
label = { fr = "frapper fort", en = "knocking hard" }
when_all = ["frappe", "fort"]
cite = ["affiche:1#aaaaaaaa"]

[condition.frapper_doucement]
label = { fr = "ne pas frapper fort", en = "not knocking hard" }
unless_any = ["frapper_fort"]
cite = ["affiche:1#aaaaaaaa"]

[condition.opposition]"""
_EITHER_WAY = [
    (
        'when_all = ["frappe"]',
        'when_all = ["frappe"]\nwhen_any = ["frapper_fort", "frapper_doucement"]',
    ),
    ("[condition.opposition]", _FORT),
]
_SUBSUMED = [
    ('when_all = ["frappe"]', 'when_any = ["frappe", "frapper_fort"]'),
    ("[condition.opposition]", _FORT),
]
_FERMER = """[norm.fermer]
label = { fr = "ouvrir", en = "open" }
stage = "entree"
bearer = "police"
modality = "must_not"
effect = "ouvrir_la_porte"
when_all = ["opposition"]
cite = ["affiche:2.2#cccccccc"]

[step.frapper]"""
_CLASH = [
    ("[step.frapper]", _FERMER),
    ('modality = "may"', 'modality = "may"\neffect = "ouvrir_la_porte"'),
]
_ACCORD = """[condition.accord]
label = { fr = "accord du gardien", en = "consent of the guard" }
unless_any = ["objection"]
cite = ["affiche:2.2#cccccccc"]

[stage.entree]"""
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
    "E406": [('when_all = ["avoir_frappe"]', 'when_all = ["avoir_frappe", "opposition"]')],
    "E407": _CLASH,
    "E408": [
        ("[stage.entree]", _ACCORD),
        ('done_when = ["frappe"]', 'needs = ["accord"]'),
        ('after = ["frapper"]', 'after = ["frapper"]\nneeds = ["opposition"]'),
    ],
    "W401": [('when_all = ["objection"]', 'when_all = ["frappe"]')],
    "W402": [('refusal = "opposition"', ""), ('when_all = ["opposition"]', 'when_all = ["objection"]')],
    "W403": [
        ('basis = ["reglement"]', ""),
        ('basis = ["reglement"]', 'cite = ["affiche:1#aaaaaaaa"]'),
    ],
    "W404": [('one_of = ["voisine"]', 'one_of = ["voisine", "loin"]')],
    "W405": [('when_all = ["opposition"]', 'when_all = ["opposition", "avoir_frappe"]')],
    "W406": [("[step.frapper]", _FERMER.replace("when_all", 'prevails_over = ["econduire"]\nwhen_all'))],
    "W407": _SUBSUMED,
    "W408": _EITHER_WAY,
    "W409": _SUBSUMED,
    "W410": [
        ("[gap.heure]", '''[constraint.une]
label = { fr = "x", en = "x" }
never = { frappe = true, objection = true }
[constraint.autre]
label = { fr = "x", en = "x" }
never = { frappe = true, objection = true, venue = "loin" }
[gap.heure]''')
    ],
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
    decided = {"E409", "E410", "E411", "W411"}  # seeded in test_decisions.py
    assert codes == set(FAULTS) | decided


def test_a_line_left_uncited_lowers_the_coverage(edited):
    report = kb.check(kb.open_procedure(edited(*FAULTS["E304"])))
    assert report.coverage == pytest.approx(2 / 3)


def test_a_sentence_left_uncited_uncovers_its_whole_line(edited):
    path = edited(('cite = ["affiche:2.2#cccccccc"]', 'cite = ["affiche:1#aaaaaaaa"]'))
    report = kb.check(kb.open_procedure(path))
    assert [dict(p.values)["passage"] for p in report.errors] == ["2.2"]
    assert report.coverage == pytest.approx(2 / 3)


def checked(edited, *edits) -> Report:
    return kb.check(kb.open_procedure(edited(*edits)))


def told(report, code: str) -> dict[str, str]:
    (found,) = (p for p in report.problems if p.code == code)
    return {"node": found.node, **dict(found.values)}


def test_a_register_without_problem_is_certified_with_its_number_of_situations(mini):
    report = kb.check(mini)
    assert report.as_json("en")["certificate"] == {
        "situations": 8,
        "unanswered": 0,
        "contradictory": 0,
        "explained": 0,
    }
    assert report.certificate.sentence("fr") == (
        "8 situations examinées, 0 sans réponse, 0 contradiction."
    )


def test_the_numbers_of_a_certificate_are_written_in_full():
    many = Certificate(1_234_567, 1_000, 2, 0)
    assert (
        many.sentence("en") == "1,234,567 situations examined, 1,000 unanswered, 2 contradictory."
    )
    assert many.sentence("fr") == (
        "1\u202f234\u202f567 situations examinées, 1\u202f000 sans réponse, 2 contradictions."
    )


def test_a_condition_that_holds_either_way_changes_nothing_and_neither_does_its_fact(edited):
    report = checked(edited, *_EITHER_WAY)
    assert {(p.code, p.node) for p in report.problems} == {
        ("W407", "fort"),
        ("W408", "frapper_fort"),
    }


def test_a_gap_is_told_with_the_fewest_answers_that_show_it(edited):
    report = checked(edited, *FAULTS["E406"])
    assert told(report, "E406") == {
        "node": "entree",
        "example": "frappe = true, venue = loin, objection = false",
    }
    assert report.certificate.unanswered == 1


def test_a_contradiction_names_both_norms_and_one_situation(edited):
    report = checked(edited, *FAULTS["E407"])
    assert told(report, "E407") == {
        "node": "fermer",
        "other": "ouvrir",
        "example": "frappe = true, venue = loin, objection = true",
    }
    assert (report.certificate.contradictory, report.certificate.explained) == (1, 0)


@pytest.mark.parametrize(("winner", "loser"), [("ouvrir", "fermer"), ("fermer", "ouvrir")])
def test_a_priority_explains_a_contradiction(winner, loser, edited):
    priority = f'prevails_over = ["{loser}"]'
    report = checked(edited, *_CLASH, (f"[norm.{winner}]", f"[norm.{winner}]\n{priority}"))
    assert report.problems == ()
    assert (report.certificate.contradictory, report.certificate.explained) == (0, 1)


@pytest.mark.parametrize(
    "apart",
    [
        ('effect = "ouvrir_la_porte"', 'effect = "parler"'),
        ('bearer = "police"', 'bearer = "personne"'),
        ('modality = "must_not"', 'modality = "must"'),
        ('[gap.heure]', '[constraint.x]\nlabel = { fr = "x", en = "x" }\n'
         'never = { frappe = true, objection = true }\n[gap.heure]'),
    ],
)  # fmt: skip
def test_norms_of_two_acts_two_bearers_or_two_worlds_do_not_contradict_each_other(apart, edited):
    assert not checked(edited, *_CLASH, apart).certificate.contradictory


def test_a_step_is_reached_when_the_step_that_stands_in_its_way_is_done(edited):
    done = ('needs = ["accord"]', 'needs = ["accord"]\ndone_when = ["frappe"]')
    assert checked(edited, *FAULTS["E408"], done).problems == ()


def test_a_step_is_reached_when_the_step_that_stands_in_its_way_is_optional(edited):
    optional = ('needs = ["accord"]', 'needs = ["accord"]\noptional = true')
    assert checked(edited, *FAULTS["E408"], optional).problems == ()


def test_a_step_that_never_has_an_object_is_not_reached(edited):
    moot = ('after = ["frapper"]', 'after = ["frapper"]\nmoot_when = ["accord", "opposition"]')
    report = checked(edited, ("[stage.entree]", _ACCORD), moot)
    assert told(report, "E408") == {"node": "entrer"}


def test_one_entry_too_many_among_the_needs_of_a_step_is_told(edited):
    needs = ('after = ["frapper"]', 'after = ["frapper"]\nneeds = ["frappe", "avoir_frappe"]')
    report = checked(edited, needs)
    found = [dict(p.values) for p in report.warnings]
    assert found == [{"ref": ref, "key": "needs"} for ref in ("frappe", "avoir_frappe")]


def test_an_example_says_exactly_which_norms_certainly_apply(edited):
    def of(lists: str):
        found = checked(edited, ("missing = [] }", f"missing = [], {lists} }}")).problems
        return [dict(p.values)["what"] for p in found]

    assert of('must = [], may = ["ouvrir"], must_not = []') == []
    assert of("may = []") == ["may"]
    assert of('may = ["ouvrir", "econduire"]') == ["may"]
    assert of('must_not = ["ouvrir"]') == ["must_not"]


_PIECE = """[document.piece]
label = { fr = "pièce", en = "paper" }
one_of = ["passe", "badge"]
[document.passe]
label = { fr = "passe", en = "pass" }
[document.badge]
label = { fr = "badge", en = "badge" }
[right.rester]
label = { fr = "rester", en = "stay" }
holds_when = ["frappe"]
[constraint.loin_sans_gardien]
label = { fr = "x", en = "x" }
never = { venue = "loin", objection = true }
[gap.heure]"""
_RICH = [
    (
        "entrer = { optional",
        'frapper = "done"\nentrer = { state = "open", because = [], due = 2020-01-31, optional',
    ),
    ('refusal_possible = "unknown"', "refusal_possible = false"),
    ("missing = [] }", 'missing = [], police = ["ouvrir"] }'),
    ("[gap.heure]", _PIECE),
    ('after = ["frapper"]', 'after = ["frapper"]\ndocuments = ["piece"]\ngives = ["rester"]'),
    ("documents = [],", 'documents = [["badge", "passe"]],'),
    ("gives = [] }", 'gives = ["rester"] }'),
    ("rights = {}", "rights = { rester = true }"),
    ("venue = []", "objection = true"),
]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (("[gap.heure]", "[gap.heure]"), []),
        (('police = ["ouvrir"]', "police = []"), ["police"]),
        (("police =", "personne ="), ["personne"]),
        (('frapper = "done"', 'frapper = "open"'), ["state"]),
        (("optional = false", "optional = true"), ["optional"]),
        (("because = []", 'because = ["frapper"]'), ["because"]),
        (("due = 2020-01-31", "due = 2020-01-30"), ["due"]),
        (("due = 2020-01-31", 'due = { days = 30, from = "frapper" }'), []),
        (("due = 2020-01-31", 'due = { months = 30, from = "frapper" }'), ["due"]),
        (("events = { frapper = 2020-01-01 }", "events = {}"), ["due"]),
        (('["badge", "passe"]', '"badge", "passe"'), ["documents"]),
        (('[["badge", "passe"]]', '[["badge"]]'), ["documents"]),
        (('gives = ["rester"] }', "gives = [] }"), ["gives"]),
        (("rester = true", "rester = false"), ["rights"]),
        (("rester = true", 'rester = "unknown"'), ["rights"]),
        (("excludes = { objection = true", "excludes = { objection = [true, false]"), ["excludes"]),
    ],
)  # fmt: skip
def test_an_example_says_what_must_come_of_steps_papers_rights_and_answers(fault, told, edited):
    found = checked(edited, *_RICH, fault).problems
    assert [dict(p.values)["what"] for p in found if p.code == "E401"] == told


class Judge(Oracle):
    """Brute force over what the checks say, with one condition fixed at will."""

    fixed: dict[str, bool] = {}

    def holds(self, name, situation):
        return self.fixed[name] if name in self.fixed else super().holds(name, situation)

    def results(self, situation) -> tuple[bool, ...]:
        outcome = self.outcome(situation)
        norms = (self.holds(condition, situation) for _, condition in self.register["rules"])
        return (outcome, self.refusal(situation), *norms)

    def applying(self, situation) -> list[int]:
        norms = enumerate(self.register["rules"])
        return [i for i, (_, condition) in norms if self.holds(condition, situation)]

    def gap(self, situation) -> bool:
        return self.outcome(situation) == "conditions_reunies" and not self.applying(situation)

    def clash(self, situation) -> bool:
        modalities = {self.register["rules"][i][0] for i in self.applying(situation)}
        return "must_not" in modalities and len(modalities) > 1

    def fact_matters(self, fact: str) -> bool:
        seen: dict[tuple, set] = {}
        for situation in self.possible:
            key = tuple(situation[n] for n in self.names if n != fact)
            seen.setdefault(key, set()).add(self.results(situation))
        return any(len(results) > 1 for results in seen.values())

    def condition_matters(self, name: str) -> bool:
        told = []
        for value in (True, False):
            self.fixed = {name: value}
            told.append([self.results(s) for s in self.possible])
        self.fixed = {}
        return told[0] != told[1]

    def spared(self, name: str, key: str, ref: str) -> bool:
        node = self.register["conditions"][name]
        before = [self.holds(name, s) for s in self.possible]
        other = Judge(deepcopy(self.register), {})
        other.register["conditions"][name][key] = [n for n in node[key] if n != ref]
        return before == [other.holds(name, s) for s in other.possible]

    def implied(self, place: int) -> bool:
        register = deepcopy(self.register)
        del register["constraints"][place]
        return Judge(register, {}).possible == self.possible


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(worlds(), st.data())
def test_what_the_checks_say_of_any_register_is_what_brute_force_finds(world, data):
    register, _ = world
    named = st.sampled_from(list(register["conditions"]))
    modality = st.sampled_from(["must", "may", "must_not"])
    register["rules"] = data.draw(st.lists(st.tuples(modality, named), max_size=3))
    judge = Judge(register, {})
    assume(judge.possible)
    text = as_toml(register)
    for i, (modality, condition) in enumerate(register["rules"]):
        text += (
            f'[norm.m{i}]\nlabel = {{ fr = "x", en = "x" }}\nstage = "s"\nbearer = "police"\n'
            f'modality = "{modality}"\neffect = "acte"\nwhen_all = {json.dumps([condition])}\n'
            'cite = ["affiche:1#aaaaaaaa"]\n'
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monde.toml"
        path.write_text(text, encoding="utf-8")
        report = kb.check(kb.open_procedure(path))
    found = {code: {p.node for p in report.problems if p.code == code} for code in FAULTS}
    assert report.certificate.situations == len(judge.possible)
    assert report.certificate.unanswered == sum(map(judge.gap, judge.possible))
    assert bool(found["E406"]) == any(map(judge.gap, judge.possible))
    assert report.certificate.contradictory == sum(map(judge.clash, judge.possible))
    assert bool(found["E407"]) == any(map(judge.clash, judge.possible))
    idle = {name for name in judge.facts if not judge.fact_matters(name)}
    assert found["W407"] == idle - found["W401"]
    dead = {name for name in register["conditions"] if not judge.condition_matters(name)}
    assert found["W408"] == dead - found["W402"]
    assert {
        (p.node, dict(p.values)["key"], dict(p.values)["ref"])
        for p in report.problems
        if p.code == "W409"
    } == {
        (name, key, ref)
        for name, node in register["conditions"].items()
        if "one_of" not in node and sum(map(len, node.values())) > 1
        for key, refs in node.items()
        for ref in refs
        if judge.spared(name, key, ref)
    }
    constraints = range(len(register["constraints"]))
    assert found["W410"] == {f"n{i}" for i in constraints if judge.implied(i)}
    for shown in (p for p in report.problems if p.code in ("E406", "E407", "W405")):
        assert_shows(judge, shown)


def assert_shows(judge: Judge, shown) -> None:
    """Every possible situation with the answers shown is a case of the problem told."""
    pairs = [p.split(" = ") for p in dict(shown.values)["example"].split(", ") if " = " in p]
    answers = {name: {"true": True, "false": False}.get(value, value) for name, value in pairs}
    situations = judge.agreeing(answers)
    assert situations
    of = {"E406": judge.gap, "E407": judge.clash, "W405": judge.refusal}[shown.code]
    assert all(map(of, situations))
