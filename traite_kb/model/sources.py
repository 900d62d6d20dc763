"""The sources of a procedure, what they found, and what they leave unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from traite_kb.model.base import Node, Text


class Grade(StrEnum):
    """How well the text behind a citation was seen."""

    OFFICIAL = "T-off"
    TEXT = "T"
    MIRROR = "T-mir"
    SECONDARY = "S"
    UNVERIFIED = "U"
    INFERENCE = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """An article, a decision or another text, with the grade of what was seen of it."""

    type: str
    grade: Grade
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Node):
    """Something that the sources, as held, do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Node):
    """Passages without legal effect, and why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The official sheet: where it was published, its date, and the fingerprint of each sentence.

    ``passages`` maps ``"35.2"`` (line 35, sentence 2) to a fingerprint.
    """

    id: str
    label: Text
    url: str
    verified: date
    passages: Mapping[str, str]
