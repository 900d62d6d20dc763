"""From the answers about all situations to sentences and lists in one language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from traite_kb.explanation.answers.glossary import words
from traite_kb.explanation.answers.of_a_case import (
    tell_changes,
    tell_question,
    tell_reasons,
    tell_robustness,
)
from traite_kb.explanation.answers.of_all import (
    as_csv,
    tell_counts,
    tell_difference,
    tell_listing,
    tell_regions,
    tell_twins,
)
from traite_kb.explanation.answers.telling import Entry, Telling
from traite_kb.questions import (
    Changes,
    Counts,
    Difference,
    Listing,
    NextQuestion,
    Reasons,
    Regions,
    Robustness,
    Twins,
)

__all__ = ["Answer", "Entry", "Telling", "as_csv", "tell", "tell_changes", "words"]

Answer = (
    Listing | Reasons | Changes | NextQuestion | Robustness | Counts | Regions | Twins | Difference
)
"""What a question about situations gives."""

_TELLERS: dict[type, Callable[[Any, str], Telling]] = {
    Reasons: tell_reasons,
    Changes: tell_changes,
    NextQuestion: tell_question,
    Robustness: tell_robustness,
    Counts: tell_counts,
    Regions: tell_regions,
    Twins: tell_twins,
    Listing: tell_listing,
    Difference: tell_difference,
}


def tell(answer: Answer, lang: str = "fr") -> Telling:
    """Tell the answer to a question in sentences and lists.

    Parameters
    ----------
    answer : Answer
        What ``why``, ``change``, ``ask``, ``robust``, ``count``, ``regions``, ``twins``,
        ``listing`` or ``diff`` gave.
    lang : str
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> print(tell(kb.why(case, "premiere_carte"), "en"))
    First one-year card: why?
    Result: Outside this procedure.
    This is enough to tell; none of these answers is superfluous.
      • nationality: European Union (France aside), European Economic Area or Switzerland
    """
    return _TELLERS[type(answer)](answer, lang)
