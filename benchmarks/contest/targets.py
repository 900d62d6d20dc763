"""What the kit aims at, as ratios within one run.

A ratio of times is reached when it is reached both by the medians and by the least times: on a busy
machine, medians favour whoever was disturbed less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contest import OURS, rules
from contest.agreement import ALL
from contest.interview import Interview, Length
from contest.measure import Time, compared

PROBES = {"p1": "unknown", "p2": "true", "p3": frozenset({"b"})}
ABOUT = (*rules.SCOPE, *rules.CONDITIONS, *rules.EXCEPTION)
"""The facts on which the conclusion depends: the grounds for refusal are asked about apart."""


@dataclass(frozen=True)
class Target:
    """Two operations to compare, and how their ratio should be."""

    title: str
    ours: str
    theirs: str
    peer: str
    most: float = 0
    """The ratio of our time to theirs is this at most; or else …"""
    least: float = 0
    """… ours is this many times faster at least."""

    def told(self, taken: dict[tuple[str, str], Time]) -> str:
        """Tell the ratio, and whether the target is reached."""
        here, there = taken.get((self.ours, OURS)), taken.get((self.theirs, self.peer))
        if self.most or self.least:
            bound = f"at most {self.most:g}" if self.most else f"at least {self.least:g}"
            line = f"TARGET {self.title}: {bound} · "
        else:
            line = f"beside {self.title} · "
        if here is None or there is None:
            return line + "not measured"
        ratios = [here.median / there.median, here.least / there.least]
        if "times faster" in self.title:
            ratios = [1 / ratio for ratio in ratios]
        good = all(ratio >= self.least if self.least else ratio <= self.most for ratio in ratios)
        middle, least = map(compared, ratios)
        line += f"{middle} (of the least times: {least})"
        return f"{line} · {_word(good)}" if self.most or self.least else line


TARGETS = (
    Target(
        "1  full answer, complete case / bare value by publicodes",
        "full", "one", "publicodes", most=0.1,
    ),
    Target(
        "1  full answer, 3 facts of 16 known / bare value by publicodes",
        "full partial", "value", "publicodes", most=0.1,
    ),
    Target(
        "2  whole space, times faster than numpy (the outcome of each situation)",
        "whole", "whole", "numpy, one column", least=10,
    ),
    Target(
        "3  whole verification / one pass of numpy (the outcome of each situation)",
        "verify", "whole", "numpy, one column", most=10,
    ),
    Target(
        "4  all smallest changes / clingo, grounded once",
        "changes", "changes", "clingo", most=1,
    ),
)  # fmt: skip


BESIDE = (
    Target(
        "whole space, times faster than numpy when it stops at four Boolean columns",
        "whole", "whole", "numpy columns",
    ),
    Target(
        "whole verification / one pass of numpy that stops at four Boolean columns",
        "verify", "whole", "numpy columns",
    ),
)  # fmt: skip
"""Not aimed at: how far the same operations are from a lighter use of the peer."""


def told(ready: dict[str, Any], taken: dict[tuple[str, str], Time]) -> Iterator[str]:
    """Tell each target, what was measured, and whether it was reached."""
    yield from _probes(ready)
    yield ""
    yield from (target.told(taken) for target in TARGETS)
    yield from (beside.told(taken) for beside in BESIDE)
    yield from _interviews(ready.get(OURS))
    if OURS in ready:
        right = [_answer(ready[OURS], probe) == wanted for probe, wanted in PROBES.items()]
        yield f"TARGET 6  probes P1, P2, P3 right · {sum(right)} of 3 · {_word(all(right))}"


def _word(good: bool) -> str:
    return "reached" if good else "missed"


def _answer(contestant: Any, probe: str) -> Any:
    return getattr(contestant, probe)() if hasattr(contestant, probe) else None


def _probes(ready: dict[str, Any]) -> Iterator[str]:
    yield (
        "probes: P1 all but one ground known, none against (right: unknown) · "
        "P2 (a and b) or (a and not b), a true (right: true) · "
        "P3 what matters in (a or b) and (not a or b) (right: b)"
    )
    for name, contestant in ready.items():
        answers = []
        for probe, wanted in PROBES.items():
            found = _answer(contestant, probe)
            if found is None:
                answers.append(f"{'–':<30}")
                continue
            text = ", ".join(sorted(found)) if isinstance(found, frozenset) else found
            right = found == wanted or text.startswith((f"{wanted} ", "raises"))
            answers.append(f"{text if right else text + '  (wrong)':<30}")
        if any(answer.strip() != "–" for answer in answers):
            yield f"  {name:<18} {' '.join(answers).rstrip()}"


def _interviews(ours: Any) -> Iterator[str]:
    # Whatever the grounds are, the conclusion is that of the same case without any.
    table = [rules.conclusion(outcome) for outcome in ALL[: 1 << len(ABOUT)]]
    about = Interview(ABOUT, table)
    greedy = about.length(about.greedy, rules.PRIOR)
    yield ""
    yield f"interview about the conclusion ({len(ABOUT)} facts)"
    yield f"  shortest there is     {about.best(rules.PRIOR)}"
    yield f"  greedy                {greedy}"
    yield f"  declared order        {about.length(about.declared, rules.PRIOR)}"
    what = "TARGET 5  interview never longer than greedy"
    if hasattr(ours, "asking"):
        even = about.followed(ours.asking(None), rules.PRIOR)
        likely = about.followed(ours.asking(rules.PRIOR), rules.PRIOR)
        mine = Length(even.uniform, likely.prior, max(even.worst, likely.worst))
        yield f"  ours                  {mine}"
        what += f" · {_word(mine.no_longer_than(greedy))}"
    else:
        what += " · not measured"
    everything = Interview(rules.FACTS, ALL, rules.GROUNDS)
    yield f"interview about the conclusion and refusal together ({len(rules.FACTS)} facts)"
    yield f"  shortest there is     {everything.best(rules.PRIOR)}"
    yield f"  greedy                {everything.length(everything.greedy, rules.PRIOR)}"
    yield f"  declared order        {everything.length(everything.declared, rules.PRIOR)}"
    yield ""
    yield what
