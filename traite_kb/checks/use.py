"""Use: facts and conditions that nothing names, or that can change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from traite_kb.checks.results import results, with_constant
from traite_kb.diagram import NO
from traite_kb.model import Condition, Constraint, Door, Procedure, Requirement, Right, Stage, Step
from traite_kb.problems import Problem, problem
from traite_kb.space import Space


def useless(space: Space) -> Iterator[Problem]:
    """List the facts and conditions that nothing names, then those that can change nothing."""
    used = _named(space.procedure)
    read = list(dict.fromkeys(results(space, space.holds)))
    for name, fact in space.facts.items():
        if name not in used:
            yield problem("W401", fact.origin, name)
        elif not _fact_matters(space, space.index[name], read):
            yield problem("W407", fact.origin, name)
    for name, condition in space.procedure.of(Condition).items():
        if name not in used:
            yield problem("W402", condition.origin, name)
        elif not _condition_matters(space, name):
            yield problem("W408", condition.origin, name)


def _named(procedure: Procedure) -> set[str]:
    used: set[str] = set()
    for node in procedure:
        if isinstance(node, Requirement):
            used.update(ref for _, ref in node.references)
        if isinstance(node, Stage):
            used.update((node.conditions, node.outside, node.refusal))
        if isinstance(node, Step):
            used.update((*node.needs, *node.done_when, *node.moot_when))
        if isinstance(node, Right):
            used.update(node.holds_when)
        if isinstance(node, Door):
            used.update(node.when)
        if isinstance(node, Constraint):
            used.update(node.never)
    return used


def _fact_matters(space: Space, variable: int, read: list[int]) -> bool:
    """Tell whether two possible situations that differ in one fact alone differ in a result."""
    shop, possible, alone = space.diagrams, space.possible, frozenset({variable})
    for result in read:
        if variable in shop.support(result):
            with_it = shop.somewhere(shop.both(possible, result), alone)
            without = shop.somewhere(shop.both(possible, shop.negate(result)), alone)
            if shop.both(with_it, without) != NO:
                return True
    return False


def _condition_matters(space: Space, name: str) -> bool:
    """Tell whether any result, in a possible situation, hangs on how one condition holds."""
    shop, possible = space.diagrams, space.possible
    always = results(space, with_constant(space, name, True))
    never = results(space, with_constant(space, name, False))
    return any(
        one != other and shop.both(possible, shop.differ(one, other)) != NO
        for one, other in zip(always, never, strict=True)
    )
