"""Real decisions: each usable one is a test, each other one a situation that can be held."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from registers import MINI

import traite_kb as kb
from traite_kb import wording
from traite_kb.checks.decisions import broken, case_of, misjudged, missed, raised
from traite_kb.checks.decisions import decided as rulings_of
from traite_kb.cli import main
from traite_kb.explanation.decisions import table, tell_decision, tell_decisions
from traite_kb.model import Decision, Grade, Law, Point, Reference, Seen, Use

ROOT = Path(__file__).parents[1]
LISTED = ROOT.parent / "shared" / "caselaw" / "decisions.yaml"
ALL = [
    (name, d) for name in kb.procedures() for d in kb.decisions(kb.open_procedure(name)).values()
]
# Ids of the list that say more than a court, a year and a number.
RENAMED = {
    "replick-usage-de-faux-seine-saint-denis": "ta_seine_saint_denis_faux",
    "cjeu-2022-10-20-C-66-21": "cjue_2022_c66_21",
    "ca-rouen-2025-01-vietnam": "ca_rouen_2025_01",
    "tc-paris-2018-02-08-57-bd-strasbourg": "tc_paris_2018",
    "ddd-2018-04-18-2018-131": "ddd_2018_131",
    "ddd-2022-11-02-2022-221": "ddd_2022_221",
}


def named(*uses: Use):
    return [
        pytest.param(n, d, id=f"{d.id}-{d.number or 'sans numéro'}")
        for n, d in ALL
        if d.test in uses
    ]


def without(table: dict, name: str) -> dict:
    return {key: value for key, value in table.items() if key != name}


@pytest.mark.parametrize(("name", "decision"), named(Use.YES, Use.WEAK))
def test_the_rules_give_what_was_held_in(name, decision):
    assert [p.line("en") for p in broken(kb.open_procedure(name), decision)] == []
    assert decision.expect


@pytest.mark.parametrize(("name", "decision"), named(Use.NO))
def test_the_register_can_hold_the_situation_of(name, decision):
    proc = kb.open_procedure(name)
    assert [p.line("en") for p in broken(proc, decision)] == []
    arising = raised(proc, decision)
    assert all(point in arising or decision.unraised[point].fr for point in decision.points)
    assert decision.points or decision.beyond, "illustrates no point, and does not say why"


@pytest.mark.parametrize(("name", "decision"), named(Use.YES, Use.WEAK))
def test_nothing_superfluous_is_supposed_in(name, decision):
    proc = kb.open_procedure(name)
    # Where two grounds each suffice, what one of them needs is only needed without the other.
    sides = [{point: taken} for point, taken in decision.readings.items()] or [{}]
    for fact in decision.supposed:
        fewer = [
            replace(decision, readings=side, supposed=without(decision.supposed, fact))
            for side in sides
        ]
        assert any(list(missed(d, kb.assess(case_of(proc, d)))) for d in fewer), fact


@pytest.mark.parametrize(
    ("name", "decision"), [p for p in named(Use.YES, Use.WEAK) if p.values[1].readings]
)
def test_without_its_readings_the_register_does_not_settle_the_question_of(name, decision):
    proc = kb.open_procedure(name)
    bare = replace(decision, readings={})
    assert list(missed(bare, kb.assess(case_of(proc, bare))))
    assert set(decision.readings) <= set(decision.points) <= set(raised(proc, decision))


def test_each_ground_of_the_refusal_of_2009_is_enough_by_its_reading(proc):
    decision = kb.decisions(proc)["caa_bordeaux_2009_08bx01680"]
    assert len(decision.readings) == 2
    for point, taken in decision.readings.items():
        case = case_of(proc, decision, readings=False).but(**{point: taken})
        assert kb.assess(case)["premiere_carte"].conclusion == "condition_manquante"


def test_refusing_before_checking_the_proceedings_has_no_ground_under_any_reading(proc):
    decision = kb.decisions(proc)["caa_paris_2018_17pa02410"]
    points = proc.of(Point)
    for first in points["demande_apres_procedure"].readings:
        for second in points["poursuites_et_plainte"].readings:
            case = case_of(proc, decision, readings=False).but(
                demande_apres_procedure=first, poursuites_et_plainte=second
            )
            assert "conditions_reunies" in kb.assess(case)["premiere_carte"].possible


def test_what_was_decided_on_one_s_silence_changes_with_the_indicators_alone(proc):
    decision = kb.decisions(proc)["caa_douai_2023_22da02407"]
    case = case_of(proc, decision)
    for known, wanted in ((None, "a_verifier"), (False, "condition_manquante")):
        assert (
            kb.assess(case.but(motifs_raisonnables=known))["delai_reflexion"].conclusion == wanted
        )


def test_the_weak_tests_and_the_tests_are_those_whose_outcome_is_known():
    for _, decision in ALL:
        assert (decision.test is Use.NO) == (not decision.expect)
        if decision.seen in (Seen.OPENING, Seen.MENTION) or decision.grade is Grade.UNVERIFIED:
            assert decision.test is Use.NO, decision.id
        if decision.adjacent:
            assert decision.test is not Use.YES, decision.id


def test_a_decision_that_the_register_cites_has_the_date_and_number_of_its_reference(proc):
    cited = [d for d in kb.decisions(proc).values() if d.reference]
    assert len(cited) >= 6
    for decision in cited:
        label = proc.nodes[decision.reference].label.fr
        assert isinstance(proc.nodes[decision.reference], Reference)
        assert decision.number in label
        assert str(decision.date.year) in label
    # A decision that is retold and cited says so.
    labels = " ".join(ref.label.fr for ref in proc.of(Reference).values())
    for decision in kb.decisions(proc).values():
        assert bool(decision.reference) == bool(decision.number and decision.number in labels), (
            decision.id
        )


@pytest.mark.skipif(not LISTED.exists(), reason="the list of decisions is not beside the checkout")
def test_every_decision_of_the_list_is_retold_with_its_date_number_sources_and_use(proc):
    entries = yaml.safe_load(LISTED.read_text(encoding="utf-8"))["entries"]
    told = dict(kb.decisions(proc))
    for entry in entries:
        short = re.sub(r"-(\d{4})-\d\d-\d\d-", r"-\1-", entry["id"]).lower().replace("-", "_")
        decision = told.pop(RENAMED.get(entry["id"], short))
        if decision.date:
            assert decision.date == entry["date"], decision.id
        if decision.number:
            assert decision.number == entry["number"], decision.id
        else:
            assert re.search("unknown|not", entry["number"]), decision.id
        assert list(decision.urls) == entry["source_url"], decision.id
        assert decision.test == str(entry["usable_as_test"]).split()[0], decision.id
        assert decision.adjacent == (entry["scope"] == "adjacent"), decision.id
        if decision.law is not Law.OTHER:
            assert (decision.law is Law.OLD) == str(entry["law_version"]).startswith("old"), (
                decision.id
            )
    assert told == {}


def _shingles(text: str, size: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


@pytest.mark.skipif(not LISTED.exists(), reason="the list of decisions is not beside the checkout")
def test_no_sentence_of_the_list_is_copied():
    known = _shingles(LISTED.read_text(encoding="utf-8"))
    assert len(known) > 1000
    for _, decision in ALL:
        for key, text in decision.as_json("en").items():
            if key in ("asked", "decided", "principle", "history", "beyond", "note") and text:
                assert not _shingles(text) & known, f"{decision.id}: {key}"


def test_no_promise_no_wounding_word_and_no_name_of_a_person_is_said():
    forbidden = re.compile(
        r"garanti|automatique|clandestin|prostituée|illégal|\b(?:M\.|Mme|Mlle|Mr|Mrs|Ms) "
    )
    keys = ("asked", "decided", "principle", "history", "beyond", "note", "texts", "label")
    for _, decision in ALL:
        for lang in wording.LANGUAGES:
            told = decision.as_json(lang)
            assert not [told[key] for key in keys if forbidden.search(told[key] or "")], decision.id


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_decision_is_told_in_both_languages(lang, proc):
    found = kb.decisions(proc)
    whole = str(tell_decisions(proc, found, lang))
    for decision in found.values():
        assert decision.id in whole
        said = str(tell_decision(proc, decision, lang))
        assert wording.typeset(decision.principle[lang], lang) in said
        assert all(url in said for url in decision.urls)
        assert wording.say("decision.untested", lang) in said or decision.test is not Use.NO


def test_a_decision_that_does_not_come_out_is_told_so(proc):
    decision = kb.decisions(proc)["caa_marseille_2021_21ma00481"]
    wrong = replace(decision, readings={"faits_a_l_etranger": "texte"})
    assert "do not give what was held: First one-year card" in str(tell_decision(proc, wrong, "en"))
    assert "The rules give what was held" in str(tell_decision(proc, decision, "en"))


def test_the_page_on_decisions_holds_the_table_of_the_data(proc):
    page = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    written = page.split("<!-- decisions -->")[1].split("<!-- /decisions -->")[0]
    assert written.strip() == table(kb.decisions(proc), "en").strip()
    for _, decision in ALL:
        if decision.law is Law.OLD and decision.test is not Use.NO:
            assert f"no. {decision.number}" in page, decision.id


# The command line


def run(capsys, *argv) -> tuple[int, str, str]:
    code = main(list(argv))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_lists_tells_and_writes_json(capsys, proc):
    found = kb.decisions(proc)
    code, out, _ = run(capsys, "decisions", "--json", "--lang", "en")
    answer = json.loads(out)
    assert (code, answer["procedure"]) == (0, proc.id)
    assert [d["id"] for d in answer["decisions"]] == list(found)
    assert all(d["holds"] is (None if d["test"] == "no" else True) for d in answer["decisions"])
    code, out, _ = run(capsys, "decisions", "ddd_2018_131", "--json")
    one = json.loads(out)["decision"]
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert {key for key in one if f'"{key}"' not in documented} == set()
    assert one["points"] == ["poursuites_et_plainte"]
    assert set(one["points"]) <= set(one["raised"])
    assert "339209" in run(capsys, "decisions")[1]
    assert run(capsys, "decisions", "--markdown", "--lang", "en")[1] == table(found, "en")
    assert (
        "Article L. 432-1-1"
        in run(capsys, "decisions", "caa_marseille_2025_24ma03284", "--lang", "en")[1]
    )


def test_an_unknown_decision_is_told_with_those_that_are_close(capsys):
    code, _, err = run(capsys, "decisions", "ce_2012")
    assert code == 2
    assert "ce_2012_339209" in err


def test_check_counts_the_decisions(capsys, proc):
    counts = kb.check(proc).counts
    used = [d.test for d in kb.decisions(proc).values()]
    assert counts["decision"] == len(used)
    assert (counts["decision_yes"], counts["decision_weak"]) == (
        used.count("yes"),
        used.count("weak"),
    )
    assert f"{len(used)} decisions" in run(capsys, "check", "--lang", "en")[1]


# A register with a decision beside it

RULING = """[decision.tribunal_1]
court = { fr = "tribunal", en = "court" }
date = 2020-02-02
urls = ["https://example.org/1"]
grade = "S"
seen = "extract"
law = "present"
texts = { fr = "règlement", en = "rules" }
asked = { fr = "x", en = "x" }
decided = { fr = "x", en = "x" }
principle = { fr = "x", en = "x" }
test = "yes"
points = ["porte"]
depends_on = []
unraised = {}
facts = { frappe = true }
supposed = { venue = "loin" }
readings = { porte = "ouverte" }
[decision.tribunal_1.expect]
entree = "conditions_reunies"
"""
# A point on which entering hangs: the door may have to be open.
DOOR = [
    ('when_all = ["frappe"]', 'when_all = ["frappe", "porte_ouverte"]'),
    ("[condition.voisinage]", """[condition.porte_ouverte]
