"""From the findings of one case to sentences in one language."""

from __future__ import annotations

from collections.abc import Iterator

from traite_kb.citations import citations
from traite_kb.explanation.account import Line, StageAccount
from traite_kb.model import Condition, Fact, Node, Norm, Point, Requirement, Stage
from traite_kb.reasoning import Assessment, StageFinding, situations_of
from traite_kb.situations import Situations
from traite_kb.space import LACKING, MET, OPEN, OUTSIDE
from traite_kb.truth import Truth
from traite_kb.wording import listing, say, typeset


def headline(stage: Stage, conclusion: str, lang: str) -> str:
    """Say a conclusion in a few words, in those of the stage where it has its own."""
    own = stage.headlines.get(conclusion)
    return typeset(own[lang], lang) if own else say(f"conclusion.{conclusion}", lang)


class Teller:
    """Tells the findings of one assessment in one language."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        self.case, self.lang = assessment.case, lang
        self.procedure = assessment.case.procedure
        self.view: Situations = situations_of(assessment.case)
        self._truths: dict[str, Truth] = {}
        self._lines: dict[tuple[str, str], Line] = {}

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.lang, **values)

    def _label(self, node: Node) -> str:
        return typeset(node.label[self.lang], self.lang)

    def stage(self, finding: StageFinding) -> StageAccount:
        """Tell everything about one stage."""
        stage = self.procedure.nodes[finding.stage]
        assert isinstance(stage, Stage)
        return StageAccount(
            id=stage.id,
            title=self._label(stage),
            conclusion=finding.conclusion,
            headline=self._headline(stage, finding.conclusion),
            sentences=tuple(self._sentences(stage, finding)),
            refusal=finding.refusal.value if stage.refusal else "",
            refusal_sentence=self._refusal(stage, finding) if stage.refusal else "",
            conditions=self._conditions(stage),
            norms=tuple(self._norm(name, truth) for name, truth in finding.norms.items()),
            points=tuple(self.point(name) for name in self._points(finding)),
            missing=self._questions(finding.missing),
            refusal_missing=self._questions(finding.refusal_missing),
            cites=citations(self.procedure, stage, self.lang),
        )

    def _headline(self, stage: Stage, conclusion: str) -> str:
        return headline(stage, conclusion, self.lang)

    @staticmethod
    def _points(finding: StageFinding) -> list[str]:
        return list(dict.fromkeys([*finding.depends_on, *finding.refusal_depends_on]))

    def _questions(self, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        facts = self.procedure.of(Fact)
        return tuple((n, typeset(facts[n].ask[self.lang], self.lang)) for n in names)

    def _sentences(self, stage: Stage, finding: StageFinding) -> Iterator[str]:
        if finding.conclusion == OUTSIDE:
            yield self._say("sentence.hors_champ", conditions=self._names(stage.outside, Truth.YES))
        elif finding.conclusion == MET:
            yield typeset(stage.if_met[self.lang], self.lang)
        elif finding.conclusion == LACKING:
            failing = self._found(stage.conditions, Truth.NO)
            key = "condition_manquante" if len(failing) < 2 else "conditions_manquantes"
            names = listing([self._label(node) for node in failing], self.lang)
            yield self._say(f"sentence.{key}", conditions=names)
        else:
            yield from self._open_sentences(stage, finding)
        if finding.conclusion != OPEN and not self._no_point_matters(stage):
            yield self._say("sentence.robust")

    def _open_sentences(self, stage: Stage, finding: StageFinding) -> Iterator[str]:
        if len(finding.missing) == 1:
            yield self._say("sentence.a_verifier_one")
        elif finding.missing:
            yield self._say("sentence.a_verifier_many", n=len(finding.missing))
        if finding.depends_on:
            key = "point" if len(finding.depends_on) == 1 else "points"
            names = [self._label(self.procedure.nodes[name]) for name in finding.depends_on]
            yield self._say(f"sentence.{key}", points=" ".join(names))
        words = {name: self._headline(stage, name) for name in (OUTSIDE, LACKING, MET)}
        outcomes = [f"« {words[name]} »" for name in finding.possible]
        yield self._say("sentence.possible", outcomes=listing(outcomes, self.lang, "or"))
        if MET not in finding.possible:
            yield self._say("sentence.excluded", outcome=words[MET])

    def _no_point_matters(self, stage: Stage) -> bool:
        space = self.view.space
        open_points = {n for n in space.points if n not in self.case.readings}
        support: set[int] = set()
        for diagram in space.conclusions(stage).values():
            support |= space.diagrams.support(diagram)
        return not any(space.index[name] in support for name in open_points)

    def _refusal(self, stage: Stage, finding: StageFinding) -> str:
        if finding.refusal is Truth.YES and stage.if_refusal:
            return self._say(
                "refusal.yes",
                label=stage.if_refusal[self.lang],
                grounds=self._names(stage.refusal, Truth.YES),
            )
        if finding.refusal is Truth.UNKNOWN and not finding.refusal_missing:
            names = [self._label(self.procedure.nodes[n]) for n in finding.refusal_depends_on]
            return self._say("refusal.point", points=" ".join(names))
        return self._say(f"refusal.{finding.refusal.value}")

    def _found(self, name: str, truth: Truth) -> list[Node]:
        """Give the parts of a condition that make it true or false, or the condition itself."""
        node = self.procedure.nodes[name]
        role = "when_any" if truth is Truth.YES else "when_all"
        refs = getattr(node, role, ())
        parts = [self.procedure.nodes[ref] for ref in refs if self._truth(ref) is truth]
        return parts or [node]

    def _names(self, name: str, truth: Truth) -> str:
        return listing([self._label(node) for node in self._found(name, truth)], self.lang)

    def _truth(self, name: str) -> Truth:
        found = self._truths.get(name)
        if found is None:
            found = self._truths[name] = self.view.truth(self.view.space.holds(name))
        return found

    def _conditions(self, stage: Stage) -> tuple[Line, ...]:
        node = self.procedure.nodes[stage.conditions]
        composed = isinstance(node, Requirement) and not getattr(node, "one_of", ())
        refs = node.references if composed else [("when_all", stage.conditions)]  # type: ignore[attr-defined]
        inside = tuple(self._line(ref, role) for role, ref in refs)
        outside = (self._line(stage.outside, "outside"),) if stage.outside else ()
        return (*outside, *inside)

    def _line(self, name: str, role: str) -> Line:
        """Tell a condition or fact, and under it what it rests on."""
        found = self._lines.get((name, role))
        if found is None:
            found = self._lines[name, role] = self._told(name, role)
        return found

    def _told(self, name: str, role: str) -> Line:
        node = self.procedure.nodes[name]
        if isinstance(node, Fact):
            return self._fact_line(node)
        if isinstance(node, Point):
            return self.point(name)
        truth = self._truth(name)
        note = typeset(node.note[self.lang], self.lang) if node.note else ""
        if isinstance(node, Condition) and node.assessed_by:
            actor = self._say(f"actor.{node.assessed_by.value}")
            note = f"{self._say('heading.assessed', actor=actor)}. {note}".strip()
        parts: tuple[Line, ...] = ()
        if isinstance(node, Requirement):
            parts = tuple(self._line(ref, part_role) for part_role, ref in node.references)
        family = {"outside": "outside", "unless_any": "against"}.get(role, "truth")
        state = truth.value if family == "truth" else f"against_{truth.value}"
        word = self._say(f"{family}.{truth.value}")
        cites = citations(self.procedure, node, self.lang)
        return Line(name, self._label(node), state, word, note, cites, parts)

    def _fact_line(self, fact: Fact) -> Line:
        value = self.case.facts.get(fact.id)
        if value is None:
            word, state = self._say("answer.none"), "unanswered"
        elif isinstance(value, bool):
            word, state = self._say("answer.yes" if value else "answer.no"), "answered"
        else:
            word, state = typeset(fact.values[value][self.lang], self.lang), "answered"
        cites = citations(self.procedure, fact, self.lang)
        return Line(fact.id, self._label(fact), state, word, "", cites)

    def _norm(self, name: str, truth: Truth) -> Line:
        norm = self.procedure.nodes[name]
        assert isinstance(norm, Norm)
        bearer = self._say(f"bearer.{norm.bearer.value}")
        text = self._say(f"modality.{norm.modality.value}", bearer=bearer, effect=self._label(norm))
        note = typeset(norm.note[self.lang], self.lang) if norm.note else ""
        cites = citations(self.procedure, norm, self.lang)
        return Line(name, text, truth.value, self._say(f"applies.{truth.value}"), note, cites)

    def point(self, name: str) -> Line:
        """Tell a disputed point with its readings."""
        point = self.procedure.nodes[name]
        assert isinstance(point, Point)
        chosen = self.case.readings.get(name)
        readings = []
        for letter, reading in zip("ABCDEFGH", point.readings.values(), strict=False):
            cites = citations(self.procedure, reading, self.lang)
            note = typeset(reading.signed[self.lang], self.lang) if reading.signed else ""
            word = self._say("heading.reading", letter=letter)
            state = "chosen" if reading.id == chosen else "reading"
            readings.append(
                Line(f"{name}.{reading.id}", self._label(reading), state, word, note, cites)
            )
        note = typeset(point.note[self.lang], self.lang) if point.note else ""
        word = self._say("point.chosen" if chosen else "point.open")
        return Line(name, self._label(point), "point", word, note, (), tuple(readings))
