"""The server as its users start it: a process of its own, that is watched from outside."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
from pathlib import Path
from traite_kb.serving import serve
folder = Path(sys.argv[1]) if sys.argv[1] else None
sys.exit(serve(int(sys.argv[2]), open_browser=False, lang=sys.argv[3], apps=folder))
"""


@dataclass
class Server:
    """A running server: its address, its process, and what it has said."""

    address: str
    process: subprocess.Popen[str]
    errors: IO[str]

    def said(self) -> str:
        """Give what it wrote on the error stream so far."""
        self.errors.seek(0)
        return self.errors.read()

    def kernels(self) -> list[psutil.Process]:
        """Give the processes that it has started."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def stop(self, by: int = signal.SIGINT) -> tuple[int, str]:
        """End it by a signal; give its exit code and the rest of what it printed."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        printed, _ = self.process.communicate(timeout=60)
        return self.process.returncode, printed


@contextlib.contextmanager
def running(
    apps: Path | None,
    *,
    port: int = 0,
    lang: str = "fr",
    environment: dict[str, str] | None = None,
) -> Iterator[Server]:
    """Start the server on a folder of apps (None: those of the project) and end it afterwards."""
    command = [sys.executable, "-c", START, str(apps or ""), str(port), lang]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", first)
            if not found:
                process.wait(timeout=60)
                errors.seek(0)
                raise RuntimeError(f"the server did not start: {first}{errors.read()}")
            server = Server(found[0], process, errors)
            yield server
            if process.poll() is None:
                server.stop()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
