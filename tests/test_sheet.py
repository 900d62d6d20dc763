from __future__ import annotations

import html
import io
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import traite_kb as kb
from traite_kb import wording
from traite_kb.citations import citations
from traite_kb.cli import main
from traite_kb.knowledge import compare_sheet, with_source
from traite_kb.knowledge.copies import page_text
from traite_kb.knowledge.sheet import fingerprint, fingerprints, sentences
from traite_kb.problems import KnowledgeError

NOTICE = "Frappez.\nLes voisins passent à côté. Le gardien peut s'opposer.\n\nMerci.\n"
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Affiche</title><style>p { color: red }</style>
<script>document.write("<p>Frappez fort.</p>")</script></head><body>
<nav><ul><li>Accueil</li><li>Menu</li></ul></nav>
<main><h1>Frappez.</h1>
<p>Les <a href="/v">voisins</a> passent
 &agrave; c&ocirc;t&eacute;. Le <b>gardien</b> peut s&rsquo;opposer.</p><div>Merci.</div></main></body></html>
"""
SILENT = (', refusal_possible = "unknown"', "")
POINT = """[point.voisins]
label = { fr = "x", en = "x" }
[point.voisins.readings.porte]
label = { fr = "x", en = "x" }
cite = ["affiche:2.1#bbbbbbbb"]
[point.voisins.readings.mur]
label = { fr = "x", en = "x" }
basis = ["reglement"]
[gap.heure]"""

PAPERS = """[document.piece]
label = { fr = "x", en = "x" }
one_of = ["passe", "badge"]
[document.passe]
label = { fr = "x", en = "x" }
cite = ["affiche:2.1#bbbbbbbb"]
[document.badge]
label = { fr = "x", en = "x" }
[right.rester]
label = { fr = "x", en = "x" }
holds_when = ["opposition"]
[gap.heure]
cite = ["affiche:4#dddddddd"]"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def fingerprinted(edited):
    """The mini register, edited, with the fingerprints of a real notice."""

    def build(*edits: tuple[str, str]) -> kb.Procedure:
        prints = {key: fingerprint(words) for key, words in sentences(NOTICE).items()}
        fake = {"1": "aaaaaaaa", "2.1": "bbbbbbbb", "2.2": "cccccccc", "4": "dddddddd"}
        path = edited(*edits)
        text = path.read_text(encoding="utf-8")
        for key, value in fake.items():
            text = text.replace(value, prints[key])
        path.write_text(text, encoding="utf-8")
        return kb.open_procedure(path)

    return build


@pytest.fixture
def noticed(fingerprinted):
    return fingerprinted()


