"""The only door to the register's files: from a folder of TOML to a :class:`Procedure`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from traite_kb.knowledge.decisions import decisions
from traite_kb.knowledge.files import TomlFile, is_folder, package_data, read_toml
from traite_kb.knowledge.register import build
from traite_kb.knowledge.rereading import Rereading
from traite_kb.knowledge.sheet import keys_of, passages
from traite_kb.knowledge.watch import Comparison, compare_sheet, with_source
from traite_kb.model import Procedure
from traite_kb.problems import KnowledgeError, Origin, did_you_mean, problem

__all__ = [
    "Comparison",
    "Rereading",
    "TomlFile",
    "compare_sheet",
    "decisions",
    "keys_of",
    "open_procedure",
    "passages",
    "procedures",
    "read_toml",
    "with_source",
]


def procedures() -> list[str]:
    """List the ids of the procedures that ship with the kit.

    Examples
    --------
    >>> len(procedures())
    1
    """
    return sorted(path.name for path in (package_data() / "procedures").iterdir() if path.is_dir())


def open_procedure(name: str | Path | None = None, *, on: date | None = None) -> Procedure:
    """Open a procedure: one that ships with the kit, by its id, or any register, by its path.

    Parameters
    ----------
    name : str or Path, optional
        The id of a procedure, or the path of a folder of TOML files or of one TOML file. By
        default, the first procedure that ships.
    on : date, optional
        The day whose law is asked for. The register holds one version of the law; a day before
        it starts is refused.

    Raises
    ------
    KnowledgeError
        When there is no such procedure, or with every problem found in its files.

    Examples
    --------
    >>> open_procedure().id == procedures()[0]
    True
    """
    text = procedures()[0] if name is None else str(name)
    day = on or date.today()
    if isinstance(name, Path) or "/" in text or "\\" in text or text.endswith(".toml"):
        return build(Path(text), day)
    if text in procedures():
        return _shipped(text).at(day)
    if text and is_folder(Path(text)):
        return build(Path(text), day)
    near = did_you_mean(text, procedures())
    raise KnowledgeError([problem("E009", Origin(text), text, near=near)])


@lru_cache(maxsize=8)
def _shipped(name: str) -> Procedure:
    return build(package_data() / "procedures" / name, date.today())
