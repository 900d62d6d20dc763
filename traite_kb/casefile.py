"""Case files: a situation written in TOML, for the command line and for exercises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from traite_kb.case import Case
from traite_kb.knowledge import open_procedure, procedures, read_toml
from traite_kb.model import Fact, Procedure, Value
from traite_kb.problems import CaseError, KnowledgeError, Origin, did_you_mean, problem

_KEYS = {"procedure": str, "on": date, "facts": dict, "readings": dict, "events": dict}


def open_case(path: str | Path, procedure: Procedure | None = None) -> Case:
    """Open a case file.

    Parameters
    ----------
    path : str or Path
        A TOML file with ``procedure``, ``[facts]`` and, if wanted, ``on``, ``[readings]``,
        ``[events]``.
    procedure : Procedure, optional
        The procedure that the case must belong to; by default the one that it names.

    Raises
    ------
    KnowledgeError
        When the file cannot be read, or names a procedure that is not there.
    CaseError
        With every wrong key, name and value of the file at once.
    """
    file = read_toml(Path(path))
    problems = []
    for key, value in file.tables.items():
        wanted = _KEYS.get(key)
        if wanted is None:
            near = did_you_mean(key, _KEYS)
            problems.append(problem("E609", file.origin(key), key, near=near))
        elif type(value) is not wanted:
            kind = {str: "text", date: "date", dict: "table"}[wanted]
            problems.append(problem("E610", file.origin(key), key, wanted=kind))
    name = file.tables.get("procedure")
    if name is None:
        problems.append(problem("E611", file.origin(), "procedure", near=", ".join(procedures())))
    if not isinstance(name, str):
        raise CaseError(problems)
    sound = {key: value for key, value in file.tables.items() if type(value) is _KEYS.get(key)}
    try:
        found = _procedure(name, file.origin("procedure"), procedure)
        case = _case(found, sound, _origins(sound, file.origin))
    except CaseError as error:
        raise CaseError([*problems, *error.problems]) from None
    if problems:
        raise CaseError(problems)
    return case


def is_case(path: Path) -> bool:
    """Tell whether a file is a case rather than a register: it names its procedure in one word."""
    try:
        return isinstance(read_toml(path).tables.get("procedure"), str)
    except KnowledgeError:
        return False


def open_weights(path: Path, procedure: Procedure) -> dict[str, dict[Value, float]]:
    """Open a file of weights: one table for each fact, one number for each of its answers.

    A yes-or-no fact has the keys ``true`` and ``false``. Names and numbers are checked where the
    weights are used.

    Raises
    ------
    KnowledgeError
        When the file cannot be read.
    CaseError
        When something else than a table stands at the top of it.
    """
    file = read_toml(path)
    facts = procedure.of(Fact)
    words: dict[str, bool] = {"true": True, "false": False}
    weights: dict[str, dict[Value, float]] = {}
    for name, table in file.tables.items():
        if not isinstance(table, dict):
            raise CaseError([problem("E610", file.origin(name), name, wanted="table")])
        plain = name in facts and not facts[name].is_choice
        weights[name] = {
            words[key] if plain and key in words else key: number for key, number in table.items()
        }
    return weights


def _procedure(name: str, place: Origin, wanted: Procedure | None) -> Procedure:
    if wanted is not None:
        if name != wanted.id:
            raise CaseError([problem("E605", place, name, wanted=wanted.id)])
        return wanted
    try:
        return open_procedure(name)
    except KnowledgeError as error:
        if error.problems[0].code == "E009":
            near = dict(error.problems[0].values)["near"]
            raise CaseError([problem("E009", place, name, near=near)]) from None
        raise


def _origins(tables: dict[str, Any], origin: Any) -> dict[str, Origin]:
    places: dict[str, Origin] = {"": origin(), "on": origin("on")}
    for part in ("facts", "readings", "events"):
        places.update({name: origin(part, name) for name in tables.get(part, {})})
    return places


def _case(procedure: Procedure, tables: dict[str, Any], origins: dict[str, Origin]) -> Case:
    return Case.known(
        procedure,
        facts=tables.get("facts", {}),
        readings=tables.get("readings", {}),
        events=tables.get("events", {}),
        on=tables.get("on"),
        origins=origins,
    )
