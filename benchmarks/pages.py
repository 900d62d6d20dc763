"""How long a page takes, measured against a bare Voilà page in the same run and browser.

``python benchmarks/pages.py`` prints, as medians of pairs of visits taken in turn:

- from the request of the page to the first question that can be used, for a browser without
  memory (first visit) and for one that was here before (next visit);
- from an answer to the updated page, one answer after the other and at a human pace.

The bare page is Voilà as it comes: its own template and settings, one list and one line of text.
Absolute times drift from machine to machine: use the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import browsers  # noqa: E402
from server_process import running  # noqa: E402

# What is looked for in our page and in the bare one.
OUR_QUESTION = "fieldset input[type=radio]"
OUR_ANSWER = "fieldset input[type=radio]:not(:checked):not(:disabled)"
OUR_MODIFY = "[data-answer] button"
OUR_UPDATE = "[data-tk-updated]"
BARE_QUESTION = ".widget-dropdown select"
BARE_UPDATE = ".widget-html-content"

HUMAN_PACE_MS = 250
# Names are not looked up: a bare page asks a public host for style sheets, which would add the
# time of this network to Voilà's.
BROWSER_FLAGS = [*browsers.FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]

BARE = """
import ipywidgets
choice = ipywidgets.Dropdown(options=[str(n) for n in range(1000)])
echo = ipywidgets.HTML("0")
choice.observe(lambda change: echo.set_trait("value", change["new"]), "value")
ipywidgets.VBox([choice, echo])
"""

# Runs in the page from its first moment: when is there something visible to answer with?
WATCH = """
(selector) => {
  const look = () => {
    const found = document.querySelector(selector);
    if (found && found.getClientRects().length && getComputedStyle(found).visibility === "visible")
      window.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}
"""

# Answers in the page and waits for its mark to change: no time of the measuring tool is counted.
ROUND_TRIP = """
([answer, update, pace]) => new Promise((resolve) => setTimeout(() => {
  const stamp = () => [...document.querySelectorAll(update)]
    .map((node) => node.dataset.tkUpdated ?? node.textContent).join("|");
  const before = stamp();
  const control = document.querySelector(answer);
  const start = performance.now();
  const watcher = new MutationObserver(() => {
    if (stamp() === before) return;
    watcher.disconnect();
    resolve(performance.now() - start);
  });
  watcher.observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true });
  if (control.tagName === "SELECT") {
    control.selectedIndex += 1;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    control.checked = true;
    control.form.requestSubmit();
  }
}, pace))
"""

MEASURES = {
    "first": "first question usable, first visit",
    "again": "first question usable, next visit",
    "fast": "answer to updated page, one after the other",
    "human": "answer to updated page, at a human pace",
}


@dataclass
class Figures:
    """Milliseconds, by measure, for our page and for the bare one."""

    ours: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in MEASURES})
    bare: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in MEASURES})

    def ratio(self, measure: str) -> float:
        """Divide our median by the bare page's: below 1, ours is faster."""
        return statistics.median(self.ours[measure]) / statistics.median(self.bare[measure])


@dataclass(frozen=True)
class Target:
    """A page to measure: where it is, what one answers with, and what shows that it has heard."""

    address: str
    question: str
    answer: str
    update: str


def measure(pairs: int = 5, answers: int = 10) -> Figures:
    """Measure our front app and a bare Voilà page, in pairs of visits taken in turn."""
    from playwright.sync_api import sync_playwright

    path = browsers.path()
    if not path:
        raise SystemExit(browsers.NONE_HERE)
    figures = Figures()
    with running(None) as server, bare_voila() as address, sync_playwright() as playwright:
        ours = Target(server.address, OUR_QUESTION, OUR_ANSWER, OUR_UPDATE)
        bare = Target(address, BARE_QUESTION, BARE_QUESTION, BARE_UPDATE)
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        # Nobody's first visit is the one that finds the browser itself cold.
        for target in (ours, bare):
            _visit(browser, target, 1)
        for rank in range(pairs):
            turn = [(ours, figures.ours), (bare, figures.bare)]
            for target, kept in turn if rank % 2 else reversed(turn):
                # Kernels that start elsewhere on the machine are not part of this page's time.
                time.sleep(4)
                for name, values in _visit(browser, target, answers).items():
                    kept[name].extend(values)
        browser.close()
    return figures


def _visit(browser: Any, target: Target, answers: int) -> dict[str, list[float]]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(f"({WATCH})({target.question!r})")
    page = context.new_page()
    first = _usable(page, target, page.goto)
    human = [_answer(page, target, HUMAN_PACE_MS) for _ in range(answers)]
    fast = [_answer(page, target, 0) for _ in range(answers)]
    time.sleep(4)
    again = _usable(page, target, page.goto)
    page.close(run_before_unload=True)
    context.close()
    return {"first": [first], "again": [again], "human": human, "fast": fast}


def _usable(page: Any, target: Target, go: Any) -> float:
    go(target.address, wait_until="commit")
    page.wait_for_selector(target.question, state="visible")
    deadline = time.monotonic() + 30
    while not (at := page.evaluate("window.usableAt")):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{target.question} never became usable at {target.address}")
        time.sleep(0.02)
    return float(at)


def _answer(page: Any, target: Target, pace: int) -> float:
    if not page.locator(target.question).count():
        # Every question was asked: the first one is opened again.
        page.locator(OUR_MODIFY).first.click()
        page.wait_for_selector(target.question)
    return float(page.evaluate(ROUND_TRIP, [target.answer, target.update, pace]))


@contextlib.contextmanager
def bare_voila() -> Iterator[str]:
    """Serve one list and one line of text with Voilà as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "bare.ipynb"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        cells = [nbformat.v4.new_code_cell(BARE)]
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), notebook
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
        process = subprocess.Popen(
            [*command, "--Voila.ip=127.0.0.1"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}/"
        try:
            _wait_for(f"{address}voila/static/voila.js", process)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    raise RuntimeError("the bare Voilà page did not start")


def report(figures: Figures) -> str:
    """Write the figures as a table: median, fastest and slowest, and the ratio."""
    lines = [f"{'milliseconds (median, range)':46}{'ours':>22}{'bare Voilà':>22}{'ratio':>8}"]
    for name, words in MEASURES.items():
        ours, bare = _range(figures.ours[name]), _range(figures.bare[name])
        lines.append(f"{words:46}{ours:>22}{bare:>22}{figures.ratio(name):>8.2f}")
    return "\n".join(lines)


def _range(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5, help="pairs of visits (5)")
    arguments = parser.parse_args()
    print(report(measure(arguments.pairs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
