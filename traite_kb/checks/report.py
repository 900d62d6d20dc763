"""What the checks found, for people and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from traite_kb.problems import Problem
from traite_kb.wording import number, say


@dataclass(frozen=True, slots=True)
class Certificate:
    """How many situations the checks went through, and what they found there.

    A situation is an answer to every fact and a reading of every disputed point, together
    possible. ``unanswered`` counts those where the conditions of a stage are met and none of its
    norms applies, ``contradictory`` those where two norms contradict each other and neither
    prevails; ``explained`` is the number of pairs of norms of which one does.
    """

    situations: int = 0
    unanswered: int = 0
    contradictory: int = 0
    explained: int = 0

    def sentence(self, lang: str) -> str:
        """Tell the certificate in one sentence, every number in full."""
        numbers = {name: number(value, lang) for name, value in asdict(self).items()}
        several = self.contradictory > 1
        return say("cli.certificate_many" if several else "cli.certificate", lang, **numbers)


@dataclass(frozen=True)
class Report:
    """What the checks found: problems, how much of the sheet is covered (0 to 1), and counts."""

    procedure: str
    problems: tuple[Problem, ...]
    coverage: float
    counts: Mapping[str, int]
    certificate: Certificate = Certificate()

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the register unfit for use."""
        return [p for p in self.problems if p.is_error]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that one can live with."""
        return [p for p in self.problems if not p.is_error]

    def as_json(self, lang: str) -> dict[str, Any]:
        """Give the report in the shape of ``docs/json.md``."""
        return {
            "procedure": self.procedure,
            "coverage": self.coverage,
            "errors": [p.as_json(lang) for p in self.errors],
            "warnings": [p.as_json(lang) for p in self.warnings],
            "counts": dict(self.counts),
            "certificate": asdict(self.certificate),
        }
