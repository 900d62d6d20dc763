"""traite_kb: explore a French procedure as a graph of steps and conditions, exactly and honestly.

Verbs: :func:`open_procedure`, :func:`open_case`, :func:`check`, :func:`assess`, :func:`settle`,
:func:`compare`, :func:`explain`, :func:`pathway`, :func:`draw`, :func:`explore`, :func:`to_graph`;
about sources: :func:`cite`, :func:`with_source`, :func:`decisions`; and, about every situation at
once: :func:`why`, :func:`change`, :func:`ask`, :func:`robust`, :func:`count`, :func:`regions`,
:func:`twins`, :func:`diff`, :func:`listing`, told by :func:`tell`.
Nouns: :class:`Procedure`, :class:`Case`, :class:`Assessment`, :class:`Truth`.

Examples
--------
>>> import traite_kb as kb
>>> proc = kb.open_procedure()
>>> kb.assess(kb.Case(proc, nationalite="autre"))["premiere_carte"].conclusion
'a_verifier'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traite_kb.case import Case
    from traite_kb.casefile import open_case
    from traite_kb.checks import check
    from traite_kb.citations import cite
    from traite_kb.drawing import draw
    from traite_kb.explanation import explain
    from traite_kb.explanation.answers import as_csv, tell, words
    from traite_kb.graph import to_graph
    from traite_kb.knowledge import open_procedure, procedures, with_source
    from traite_kb.knowledge.decisions import decisions
    from traite_kb.model import Procedure
    from traite_kb.pathways import pathway
    from traite_kb.problems import CaseError, KnowledgeError, TraiteError
    from traite_kb.questions import (
        ask,
        change,
        count,
        diff,
        listing,
        regions,
        robust,
        twins,
        why,
    )
    from traite_kb.reasoning import Assessment, assess, compare, settle
    from traite_kb.truth import Truth
    from traite_kb.widgets import explore

__version__ = "0.1.0"

# Loaded on first use: a kernel that never draws does not pay for matplotlib.
_HOMES = {
    "Assessment": "reasoning",
    "Case": "case",
    "CaseError": "problems",
    "KnowledgeError": "problems",
    "Procedure": "model",
    "TraiteError": "problems",
    "Truth": "truth",
    "as_csv": "explanation.answers",
    "ask": "questions",
    "assess": "reasoning",
    "change": "questions",
    "check": "checks",
    "cite": "citations",
    "compare": "reasoning",
    "count": "questions",
    "decisions": "knowledge",
    "diff": "questions",
    "draw": "drawing",
    "explain": "explanation",
    "explore": "widgets",
    "listing": "questions",
    "open_case": "casefile",
    "open_procedure": "knowledge",
    "pathway": "pathways",
    "procedures": "knowledge",
    "regions": "questions",
    "robust": "questions",
    "settle": "reasoning",
    "tell": "explanation.answers",
    "to_graph": "graph",
    "twins": "questions",
    "why": "questions",
    "words": "explanation.answers",
    "with_source": "knowledge",
}

__all__ = [
    "Assessment",
    "Case",
    "CaseError",
    "KnowledgeError",
    "Procedure",
    "TraiteError",
    "Truth",
    "as_csv",
    "ask",
    "assess",
    "change",
    "check",
    "cite",
    "compare",
    "count",
    "decisions",
    "diff",
    "draw",
    "explain",
    "explore",
    "listing",
    "open_case",
    "open_procedure",
    "pathway",
    "procedures",
    "regions",
    "robust",
    "settle",
    "tell",
    "to_graph",
    "twins",
    "why",
    "words",
    "with_source",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'traite_kb' has no attribute {name!r}")
    value = getattr(import_module(f"traite_kb.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
