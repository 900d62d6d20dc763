"""Every situation of a matter, one by one, with its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import Matter
from traite_kb.model import Value
from traite_kb.problems import CaseError, problem
from traite_kb.questions.outlook import asked, head
from traite_kb.reasoning import situations_of
from traite_kb.rules import NO, OPEN, Rules
from traite_kb.tables import Tables, TooManySituationsError


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The possible situations that agree with a case, with the outcome of each.

    ``facts`` are those on which the matter depends; each row gives their values, in that order,
    and the outcome, ``a_verifier`` where it hangs on a disputed point.
    """

    case: Case
    matter: Matter
    facts: tuple[str, ...]
    rows: tuple[tuple[tuple[Value, ...], str], ...]

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "facts": list(self.facts),
            "rows": [[*values, outcome] for values, outcome in self.rows],
        }


def listing(case: Case, about: str, *, refusal: bool = False) -> Listing:
    """List the possible situations that agree with a case, with the outcome of each.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: whether a refusal is possible, rather than the conclusion.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, the answers contradict each other,
        or there are too many situations to list.

    Examples
    --------
    >>> import traite_kb as kb
    >>> found = listing(kb.Case(kb.open_procedure()), "etranger")
    >>> found.rows[-1]
    (('francaise',), 'false')
    """
    matter = asked(case, about, refusal)
    situations_of(case)
    grid = Grid(case, matter)
    return Listing(case, matter, matter.facts, tuple(sorted(grid.rows(), key=grid.order)))


class Grid:
    """The truth tables of a matter over what a case leaves open.

    Raises
    ------
    CaseError
        When the situations are too many for a table.
    """

    def __init__(self, case: Case, matter: Matter) -> None:
        self._case, self._matter = case, matter
        domains, known = matter.space.domains, case.answers
        tied = [name for group in matter.tied for name in group]
        self._free = [name for name in matter.facts if name not in known]
        others = [n for n in (*tied, *matter.points) if n not in known and n not in self._free]
        names = list(dict.fromkeys([*self._free, *others]))
        try:
            self.shop = Tables([len(domains[name]) for name in names])
        except TooManySituationsError:
            place = case.place("")
            raise CaseError([problem("E619", place, matter.name, facts=len(names))]) from None
        own = {n: domains[n] for n in names}
        self.rules = Rules(case.procedure, own, self.shop, known)
        # A rule may name facts on which the outcome does not depend: any value of them will do.
        idle = {n: domain[0] for n, domain in domains.items() if n not in own}
        self._meaning = Rules(case.procedure, own, self.shop, {**idle, **known})
        self._others = range(len(self._free), len(names))

    def cells(self) -> dict[str, int]:
        """Give the table of each outcome: one bit for each situation of the facts left open."""
        shop = self.shop
        possible = shop.negate(shop.any_of(self.rules.forbidden().values()))
        outcomes = self._meaning.outcomes(self._matter.name, self._matter.refusal)
        over = shop.somewhere(possible, self._others)
        settled = {
            name: over & ~shop.somewhere(possible & ~table, self._others)
            for name, table in outcomes.items()
        }
        cells = {**settled, OPEN: over & ~shop.any_of(settled.values())}
        once = shop.all_of(shop.literal(variable, [0]) for variable in self._others)
        return {name: cell & once for name, cell in cells.items() if cell & once != NO}

    def rows(self) -> Iterator[tuple[tuple[Value, ...], str]]:
        """Give the values and the outcome of each situation."""
        known, domains = self._case.answers, self._matter.space.domains
        for outcome, cell in self.cells().items():
            for situation in self.shop.situations(cell):
                chosen = {n: domains[n][situation[i]] for i, n in enumerate(self._free)}
                yield tuple(chosen.get(n, known.get(n, "")) for n in self._matter.facts), outcome

    def order(self, row: tuple[tuple[Value, ...], str]) -> list[int]:
        """Put the situations in the order of the values in the register."""
        domains = self._matter.space.domains
        pairs = zip(self._matter.facts, row[0], strict=True)
        return [domains[name].index(value) for name, value in pairs]
