"""The rules as a DMN decision table, read from the standard's own XML by pyDMNrules."""

from __future__ import annotations

import pyDMNrules

from contest import rules
from contest.decision_table import ROWS

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="contest"'
    ' name="contest" namespace="https://example.org/contest">'
)


def table() -> str:
    """Write the table as DMN XML."""
    inputs = "".join(
        f'<inputData id="data_{n}" name="{n}"><variable name="{n}" typeRef="boolean"/></inputData>'
        for n in rules.FACTS
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#data_{n}"/></informationRequirement>'
        for n in rules.FACTS
    )
    columns = "".join(
        f'<input id="in_{n}" label="{n}"><inputExpression typeRef="boolean"><text>{n}</text>'
        "</inputExpression></input>"
        for n in rules.FACTS
    )
    rows = "".join(
        f'<rule id="row_{place}">'
        + "".join(
            f"<inputEntry><text>{str(tests[n]).lower() if n in tests else '-'}</text></inputEntry>"
            for n in rules.FACTS
        )
        + f'<outputEntry><text>"{outcome}"</text></outputEntry></rule>'
        for place, (tests, outcome) in enumerate(ROWS)
    )
    return (
        f'{HEAD}{inputs}<decision id="decide" name="outcome"><variable name="outcome"'
        f' typeRef="string"/>{needs}<decisionTable id="table" hitPolicy="FIRST">{columns}'
        f'<output typeRef="string"/>{rows}</decisionTable></decision></definitions>'
    )


class Dmn:
    """A table loaded once."""

    def __init__(self) -> None:
        self.engine = pyDMNrules.DMN()
        status = self.engine.useXML(table())
        if "errors" in status:
            raise RuntimeError(status["errors"])

    def one(self, case: rules.Case) -> str:
        status, decided = self.engine.decide(dict(case))
        if "errors" in status:
            raise RuntimeError(status["errors"])
        last = decided[-1] if isinstance(decided, list) else decided
        return last["Result"]["outcome"]

    def p1(self) -> str:
        return self.one(rules.ALL_BUT_ONE)
