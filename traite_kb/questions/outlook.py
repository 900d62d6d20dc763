"""What answers leave open about one matter, as diagrams over its facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import NO, Diagrams
from traite_kb.matters import Matter, matter_of
from traite_kb.model import Stage, Value
from traite_kb.problems import CaseError, Origin, problem
from traite_kb.reasoning import situations_of
from traite_kb.space import OPEN, Space

Situation = Mapping[str, Value]
"""A value for each of some facts, by id, in the order of the register."""


class Outlook:
    """The situations that agree with some answers, as far as one matter tells them apart.

    A situation here gives a value to every fact concerned, and to no other. Its outcome is
    settled when it is the same under every reading that the answers leave open; otherwise it
    hangs on a disputed point, and counts as ``a_verifier``.

    Parameters
    ----------
    matter : Matter
    answers : mapping of str to Value
        Known facts and chosen readings; together they must be possible.
    facts : sequence of str, optional
        The facts concerned; by default those on which the matter depends.
    shop : Diagrams, optional
        Where the diagrams of this outlook are made; by default a shop of its own.
    """

    def __init__(
        self,
        matter: Matter,
        answers: Mapping[str, Value],
        facts: Iterable[str] | None = None,
        shop: Diagrams | None = None,
    ) -> None:
        self.matter, self.answers = matter, dict(answers)
        self.space: Space = matter.space
        sizes, origin = self.space.diagrams.sizes, self.space.procedure.origin
        self.shop = shop or Diagrams(sizes, origin)
        self.known = self.space.assignment(self.answers)
        self.facts = tuple(matter.facts if facts is None else facts)
        self.free = tuple(name for name in self.facts if name not in self.answers)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The variables of the facts that are left open."""
        return tuple(self.space.index[name] for name in self.free)

    def over_facts(self, diagram: int) -> int:
        """Keep of a diagram what the answers leave open about the facts concerned."""
        others = frozenset(range(len(self.space.names))) - set(self.places)
        return self.shop.copied(self.space.diagrams, diagram, self.known, others)

    @cached_property
    def possible(self) -> int:
        """The situations that may occur."""
        return self.over_facts(self.space.possible)

    @cached_property
    def cells(self) -> dict[str, int]:
        """The situations of each outcome, and of those that hang on a disputed point.

        The cells are disjoint, none is empty, and together they hold every possible situation.
        """
        shop = self.shop
        settled = {
            outcome: shop.both(self.possible, shop.negate(self.over_facts(contrary)))
            for outcome, contrary in self.matter.contrary.items()
        }
        rest = shop.both(self.possible, shop.negate(shop.any_of(settled.values())))
        return {name: cell for name, cell in {**settled, OPEN: rest}.items() if cell != NO}

    def count(self, diagram: int) -> int:
        """Count the situations of a diagram."""
        return self.shop.count(diagram, self.places)

    def outcome(self, situation: Situation) -> str:
        """Give the outcome of one situation, or the empty string when it cannot occur."""
        values = self.space.assignment({n: situation[n] for n in self.free})
        return next((n for n, cell in self.cells.items() if self.shop.meets(cell, values)), "")

    def points_in(self, region: int) -> tuple[str, ...]:
        """List the open points on which the outcome hangs in some situations of a region."""
        shop, space = self.shop, self.space
        support: set[int] = set()
        for diagram in self.matter.classes.values():
            here = shop.both(region, shop.copied(space.diagrams, diagram, self.known))
            support |= shop.support(here)
        return tuple(name for name in space.points if space.index[name] in support)

    def simplest(self, region: int) -> dict[str, Value]:
        """Give one situation of a region: with as few « yes » and rare values as there can be."""
        named = {
            self.space.names[variable]: value
            for variable, value in self.shop.cheapest(region, self._costs).items()
        }
        first = {place: costs.index(min(costs)) for place, costs in self._costs.items()}
        full = {n: named.get(n, first[self.space.index[n]]) for n in self.free}
        domains = self.space.domains
        chosen = {name: domains[name][value] for name, value in full.items()}
        return {n: self.answers.get(n, chosen.get(n)) for n in self.facts}  # type: ignore[misc]

    @cached_property
    def _costs(self) -> dict[int, tuple[int, ...]]:
        costs = {}
        for name, place in self.space.index.items():
            domain = self.space.domains[name]
            costs[place] = tuple(
                int(value) if isinstance(value, bool) else rank for rank, value in enumerate(domain)
            )
        return costs


def outlook_of(case: Case, name: str, refusal: bool = False) -> Outlook:
    """Give the outlook of a case on a stage, its refusal, or anything that can hold.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.
    """
    matter = asked(case, name, refusal)
    situations_of(case)
    return Outlook(matter, case.answers)


def asked(case: Case, name: str, refusal: bool) -> Matter:
    """Give what a question is about; a stage without a ground for refusal has no refusal.

    Raises
    ------
    CaseError
        When there is no such thing to ask about.
    """
    stage = case.procedure.nodes.get(name)
    if refusal and isinstance(stage, Stage) and not stage.refusal:
        raise CaseError([problem("E623", Origin("about"), name)])
    return matter_of(case.procedure, name, refusal=refusal)


def head(case: Case, matter: Matter) -> dict[str, Any]:
    """Give what was asked, as every JSON answer begins."""
    return {
        "procedure": case.procedure.id,
        "on": case.on.isoformat() if case.on else None,
        "about": matter.name,
        "refusal": matter.refusal,
    }
