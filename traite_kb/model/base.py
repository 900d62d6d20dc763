"""What every node of a register has: words in two languages, sources, and a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from traite_kb.problems import Origin

Value = bool | str
"""An answer: ``True``/``False`` for a yes-or-no fact, the id of a value for a choice."""

N = TypeVar("N", bound="Node")


class Actor(StrEnum):
    """Who acts, in the order of the lanes of every picture."""

    PERSON = "personne"
    ASSOCIATION = "association"
    POLICE = "police"
    PREFECTURE = "prefecture"
    COURT = "justice"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in French and in English."""

    fr: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the official sheet: lines ``first`` to ``last``, or one sentence of a line.

    ``fingerprint`` is a hash of the words found there when the rule was written; the words
    themselves are never stored.
    """

    source: str
    first: int
    last: int
    sentence: int = 0
    fingerprint: str = ""

    @property
    def key(self) -> str:
        """The passage as the register writes it, without its fingerprint: ``fiche:35.2``."""
        span = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.source}:{span}" + (f".{self.sentence}" if self.sentence else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every entry of the register has: an id, a label, its sources and its place.

    ``since`` and ``until`` are the first and the last day on which it is in force as it stands;
    ``None`` is as far as the register goes.
    """

    id: str
    label: Text
    cites: tuple[Passage, ...] = ()
    basis: tuple[str, ...] = ()
    note: Text | None = None
    since: date | None = None
    until: date | None = None
    origin: Origin = field(default=Origin("?"), compare=False)

    @property
    def kind(self) -> str:
        """The name of the node's kind, as in the register: ``fact`` for a fact."""
        return type(self).__name__.lower()
