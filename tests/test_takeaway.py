"""What people take away: mistakes, other procedures, contacts, papers and rights."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import traite_kb as kb
from traite_kb.cli import main
from traite_kb.explanation import whom_to_call
from traite_kb.knowledge.values import Misshapen, told
from traite_kb.model import Contact, Document, Door, Help, Mistake, Right, Step
from traite_kb.screen import frame, paper
from traite_kb.wording import LANGUAGES, partial_date

DATA = Path(kb.__file__).parents[1] / "data" / "procedures"
MISTAKE = """[mistake.toute_personne]
label = { fr = "Tout le monde entre.", en = "Everybody enters." }
instead = { fr = "Il faut frapper.", en = "One must knock." }
note = { fr = "Même l’été.", en = "Even in summer." }
about = ["avoir_frappe", "venue"]
cite = ["affiche:1#aaaaaaaa"]
"""
DOORS = """[door.porte_du_voisin]
label = { fr = "la porte d’à côté", en = "the door next to it" }
when = ["voisinage"]
basis = ["reglement"]
[door.fenetre]
label = { fr = "la fenêtre", en = "the window" }
basis = ["reglement"]
"""
CONTACTS = """[contact.gardien]
label = { fr = "le gardien", en = "the guard" }
at = "30 39"
told = "2023-11"
basis = ["reglement"]
[contact.secours]
label = { fr = "le secours", en = "rescue" }
at = "112"
told = 2019-05-01
urgent = true
basis = ["reglement"]
[contact.site]
label = { fr = "le site", en = "the site" }
at = "https://example.org"
told = "2022"
basis = ["reglement"]
"""


@pytest.fixture
def opened(edited):
    def write(*edits: tuple[str, str]):
        everything = MISTAKE + DOORS + CONTACTS
        return kb.open_procedure(edited(("[gap.heure]", everything + "[gap.heure]"), *edits))

    return write


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_mistakes_doors_and_contacts_are_read(opened):
    proc = opened()
    mistake = proc.of(Mistake)["toute_personne"]
    assert (mistake.instead.en, mistake.about) == ("One must knock.", ("avoir_frappe", "venue"))
    assert {name: door.when for name, door in proc.of(Door).items()} == {
        "porte_du_voisin": ("voisinage",),
        "fenetre": (),
    }
    found = {name: (c.at, c.told, c.urgent) for name, c in proc.of(Contact).items()}
    assert found["gardien"] == ("30 39", "2023-11", False)
    assert found["secours"] == ("112", "2019-05-01", True)


def test_a_date_may_lack_its_day_or_its_month_and_is_never_made_up():
    assert [told(given) for given in ("2022", "2023-11")] == ["2022", "2023-11"]
    for wrong in ("2023-13", "22", "2022-01-01", 2022, True, None):
        with pytest.raises(Misshapen):
            told(wrong)
    said = [partial_date(given, "fr") for given in ("2022", "2023-11", "2024-05-01")]
    assert list(map(plain, said)) == ["2022", "novembre 2023", "1er mai 2024"]


def test_a_door_is_worth_a_look_where_its_condition_holds_and_always_when_it_has_none(opened):
    proc = opened()
    for answers, truth in (
        ({}, kb.Truth.UNKNOWN),
        ({"venue": "loin"}, kb.Truth.NO),
        ({"venue": "voisine"}, kb.Truth.YES),
    ):
        doors = kb.pathway(kb.Case(proc, **answers)).doors
        assert doors == {"porte_du_voisin": truth, "fenetre": kb.Truth.YES}


def test_only_the_doors_that_are_certainly_worth_a_look_are_told_and_never_as_a_right(opened):
    proc = opened()
    told_far = kb.explain(kb.assess(kb.Case(proc, venue="loin")))
    told_near = kb.explain(kb.assess(kb.Case(proc, venue="voisine")))
    assert [line.id for line in told_far.doors] == ["fenetre"]
    assert [line.id for line in told_near.doors] == ["porte_du_voisin", "fenetre"]
    end = plain(str(told_near)).split("Hors de cette procédure, voir\n")[1]
    assert end.startswith("  la porte d’à côté — règlement, art. 1\n  la fenêtre")
    assert [line.id for line in told_near.rights] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_is_told_once_with_what_holds_where_its_rule_is_told(opened, lang):
    proc = opened()
    told = kb.explain(kb.assess(kb.Case(proc)), lang)
    (line,) = told["entree"].mistakes
    assert (
        plain(line.note)
        == {
            "fr": "Il faut frapper. Même l’été.",
            "en": "One must knock. Even in summer.",
        }[lang]
    )
    assert [str(cite) for cite in line.cites]
    assert str(told).count(line.text) == 1
    assert plain(str(told)).count(f"✕ {plain(line.text)} → {plain(line.note)}") == 1


def test_a_mistake_about_what_is_not_told_is_not_told_either(opened):
    proc = opened(('about = ["avoir_frappe", "venue"]', 'about = ["entrer"]'))
    assert kb.explain(kb.assess(kb.Case(proc)))["entree"].mistakes == ()


def test_the_mistakes_of_a_stage_that_was_not_asked_for_are_left_out(proc):
    told = kb.explain(kb.assess(kb.Case(proc)), "en")
    other = next(m for m in told["carte_resident"].mistakes if m not in told["mineur"].mistakes)
    assert other.text in told.text("carte_resident")
    assert other.text not in told.text("mineur")


def test_the_rights_of_the_moment_are_told_and_those_that_are_open_are_not(proc):
    told = kb.explain(kb.assess(kb.Case(proc, recepisse_reflexion="en_cours")))
    assert {line.id for line in told.rights} >= {"travail_pendant_le_delai"}
    assert "travail_avec_la_carte" not in {line.id for line in told.rights}
    assert "Droits à ce moment\n" in plain(str(told))


def test_assess_json_tells_rights_and_doors_with_null_for_what_is_open(tmp_path, capsys, proc):
    case = tmp_path / "case.toml"
    case.write_text(
        f'procedure = "{proc.id}"\n[facts]\nrecepisse_reflexion = "en_cours"\nage = "majeur"\n',
        encoding="utf-8",
    )
    assert main(["assess", str(case), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["rights"]) == set(proc.of(Right))
    assert set(answer["doors"]) == set(proc.of(Door))
    assert answer["rights"]["travail_pendant_le_delai"] is True
    assert answer["rights"]["travail_avec_la_carte"] is None
    assert answer["doors"]["asile"] is True
    assert answer["doors"]["protection_de_l_enfance"] is None


def test_an_example_can_say_which_doors_are_worth_a_look(opened):
    def codes(wanted: str) -> list[str]:
        report = kb.check(opened(("rights = {}", f"doors = {{ {wanted} }}")))
        return [p.code for p in report.errors]

    assert codes("porte_du_voisin = false, fenetre = true") == []
    assert codes("porte_du_voisin = true") == ["E401"]
    assert codes('fenetre = "unknown"') == ["E401"]


def test_a_condition_that_only_a_door_rests_on_is_of_use(opened):
    less = ('outside = "voisinage"\n', ""), ('unless_any = ["voisinage"]\n', "")
    bare = opened(*less, ('unless_any = ["voisinage"]\n', ""))
    assert [p.code for p in kb.check(bare).problems] == []


def test_a_reference_that_adds_nothing_to_a_door_is_told(opened):
    twice = opened(('when = ["voisinage"]', 'when = ["voisinage", "voisinage"]'))
    assert [p.code for p in kb.check(twice).problems] == ["W409", "W409"]


@pytest.mark.parametrize("kind", ["mistake", "door", "contact"])
def test_what_has_no_source_is_refused_whatever_its_kind(opened, kind):
    table = {"mistake": MISTAKE, "door": DOORS, "contact": CONTACTS}[kind]
    source = 'cite = ["affiche:1#aaaaaaaa"]\n' if kind == "mistake" else 'basis = ["reglement"]\n'
    report = kb.check(opened((table, table.replace(source, "", 1))))
    assert [p.code for p in report.errors] == ["E301"]


def test_a_door_may_rest_on_an_unverified_text_and_its_citation_says_so(opened):
    proc = opened(('grade = "T"', 'grade = "U"'))
    assert not any(p.node in proc.of(Door) for p in kb.check(proc).problems)
    told = kb.explain(kb.assess(kb.Case(proc)))
    assert told.doors[0].cites[0].doubt == "non vérifié"


def test_whom_to_call_leaves_out_the_emergencies_and_tells_from_when_the_numbers_are(opened):
    body, dates = whom_to_call(opened(), "fr")
    assert "30\u00a039\u00a0: le gardien." in body
    assert "112" not in body
    assert "de 2022 à novembre 2023" in plain(dates)


def test_a_register_without_contacts_still_says_whom_to_talk_to(mini):
    body, dates = whom_to_call(mini, "en")
    assert body == "Talk to a lawyer or a specialised association."
    assert dates == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_has_the_numbers_of_the_register(proc, lang):
    words = frame(proc, lang)["words"]
    for contact in proc.of(Contact).values():
        assert (contact.at.replace(" ", "\u00a0") in words["orientation_body"]) != contact.urgent


def test_a_paper_that_is_not_always_asked_for_says_when_it_is(edited):
    table = (
        '[document.passe]\nlabel = { fr = "un passe", en = "a pass" }\n'
        'needed_when = { fr = "pour qui vient de loin", en = "for those from afar" }\n'
    )
    proc = kb.open_procedure(edited(("[gap.heure]", table + "[gap.heure]")))
    assert paper(proc, "passe", "fr") == "un passe – pour qui vient de loin"


def test_what_founds_a_door_a_right_or_a_mistake_is_linked_to_it_in_the_graph(proc):
    graph = kb.to_graph(proc)
    for kind, key in ((Mistake, "about"), (Door, "when"), (Right, "holds_when")):
        for node in proc.of(kind).values():
            assert all(key in graph[ref][node.id]["role"] for ref in getattr(node, key))
    assert graph.nodes["acces_au_droit"]["at"] == "30 39"


# --- the register that ships ----------------------------------------------------------------------


def test_the_fifteen_mistakes_are_there_and_each_says_what_holds(proc):
    mistakes = proc.of(Mistake).values()
    assert len(mistakes) == 15
    assert all(mistake.about for mistake in mistakes)
    assert len({mistake.instead.fr for mistake in mistakes}) == 15


def test_no_contact_gives_opening_hours_nor_the_number_that_no_source_gave(proc):
    said = []
    for contact in proc.of(Contact).values():
        said += [contact.at, contact.label.fr, contact.note.fr if contact.note else ""]
    assert not any(re.search(r"\d\s*h\b|24/7|7j", text) for text in said)
    digits = re.compile(r"0\s*8\s*2\s*5")
    assert not any(digits.search(p.read_text(encoding="utf-8")) for p in DATA.rglob("*.toml"))


def test_the_five_helps_of_the_sheet_are_there(proc):
    assert len(proc.of(Help)) == 5
    assert all(help_.basis for help_ in proc.of(Help).values())


def test_the_six_papers_of_the_sheet_are_asked_for_with_their_alternatives(proc):
    papers = proc.of(Document)
    asked = [papers[name] for name in proc.of(Step)["reunir_les_pieces"].documents]
    always = [paper for paper in asked if not paper.needed_when]
    assert len(asked) == 7
    assert {paper.id for paper in asked} - {paper.id for paper in always} == {
        "decision_de_transcription",
        "contrat_d_engagement",
    }
    assert len(papers["identite"].one_of) == 5
    assert len(papers["preuve_de_la_procedure"].one_of) == 2


def test_an_other_procedure_is_never_called_a_right(proc):
    for door in proc.of(Door).values():
        for text in (door.label, door.note):
            if text:
                assert not re.search(r"\bdroit à\b|de plein droit", text.fr), door.id
                assert not re.search(r"\bright to\b|as of right", text.en), door.id
