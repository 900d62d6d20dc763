"""Why a result is what it is: the smallest sets of answers that are enough for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import Matter
from traite_kb.questions.outlook import asked, head
from traite_kb.reasoning import situations_of


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Why a case has its outcome.

    ``outcome`` is empty when the answers do not settle it; ``possible`` then lists what they
    leave open, ``missing`` and ``depends_on`` what it still hangs on. Each of ``reasons``, taken
    alone, is enough for the outcome in every possible situation, and no part of it is.
    """

    case: Case
    matter: Matter
    possible: tuple[str, ...]
    reasons: tuple[frozenset[str], ...]
    missing: tuple[str, ...]
    depends_on: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """The outcome, or the empty string when it is not settled."""
        return self.possible[0] if len(self.possible) == 1 else ""

    @property
    def always(self) -> frozenset[str]:
        """The answers that are part of every reason: without them, nothing here is settled."""
        return frozenset.intersection(*self.reasons) if self.reasons else frozenset()

    @property
    def idle(self) -> tuple[str, ...]:
        """The answers that are part of no reason."""
        used = frozenset().union(*self.reasons)
        return tuple(n for n in self.case.answers if n not in used) if self.reasons else ()

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        answers = self.case.answers
        return {
            **head(self.case, self.matter),
            "outcome": self.outcome or None,
            "possible": list(self.possible),
            "reasons": [{n: answers[n] for n in answers if n in part} for part in self.reasons],
            "always": [name for name in answers if name in self.always],
            "missing": list(self.missing),
            "depends_on": list(self.depends_on),
        }


def why(case: Case, about: str, *, refusal: bool = False) -> Reasons:
    """Tell why a case has its outcome: every smallest set of answers that is enough for it.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: ask whether a refusal is possible, rather than for the conclusion.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse", age="majeur")
    >>> why(case, "premiere_carte").reasons
    (frozenset({'nationalite'}),)
    """
    matter = asked(case, about, refusal)
    view = situations_of(case)
    possible = view.outcomes(matter)
    settled = len(possible) == 1
    return Reasons(
        case,
        matter,
        possible,
        tuple(view.reasons(matter.classes[possible[0]])) if settled else (),
        view.missing(matter),
        view.depends_on(matter),
    )
