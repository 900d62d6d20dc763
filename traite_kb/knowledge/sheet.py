"""The official sheet: its passages and their fingerprints.

The words of the sheet are never stored. Each sentence is known by its place (line, sentence) and
by a hash of its words; whoever holds a copy gives its path and sees the words beside the rules.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from traite_kb.knowledge.copies import copy_text
from traite_kb.model import Passage

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ])")


def fingerprint(words: str) -> str:
    """Hash the words of a passage, blind to case, accents, spaces and punctuation.

    Examples
    --------
    >>> fingerprint("Vous êtes  étranger.") == fingerprint("vous etes étranger")
    True
    """
    return hashlib.sha256(plain(words).encode()).hexdigest()[:8]


def fingerprints(words: str) -> set[str]:
    """Give the fingerprints that the words may have in a register, whichever apostrophe it saw.

    Examples
    --------
    >>> fingerprint("l'état") in fingerprints("l’état")
    True
    """
    return {fingerprint(w) for w in (words, words.replace("’", "'"), words.replace("'", "’"))}


def plain(words: str) -> str:
    """Give the words alone: in lower case, without accents, spaces and punctuation apart.

    Examples
    --------
    >>> plain("« Oui », dit-elle.")
    'oui dit elle'
    """
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


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


def passages(path: Path) -> dict[str, str]:
    """Give the fingerprint of every sentence of a copy of a sheet, as a register lists them.

    Raises
    ------
    KnowledgeError
        When the copy is missing, unreadable or not text.
    """
    return {key: fingerprint(words) for key, words in sentences(copy_text(path)).items()}
