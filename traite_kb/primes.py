"""Smallest sets of answers: what is just enough for a statement to hold, and what would change it.

Both walk a diagram once, value by value, and keep only sets that contain no other. Source:
O. Coudert and J.-C. Madre, « Implicit and Incremental Computation of Primes and Essential Primes
of Boolean Functions », Design Automation Conference (1992), here with many-valued variables and
sets that are listed one by one.
"""

from __future__ import annotations

from collections.abc import Mapping

from traite_kb.diagram import NO, YES, Diagrams

Choices = frozenset[tuple[int, int]]
"""A set of (variable, value) pairs, one for each variable concerned."""


def sufficient(shop: Diagrams, diagram: int, values: Mapping[int, int]) -> list[Choices]:
    """List the smallest parts of some values that are enough for a function to hold.

    Parameters
    ----------
    shop : Diagrams
    diagram : int
        What must hold, whatever the variables that a part leaves out.
    values : mapping of int to int
        The values from which the parts are taken.

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> either = shop.either(shop.literal(0, {1}), shop.literal(1, {1}))
    >>> [sorted(part) for part in sufficient(shop, either, {0: 1, 1: 1})]
    [[(1, 1)], [(0, 1)]]
    """
    done: dict[int, list[Choices]] = {NO: [], YES: [frozenset()]}

    def below(node: int) -> list[Choices]:
        found = done.get(node)
        if found is None:
            variable = shop.top(node)
            branches = shop.branches(node, variable)
            found = below(shop.all_of(branches))
            value = values.get(variable)
            if value is not None:
                found = [*found, *_adding(variable, value, below(branches[value]), found)]
            done[node] = found
        return found

    return below(diagram)


def primes(shop: Diagrams, diagram: int, limit: int) -> list[Choices] | None:
    """List every smallest set of values that is enough for a function to hold.

    The parts of given values that :func:`sufficient` lists are those of these sets that they hold.

    Returns
    -------
    list of Choices or None
        None when some part of the function has more than ``limit`` of them.

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> either = shop.either(shop.literal(0, {1}), shop.literal(1, {1}))
    >>> primes(shop, either, 10)
    [frozenset({(1, 1)}), frozenset({(0, 1)})]
    """
    done: dict[int, list[Choices] | None] = {NO: [], YES: [frozenset()]}

    def below(node: int) -> list[Choices] | None:
        if node in done:
            return done[node]
        variable = shop.top(node)
        branches = shop.branches(node, variable)
        whole = below(shop.all_of(branches))
        found = None if whole is None else list(whole)
        for value, branch in enumerate(branches):
            parts = below(branch)
            if found is None or whole is None or parts is None:
                found = None
                break
            found += _adding(variable, value, parts, whole)
        if found is not None and len(found) > limit:
            found = None
        done[node] = found
        return found

    return below(diagram)


def _adding(
    variable: int, value: int, parts: list[Choices], without: list[Choices]
) -> list[Choices]:
    """Add a choice to each set, leaving out those for which the sets without it are enough."""
    return [
        part | {(variable, value)}
        for part in parts
        if not any(smaller <= part for smaller in without)
    ]


def changes(
    shop: Diagrams,
    wanted: tuple[int, int],
    values: Mapping[int, int],
    settable: frozenset[int],
) -> list[Choices]:
    """List the smallest sets of new values that make a function hold.

    Parameters
    ----------
    shop : Diagrams
    wanted : tuple of int
        Two diagrams: the situations that may occur, and those among them that are not wanted. A
        change is good when it leaves some of the first and none of the second.
    values : mapping of int to int
        The values known before the change; variables that are left out are not known.
    settable : frozenset of int
        The variables to which a change may give a value.

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> both = shop.both(shop.literal(0, {1}), shop.literal(1, {1}))
    >>> changes(shop, (1, shop.negate(both)), {0: 0, 1: 1}, frozenset({0, 1}))
    [frozenset({(0, 1)})]
    """
    done: dict[tuple[int, int], list[Choices]] = {}

    def below(possible: int, unwanted: int) -> list[Choices]:
        if possible == NO:
            return []
        # Where the values are not yet all told, the situation may still turn out impossible.
        if unwanted == NO and possible == YES:
            return [frozenset()]
        key = possible, unwanted
        found = done.get(key)
        if found is None:
            variable = min(shop.top(possible), shop.top(unwanted))
            if variable >= len(shop.sizes):
                return []
            may, bad = shop.branches(possible, variable), shop.branches(unwanted, variable)
            value = values.get(variable)
            if value is None:
                found = below(shop.any_of(may), shop.any_of(bad))
            else:
                found = below(may[value], bad[value])
            if variable in settable:
                kept = found
                for other in range(len(may)):
                    if other != value:
                        parts = below(may[other], bad[other])
                        found = [*found, *_adding(variable, other, parts, kept)]
            done[key] = found
        return found

    return below(*wanted)
