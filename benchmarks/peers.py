"""Measure the kit against its peers on one set of rules, told to each in its own natural way.

``make bench ONLY=peers`` or ``python benchmarks/peers.py``. The peers are optional:
``pip install -r benchmarks/requirements-peers.txt``, and ``npm install`` in
``benchmarks/contest/publicodes``. One that is missing is left out, and it is said why.

Every answer is first compared with that of a hand-written if-chain: a single difference ends the
run with exit code 1. Then times are taken, contestants in turn, as medians; use the ratios, since
absolute times drift from machine to machine. A target that is missed is told, and is no failure.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from contest import CONTESTANTS, MissingPeerError, load
from contest.agreement import disagreements
from contest.measure import compared, shown
from contest.targets import told
from contest.timing import OPERATIONS, timed

SLOW_TO_LOAD = ("pyDMNrules",)


def gathered(names: list[str], quick: bool) -> dict[str, Any]:
    """Give the contestants that can take part, telling what each costs to load."""
    ready: dict[str, Any] = {}
    for name in names:
        if quick and name in SLOW_TO_LOAD:
            print(f"{name:<18} left out: slow to load, and this is a quick run")
            continue
        try:
            ready[name], seconds = load(name)
        except MissingPeerError as reason:
            print(f"{name:<18} left out: {reason}")
        else:
            print(f"{name:<18} loaded and built in {shown(seconds)}")
    return ready


def measured(ready: dict[str, Any], quick: bool) -> int:
    """Compare the answers, then the times."""
    found = [f"{name}: {what}" for name, one in ready.items() for what in disagreements(one, quick)]
    if found:
        print("\ndisagreement with the if-chain:", *found, sep="\n  ")
        return 1
    print(f"\nagreement: {len(ready)} contestants, no difference from the if-chain")
    taken = timed(ready, quick)
    floor = "if-chain"
    for operation, title in OPERATIONS.items():
        row = {name: t for (what, name), t in taken.items() if what == operation}
        if not row:
            continue
        print(f"\n{title:<52} {'median':>9} {'least':>9} {'x ' + floor:>12}")
        base = row.get(floor, taken["one", floor]).median
        for name, time in sorted(row.items(), key=lambda pair: pair[1].median):
            ratio = compared(time.median / base)
            print(f"  {name:<50} {shown(time.median):>9} {shown(time.least):>9} {ratio:>12}")
    print()
    print("\n".join(told(ready, taken)))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer cases and rounds")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=CONTESTANTS, default=list(CONTESTANTS),
        help=f"contestants: {', '.join(CONTESTANTS)}",
    )  # fmt: skip
    arguments = parser.parse_args()
    names = [name for name in CONTESTANTS if name in {"if-chain", *arguments.only}]
    ready = gathered(names, arguments.quick)
    try:
        return measured(ready, arguments.quick)
    finally:
        for contestant in ready.values():
            if hasattr(contestant, "close"):
                contestant.close()


if __name__ == "__main__":
    sys.exit(main())
