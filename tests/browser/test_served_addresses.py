"""What the server answers to, and what it says on the terminal: no browser is needed here."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import psutil
import pytest
from server_process import ROOT, START, running

WIDGET = "application/vnd.jupyter.widget-view+json"


def get(address: str, **headers: str) -> tuple[int, str]:
    """Ask for an address; give the status and the text of the answer."""
    asked = urllib.request.Request(address, headers={k.title(): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_the_front_app_is_at_the_root_and_every_app_at_its_name(trial):
    assert WIDGET in get(trial.address)[1]
    assert WIDGET in get(trial.address + "explorer")[1]
    assert "<title>Seul – " in get(trial.address + "seul")[1]


def test_the_source_of_an_app_is_nowhere(trial):
    for path in ("", "?template=lab", "?template=classic&theme=dark"):
        status, page = get(trial.address + path)
        assert status == 200
        assert "secret_of_the_source" not in page
        assert 'id="contenu"' in page


@pytest.mark.parametrize(
    "path",
    [
        "explorer.ipynb",
        "notes.txt",
        "voila/files/explorer.ipynb",
        "voila/files/notes.txt",
        "voila/render/explorer.ipynb",
        "voila/tree",
        "voila/tree/",
        "voila/api/contents/",
        "voila/api/contents/explorer.ipynb",
        "api/contents/explorer.ipynb",
        "api/kernels",
        "api/kernelspecs",
        "login",
        "..%2f..%2fetc%2fpasswd",
    ],
)
def test_nothing_but_the_apps_is_handed_out(trial, path):
    status, page = get(trial.address + path)
    assert status == 404
    assert "secret_of_the_source" not in page
    assert "rien pour le public" not in page


def test_a_page_names_no_other_machine(trial):
    _, page = get(trial.address)
    assert "http://" not in page.replace(trial.address, "")
    assert "https://" not in page


def test_another_name_for_this_machine_is_refused(trial):
    assert get(trial.address, host="kit.example")[0] == 403


def test_a_page_of_another_site_cannot_reach_a_kernel(trial):
    _, page = get(trial.address)
    kernel = json.loads(page.split('type="application/json">')[1].split("</script>")[0])["kernelId"]
    host = trial.address.removeprefix("http://").rstrip("/")
    lines = [
        f"GET /api/kernels/{kernel}/channels?session_id=s HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    for origin, status in (("http://kit.example", b" 403 "), (f"http://{host}", b" 101 ")):
        name, port = host.split(":")
        with socket.create_connection((name, int(port)), timeout=10) as page_of_another:
            asked = "\r\n".join([*lines, f"Origin: {origin}", "", ""])
            page_of_another.sendall(asked.encode())
            assert status in page_of_another.recv(200).splitlines()[0]


def test_visitors_get_no_name(trial):
    with urllib.request.urlopen(trial.address) as answer:
        cookies = answer.headers.get_all("Set-Cookie") or []
    assert [cookie.split("=")[0] for cookie in cookies] == ["_xsrf"]


def test_the_kernel_is_ours_whatever_the_machine_registers(trial_folder, tmp_path):
    registered = tmp_path / "kernels" / "python3"
    registered.mkdir(parents=True)
    broken = {"argv": ["/nonexistent/python"], "display_name": "Python 3", "language": "python"}
    (registered / "kernel.json").write_text(json.dumps(broken), encoding="utf-8")
    with running(trial_folder, environment={"JUPYTER_PATH": str(tmp_path)}) as server:
        assert WIDGET in get(server.address)[1]


def test_nothing_but_the_list_of_fonts_is_left_in_the_home_of_the_reader(trial_folder, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "TMPDIR")}
    with running(trial_folder, environment=places) as server:
        assert WIDGET in get(server.address)[1]
        server.stop()
    left = [path.name for path in home.rglob("*") if path.is_file()]
    # matplotlib keeps the list of the machine's fonts, which says nothing of a visit.
    assert [name for name in left if not name.startswith("fontlist-")] == []


def test_a_failing_app_is_one_line_on_the_terminal(trial_folder):
    with running(trial_folder) as server:
        for _ in range(2):
            assert "Une erreur est survenue" in get(server.address + "echec?oui=non")[1]
        server.stop()
        said = server.said()
    assert said.startswith("Une application s’est arrêtée sur une erreur")
    assert len(said.splitlines()) == 1
    assert "oui=non" not in said


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_has_just_started_can_be_stopped(trial_folder, by):
    with running(trial_folder) as server:
        code, printed = server.stop(by)
        assert (code, server.said()) == (0, "")
        assert printed.splitlines()[-1] == "L’outil est arrêté."
        assert psutil.wait_procs(server.kernels(), timeout=1)[1] == []


def test_a_taken_port_is_told_in_one_line_with_the_way_out(trial_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-c", START, str(trial_folder), str(port), "fr"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=20,
        )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"Le port {port} est déjà pris")
    assert "traite-kb serve --port" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