@pytest.fixture
def copy(tmp_path):
    def write(text: str, name: str = "n.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_sentences_are_known_by_line_and_number():
    assert list(sentences(NOTICE)) == ["1", "2.1", "2.2", "4"]


def test_the_same_copy_is_found_whole(noticed, copy):
    found = compare_sheet(noticed, copy(NOTICE))
    assert found.words["2.2"] == "Le gardien peut s'opposer."
    assert not (found.moved or found.lost or found.added or found.stale)
    assert found.unchanged == 4


def test_one_changed_word_names_exactly_what_rests_on_its_passage(noticed, copy):
    found = compare_sheet(noticed, copy(NOTICE.replace("peut s'opposer", "doit s'opposer")))
    assert found.lost == ("2.2",)
    assert found.stale == ("opposition",)
    assert found.added == ("2.2",)
    assert found.changed == {"2.2": "2.2"}
    assert (found.gone, found.new) == ((), ())
    (reread,) = found.reread.values()
    assert reread.as_json() == {
        "nodes": ["opposition"],
        "points": [],
        "examples": ["frapper_suffit"],  # it says that a refusal is not known to be possible
        "steps": [],
        "pictures": [],
    }


def test_an_example_that_expects_nothing_of_a_refusal_does_not_rest_on_its_grounds(
    fingerprinted, copy
):
    silent = fingerprinted(SILENT)
    found = compare_sheet(silent, copy(NOTICE.replace("peut s'opposer", "doit s'opposer")))
    assert found.reread["2.2"].nodes == ("opposition",)
    assert found.reread["2.2"].examples == ()


@pytest.mark.parametrize("counted", ["may = []", 'police = ["ouvrir"]'])
def test_the_norms_that_an_example_counts_are_read_again_with_it(fingerprinted, copy, counted):
    counting = fingerprinted(SILENT, ("missing = [] }", f"{counted} }}"))
    found = compare_sheet(counting, copy(NOTICE.replace("peut s'opposer", "doit s'opposer")))
    assert found.reread["2.2"].examples == ("frapper_suffit",)


def test_the_rights_that_an_example_expects_are_read_again_with_it(fingerprinted, copy):
    right = """[right.rester]\nlabel = { fr = "x", en = "x" }\nholds_when = ["opposition"]
[gap.heure]"""
    expecting = fingerprinted(
        SILENT, ("[gap.heure]", right), ("rights = {}", 'rights = { rester = "unknown" }')
    )
    found = compare_sheet(expecting, copy(NOTICE.replace("peut s'opposer", "doit s'opposer")))
    assert found.reread["2.2"].examples == ("frapper_suffit",)


def test_an_example_rests_on_the_conditions_of_a_conclusion_that_it_expects(fingerprinted, copy):
    apart = ('when_all = ["frappe"]\ncite = ["affiche:1#aaaaaaaa"]',
             'when_all = ["frappe"]\ncite = ["affiche:4#dddddddd"]')  # fmt: skip
    steps = ("entrer = { optional = false, documents = [], gives = [] }", "")
    other = copy(NOTICE.replace("Merci", "Adieu"))
    concluding = fingerprinted(apart, steps)
    assert compare_sheet(concluding, other).reread["4"].examples == ("frapper_suffit",)
    refusing = fingerprinted(
        apart, steps, ('conclusion = "conditions_reunies", ', ""), (", missing = []", "")
    )
    assert compare_sheet(refusing, other).reread["4"].examples == ()


def test_an_example_rests_on_the_passage_of_the_stage_of_which_it_speaks(fingerprinted, copy):
    stage = ('cite = ["affiche:1#aaaaaaaa"]\nbasis', 'cite = ["affiche:4#dddddddd"]\nbasis')
    found = compare_sheet(fingerprinted(stage), copy(NOTICE.replace("Merci", "Adieu")))
    assert found.reread["4"].nodes == ("entree", "pied")
    assert found.reread["4"].examples == ("frapper_suffit",)


def test_a_step_does_not_rest_on_the_step_from_which_its_deadline_runs(fingerprinted, copy):
    knock = ('done_when = ["frappe"]\ncite = ["affiche:1#aaaaaaaa"]',
             'done_when = ["frappe"]\ncite = ["affiche:4#dddddddd"]')  # fmt: skip
    found = compare_sheet(fingerprinted(knock), copy(NOTICE.replace("Merci", "Adieu")))
    assert found.reread["4"].steps == ("frapper",)


def test_a_step_rests_on_what_leaves_it_without_an_object(fingerprinted, copy):
    moot = ('after = ["frapper"]', 'after = ["frapper"]\nmoot_when = ["opposition"]')
    changed = copy(NOTICE.replace("peut s'opposer", "doit s'opposer"))
    assert compare_sheet(fingerprinted(moot), changed).reread["2.2"].steps == ("entrer",)


def test_steps_and_their_picture_are_read_again_with_what_they_rest_on(fingerprinted, copy):
    needing = fingerprinted(('after = ["frapper"]', 'after = ["frapper"]\nneeds = ["opposition"]'))
    changed = copy(NOTICE.replace("peut s'opposer", "doit s'opposer"))
    assert compare_sheet(needing, changed).reread["2.2"].steps == ("entrer",)
    assert compare_sheet(needing, changed).reread["2.2"].pictures == ("pathway",)
    knocking = compare_sheet(needing, copy(NOTICE.replace("Frappez", "Sonnez"))).reread["1"]
    assert knocking.nodes == ("avoir_frappe", "entree", "ouvrir", "frapper", "entrer")
    assert knocking.steps == ("frapper", "entrer")


def test_a_step_rests_on_its_papers_its_rights_and_the_gap_where_its_deadline_starts(
    fingerprinted, copy
):
    rich = fingerprinted(
        ('after = ["frapper"]', 'after = ["frapper"]\ndocuments = ["piece"]\ngives = ["rester"]'),
        ('from = "frapper"', 'from = "heure"'),
        ("[gap.heure]", PAPERS),
    )
    for passage, of in {"2.1": ["passe"], "2.2": ["opposition"], "4": ["heure", "pied"]}.items():
        words = sentences(NOTICE)[passage]
        found = compare_sheet(rich, copy(NOTICE.replace(words, "Autre chose.")))
        assert found.lost == (passage,)
        assert found.reread[passage].steps == ("entrer",), passage
        assert set(of) <= set(found.reread[passage].nodes)


def test_the_readings_of_a_point_are_read_again_too(fingerprinted, copy):
    disputed = fingerprinted(("[gap.heure]", POINT))
    found = compare_sheet(disputed, copy(NOTICE.replace("voisins", "parents")))
    assert found.reread["2.1"].points == ("voisins.porte",)
    assert found.stale == ("voisinage", "voisins")


def test_a_rule_of_another_day_is_read_again_as_well(fingerprinted, copy):
    later = fingerprinted(
        ("[gap.heure]", '[gap.minute]\nlabel = { fr = "x", en = "x" }\nfrom = 2999-01-01\n'
         'cite = ["affiche:2.2#cccccccc"]\n[gap.heure]'),
    )  # fmt: skip
    assert "minute" not in later.nodes
    found = compare_sheet(later, copy(NOTICE.replace("peut s'opposer", "doit s'opposer")))
    assert found.stale == ("opposition", "minute")


def test_a_sentence_that_moved_is_followed_to_its_new_place(noticed, copy):
    found = compare_sheet(noticed, copy("\n" + NOTICE))
    assert found.moved == {"1": "2", "2.1": "3.1", "2.2": "3.2", "4": "5"}
    assert found.stale == ()
    assert found.unchanged == 0


def test_a_passage_without_anything_in_its_stead_is_gone(noticed, copy):
    found = compare_sheet(noticed, copy(NOTICE.replace("Merci.\n", "")))
    assert (found.gone, found.changed) == (("4",), {})
    assert found.stale == ("pied",)


def test_a_sentence_in_no_passages_stead_is_new(noticed, copy):
    found = compare_sheet(noticed, copy(NOTICE + "\nFermé le lundi.\n"))
    assert (found.new, found.lost) == (("6",), ())


def test_what_changed_is_looked_for_between_the_same_neighbours(noticed, copy):
    found = compare_sheet(noticed, copy("Bonjour.\n" + NOTICE.replace("Merci", "Adieu")))
    assert found.changed == {"4": "5"}
    assert found.new == ("1",)


def test_an_older_copy_tells_a_changed_passage_from_one_that_is_gone(noticed, copy):
    old = copy(NOTICE, "old.txt")
    other = copy(NOTICE.replace("Le gardien peut s'opposer.", "Des biscuits attendent au salon."))
    assert compare_sheet(noticed, other).changed == {"2.2": "2.2"}
    told = compare_sheet(noticed, other, old)
    assert (told.changed, told.gone, told.new) == ({}, ("2.2",), ("2.2",))
    away = copy(NOTICE.replace("Le gardien peut s'opposer.", "") + "Le gardien doit s'opposer.\n")
    assert compare_sheet(noticed, away).gone == ("2.2",)
    assert compare_sheet(noticed, away, old).changed == {"2.2": "5"}


def test_words_that_stand_twice_are_followed_in_their_order(fingerprinted, copy):
    twice = '"4" = "dddddddd"\n"6" = "dddddddd"'
    register = fingerprinted(('"4" = "dddddddd"', twice))
    assert compare_sheet(register, copy(NOTICE + "\nMerci.\n")).unchanged == 5
    moved = compare_sheet(register, copy("\n\n" + NOTICE + "\nMerci.\n")).moved
    assert (moved["4"], moved["6"]) == ("6", "8")
    assert compare_sheet(register, copy(NOTICE)).lost == ("6",)
    first = compare_sheet(register, copy(NOTICE.replace("Merci.", "") + "\nMerci.\n"))
    assert (first.lost, first.moved) == (("4",), {})


def test_a_saved_web_page_is_read_like_the_text(noticed, copy):
    found = compare_sheet(noticed, copy(PAGE, "page.html"))
    assert list(found.words) == ["1", "2.1", "2.2", "4"]
    assert found.words["2.1"] == "Les voisins passent à côté."
    assert not (found.lost or found.added)


def test_a_page_shows_its_text_and_neither_menu_nor_script():
    assert page_text(PAGE).splitlines() == [
        "Frappez.",
        "Les voisins passent à côté. Le gardien peut s’opposer.",
        "Merci.",
    ]


def test_a_page_whose_head_is_never_closed_is_read_all_the_same():
    assert page_text("<html><head><noscript><body><p>Frappez.</p>") == "Frappez."


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))))
def test_whatever_stands_in_paragraphs_is_read_back(lines):
    page = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    wanted = [re.sub(" +", " ", line).strip(" ") for line in lines if line.strip()]
    assert page_text(page).split("\n") == (wanted or [""])


