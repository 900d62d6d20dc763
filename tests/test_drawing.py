"""Pictures of pathways: nothing overlaps, nothing is cut, and the SVG can be lived with."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from geometry import contrast, has_glyph, meet, segments

import traite_kb as kb
from traite_kb import drawing
from traite_kb.drawing import metrics, palette, rows
from traite_kb.drawing.layout import pathway_picture
from traite_kb.model import Actor, Procedure, Sheet, Step, Text
from traite_kb.pathways import State, StepFinding, ordered_steps, pathway
from traite_kb.wording import LANGUAGES, say, typeset

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def proc():
    return kb.open_procedure("carte_sejour_traite")


def step(name, actor="personne", after=(), optional=False, label="Faire une démarche"):
    return Step(
        id=name,
        label=Text(label, label),
        actor=Actor(actor),
        after=tuple(after),
        optional=optional,
    )


def register(*steps):
    label = Text("Une démarche inventée", "A made-up procedure")
    sheet = Sheet("fiche", Text("fiche", "sheet"), "https://example.org", date(2024, 7, 31), {})
    return Procedure(
        id="inventee",
        label=label,
        sheet=sheet,
        since=date(2024, 7, 31),
        nodes={step.id: step for step in steps},
    )


def random_register(seed, size=24):
    chance = random.Random(seed)
    words = ["demander", "instruire", "la", "carte", "de", "un", "délai", "renouvellement"]
    steps = []
    for number in range(size):
        early = [f"s{n}" for n in range(number)]
        after = chance.sample(early, min(len(early), chance.choice([0, 1, 1, 2, 3])))
        label = " ".join(chance.choices(words, k=chance.randint(1, 9)))
        actor = chance.choice(list(Actor)).value
        steps.append(step(f"s{number}", actor, after, chance.random() < 0.3, label))
    return register(*steps)


@cache
def made_up():
    """Registers of every shape; the first names say what is special about them."""
    long = "Anticonstitutionnellementincomprehensible " * 3
    chain = [step(f"s{n}", after=[f"s{n - 1}"] if n else ()) for n in range(6)]
    fan = [step("un", "police"), *(step(f"s{n}", "justice", ["un"]) for n in range(5))]
    wall = [step(f"{actor.value}{n}", actor.value) for actor in Actor for n in range(3)]
    wall.append(step("fin", "justice", [s.id for s in wall]))
    return {
        "no step": register(),
        "one step": register(step("seul")),
        "one lane": register(*chain),
        "long words": register(step("un", label=long), step("deux", "justice", ["un"], label=long)),
        "many follow one": register(*fan),
        "one follows many": register(*wall),
        **{f"random {seed}": random_register(seed) for seed in range(6)},
    }


PICTURES = [
    pytest.param("carte_sejour_traite", state, lang, id=f"{state or 'no case'} {lang}")
    for lang in LANGUAGES
    for state in (None, *State)
] + [pytest.param(name, None, "fr", id=name) for name in made_up()]  # fmt: skip


@pytest.fixture
def picture(request):
    return laid_out(*request.param)


@cache
def laid_out(name, state, lang):
    procedure = made_up().get(name) or kb.open_procedure(name)
    found = {s.id: StepFinding(s.id, state) for s in procedure.of(Step).values()} if state else None
    return pathway_picture(procedure, lang, found)


every_picture = pytest.mark.parametrize(
    "picture", [pytest.param(p.values, id=p.id) for p in PICTURES], indirect=True
)


def texts(box):
    return [*box.label, box.mark, box.word, box.number]


# Nothing overlaps, nothing is cut


@every_picture
def test_no_two_boxes_overlap_and_each_stands_in_its_lane(picture):
    lanes = {lane.actor: lane for lane in picture.lanes}
    assert not [(a.step, b.step) for a, b in combinations(picture.boxes, 2) if meet(a.rect, b.rect)]
    for box in picture.boxes:
        lane = lanes[box.lane]
        assert lane.rect.holds(box.rect)
        assert not meet(lane.head, box.rect)


@every_picture
def test_every_line_of_text_fits_its_box_and_leaves_the_others_alone(picture):
    for box in picture.boxes:
        for line in texts(box):
            assert box.rect.holds(line.rect), (box.step, line.text)
        for one, other in combinations([line for line in texts(box) if line.text], 2):
            assert not meet(one.rect, other.rect), (one.text, other.text)


@every_picture
def test_every_head_and_note_fits_where_it_stands(picture):
    page = drawing.Rect(0, 0, picture.width, picture.height)
    for lane in picture.lanes:
        assert all(lane.head.holds(line.rect) for line in lane.title)
    for line in (*picture.header, *picture.footer):
        assert page.holds(line.rect)
        assert not any(meet(lane.rect, line.rect) for lane in picture.lanes)
    for one, other in combinations((*picture.header, *picture.footer), 2):
        assert not meet(one.rect, other.rect)


@every_picture
def test_no_arrow_crosses_a_box_or_leaves_the_lanes(picture):
    boxes = {box.step: box.rect for box in picture.boxes}
    top = max(lane.head.bottom for lane in picture.lanes)
    foot = min(lane.rect.bottom for lane in picture.lanes)
    for arrow in picture.arrows:
        for part in segments(arrow):
            assert not [name for name, rect in boxes.items() if meet(part, rect)]
            assert top <= part.y
            assert part.bottom <= foot
            assert part.x > 0
            assert part.right < picture.width


@every_picture
def test_arrows_run_by_right_angles_from_the_edge_of_a_box_to_the_edge_of_another(picture):
    boxes = {box.step: box.rect for box in picture.boxes}
    for arrow in picture.arrows:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(arrow.points))
        for name, (x, y) in ((arrow.start, arrow.points[0]), (arrow.end, arrow.points[-1])):
            rect = boxes[name]
            assert (x in (rect.x, rect.right)) != (y in (rect.y, rect.bottom))


@every_picture
def test_a_step_is_never_above_one_that_it_follows(picture):
    boxes = {box.step: box for box in picture.boxes}
    for arrow in picture.arrows:
        assert boxes[arrow.start].rect.y < boxes[arrow.end].rect.y


@every_picture
def test_no_word_of_a_label_is_lost(picture):
    for box in picture.boxes:
        shown = " ".join(line.text for line in box.label)
        assert shown.replace("- ", "") in picture.description


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_of_any_state_fits_any_box(proc, lang):
    for box in pathway_picture(proc, lang).boxes:
        for state in State:
            width = metrics.width(say(f"step.{state.value}", lang), box.word.size, True)
            assert box.word.x + width <= box.rect.right


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_arrows_of_the_procedure_do_not_run_over_each_other(proc, lang):
    arrows = pathway_picture(proc, lang).arrows
    for one, other in combinations(arrows, 2):
        if one.start == other.start or one.end == other.end:
            continue
        for a in segments(one):
            for b in segments(other):
                shared_x = min(a.right, b.right) - max(a.x, b.x)
                shared_y = min(a.bottom, b.bottom) - max(a.y, b.y)
                assert not (shared_x >= 0 and shared_y >= 0), (one, other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_is_narrow_enough_for_a_column_and_fits_a_sheet_of_paper(proc, lang):
    picture = pathway_picture(proc, lang)
    assert 760 <= picture.width <= 860
    assert picture.height / picture.width < 297 / 210
    lines = [line for box in picture.boxes for line in texts(box)]
    lines += [*picture.header, *picture.footer, *(n for lane in picture.lanes for n in lane.title)]
    assert min(line.size for line in lines) >= 11


# What the picture tells


def test_an_arrow_that_others_imply_is_left_out():
    steps = [step("a"), step("b", after=["a"]), step("c", after=["a", "b"])]
    assert rows.arrows(steps) == [("a", "b"), ("b", "c")]


def test_a_way_that_avoids_an_optional_step_is_shown():
    steps = [step("a"), step("b", after=["a"], optional=True), step("c", after=["a", "b"])]
    assert ("a", "c") in rows.arrows(steps)


def test_lanes_keep_their_order_and_one_without_steps_is_narrow():
    picture = pathway_picture(register(step("un", "police"), step("deux", "justice", ["un"])))
    assert [lane.actor for lane in picture.lanes] == list(Actor)
    width = {lane.actor: lane.rect.width for lane in picture.lanes}
    assert width[Actor.PERSON] < width[Actor.POLICE] / 1.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_description_tells_every_step_in_order_with_who_and_where_it_stands(proc, lang):
    case = kb.Case(proc, audition_faite=True)
    text = drawing.draw(case, lang).picture.description
    found = pathway(case)
    place = 0
    for item in ordered_steps(proc):
        for part in (say(f"actor.{item.actor.value}", lang), item.label[lang]):
            place = text.index(typeset(part, lang), place)
        state = say(f"step.{found[item.id].state.value}", lang).lower()
        assert state in text[place : text.find(".", place)]


def test_a_case_gives_each_box_its_state_in_words_and_by_a_mark(proc):
    case = kb.Case(proc, audition_faite=True, contact_auteur=True)
    found = pathway(case)
    for box in drawing.draw(found).picture.boxes:
        assert box.state is found[box.step].state
        assert box.word.text == say(f"step.{box.state.value}", "fr")
        assert box.mark.text == palette.marks()[box.state.value]


# Colours


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_text_and_outlines_have_the_contrast_that_wcag_asks_for(theme):
    for paint in (theme.plain, *theme.states.values()):
        assert contrast(paint.text, paint.fill) >= 4.5
        assert contrast(paint.line, theme.band) >= 3
        assert contrast(paint.line, theme.paper) >= 3
    for ground in (theme.paper, theme.band, theme.head):
        assert contrast(theme.ink, ground) >= 4.5
    assert contrast(theme.quiet, theme.paper) >= 4.5
    assert contrast(theme.arrow, theme.band) >= 3


def test_contrast_is_that_of_wcag():
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


def test_every_state_has_a_mark_of_its_own_that_the_font_can_draw():
    marks = palette.marks()
    assert set(marks) == {state.value for state in State}
    assert len(set(marks.values())) == len(State)
    assert all(has_glyph(mark) for mark in marks.values())


def test_the_style_sheet_paints_every_state_in_light_in_dark_and_in_forced_colours():
    light, dark, forced = re.split(r"@media [^{]+\{", palette.css())
    for part in (light, dark, forced):
        assert {state.value for state in State} <= set(re.findall(r"\.tk-state-(\w+)", part))
        assert part.count("{") - part.count("}") == (0 if part is light else -1)
    assert "prefers-color-scheme: dark" in palette.css()
    assert "forced-colors: active" in palette.css()


# SVG


@pytest.fixture(scope="module")
def lit(proc):
    case = kb.Case(proc, audition_faite=True, delai_propose=True)
    return case, ET.fromstring(drawing.draw(case).svg)


def test_the_same_picture_gives_the_same_bytes_in_another_process(proc):
    code = (
        "import sys, traite_kb as kb; from traite_kb import drawing;"
        "text = drawing.pathway_svg(kb.open_procedure('carte_sejour_traite'), 'fr');"
        "sys.stdout.buffer.write(text.encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, env=environment
    ).stdout
    assert other == drawing.pathway_svg(proc, "fr").encode()


def test_the_svg_can_be_put_in_a_page_as_it_is(proc):
    text = drawing.pathway_svg(proc)
    assert text.startswith("<svg ")
    for intruder in ("<?xml", "<!DOCTYPE", "<metadata", "<style", "<!--", "style=", "href"):
        assert intruder not in text


def test_the_svg_has_a_name_and_a_description_and_takes_the_size_of_its_place(lit):
    case, root = lit
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (SVG + "title", SVG + "desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert description.text == drawing.draw(case).picture.description
    assert root.get("viewBox")
    assert root.get("width") is root.get("height") is None


def test_every_step_arrow_and_lane_is_a_group_with_its_id(lit, proc):
    _, root = lit
    groups = {group.get("id"): group for group in root.iter(SVG + "g")}
    for name in proc.of(Step):
        for part in ("box", "label", "mark", "word"):
            assert groups[f"step-{name}"].find(f"*[@id='step-{name}-{part}']") is not None
    for start, end in rows.arrows(ordered_steps(proc)):
        assert f"arrow-{start}-{end}" in groups
    assert {f"lane-{actor.value}" for actor in Actor} <= set(groups)


def test_states_are_classes_and_words_are_text(lit):
    case, root = lit
    for name, finding in pathway(case).steps.items():
        group = root.find(f".//*[@id='step-{name}']")
        state = finding.state.value
        assert group.get("class") == f"tk-state-{state}"
        assert group.find(f"*[@id='step-{name}-mark']/{SVG}text").text == palette.marks()[state]
        assert group.find(f"*[@id='step-{name}-word']/{SVG}text").text == say(f"step.{state}")


def test_without_a_case_each_step_still_has_the_texts_that_a_script_fills(proc):
    root = ET.fromstring(drawing.pathway_svg(proc))
    for name in proc.of(Step):
        assert root.find(f".//*[@id='step-{name}']").get("class") is None
        for part in ("mark", "word"):
            assert len(root.findall(f".//*[@id='step-{name}-{part}']/{SVG}text")) == 1


def test_two_pictures_with_their_own_prefixes_share_no_id(proc):
    ids = [
        element.get("id")
        for prefix in ("a-", "b-")
        for element in ET.fromstring(drawing.pathway_svg(proc, prefix=prefix)).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_the_readers_own_matplotlib_settings_change_nothing(proc):
    import matplotlib

    before = drawing.draw(kb.Case(proc)).svg
    with matplotlib.rc_context({"lines.linewidth": 9, "svg.fonttype": "path", "text.color": "red"}):
        assert drawing.draw(kb.Case(proc)).svg == before


@pytest.mark.parametrize("name", made_up())
def test_any_register_can_be_drawn(name):
    procedure = made_up()[name]
    root = ET.fromstring(drawing.draw(procedure).svg)
    boxes = [g for g in root.iter(SVG + "g") if g.get("class") == "tk-d-box"]
    assert len(boxes) == len(procedure.of(Step))


# Drawing once


def test_a_picture_without_a_case_is_drawn_once(proc):
    assert drawing.pathway_svg(proc, "en") is drawing.pathway_svg(proc, "en")


def test_a_prepared_picture_is_read_without_loading_matplotlib(proc, tmp_path):
    paths = drawing.prepare(proc, LANGUAGES, tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    code = (
        "import sys, traite_kb as kb; from traite_kb import drawing;"
        "text = drawing.prepared_svg(kb.open_procedure('carte_sejour_traite'), 'fr');"
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules;"
        "sys.stdout.buffer.write(text.encode())"
    )
    environment = {**os.environ, "TRAITE_KB_PICTURES": str(tmp_path)}
    read = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, env=environment
    ).stdout
    assert read == drawing.pathway_svg(proc, "fr").encode()


def test_a_picture_prepared_for_another_register_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAITE_KB_PICTURES", str(tmp_path))
    drawing.prepare(register(step("un", label="Avant")), ["fr"], tmp_path)
    shown = drawing.prepared_svg(register(step("un", label="Après")))
    assert "Après" in shown
    assert "Avant" not in shown


def test_a_missing_folder_of_prepared_pictures_is_no_trouble(proc, tmp_path, monkeypatch):
    monkeypatch.setenv("TRAITE_KB_PICTURES", str(tmp_path / "nowhere"))
    assert drawing.prepared_svg(proc) == drawing.pathway_svg(proc)


# Files


def test_a_drawing_shows_itself_in_jupyter_at_its_own_size(proc):
    made = drawing.draw(proc)
    shown = ET.fromstring(made._repr_svg_())
    assert (shown.get("width"), shown.get("height")) == ("840", f"{made.picture.height:g}")
    assert len(list(shown.iter())) == len(list(ET.fromstring(made.svg).iter()))


def test_a_drawing_is_saved_as_svg_png_or_pdf(proc, tmp_path):
    made = drawing.draw(kb.Case(proc, audition_faite=True))
    assert made.save(tmp_path / "a.svg").read_text(encoding="utf-8") == made.svg
    assert made.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    pdf = made.save(str(tmp_path / "a.PDF")).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"595.276 841.89" in pdf
    assert b"DejaVuSans" in pdf


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_drawing_refuses_other_kinds_of_files_and_says_which_it_writes(proc, tmp_path, lang):
    with pytest.raises(ValueError, match=r"\.svg, \.png"):
        drawing.draw(proc, lang).save(tmp_path / "a.docx")
    assert not list(tmp_path.iterdir())
