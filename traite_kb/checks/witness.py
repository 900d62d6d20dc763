"""One situation to show: the fewest answers that are enough for something to hold."""

from __future__ import annotations

from traite_kb.space import Space


def witness(space: Space, diagram: int) -> str:
    """Tell a situation in which a diagram holds, as ``fact = value`` pairs.

    Whatever the facts that are not named, every possible situation with these answers will do.
    The answers are those of one situation, less those that it can spare.
    """
    shop = space.diagrams
    alike = {place: (0,) * size for place, size in enumerate(shop.sizes)}
    known = shop.cheapest(shop.both(space.possible, diagram), alike)
    against = shop.both(space.possible, shop.negate(diagram))
    for variable in sorted(known, reverse=True):
        rest = {place: value for place, value in known.items() if place != variable}
        if not shop.meets(against, rest) and shop.meets(space.possible, rest):
            known = rest
    named = {space.names[place]: space.domains[space.names[place]][v] for place, v in known.items()}
    pairs = [f"{name} = {_shown(named[name])}" for name in space.domains if name in named]
    return ", ".join(pairs) or "–"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
