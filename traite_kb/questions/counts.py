"""How many situations have each outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import Matter
from traite_kb.questions.outlook import head, outlook_of


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many possible situations agree with a case, by outcome.

    A situation gives a value to each of ``facts``, those on which the matter depends;
    ``a_verifier`` counts those whose outcome hangs on a disputed point.
    """

    case: Case
    matter: Matter
    facts: tuple[str, ...]
    outcomes: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of possible situations."""
        return sum(self.outcomes.values())

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "facts": list(self.facts),
            "total": self.total,
            "outcomes": dict(self.outcomes),
        }


def count(case: Case, about: str, *, refusal: bool = False) -> Counts:
    """Count the possible situations that agree with a case, by outcome.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: count by whether a refusal is possible, rather than by conclusion.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> list(count(case, "premiere_carte").outcomes)
    ['hors_champ']
    """
    outlook = outlook_of(case, about, refusal)
    outcomes = {name: outlook.count(cell) for name, cell in outlook.cells.items()}
    return Counts(case, outlook.matter, outlook.facts, outcomes)
