"""The nouns of reasoning: facts, conditions, norms, stages, points and constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from traite_kb.model.base import Actor, Node, Text, Value


class Modality(StrEnum):
    """What a norm does to its bearer: obliges, permits or forbids."""

    MUST = "must"
    MAY = "may"
    MUST_NOT = "must_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Node):
    """Something one can answer about a situation: yes or no, or one of named values.

    ``changed_by`` says who can make the answer become each value. A value that is not there is
    within nobody's reach: a nationality, an age, a fact of the past.
    """

    ask: Text
    why: Text
    values: Mapping[str, Text] = field(default_factory=dict)
    changed_by: Mapping[Value, Actor] = field(default_factory=dict)

    @property
    def is_choice(self) -> bool:
        """Whether the answer is one of named values rather than yes or no."""
        return bool(self.values)

    @property
    def domain(self) -> tuple[Value, ...]:
        """Every answer that the fact admits, in order."""
        return tuple(self.values) if self.values else (True, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Node):
    """Anything that holds when named conditions do: all, any, and none of them."""

    when_all: tuple[str, ...] = ()
    when_any: tuple[str, ...] = ()
    unless_any: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Pairs (role, id) of everything that this depends on."""
        return self._listed()

    def _listed(self) -> tuple[tuple[str, str], ...]:
        roles = (
            ("when_all", self.when_all),
            ("when_any", self.when_any),
            ("unless_any", self.unless_any),
        )
        return tuple((role, ref) for role, refs in roles for ref in refs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Requirement):
    """What the law asks of a fact, of a reading, or of other conditions.

    ``assessed_by`` names the authority that must appraise it (open texture).
    """

    fact: str = ""
    point: str = ""
    one_of: tuple[str, ...] = ()
    assessed_by: Actor | None = None

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Pairs (role, id) of everything that this depends on."""
        own = [("tests", self.fact)] if self.fact else []
        own += [("reads", self.point)] if self.point else []
        return (*own, *self._listed())


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Requirement):
    """Who must, may or must not do what, when the conditions are met.

    ``effect`` names the act: two norms with the same effect speak of the same act.
    ``prevails_over`` names the norms that this one sets aside when both apply.
    """

    stage: str
    bearer: Actor
    modality: Modality
    effect: str = ""
    prevails_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Node):
    """What is being asked for, and the conditions that decide it.

    ``outside`` puts a situation out of scope; ``conditions`` must hold; ``refusal`` lists what
    lets the authority refuse all the same. Each is the id of a condition. ``if_met`` and
    ``if_refusal`` say in a sentence what it means that the conditions hold, or a ground exists;
    ``headlines`` gives the words of a conclusion where the usual ones do not fit; an ``adverse``
    stage is one that the person does not wish for.
    """

    conditions: str
    if_met: Text
    if_refusal: Text | None = None
    headlines: Mapping[str, Text] = field(default_factory=dict)
    adverse: bool = False
    outside: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Node):
    """One way to read a disputed point, with its sources or the signature of its author."""

    signed: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Node):
    """A disputed or open question of law, with its readings."""

    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Node):
    """A combination of answers that cannot occur."""

    never: Mapping[str, tuple[Value, ...]]
