"""From the tables of a register to its nodes: every problem of every file is gathered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from traite_kb.knowledge.files import TomlFile, is_folder, read_toml
from traite_kb.knowledge.kinds import KINDS
from traite_kb.knowledge.links import broken_links
from traite_kb.knowledge.shape import SHAPES, Shape
from traite_kb.knowledge.values import Misshapen
from traite_kb.knowledge.versions import Timeline, spans
from traite_kb.model import (
    Actor,
    Example,
    Node,
    Procedure,
    Reading,
    Sheet,
    Text,
    Value,
)
from traite_kb.problems import KnowledgeError, Origin, Problem, did_you_mean, problem
from traite_kb.wording import long_date

_ID = re.compile(r"^[a-z][a-z0-9_]*$")


def build(folder: Path, on: date) -> Procedure:
    """Read every TOML file of a folder (or one file) as the register of one procedure on a day.

    Raises
    ------
    KnowledgeError
        With all the problems of all the files; nothing is half loaded.
    """
    builder = _Builder()
    for path in _files(folder):
        try:
            builder.add(read_toml(path))
        except KnowledgeError as error:
            builder.problems.extend(error.problems)
    opened: dict[date, Procedure] = {}

    def reopen(day: date) -> Procedure:
        start = builder.start(day)
        if start not in opened or day < opened[start].since:
            opened[start] = replace(builder.finish(folder, day), reopen=reopen)
        return opened[start]

    return reopen(on)


def _files(folder: Path) -> list[Path]:
    if not is_folder(folder):
        return [folder]
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise KnowledgeError([problem("E008", Origin(str(folder)))])
    return paths


class _Builder:
    """Collects nodes and problems over the files of one register."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.nodes: dict[str, Timeline] = {}
        self.unfit: set[str] = set()
        self.heads: dict[str, list[tuple[str, dict[str, Any], Origin]]] = {
            "procedure": [],
            "sheet": [],
        }

    def add(self, file: TomlFile) -> None:
        """Read every table of one file."""
        for kind, tables in file.tables.items():
            if kind not in SHAPES or kind == "reading":
                known = [k for k in SHAPES if k != "reading"]
                self._note("E101", file.origin(kind), kind, near=did_you_mean(kind, known))
                continue
            if not isinstance(tables, dict):
                self._note("E104", file.origin(kind), kind, key=kind, wanted="table", got="value")
                continue
            for name, raw in tables.items():
                self._add_node(file, kind, name, raw)

    def _add_node(self, file: TomlFile, kind: str, name: str, raw: Any) -> None:
        place = file.origin(kind, name)
        if not _ID.match(name):
            self._note("E110", place, name)
        if not isinstance(raw, dict):
            self._note("E104", place, name, key=kind, wanted="table", got="value")
            return
        fields = self._fields(file, SHAPES[kind], (kind, name), raw)
        if kind in self.heads:
            self.heads[kind].append((name, fields, place))
            return
        if name in self.nodes:
            self._note("E106", place, name, other=self.nodes[name].versions[0].origin)
            return
        versions = self._versions(file, kind, name, fields)
        nodes = [self._node(file, kind, name, version) for version in versions]
        if nodes and all(nodes):
            self.nodes[name] = Timeline(tuple(node for node in nodes if node))
        else:
            self.unfit.add(name)

    def _versions(
        self, file: TomlFile, kind: str, name: str, fields: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Give what a table says in each of its versions, from the earliest to the latest."""
        then = SHAPES[kind].then()
        before = [
            self._fields(file, then, (kind, name), entry) for entry in fields.pop("before", [])
        ]
        if not all("until" in entry for entry in before):
            return []
        ends = [entry.pop("until") for entry in before]
        try:
            days = spans(fields.get("since"), fields.get("until"), ends)
        except Misshapen as error:
            self._note(error.code, file.origin(kind, name), name, **error.values)
            return []
        told = [{**fields, **entry} for entry in before] + [fields]
        return [
            {**version, "since": since, "until": until}
            for version, (since, until) in zip(told, days, strict=True)
        ]

    def _node(self, file: TomlFile, kind: str, name: str, fields: dict[str, Any]) -> Node | None:
        place = file.origin(kind, name)
        if kind == "point":
            fields["readings"] = {
                key: self._reading(file, name, key, table)
                for key, table in fields.get("readings", {}).items()
            }
        if kind == "fact" and "changed_by" in fields:
            fields["changed_by"] = _by_value(fields["changed_by"], fields.get("values", {}))
        if kind == "constraint":
            fields["never"] = fields.get("never", {})
        if not self._complete(SHAPES[kind], fields):
            return None
        if kind == "example":
            fields.setdefault("readings", {})
        return KINDS[kind](id=name, origin=place, **fields)

    def _reading(self, file: TomlFile, point: str, key: str, raw: dict[str, Any]) -> Reading:
        where = ("point", point, "readings", key)
        fields = self._fields(file, SHAPES["reading"], where, raw)
        fields.setdefault("label", None)
        return Reading(id=key, origin=file.origin(*where), **fields)

    def _fields(
        self, file: TomlFile, shape: Shape, where: tuple[str, ...], raw: dict[str, Any]
    ) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        name = where[-1]
        for key in shape.must:
            if key not in raw:
                self._note("E103", file.origin(*where), name, key=key)
        for key, value in raw.items():
            reader = shape.reader(key)
            if reader is None:
                near = did_you_mean(key, shape.keys)
                self._note("E102", file.origin(*where, key), name, key=key, known=near)
                continue
            try:
                fields[_FIELD.get(key, key)] = reader(value)
            except Misshapen as error:
                place = file.origin(*where, key)
                self._note(error.code, place, name, **{"key": key, **error.values})
        return fields

    @staticmethod
    def _complete(shape: Shape, fields: dict[str, Any]) -> bool:
        return all(_FIELD.get(key, key) in fields for key in shape.must)

    def _note(self, code: str, origin: Origin, node: str, /, **values: object) -> None:
        self.problems.append(problem(code, origin, node, **values))

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which anything in the register changes, once all of it is read."""
        return tuple(sorted({day for line in self.nodes.values() for day in line.turns()}))

    def start(self, day: date) -> date:
        """Give the first day of the period without change to which a day belongs."""
        return max((turn for turn in self.turns if turn <= day), default=date.min)

    def finish(self, folder: Path, on: date) -> Procedure:
        """Link everything that is in force on a day, or raise all the problems found."""
        if self.problems and not (self.nodes or any(self.heads.values())):
            # Nothing could be read: what is missing from it is not worth telling.
            raise KnowledgeError(_in_order(self.problems))
        sheet = self._sheet(folder)
        nodes = {name: node for name, line in self.nodes.items() if (node := line.on(on))}
        head = self._only("procedure", folder)
        # An example names what is in force on its own day, by default today: not on all days.
        examples = [node for node in nodes.values() if isinstance(node, Example)]
        period, today = self.start(on), date.today()
        elsewhere = {e.id for e in examples if self.start(e.on or today) != period}
        # A node whose own table is wrong is there all the same: links to it are not dangling.
        loose = (
            p
            for p in broken_links(nodes.values(), elsewhere)
            if dict(p.values).get("ref") not in self.unfit
        )
        errors = [p for p in (*self.problems, *loose) if p.is_error]
        if errors or head is None or sheet is None:
            raise KnowledgeError(_in_order(errors))
        name, fields, place = head
        told = {key: value for key, value in fields.items() if key != "sheet"}
        if fields["sheet"] != sheet.id:
            raise KnowledgeError(
                [problem("E201", place, name, key="sheet", ref=fields["sheet"], near=sheet.id)]
            )
        if on < told["since"]:
            since, asked = long_date(told["since"]), long_date(on)
            raise KnowledgeError([problem("E010", place, name, on=asked, since=since)])
        return Procedure(
            id=name, origin=place, sheet=sheet, nodes=nodes, on=on, turns=self.turns, **told
        )

    def _only(self, kind: str, folder: Path) -> tuple[str, dict[str, Any], Origin] | None:
        found = self.heads[kind]
        if len(found) != 1:
            origin = found[1][2] if found else Origin(str(folder))
            self._note("E111", origin, kind, kind=kind, count=len(found))
            return None
        return found[0] if self._complete(SHAPES[kind], found[0][1]) else None

    def _sheet(self, folder: Path) -> Sheet | None:
        head = self._only("sheet", folder)
        if head is None:
            return None
        name, fields, place = head
        passages = fields["passages"]
        for key, value in passages.items():
            good = re.match(r"^\d{1,4}(\.\d{1,2})?$", key) and re.match(
                r"^[0-9a-f]{8}$", str(value)
            )
            if not good:
                self._note("E108", place, name, value=f"{key} = {value}")
        return Sheet(id=name, **fields)


_FIELD = {"cite": "cites", "from": "since"}
_TRUTHS: dict[str, Value] = {"true": True, "false": False}


def _by_value(given: Actor | dict[str, Actor], values: Mapping[str, Text]) -> dict[Value, Actor]:
    """Spread one actor over every answer of a fact, or read the keys of a yes-or-no fact."""
    if isinstance(given, Actor):
        return dict.fromkeys(values or _TRUTHS.values(), given)
    return {key if values else _TRUTHS.get(key, key): actor for key, actor in given.items()}


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.origin.file, p.origin.line, p.code))
