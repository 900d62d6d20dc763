"""The words of facts, values and outcomes, as answers to questions need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from traite_kb.case import Case
from traite_kb.explanation.answers.telling import Entry
from traite_kb.explanation.teller import headline
from traite_kb.matters import Matter
from traite_kb.model import Fact, Norm, Point, Procedure, Stage, Value
from traite_kb.space import OPEN
from traite_kb.wording import listing, number, say, typeset

_IN_A_LINE = 4


class Words:
    """Says the things of one procedure in one language."""

    def __init__(self, procedure: Procedure, lang: str) -> None:
        self.procedure, self.lang = procedure, lang

    def say(self, key: str, /, **values: object) -> str:
        """Say one sentence of the program."""
        return say(key, self.lang, **values)

    def label(self, name: str) -> str:
        """Say the label of a node."""
        return typeset(self.procedure.label_of(name, self.lang), self.lang)

    def number(self, value: float, digits: int = 0) -> str:
        """Say a number."""
        return number(value, self.lang, digits)

    def situations(self, many: int) -> str:
        """Say a number of situations."""
        return self.say(
            "answer.situation" if many == 1 else "answer.situations", n=self.number(many)
        )

    def value(self, name: str, value: Value) -> str:
        """Say an answer to a fact, or a reading of a point."""
        node = self.procedure.nodes[name]
        if isinstance(node, Point):
            return typeset(node.readings[str(value)].label[self.lang], self.lang)
        if isinstance(node, Fact) and not isinstance(value, bool):
            return typeset(node.values[value][self.lang], self.lang)
        return self.say("answer.yes" if value else "answer.no")

    def values(self, name: str, values: Iterable[Value]) -> str:
        """Say that one of several answers is given, or which ones are not when that is shorter."""
        given = list(values)
        listed = listing([self.value(name, value) for value in given], self.lang, "or")
        node = self.procedure.nodes[name]
        domain = node.domain if isinstance(node, Fact) else ()
        others = [self.value(name, value) for value in domain if value not in given]
        if not others or len(given) < 2:
            return listed
        quoted = typeset(listing([f"« {value} »" for value in others], self.lang), self.lang)
        left = self.say("answer.except", values=quoted)
        return left if len(left) < len(listed) else listed

    def answer(self, name: str, *values: Value) -> str:
        """Say a fact with its answer, or a point with its reading."""
        point = isinstance(self.procedure.nodes[name], Point)
        key = "answer.read" if point else "answer.given"
        return self.say(key, what=self.label(name), value=self.values(name, values))

    def answers(self, given: Mapping[str, Value]) -> str:
        """Say several facts with their answers."""
        return self.row({name: (value,) for name, value in given.items()})

    def row(self, when: Mapping[str, tuple[Value, ...]]) -> str:
        """Say a condition: several facts, each with the answers that it may have."""
        if not when:
            return self.say("answer.whatever")
        return self.say("answer.and").join(self.answer(name, *v) for name, v in when.items())

    def about(self, matter: Matter) -> str:
        """Say what is asked about."""
        label = self.label(matter.name)
        return self.say("answer.refusal_of", stage=label) if matter.refusal else label

    def outcome(self, matter: Matter, outcome: str) -> str:
        """Say an outcome, as one that a situation has whatever is not yet known."""
        return self.outcome_of(matter.name, matter.refusal, outcome)

    def outcome_of(self, name: str, refusal: bool, outcome: str) -> str:
        """Say an outcome of a stage, its refusal, or anything that can hold."""
        node = self.procedure.nodes[name]
        if outcome == OPEN:
            return self.say("answer.disputed")
        if refusal:
            return self.say(f"answer.refusal_{outcome}")
        if isinstance(node, Stage):
            return headline(node, outcome, self.lang)
        if isinstance(node, Norm):
            return self.say("applies.yes" if outcome == "true" else "applies.no")
        return self.say("truth.yes" if outcome == "true" else "truth.no")

    def outcomes(self, matter: Matter, names: Iterable[str]) -> str:
        """Say several outcomes, any of which may be."""
        words = [f"« {self.outcome(matter, name)} »" for name in names]
        return typeset(listing(words, self.lang, "or"), self.lang)

    def points(self, names: Iterable[str]) -> str:
        """Say disputed points, one after the other."""
        return " ".join(self.label(name) for name in names)

    def several(self, given: Mapping[str, Value], lead: str = "") -> Entry:
        """Say several facts with their answers, one under the other when there are many."""
        if len(given) <= _IN_A_LINE:
            text = self.answers(given)
            return Entry(self.say("answer.lead", lead=lead, answers=text) if lead else text)
        lines = tuple(Entry(self.answer(name, value)) for name, value in given.items())
        return Entry(lead or self.say("answer.these"), lines)

    def unknown(self, case: Case, given: Mapping[str, Value]) -> str:
        """Say those of several answers that a case does not hold already."""
        return self.answers(self.new(case, given))

    @staticmethod
    def new(case: Case, given: Mapping[str, Value]) -> dict[str, Value]:
        """Keep those of several answers that a case does not hold already."""
        return {n: value for n, value in given.items() if n not in case.facts}

    def among(self, case: Case) -> tuple[str, ...]:
        """Say which answers and readings of the case hold in all the situations looked at."""
        known = (self.say("answer.among", answers=self.answers(case.facts)),) if case.facts else ()
        return (*known, *self.assumed(case))

    def assumed(self, case: Case) -> tuple[str, ...]:
        """Say which side the case takes on disputed points."""
        return tuple(
            self.say("point.taken", point=self.label(name), reading=self.value(name, chosen))
            for name, chosen in case.readings.items()
        )
