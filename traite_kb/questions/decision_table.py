"""The decision table of a matter: every situation in exactly one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import Matter
from traite_kb.model import Value
from traite_kb.questions.outlook import Outlook, head, outlook_of
from traite_kb.questions.rows import Box, Rows, inside
from traite_kb.space import OPEN


@dataclass(frozen=True, slots=True)
class Region:
    """One row: the values that its facts may have, its outcome, its number of situations.

    ``depends_on`` lists the disputed points on which the outcome hangs, where it does.
    """

    outcome: str
    when: Mapping[str, tuple[Value, ...]]
    situations: int
    depends_on: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the row in the shape of ``docs/json.md``."""
        return {
            "outcome": self.outcome,
            "when": {name: list(values) for name, values in self.when.items()},
            "situations": self.situations,
            "depends_on": list(self.depends_on),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """A decision table that is complete and without overlap.

    The rows are those of a short table; that none is shorter is not claimed.
    """

    case: Case
    matter: Matter
    facts: tuple[str, ...]
    rows: tuple[Region, ...]

    def of(self, outcome: str) -> tuple[Region, ...]:
        """List the rows of one outcome."""
        return tuple(row for row in self.rows if row.outcome == outcome)

    @property
    def total(self) -> int:
        """The number of possible situations."""
        return sum(row.situations for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "facts": list(self.facts),
            "total": self.total,
            "rows": [row.as_json() for row in self.rows],
        }


def regions(case: Case, about: str, *, refusal: bool = False) -> Regions:
    """Tell each outcome as a short list of disjoint conditions, with its number of situations.

    Parameters
    ----------
    case : Case
        What is known already: the table tells what is left.
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: tell whether a refusal is possible, rather than the conclusion.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> table = regions(kb.Case(kb.open_procedure()), "etranger")
    >>> [(row.outcome, row.when["nationalite"]) for row in table.rows][1]
    ('false', ('francaise',))
    """
    outlook = outlook_of(case, about, refusal)
    names, cells = list(outlook.cells), list(outlook.cells.values())
    rows = [_region(outlook, names[place], box) for place, box in Rows(outlook.shop, cells)]
    rows.sort(key=lambda row: names.index(row.outcome))
    return Regions(case, outlook.matter, outlook.facts, tuple(rows))


def _region(outlook: Outlook, outcome: str, box: Box) -> Region:
    here = outlook.shop.both(outlook.possible, inside(outlook.shop, box))
    points = outlook.points_in(here) if outcome == OPEN else ()
    return Region(outcome, named(outlook, box), outlook.count(here), points)


def named(outlook: Outlook, box: Box) -> dict[str, tuple[Value, ...]]:
    """Tell the values of a row by name, in the order of the register."""
    space = outlook.space
    by_name = {space.names[variable]: values for variable, values in box.items()}
    return {
        name: tuple(domain[value] for value in by_name[name])
        for name, domain in space.domains.items()
        if name in by_name
    }