label = { fr = "x", en = "x" }
point = "porte"
one_of = ["ouverte"]
cite = ["affiche:1#aaaaaaaa"]

[point.porte]
label = { fr = "x", en = "x" }
readings.ouverte = { label = { fr = "x", en = "x" }, basis = ["reglement"] }
readings.fermee = { label = { fr = "x", en = "x" }, basis = ["reglement"] }

[condition.voisinage]"""),
    ("events = {", 'readings = { porte = "ouverte" }\nevents = {'),
]  # fmt: skip


@pytest.fixture
def judged(tmp_path):
    """Write the mini register and one decision beside it, with some of its text replaced."""

    def write(*edits: tuple[str, str]) -> kb.Procedure:
        register, ruling = MINI.read_text(encoding="utf-8"), RULING
        for old, new in DOOR:
            assert register.count(old) >= 1, old
            register = register.replace(old, new, 1)
        for old, new in edits:
            assert ruling.count(old) >= 1, old
            ruling = ruling.replace(old, new, 1)
        for folder, text in (("procedures/mini", register), ("decisions/mini", ruling)):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / "one.toml").write_text(text, encoding="utf-8")
        return kb.open_procedure(tmp_path / "procedures" / "mini")

    return write


def codes(procedure: kb.Procedure) -> list[str]:
    return [p.code for p in misjudged(procedure, rulings_of(procedure))]


def test_a_sound_decision_beside_a_register_is_read_and_holds(judged):
    procedure = judged()
    (decision,) = kb.decisions(procedure).values()
    assert isinstance(decision, Decision)
    assert (decision.label.en, decision.label.fr) == (
        "court, 2 February 2020",
        "tribunal, 2\u00a0février 2020",
    )
    assert codes(procedure) == []
    assert kb.check(procedure).counts["decision"] == 1
    assert kb.decisions(kb.open_procedure(MINI)) == {}


FAULTS = [
    ("E101", "[decision.tribunal_1]", "[ruling.x]\na = 1\n[decision.tribunal_1]"),
    ("E102", "grade =", "grde ="),
    ("E103", 'seen = "extract"', ""),
    ("E103", "date = 2020-02-02", ""),
    ("E103", '[decision.tribunal_1.expect]\nentree = "conditions_reunies"', ""),
    ("E104", "date = 2020-02-02", 'date = "hier"'),
    ("E105", 'seen = "extract"', 'seen = "glimpse"'),
    ("E105", 'test = "yes"', 'test = "no"'),
    ("E107", 'asked = { fr = "x", en = "x" }', 'asked = { fr = "x" }'),
    ("E110", "[decision.tribunal_1]", "[decision.Tribunal]\na = 1\n[decision.tribunal_1]"),
    ("E201", "facts = { frappe = true }", "facts = { frape = true }"),
    ("E201", "entree =", "sortie ="),
    ("E201", 'points = ["porte"]', 'points = ["fenetre"]'),
    ("E201", "depends_on = []", 'depends_on = ["fenetre"]'),
    ("E201", "unraised = {}", 'unraised = { fenetre = { fr = "x", en = "x" } }'),
    ("E202", 'points = ["porte"]', 'points = ["frappe"]'),
    ("E202", 'grade = "S"', 'grade = "S"\nreference = "frappe"'),
    ("E209", "facts = { frappe = true }", 'facts = { frappe = "oui" }'),
    ("E209", 'supposed = { venue = "loin" }', 'supposed = { venue = "pres" }'),
    ("E209", 'readings = { porte = "ouverte" }', 'readings = { porte = "brisee" }'),
    ("E409", 'entree = "conditions_reunies"', 'entree = "hors_champ"'),
    ("E409", 'entree = "conditions_reunies"', "entree = { refusal_possible = true }"),
    ("E409", 'readings = { porte = "ouverte" }', "readings = {}"),
    ("E410", 'supposed = { venue = "loin" }', 'supposed = { venue = "loin", frappe = true }'),
    ("E411", "facts = { frappe = true }", "facts = { frappe = false }"),
    ("W411", "unraised = {}", 'unraised = { porte = { fr = "x", en = "x" } }'),
]


@pytest.mark.parametrize(("code", "old", "new"), FAULTS)
def test_a_fault_seeded_in_a_decision_is_found_at_its_line_by_check(code, old, new, judged):
    procedure = judged((old, new))
    found = [p for p in kb.check(procedure).problems if p.code == code]
    assert found
    assert found[0].origin.file.endswith("one.toml")
    assert "decisions" in found[0].origin.file
    assert found[0].origin.line > 0
    assert all("{" not in found[0].message(lang) for lang in wording.LANGUAGES)


def test_every_problem_of_the_files_of_decisions_is_told_at_once(judged):
    procedure = judged(
        (
            RULING,
            RULING.replace("grade =", "grde =")
            + RULING.replace("tribunal_1", "tribunal_2").replace("frappe", "frape"),
        )
    )
    with pytest.raises(kb.KnowledgeError) as error:
        kb.decisions(procedure)
    assert {p.code for p in error.value.problems} == {"E102", "E103", "E201"}


def test_two_files_cannot_tell_the_same_decision_twice(judged, tmp_path):
    procedure = judged()
    (tmp_path / "decisions" / "mini" / "two.toml").write_text(RULING, encoding="utf-8")
    with pytest.raises(kb.KnowledgeError, match="E106"):
        kb.decisions(procedure)


def test_contradictory_facts_are_an_error(judged, tmp_path):
    judged()
    path = tmp_path / "procedures" / "mini" / "one.toml"
    never = '[constraint.jamais]\nlabel = { fr = "x", en = "x" }\nnever = { frappe = true, venue = "loin" }\n'
    path.write_text(path.read_text(encoding="utf-8") + "\n" + never, encoding="utf-8")
    assert codes(kb.open_procedure(path.parent)) == ["E410"]


WEAK = ('test = "yes"', 'test = "weak"')
OPEN = ('readings = { porte = "ouverte" }', "readings = {}")
NAMED = ("depends_on = []", 'depends_on = ["porte"]')


def test_a_weak_test_may_hang_on_the_point_that_it_names_if_a_reading_gives_what_was_held(judged):
    assert codes(judged(OPEN, NAMED, WEAK)) == []
    assert codes(judged(OPEN, NAMED)) == ["E409"]
    assert codes(judged(OPEN, WEAK)) == ["E409"]
    elsewhere = ('entree = "conditions_reunies"', 'entree = "hors_champ"')
    assert codes(judged(OPEN, NAMED, WEAK, elsewhere)) == ["E409"]


def test_a_point_that_does_not_arise_may_be_explained(judged):
    away = ('supposed = { venue = "loin" }', 'supposed = { venue = "voisine" }')
    wanted = ('entree = "conditions_reunies"', 'entree = "hors_champ"')
    assert codes(judged(away, wanted)) == ["E411"]
    why = ("unraised = {}", 'unraised = { porte = { fr = "x", en = "x" } }')
    assert codes(judged(away, wanted, why)) == []


def test_a_date_that_is_known_in_part_is_told_in_words(judged):
    (decision,) = kb.decisions(
        judged(("date = 2020-02-02", 'dated = { fr = "en 2020", en = "in 2020" }\nnumber = "7"'))
    ).values()
    assert (decision.label.fr, decision.label.en) == (
        "tribunal, en 2020, n° 7",
        "court, in 2020, no. 7",
    )
    assert decision.day("en") == "in 2020"
