"""The command ``traite-kb``: serve the apps, check a register, ask about cases and situations."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from itertools import pairwise

from traite_kb import wording
from traite_kb.cli.parser import parser
from traite_kb.problems import TraiteError
from traite_kb.wording import say

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 when all is well, 2 for a mistake.

    A user's mistake is told on standard error in one line for each problem, never as a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without accents shows « ? » rather than nothing.
            stream.reconfigure(errors="replace")
    arguments = parser(_language(argv)).parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except TraiteError as error:
        for line in error.text(arguments.lang).splitlines():
            print(say("cli.error", arguments.lang, problem=line), file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        print(say("cli.error", arguments.lang, problem=error.strerror), file=sys.stderr)
        return 2


def _language(argv: Sequence[str] | None) -> str:
    words = list(sys.argv[1:] if argv is None else argv)
    for here, following in pairwise([*words, ""]):
        if here == "--lang" and following in wording.LANGUAGES:
            return following
        if here.startswith("--lang=") and here[7:] in wording.LANGUAGES:
            return here[7:]
    return wording.DEFAULT_LANGUAGE
