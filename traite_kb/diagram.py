"""Decision diagrams, and what can be asked of them: what is left, whether, where, how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from traite_kb.nodes import NO, NODE_LIMIT, YES, Nodes

__all__ = ["NO", "NODE_LIMIT", "YES", "Diagrams"]

_NONE: Mapping[int, int] = {}


class Diagrams(Nodes):
    """A shop of diagrams over the same variables.

    Parameters
    ----------
    sizes : sequence of int
        Number of values of each variable; variables are numbered by their place.
    origin : Origin
        What the functions are about, to tell when they become too intricate.

    Examples
    --------
    >>> shop = Diagrams([2, 2])
    >>> a, b = shop.literal(0, {1}), shop.literal(1, {1})
    >>> either = shop.either(shop.both(a, b), shop.both(a, shop.negate(b)))
    >>> either == a
    True
    """

    def given(self, diagram: int, values: Mapping[int, int]) -> int:
        """Give what is left of a function once some variables are known."""
        if not values:
            return diagram
        return self._rebuild(diagram, values, (), {}, max(values))

    def somewhere(
        self, diagram: int, variables: frozenset[int], values: Mapping[int, int] = _NONE
    ) -> int:
        """Give « for at least one choice of these variables », once others are known."""
        if not variables:
            return self.given(diagram, values)
        return self._rebuild(diagram, values, variables, {}, max([*variables, *values]))

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

    def __len__(self) -> int:
        return len(self._variable)

    def copied(
        self,
        shop: Diagrams,
        diagram: int,
        values: Mapping[int, int] = _NONE,
        merged: frozenset[int] = frozenset(),
    ) -> int:
        """Give a function of another shop over the same variables as a diagram of this one.

        Some variables may be known; of some others it may be asked that it hold for one choice.
        """
        done = {NO: NO, YES: YES}

        def below(node: int) -> int:
            found = done.get(node)
            if found is None:
                variable = shop._variable[node]
                branches = shop._branches[node]
                value = values.get(variable)
                if value is not None:
                    found = below(branches[value])
                else:
                    parts = [below(branch) for branch in branches]
                    merges = variable in merged
                    found = self.any_of(parts) if merges else self._node(variable, tuple(parts))
                done[node] = found
            return found

        return below(diagram)

    def at(self, diagram: int, values: Mapping[int, int]) -> bool:
        """Tell whether a function holds for these values of all the variables it depends on."""
        variables, branches = self._variable, self._branches
        while diagram > YES:
            diagram = branches[diagram][values[variables[diagram]]]
        return diagram == YES

    def meets(self, diagram: int, values: Mapping[int, int], last: int | None = None) -> bool:
        """Tell whether a function holds for some choice that has these values.

        ``last`` is the greatest of the variables that have one, for those who ask often.
        """
        if diagram <= YES or not values:
            return diagram != NO
        variables, branches = self._variable, self._branches
        last = max(values) if last is None else last
        # Only the constant « never » fails everywhere: past the last value, all else will do.
        if variables[diagram] > last:
            return True
        seen: set[int] = set()
        waiting = [diagram]
        while waiting:
            node = waiting.pop()
            while (value := values.get(variables[node])) is not None:
                node = branches[node][value]
                if variables[node] > last:
                    break
            if variables[node] > last:
                if node != NO:
                    return True
            elif node not in seen:
                seen.add(node)
                for branch in branches[node]:
                    if variables[branch] <= last:
                        waiting.append(branch)
                    elif branch != NO:
                        return True
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
