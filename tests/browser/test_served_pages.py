"""A page as its readers meet it, in a real browser."""

from __future__ import annotations

import re
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest
from server_process import running

pytestmark = pytest.mark.browser

SCROLLERS = """
[...document.querySelectorAll("main *")].filter((node) => {
  const style = getComputedStyle(node);
  return /auto|scroll/.test(style.overflowX + style.overflowY)
    && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1);
}).map((node) => node.outerHTML.slice(0, 80))
"""

# Asks two things of the kernel by hand, over a socket of its own, and gives the types of what
# comes back. The second one is a command to run.
ASK_THE_KERNEL = """
(address) => new Promise((resolve) => {
  const heard = [];
  const message = (type, content) => JSON.stringify({
    header: { msg_id: type, msg_type: type, session: "s", username: "", version: "5.3", date: "" },
    parent_header: {}, metadata: {}, content, buffers: [], channel: "shell" });
  const socket = new WebSocket(address.replace(/session_id=[^&]*/, "session_id=s"));
  socket.onmessage = (event) => heard.push(JSON.parse(event.data).msg_type);
  socket.onopen = () => {
    socket.send(message("execute_request", { code: "1 + 1", silent: false }));
    socket.send(message("kernel_info_request", {}));
  };
  setTimeout(() => { socket.close(); resolve(heard); }, 1500);
})
"""


def test_a_question_and_a_list_answer(trial, visit):
    page = visit(trial).open().page
    page.check("input[value=oui]")
    page.wait_for_selector("[data-tk-updated='1']:has-text('Reçu : oui')")
    page.select_option("select", "Deux")
    page.wait_for_selector("#echo:has-text('Deux')")


def test_a_page_asks_nothing_of_another_machine(trial, visit):
    made = visit(trial).open()
    made.page.check("input[value=non]")
    made.page.wait_for_selector("[data-tk-updated='1']")
    made.page.wait_for_timeout(500)
    assert made.foreign() == []
    assert any(address.startswith("ws://") for address in made.requests)


def test_the_browser_itself_refuses_a_request_to_another_machine(trial, visit):
    made = visit(trial).open()
    refused = made.page.evaluate(
        "fetch('http://192.0.2.1/').then(() => 'sent', (error) => error.name)"
    )
    assert refused == "TypeError"
    assert any("Content Security Policy" in line for line in made.console)


def test_the_console_stays_empty(trial, visit):
    made = visit(trial).open()
    made.page.check("input[value=oui]")
    made.page.wait_for_selector("[data-tk-updated='1']")
    made.page.wait_for_timeout(500)
    assert made.errors == []
    assert [line for line in made.console if not line.startswith(("debug:", "log:"))] == []


def test_the_kernel_is_the_python_of_the_server(trial, visit):
    assert visit(trial).open().page.inner_text("#python") == sys.executable


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_or_inside(trial, visit, scheme):
    made = visit(trial, color_scheme=scheme).open()
    for width in (1280, 768, 360, 320):
        made.page.set_viewport_size({"width": width, "height": 800})
        assert not made.scrolls_sideways(), width
        assert made.page.evaluate(SCROLLERS) == [], width


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_axe_finds_nothing(trial, visit, look):
    made = visit(trial, **look).open()
    for width in (1280, 320):
        made.page.set_viewport_size({"width": width, "height": 800})
        assert made.axe() == [], width


def test_the_page_has_a_language_a_title_and_one_main(trial, visit):
    page = visit(trial).open().page
    assert page.get_attribute("html", "lang") == "fr"
    assert page.title() == "Essai – Outil de formation"
    assert page.locator("main:visible, [role=main]:visible").count() == 1
    assert page.locator("[role=banner]:visible, [role=contentinfo]:visible").count() == 0


