"""Truth tables held as integers: bit *i* tells whether a function holds in situation *i*.

The same functions as decision diagrams, over few variables: each operation then goes through all
situations at once, many in a machine word. A variable of several values takes as many binary
digits as it needs; the numbers that stand for no value are never counted as situations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

LIMIT = 22
"""Largest number of binary digits: a table of half a megabyte."""


class TooManySituationsError(Exception):
    """The variables have more binary digits together than a table can have."""


class Tables:
    """A shop of truth tables over the same variables.

    Parameters
    ----------
    sizes : sequence of int
        Number of values of each variable; variables are numbered by their place, and the first
        one changes fastest from one situation to the next.

    Raises
    ------
    TooManySituationsError
        When there are more binary digits than :data:`LIMIT`.

    Examples
    --------
    >>> shop = Tables([2, 3])
    >>> yes, third = shop.literal(0, {1}), shop.literal(1, {2})
    >>> shop.count(shop.either(yes, third))
    4
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._digits: list[range] = []
        start = 0
        for size in self.sizes:
            self._digits.append(range(start, start + (size - 1).bit_length()))
            start = self._digits[-1].stop
        if start > LIMIT:
            raise TooManySituationsError
        self.bits = 1 << start
        self.all = (1 << self.bits) - 1
        self._columns = [self._column(digit) for digit in range(start)]
        self._literals: dict[tuple[int, int], int] = {}
        # Numbers that stand for no value.
        self._void = self.all ^ self.all_of(
            self.literal(variable, range(size)) for variable, size in enumerate(self.sizes)
        )

    def _column(self, digit: int) -> int:
        """Give the table of « this binary digit is one »: runs of zeros and ones in turn."""
        column, width = ((1 << (1 << digit)) - 1) << (1 << digit), 2 << digit
        while width < self.bits:
            column |= column << width
            width *= 2
        return column

    def literal(self, variable: int, values: Iterable[int]) -> int:
        """Give the table of « the variable has one of these values »."""
        chosen = list(values)
        if len(chosen) == 1:
            return self._value(variable, chosen[0])
        return self.any_of(self._value(variable, value) for value in chosen)

    def _value(self, variable: int, value: int) -> int:
        found = self._literals.get((variable, value))
        if found is None:
            found = self.all
            for place, digit in enumerate(self._digits[variable]):
                column = self._columns[digit]
                found &= column if value >> place & 1 else column ^ self.all
            self._literals[variable, value] = found
        return found

    def negate(self, table: int) -> int:
        """Give « not »."""
        return table ^ self.all

    def both(self, left: int, right: int) -> int:
        """Give « and »."""
        return left & right

    def either(self, left: int, right: int) -> int:
        """Give « or »."""
        return left | right

    def all_of(self, tables: Iterable[int]) -> int:
        """Give « and » over any number of tables."""
        found = tables if isinstance(tables, list) else list(tables)
        return reduce(and_, found) if found else self.all

    def any_of(self, tables: Iterable[int]) -> int:
        """Give « or » over any number of tables."""
        found = tables if isinstance(tables, list) else list(tables)
        return reduce(or_, found) if found else 0

    def somewhere(self, table: int, variables: Iterable[int]) -> int:
        """Give « for at least one choice of these variables »."""
        table ^= table & self._void
        for variable in variables:
            for digit in self._digits[variable]:
                width, column = 1 << digit, self._columns[digit]
                low = (table & (column ^ self.all)) | (table & column) >> width
                table = low | low << width
        return table

    def count(self, table: int) -> int:
        """Count the situations in which a function holds."""
        return (table ^ table & self._void).bit_count()

    def situations(self, table: int) -> Iterable[dict[int, int]]:
        """Go through the situations in which a function holds: a value for each variable."""
        table ^= table & self._void
        text = f"{table:b}"[::-1]
        place = text.find("1")
        while place >= 0:
            yield {
                variable: (place >> digits.start) & ((1 << len(digits)) - 1)
                for variable, digits in enumerate(self._digits)
            }
            place = text.find("1", place + 1)
