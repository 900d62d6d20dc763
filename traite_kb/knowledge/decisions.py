"""Real decisions on a procedure: from a folder of TOML beside its register to :class:`Decision`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from traite_kb.knowledge.expected import expectations, tristates
from traite_kb.knowledge.files import TomlFile, is_folder, read_toml
from traite_kb.knowledge.links import broken_links
from traite_kb.knowledge.shape import Shape
from traite_kb.knowledge.values import Misshapen, answers, boolean, day, ids, one_of, string, text
from traite_kb.knowledge.values import texts as named_texts
from traite_kb.model import (
    Decision,
    Grade,
    Law,
    Node,
    Point,
    Procedure,
    Reference,
    Seen,
    Text,
    Use,
)
from traite_kb.problems import KnowledgeError, Problem, did_you_mean, problem
from traite_kb.wording import LANGUAGES, long_date

_KIND = "decision"
_ID = re.compile(r"^[a-z][a-z0-9_]*$")
_SHAPE = Shape(
    {
        "court": text,
        "law": one_of(Law),
        "texts": text,
        "asked": text,
        "decided": text,
        "principle": text,
        "grade": one_of(Grade),
        "seen": one_of(Seen),
        "test": one_of(Use),
        "urls": ids,
        "facts": answers,
    },
    {
        "date": day,
        "dated": text,
        "number": string,
        "history": text,
        "on": day,
        "supposed": answers,
        "readings": answers,
        "beyond": text,
        "points": ids,
        "unraised": named_texts,
        "depends_on": ids,
        "expect": expectations,
        "doors": tristates,
        "reference": string,
        "adjacent": boolean,
        "note": text,
    },
)


def decisions(procedure: Procedure, folder: Path | None = None) -> Mapping[str, Decision]:
    """Open the real decisions that go with a procedure, in the order of their files.

    Parameters
    ----------
    procedure : Procedure
    folder : Path, optional
        A folder of TOML files. By default ``decisions/<id>`` beside the folder ``procedures`` in
        which the register stands; a register elsewhere has none.

    Raises
    ------
    KnowledgeError
        With every problem found in the files.

    Examples
    --------
    >>> from traite_kb.knowledge import open_procedure
    >>> len(decisions(open_procedure())) > 20
    True
    """
    place = _beside(procedure) if folder is None else folder
    if place is None or not is_folder(place):
        return MappingProxyType({})
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for path in sorted(place.glob("*.toml")):
        try:
            _add(read_toml(path), found, problems)
        except KnowledgeError as error:
            problems.extend(error.problems)
    problems.extend(_broken(procedure, found))
    if problems:
        unique = dict.fromkeys(problems)
        raise KnowledgeError(
            sorted(unique, key=lambda p: (p.origin.file, p.origin.line, p.code, p.values))
        )
    return MappingProxyType(found)


def _beside(procedure: Procedure) -> Path | None:
    home = Path(procedure.origin.file).resolve().parent.parent
    return home.parent / "decisions" / procedure.id if home.name == "procedures" else None


def _add(file: TomlFile, found: dict[str, Decision], problems: list[Problem]) -> None:
    for kind, tables in file.tables.items():
        if kind != _KIND:
            problems.append(problem("E101", file.origin(kind), kind, near=_KIND))
            continue
        for name, raw in (tables if isinstance(tables, dict) else {"": tables}).items():
            place = file.origin(kind, name)
            if not isinstance(raw, dict):
                problems.append(
                    problem("E104", place, name or kind, key=kind, wanted="table", got="value")
                )
            elif not _ID.match(name):
                problems.append(problem("E110", place, name))
            elif name in found:
                problems.append(problem("E106", place, name, other=found[name].origin))
            elif decision := _read(file, name, raw, problems):
                found[name] = decision


def _read(
    file: TomlFile, name: str, raw: dict[str, Any], problems: list[Problem]
) -> Decision | None:
    place, before = file.origin(_KIND, name), len(problems)
    problems += [problem("E103", place, name, key=key) for key in _SHAPE.must if key not in raw]
    if not {"date", "dated"} & set(raw):
        problems.append(problem("E103", place, name, key="date"))
    fields: dict[str, Any] = {"readings": {}}
    for key, value in raw.items():
        where, reader = file.origin(_KIND, name, key), _SHAPE.reader(key)
        if reader is None:
            near = did_you_mean(key, _SHAPE.keys)
            problems.append(problem("E102", where, name, key=key, known=near))
            continue
        try:
            fields[key] = reader(value)
        except Misshapen as error:
            problems.append(problem(error.code, where, name, **{"key": key, **error.values}))
    if len(problems) > before:
        return None
    tested = fields["test"] is not Use.NO
    if tested and not fields.get("expect"):
        problems.append(problem("E103", place, name, key="expect"))
    elif not tested and "expect" in fields:
        # An expectation that nobody checks would only look like one.
        where, known = file.origin(_KIND, name, "test"), f"{Use.YES}, {Use.WEAK}"
        problems.append(problem("E105", where, name, key="test", value=raw["test"], known=known))
    return Decision(id=name, origin=place, label=_label(fields), **fields)


def _label(fields: Mapping[str, Any]) -> Text:
    words = {}
    for lang in LANGUAGES:
        when = long_date(fields["date"], lang) if "date" in fields else fields["dated"][lang]
        parts = [fields["court"][lang], when]
        if number := fields.get("number"):
            parts.append(f"n° {number}" if lang == "fr" else f"no. {number}")
        words[lang] = ", ".join(parts)
    return Text(**words)


def _broken(procedure: Procedure, found: Mapping[str, Decision]) -> Iterator[Problem]:
    # A decision may bear the id of the text that cites it: for the links, it stands in its place.
    nodes: list[Node] = [node for node in procedure if node.id not in found]
    nodes += [replace(decision, facts=decision.answers) for decision in found.values()]
    places = {decision.origin for decision in found.values()}
    yield from (p for p in broken_links(nodes) if p.origin in places)
    for decision in found.values():
        named = [("points", ref) for ref in decision.points]
        named += [("depends_on", ref) for ref in decision.depends_on]
        for key, ref in named:
            yield from _unknown(procedure, decision, key, ref, Point)
        for ref in decision.unraised:
            if ref not in decision.points:
                near = did_you_mean(ref, decision.points)
                yield problem(
                    "E201", decision.origin, decision.id, key="unraised", ref=ref, near=near
                )
        if decision.reference:
            yield from _unknown(procedure, decision, "reference", decision.reference, Reference)


def _unknown(
    procedure: Procedure, decision: Decision, key: str, ref: str, kind: type[Node]
) -> Iterator[Problem]:
    target = procedure.nodes.get(ref)
    told = {"key": key, "ref": ref}
    if target is None:
        near = did_you_mean(ref, procedure.of(kind))
        yield problem("E201", decision.origin, decision.id, near=near, **told)
    elif not isinstance(target, kind):
        wanted = kind.__name__.lower()
        yield problem("E202", decision.origin, decision.id, got=target.kind, wanted=wanted, **told)
