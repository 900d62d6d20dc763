"""What an example must give, as a register writes it: at its stages, its steps, its rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from traite_kb.knowledge.values import Misshapen, array, boolean, day, deadline, ids, one_of, table
from traite_kb.model import Actor, Expectation, Modality, StepExpectation, Value

STATES = ("done", "open", "waiting", "blocked", "unknown", "optional", "moot")
"""Where a step can stand."""


def _wanted(value: Any, short: str, known: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, Any] = {short: value} if isinstance(value, str) else table(value)
    if extra := sorted(set(given) - set(known)):
        raise Misshapen("E102", key=extra[0], known=", ".join(known))
    return given


def names(value: Any) -> frozenset[str]:
    """Read a list of identifiers whose order does not count."""
    return frozenset(ids(value))


def expectations(value: Any) -> tuple[Expectation, ...]:
    """Read what an example must give, stage by stage."""
    lists = ("missing", "depends_on", *(modality.value for modality in Modality))
    known = ("conclusion", "refusal_possible", *lists, *(actor.value for actor in Actor))
    found = []
    for stage, wanted in table(value).items():
        given = _wanted(wanted, "conclusion", known)
        sets = {key: names(given[key]) for key in lists if key in given}
        borne_by = {actor: names(given[actor]) for actor in Actor if actor in given}
        conclusion, refusal = given.get("conclusion"), given.get("refusal_possible")
        found.append(Expectation(stage, conclusion, refusal, **sets, borne_by=borne_by))
    return tuple(found)


def step_expectations(value: Any) -> tuple[StepExpectation, ...]:
    """Read what an example must give, step by step."""
    readers: dict[str, Callable[[Any], Any]] = {
        "state": one_of(STATES),
        "optional": boolean,
        "because": names,
        "due": lambda item: deadline(item) if isinstance(item, dict) else day(item),
        "documents": lambda item: frozenset(frozenset(_papers(paper)) for paper in array(item)),
        "gives": names,
    }
    return tuple(
        StepExpectation(
            step,
            **{k: readers[k](v) for k, v in _wanted(wanted, "state", tuple(readers)).items()},
        )
        for step, wanted in table(value).items()
    )


def _papers(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ids(value)


def tristates(value: Any) -> dict[str, Value]:
    """Read a table of true, false or ``"unknown"`` by name."""
    return {
        key: item if isinstance(item, bool) else one_of(("unknown",))(item)
        for key, item in table(value).items()
    }


def days(value: Any) -> dict[str, date]:
    """Read a table of days by name."""
    return {key: day(item) for key, item in table(value).items()}
