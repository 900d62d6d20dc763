"""The sentences of the server and of its pages."""

from __future__ import annotations

from traite_kb.wording import catalogue, say

__all__ = ["page_words", "say"]


def page_words(lang: str) -> dict[str, str]:
    """Give every sentence that the template of the pages shows, by its short name."""
    keys = [key for key in catalogue(lang) if key.startswith("page.")]
    return {"lang": lang} | {key.removeprefix("page."): say(key, lang) for key in keys}