def test_the_kind_of_apostrophe_does_not_matter(noticed, copy):
    assert compare_sheet(noticed, copy(NOTICE.replace("'", "’"))).lost == ()
    assert fingerprint("l'état") in fingerprints("l’état")


def test_a_missing_copy_is_told(noticed, tmp_path):
    with pytest.raises(KnowledgeError, match="E001"):
        compare_sheet(noticed, tmp_path / "nope.txt")


def test_a_file_that_is_not_the_sheet_is_refused_with_the_number_of_passages_found(noticed, copy):
    for read in (compare_sheet, with_source):
        with pytest.raises(KnowledgeError, match="E013") as error:
            read(noticed, copy("Frappez.quoi\nTout autre chose."))
        assert "0 passage(s) sur 4" in plain(str(error.value))
        with pytest.raises(KnowledgeError, match="E013"):
            read(noticed, copy("Frappez.\nTout autre chose."))
    assert compare_sheet(noticed, copy("Frappez.\nMerci.")).unchanged == 1


# The words of a copy beside the nodes


def test_a_procedure_with_a_copy_quotes_the_passages_beside_each_node(noticed, copy):
    shown = kb.with_source(noticed, copy(NOTICE))
    (cite,) = citations(shown, shown.nodes["opposition"], "fr")
    assert (cite.words, cite.lost) == ("Le gardien peut s'opposer.", "")
    assert noticed.source is None
    assert citations(noticed, noticed.nodes["opposition"], "fr")[0].words == ""


