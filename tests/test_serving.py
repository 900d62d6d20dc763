"""The serving part, without a server: places, words, settings and refusals."""

from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from traite_kb.serving import places, server, words

TEMPLATE = places.jupyter_folder() / "voila" / "templates" / places.TEMPLATE


def test_the_front_app_comes_first_and_drafts_are_not_served(tmp_path: Path):
    for name in ("autre", "explorer", "_brouillon", ".cache", "zoom"):
        (tmp_path / f"{name}.ipynb").touch()
    (tmp_path / "notes.txt").touch()
    assert places.app_names(tmp_path) == ["explorer", "autre", "zoom"]


def test_the_apps_of_a_checkout_are_beside_the_package():
    root = places.checkout()
    if root is None:
        pytest.skip("not run from a checkout")
    assert places.apps_folder() == root / "notebooks" / "apps"


def test_the_template_is_part_of_the_package():
    assert (TEMPLATE / "index.html.j2").is_file()
    assert (TEMPLATE / "static" / "page.js").is_file()


@pytest.mark.parametrize("path", sorted(TEMPLATE.rglob("*.*")), ids=lambda path: path.name)
def test_the_template_names_no_other_machine(path: Path):
    found = re.findall(r"(?:https?:|wss?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8"))
    assert found == []


def test_every_sentence_of_the_pages_exists_in_both_languages():
    french, english = words.page_words("fr"), words.page_words("en")
    assert french.keys() == english.keys()
    assert all(french.values())
    assert all(english.values())
    assert {key for key in french if french[key] == english[key]} == set()


def test_the_messages_of_the_terminal_exist_in_both_languages():
    blanks = {"address": "A", "port": 1, "other": 2, "file": "F", "module": "M"}
    for key in re.findall(r'serve\.(\w+)"', Path(server.__file__).read_text("utf-8")):
        said = {words.say(f"serve.{key}", lang, **blanks) for lang in ("fr", "en")}
        assert len(said) == 2


def test_only_the_extensions_that_widgets_need_are_loaded(tmp_path: Path):
    from traite_kb.serving.config import settings

    config = settings(tmp_path, "fr").VoilaConfiguration
    assert set(config.extension_allowlist) == {
        "@jupyter-widgets/jupyterlab-manager",
        "@voila-dashboards/widgets-manager8",
        "anywidget",
    }


def test_a_visitor_chooses_neither_template_nor_theme_and_sees_no_traceback(tmp_path: Path):
    from traite_kb.serving.config import settings

    config = settings(tmp_path, "fr").VoilaConfiguration
    assert config.allow_template_override == config.allow_theme_override == "NO"
    assert config.strip_sources is True
    assert config.show_tracebacks is False


def test_the_kernel_runs_the_python_of_the_server():
    from traite_kb.serving.kernels import OwnPython

    specs = OwnPython()
    assert list(specs.get_all_specs()) == ["python3"]
    assert specs.get_kernel_spec("julia-1.9").argv[0] == sys.executable


def test_answers_leave_without_waiting_for_acknowledgements(tmp_path: Path, monkeypatch):
    from traite_kb.serving import kernels
    from traite_kb.serving.config import settings

    used = settings(tmp_path, "fr").Voila.kernel_websocket_connection_class
    told = []
    monkeypatch.setattr(kernels.ZMQChannelsWebsocketConnection, "connect", lambda self: "joined")
    connection = used.__new__(used)
    handler = type("Handler", (), {"set_nodelay": lambda self, on: told.append(on)})()
    monkeypatch.setattr(used, "websocket_handler", handler)
    assert connection.connect() == "joined"
    assert told == [True]


def test_a_warning_is_one_line_without_query_or_traceback():
    from traite_kb.serving.quiet import OneLine

    try:
        raise ValueError("secret")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "f.py", 1, "GET %s\nbody", ("/a?oui=1",), sys.exc_info()
        )
    assert OneLine("an app failed").filter(record)
    assert logging.Formatter().format(record) == "GET /a"


def test_what_is_less_than_a_warning_is_dropped():
    from traite_kb.serving.quiet import OneLine

    record = logging.LogRecord("x", logging.INFO, "f.py", 1, "Kernel started", (), None)
    assert not OneLine("an app failed").filter(record)


def test_a_port_is_opened_on_this_machine_only():
    with server.open_port(0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_refused_with_the_way_out(tmp_path: Path, capsys):
    (tmp_path / "explorer.ipynb").touch()
    with server.open_port(0) as taken:
        port = taken.getsockname()[1]
        assert server.serve(port, False, "fr", apps=tmp_path) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Le port {port} est déjà pris")
    other = int(re.search(r"--port (\d+)", told)[1])
    with socket.socket() as free:
        free.bind(("127.0.0.1", other))


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, capsys, port: int):
    (tmp_path / "explorer.ipynb").touch()
    assert server.serve(port, False, "en", apps=tmp_path) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_folder_without_the_front_app_is_refused_by_its_file(tmp_path: Path, capsys):
    assert server.serve(0, False, "fr", apps=tmp_path) == 2
    assert str(tmp_path / "explorer.ipynb") in capsys.readouterr().err


def test_no_browser_is_opened_without_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert not server.can_show_pages()
    monkeypatch.setenv("DISPLAY", ":0")
    assert server.can_show_pages()


def test_voila_is_not_imported_before_it_serves():
    code = "import sys, traite_kb.serving; sys.exit(any(m in sys.modules for m in sys.argv[1:]))"
    assert subprocess.run([sys.executable, "-c", code, "voila", "tornado"]).returncode == 0
