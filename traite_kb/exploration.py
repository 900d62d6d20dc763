"""An exploration: one question at a time, with every answer open to change. No widget, no HTML.

The questions asked are only those that can still change what is explored: a stage's conclusion,
its grounds for refusal, or, for the whole pathway, the state of a step or a right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from traite_kb.case import Case
from traite_kb.matters import matter_of
from traite_kb.model import Constraint, Fact, Procedure, Right, Stage, Step, Value
from traite_kb.reasoning import Assessment, assess, situations_of
from traite_kb.space import space_of

EVERYTHING = "tout"
"""The focus that explores every stage and every step."""


@dataclass(frozen=True)
class Option:
    """One answer that a question offers; ``clash`` names the constraint that rules it out now."""

    value: Value
    clash: str = ""


@dataclass(frozen=True)
class Question:
    """A question as it stands: its fact, its answers, its number and the most there can be."""

    fact: Fact
    options: tuple[Option, ...]
    number: int
    most: int
    chosen: Value | None
    skipped: bool


@dataclass(frozen=True)
class Exploration:
    """Where someone stands in exploring a situation; every move gives a new exploration.

    Parameters
    ----------
    case : Case
        The answers so far.
    focus : str
        The stage explored, or :data:`EVERYTHING`.
    asked : tuple of str
        The facts answered or skipped, in the order in which they were.
    at : str
        A fact whose question was opened again, or the empty string.
    """

    case: Case
    focus: str = EVERYTHING
    asked: tuple[str, ...] = ()
    at: str = ""

    @property
    def procedure(self) -> Procedure:
        """The procedure explored."""
        return self.case.procedure

    @cached_property
    def assessment(self) -> Assessment:
        """What the answers settle."""
        return assess(self.case)

    @property
    def skipped(self) -> frozenset[str]:
        """The facts answered by « I do not know »."""
        return frozenset(name for name in self.asked if name not in self.case.facts)

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """The facts still worth asking, in the order of the register."""
        wanted: list[str] = []
        for name, finding in self.assessment.stages.items():
            if self.focus in (EVERYTHING, name):
                wanted += finding.missing
        for name, finding in self.assessment.stages.items():
            if self.focus in (EVERYTHING, name):
                wanted += finding.refusal_missing
        if self.focus == EVERYTHING:
            view = situations_of(self.case)
            wanted += [name for name in self._pathway_facts() if view.open(name)]
            wanted.sort(key=list(self.procedure.of(Fact)).index)
        open_ones = [name for name in wanted if name not in self.asked]
        return tuple(dict.fromkeys(name for name in open_ones if name not in self.case.facts))

    def _left(self) -> set[str]:
        """Every fact that could still be asked: more answers never make the set larger."""
        view = situations_of(self.case)
        names = {name for name in self._pathway_facts() if view.open(name)}
        names = names if self.focus == EVERYTHING else set()
        for stage in self.procedure.of(Stage).values():
            if self.focus in (EVERYTHING, stage.id):
                for refusal in (False, True):
                    matter = matter_of(self.procedure, stage.id, refusal=refusal)
                    names.update(view.may_matter(matter))
        return names - set(self.asked) - set(self.case.facts)

    def _pathway_facts(self) -> list[str]:
        space = space_of(self.procedure)
        refs = [r for step in self.procedure.of(Step).values() for r in step.done_when]
        refs += [r for step in self.procedure.of(Step).values() for r in step.moot_when]
        refs += [r for right in self.procedure.of(Right).values() for r in right.holds_when]
        names: set[str] = set()
        for ref in refs:
            names |= {space.names[i] for i in space.diagrams.support(space.holds(ref))}
        return [name for name in self.procedure.of(Fact) if name in names]

    @property
    def question(self) -> Question | None:
        """The question now on the screen, or none when all that matters was asked."""
        name = self.at or (self.pending[0] if self.pending else "")
        if not name:
            return None
        fact = self.procedure.of(Fact)[name]
        number = self.asked.index(name) + 1 if name in self.asked else len(self.asked) + 1
        return Question(
            fact,
            tuple(Option(value, self._clash(name, value)) for value in fact.domain),
            number,
            len(self.asked) + len(self._left()),
            self.case.facts.get(name),
            name in self.skipped,
        )

    def _clash(self, name: str, value: Value) -> str:
        space = space_of(self.procedure)
        others = {n: v for n, v in self.case.facts.items() if n != name}
        broken = space.contradictions({**others, name: value})
        return broken[0] if broken else ""

    def answer(self, value: Value | None) -> Exploration:
        """Answer the question on the screen; ``None`` is « I do not know ».

        An answer that contradicts the others is not taken: the exploration stays where it is.
        """
        question = self.question
        if question is None:
            return self
        name = question.fact.id
        if value is not None and self._clash(name, value):
            return self
        asked = self.asked if name in self.asked else (*self.asked, name)
        return replace(self, case=self.case.but(**{name: value}), asked=asked, at="")

    def back(self) -> Exploration:
        """Go back to the question before this one; its answer stays until it is changed."""
        question = self.question
        place = self.asked.index(self.at) if self.at in self.asked else len(self.asked)
        if not self.asked or (question is not None and place == 0):
            return self
        return replace(self, at=self.asked[place - 1])

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier question."""
        return self.back() is not self

    def revise(self, name: str) -> Exploration:
        """Open one question again, asked before or not."""
        return replace(self, at=name if name in self.procedure.of(Fact) else "")

    def look_at(self, focus: str) -> Exploration:
        """Explore another stage with the same answers."""
        known = focus == EVERYTHING or focus in self.procedure.of(Stage)
        return replace(self, focus=focus if known else self.focus, at="")

    def erase(self) -> Exploration:
        """Forget every answer."""
        return Exploration(Case(self.procedure), self.focus)


def constraint_label(procedure: Procedure, name: str, lang: str) -> str:
    """Tell in one language why a combination of answers cannot occur."""
    constraint = procedure.of(Constraint)[name]
    return constraint.label[lang]


def begin(procedure: Procedure, focus: str = "") -> Exploration:
    """Begin an exploration, at one stage or, by default, over the whole pathway."""
    start = Exploration(Case(procedure))
    return start.look_at(focus) if focus else start
