"""The commands that read a register or one case: serve, check, assess, export, source, cite."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from traite_kb.problems import TraiteError
from traite_kb.wording import say

if TYPE_CHECKING:
    from traite_kb.knowledge import Comparison, Rereading

_NO_NODES = ("passages", "decision", "decision_yes", "decision_weak")


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
            nodes=sum(n for kind, n in report.counts.items() if kind not in _NO_NODES),
            errors=len(report.errors),
            warnings=len(report.warnings),
            coverage=f"{report.coverage:.0%}",
        )
    )
    if report.certificate.situations:
        print(report.certificate.sentence(arguments.lang))
    if "decision" in report.counts:
        n, yes, weak = (report.counts[kind] for kind in _NO_NODES[1:])
        print(say("cli.decisions", arguments.lang, n=n, yes=yes, weak=weak))
    return 2 if report.errors else 0


def assess(arguments: argparse.Namespace) -> int:
    """Assess the case of a file."""
    from traite_kb import reasoning
    from traite_kb.casefile import open_case
    from traite_kb.explanation import explain
    from traite_kb.model import Stage
    from traite_kb.pathways import pathway
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
        shown = assessment.as_json() | pathway(case).as_json()
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
    procedure = open_procedure(arguments.procedure)
    found = compare_sheet(procedure, arguments.sheet, arguments.before)
    if arguments.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_told(found, arguments.lang)))
    return 0


def cite(arguments: argparse.Namespace) -> int:
    """Print the sources of a node, with the words of the sheet where a copy of it is given."""
    from traite_kb import citations
    from traite_kb.knowledge import open_procedure, with_source

    procedure, lang = open_procedure(arguments.procedure), arguments.lang
    if arguments.sheet:
        procedure = with_source(procedure, arguments.sheet)
    found = citations.cite(procedure, arguments.node, lang)
    if arguments.json:
        cites = [source.as_json() for source in found]
        shown = {"procedure": procedure.id, "node": arguments.node, "cites": cites}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        print(f"{one} — {one.url}" if one.url else one)
        for quotation in citations.quotations((one,), lang):
            print(f"  {quotation}")
    if not found:
        print(say("cite.none", lang, node=arguments.node))
    return 0


def _told(found: Comparison, lang: str) -> Iterator[str]:
    if not (found.moved or found.lost or found.added):
        yield say("cli.sheet_same", lang)
        return
    yield say("cli.sheet_unchanged", lang, n=found.unchanged)
    if found.moved:
        runs = ", ".join(_runs(found))
        yield say("cli.sheet_moved", lang, n=len(found.moved), passages=runs)
    for key in found.lost:
        place = found.changed.get(key)
        yield say(f"cli.sheet_{'changed' if place else 'gone'}", lang, passage=key, place=place)
        yield from _to_read(found.reread[key], lang)
    if found.new:
        yield say("cli.sheet_new", lang, n=len(found.new), passages=", ".join(found.new))


def _to_read(found: Rereading, lang: str) -> Iterator[str]:
    for kind, names in found.as_json().items():
        if names:
            yield f"  {say(f'cli.reread_{kind}', lang, names=', '.join(names))}"


def _runs(found: Comparison) -> Iterator[str]:
    """Write the moves of passages that follow one another, before and after, as one move."""
    places = [*found.words]
    order = sorted([*found.moved.values(), *found.added], key=_number)
    run: list[str] = []
    for key in [*places, ""]:
        place = found.moved.get(key)
        if run and not (place and _next(order, found.moved[run[-1]]) == place):
            first, last = run[0], run[-1]
            old, new = first, found.moved[first]
            if first != last:
                old, new = f"{first}–{last}", f"{new}–{found.moved[last]}"
            yield f"{old} → {new}"
            run = []
        if place:
            run.append(key)


def _next(order: list[str], place: str) -> str:
    here = order.index(place) + 1
    return order[here] if here < len(order) else ""


def _number(key: str) -> tuple[int, ...]:
    return tuple(int(part) for part in key.split("."))


def decisions(arguments: argparse.Namespace) -> int:
    """List the real decisions on a procedure, or tell one with what the rules make of it."""
    from traite_kb import knowledge
    from traite_kb.checks.decisions import judgement
    from traite_kb.explanation.decisions import table, tell_decision, tell_decisions
    from traite_kb.problems import CaseError, Origin, did_you_mean, problem

    procedure, lang = knowledge.open_procedure(arguments.procedure), arguments.lang
    found, name = knowledge.decisions(procedure), arguments.decision
    if name and name not in found:
        raise CaseError([problem("E630", Origin("ID"), name, near=did_you_mean(name, found))])
    if arguments.json:
        listed = [{**d.as_json(lang), **judgement(procedure, d)} for d in found.values()]
        one = next((shown for shown in listed if shown["id"] == name), None)
        told = {"decision": one} if name else {"decisions": listed}
        print(json.dumps({"procedure": procedure.id, **told}, ensure_ascii=False, indent=1))
    elif arguments.markdown:
        print(table({name: found[name]} if name else found, lang), end="")
    else:
        print(
            tell_decision(procedure, found[name], lang)
            if name
            else tell_decisions(procedure, found, lang)
        )
    return 0