def test_the_first_tab_stop_leads_to_the_content(trial, visit):
    page = visit(trial).open().page
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Aller au contenu"
    page.wait_for_timeout(100)
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_loading_is_said_until_the_widgets_are_there(trial, visit):
    made = visit(trial)
    made.page.route("**/*.voila.js*", lambda route: (time.sleep(0.02), route.continue_()))
    made.page.goto(made.server.address, wait_until="commit")
    made.page.wait_for_selector("#tk-loading:has-text('Chargement en cours')")
    assert not made.page.is_visible("main h1")
    made.page.wait_for_selector("#contenu[data-tk-state=ready]")
    assert made.page.locator("#tk-loading").count() == 0
    assert made.page.is_visible("fieldset")


def test_every_kind_of_output_is_shown(trial, visit):
    made = visit(trial, width=360).open("seul")
    assert made.page.is_visible("fieldset")
    assert made.page.inner_text("#texte") == "Un texte"
    assert "une ligne" in made.page.inner_text("pre")
    assert "Loading widget" not in made.page.inner_text("main")
    assert not made.scrolls_sideways()


def test_a_page_cannot_have_code_run(trial, visit):
    made = visit(trial).open()
    heard = made.page.evaluate(ASK_THE_KERNEL, _socket(made))
    assert "kernel_info_reply" in heard
    assert "execute_reply" not in heard


def test_a_dead_kernel_is_said(trial, visit):
    made = visit(trial).open()
    of_the_page = [p for p in trial.kernels() if _kernel(made) in _line(p)]
    assert len(of_the_page) == 1
    of_the_page[0].kill()
    made.page.wait_for_selector("[role=alert] p:has-text('Connexion perdue. Rechargez la page.')")
    assert made.axe() == []
    made.page.click("[role=alert] button")
    made.page.wait_for_selector("#contenu[data-tk-state=ready]")
    assert made.page.inner_text("#tk-lost") == ""


def test_a_lost_server_is_said(trial_folder, visit):
    with running(trial_folder) as server:
        made = visit(server).open()
        server.stop()
        made.page.wait_for_selector("[role=alert] p:has-text('Connexion perdue')")


def test_an_app_that_fails_says_so_without_a_traceback(trial, visit):
    made = visit(trial).open("echec")
    assert made.page.inner_text("[role=alert]:not(:empty)") == (
        "Une erreur est survenue. Rechargez la page."
    )
    assert not re.search("mot que personne|Traceback|ValueError", made.page.content())
    assert made.axe() == []


def test_a_page_that_does_not_exist_says_so(trial, visit):
    made = visit(trial).open("nulle-part", ready=False)
    assert made.page.inner_text("h1") == "Cette page n’existe pas."
    assert made.axe() == []
    made.page.click("text=Revenir à l’accueil")
    made.page.wait_for_selector("fieldset")


def test_a_closed_page_ends_its_kernel(trial, visit):
    made = visit(trial).open()
    kernel = _kernel(made)
    made.page.close(run_before_unload=True)
    deadline = time.monotonic() + 5
    while any(kernel in _line(p) for p in trial.kernels()):
        assert time.monotonic() < deadline, "the kernel of a closed page lives on"
        time.sleep(0.1)


def test_an_interrupt_ends_the_server_and_every_kernel(trial_folder: Path, visit):
    with running(trial_folder) as server:
        visit(server).open()
        kernels = server.kernels()
        assert kernels
        code, printed = server.stop(signal.SIGINT)
        assert (code, server.said()) == (0, "")
        assert printed.splitlines()[-1] == "L’outil est arrêté."
        assert psutil.wait_procs(kernels, timeout=1)[1] == []


def test_english_pages_are_english(trial_folder: Path, visit):
    with running(trial_folder, lang="en") as server:
        page = visit(server).open().page
        assert page.get_attribute("html", "lang") == "en"
        assert page.inner_text(".tk-skip") == "Skip to content"


def _socket(made) -> str:
    return next(address for address in made.requests if address.startswith("ws://"))


def _kernel(made) -> str:
    return re.search(r"/api/kernels/([\w-]+)/channels", _socket(made))[1]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
