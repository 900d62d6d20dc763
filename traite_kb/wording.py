"""The words of the program (buttons, connectives, messages) in French and in English.

The words of the law are not here: they stand beside the law, in ``data/procedures``.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"

_NBSP, _THIN = "\u00a0", "\u202f"
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_FRENCH_SPACING = (
    (re.compile(r"[ \u00a0]+([;!?])"), _THIN + r"\1"),
    (re.compile(r"[ \u00a0]+(:)(?!//)"), _NBSP + r"\1"),
    (re.compile(r"«[ \u00a0]*"), "«" + _NBSP),
    (re.compile(r"[ \u00a0]*»"), _NBSP + "»"),
    (re.compile(r"(\d) (?=(?:jours?|mois|ans?|€|%|h)\b)"), r"\1" + _NBSP),
    (
        re.compile(r"(\d|1er) (?=(?:" + "|".join(_MONTHS["fr"].split()) + r")\b)"),
        r"\1" + _NBSP,
    ),
    (re.compile(r"\b(n°|art\.|al\.|p\.) (?=\S)"), r"\1" + _NBSP),
    (re.compile(r"\b([LRD]\.) (?=\d)"), r"\1" + _NBSP),
    (re.compile(r"'"), "’"),
)


_GUILLEMETS = re.compile(r"« ?(.*?) ?»")


@lru_cache(maxsize=4)
def catalogue(lang: str) -> dict[str, str]:
    """Give every sentence of the program in one language, by its dotted key.

    Raises
    ------
    ValueError
        When the language is not one of :data:`LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    text = files(__package__).joinpath("locales", f"{lang}.toml").read_text(encoding="utf-8")
    return dict(_flatten(tomllib.loads(text)))


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs.extend(_flatten(value, f"{prefix}{key}."))
        else:
            pairs.append((f"{prefix}{key}", value))
    return pairs


def say(key: str, lang: str = DEFAULT_LANGUAGE, /, **values: object) -> str:
    """Say one sentence of the program, with its blanks filled and its spaces set.

    Parameters
    ----------
    key : str
        Dotted name in ``locales/<lang>.toml``.
    lang : str
        ``"fr"`` or ``"en"``.
    **values
        What goes into the blanks of the sentence.

    Raises
    ------
    KeyError
        When the catalogue has no such sentence.

    Examples
    --------
    >>> say("answer.unknown", "fr")
    'Je ne sais pas'
    """
    return typeset(catalogue(lang)[key].format(**values), lang)


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str) -> str:
    r"""Set the no-break spaces and apostrophes that French typography asks for.

    English text only gets its own quotation marks. Source: Lexique des règles typographiques en
    usage à l'Imprimerie nationale, as summed up by national practice (narrow space before ; ! ?).

    Examples
    --------
    >>> typeset("« oui » : 30 jours", "fr")
    '«\xa0oui\xa0»\xa0: 30\xa0jours'
    """
    if lang != "fr":
        return _GUILLEMETS.sub("“\\1”", text)
    for pattern, replacement in _FRENCH_SPACING:
        text = pattern.sub(replacement, text)
    return text


def long_date(day: date, lang: str = DEFAULT_LANGUAGE) -> str:
    """Write a date in words.

    Examples
    --------
    >>> long_date(date(2024, 7, 31), "en")
    '31 July 2024'
    """
    month = _MONTHS[lang].split()[day.month - 1]
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return typeset(f"{number} {month} {day.year}", lang)


def partial_date(told: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """Write in words a date of which the day, or the month too, may not be known.

    Examples
    --------
    >>> partial_date("2023-11", "en"), partial_date("2022", "fr")
    ('November 2023', '2022')
    """
    year, *rest = map(int, told.split("-"))
    if len(rest) == 2:
        return long_date(date(year, *rest), lang)
    return " ".join([*(_MONTHS[lang].split()[month - 1] for month in rest), str(year)])


def age(since: date, today: date, lang: str = DEFAULT_LANGUAGE) -> str:
    """Tell how long ago a date was, in whole years and months.

    Examples
    --------
    >>> age(date(2024, 7, 31), date(2026, 11, 24), "en")
    '2 years and 3 months'
    """
    months = (today.year - since.year) * 12 + today.month - since.month
    months -= 1 if today.day < since.day else 0
    years, rest = divmod(max(months, 0), 12)
    parts = []
    if years:
        parts.append(say("age.years" if years > 1 else "age.year", lang, n=years))
    if rest or not years:
        parts.append(say("age.months" if rest > 1 else "age.month", lang, n=rest))
    return say("age.and", lang).join(parts)


_GROUPS = {"fr": "\u202f", "en": ","}
_POINTS = {"fr": ",", "en": "."}


def number(value: float, lang: str = DEFAULT_LANGUAGE, digits: int = 0) -> str:
    """Write a number in full, with the separators of a language.

    Examples
    --------
    >>> number(1234.5, "en", 1)
    '1,234.5'
    """
    whole, _, part = f"{value:,.{digits}f}".partition(".")
    grouped = whole.replace(",", _GROUPS[lang])
    return f"{grouped}{_POINTS[lang]}{part}" if part else grouped


def listing(items: list[str], lang: str = DEFAULT_LANGUAGE, link: str = "and") -> str:
    """Join words as a sentence does: with commas, and « et » or « ou » before the last.

    Examples
    --------
    >>> listing(["a", "b", "c"], "en")
    'a, b and c'
    """
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + say(f"list.{link}", lang) + items[-1]
