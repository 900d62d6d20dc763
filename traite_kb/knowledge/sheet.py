"""The official sheet: passages, their fingerprints, and what a copy of it still holds.

The words of the sheet are never stored. Each sentence is known by its place (line, sentence) and
by a hash of its words; whoever holds a copy gives its path and sees the words beside the rules.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from traite_kb.knowledge.files import read_text
from traite_kb.model import Passage, Procedure

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ])")


def fingerprint(words: str) -> str:
    """Hash the words of a passage, blind to case, accents, spaces and punctuation.

    Examples
    --------
    >>> fingerprint("Vous êtes  étranger.") == fingerprint("vous etes étranger")
    True
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return hashlib.sha256(" ".join(re.findall(r"[a-z0-9]+", plain)).encode()).hexdigest()[:8]


def sentences(text: str) -> dict[str, str]:
    """Cut a sheet into its sentences: ``"35.2"`` is the second one of line 35, counted from 1.

    A line of a single sentence is ``"33"``; blank lines have none.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part for part in _SENTENCE_END.split(line.strip()) if part.strip(" •")]
        for index, part in enumerate(parts, start=1):
            found[f"{number}.{index}" if len(parts) > 1 else f"{number}"] = part.strip()
    return found


def keys_of(passage: Passage, known: Mapping[str, str]) -> list[str]:
    """List the sentences of a sheet that a passage covers, as keys of :func:`sentences`."""
    if passage.sentence:
        key = f"{passage.first}.{passage.sentence}"
        return [key] if key in known else []
    span = range(passage.first, passage.last + 1)
    return [key for key in known if int(key.split(".")[0]) in span]


def combined(fingerprints: list[str]) -> str:
    """Give the fingerprint of several sentences together, from their own fingerprints."""
    if len(fingerprints) == 1:
        return fingerprints[0]
    return hashlib.sha256("+".join(fingerprints).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Comparison:
    """A copy of the sheet held against the register.

    ``words`` maps each passage key still found, at its place or moved, to its words; ``moved``
    maps an old place to the new one; ``lost`` lists the places whose words are no longer there;
    ``added`` lists sentences of the copy that the register does not know; ``stale`` lists the
    nodes to read again.
    """

    words: Mapping[str, str]
    moved: Mapping[str, str]
    lost: tuple[str, ...]
    added: tuple[str, ...]
    stale: tuple[str, ...]


def passages(path: Path) -> dict[str, str]:
    """Give the fingerprint of every sentence of a copy of a sheet, as a register lists them.

    Raises
    ------
    KnowledgeError
        When the copy is missing, unreadable or not text.
    """
    return {key: fingerprint(words) for key, words in sentences(read_text(path)).items()}


def compare_sheet(procedure: Procedure, path: Path) -> Comparison:
    """Hold a copy of the official sheet against the register's fingerprints.

    Raises
    ------
    KnowledgeError
        When the copy is missing, unreadable or not text.
    """
    copy = sentences(read_text(path))
    prints = {key: fingerprint(words) for key, words in copy.items()}
    places: dict[str, list[str]] = {}
    for key, value in prints.items():
        places.setdefault(value, []).append(key)
    words, moved, lost = {}, {}, []
    for key, value in procedure.sheet.passages.items():
        if prints.get(key) == value:
            words[key] = copy[key]
        elif value in places:
            moved[key] = places[value][0]
            words[key] = copy[places[value][0]]
        else:
            lost.append(key)
    known = set(procedure.sheet.passages.values())
    added = tuple(key for key, value in prints.items() if value not in known)
    gone = set(lost)
    stale = tuple(
        node.id
        for node in procedure
        if any(gone & set(keys_of(p, procedure.sheet.passages)) for p in node.cites)
    )
    return Comparison(words, moved, tuple(lost), added, stale)
