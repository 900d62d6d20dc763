"""Redundancy: references and constraints without which nothing would be different."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from traite_kb.checks.results import composed, lists_of
from traite_kb.diagram import NO
from traite_kb.model import Constraint, Door, Requirement, Right, Step
from traite_kb.problems import Problem, problem
from traite_kb.space import Space


def redundant(space: Space) -> Iterator[Problem]:
    """List the references that add nothing, and the constraints that the others imply."""
    shop = space.diagrams
    for node in space.procedure:
        if isinstance(node, Requirement):
            yield from _references(space, node)
        elif isinstance(node, Step):
            yield from _entries(space, node, "needs", shop.all_of)
            yield from _entries(space, node, "done_when", shop.any_of)
            yield from _entries(space, node, "moot_when", shop.any_of)
        elif isinstance(node, Right):
            yield from _entries(space, node, "holds_when", shop.any_of)
        elif isinstance(node, Door):
            yield from _entries(space, node, "when", shop.any_of)
    for name, constraint in space.procedure.of(Constraint).items():
        others = shop.any_of(d for other, d in space.constraints.items() if other != name)
        if shop.both(space.constraints[name], shop.negate(others)) == NO:
            yield problem("W410", constraint.origin, name)


def _same(space: Space, one: int, other: int) -> bool:
    shop = space.diagrams
    return one == other or shop.both(space.possible, shop.differ(one, other)) == NO


def _references(space: Space, node: Requirement) -> Iterator[Problem]:
    # A sole reference that adds nothing makes a node that always or never holds: told as such.
    if len(node.references) < 2:
        return
    lists = lists_of(node)
    for key, names in lists.items():
        for place, ref in enumerate(names):
            others = names[:place] + names[place + 1 :]
            rest = composed(space.diagrams, {**lists, key: others}, space.holds)
            if _same(space, space.holds(node.id), rest):
                yield problem("W409", node.origin, node.id, ref=ref, key=key)


def _entries(
    space: Space, node: Step | Right | Door, key: str, together: Callable[[Iterator[int]], int]
) -> Iterator[Problem]:
    names: tuple[str, ...] = getattr(node, key)
    if len(names) < 2:
        return
    whole = together(map(space.holds, names))
    for place, ref in enumerate(names):
        others = names[:place] + names[place + 1 :]
        if _same(space, whole, together(map(space.holds, others))):
            yield problem("W409", node.origin, node.id, ref=ref, key=key)
