"""Values of a register: how each is read, and what is said of one that does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from traite_kb.model import Actor, Deadline, Passage, Text, Value

_CITE = re.compile(r"^([a-z][a-z0-9_]*):(\d{1,4})(?:-(\d{1,4}))?(?:\.(\d{1,2}))?#([0-9a-f]{8})$")
_UNITS = ("days", "months", "years")
_ACT = re.compile(r"^[a-z][a-z0-9_]*$")
_MONTH = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]))?$")


class Misshapen(Exception):
    """A value does not have the shape that its key asks for."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def _is(kind: type, name: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise Misshapen("E104", wanted=name, got=_name(value))
        if value == "":
            raise Misshapen("E112")
        return value

    return read


def _name(value: object) -> str:
    names = {
        bool: "true/false",
        str: "text",
        int: "number",
        float: "number",
        list: "list",
        dict: "table",
        date: "date",
    }
    return names.get(type(value), type(value).__name__)


string, boolean, integer = _is(str, "text"), _is(bool, "true/false"), _is(int, "number")
table, array = _is(dict, "table"), _is(list, "list")


def day(value: Any) -> date:
    """Read a date without time."""
    if type(value) is not date:
        raise Misshapen("E104", wanted="date", got=_name(value))
    return value


def told(value: Any) -> str:
    """Read when something was told: a date, or the year or month alone (``"2022"``)."""
    if isinstance(value, str) and _MONTH.match(value):
        return value
    return day(value).isoformat()


def text(value: Any) -> Text:
    """Read words in both languages: ``{ fr = "…", en = "…" }``."""
    for lang in ("fr", "en"):
        if not isinstance(value, dict) or not str(value.get(lang, "")).strip():
            raise Misshapen("E107", lang=lang)
    if extra := sorted(set(value) - {"fr", "en"}):
        raise Misshapen("E102", key=extra[0], known="fr, en")
    return Text(string(value["fr"]), string(value["en"]))


def texts(value: Any) -> dict[str, Text]:
    """Read a table of named words."""
    return {key: text(words) for key, words in table(value).items()}


def ids(value: Any) -> tuple[str, ...]:
    """Read a list of identifiers."""
    return tuple(string(item) for item in array(value))


def cites(value: Any) -> tuple[Passage, ...]:
    """Read passages of the sheet: ``["fiche:35.2#1f3a9c2b"]``."""
    passages = []
    for item in array(value):
        match = _CITE.match(string(item))
        if not match:
            raise Misshapen("E108", value=item)
        first, last = int(match[2]), int(match[3] or match[2])
        passages.append(Passage(match[1], first, last, int(match[4] or 0), match[5]))
    return tuple(passages)


def one_of(choices: type | tuple[str, ...]) -> Callable[[Any], Any]:
    """Read a word out of a closed list (an enumeration or a tuple)."""
    known = [str(c) for c in choices]  # type: ignore[union-attr]

    def read(value: Any) -> Any:
        if string(value) not in known:
            raise Misshapen("E105", value=value, known=", ".join(known))
        return choices(value) if isinstance(choices, type) else value

    return read


def answer(value: Any) -> Value:
    """Read an answer: true, false, or the id of a value."""
    if not isinstance(value, (bool, str)):
        raise Misshapen("E104", wanted="true/false, text", got=_name(value))
    return value


def answers(value: Any) -> dict[str, Value]:
    """Read a table of answers by fact."""
    return {key: answer(item) for key, item in table(value).items()}


def act(value: Any) -> str:
    """Read the name of an act: an identifier of its own, shared by the norms about that act."""
    if not _ACT.match(string(value)):
        raise Misshapen("E113", value=value)
    return str(value)


def changers(value: Any) -> Actor | dict[str, Actor]:
    """Read who can bring about each answer: a table by value, or one actor for all of them."""
    if isinstance(value, dict):
        return {key: one_of(Actor)(item) for key, item in value.items()}
    actor: Actor = one_of(Actor)(value)
    return actor


def combination(value: Any) -> dict[str, tuple[Value, ...]]:
    """Read the answers that cannot occur together, each alone or as a list of alternatives."""
    return {
        key: tuple(answer(v) for v in item) if isinstance(item, list) else (answer(item),)
        for key, item in table(value).items()
    }


def deadline(value: Any) -> Deadline:
    """Read ``{ days = 30, from = "step or gap" }``."""
    given = table(value)
    units = [unit for unit in _UNITS if unit in given]
    if len(units) != 1 or set(given) - {units[0], "from"}:
        raise Misshapen("E109")
    return Deadline(integer(given[units[0]]), units[0], string(given.get("from")))


def readings(value: Any) -> dict[str, dict[str, Any]]:
    """Read the readings of a point as raw tables: each is a node of its own."""
    return {key: table(item) for key, item in table(value).items()}
