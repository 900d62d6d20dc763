"""Pictures drawn ahead of time: a process that finds one never loads matplotlib."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from traite_kb import __version__
from traite_kb.drawing import palette, words
from traite_kb.model import Actor, Procedure
from traite_kb.pathways import State, ordered_steps

FOLDER = "TRAITE_KB_PICTURES"
"""The environment variable that names the folder of prepared pictures."""


def key(procedure: Procedure, lang: str) -> str:
    """Sum up in a few characters everything that the picture of a procedure shows."""
    shown = [
        __version__,
        words.title(procedure, lang),
        words.header(procedure, lang),
        words.footer(procedure, lang),
        words.legend(lang),
        words.description(procedure, lang, None),
        [words.actor(actor, lang) for actor in Actor],
        [words.state(state, lang) for state in State],
        palette.css(),
        palette.marks(),
        [
            (step.id, step.label[lang], step.actor.value, step.follows, step.optional)
            for step in ordered_steps(procedure)
        ],
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def place(procedure: Procedure, lang: str, folder: Path) -> Path:
    """Tell where the prepared picture of a procedure is, whether or not it is there."""
    return folder / f"{procedure.id}-{lang}-{key(procedure, lang)}.svg"


def read(procedure: Procedure, lang: str) -> str | None:
    """Read a prepared picture, or give ``None`` when there is none."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    try:
        return place(procedure, lang, Path(folder)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def prepare(
    procedure: Procedure, langs: Iterable[str], folder: str | os.PathLike[str]
) -> list[Path]:
    """Draw the pictures of a procedure into a folder, for :func:`traite_kb.drawing.prepared_svg`.

    Returns
    -------
    list of Path
        The files, one for each language.
    """
    from traite_kb.drawing import pathway_svg

    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = []
    for lang in langs:
        path = place(procedure, lang, Path(folder))
        # Written aside, then moved: a reader never meets half a picture.
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=folder, suffix=".tmp", delete=False
        ) as aside:
            aside.write(pathway_svg(procedure, lang))
        os.replace(aside.name, path)
        paths.append(path)
    return paths
