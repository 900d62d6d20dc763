"""The nodes of decision diagrams: functions of many variables, held exactly and without repetition.

A diagram answers yes or no for every situation at once. It is ordered (variables are always met
in the same order) and reduced (equal parts are shared, a variable that does not matter is absent),
so that two functions are equal exactly when their diagrams are the same number, and a function
depends on a variable exactly when the variable is in its diagram. Variables may have any number
of values. Source: R. E. Bryant, « Graph-Based Algorithms for Boolean Function Manipulation »,
IEEE Transactions on Computers C-35 (1986), here with many-valued variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from traite_kb.problems import KnowledgeError, Origin, problem

NO, YES = 0, 1
"""The two constant diagrams: never, always."""

_CACHE_LIMIT = 400_000

NODE_LIMIT = 1_000_000
"""Largest number of nodes of a shop: a few hundred megabytes."""


_HERE = Origin("diagram")


class Nodes:
    """The nodes of diagrams over the same variables, and the making of new ones.

    Parameters
    ----------
    sizes : sequence of int
        Number of values of each variable; variables are numbered by their place.
    origin : Origin
        What the functions are about, to tell when they become too intricate.

    Raises
    ------
    KnowledgeError
        By any function below, when the diagrams have more than :data:`NODE_LIMIT` nodes.
    """

    def __init__(self, sizes: Sequence[int], origin: Origin = _HERE) -> None:
        self.sizes, self._origin = tuple(sizes), origin
        self._end = len(self.sizes)
        self._variable = [self._end, self._end]
        self._branches: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._ite: dict[tuple[int, int, int], int] = {}

    def _node(self, variable: int, branches: tuple[int, ...]) -> int:
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (variable, branches)
        found = self._known.get(key)
        if found is None:
            found = len(self._variable)
            if found > NODE_LIMIT:
                raise KnowledgeError([problem("E502", self._origin, nodes=NODE_LIMIT)])
            self._known[key] = found
            self._variable.append(variable)
            self._branches.append(branches)
        return found

    def literal(self, variable: int, values: Iterable[int]) -> int:
        """Give the diagram of « the variable has one of these values »."""
        chosen = set(values)
        size = self.sizes[variable]
        return self._node(variable, tuple(int(value in chosen) for value in range(size)))

    def choose(self, test: int, then: int, other: int) -> int:
        """Give the diagram of « then, where the test holds; other, where it does not »."""
        if test == YES or then == other:
            return then
        if test == NO:
            return other
        if then == YES and other == NO:
            return test
        key = (test, then, other)
        found = self._ite.get(key)
        if found is None:
            if len(self._ite) > _CACHE_LIMIT:
                self._ite.clear()
            top = min(self._variable[test], self._variable[then], self._variable[other])
            tests, thens = self._split(test, top), self._split(then, top)
            parts = zip(tests, thens, self._split(other, top), strict=True)
            branches = [t if h == 1 and e == 0 else self.choose(t, h, e) for t, h, e in parts]
            found = self._ite[key] = self._node(top, tuple(branches))
        return found

    def _split(self, diagram: int, variable: int) -> tuple[int, ...]:
        if self._variable[diagram] == variable:
            return self._branches[diagram]
        return (diagram,) * self.sizes[variable]

    def negate(self, diagram: int) -> int:
        """Give « not »."""
        return self.choose(diagram, NO, YES)

    def both(self, left: int, right: int) -> int:
        """Give « and »."""
        return self.choose(left, right, NO)

    def either(self, left: int, right: int) -> int:
        """Give « or »."""
        return self.choose(left, YES, right)

    def differ(self, left: int, right: int) -> int:
        """Give « one or the other, not both »."""
        return self.choose(left, self.negate(right), right)

    def all_of(self, diagrams: Iterable[int]) -> int:
        """Give « and » over any number of diagrams."""
        result = YES
        for diagram in diagrams:
            result = self.both(result, diagram)
        return result

    def any_of(self, diagrams: Iterable[int]) -> int:
        """Give « or » over any number of diagrams."""
        result = NO
        for diagram in diagrams:
            result = self.either(result, diagram)
        return result
