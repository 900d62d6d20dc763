"""What is told about a case, as plain data that can be read, printed or shown."""

from __future__ import annotations

import html
from dataclasses import dataclass

from traite_kb.citations import Cite, quotations
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

    ``missing`` and ``refusal_missing`` are pairs (fact, question); ``mistakes`` are those about
    what is told here.
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
    mistakes: tuple[Line, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The nodes that the account tells in so many words."""
        lines = (*self.conditions, *(n for n in self.norms if n.state != "no"), *self.points)
        facts = (name for name, _ in (*self.missing, *self.refusal_missing))
        return frozenset((self.id, *(line.id for line in lines), *facts))


@dataclass(frozen=True, slots=True)
class Explanation:
    """An assessment told in one language, with the notices that go with every screen and print.

    ``rights`` are those that the case certainly gives now; ``doors`` the other procedures that are
    worth a look.
    """

    lang: str
    title: str
    stages: tuple[StageAccount, ...]
    gaps: tuple[Line, ...]
    notices: tuple[str, ...]
    assumed: tuple[str, ...] = ()
    rights: tuple[Line, ...] = ()
    doors: tuple[Line, ...] = ()

    def __getitem__(self, stage: str) -> StageAccount:
        return next(account for account in self.stages if account.id == stage)

    def text(self, *stages: str) -> str:
        """Tell the explanation as plain text, of every stage or of those named."""
        wanted = [account for account in self.stages if not stages or account.id in stages]
        parts = [
            "\n".join([self.title, *self.assumed]),
            *(_stage_text(account, self.lang) for account in wanted),
        ]
        wrong = dict.fromkeys(line for account in wanted for line in account.mistakes)
        told = (("explore.rights_now", self.rights), ("heading.mistakes", wrong))
        for title, lines in (*told, ("heading.doors", self.doors)):
            if lines:
                parts.append("\n".join([say(title, self.lang), *map(_aside, lines)]))
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
    lines.extend(_quoted(account.cites, lang))
    if account.refusal_sentence:
        lines.append(account.refusal_sentence)
    for line in account.conditions:
        lines.append(f"  {_MARKS.get(line.state, '?')} {line.text} — {line.word}{_cited(line)}")
        lines.extend(_quoted(line.cites, lang))
    applying = [line for line in account.norms if line.state != "no"]
    if applying:
        lines.append(say("heading.norms", lang))
        for line in applying:
            lines.append(f"  {line.text} [{line.word}]{_cited(line)}")
            lines.extend(_quoted(line.cites, lang))
    for title, questions in (
        ("heading.missing", account.missing),
        ("heading.refusal_missing", account.refusal_missing),
    ):
        if questions:
            lines.append(say(title, lang))
            lines.extend(f"  {ask} ({name})" for name, ask in questions)
    for point in account.points:
        lines.append(f"{say('explore.point', lang)} {point.text}")
        for part in point.parts:
            lines.append(f"  {part.word} – {part.text}{_cited(part)}")
            lines.extend(_quoted(part.cites, lang))
    return "\n".join(lines)


def _aside(line: Line) -> str:
    mark = "✕ " if line.state == "mistake" else ""
    note = f" {'→' if mark else '–'} {line.note}" if line.note else ""
    return f"  {mark}{line.text}{note}{_cited(line)}"


def _cited(line: Line) -> str:
    return f" — {' ; '.join(str(cite) for cite in line.cites)}" if line.cites else ""


def _quoted(cites: tuple[Cite, ...], lang: str) -> list[str]:
    return [f"      {quotation}" for quotation in quotations(cites, lang)]
