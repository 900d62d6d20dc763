"""The command ``traite-kb``: serve the apps, check a register, assess a case, export a graph."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from traite_kb import wording
from traite_kb.problems import TraiteError
from traite_kb.wording import say

_Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 when all is well, 2 for a mistake.

    A user's mistake is told on standard error in one line for each problem, never as a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without accents shows « ? » rather than nothing.
            stream.reconfigure(errors="replace")
    arguments = _parser(_language(argv)).parse_args(argv)
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


def _parser(lang: str) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang", choices=wording.LANGUAGES, default=wording.DEFAULT_LANGUAGE, help="fr, en"
    )
    parser = argparse.ArgumentParser(prog="traite-kb", description=say("cli.description", lang))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: _Command) -> argparse.ArgumentParser:
        text = say(f"cli.help_{name}", lang)
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        made.set_defaults(run=run)
        return made

    serve = command("serve", _serve)
    serve.add_argument("--port", type=int, help=say("cli.arg_port", lang))
    serve.add_argument("--no-browser", action="store_true", help=say("cli.arg_no_browser", lang))
    check = command("check", _check)
    check.add_argument("procedure", nargs="?", help=say("cli.arg_procedure", lang))
    check.add_argument("--json", action="store_true", help=say("cli.arg_json", lang))
    assess = command("assess", _assess)
    assess.add_argument("case", type=Path, help=say("cli.arg_case", lang))
    assess.add_argument("--json", action="store_true", help=say("cli.arg_json", lang))
    assess.add_argument("--stage", action="append", default=[], help=say("cli.arg_stage", lang))
    export = command("export", _export)
    export.add_argument("format", choices=("graphml", "json"))
    export.add_argument("--procedure", help=say("cli.arg_procedure", lang))
    export.add_argument("--out", type=Path, help=say("cli.arg_out", lang))
    source = command("source", _source)
    source.add_argument("sheet", type=Path, help=say("cli.arg_sheet", lang))
    source.add_argument("--passages", action="store_true", help=say("cli.arg_passages", lang))
    source.add_argument("--procedure", help=say("cli.arg_procedure", lang))
    source.add_argument("--json", action="store_true", help=say("cli.arg_json", lang))
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    from traite_kb.serving import serve

    return serve(arguments.port, open_browser=not arguments.no_browser, lang=arguments.lang)


def _check(arguments: argparse.Namespace) -> int:
    from traite_kb.checks import Report, check
    from traite_kb.knowledge import open_procedure

    title = arguments.procedure or ""
    try:
        procedure = open_procedure(arguments.procedure)
        report, title = check(procedure), procedure.label[arguments.lang]
    except TraiteError as error:
        report = Report(title, error.problems, 0.0, {})
    if arguments.json:
        print(json.dumps(report.as_json(arguments.lang), ensure_ascii=False, indent=1))
        return 2 if report.errors else 0
    for found in report.problems:
        print(found.line(arguments.lang), file=sys.stderr if found.is_error else sys.stdout)
    print(
        say(
            "cli.found" if report.problems else "cli.ok",
            arguments.lang,
            title=title,
            nodes=sum(n for kind, n in report.counts.items() if kind != "passages"),
            errors=len(report.errors),
            warnings=len(report.warnings),
            coverage=f"{report.coverage:.0%}",
        )
    )
    if report.certificate.situations:
        print(report.certificate.sentence(arguments.lang))
    return 2 if report.errors else 0


def _assess(arguments: argparse.Namespace) -> int:
    from traite_kb.casefile import open_case
    from traite_kb.explanation import explain
    from traite_kb.model import Stage
    from traite_kb.problems import CaseError, Origin, did_you_mean, problem
    from traite_kb.reasoning import assess

    case = open_case(arguments.case)
    stages = case.procedure.of(Stage)
    unknown = [name for name in arguments.stage if name not in stages]
    if unknown:
        raise CaseError(
            problem("E612", Origin("--stage"), name, near=did_you_mean(name, stages))
            for name in unknown
        )
    assessment = assess(case)
    if arguments.json:
        shown = assessment.as_json()
        if arguments.stage:
            shown["stages"] = {n: s for n, s in shown["stages"].items() if n in arguments.stage}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print(explain(assessment, arguments.lang).text(*arguments.stage))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from traite_kb.graph import to_graph, to_graphml, to_json
    from traite_kb.knowledge import open_procedure
    from traite_kb.problems import KnowledgeError, Origin, problem

    graph = to_graph(open_procedure(arguments.procedure))
    text = to_graphml(graph) if arguments.format == "graphml" else to_json(graph)
    if arguments.out is None:
        print(text)
        return 0
    try:
        arguments.out.write_text(text, encoding="utf-8")
    except OSError as error:
        place = Origin(str(arguments.out))
        raise KnowledgeError([problem("E011", place, reason=error.strerror)]) from None
    return 0


def _source(arguments: argparse.Namespace) -> int:
    from traite_kb.knowledge import compare_sheet, open_procedure, passages

    if arguments.passages:
        for key, value in passages(arguments.sheet).items():
            print(f'"{key}" = "{value}"')
        return 0
    found = compare_sheet(open_procedure(arguments.procedure), arguments.sheet)
    if arguments.json:
        shown = {
            "moved": dict(found.moved),
            "lost": list(found.lost),
            "added": list(found.added),
            "stale": list(found.stale),
        }
        print(json.dumps(shown, ensure_ascii=False, indent=1))
        return 0
    lang = arguments.lang
    if not (found.moved or found.lost or found.added):
        print(say("cli.sheet_same", lang))
    if found.moved:
        places = ", ".join(f"{old} → {new}" for old, new in found.moved.items())
        print(say("cli.sheet_moved", lang, n=len(found.moved), passages=places))
    if found.lost:
        lost, stale = ", ".join(found.lost), ", ".join(found.stale)
        print(say("cli.sheet_lost", lang, n=len(found.lost), passages=lost, nodes=stale))
    if found.added:
        print(say("cli.sheet_added", lang, n=len(found.added), passages=", ".join(found.added)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
