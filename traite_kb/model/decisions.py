"""A real decision, retold as a case that the register must be able to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from enum import StrEnum
from typing import Any

from traite_kb.model.base import Text, Value
from traite_kb.model.procedure import Example, Expectation
from traite_kb.model.sources import Grade


class Use(StrEnum):
    """What a decision can be used for: a test, a weak test, or a situation to represent only."""

    YES = "yes"
    WEAK = "weak"
    NO = "no"


class Law(StrEnum):
    """Which law was applied: the one that the register tells, its predecessor, or a neighbour."""

    PRESENT = "present"
    OLD = "old"
    OTHER = "other"


class Seen(StrEnum):
    """How much of a decision was read."""

    EXTRACT = "extract"
    SUMMARY = "summary"
    OPENING = "opening"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Example):
    """A decision of a court or authority: what was asked and decided, and the situation behind.

    Its ``label`` is made of its court, date and number. ``facts`` are told by the source;
    ``supposed`` were not at issue, and are added so that only what the decision is about is left;
    ``beyond`` tells what no fact of the register expresses. ``dated`` tells a date that is known
    in part, ``on`` the day of the act under review, ``history`` the other courts. ``points``
    names the disputed points that the decision illustrates, ``unraised`` says why one of them
    does not arise from its facts, ``depends_on`` those that may leave a weak test open.
    ``reference`` is the text of the register that cites it; ``adjacent`` marks a neighbouring
    procedure.
    """

    court: Text
    law: Law
    texts: Text
    asked: Text
    decided: Text
    principle: Text
    grade: Grade
    seen: Seen
    test: Use
    urls: tuple[str, ...]
    expect: tuple[Expectation, ...] = ()
    date: Day | None = None
    dated: Text | None = None
    number: str = ""
    history: Text | None = None
    supposed: Mapping[str, Value] = field(default_factory=dict)
    beyond: Text | None = None
    points: tuple[str, ...] = ()
    unraised: Mapping[str, Text] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    reference: str = ""
    adjacent: bool = False

    @property
    def answers(self) -> Mapping[str, Value]:
        """The answers with which the decision is tested: told, or supposed."""
        return {**self.supposed, **self.facts}

    def day(self, lang: str) -> str:
        """Give the date as far as it is known, in ISO form or in words."""
        if self.date is not None:
            return self.date.isoformat()
        return self.dated[lang] if self.dated else ""

    def as_json(self, lang: str) -> dict[str, Any]:
        """Give the decision in the shape of ``docs/json.md``, its words in one language."""
        words = ("court", "texts", "asked", "decided", "principle", "history", "beyond", "note")
        told = {key: text[lang] if (text := getattr(self, key)) else None for key in words}
        return {
            "id": self.id,
            "label": self.label[lang],
            "date": self.day(lang),
            "on": self.on.isoformat() if self.on else None,
            "number": self.number,
            **told,
            "law": self.law.value,
            "adjacent": self.adjacent,
            "reference": self.reference or None,
            "urls": list(self.urls),
            "grade": self.grade.value,
            "seen": self.seen.value,
            "test": self.test.value,
            "facts": dict(self.facts),
            "supposed": dict(self.supposed),
            "readings": dict(self.readings),
            "points": list(self.points),
            "unraised": {point: why[lang] for point, why in self.unraised.items()},
            "depends_on": list(self.depends_on),
            "doors": dict(self.doors),
            "expect": {wanted.stage: _expected(wanted) for wanted in self.expect},
        }


def _expected(wanted: Expectation) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "conclusion": wanted.conclusion,
        "refusal_possible": wanted.refusal_possible,
    }
    for key in ("missing", "depends_on", "must", "may", "must_not"):
        names = getattr(wanted, key)
        plain[key] = None if names is None else sorted(names)
    return {key: value for key, value in plain.items() if value is not None}
