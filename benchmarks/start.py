"""What it costs to start: the import of the engine and the loading of the real register.

``python benchmarks/start.py``. Each is run in fresh processes, in turn with a bare interpreter that
does nothing; medians. Loading is parsing, validating and compiling. The ratios are what counts:
absolute times drift from machine to machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BARE = "pass"
IMPORT = "import traite_kb.reasoning, traite_kb.knowledge"
LOAD = """
import traite_kb.reasoning, traite_kb.knowledge
import traite_kb as kb
from traite_kb.space import Space
Space(kb.open_procedure())
"""
ASSESS = LOAD + "kb.assess(kb.Case(kb.open_procedure()))\n"
STAGES = {
    "bare interpreter": BARE,
    "import of the engine": IMPORT,
    "import, and loading": LOAD,
    "import, loading, first assessment": ASSESS,
}
UNWANTED = ("matplotlib", "ipywidgets", "anywidget", "IPython", "numpy", "traite_kb.widgets")
"""What neither an import of the engine nor a loading may bring in."""

MOST_IMPORT_MS, MOST_LOAD_MS = 150, 100


def seconds(code: str) -> float:
    """Give the wall time of a fresh interpreter that runs some code."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def brought_in(code: str) -> list[str]:
    """List what is among the modules after some code, and should not be."""
    ask = (
        f"{code}\nimport json, sys\n"
        f"print(json.dumps([name for name in {UNWANTED!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="5 rounds")
    arguments = parser.parse_args()
    rounds = 5 if arguments.quick else arguments.rounds
    for code in STAGES.values():
        seconds(code)
    taken: dict[str, list[float]] = {name: [] for name in STAGES}
    for _ in range(rounds):
        for name, code in STAGES.items():
            taken[name].append(seconds(code))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    bare, engine, load, _ = medians.values()
    print(f"{'fresh process':<36} {'median':>9} {'x bare':>8} {'more than bare':>15}")
    for name, median in medians.items():
        more = (median - bare) * 1e3
        print(f"{name:<36} {median * 1e3:>6.0f} ms {median / bare:>8.2f} {more:>12.0f} ms")
    print()
    for name, measured, most in (
        ("import of the engine, beyond a bare start", (engine - bare) * 1e3, MOST_IMPORT_MS),
        ("loading of the real register, beyond the import", (load - engine) * 1e3, MOST_LOAD_MS),
    ):
        word = "reached" if measured < most else "missed"
        print(f"TARGET {name}: less than {most} ms · {measured:.0f} ms · {word}")
    heavy = brought_in(LOAD)
    word = f"missed: {', '.join(heavy)}" if heavy else "reached"
    print(f"TARGET neither drawing nor widgets are imported: {word}")


if __name__ == "__main__":
    main()