@pytest.mark.parametrize(
    ("lang", "quoted"),
    [
        ("fr", "Fiche, ligne 2, phrase 1 : « Les voisins passent à côté. »"),
        ("en", "Sheet, line 2, sentence 1: “Les voisins passent à côté.”"),
    ],
)
def test_an_explanation_quotes_the_copy_under_the_line_that_rests_on_it(
    noticed, copy, lang, quoted
):
    shown = kb.with_source(noticed, copy(NOTICE))
    case = {"frappe": True, "venue": "loin"}
    told = kb.explain(kb.assess(kb.Case(shown, **case)), lang)
    lines = plain(str(told)).splitlines()
    (place,) = (number for number, line in enumerate(lines) if line.strip() == quoted)
    assert shown.label_of("voisinage", lang) in lines[place - 1]
    bare = kb.explain(kb.assess(kb.Case(noticed, **case)), lang)
    assert "passent" not in str(bare)


def test_the_spaces_inside_quotation_marks_do_not_break(noticed, copy):
    shown = kb.with_source(noticed, copy(NOTICE))
    told = str(kb.explain(kb.assess(kb.Case(shown))))
    assert "«\u00a0Frappez.\u00a0»" in told


def test_a_passage_that_the_copy_lost_shows_no_words_and_says_so(noticed, copy):
    shown = kb.with_source(noticed, copy(NOTICE.replace("Frappez", "Sonnez")))
    (cite,) = citations(shown, shown.nodes["avoir_frappe"], "fr")
    assert cite.words == ""
    told = plain(str(kb.explain(kb.assess(kb.Case(shown)))))
    assert "Fiche, ligne 1 : introuvable dans la copie donnée" in told
    assert "Sonnez" not in told


