"""``traite-kb serve``: opens a port of this machine and shows the apps on it."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from traite_kb.serving import places
from traite_kb.serving.words import page_words, say

if TYPE_CHECKING:
    from traite_kb.serving.app import Apps

HOST = "127.0.0.1"
PORT = 8866
WRONG_USE = 2


def serve(
    port: int | None = None,
    open_browser: bool = True,
    lang: str = "fr",
    *,
    apps: Path | None = None,
) -> int:
    """Serve the apps on this machine until Ctrl + C, and give the exit code.

    Parameters
    ----------
    port : int | None
        The port to open; 0 takes any free one.
    open_browser : bool
        Whether to open the address in the reader's browser, where there is one.
    lang : str
        ``"fr"`` or ``"en"``: of the messages, and of the pages until their own control changes it.
    apps : Path | None
        The folder of the notebooks; by default those of this project.
    """
    folder = (apps or places.apps_folder()).resolve()
    names = places.app_names(folder)
    if places.FRONT_APP not in names:
        missing = folder / f"{places.FRONT_APP}.ipynb"
        return _refuse(say("serve.no_app", lang, file=missing))
    wanted = PORT if port is None else port
    try:
        opened = open_port(wanted)
    except (OSError, OverflowError) as problem:
        taken = getattr(problem, "errno", None) == errno.EADDRINUSE
        key = "port_taken" if taken else "port_refused"
        return _refuse(say(f"serve.{key}", lang, port=wanted, other=free_port()))
    try:
        return _run(opened, folder, names, open_browser, lang)
    except ModuleNotFoundError as problem:
        return _refuse(say("serve.not_installed", lang, module=problem.name))
    except KeyboardInterrupt:
        print(say("serve.stopped", lang), flush=True)
        return 0
    finally:
        opened.close()


def open_port(port: int) -> socket.socket:
    """Open a port of this machine alone, and fail when another program holds it.

    Raises
    ------
    OSError
        When the port is taken or may not be opened.
    OverflowError
        When there is no such port.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # On Windows the same option would let two programs share the port.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((HOST, port))
        opened.listen(128)
        opened.setblocking(False)
    except BaseException:
        opened.close()
        raise
    return opened


def free_port() -> int:
    """Give a port that is free now."""
    with open_port(0) as opened:
        return int(opened.getsockname()[1])


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG_USE


def _run(opened: socket.socket, folder: Path, names: list[str], browser: bool, lang: str) -> int:
    # A polite end from outside is the same as Ctrl + C, from the first moment on.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Voilà looks for templates in Jupyter's data folders only, and reads this at import and later.
    paths = [str(places.jupyter_folder()), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    # Some versions of the kernel's debugger greet the terminal on import.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    # The apps open in the language of the command.
    os.environ["TRAITE_KB_LANG"] = lang
    # Heavy: a taken port must be told at once.
    from traite_kb.serving.app import Apps
    from traite_kb.serving.config import settings
    from traite_kb.serving.pictures import drawn
    from traite_kb.serving.quiet import hush

    host, port = opened.getsockname()
    app = Apps.instance(config=settings(folder, lang))
    app.sockets, app.names, app.words = [opened], names, page_words(lang)
    app.ip, app.port = host, port
    hush(app, say("serve.app_failed", lang))
    with drawn():
        # The first kernels start here, and look for the pictures.
        app.initialize([])
        return _show(app, browser, lang)


def _show(app: Apps, browser: bool, lang: str) -> int:
    host, port = app.sockets[0].getsockname()
    address = f"http://{host}:{port}/"
    opening = browser and can_show_pages()
    told = say("serve.opening" if opening else "serve.address", lang, address=address)
    print(told, say("serve.stop", lang), sep="\n", flush=True)
    if opening:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    app.start()
    print(say("serve.stopped", lang), flush=True)
    return 0


def can_show_pages() -> bool:
    """Tell whether this machine has a screen on which a browser can open.

    Without one, Python would open a text browser, which takes the terminal over.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
