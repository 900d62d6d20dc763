"""What is told about a case, as plain data that can be read, printed or shown."""

from __future__ import annotations

import html
from dataclasses import dataclass

from traite_kb.citations import Cite
from traite_kb.wording import say


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: a condition, a fact, a norm or a point, with its state."""

    id: str
    text: str
    state: str
    word: str
    note: str = ""
    cites: tuple[Cite, ...] = ()
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class StageAccount:
    """What is told about one stage, ready to be read, printed or shown.

    ``missing`` and ``refusal_missing`` are pairs (fact, question).
    """

    id: str
    title: str
    conclusion: str
    headline: str
    sentences: tuple[str, ...]
    refusal: str
    refusal_sentence: str
    conditions: tuple[Line, ...]
    norms: tuple[Line, ...]
    points: tuple[Line, ...]
    missing: tuple[tuple[str, str], ...]
    refusal_missing: tuple[tuple[str, str], ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An assessment told in one language, with the notices that go with every screen and print."""

    lang: str
    title: str
    stages: tuple[StageAccount, ...]
    gaps: tuple[Line, ...]
    notices: tuple[str, ...]
    assumed: tuple[str, ...] = ()

    def __getitem__(self, stage: str) -> StageAccount:
        return next(account for account in self.stages if account.id == stage)

    def text(self, *stages: str) -> str:
        """Tell the explanation as plain text, of every stage or of those named."""
        wanted = [account for account in self.stages if not stages or account.id in stages]
        parts = [
            "\n".join([self.title, *self.assumed]),
            *(_stage_text(account, self.lang) for account in wanted),
        ]
        return "\n\n".join([*parts, "\n".join(self.notices)])

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        escaped = html.escape(self.text())
        return f'<div lang="{self.lang}" style="white-space:pre-wrap">{escaped}</div>'


_MARKS = {
    "yes": "✔",
    "no": "✕",
    "unknown": "?",
    "against_yes": "✕",
    "against_no": "✔",
    "answered": "•",
}


def _stage_text(account: StageAccount, lang: str) -> str:
    lines = [f"{account.title} — {account.headline}", *account.sentences]
    if account.refusal_sentence:
        lines.append(account.refusal_sentence)
    for line in account.conditions:
        lines.append(f"  {_MARKS.get(line.state, '?')} {line.text} — {line.word}{_cited(line)}")
    applying = [line for line in account.norms if line.state != "no"]
    if applying:
        lines.append(say("heading.norms", lang))
        lines.extend(f"  {line.text} [{line.word}]{_cited(line)}" for line in applying)
    for title, questions in (
        ("heading.missing", account.missing),
        ("heading.refusal_missing", account.refusal_missing),
    ):
        if questions:
            lines.append(say(title, lang))
            lines.extend(f"  {ask} ({name})" for name, ask in questions)
    for point in account.points:
        lines.append(f"{say('explore.point', lang)} {point.text}")
        lines.extend(f"  {part.word} – {part.text}{_cited(part)}" for part in point.parts)
    return "\n".join(lines)


def _cited(line: Line) -> str:
    return f" — {' ; '.join(str(cite) for cite in line.cites)}" if line.cites else ""
