"""The commands that ask about situations, one case or all of them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from traite_kb import questions
from traite_kb.case import Case
from traite_kb.casefile import is_case, open_case, open_weights
from traite_kb.explanation.answers import Answer, as_csv, tell, tell_changes
from traite_kb.knowledge import open_procedure
from traite_kb.model import Procedure


def why(arguments: argparse.Namespace) -> int:
    """Tell why a case has its outcome."""
    case = _case(arguments)
    return _print(questions.why(case, arguments.about, refusal=arguments.refusal), arguments)


def change(arguments: argparse.Namespace) -> int:
    """List the smallest changes that settle an outcome."""
    found = questions.change(
        _case(arguments),
        arguments.about,
        arguments.to,
        refusal=arguments.refusal,
        readings=arguments.readings,
    )
    if arguments.all and not arguments.json:
        print(tell_changes(found, arguments.lang, len(found.changes)))
        return 0
    return _print(found, arguments)


def ask(arguments: argparse.Namespace) -> int:
    """Choose the next question."""
    case = _case(arguments)
    weights = open_weights(arguments.weights, case.procedure) if arguments.weights else None
    found = questions.ask(case, arguments.about, refusal=arguments.refusal, weights=weights)
    return _print(found, arguments)


def robust(arguments: argparse.Namespace) -> int:
    """Tell whether a result depends on the reading of disputed points."""
    case = _case(arguments)
    return _print(questions.robust(case, arguments.about, refusal=arguments.refusal), arguments)


def count(arguments: argparse.Namespace) -> int:
    """Count the situations of each outcome."""
    case = _case(arguments)
    return _print(questions.count(case, arguments.about, refusal=arguments.refusal), arguments)


def regions(arguments: argparse.Namespace) -> int:
    """Print the decision table of a matter."""
    case = _case(arguments)
    return _print(questions.regions(case, arguments.about, refusal=arguments.refusal), arguments)


def twins(arguments: argparse.Namespace) -> int:
    """Print twin situations."""
    case = _case(arguments)
    return _print(questions.twins(case, arguments.about, refusal=arguments.refusal), arguments)


def listing(arguments: argparse.Namespace) -> int:
    """Print each situation with its outcome."""
    found = questions.listing(_case(arguments), arguments.about, refusal=arguments.refusal)
    if arguments.json:
        return _json(found)
    print(as_csv(found, arguments.lang), end="")
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """Tell what moves between two versions of a procedure, or two readings."""
    before, after = _side(arguments.before), _side(arguments.after)
    return _print(questions.diff(before, after, arguments.about), arguments)


def _case(arguments: argparse.Namespace) -> Case:
    procedure = open_procedure(arguments.procedure) if arguments.procedure else None
    if arguments.case:
        return open_case(arguments.case, procedure)
    return Case(procedure or open_procedure())


def _side(name: str) -> Case | Procedure:
    return open_case(name) if is_case(Path(name)) else open_procedure(name)


def _print(found: Answer, arguments: argparse.Namespace) -> int:
    if arguments.json:
        return _json(found)
    print(tell(found, arguments.lang))
    return 0


def _json(found: Answer | questions.Listing) -> int:
    json.dump(found.as_json(), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0
