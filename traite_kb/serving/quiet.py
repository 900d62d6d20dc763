"""What the server may say on the terminal: warnings in one line, never an answer or an address."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable

from traitlets.config import Application

_QUERY = re.compile(r"\?\S*")
_CELL_FAILED = "Error at server while executing cell"
_OF_NO_USE = (
    "is not trusted",  # outputs saved in a notebook, which are never shown
    "wrote error",  # the page that asked has its answer
)


def debugging() -> bool:
    """Tell whether the developer asked for every detail (``TRAITE_KB_DEBUG=1``)."""
    return os.environ.get("TRAITE_KB_DEBUG", "0") not in ("", "0")


class OneLine(logging.Filter):
    """Lets each warning through once, in one line, without traceback, source or query."""

    def __init__(self, app_failed: str) -> None:
        super().__init__()
        self._app_failed = app_failed
        self._told: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten one record; drop it when it is less than a warning, or was said before."""
        message = record.getMessage()
        if any(words in message for words in _OF_NO_USE):
            return False
        if message.startswith(_CELL_FAILED):
            message = self._app_failed
        message = _QUERY.sub("", message.split("\n", 1)[0])
        if record.levelno < logging.WARNING or message in self._told:
            return False
        self._told.add(message)
        record.msg, record.args = message, None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def hush(app: Application, app_failed: str) -> None:
    """Make what a program and its libraries say fit for a trainer's terminal."""
    if debugging():
        return
    app.log_format = "%(message)s"
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # Refused and broken requests are the page's business: it shows them.
    for name in ("tornado.access", "tornado.application", "tornado.general", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app.log.addFilter(OneLine(app_failed))


def no_request_log() -> Callable[[object], None]:
    """Give what logs a request: nothing at all, as an address could hold answers."""
    return lambda handler: None
