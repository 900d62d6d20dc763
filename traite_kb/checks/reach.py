"""Reach: conclusions, conditions and steps that no situation ever comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from traite_kb.diagram import NO
from traite_kb.model import Condition, Norm, Stage, Step
from traite_kb.problems import Problem, problem
from traite_kb.space import OUTSIDE, Space


def unreachable(space: Space) -> Iterator[Problem]:
    """List the conclusions, conditions and steps out of reach, and what always holds."""
    shop, possible = space.diagrams, space.possible
    for stage in space.procedure.of(Stage).values():
        for conclusion, diagram in space.conclusions(stage).items():
            if conclusion == OUTSIDE and not stage.outside:
                continue
            if shop.both(possible, diagram) == NO:
                yield problem("E403", stage.origin, stage.id, stage=stage.id, conclusion=conclusion)
    for node in space.procedure:
        if isinstance(node, (Condition, Norm)):
            holds = space.holds(node.id)
            if shop.both(possible, holds) == NO:
                yield problem("E404", node.origin, node.id)
            elif shop.both(possible, shop.negate(holds)) == NO:
                yield problem("W404", node.origin, node.id)
    steps = space.procedure.of(Step)
    for step in steps.values():
        if _open(space, step, steps) == NO:
            yield problem("E408", step.origin, step.id)


def _open(space: Space, step: Step, steps: Mapping[str, Step]) -> int:
    """Give the situations in which a step has an object, what it needs, and a way to it.

    A step before it does not stand in the way when it is done, has no object, or has what it
    needs; a step that is not optional does not wait for an optional one.
    """
    shop = space.diagrams

    def needs(name: str) -> int:
        return shop.all_of(map(space.holds, steps[name].needs))

    def passed(name: str) -> int:
        over = (*steps[name].done_when, *steps[name].moot_when)
        return shop.either(needs(name), shop.any_of(map(space.holds, over)))

    before: set[str] = set()
    waiting = [step]
    while waiting:
        here = waiting.pop()
        found = {name for name in here.after if here.optional or not steps[name].optional}
        waiting += [steps[name] for name in found - before]
        before |= found
    moot = shop.any_of(map(space.holds, step.moot_when))
    way = shop.all_of(map(passed, sorted(before)))
    return shop.all_of((space.possible, needs(step.id), shop.negate(moot), way))
