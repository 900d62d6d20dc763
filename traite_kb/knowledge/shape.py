"""The shape of a register: which tables there are, and which keys they take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from traite_kb.knowledge.expected import days, expectations, step_expectations, tristates
from traite_kb.knowledge.values import (
    act,
    answers,
    boolean,
    changers,
    cites,
    combination,
    day,
    deadline,
    ids,
    one_of,
    readings,
    string,
    table,
    text,
    texts,
    told,
)
from traite_kb.knowledge.versions import earlier
from traite_kb.model import Actor, Grade, Modality

REFERENCE_TYPES = ("article", "decision", "circular", "sheet", "agreement", "page", "inference")


@dataclass(frozen=True)
class Shape:
    """The keys that a kind of table must and may have, each with its reader."""

    must: Mapping[str, Callable[[Any], Any]]
    may: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def reader(self, key: str) -> Callable[[Any], Any] | None:
        """Give the reader of a key, or nothing when the kind has no such key."""
        return self.must.get(key) or self.may.get(key)

    def then(self) -> Shape:
        """Give the shape of an earlier version: its last day, and what it said otherwise."""
        keys = {**self.must, **self.may}
        return Shape({"until": day}, {k: v for k, v in keys.items() if k not in _DATES})

    @property
    def keys(self) -> list[str]:
        """Every key that the kind knows."""
        return [*self.must, *self.may]


_DATES = {"from": day, "until": day, "before": earlier}
_LABEL = {"label": text}
_SOURCES = {"cite": cites, "basis": ids, "note": text, **_DATES}
_LOGIC = {"when_all": ids, "when_any": ids, "unless_any": ids}

SHAPES: dict[str, Shape] = {
    "procedure": Shape(
        {**_LABEL, "sheet": string, "since": day}, {"cite": cites, "basis": ids, "note": text}
    ),
    "sheet": Shape({**_LABEL, "url": string, "verified": day, "passages": table}),
    "reference": Shape(
        {**_LABEL, "type": one_of(REFERENCE_TYPES), "grade": one_of(Grade)},
        {"url": string, "note": text, **_DATES},
    ),
    "fact": Shape(
        {**_LABEL, "ask": text, "why": text}, {**_SOURCES, "values": texts, "changed_by": changers}
    ),
    "condition": Shape(
        _LABEL,
        {
            **_SOURCES,
            **_LOGIC,
            "fact": string,
            "point": string,
            "one_of": ids,
            "assessed_by": one_of(Actor),
        },
    ),
    "norm": Shape(
        {**_LABEL, "stage": string, "bearer": one_of(Actor), "modality": one_of(Modality)},
        {**_SOURCES, **_LOGIC, "effect": act, "prevails_over": ids},
    ),
    "stage": Shape(
        {**_LABEL, "conditions": string, "if_met": text},
        {
            **_SOURCES,
            "outside": string,
            "refusal": string,
            "if_refusal": text,
            "headlines": texts,
            "adverse": boolean,
        },
    ),
    "point": Shape({**_LABEL, "readings": readings}, _SOURCES),
    "reading": Shape(_LABEL, {"cite": cites, "basis": ids, "note": text, "signed": text}),
    "constraint": Shape({**_LABEL, "never": combination}, _SOURCES),
    "step": Shape(
        {**_LABEL, "actor": one_of(Actor)},
        {
            **_SOURCES,
            "after": ids,
            "usually_after": ids,
            "optional": boolean,
            "needs": ids,
            "done_when": ids,
            "moot_when": ids,
            "documents": ids,
            "gives": ids,
            "deadline": deadline,
        },
    ),
    "document": Shape(_LABEL, {**_SOURCES, "one_of": ids, "needed_when": text}),
    "right": Shape(_LABEL, {**_SOURCES, "holds_when": ids}),
    "help": Shape(_LABEL, _SOURCES),
    "mistake": Shape({**_LABEL, "instead": text, "about": ids}, _SOURCES),
    "door": Shape(_LABEL, {**_SOURCES, "when": ids}),
    "contact": Shape({**_LABEL, "at": string, "told": told}, {**_SOURCES, "urgent": boolean}),
    "gap": Shape(_LABEL, _SOURCES),
    "set_aside": Shape(_LABEL, _SOURCES),
    "example": Shape(
        {**_LABEL, "facts": answers, "expect": expectations},
        {
            "readings": answers,
            "steps": step_expectations,
            "rights": tristates,
            "doors": tristates,
            "excludes": combination,
            "events": days,
            "on": day,
            "note": text,
        },
    ),
}
"""Every kind of table of a register."""
