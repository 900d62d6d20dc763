"""Questions about every situation at once: why, what would change it, what to ask, how many."""

from traite_kb.questions.changes import Changes, change
from traite_kb.questions.counts import Counts, count
from traite_kb.questions.decision_table import Regions, regions
from traite_kb.questions.difference import Difference, diff
from traite_kb.questions.grid import Listing, listing
from traite_kb.questions.next_question import NextQuestion, ask
from traite_kb.questions.pairs import Twins, twins
from traite_kb.questions.reasons import Reasons, why
from traite_kb.questions.robustness import Robustness, robust

__all__ = [
    "Changes",
    "Counts",
    "Difference",
    "Listing",
    "NextQuestion",
    "Reasons",
    "Regions",
    "Robustness",
    "Twins",
    "ask",
    "change",
    "count",
    "diff",
    "listing",
    "regions",
    "robust",
    "twins",
    "why",
]
