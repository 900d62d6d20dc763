"""TOML files read from disk, with the line of every table and key, or one clear problem."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from traite_kb.problems import KnowledgeError, Origin, Problem, problem

MAX_BYTES = 2_000_000
"""Largest file that is read, in bytes; the whole register holds on a tenth of it."""

_HEADER = re.compile(r"^\s*\[{1,2}\s*([A-Za-z0-9_.\-\" ]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]+\")\s*(?:\.[^=]*)?=")


def package_data() -> Path:
    """Find the folder ``data``: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


@dataclass(frozen=True)
class TomlFile:
    """One TOML file: its tables, and where each of them starts."""

    path: Path
    text: str
    tables: dict[str, Any]

    @cached_property
    def _lines(self) -> dict[tuple[str, ...], int]:
        lines: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                table = tuple(part.strip().strip('"') for part in header[1].split("."))
                for length in range(1, len(table) + 1):
                    lines.setdefault(table[:length], number)
            elif key := _KEY.match(line):
                lines.setdefault((*table, key[1].strip('"')), number)
        return lines

    def origin(self, *keys: str) -> Origin:
        """Tell the file and line of a table or key, or of the nearest table around it."""
        for length in range(len(keys), 0, -1):
            if line := self._lines.get(keys[:length]):
                return Origin(str(self.path), line)
        return Origin(str(self.path))


def is_folder(path: Path) -> bool:
    """Tell whether a path names a folder; one that no system can hold names none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_text(path: Path) -> str:
    """Read a file as text in UTF-8.

    Raises
    ------
    KnowledgeError
        When the file is missing, unreadable, empty, larger than :data:`MAX_BYTES`, not an
        ordinary file, or not text.
    """
    found = _read(path)
    if isinstance(found, Problem):
        raise KnowledgeError([found])
    return found


def read_toml(path: Path) -> TomlFile:
    """Read one TOML file.

    Raises
    ------
    KnowledgeError
        When :func:`read_text` refuses the file, or it is not TOML.
    """
    found = _parse(path, read_text(path))
    if isinstance(found, Problem):
        raise KnowledgeError([found])
    return found


def _read(path: Path) -> str | Problem:
    place = Origin(str(path))
    try:
        if not path.exists():
            return problem("E001", place)
        if path.is_dir():
            return problem("E007", place)
        if not path.is_file():
            return problem("E012", place)
        size = path.stat().st_size
        if size > MAX_BYTES:
            return problem("E004", place, size=f"{size:,}", limit=f"{MAX_BYTES:,}")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        return problem("E002", place, reason=getattr(error, "strerror", None) or error)
    if not raw.strip():
        return problem("E003", place)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return problem("E005", Origin(str(path), raw[: error.start].count(b"\n") + 1))


def _parse(path: Path, text: str) -> TomlFile | Problem:
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else len(text.splitlines())
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        return problem("E006", Origin(str(path), line), reason=reason)
    except (ValueError, RecursionError, OverflowError) as error:
        # numbers beyond Python's limits, impossible dates, brackets nested past the stack
        return problem("E006", Origin(str(path)), reason=type(error).__name__)
