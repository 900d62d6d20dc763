"""Which browser of this machine is driven, and how it is kept quiet."""

from __future__ import annotations

import shutil

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_HERE = f"no browser here: none of {', '.join(CHROMIUMS)} is on the PATH"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str | None:
    """Give the program of the first browser that is installed, or None."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)
