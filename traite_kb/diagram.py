"""Decision diagrams: functions of many variables, held exactly and without repetition.

A diagram answers yes or no for every situation at once. It is ordered (variables are always met
in the same order) and reduced (equal parts are shared, a variable that does not matter is absent),
so that two functions are equal exactly when their diagrams are the same number, and a function
depends on a variable exactly when the variable is in its diagram. Variables may have any number
of values. Source: R. E. Bryant, « Graph-Based Algorithms for Boolean Function Manipulation »,
IEEE Transactions on Computers C-35 (1986), here with many-valued variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

NO, YES = 0, 1
"""The two constant diagrams: never, always."""

_CACHE_LIMIT = 400_000


class Diagrams:
    """A shop of diagrams over the same variables.

    Parameters
    ----------
    sizes : sequence of int
        Number of values of each variable; variables are numbered by their place.

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> a, b = shop.literal(0, {1}), shop.literal(1, {1})
    >>> either = shop.either(shop.both(a, b), shop.both(a, shop.negate(b)))
    >>> either == a
    True
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._end = len(self.sizes)
        self._variable = [self._end, self._end]
        self._branches: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._ite: dict[tuple[int, int, int], int] = {}

    def _node(self, variable: int, branches: tuple[int, ...]) -> int:
        first = branches[0]
        if all(branch == first for branch in branches):
            return first
        key = (variable, branches)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self._variable)
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
            parts = [self._split(diagram, top) for diagram in key]
            branches = tuple(self.choose(t, h, e) for t, h, e in zip(*parts, strict=True))
            found = self._ite[key] = self._node(top, branches)
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

    def given(self, diagram: int, values: Mapping[int, int]) -> int:
        """Give what is left of a function once some variables are known."""
        if not values:
            return diagram
        return self._rebuild(diagram, values, (), {}, max(values))

    def somewhere(self, diagram: int, variables: frozenset[int]) -> int:
        """Give « for at least one choice of these variables »."""
        if not variables:
            return diagram
        return self._rebuild(diagram, {}, variables, {}, max(variables))

    def _rebuild(
        self,
        diagram: int,
        values: Mapping[int, int],
        merged: frozenset[int] | tuple[()],
        done: dict[int, int],
        last: int,
    ) -> int:
        variable = self._variable[diagram]
        if variable > last:
            return diagram
        found = done.get(diagram)
        if found is None:
            branches = self._branches[diagram]
            if variable in values:
                found = self._rebuild(branches[values[variable]], values, merged, done, last)
            else:
                parts = tuple(self._rebuild(b, values, merged, done, last) for b in branches)
                found = self.any_of(parts) if variable in merged else self._node(variable, parts)
            done[diagram] = found
        return found

    def support(self, diagram: int) -> set[int]:
        """List the variables on which a function depends."""
        seen: set[int] = set()
        waiting = [diagram]
        while waiting:
            current = waiting.pop()
            if current > YES and current not in seen:
                seen.add(current)
                waiting.extend(self._branches[current])
        return {self._variable[node] for node in seen}
