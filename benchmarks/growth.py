"""How the kit grows with a register: time and memory, from 8 to 40 binary variables.

``python benchmarks/growth.py``. Generated registers are built like real ones, and the real one is
measured beside them. Each is compiled, assessed on an empty and on a half-answered case (the first
time and the next ones), and checked. As floors of the same run: the same functions built by
``dd.autoref``, in the same order of variables (it holds a function and its contrary in the same
nodes), and by numpy over all situations as long as they fit. Both are optional. Memory is the peak
of Python's own, in a pass of its own.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import reduce
from pathlib import Path
from typing import Any

from contest.growing import Functions, register
from contest.measure import compared, shown

import traite_kb as kb
from traite_kb.model import Fact, Norm, Procedure, Requirement, Stage
from traite_kb.space import Space, space_of

SIZES = (8, 12, 16, 20, 24, 28, 32, 36, 40)
MOST_BITS_OF_COLUMNS = 22


def compiled(procedure: Procedure) -> tuple[Space, list[int]]:
    """Compile everything that a register says."""
    space = Space(procedure)
    roots = [space.possible]
    roots += [space.holds(node.id) for node in procedure if isinstance(node, Requirement)]
    for stage in procedure.of(Stage).values():
        roots += [*space.conclusions(stage).values(), *space.refusal(stage).values()]
    return space, roots


def nodes(space: Space, roots: Iterable[int]) -> int:
    """Count the nodes of some diagrams, shared ones once."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node > 1 and node not in seen:
            seen.add(node)
            waiting.extend(space.diagrams.branches(node, space.diagrams.top(node)))
    return len(seen)


def bits_of(size: int) -> int:
    """Tell how many binary variables hold one with this many values."""
    return math.ceil(math.log2(size))


class DiagramsOfDd:
    """Binary diagrams of the library ``dd``; a choice is held in several binary variables."""

    def __init__(self, space: Space) -> None:
        from dd import autoref

        self.manager = autoref.BDD()
        self.manager.configure(reordering=False)
        self.bits = {
            name: [f"{name}_{bit}" for bit in range(bits_of(len(space.domains[name])))]
            for name in space.names
        }
        self.manager.declare(*(bit for bits in self.bits.values() for bit in bits))

    def literal(self, name: str, places: Iterable[int]) -> Any:
        bits = self.bits[name]
        cubes = [
            self.manager.cube({bit: bool(place >> i & 1) for i, bit in enumerate(bits)})
            for place in places
        ]
        return self.any_of(cubes)

    def all_of(self, parts: Sequence[Any]) -> Any:
        return reduce(lambda a, b: a & b, parts, self.manager.true)

    def any_of(self, parts: Sequence[Any]) -> Any:
        return reduce(lambda a, b: a | b, parts, self.manager.false)

    def negate(self, part: Any) -> Any:
        return ~part


class Columns:
    """One Boolean per situation."""

    def __init__(self, space: Space) -> None:
        import numpy as np

        self.np = np
        self.places: dict[str, tuple[int, int]] = {}
        place = 0
        for name in space.names:
            width = bits_of(len(space.domains[name]))
            self.places[name] = place, width
            place += width
        self.numbers = np.arange(1 << place, dtype=np.uint32)

    def literal(self, name: str, places: Iterable[int]) -> Any:
        shift, width = self.places[name]
        value = self.numbers >> shift & ((1 << width) - 1)
        return reduce(lambda a, b: a | b, [value == place for place in places])

    def all_of(self, parts: Sequence[Any]) -> Any:
        return reduce(lambda a, b: a & b, parts)

    def any_of(self, parts: Sequence[Any]) -> Any:
        return reduce(lambda a, b: a | b, parts)

    def negate(self, part: Any) -> Any:
        return ~part


def clocked(act: Callable[[], Any], runs: int) -> float:
    """Give the median seconds of one call."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def peak(act: Callable[[], Any]) -> int:
    """Give the greatest number of bytes held during one call."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def half_answered(procedure: Procedure) -> kb.Case:
    """Answer every other fact of a procedure, in a way that is possible."""
    rng, space = random.Random(1), space_of(procedure)
    asked = list(procedure.of(Fact).items())[::2]
    while True:
        facts = {name: rng.choice(fact.domain) for name, fact in asked}
        if not space.contradictions(facts):
            return kb.Case.known(procedure, facts=facts)


