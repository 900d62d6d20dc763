"""The rules as a GoRules decision table.

Written as expressions (« menace or oqtf or … ») instead, the same rules raise an error when a fact
is missing; a table goes on to the next row.
"""

from __future__ import annotations

import json
from typing import Any

import zen

from contest import rules
from contest.decision_table import ROWS


def decision() -> dict[str, Any]:
    """Write the decision in the engine's own format."""
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in rules.FACTS],
        "outputs": [{"id": "outcome", "name": "outcome", "field": "outcome"}],
        "rules": [
            {
                "_id": str(place),
                **{name: str(tests[name]).lower() if name in tests else "" for name in rules.FACTS},
                "outcome": json.dumps(outcome),
            }
            for place, (tests, outcome) in enumerate(ROWS)
        ],
    }
    contents = {"inputNode": {}, "decisionTableNode": table, "outputNode": {}}
    nodes = [
        {"id": kind, "name": kind, "type": kind, "position": {"x": 0, "y": 0}, "content": content}
        for kind, content in contents.items()
    ]
    ids = list(contents)
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in zip(ids, ids[1:], strict=False)
    ]
    return {"nodes": nodes, "edges": edges}


class Zen:
    """A decision compiled once."""

    def __init__(self) -> None:
        content = zen.ZenDecisionContent(json.dumps(decision()))
        self.decision = zen.ZenEngine().create_decision(content)

    def one(self, case: rules.Case) -> str:
        return self.decision.evaluate(dict(case))["result"]["outcome"]

    def p1(self) -> str:
        return self.one(rules.ALL_BUT_ONE)
