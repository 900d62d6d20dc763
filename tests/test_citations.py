from __future__ import annotations

import json
import re

import pytest

import traite_kb as kb
from traite_kb.cli import main
from traite_kb.model import Reference
from traite_kb.problems import CaseError
from traite_kb.wording import LANGUAGES


def text(proc, name: str, lang: str = "fr") -> str:
    (cite,) = kb.cite(proc, name, lang)
    return cite.text


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("ceseda_l425_1_al1", "art.~L.~425-1, al.~1 du CESEDA", "Article~L.~425-1 para.~1, CESEDA"),
        ("ceseda_r431_15_1", "art.~R.~431-15-1 du CESEDA", "Article~R.~431-15-1, CESEDA"),
        ("ceseda_l200_1", "art.~L.~200-1 et L.~200-2 du CESEDA", "Articles~L.~200-1 and L.~200-2, CESEDA"),
        ("ce_2012_339209", "CE, 15~juin 2012, n°~339209", "Conseil d’État, 15~June 2012, no.~339209"),
        ("caa_lyon_09ly01977", "CAA Lyon, 7~juill. 2010, n°~09LY01977", "CAA Lyon, 7~July 2010, no.~09LY01977"),
        ("caa_bordeaux_08bx01680", "CAA Bordeaux, 17~févr. 2009, n°~08BX01680", "CAA Bordeaux, 17~Feb. 2009, no.~08BX01680"),
        ("circulaire_2015", "instruction du 19~mai 2015, NOR~INTV1501995N", "instruction of 19~May 2015, NOR~INTV1501995N"),
    ],
)  # fmt: skip
def test_a_text_is_cited_as_a_jurist_writes_it_with_spaces_that_do_not_break(
    proc, name, french, english
):
    assert text(proc, name) == french.replace("~", "\u00a0")
    assert text(proc, name, "en") == english.replace("~", "\u00a0")


BREAKABLE = re.compile(
    r"(?:\bart\.|\bArticles?|\b[LRD]\.|\bal\.|\bpara\.|n°|\bno\.|\bNOR) |"
    r"\d (?:janv|févr|mars|avr|mai|juin|juill|août|sept|oct|nov|déc|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_reference_of_the_register_can_be_cut_inside_its_number_or_its_day(proc, lang):
    for name in proc.of(Reference):
        assert not BREAKABLE.search(text(proc, name, lang)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_setting_the_spaces_changes_no_word_of_a_reference(proc, lang):
    for name, reference in proc.of(Reference).items():
        set_ = text(proc, name, lang).replace("\u00a0", " ")
        assert set_ == reference.label[lang].replace("« ", "“" if lang == "en" else "« ")


def test_an_english_citation_keeps_the_number_and_the_article_of_the_french_one(proc):
    for name, reference in proc.of(Reference).items():
        if reference.type in ("article", "decision", "circular"):
            numbers = [
                set(re.findall(r"[\w/-]*\d[\w/-]*", text(proc, name, lang).replace("/UE", "/EU")))
                for lang in LANGUAGES
            ]
            assert numbers[0] == numbers[1], name


def test_a_link_is_one_that_the_register_holds_and_none_is_made_up(proc):
    held = {ref.url for ref in proc.of(Reference).values()} | {proc.sheet.url}
    for node in proc:
        for cite in kb.cite(proc, node.id):
            assert cite.url in held
    assert not any("LEGIARTI" in url for url in held)


def test_a_citation_is_plain_text_and_says_what_was_not_read(proc):
    (cite,) = kb.cite(proc, "ceseda_l436_8", "en")
    assert str(cite) == f"{cite.text} (not verified)"
    (seen,) = kb.cite(proc, "ceseda_l425_3", "en")
    assert str(seen) == seen.text


def test_the_sources_of_a_node_are_its_passages_then_its_texts(proc):
    cites = kb.cite(proc, "rupture", "en")
    assert [cite.passage for cite in cites] == ["fiche:17", ""]
    assert [cite.grade for cite in cites] == ["", "T-off"]


def test_the_sources_of_a_point_are_those_of_all_its_readings_each_once(edited):
    path = edited(
        ("[gap.heure]", '''[point.porte]
label = { fr = "x", en = "x" }
cite = ["affiche:1#aaaaaaaa"]
[point.porte.readings.une]
label = { fr = "x", en = "x" }
cite = ["affiche:2.1#bbbbbbbb"]
basis = ["reglement"]
[point.porte.readings.autre]
label = { fr = "x", en = "x" }
cite = ["affiche:2.1#bbbbbbbb"]
[gap.heure]'''),
    )  # fmt: skip
    mini = kb.open_procedure(path)
    shown = [cite.passage or cite.text for cite in kb.cite(mini, "porte", "en")]
    assert shown == ["affiche:1", "affiche:2.1", "rules, Article\u00a01"]
    assert [cite.passage for cite in kb.cite(mini, "porte.autre")] == ["affiche:2.1"]


def test_a_name_that_the_register_does_not_know_is_told_with_the_nearest(proc):
    with pytest.raises(CaseError, match="E620") as error:
        kb.cite(proc, "ruptur")
    assert "rupture" in error.value.text("en")


def run(capsys, *argv) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_writes_one_citation_a_line_with_its_link(capsys, proc):
    code, out, _ = run(capsys, "cite", "rupture", "--lang", "en")
    assert code == 0
    cites = kb.cite(proc, "rupture", "en")
    assert out.splitlines() == [f"{cite} — {cite.url}" for cite in cites]


def test_the_command_writes_json_in_the_shape_of_the_contract(capsys):
    code, out, _ = run(capsys, "cite", "rupture", "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["procedure", "node", "cites"]
    keys = {"text", "grade", "doubt", "url", "passage", "words", "lost"}
    assert [set(cite) for cite in answer["cites"]] == [keys, keys]


def test_the_command_says_when_a_node_has_no_source_of_its_own(capsys):
    code, out, _ = run(capsys, "cite", "nationalite", "--lang", "en")
    assert (code, out) == (0, "'nationalite' has no source of its own.\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_tells_an_unknown_node_with_code_two(capsys, lang):
    code, out, err = run(capsys, "cite", "ruptur", "--lang", lang)
    assert (code, out) == (2, "")
    assert "E620" in err
    assert "rupture" in err