def measured(title: str, procedure: Procedure, runs: int) -> None:
    """Print the lines of one register."""
    space, roots = compiled(procedure)
    bits = sum(bits_of(len(domain)) for domain in space.domains.values())
    compiling = clocked(lambda: compiled(procedure), runs)
    print(
        f"\n{title}: {bits} binary variables in {len(space.domains)}, "
        f"{len(procedure.of(Requirement))} conditions and norms "
        f"({len(procedure.of(Norm))} norms)"
    )
    held, used = nodes(space, roots), peak(lambda: compiled(procedure))
    print(f"  compile            {shown(compiling):>9}   {_memory(used):>9}   {held} nodes")
    for name, case_of in (("empty case", kb.Case), ("half-answered", half_answered)):
        fresh = copy(procedure)
        case = case_of(fresh)
        space_of(fresh)
        first = clocked(lambda case=case: kb.assess(case), 1)
        again = clocked(lambda case=case: kb.assess(case), runs)
        other = case_of(copy(procedure))
        used = peak(lambda case=other: kb.assess(case))
        print(
            f"  assess {name:<13} {shown(first):>7} first {shown(again):>7} next "
            f" {_memory(used):>9}"
        )
    checking = clocked(lambda: kb.check(copy(procedure)), max(1, runs // 3))
    used = peak(lambda: kb.check(copy(procedure)))
    print(f"  check              {shown(checking):>9}   {_memory(used):>9}")
    _against_dd(procedure, space, compiling, runs)
    if bits <= MOST_BITS_OF_COLUMNS:
        _against_columns(procedure, space, compiling)


def _against_dd(procedure: Procedure, space: Space, compiling: float, runs: int) -> None:
    def build() -> tuple[DiagramsOfDd, dict[str, Any]]:
        how = DiagramsOfDd(space)
        return how, Functions(procedure, space.domains, how).all()

    try:
        how, held = build()
    except ImportError:
        print("  dd.autoref         left out: not installed")
        return
    how.manager.collect_garbage()
    size = len(how.manager)
    # The manager complains when it goes while diagrams are still held.
    held.clear()
    taken = clocked(lambda: build()[1].clear(), runs)
    print(
        f"  dd.autoref         {shown(taken):>9}   {size} nodes   "
        f"ours takes {compared(compiling / taken)} of its time"
    )


def _against_columns(procedure: Procedure, space: Space, compiling: float) -> None:
    try:
        how = Columns(space)
    except ImportError:
        print("  numpy columns      left out: not installed")
        return
    taken = clocked(lambda: Functions(procedure, space.domains, how).all(), 1)
    for name, column in Functions(procedure, space.domains, how).all().items():
        if name in procedure.nodes and isinstance(procedure.nodes[name], Requirement):
            count = space.diagrams.count(space.holds(name), space.index.values())
            if count != int(column.sum()):
                raise SystemExit(
                    f"{name}: {count} situations for the kit, {column.sum()} for numpy"
                )
    print(
        f"  numpy columns      {shown(taken):>9}   {len(how.numbers):,} situations   "
        f"ours takes {compared(compiling / taken)} of its time"
    )


def _memory(size: int) -> str:
    return f"{size / 1024:.0f} KiB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="BITS")
    parser.add_argument("--seed", type=int, default=1, help="of the generated registers")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, up to 24 variables")
    arguments = parser.parse_args()
    runs = 3 if arguments.quick else 9
    sizes = [size for size in arguments.sizes if size <= 24 or not arguments.quick]
    measured("the real register", kb.open_procedure(), runs)
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"monde_{size}.toml"
            path.write_text(register(size, arguments.seed), encoding="utf-8")
            measured(f"generated register {size}", kb.open_procedure(path), runs)


if __name__ == "__main__":
    main()
