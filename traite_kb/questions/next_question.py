"""What to ask next, so that few questions are left; and how many there can be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.matters import Matter
from traite_kb.model import Fact, Value
from traite_kb.problems import CaseError, Origin, Problem, did_you_mean, problem
from traite_kb.questions.interview import Interview, OutOfBudgetError
from traite_kb.questions.outlook import head, outlook_of
from traite_kb.reasoning import situations_of

Weights = Mapping[str, Mapping[Value, float]]
"""How likely each answer to a fact is, against its other answers."""

BUDGET = 1500
"""States that each exact search may look at: a second or two."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What one answer leaves: its chance, the outcomes still possible, and the questions left."""

    value: Value
    chance: float
    possible: tuple[str, ...]
    most: int

    def as_json(self) -> dict[str, Any]:
        """Give the branch in the shape of ``docs/json.md``."""
        return {
            "value": self.value,
            "chance": self.chance,
            "possible": list(self.possible),
            "most": self.most,
        }


@dataclass(frozen=True, slots=True, eq=False)
class NextQuestion:
    """The best next question about a matter.

    ``fact`` is empty when no answer can change the outcome any more. ``most`` is the number of
    questions after which this interview always ends; no interview always ends before ``least``.
    ``expected`` is its length on average; it is the shortest there is when ``is_shortest``.
    ``branches`` tell why it is asked: what each answer leaves.
    """

    case: Case
    matter: Matter
    fact: str
    most: int
    least: int
    expected: float
    is_shortest: bool
    branches: tuple[Branch, ...]

    @property
    def is_proven(self) -> bool:
        """Whether it is proven that no interview has a better worst case."""
        return self.most == self.least

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "fact": self.fact or None,
            "most": self.most,
            "least": self.least,
            "proven": self.is_proven,
            "expected": self.expected,
            "shortest": self.is_shortest,
            "branches": [branch.as_json() for branch in self.branches],
        }


def ask(
    case: Case,
    about: str,
    *,
    refusal: bool = False,
    weights: Weights | None = None,
    budget: int = BUDGET,
) -> NextQuestion:
    """Choose the next question: the fewest in the worst case, then the fewest on average.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: ask about the possible refusal, rather than the conclusion.
    weights : mapping of str to (mapping of Value to float), optional
        How likely each answer to a fact is, against its other answers, each fact by itself. Facts
        that are left out have answers that are all alike.
    budget : int
        The number of states that each exact search may look at. Beyond it the question is a good
        one, and the answer says that it is not proven to be the best.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name, the answers contradict each other, or
        the weights are not those of facts.

    Examples
    --------
    >>> import traite_kb as kb
    >>> found = ask(kb.Case(kb.open_procedure()), "etranger")
    >>> found.fact, found.most, found.is_proven
    ('nationalite', 1, True)
    """
    _check(case, weights or {})
    outlook = outlook_of(case, about, refusal)
    search = Search(Interview(outlook, weights or {}), budget)
    variable, most, least, expected, is_shortest = search.best()
    if variable < 0:
        return NextQuestion(case, outlook.matter, "", 0, 0, 0.0, True, ())
    name = outlook.space.names[variable]
    branches = []
    for value, (chance, left) in search.answers(variable).items():
        answer = outlook.space.domains[name][value]
        possible = situations_of(case.but(**{name: answer})).outcomes(outlook.matter)
        branches.append(Branch(answer, chance, possible, search.left(left, most - 1)))
    return NextQuestion(
        case, outlook.matter, name, most, least, expected, is_shortest, tuple(branches)
    )


def _check(case: Case, weights: Weights) -> None:
    facts = case.procedure.of(Fact)
    problems: list[Problem] = []
    place = Origin("weights")
    for name, given in weights.items():
        fact = facts.get(name)
        if fact is None:
            problems.append(problem("E601", place, name, near=did_you_mean(name, facts)))
            continue
        for value in given:
            if value not in fact.domain or type(value) is not type(fact.domain[0]):
                known = ", ".join(str(v).lower() for v in fact.domain)
                problems.append(problem("E603", place, name, value=value, known=known))
        numbers = list(given.values())
        if not all(_is_weight(number) for number in numbers) or sum(numbers) <= 0:
            problems.append(problem("E616", place, name))
    if problems:
        raise CaseError(problems)


def _is_weight(number: object) -> bool:
    return isinstance(number, (int, float)) and 0 <= number < math.inf


class Search:
    """Looks for the best question of an interview, and settles for a good one in time."""

    def __init__(self, interview: Interview, budget: int) -> None:
        self._interview, self._budget = interview, budget
        self._start = interview.start

    def best(self) -> tuple[int, int, int, float, bool]:
        """Give the question, the worst case, what is proven of it, the length, if it is shortest.

        The question is -1 when nothing is left to ask.
        """
        interview, start = self._interview, self._start
        if not interview.moves(start):
            return -1, 0, 0, 0.0, True
        most, length, first = interview.followed(start)
        least = interview.spared(most)
        least, most = self._narrowed(least, most)
        interview.allow(self._budget)
        try:
            found, variable = interview.expected(start, most)
            return variable, most, least, found, True
        except OutOfBudgetError:
            rolled = self._rolled(most)
            interview.allow(math.inf)
            return (
                (*rolled[:1], most, least, *rolled[1:], False)
                if rolled
                else (first, interview.followed(start)[0], least, length, False)
            )

    def _narrowed(self, least: int, most: int) -> tuple[int, int]:
        """Prove as much of the worst case as the budget allows."""
        interview, start = self._interview, self._start
        interview.allow(self._budget)
        try:
            while least < most and not interview.ends_within(start, least):
                least += 1
        except OutOfBudgetError:
            return least, most
        return least, least

    def _rolled(self, most: int) -> tuple[int, float] | None:
        """Choose the question after which following good questions is shortest."""
        interview = self._interview
        interview.allow(self._budget)
        ranked = []
        for variable, outcomes in interview.moves(self._start).items():
            try:
                ends = [(chance, *interview.followed(left)[:2]) for chance, left in outcomes]
            except OutOfBudgetError:
                break
            if 1 + max(worst for _, worst, _ in ends) <= most:
                length = 1 + sum(chance * length for chance, _, length in ends)
                ranked.append((round(length, 9), variable))
        if not ranked:
            return None
        length, variable = min(ranked)
        return variable, length

    def answers(self, variable: int) -> dict[int, tuple[float, tuple[int, ...]]]:
        """Give, for each possible answer to a question, its chance and the state it leads to."""
        return self._interview.answers(self._start, variable)

    def left(self, state: tuple[int, ...], most: int) -> int:
        """Give the number of questions after which the interview always ends from here."""
        interview = self._interview
        interview.allow(math.inf)
        found = min(most, interview.followed(state)[0])
        interview.allow(self._budget // 20)
        try:
            while found and interview.ends_within(state, found - 1):
                found -= 1
        except OutOfBudgetError:
            pass
        interview.allow(math.inf)
        return found
