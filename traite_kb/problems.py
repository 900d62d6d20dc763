"""What is wrong, where, and the way out: problems, and the errors that carry them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from traite_kb import wording


@dataclass(frozen=True)
class Origin:
    """The file and line where something was written (line 0: the file as a whole)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, told so that its author can mend it.

    ``code`` starts with E (error) or W (warning); its sentence is in the catalogue of words under
    ``problem.<code>``, and ``values`` fill its blanks. ``day`` is set when it is a problem of the
    law of an earlier day only.
    """

    code: str
    origin: Origin
    node: str = ""
    values: tuple[tuple[str, str], ...] = field(default=())
    day: date | None = None

    @property
    def is_error(self) -> bool:
        """Whether this makes the file unusable (E) rather than imperfect (W)."""
        return self.code.startswith("E")

    def message(self, lang: str = wording.DEFAULT_LANGUAGE) -> str:
        """Tell the problem in one sentence, without its place."""
        told = wording.say(f"problem.{self.code}", lang, node=self.node, **dict(self.values))
        if self.day is None:
            return told
        return wording.say("law.on", lang, day=wording.long_date(self.day, lang), told=told)

    def line(self, lang: str = wording.DEFAULT_LANGUAGE) -> str:
        """Tell the place, the code and the problem on one line."""
        return f"{self.origin}: {self.code} {self.message(lang)}"

    def as_json(self, lang: str = wording.DEFAULT_LANGUAGE) -> dict[str, str | int]:
        """Give the problem in the shape that ``check --json`` prints."""
        return {
            "code": self.code,
            "file": self.origin.file,
            "line": self.origin.line,
            "node": self.node,
            "message": self.message(lang),
        }


def problem(code: str, origin: Origin, node: str = "", /, **values: object) -> Problem:
    """Make a :class:`Problem`; the keyword arguments fill the blanks of its sentence."""
    return Problem(code, origin, node, tuple((k, str(v)) for k, v in values.items()))


def did_you_mean(word: str, known: Iterable[str], otherwise: Iterable[str] | None = None) -> str:
    """Give the closest known words, or, when none is close, all of them or those to be preferred.

    Examples
    --------
    >>> did_you_mean("plainte", ["plainte_deposee", "age"])
    'plainte_deposee'
    """
    names = list(known)
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    close = close or [n for n in names if word and (word in n or n in word)][:3]
    return ", ".join(close or list(names if otherwise is None else otherwise)[:12])


class TraiteError(Exception):
    """A user's mistake, told in one sentence for each problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.text())

    def text(self, lang: str = wording.DEFAULT_LANGUAGE) -> str:
        """Tell all the problems, one a line, in one language."""
        return "\n".join(p.line(lang) for p in self.problems)


class KnowledgeError(TraiteError):
    """The register, or a file that it needs, cannot be used."""


class CaseError(TraiteError):
    """A situation cannot be used: an unknown fact, a wrong value, contradictory answers."""
