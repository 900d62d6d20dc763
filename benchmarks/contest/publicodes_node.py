"""The rules in publicodes, run by Node in a process of its own that times itself.

Its package is looked for in ``contest/publicodes/node_modules``, or in the folder that the
variable ``TRAITE_KB_PEERS_NODE`` names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from contest import MissingPeerError, rules

HERE = Path(__file__).parent / "publicodes"


class Publicodes:
    """A Node process, asked line by line."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if not node:
            raise MissingPeerError("Node is not installed")
        folder = Path(os.environ.get("TRAITE_KB_PEERS_NODE") or HERE)
        if not (folder / "node_modules" / "publicodes").is_dir():
            raise MissingPeerError(
                "the npm package publicodes is not there: npm install in "
                "benchmarks/contest/publicodes, or name its folder in TRAITE_KB_PEERS_NODE"
            )
        words = [json.dumps(rules.FACTS), json.dumps(rules.GROUNDS)]
        self.process = subprocess.Popen(
            [node, str(HERE / "contest.mjs"), str(folder.resolve()), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._ask([rules.READY])

    def _ask(self, cases: list[rules.Case], times: int = 0, probe: str | None = None) -> Any:
        question = {"probe": probe, "cases": cases, "times": times}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise MissingPeerError("Node ended without an answer: see its message above")
        return json.loads(answer)

    def one(self, case: rules.Case) -> str:
        return self._ask([case])["answers"][0]["value"]

    def value(self, case: rules.Case) -> str | None:
        """Give the value of an incomplete case: no list of what is still possible."""
        return self._ask([case])["answers"][0]["value"]

    def batch(self, cases: list[rules.Case], times: int) -> float:
        """Give the seconds taken by some evaluations, by the clock of the process itself."""
        return self._ask(cases, times)["seconds"]

    def p1(self) -> str:
        found = self._ask([rules.ALL_BUT_ONE])["answers"][0]
        return found["value"] or f"unknown (asks {', '.join(found['missing'])})"

    def p2(self) -> str:
        found = self._ask([{"a": True}], probe="p2")["answers"][0]
        return "true" if found["value"] else f"unknown (asks {', '.join(found['missing'])})"

    def p3(self) -> frozenset[str]:
        return frozenset(self._ask([{}], probe="p3")["answers"][0]["missing"])

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=10)
