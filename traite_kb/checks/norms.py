"""Norms in every situation: where none answers, and where two contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from traite_kb.checks.report import Certificate
from traite_kb.checks.witness import witness
from traite_kb.diagram import NO
from traite_kb.model import Modality, Norm, Stage
from traite_kb.problems import Problem, problem
from traite_kb.space import MET, Space


class Answers:
    """What the norms of a procedure answer, over all its possible situations."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.norms = space.procedure.of(Norm)
        self.stages = space.procedure.of(Stage)
        self._gaps = {stage.id: self._gap(stage) for stage in self.stages.values()}
        self._conflicts = {
            (one.id, other.id): both
            for one, other in combinations(self.norms.values(), 2)
            if _opposed(one, other) and (both := self._together(one, other)) != NO
        }

    def _gap(self, stage: Stage) -> int:
        shop = self.space.diagrams
        applies = shop.any_of(
            self.space.holds(norm.id) for norm in self.norms.values() if norm.stage == stage.id
        )
        met = shop.both(self.space.possible, self.space.conclusions(stage)[MET])
        return shop.both(met, shop.negate(applies))

    def _together(self, one: Norm, other: Norm) -> int:
        held = (self.space.possible, self.space.holds(one.id), self.space.holds(other.id))
        return self.space.diagrams.all_of(held)

    def _explained(self, pair: tuple[str, str]) -> bool:
        one, other = self.norms[pair[0]], self.norms[pair[1]]
        return one.id in other.prevails_over or other.id in one.prevails_over

    def problems(self) -> Iterator[Problem]:
        """List the gaps, the contradictions and the priorities without a conflict."""
        for name, gap in self._gaps.items():
            if gap != NO:
                example = witness(self.space, gap)
                yield problem("E406", self.stages[name].origin, name, example=example)
        for stage in self.stages.values():
            yield from self._refusal_without_norm(stage)
        for pair, both in self._conflicts.items():
            if not self._explained(pair):
                place, example = self.norms[pair[1]].origin, witness(self.space, both)
                yield problem("E407", place, pair[1], other=pair[0], example=example)
        for norm in self.norms.values():
            for other in norm.prevails_over:
                if not {(norm.id, other), (other, norm.id)} & set(self._conflicts):
                    yield problem("W406", norm.origin, norm.id, other=other)

    def _refusal_without_norm(self, stage: Stage) -> Iterator[Problem]:
        if not stage.refusal:
            return
        shop, possible = self.space.diagrams, self.space.possible
        without_ground = shop.both(possible, shop.negate(self.space.holds(stage.refusal)))
        # A norm that can apply without a ground for refusal speaks of something else.
        giving = [
            held
            for norm in self.norms.values()
            if norm.stage == stage.id
            and shop.both(without_ground, held := self.space.holds(norm.id)) == NO
        ]
        refusal = self.space.refusal(stage)["true"]
        bare = shop.all_of((possible, refusal, shop.negate(shop.any_of(giving))))
        if bare != NO:
            yield problem("W405", stage.origin, stage.id, example=witness(self.space, bare))

    def certificate(self) -> Certificate:
        """Count the possible situations, and those that the norms leave without a sure answer."""
        shop = self.space.diagrams
        everything = range(len(self.space.names))
        explained = [pair for pair in self._conflicts if self._explained(pair)]
        open_conflicts = (d for pair, d in self._conflicts.items() if pair not in explained)
        return Certificate(
            situations=shop.count(self.space.possible, everything),
            unanswered=shop.count(shop.any_of(self._gaps.values()), everything),
            contradictory=shop.count(shop.any_of(open_conflicts), everything),
            explained=len(explained),
        )


def _opposed(one: Norm, other: Norm) -> bool:
    same_act = one.effect and (one.effect, one.bearer) == (other.effect, other.bearer)
    return bool(same_act) and (one.modality is Modality.MUST_NOT) != (
        other.modality is Modality.MUST_NOT
    )
