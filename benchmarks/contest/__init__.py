"""The contest: the same sixteen-fact rules, told to each engine in its own natural way.

One module per contestant, each with one class. A contestant offers what it does naturally, and
leaves out the rest:

``one(case)``      the outcome of a complete case
``partial(case)``  the outcomes that an incomplete case leaves possible
``whole()``        every situation at once, in whatever form it holds them
``counts(held)``   how many situations have each outcome, from that form
``changes(case)``  every inclusion-minimal set of facts whose change makes a case eligible
``full(case)``     a complete explanation of a case, and ``told(case)`` the outcome that it tells
``verify()``       the whole verification of the rules
``asking(odds)``   a way of asking about the conclusion, short for these odds (``None``: even)
``p1 p2 p3``       the probes: see ``rules``

A contestant that lives in another process times itself: ``batch(cases, times)`` gives the seconds.
"""

from __future__ import annotations

import time
from importlib import import_module

CONTESTANTS = {
    "if-chain": "if_chain:IfChain",
    "numpy columns": "numpy_columns:Columns",
    "numpy, one column": "numpy_columns:Select",
    "numpy, 64 a word": "numpy_columns:Words",
    "openfisca-core": "openfisca:OpenFisca",
    "publicodes": "publicodes_node:Publicodes",
    "zen-engine": "gorules:Zen",
    "pyDMNrules": "dmn:Dmn",
    "clingo": "answer_sets:Clingo",
    "python-sat": "satisfiability:Sat",
    "dd.autoref": "decision_diagrams:Autoref",
    "dd.cudd": "decision_diagrams:Cudd",
    "ours": "ours:Ours",
}
OURS = "ours"


class MissingPeerError(Exception):
    """A contestant that cannot take part here, and why."""


def load(name: str) -> tuple[object, float]:
    """Give a contestant, ready, and the seconds that it took to be imported and built."""
    module, _, kind = CONTESTANTS[name].partition(":")
    start = time.perf_counter()
    try:
        contestant = getattr(import_module(f"contest.{module}"), kind)()
    except ImportError as error:
        if name == OURS:
            raise
        raise MissingPeerError(f"not installed ({error.name or error})") from error
    return contestant, time.perf_counter() - start
