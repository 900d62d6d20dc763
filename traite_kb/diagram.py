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

from traite_kb.problems import KnowledgeError, Origin, problem

NO, YES = 0, 1
"""The two constant diagrams: never, always."""

_CACHE_LIMIT = 400_000

NODE_LIMIT = 1_000_000
"""Largest number of nodes of a shop: a few hundred megabytes."""


_HERE = Origin("diagram")


class Diagrams:
    """A shop of diagrams over the same variables.

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

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> a, b = shop.literal(0, {1}), shop.literal(1, {1})
    >>> either = shop.either(shop.both(a, b), shop.both(a, shop.negate(b)))
    >>> either == a
    True
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
            found = self._known[key] = len(self._variable)
            if found > NODE_LIMIT:
                raise KnowledgeError([problem("E502", self._origin, nodes=NODE_LIMIT)])
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
                parts = [self._rebuild(b, values, merged, done, last) for b in branches]
                merges = variable in merged
                found = self.any_of(parts) if merges else self._node(variable, tuple(parts))
            done[diagram] = found
        return found

    def meets(self, diagram: int, values: Mapping[int, int]) -> bool:
        """Tell whether a function holds for some choice that has these values."""
        if diagram <= YES or not values:
            return diagram != NO
        last = max(values)
        variables, branches = self._variable, self._branches
        seen: set[int] = set()
        waiting = [diagram]
        while waiting:
            node = waiting.pop()
            # Only the constant « never » fails everywhere: past the last value, all else will do.
            while node != NO:
                variable = variables[node]
                if variable > last:
                    return True
                value = values.get(variable)
                if value is None:
                    if node not in seen:
                        seen.add(node)
                        waiting.extend(branches[node])
                    break
                node = branches[node][value]
        return False

    def everywhere(self, diagram: int, variables: frozenset[int]) -> int:
        """Give « for every choice of these variables »."""
        return self.negate(self.somewhere(self.negate(diagram), variables))

    def top(self, diagram: int) -> int:
        """Give the first variable on which a function depends; past the last one for a constant."""
        return self._variable[diagram]

    def branches(self, diagram: int, variable: int) -> tuple[int, ...]:
        """Give what is left of a function for each value of a variable at or above its top."""
        return self._split(diagram, variable)

    def count(self, diagram: int, variables: Iterable[int]) -> int:
        """Count the choices of values of some variables for which a function holds.

        Parameters
        ----------
        diagram : int
        variables : iterable of int
            The variables counted over; the function depends on no other.

        Raises
        ------
        ValueError
            When the function depends on a variable that is not counted over.
        """
        counted = sorted(set(variables))
        # ways[v]: number of choices of the counted variables from v on.
        ways = [1] * (self._end + 1)
        for variable in range(self._end - 1, -1, -1):
            ways[variable] = ways[variable + 1]
            if variable in counted:
                ways[variable] *= self.sizes[variable]
        done: dict[int, int] = {NO: 0, YES: 1}

        def below(node: int) -> int:
            found = done.get(node)
            if found is None:
                variable = self._variable[node]
                if variable not in counted:
                    raise ValueError(f"variable {variable} is not counted over")
                after = variable + 1
                found = done[node] = sum(
                    below(branch) * ways[after] // ways[self._variable[branch]]
                    for branch in self._branches[node]
                )
            return found

        return below(diagram) * ways[0] // ways[self._variable[diagram]]

    def cheapest(self, diagram: int, costs: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """Give the values of one choice for which a function holds, of least total cost.

        Parameters
        ----------
        diagram : int
            A function that holds somewhere.
        costs : mapping of int to sequence of int
            The cost of each value of each variable. Variables that do not matter are left out.
        """
        done: dict[int, tuple[int, int]] = {YES: (0, 0)}

        def below(node: int) -> tuple[int, int]:
            found = done.get(node)
            if found is None:
                variable = self._variable[node]
                cheap = min(costs[variable])
                found = done[node] = min(
                    (below(branch)[0] + cost - cheap, value)
                    for value, (branch, cost) in enumerate(
                        zip(self._branches[node], costs[variable], strict=True)
                    )
                    if branch != NO
                )
            return found

        choice = {}
        while diagram > YES:
            value = below(diagram)[1]
            choice[self._variable[diagram]] = value
            diagram = self._branches[diagram][value]
        return choice

    def size(self, diagrams: Iterable[int]) -> int:
        """Count the nodes of some diagrams together."""
        return len(self._nodes(diagrams))

    def _nodes(self, diagrams: Iterable[int]) -> set[int]:
        seen: set[int] = set()
        waiting = list(diagrams)
        while waiting:
            current = waiting.pop()
            if current > YES and current not in seen:
                seen.add(current)
                waiting.extend(self._branches[current])
        return seen

    def support(self, diagram: int) -> set[int]:
        """List the variables on which a function depends."""
        return {self._variable[node] for node in self._nodes([diagram])}
