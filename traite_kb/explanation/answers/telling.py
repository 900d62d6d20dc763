"""An answer told in sentences and lists, as plain data that can be read, printed or shown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, and the lines under it."""

    text: str
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer in one language: a title, sentences, lines, and what to bear in mind."""

    lang: str
    title: str
    sentences: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [self.title, *self.sentences, *_lines(self.entries, 1), *self.notes]
        return "\n".join(lines)

    def markdown(self) -> str:
        """Write the answer as a page of Markdown: a heading for each first line."""
        parts = [f"# {self.title}", *self.sentences]
        for entry in self.entries:
            parts += [f"## {entry.text}", "\n".join(_items(entry.parts, 0))]
        return "\n\n".join([*parts, *self.notes]) + "\n"

    def _repr_html_(self) -> str:
        sentences = "".join(f"<p>{html.escape(text)}</p>" for text in self.sentences)
        notes = "".join(f"<p><small>{html.escape(text)}</small></p>" for text in self.notes)
        return (
            f'<div lang="{self.lang}"><p><strong>{html.escape(self.title)}</strong></p>'
            f"{sentences}{_list(self.entries)}{notes}</div>"
        )


def _lines(entries: Iterable[Entry], depth: int) -> Iterator[str]:
    for entry in entries:
        yield f"{'  ' * depth}{'–' if depth > 1 else '•'} {entry.text}"
        yield from _lines(entry.parts, depth + 1)


def _items(entries: Iterable[Entry], depth: int) -> Iterator[str]:
    for entry in entries:
        yield f"{'  ' * depth}- {entry.text}"
        yield from _items(entry.parts, depth + 1)


def _list(entries: tuple[Entry, ...]) -> str:
    if not entries:
        return ""
    items = "".join(f"<li>{html.escape(e.text)}{_list(e.parts)}</li>" for e in entries)
    return f"<ul>{items}</ul>"
