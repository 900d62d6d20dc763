"""The engine in a browser's Python: nothing compiled, nothing to install, the same answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import traite_kb as kb

HERE = Path(__file__).parent
HOME = os.environ.get("TRAITE_KB_PYODIDE", "")
CODE = """
import sys; sys.path.insert(0, "/project"); sys.dont_write_bytecode = True
import json
import traite_kb as kb
{body}
json.dumps(answers(kb))
"""
BODY = """
def answers(kb):
    proc = kb.open_procedure()
    case = kb.Case(proc, nationalite="autre", age="majeur", contact_auteur=True)
    stage = "premiere_carte"
    return [
        kb.assess(case).as_json(),
        kb.why(case, stage).as_json(),
        kb.change(case, stage, "conditions_reunies").as_json(),
        kb.ask(case, stage, budget=200).as_json(),
        kb.robust(case, stage).as_json(),
        kb.count(case, stage).as_json(),
        kb.regions(case, stage, refusal=True).as_json(),
        kb.twins(case, stage).as_json(),
        kb.listing(kb.Case(proc), "delai_reflexion").as_json(),
        kb.check(proc).as_json("fr")["certificate"],
    ]
"""


@pytest.mark.slow
@pytest.mark.skipif(not HOME, reason="TRAITE_KB_PYODIDE names no folder with npm's pyodide")
@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_every_verb_gives_the_same_answer_in_pyodide():
    scope: dict = {}
    exec(BODY, scope)  # the very text that the other Python runs
    told = subprocess.run(
        ["node", HERE / "data" / "pyodide.mjs", HOME, HERE.parent, CODE.format(body=BODY)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-2000:]
    theirs = json.loads(told.stdout.splitlines()[-1])
    mine = json.loads(json.dumps(scope["answers"](kb)))
    assert _rounded(theirs) == _rounded(mine)


def _rounded(value):
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list) else value