def test_a_passage_of_which_a_part_is_lost_shows_the_rest_and_says_so(fingerprinted, copy):
    both = fingerprinted(("affiche:4#dddddddd", "affiche:2-4#dddddddd"))
    shown = kb.with_source(both, copy(NOTICE.replace("Le gardien peut", "Le gardien doit")))
    (cite,) = citations(shown, shown.nodes["pied"], "fr")
    assert cite.words == "Les voisins passent à côté. […] Merci."
    assert "une partie" in cite.lost


def test_the_answers_of_a_procedure_with_a_copy_are_those_without(noticed, copy):
    shown = kb.with_source(noticed, copy(NOTICE))
    for facts in ({}, {"frappe": True}, {"frappe": True, "venue": "loin", "objection": False}):
        bare, quoting = (kb.assess(kb.Case(p, **facts)) for p in (noticed, shown))
        assert bare.as_json() == quoting.as_json()
    assert kb.check(shown).problems == kb.check(noticed).problems


def test_the_words_follow_the_procedure_to_another_day(fingerprinted, copy):
    changing = fingerprinted(("[gap.heure]", "[gap.heure]\nfrom = 2022-01-01"))
    shown = kb.with_source(changing, copy(NOTICE))
    earlier = shown.at(changing.since)
    assert "heure" in shown.nodes
    assert "heure" not in earlier.nodes
    assert earlier.source == shown.source
    assert earlier is shown.at(changing.since)
    assert earlier.at(shown.on) is shown


def test_no_word_of_the_copy_is_written_anywhere(noticed, copy, monkeypatch):
    words, modes, really = copy(NOTICE), [], io.open

    def watched(file, mode="r", *rest, **more):
        modes.append(mode)
        return really(file, mode, *rest, **more)

    monkeypatch.setattr(io, "open", watched)
    monkeypatch.setattr("builtins.open", watched)
    assessed = kb.assess(kb.Case(kb.with_source(noticed, words)))
    assert "Frappez" in str(kb.explain(assessed))
    assert set(modes) == {"rb"}
    for told in (repr(assessed.case.procedure), json.dumps(assessed.as_json())):
        assert "Frappez" not in told


# The command


def run(capsys, *argv) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, plain(out), plain(err)


@pytest.fixture
def register(noticed) -> str:
    return noticed.origin.file


def test_the_command_says_that_nothing_changed(capsys, register, copy):
    code, out, _ = run(capsys, "source", copy(NOTICE), "--procedure", register)
    assert (code, out) == (0, "Copie de la fiche : chaque passage est à sa place.\n")


