"""The pictures that every visitor sees, drawn once before the first one comes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from traite_kb.drawing.store import FOLDER, prepare
from traite_kb.knowledge import open_procedure, procedures
from traite_kb.wording import LANGUAGES


@contextmanager
def drawn() -> Iterator[None]:
    """Keep the pictures of all procedures in a folder of their own while the server runs.

    The kernels inherit the folder's name: they find their picture there, and never load
    matplotlib. No picture holds anything about a visitor.
    """
    with tempfile.TemporaryDirectory(prefix="traite-kb-") as folder:
        for name in procedures():
            prepare(open_procedure(name), LANGUAGES, folder)
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            os.environ.pop(FOLDER, None)
