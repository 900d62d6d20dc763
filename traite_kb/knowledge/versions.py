"""One table over time: what it says now, what it said before, and on which days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from traite_kb.knowledge.values import Misshapen
from traite_kb.model import Node


def earlier(value: Any) -> list[dict[str, Any]]:
    """Read the versions that came before: a list of tables, each with its last day."""
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise Misshapen("E104", wanted="list of tables", got=type(value).__name__)
    return value


@dataclass(frozen=True)
class Timeline:
    """The versions of one node, from the earliest to the latest."""

    versions: tuple[Node, ...]

    def on(self, day: date) -> Node | None:
        """Give the version in force on a day, if there is one."""
        for node in self.versions:
            if (node.since or date.min) <= day <= (node.until or date.max):
                return node
        return None

    def turns(self) -> Iterator[date]:
        """List the days on which a version starts, or the last one has ended."""
        for node in self.versions:
            if node.since:
                yield node.since
            if node.until and node.until < date.max:
                yield node.until + timedelta(days=1)


def spans(
    since: date | None, until: date | None, ends: Sequence[date]
) -> list[tuple[date | None, date | None]]:
    """Give the first and last day of each version, from the last day of all but the latest.

    Raises
    ------
    Misshapen
        When days overlap or run backwards.

    Examples
    --------
    >>> spans(None, None, [date(2021, 4, 30)])[1]
    (datetime.date(2021, 5, 1), None)
    """
    found: list[tuple[date | None, date | None]] = []
    for end in [*ends, until]:
        if since and end and end < since:
            raise Misshapen("E114", day=end, start=since)
        found.append((since, end))
        if end and end < date.max:
            since = end + timedelta(days=1)
    return found
