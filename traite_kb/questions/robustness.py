"""Whether a result holds whatever the reading of the disputed points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import NO
from traite_kb.matters import Matter
from traite_kb.questions.decision_table import named
from traite_kb.questions.outlook import Outlook, head, outlook_of
from traite_kb.questions.rows import Rows
from traite_kb.space import OPEN


@dataclass(frozen=True, slots=True)
class ByReading:
    """What is concluded under some readings; ``a_verifier`` when answers are missing for it."""

    outcome: str
    readings: Mapping[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        """Give the row in the shape of ``docs/json.md``."""
        readings = {name: list(values) for name, values in self.readings.items()}
        return {"outcome": self.outcome, "readings": readings}


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """What a case concludes under each reading, and what each point weighs.

    ``by_reading`` has one row when the result is robust. ``weights`` gives, for each open point,
    the number of situations, out of ``total``, in which another reading of it can change the
    outcome.
    """

    case: Case
    matter: Matter
    by_reading: tuple[ByReading, ...]
    weights: Mapping[str, int]
    total: int

    @property
    def robust(self) -> bool:
        """Whether what the answers settle is the same under every reading."""
        return len(self.by_reading) == 1

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The points on which what is settled hangs."""
        named_points = [name for row in self.by_reading for name in row.readings]
        return tuple(dict.fromkeys(named_points))

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "robust": self.robust,
            "by_reading": [row.as_json() for row in self.by_reading],
            "weights": dict(self.weights),
            "total": self.total,
        }


def robust(case: Case, about: str, *, refusal: bool = False) -> Robustness:
    """Tell whether a result is the same under every reading, and what each reading makes of it.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: ask about the possible refusal, rather than the conclusion.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> robust(case, "premiere_carte").robust
    True
    """
    outlook = outlook_of(case, about, refusal)
    cells = _by_reading(outlook)
    rows = [
        ByReading(list(cells)[place], named(outlook, box))  # type: ignore[arg-type]
        for place, box in Rows(outlook.shop, list(cells.values()))
    ]
    weights = {name: _weight(outlook, name) for name in _open_points(outlook)}
    return Robustness(case, outlook.matter, tuple(rows), weights, outlook.count(outlook.possible))


def _open_points(outlook: Outlook) -> list[str]:
    return [name for name in outlook.matter.points if name not in outlook.answers]


def _by_reading(outlook: Outlook) -> dict[str, int]:
    """Give, over the points alone, the readings under which each outcome is settled."""
    shop, space = outlook.shop, outlook.space
    facts = frozenset(space.index[name] for name in space.facts)
    settled = {
        outcome: shop.negate(shop.copied(space.diagrams, contrary, outlook.known, facts))
        for outcome, contrary in outlook.matter.contrary.items()
    }
    cells = {**settled, OPEN: shop.negate(shop.any_of(settled.values()))}
    return {name: cell for name, cell in cells.items() if cell != NO}


def _weight(outlook: Outlook, point: str) -> int:
    moved = outlook.matter.flips((point,))
    return outlook.count(outlook.shop.both(outlook.possible, outlook.over_facts(moved)))
