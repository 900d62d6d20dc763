"""The words of the command line: commands, arguments and their help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from traite_kb import wording
from traite_kb.cli import commands, questions
from traite_kb.wording import say

_Command = Callable[[argparse.Namespace], int]


class _Parser:
    """Adds commands whose help is in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._common = argparse.ArgumentParser(add_help=False)
        self._common.add_argument(
            "--lang", choices=wording.LANGUAGES, default=wording.DEFAULT_LANGUAGE, help="fr, en"
        )
        self.whole = argparse.ArgumentParser(prog="traite-kb", description=self.say("description"))
        self._commands = self.whole.add_subparsers(required=True, metavar="COMMAND")

    def say(self, key: str) -> str:
        return say(f"cli.{key}", self._lang)

    def command(self, name: str, run: _Command) -> argparse.ArgumentParser:
        text = self.say(f"help_{name}")
        made: argparse.ArgumentParser = self._commands.add_parser(
            name, help=text, description=text, parents=[self._common]
        )
        made.set_defaults(run=run)
        return made

    def json(self, command: argparse.ArgumentParser) -> None:
        command.add_argument("--json", action="store_true", help=self.say("arg_json"))

    def question(self, name: str, run: _Command) -> argparse.ArgumentParser:
        """Add a command that asks about a matter, in the situations that agree with a case."""
        made = self.command(name, run)
        made.add_argument("about", help=self.say("arg_about"))
        made.add_argument("case", type=Path, nargs="?", help=self.say("arg_case_optional"))
        made.add_argument("--refusal", action="store_true", help=self.say("arg_refusal"))
        made.add_argument("--procedure", help=self.say("arg_procedure"))
        self.json(made)
        return made


def parser(lang: str) -> argparse.ArgumentParser:
    """Build the parser of the command line, with its help in one language."""
    made = _Parser(lang)
    serve = made.command("serve", commands.serve)
    serve.add_argument("--port", type=int, help=made.say("arg_port"))
    serve.add_argument("--no-browser", action="store_true", help=made.say("arg_no_browser"))
    check = made.command("check", commands.check)
    check.add_argument("procedure", nargs="?", help=made.say("arg_procedure"))
    made.json(check)
    assess = made.command("assess", commands.assess)
    assess.add_argument("case", type=Path, help=made.say("arg_case"))
    made.json(assess)
    assess.add_argument("--stage", action="append", default=[], help=made.say("arg_stage"))
    _questions(made)
    verified = made.command("verified", questions.verified)
    verified.add_argument("procedure", nargs="?", help=made.say("arg_procedure"))
    verified.add_argument("--markdown", action="store_true", help=made.say("arg_markdown"))
    words = made.command("words", questions.words)
    words.add_argument("kind", nargs="?", default="", help=made.say("arg_kind"))
    words.add_argument("--procedure", help=made.say("arg_procedure"))
    export = made.command("export", commands.export)
    export.add_argument("format", choices=("graphml", "json"))
    export.add_argument("--procedure", help=made.say("arg_procedure"))
    export.add_argument("--out", type=Path, help=made.say("arg_out"))
    _sources(made)
    decisions = made.command("decisions", commands.decisions)
    decisions.add_argument("decision", nargs="?", metavar="ID", help=made.say("arg_decision"))
    decisions.add_argument("--markdown", action="store_true", help=made.say("arg_markdown"))
    decisions.add_argument("--procedure", help=made.say("arg_procedure"))
    made.json(decisions)
    return made.whole


def _questions(made: _Parser) -> None:
    made.question("why", questions.why)
    change = made.question("change", questions.change)
    change.add_argument("--to", required=True, help=made.say("arg_to"))
    change.add_argument("--readings", action="store_true", help=made.say("arg_readings"))
    change.add_argument("--all", action="store_true", help=made.say("arg_all"))
    ask = made.question("ask", questions.ask)
    ask.add_argument("--weights", type=Path, help=made.say("arg_weights"))
    made.question("robust", questions.robust)
    made.question("count", questions.count)
    made.question("regions", questions.regions)
    made.question("twins", questions.twins)
    made.question("list", questions.listing)
    diff = made.command("diff", questions.diff)
    diff.add_argument("before", help=made.say("arg_before"))
    diff.add_argument("after", help=made.say("arg_after"))
    diff.add_argument("--about", help=made.say("arg_about"))
    made.json(diff)


def _sources(made: _Parser) -> None:
    source = made.command("source", commands.source)
    source.add_argument("sheet", type=Path, help=made.say("arg_sheet"))
    source.add_argument("--before", type=Path, help=made.say("arg_older"))
    source.add_argument("--passages", action="store_true", help=made.say("arg_passages"))
    cite = made.command("cite", commands.cite)
    cite.add_argument("node", help=made.say("arg_node"))
    cite.add_argument("--sheet", type=Path, help=made.say("arg_words"))
    for command in (source, cite):
        command.add_argument("--procedure", help=made.say("arg_procedure"))
        made.json(command)
