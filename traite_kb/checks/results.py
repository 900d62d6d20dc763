"""Everything that a register concludes, as a function of how its conditions hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from traite_kb.diagram import NO, YES, Diagrams
from traite_kb.model import Door, Norm, Requirement, Right, Stage, Step
from traite_kb.space import Space

Held = Callable[[str], int]
"""Gives the diagram of a condition, norm or fact by its id."""


def results(space: Space, held: Held) -> Iterator[int]:
    """Give every diagram that somebody reads, from conclusions to rights and other procedures."""
    shop, procedure = space.diagrams, space.procedure
    for stage in procedure.of(Stage).values():
        outside = held(stage.outside) if stage.outside else NO
        inside = shop.negate(outside)
        yield outside
        yield shop.both(inside, held(stage.conditions))
        yield shop.both(inside, held(stage.refusal)) if stage.refusal else NO
    for norm in procedure.of(Norm):
        yield held(norm)
    for step in procedure.of(Step).values():
        yield shop.any_of(map(held, step.done_when))
        yield shop.any_of(map(held, step.moot_when))
        yield shop.all_of(map(held, step.needs))
    for right in procedure.of(Right).values():
        yield shop.any_of(map(held, right.holds_when))
    for door in procedure.of(Door).values():
        yield shop.any_of(map(held, door.when))


def lists_of(node: Requirement) -> dict[str, tuple[str, ...]]:
    """Give the lists of conditions of a condition or norm, by their key in the register."""
    return {"when_all": node.when_all, "when_any": node.when_any, "unless_any": node.unless_any}


def composed(shop: Diagrams, lists: Mapping[str, tuple[str, ...]], held: Held) -> int:
    """Give the diagram of a condition or norm, from those of what its lists name."""
    parts = [shop.all_of(map(held, lists["when_all"]))]
    if lists["when_any"]:
        parts.append(shop.any_of(map(held, lists["when_any"])))
    parts.append(shop.negate(shop.any_of(map(held, lists["unless_any"]))))
    return shop.all_of(parts)


def with_constant(space: Space, name: str, value: bool) -> Held:
    """Give how everything holds were one condition always, or never, fulfilled."""
    done: dict[str, int] = {name: YES if value else NO}

    def held(other: str) -> int:
        found = done.get(other)
        if found is None:
            node, found = space.procedure.nodes[other], space.holds(other)
            if isinstance(node, Requirement):
                lists = lists_of(node)
                if any(held(ref) != space.holds(ref) for refs in lists.values() for ref in refs):
                    found = composed(space.diagrams, lists, held)
            done[other] = found
        return found

    return held
