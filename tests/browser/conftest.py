"""A real browser, a real server, and a note of everything that a page asks for or complains of."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import browsers
import trial_apps
from server_process import Server, running

REQUIRED = os.environ.get("TRAITE_KB_REQUIRE_BROWSER") == "1"
READY = "#contenu[data-tk-state=ready]"


@dataclass
class Visit:
    """One page, and what it has asked for and complained of since it was opened."""

    page: Any
    server: Server
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "", *, ready: bool = True) -> Visit:
        """Go to an address of the server, and wait until its widgets are there."""
        self.page.goto(self.server.address + path)
        if ready:
            self.page.wait_for_selector(READY)
        return self

    def foreign(self) -> list[str]:
        """Give the addresses outside this server that the page asked for."""
        host = self.server.address.removeprefix("http://")
        own = (f"http://{host}", f"ws://{host}", "data:", f"blob:http://{host.rstrip('/')}")
        return [address for address in self.requests if not address.startswith(own)]

    def scrolls_sideways(self) -> bool:
        """Tell whether something in the page is wider than the page."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def axe(self, **options: Any) -> list[str]:
        """Give the violations that axe-core finds, each in one line: rule, place, why."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"resultTypes": ["violations"], **options})
        return [
            f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {rule['help']}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give the browser of this machine."""
    path = browsers.path()
    reason = "" if path else browsers.NONE_HERE
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        reason = reason or "playwright is not installed"
    if reason and REQUIRED:
        pytest.fail(f"TRAITE_KB_REQUIRE_BROWSER=1, but {reason}")
    if reason:
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def trial_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a throw-away folder of apps."""
    return trial_apps.write(tmp_path_factory.mktemp("apps"))


@pytest.fixture(scope="session")
def trial(trial_folder: Path) -> Iterator[Server]:
    """Give a server of the throw-away apps."""
    with running(trial_folder) as server:
        yield server


@pytest.fixture(scope="session")
def project() -> Iterator[Server]:
    """Give a server of the project's own apps."""
    from traite_kb.serving import places

    front = places.apps_folder() / f"{places.FRONT_APP}.ipynb"
    if not front.exists():
        pytest.skip(f"there is no {front.name} to serve yet")
    with running(None) as server:
        yield server


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a page of a server in a browser without memory."""
    contexts = []

    def start(server: Server, *, width: int = 1280, height: int = 800, **options: Any) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", **options
        )
        contexts.append(context)
        page = context.new_page()
        made = Visit(page, server)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("websocket", lambda socket: made.requests.append(socket.url))
        page.on("console", lambda message: made.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        return made

    yield start
    for context in contexts:
        context.close()
