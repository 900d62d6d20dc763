"""A copy of an official sheet as lines of text, whether it was saved as text or as a web page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from traite_kb.knowledge.files import read_text

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|p|div|ul|li|h1)\b", re.I)
_UNREAD = re.compile("script|style|nav|title|noscript|template|svg|select|textarea|iframe")
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span|"
    "strong|sub|sup|time|u|var|wbr"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def copy_text(path: Path) -> str:
    """Read a copy of a sheet; of a web page, keep the text, one block a line.

    Raises
    ------
    KnowledgeError
        When the copy is missing, unreadable or not text.
    """
    text = read_text(path)
    return page_text(text) if _PAGE.search(text) else text


def page_text(page: str) -> str:
    r"""Give the text of a web page: one block a line, without menus, scripts and styles.

    Examples
    --------
    >>> page_text("<nav>Menu</nav><p>Vous <b>pouvez</b><br>entrer.</p>")
    'Vous pouvez\nentrer.'
    """
    reader = _Blocks()
    reader.feed(page)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip(" ") for line in reader.lines)
    return "\n".join(line for line in lines if line.strip())


class _Blocks(HTMLParser):
    """Gathers what a reader sees: a line ends wherever a block or a line break does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":  # whatever the head left open is over
            self._unread = 0
        if _UNREAD.fullmatch(tag):
            self._unread += 1
        elif not _INLINE.fullmatch(tag):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if _UNREAD.fullmatch(tag):
            self._unread = max(self._unread - 1, 0)
        elif not _INLINE.fullmatch(tag):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.lines[-1] += data