def test_the_command_tells_each_passage_with_what_rests_on_it(capsys, register, copy):
    text = "\n\n" + NOTICE.replace("peut s'opposer", "doit s'opposer").replace("Merci.", "")
    code, out, _ = run(capsys, "source", copy(text + "Bis.\n"), "--procedure", register)
    assert code == 0
    assert out.splitlines() == [
        "0 passage(s) inchangé(s), à leur place.",
        "2 passage(s) déplacé(s) : 1–2.1 → 3–4.1",
        "Passage 2.2 : modifié, à lire au passage 4.2 de la copie. À revoir :",
        "  ce qui le cite : opposition",
        "  exercices : frapper_suffit",
        "Passage 4 : modifié, à lire au passage 7 de la copie. À revoir :",
        "  ce qui le cite : pied",
    ]


def test_the_command_writes_as_json_all_that_the_contract_names(capsys, register, copy):
    text = copy(NOTICE.replace("Merci.", "") + "Au revoir.\n")
    old = copy(NOTICE, "old.txt")
    code, out, _ = run(capsys, "source", text, "--before", old, "--procedure", register, "--json")
    assert code == 0
    assert json.loads(out) == {
        "moved": {},
        "lost": ["4"],
        "added": ["5"],
        "stale": ["pied"],
        "unchanged": 3,
        "changed": {},
        "gone": ["4"],
        "new": ["5"],
        "reread": {
            "4": {"nodes": ["pied"], "points": [], "examples": [], "steps": [], "pictures": []}
        },
    }


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_command_refuses_what_is_not_the_sheet(capsys, register, copy, lang, form):
    path = copy("Une phrase inconnue.")
    code, out, err = run(capsys, "source", path, "--procedure", register, "--lang", lang, *form)
    assert (code, out) == (2, "")
    assert f"{path}: E013" in err


@given(st.text())
def test_a_fingerprint_sees_words_and_not_case_spaces_or_punctuation(text):
    assert fingerprint(text.upper()) == fingerprint(text.upper().lower())
    assert fingerprint(f"  {text} !!") == fingerprint(text)


def test_a_fingerprint_tells_words_apart():
    assert fingerprint("la préfecture peut") != fingerprint("la préfecture doit")


# The official sheet itself, where a copy is held


def official() -> Path | None:
    given = os.environ.get("TRAITE_KB_SHEET")
    beside = Path(__file__).parents[2] / "shared" / "source" / "fiche-2024-07-31.txt"
    return Path(given) if given else beside if beside.exists() else None


held = pytest.mark.skipif(official() is None, reason="no copy of the sheet (TRAITE_KB_SHEET)")


@held
def test_every_passage_of_the_official_sheet_is_found_as_text_and_as_a_page(proc, copy):
    found = compare_sheet(proc, official())
    assert (found.unchanged, found.moved, found.lost) == (len(proc.sheet.passages), {}, ())
    lines = official().read_text(encoding="utf-8").splitlines()
    page = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    paged = compare_sheet(proc, copy(f"<html><body>{page}</body></html>"))
    assert Counter(paged.words.values()) == Counter(found.words.values())
    assert (paged.lost, paged.added) == ((), ())


@held
def test_each_passage_that_goes_names_the_nodes_that_cite_it_and_no_other(proc, copy):
    text = official().read_text(encoding="utf-8").splitlines()
    for key in ("17", "37", "41", "61"):
        lines = [*text]
        lines[int(key) - 1] = "Tout autre chose."
        found = compare_sheet(proc, copy("\n".join(lines)))
        assert found.lost == (key,)
        spans = {n.id: [(p.first, p.last) for p in n.cites] for n in proc}
        for point in (n for n in proc if n.kind == "point"):
            spans[point.id] += [(p.first, p.last) for r in point.readings.values() for p in r.cites]
        citing = {n for n, s in spans.items() if any(a <= int(key) <= b for a, b in s)}
        assert set(found.stale) == citing


@held
def test_every_line_of_every_explanation_is_quoted_from_the_official_sheet(proc):
    shown = kb.with_source(proc, official())
    for node in shown:
        for passage, cite in zip(node.cites, citations(shown, node, "fr"), strict=False):
            assert cite.words, (node.id, passage.key)
            assert cite.lost == ""
