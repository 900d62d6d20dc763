"""The commands that ask about situations, one case or all of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from traite_kb import questions
from traite_kb.case import Case
from traite_kb.casefile import is_case, open_case, open_weights
from traite_kb.explanation.answers import Answer, as_csv, tell, tell_changes
from traite_kb.explanation.answers import words as glossary
from traite_kb.explanation.verified import verified as tell_verified
from traite_kb.knowledge import open_procedure
from traite_kb.model import Procedure


def _about(verb: Callable[..., Answer]) -> Callable[[argparse.Namespace], int]:
    """Make the command of a question that takes a case and what it is about."""

    def run(arguments: argparse.Namespace) -> int:
        found = verb(_case(arguments), arguments.about, refusal=arguments.refusal)
        return _print(found, arguments)

    return run


why = _about(questions.why)
robust = _about(questions.robust)
count = _about(questions.count)
regions = _about(questions.regions)
twins = _about(questions.twins)


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


def verified(arguments: argparse.Namespace) -> int:
    """Tell what is verified in a register, and what is not."""
    found = tell_verified(open_procedure(arguments.procedure), arguments.lang)
    print(found.markdown() if arguments.markdown else found, end="" if arguments.markdown else "\n")
    return 0


def words(arguments: argparse.Namespace) -> int:
    """Print the identifiers of a register."""
    procedure = open_procedure(arguments.procedure)
    print(glossary(procedure, arguments.kind, arguments.lang))
    return 0


def _case(arguments: argparse.Namespace) -> Case:
    procedure = open_procedure(arguments.procedure) if arguments.procedure else None
    if arguments.case:
        return open_case(arguments.case, procedure)
    return Case(procedure or open_procedure())


def _side(name: str) -> Case | Procedure:
    if is_case(Path(name)):
        return open_case(name)
    procedure, _, day = name.rpartition("@")
    try:
        return (
            open_procedure(procedure, on=date.fromisoformat(day))
            if procedure
            else open_procedure(name)
        )
    except ValueError:
        return open_procedure(name)


def _print(found: Answer, arguments: argparse.Namespace) -> int:
    if arguments.json:
        return _json(found)
    print(tell(found, arguments.lang))
    return 0


def _json(found: Answer | questions.Listing) -> int:
    json.dump(found.as_json(), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0
