"""Bad registers: one clear problem each, with its line, and all problems of a file at once."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import MINI

import traite_kb as kb
from traite_kb import wording
from traite_kb.knowledge import compare_sheet
from traite_kb.knowledge.expected import STATES
from traite_kb.knowledge.files import MAX_BYTES
from traite_kb.model import Actor, Deadline, Example, Fact, Norm
from traite_kb.pathways import State
from traite_kb.problems import KnowledgeError

# Each code of the loader: an edit of the mini register, and a text found on the line it names.
BROKEN = {
    "E006": ("since = 2020-01-01", "since = 2020-01-", "since = 2020-01-"),
    "E101": ("[gap.heure]", "[lacune.heure]", "[lacune.heure]"),
    "E102": ("assessed = 1", "", ""),
    "E103": ('label = { fr = "a frappé", en = "knocked" }', "", "[fact.frappe]"),
    "E104": ('when_all = ["frappe"]', "when_all = 3", "when_all = 3"),
    "E105": ('modality = "may"', 'modality = "might"', 'modality = "might"'),
    "E106": ("[gap.heure]", "[gap.frappe]", "[gap.frappe]"),
    "E107": ('fr = "a frappé", en = "knocked"', 'fr = "a frappé"', 'label = { fr = "a frappé" }'),
    "E108": ("affiche:2.2#cccccccc", "affiche:2.2", 'cite = ["affiche:2.2"]'),
    "E109": ("days = 30", "days = 30, months = 1", "deadline ="),
    "E110": ("[gap.heure]", "[gap.Heure]", "[gap.Heure]"),
    "E111": ("[procedure.mini]", "[procedure.maxi]\n[procedure.mini]", "[procedure.mini]"),
    "E112": ('conditions = "avoir_frappe"', 'conditions = ""', 'conditions = ""'),
    "E113": (
        'modality = "may"',
        'modality = "may"\neffect = "Ouvrir la porte"',
        'effect = "Ouvrir',
    ),
    "E114": (
        'modality = "may"',
        'modality = "may"\nfrom = 2022-01-01\nbefore = [{ until = 2021-01-01, modality = "must" }]',
        "[norm.ouvrir]",
    ),
    "E201": ('when_all = ["frappe"]', 'when_all = ["frape"]', "[condition.avoir_frappe]"),
    "E202": ('basis = ["reglement"]', 'basis = ["frappe"]', "[stage.entree]"),
    "E203": ('done_when = ["frappe"]', 'after = ["entrer"]', "[step.frapper]"),
    "E205": ('when_all = ["frappe"]', 'when_all = ["venue"]', "[condition.avoir_frappe]"),
    "E206": ('when_all = ["frappe"]', "", "[condition.avoir_frappe]"),
    "E207": ('one_of = ["voisine"]', "", "[condition.voisinage]"),
    "E208": ('fact = "venue"', 'fact = "frappe"', "[condition.voisinage]"),
    "E209": ('one_of = ["voisine"]', 'one_of = ["voisin"]', "[condition.voisinage]"),
}
BROKEN["E102"] = ("sheet =", "shet =", "shet =")


@pytest.mark.parametrize("code", BROKEN)
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_a_broken_register_is_refused_with_its_code_its_line_and_a_way_out(code, lang, edited):
    old, new, shown = BROKEN[code]
    path = edited((old, new))
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure(path)
    found = [p for p in error.value.problems if p.code == code]
    assert found, error.value.text("en")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert shown in lines[found[0].origin.line - 1]
    message = found[0].message(lang)
    assert message.strip()
    assert "{" not in message.replace("{ days", "")


def test_every_code_of_the_loader_is_tested_here():
    tested = {*BROKEN, *FILES, "E002", "E007", "E008", "E009", "E010", "E011", "E012", "E013"}
    codes = {k.split(".")[1] for k in wording.catalogue("fr") if re.match(r"problem\.E[012]", k)}
    assert codes == tested


FILES = {
    "E001": None,
    "E003": b"  \n\n",
    "E004": b"# \n" * (MAX_BYTES // 3 + 1),
    "E005": b"\x7fELF\x00\xff\xfe" * 40,
}


# Who acts, and which norms: an edit of the mini register that names what is not there.
UNFIT = [
    ("E105", ('changed_by = "police"', 'changed_by = "voisin"')),
    ("E105", ("[fact.venue.values]", 'changed_by = { loin = "voisin" }\n[fact.venue.values]')),
    ("E209", ("[fact.venue.values]", 'changed_by = { pres = "police" }\n[fact.venue.values]')),
    ("E209", ("[fact.venue.values]", 'changed_by = { true = "police" }\n[fact.venue.values]')),
    ("E201", ('modality = "may"', 'modality = "may"\nprevails_over = ["fermer"]')),
    ("E202", ('modality = "may"', 'modality = "may"\nprevails_over = ["frappe"]')),
    ("E203", ('modality = "may"', 'modality = "may"\nprevails_over = ["ouvrir"]')),
    ("E201", ("missing = [] }", 'missing = [], must = ["fermer"] }')),
    ("E202", ("missing = [] }", 'missing = [], must_not = ["frappe"] }')),
    ("E104", ("missing = [] }", 'missing = [], may = "ouvrir" }')),
    ("E201", ("missing = [] }", 'missing = [], police = ["fermer"] }')),
    ("E102", ("missing = [] }", 'missing = [], voisin = ["ouvrir"] }')),
    ("E105", ("entrer = { optional = false", 'entrer = { state = "finished"')),
    ("E102", ("entrer = { optional", "entrer = { required")),
    ("E202", ("entrer = { optional", "frappe = { optional")),
    ("E201", ("optional = false", 'because = ["attendre"]')),
    ("E202", ("documents = []", 'documents = ["frappe"]')),
    ("E104", ("documents = []", "documents = [[true]]")),
    ("E201", ("gives = []", 'gives = ["badge"]')),
    ("E202", ("optional = false", 'due = { days = 3, from = "frappe" }')),
    ("E109", ("optional = false", 'due = { from = "frapper" }')),
    ("E104", ("optional = false", "due = 3")),
    ("E202", ("rights = {}", "rights = { frappe = true }")),
    ("E105", ("rights = {}", 'rights = { frappe = "maybe" }')),
    ("E202", ("events = { frapper", "events = { frappe")),
    ("E104", ("events = { frapper = 2020-01-01", "events = { frapper = 3")),
    ("E209", ("venue = []", 'venue = "pres"')),
    ("E201", ("rights = {}", "doors = { fenetre = true }")),
    ("E202", ("rights = {}", "doors = { frappe = true }")),
    ("E105", ("rights = {}", 'doors = { frappe = "maybe" }')),
    *[
        (code, ("[gap.heure]", table + "[gap.heure]"))
        for code, table in (
            ("E103", '[mistake.x]\nlabel = { fr = "x", en = "x" }\nabout = ["frappe"]\n'),
            (
                "E103",
                '[mistake.x]\nlabel = { fr = "x", en = "x" }\ninstead = { fr = "y", en = "y" }\n',
            ),
            ("E107", '[mistake.x]\ninstead = { fr = "y" }\n'),
            (
                "E201",
                '[mistake.x]\nlabel = { fr = "x", en = "x" }\ninstead = { fr = "y", en = "y" }\n'
                'about = ["frape"]\n',
            ),
            ("E201", '[door.x]\nlabel = { fr = "x", en = "x" }\nwhen = ["frape"]\n'),
            ("E202", '[door.x]\nlabel = { fr = "x", en = "x" }\nwhen = ["entree"]\n'),
            ("E205", '[door.x]\nlabel = { fr = "x", en = "x" }\nwhen = ["venue"]\n'),
            ("E103", '[contact.x]\nlabel = { fr = "x", en = "x" }\ntold = "2022"\n'),
            ("E103", '[contact.x]\nlabel = { fr = "x", en = "x" }\nat = "17"\n'),
            ("E104", '[contact.x]\nlabel = { fr = "x", en = "x" }\nat = 17\ntold = "2022"\n'),
            ("E104", '[contact.x]\nlabel = { fr = "x", en = "x" }\nat = "17"\ntold = 2022\n'),
            ("E104", '[contact.x]\nlabel = { fr = "x", en = "x" }\nat = "17"\ntold = "2022-13"\n'),
            (
                "E102",
                '[contact.x]\nlabel = { fr = "x", en = "x" }\nat = "17"\ntold = "2022"\nhours = "9-19"\n',
            ),
            ("E107", '[document.x]\nlabel = { fr = "x", en = "x" }\nneeded_when = "if asked"\n'),
        )
    ],
]


@pytest.mark.parametrize(("code", "edit"), UNFIT)
def test_what_a_register_names_and_does_not_have_is_refused(code, edit, edited):
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure(edited(edit))
    assert code in [p.code for p in error.value.problems]


def test_who_can_change_a_fact_is_read_value_by_value_or_for_all_of_them(mini, edited):
    facts = mini.of(Fact)
    assert facts["frappe"].changed_by == {True: Actor.PERSON}
    assert facts["objection"].changed_by == {True: Actor.POLICE, False: Actor.POLICE}
    assert facts["venue"].changed_by == {}
    for written, read in {
        '{ loin = "association" }': {"loin": Actor.ASSOCIATION},
        '"justice"': {"loin": Actor.COURT, "voisine": Actor.COURT},
    }.items():
        path = edited(("[fact.venue.values]", f"changed_by = {written}\n[fact.venue.values]"))
        assert kb.open_procedure(path).of(Fact)["venue"].changed_by == read


def test_the_act_of_a_norm_its_priority_and_the_norms_of_an_example_are_read(edited):
    path = edited(
        ('modality = "may"', 'modality = "may"\neffect = "ouvrir_la_porte"'),
        ("[step.frapper]", FERMER + "[step.frapper]"),
        ("missing = [] }", 'missing = [], must = [], may = ["ouvrir"] }'),
    )
    procedure = kb.open_procedure(path)
    norms = procedure.of(Norm)
    assert {norms["ouvrir"].effect, norms["fermer"].effect} == {"ouvrir_la_porte"}
    assert (norms["ouvrir"].prevails_over, norms["fermer"].prevails_over) == ((), ("ouvrir",))
    (wanted,) = procedure.of(Example)["frapper_suffit"].expect
    assert (wanted.must, wanted.may, wanted.must_not) == (frozenset(), {"ouvrir"}, None)


def test_what_an_example_expects_of_its_steps_and_rights_is_read(edited):
    path = edited(
        ("missing = [] }", 'missing = [], police = ["ouvrir"] }'),
        ("[gap.heure]", PAPERS + "[gap.heure]"),
        ("rights = {}", 'rights = { rester = "unknown" }'),
        ("documents = []", 'documents = [["passe", "badge"], "photo"]'),
        ("entrer = { optional", ENTRER),
    )
    example = kb.open_procedure(path).of(Example)["frapper_suffit"]
    assert example.expect[0].borne_by == {Actor.POLICE: {"ouvrir"}}
    assert example.events == {"frapper": date(2020, 1, 1)}
    assert example.rights == {"rester": "unknown"}
    done, wanted = example.steps
    assert (done.step, done.state, done.because) == ("frapper", "done", None)
    assert wanted.documents == {frozenset({"passe", "badge"}), frozenset({"photo"})}
    assert (wanted.state, wanted.optional, wanted.gives) == ("open", False, frozenset())
    assert wanted.due == Deadline(30, "days", "heure")


def test_a_step_of_an_example_can_stand_wherever_a_step_of_a_case_can():
    assert set(STATES) == {state.value for state in State}


ENTRER = """frapper = "done"
entrer = { state = "open", due = { days = 30, from = "heure" }, optional"""
PAPERS = "".join(
    f'[{kind}.{name}]\nlabel = {{ fr = "x", en = "x" }}\n'
    for kind, name in [
        ("document", "passe"),
        ("document", "badge"),
        ("document", "photo"),
        ("right", "rester"),
    ]
)
FERMER = """[norm.fermer]
label = { fr = "ouvrir", en = "open" }
stage = "entree"
bearer = "police"
modality = "must_not"
effect = "ouvrir_la_porte"
prevails_over = ["ouvrir"]
when_all = ["opposition"]
cite = ["affiche:1#aaaaaaaa"]
"""


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_is_no_register_is_refused_with_one_clear_problem(code, tmp_path):
    path = tmp_path / "x.toml"
    if FILES[code] is not None:
        path.write_bytes(FILES[code])
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure(path)
    assert [p.code for p in error.value.problems if p.code.startswith("E00")] == [code]
    assert str(path) in str(error.value)


def test_ten_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "big.toml"
    path.write_bytes(b"a" * 10_000_000)
    with pytest.raises(KnowledgeError, match="E004"):
        kb.open_procedure(path)


def test_a_folder_without_toml_and_a_folder_in_place_of_a_case_say_so(tmp_path):
    with pytest.raises(KnowledgeError, match="E008"):
        kb.open_procedure(tmp_path)
    with pytest.raises(KnowledgeError, match="E007"):
        kb.open_case(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_device_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        for read in (
            kb.open_procedure,
            kb.open_case,
            lambda p: compare_sheet(kb.open_procedure(), p),
        ):
            with pytest.raises(KnowledgeError, match="E012"):
                read(path)


def test_a_name_that_no_system_can_hold_is_a_problem_like_any_other():
    for name in ("a" * 5000 + ".toml", "a/" * 3000 + "x.toml", "x\0y.toml"):
        with pytest.raises(KnowledgeError) as error:
            kb.open_procedure(name)
        assert len(error.value.problems) == 1


def test_an_unreadable_file_says_why(tmp_path, monkeypatch):
    path = tmp_path / "x.toml"
    path.write_text("a = 1")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(KnowledgeError, match="E002.*Permission denied"):
        kb.open_procedure(path)


def test_an_unknown_procedure_is_told_with_those_that_exist():
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure("carte_sejour")
    assert "carte_sejour_traite" in str(error.value)


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_its_lines(edited):
    path = edited(
        ('modality = "may"', 'modality = "might"'),
        ('when_all = ["frappe"]', 'when_all = ["frape"]'),
        ("[gap.heure]", "[gap.Heure]"),
    )
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure(path)
    codes = [p.code for p in error.value.problems]
    assert {"E105", "E201", "E110"} <= set(codes)
    lines = [p.origin.line for p in error.value.problems]
    assert lines == sorted(lines)


def test_a_circle_is_told_beside_other_problems_and_a_faulty_node_is_not_called_missing(edited):
    path = edited(
        ('done_when = ["frappe"]', 'after = ["entrer"]'),
        ('modality = "may"', 'modality = "might"'),
        ('if_met = { fr = "On peut entrer.", en = "One may enter." }', ""),
    )
    with pytest.raises(KnowledgeError) as error:
        kb.open_procedure(path)
    assert sorted(p.code for p in error.value.problems) == ["E103", "E105", "E203"]


def test_two_files_of_a_folder_are_one_register_and_share_their_ids(tmp_path):
    text = MINI.read_text(encoding="utf-8")
    head, tail = text.split("[condition.avoir_frappe]")
    (tmp_path / "a.toml").write_text(head, encoding="utf-8")
    (tmp_path / "b.toml").write_text("[condition.avoir_frappe]" + tail, encoding="utf-8")
    assert kb.open_procedure(tmp_path).id == "mini"
    (tmp_path / "c.toml").write_text(
        '[gap.frappe]\nlabel = { fr = "x", en = "x" }\n', encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"c\.toml:1: E106"):
        kb.open_procedure(tmp_path)


def test_a_day_before_the_register_starts_is_refused(proc):
    with pytest.raises(KnowledgeError, match="E010"):
        kb.open_procedure(on=date(2000, 1, 1))
    assert kb.open_procedure(on=date.today()) is kb.open_procedure()


toml_like = st.text(
    st.sampled_from(list("[]{}=\".,'#\n \tabcfé0123456789-_:\\")), max_size=200
) | st.builds(
    lambda text, at, junk: text[:at] + junk + text[at + len(junk) :],
    st.just(MINI.read_text(encoding="utf-8")),
    st.integers(0, len(MINI.read_text(encoding="utf-8"))),
    st.text(max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=toml_like.map(lambda t: t.encode("utf-8", "surrogatepass")) | st.binary(max_size=300)
)
def test_no_file_whatsoever_gives_anything_but_a_register_or_problems(content, tmp_path):
    path = tmp_path / "fuzz.toml"
    path.write_bytes(content)
    for read in (kb.open_procedure, kb.open_case):
        try:
            read(path)
        except kb.TraiteError as error:
            for lang in wording.LANGUAGES:
                assert error.text(lang)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(date(2024, 1, 1)),
    lambda sub: (
        st.lists(sub, max_size=2) | st.dictionaries(st.text("abc", min_size=1), sub, max_size=2)
    ),
    max_leaves=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_at_any_key_gives_problems_and_never_a_crash(data, tmp_path):
    lines = MINI.read_text(encoding="utf-8").splitlines()
    keyed = [i for i, line in enumerate(lines) if re.match(r'^["\w]+ = ', line)]
    at = data.draw(st.sampled_from(keyed))
    value = data.draw(values)
    lines[at] = lines[at].split(" = ")[0] + " = " + as_toml(value)
    path = tmp_path / "fuzz.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        procedure = kb.open_procedure(path)
        kb.check(procedure)
    except kb.TraiteError as error:
        assert str(error)


def as_toml(value) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, str):
        escaped = "".join(
            f"\\u{ord(c):04x}" if ord(c) < 0x10000 and not 0xD800 <= ord(c) < 0xE000 else "?"
            for c in value
        )
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return "{ " + ", ".join(f"{k} = {as_toml(v)}" for k, v in value.items()) + " }"


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 100_000, "a = " + "9" * 10_000, "a.b" + ".c" * 5000 + " = 1"]
)
def test_toml_made_to_exhaust_the_reader_is_a_problem_like_any_other(text, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(KnowledgeError):
        kb.open_procedure(path)
