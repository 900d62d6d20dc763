"""The first app as its readers use it, in a real browser, on a phone and on a desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

NOTICES = [
    "Outil de formation, non officiel.",
    "Ne saisissez aucune donnée personnelle",
    "En danger immédiat",
    "Fiche vérifiée le 31\u00a0juillet\u00a02024",
]
WIDTHS = [360, 1280]


def moves(page) -> int:
    return int(page.get_attribute(".tk-explorer", "data-tk-updated"))


def after(page, act) -> None:
    """Do something, and wait for the screen that follows."""
    number = moves(page) + 1
    act()
    page.wait_for_selector(f".tk-explorer[data-tk-updated='{number}']")


def answer(page, label: str) -> None:
    def act() -> None:
        page.locator(".tk-choices label", has_text=label).first.click()
        page.get_by_role("button", name="Continuer").click()

    after(page, act)


def conclusion(page, stage: str = "premiere_carte") -> str:
    return page.get_attribute(f"[data-stage={stage}]", "data-conclusion")


def state_in_picture(page, step: str) -> str:
    names = page.get_attribute(f"#step-{step}", "class").split()
    (state,) = [n.removeprefix("tk-state-") for n in names if n.startswith("tk-state-")]
    return state


def word_in_picture(page, step: str) -> str:
    return page.locator(f"#step-{step}-word").first.text_content().strip()


COMPLETE = {
    "nationalite": "Autre nationalité",
    "famille_europeen": "Non",
    "age": "18 ans",
    "plainte_deposee": "Oui",
    "saisine": "Une personne désignée",
    "temoignage": "Non",
    "infraction": "Traite des",
    "lieu_des_faits": "En France",
    "procedure_penale": "En cours",
    "personne_poursuivie": "Oui",
    "contact_auteur": "Non",
    "autre_lien_auteur": "Non",
    "menace_ordre_public": "Non",
}


def walk(page, answers: dict[str, str]) -> None:
    """Answer the questions as they come, until one comes that has no answer here."""
    while page.locator("form[data-question]").count():
        asked = page.get_attribute("form[data-question]", "data-question")
        if asked not in answers:
            return
        answer(page, answers[asked])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_keyboard_alone_answers_and_sees_the_conclusion_and_the_picture_change(
    project, visit, width
):
    page = visit(project, width=width).open().page
    assert conclusion(page) == "a_verifier"
    assert state_in_picture(page, "decision") == "waiting"
    page.locator(".tk-focus select").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.nextElementSibling.textContent").startswith(
        "Union européenne"
    )
    after(page, lambda: page.keyboard.press("Enter"))
    assert conclusion(page) == "hors_champ"
    assert state_in_picture(page, "decision") == "moot"
    assert word_in_picture(page, "decision") == "Sans objet"
    assert "Hors champ" in page.locator("[role=status]").first.text_content()
    assert page.evaluate("document.activeElement.className") == "tk-legend"


def test_no_key_is_trapped_and_every_control_is_reached(project, visit):
    page = visit(project).open().page
    answer(page, "Autre nationalité")
    left = set(
        page.evaluate(
            "[...document.querySelectorAll('.tk-explorer button, .tk-explorer select, "
            ".tk-explorer summary')].filter(e => e.checkVisibility()).map(e => e.outerHTML)"
        )
    )
    assert left
    for _ in range(200):
        page.keyboard.press("Tab")
        left.discard(page.evaluate("document.activeElement.outerHTML"))
        if not left:
            return
    pytest.fail(f"200 times Tab never reach {left}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_situation_reaches_a_conclusion_with_its_reasons(project, visit, width):
    page = visit(project, width=width).open().page
    walk(page, COMPLETE)
    assert conclusion(page) == "conditions_reunies"
    focused = page.locator(".tk-focused").text_content()
    assert "La préfecture peut délivrer la carte" in focused
    assert "identique quelle que soit la lecture" in focused
    answer(page, "Oui")
    assert conclusion(page) == "conditions_reunies"
    assert (
        "OQTF non exécutée. La préfecture apprécie."
        in page.locator(".tk-refusal").first.text_content()
    )
    for line in ("etranger", "cooperation", "rupture", "absence_de_menace"):
        assert page.get_attribute(f"[data-line={line}]", "data-state") == "yes"
        assert (
            "Fiche, ligne" in page.locator(f"[data-line={line}] > .tk-cites").first.text_content()
        )


def test_not_knowing_never_concludes_and_says_what_is_missing(project, visit):
    page = visit(project).open().page
    while page.locator("form[data-question]").count():
        answer(page, "Je ne sais pas")
    assert conclusion(page) == "a_verifier"
    assert "Impossible de conclure" in page.locator(".tk-focused").text_content()
    missing = page.locator("[data-fold='stage/premiere_carte/missing'] button")
    page.locator("[data-fold='stage/premiere_carte/missing'] summary").click()
    asked = missing.first.text_content()
    after(page, missing.first.click)
    assert page.locator(".tk-legend").text_content() == asked


def test_the_announced_number_of_questions_never_grows_and_is_never_passed(project, visit):
    page = visit(project).open().page
    told = []
    while page.locator("form[data-question]").count():
        words = page.locator(".tk-number").text_content().split()
        told.append((int(words[1]), int(words[3])))
        answer(page, "Je ne sais pas")
    numbers, mosts = zip(*told, strict=True)
    assert list(numbers) == list(range(1, len(told) + 1))
    assert list(mosts) == sorted(mosts, reverse=True)
    assert all(n <= m for n, m in told)


def test_back_and_modify_keep_the_other_answers(project, visit):
    page = visit(project).open().page
    answer(page, "Autre nationalité")
    answer(page, "Non")
    after(page, page.get_by_role("button", name="Retour").click)
    assert page.locator(".tk-choices input:checked + label").text_content() == "Non"
    after(page, page.locator("[data-answer=nationalite] button").click)
    answer(page, "Algérienne")
    given = page.locator(".tk-answer").all_text_contents()
    assert given == ["Algérienne", "Non"]
    assert page.locator(".tk-legend").text_content().startswith("Quel âge")


def test_an_impossible_answer_is_closed_and_says_why(project, visit):
    page = visit(project).open().page
    after(page, lambda: page.select_option(".tk-focus select", "tout"))
    told = {name: COMPLETE[name] for name in list(COMPLETE)[:7]}
    walk(page, {**told, "plainte_deposee": "Non", "temoignage": "Oui"})
    closed = page.locator(".tk-choice", has_text="ni plainte ni enquête")
    assert closed.locator("input").is_disabled()
    assert "on ne témoigne que dans une procédure" in closed.locator(".tk-clash").text_content()


def test_a_possible_refusal_stands_beside_the_conclusion_of_a_closed_row(project, visit):
    page = visit(project).open().page
    after(page, lambda: page.select_option(".tk-focus select", "tout"))
    walk(page, {**COMPLETE, "contact_impose": "Non", "oqtf_non_executee": "Oui"})
    row = page.locator("[data-stage=premiere_carte] summary .tk-chips").first
    assert "Conditions réunies" in row.text_content()
    assert "Refus possible" in row.text_content()


def test_the_stage_is_chosen_with_the_arrow_keys(project, visit):
    page = visit(project).open().page
    page.locator(".tk-focus select").focus()
    for _ in range(3):
        after(page, lambda: page.keyboard.press("ArrowDown"))
        assert page.evaluate("document.activeElement.id") == "tk-focus"


def test_changing_the_language_keeps_the_focus_and_the_picked_answer(project, visit):
    page = visit(project).open().page
    page.locator(".tk-choices label").nth(2).click()
    after(page, page.get_by_role("button", name="English").click)
    assert page.locator(".tk-choices input:checked").get_attribute("value") == "2"
    assert page.evaluate("document.activeElement.textContent") == "Français"


def test_a_double_click_answers_one_question(project, visit):
    page = visit(project).open().page
    page.locator(".tk-choices label").first.click()
    page.get_by_role("button", name="Continuer").dblclick()
    page.wait_for_selector("form[data-question=famille_europeen]")
    page.wait_for_timeout(500)
    assert page.locator(".tk-answer").all_text_contents() == ["Autre nationalité"]


def test_continuing_without_an_answer_says_what_to_do_and_loses_nothing(project, visit):
    page = visit(project).open().page
    answer(page, "Autre nationalité")
    page.get_by_role("button", name="Continuer").click()
    assert "Choisissez une réponse" in page.locator("[role=alert].tk-error").text_content()
    assert page.locator(".tk-answer").all_text_contents() == ["Autre nationalité"]


def test_erasing_asks_first(project, visit):
    page = visit(project).open().page
    answer(page, "Autre nationalité")
    page.get_by_role("button", name="Effacer mes réponses").click()
    page.get_by_role("button", name="Garder mes réponses").click()
    assert page.locator(".tk-answer").count() == 1
    page.get_by_role("button", name="Effacer mes réponses").click()
    after(page, page.get_by_role("button", name="Oui, effacer").click)
    assert page.locator(".tk-answer").count() == 0


def test_a_disputed_point_shows_both_readings(project, visit):
    page = visit(project).open().page
    walk(page, {**COMPLETE, "nationalite": "Algérienne"})
    assert conclusion(page) == "a_verifier"
    point = page.locator(".tk-focused [data-point=algeriens]").text_content()
    assert "Lecture A" in point
    assert "Lecture B" in point


@pytest.mark.parametrize("width", WIDTHS)
def test_english_is_one_control_away_and_keeps_the_answers(project, visit, width):
    page = visit(project, width=width).open().page
    answer(page, "Autre nationalité")
    after(page, page.get_by_role("button", name="English").click)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_role("button", name="Continue").is_visible()
    assert page.locator(".tk-answer").all_text_contents() == ["Another nationality"]
    assert "Hear the" in page.locator("#step-audition-label").first.text_content()
    assert "Residence permit" in page.title()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_picture_and_its_text_version_say_the_same_in_the_same_order(project, visit, width):
    page = visit(project, width=width).open().page
    answer(page, "Autre nationalité")
    page.get_by_text("Version texte du parcours").click()
    told = page.locator("[data-step]")
    drawn = page.locator(".tk-picture g[id^=step-]:not([id*='-box']):not([id*='-label'])"
                         ":not([id*='-mark']):not([id*='-word'])")  # fmt: skip
    names = [told.nth(i).get_attribute("data-step") for i in range(told.count())]
    assert sorted(f"step-{n}" for n in names) == sorted(
        drawn.nth(i).get_attribute("id") for i in range(drawn.count())
    )
    for name in names:
        item = page.locator(f"[data-step={name}]")
        assert item.get_attribute("data-state") == state_in_picture(page, name)
        assert word_in_picture(page, name) in item.text_content()


def test_an_open_part_stays_open_when_an_answer_comes(project, visit):
    page = visit(project).open().page
    page.locator("[data-fold=helps] summary").click()
    answer(page, "Autre nationalité")
    assert page.locator("[data-fold=helps]").get_attribute("open") is not None


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(project, visit, width, scheme):
    made = visit(project, width=width, color_scheme=scheme).open()
    for label in ("Algérienne", "Non", "18 ans", "Oui"):
        answer(made.page, label)
    for summary in made.page.locator(".tk-explorer summary:visible").all()[:12]:
        summary.click()
    assert made.axe() == []
    assert not made.scrolls_sideways()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_fixed_notices_and_the_way_to_help_are_on_the_screen(project, visit, width):
    page = visit(project, width=width).open().page
    for notice in NOTICES:
        assert page.locator("p:visible", has_text=notice).count(), notice
    page.get_by_text("Être orienté").click()
    assert page.get_by_text("association spécialisée").nth(1).is_visible()


def test_no_field_takes_free_text_and_no_answer_reaches_the_address(project, visit):
    made = visit(project).open()
    answer(made.page, "Algérienne")
    assert made.page.locator("textarea, input:not([type=radio])").count() == 0
    assert made.page.url == made.server.address
    assert not any("algerienne" in address for address in made.requests)


def test_a_visit_asks_nothing_elsewhere_and_leaves_a_clean_console(project, visit):
    made = visit(project).open()
    walk(made.page, COMPLETE)
    after(made.page, made.page.get_by_role("button", name="English").click)
    assert made.foreign() == []
    assert made.errors == []
    assert [line for line in made.console if line.startswith(("error", "warning"))] == []


def test_the_source_of_the_notebook_is_not_shown(project, visit):
    page = visit(project).open().page
    assert "kb.explore" not in page.content()
    assert "import traite_kb" not in page.content()
