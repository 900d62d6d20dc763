"""The commands that read a register or one case: serve, check, assess, export, source."""

from __future__ import annotations

import argparse
import json
import sys

from traite_kb.problems import TraiteError
from traite_kb.wording import say


def serve(arguments: argparse.Namespace) -> int:
    """Serve the apps, in the browser."""
    from traite_kb import serving

    return serving.serve(arguments.port, open_browser=not arguments.no_browser, lang=arguments.lang)


def check(arguments: argparse.Namespace) -> int:
    """Check a register, and print its problems and its certificate."""
    from traite_kb import checks
    from traite_kb.knowledge import open_procedure

    title = arguments.procedure or ""
    try:
        procedure = open_procedure(arguments.procedure)
        report, title = checks.check(procedure), procedure.label[arguments.lang]
    except TraiteError as error:
        report = checks.Report(title, error.problems, 0.0, {})
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


def assess(arguments: argparse.Namespace) -> int:
    """Assess the case of a file."""
    from traite_kb import reasoning
    from traite_kb.casefile import open_case
    from traite_kb.explanation import explain
    from traite_kb.model import Stage
    from traite_kb.problems import CaseError, Origin, did_you_mean, problem

    case = open_case(arguments.case)
    stages = case.procedure.of(Stage)
    unknown = [name for name in arguments.stage if name not in stages]
    if unknown:
        raise CaseError(
            problem("E612", Origin("--stage"), name, near=did_you_mean(name, stages))
            for name in unknown
        )
    assessment = reasoning.assess(case)
    if arguments.json:
        shown = assessment.as_json()
        if arguments.stage:
            shown["stages"] = {n: s for n, s in shown["stages"].items() if n in arguments.stage}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print(explain(assessment, arguments.lang).text(*arguments.stage))
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write the graph of a procedure."""
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


def source(arguments: argparse.Namespace) -> int:
    """Compare a copy of the sheet with the register."""
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
