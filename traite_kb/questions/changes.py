"""What would change a result: every smallest change, and who can bring it about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import Diagrams
from traite_kb.matters import Matter
from traite_kb.model import Actor, Fact, Value
from traite_kb.primes import Choices, changes
from traite_kb.questions.outlook import asked, head
from traite_kb.reasoning import situations_of


@dataclass(frozen=True, slots=True)
class Change:
    """One smallest change that settles the wanted outcome.

    ``answers`` gives the new values that will do for each fact; where it lists several, any of
    them does. ``learned`` names the facts among them that the case left unanswered: they are to
    be found out rather than changed. ``readings`` gives the readings that the change supposes.
    ``actors`` lists who can bring it about, and is ``None`` when nobody can: an answer of it
    does not depend on anyone's act.
    """

    answers: Mapping[str, tuple[Value, ...]]
    learned: tuple[str, ...]
    readings: Mapping[str, tuple[Value, ...]]
    actors: tuple[Actor, ...] | None

    def as_json(self) -> dict[str, Any]:
        """Give the change in the shape of ``docs/json.md``."""
        return {
            "answers": {name: list(values) for name, values in self.answers.items()},
            "learned": list(self.learned),
            "readings": {name: list(values) for name, values in self.readings.items()},
            "actors": None if self.actors is None else [actor.value for actor in self.actors],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Every smallest change that takes a case to the wanted outcome.

    The list is empty when there is none, and holds one empty change when the answers settle the
    outcome already.
    """

    case: Case
    matter: Matter
    wanted: str
    changes: tuple[Change, ...]
    with_readings: bool

    @property
    def already(self) -> bool:
        """Whether the case has the wanted outcome as it is."""
        return any(not change.answers and not change.readings for change in self.changes)

    def by_actors(self) -> dict[tuple[Actor, ...] | None, tuple[Change, ...]]:
        """Group the changes by who can act; those that nobody can bring about come last."""
        keys = {change.actors for change in self.changes}
        ranked = sorted(keys, key=lambda key: (key is None, len(key or ()), key or ()))
        return {key: tuple(c for c in self.changes if c.actors == key) for key in ranked}

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            **head(self.case, self.matter),
            "to": self.wanted,
            "already": self.already,
            "changes": [change.as_json() for change in self.changes],
        }


def change(
    case: Case, about: str, to: str, *, refusal: bool = False, readings: bool = False
) -> Changes:
    """List every smallest change of answers that settles an outcome.

    A change gives new values to facts, answered or not. It is listed when the situation that it
    leads to is possible, has the outcome under every reading that the case leaves open and
    whatever is still unanswered, and when no part of it would do.

    Parameters
    ----------
    case : Case
    about : str
        The id of a stage, condition, norm or yes-or-no fact.
    to : str
        The wanted outcome: a conclusion of the stage; ``"true"`` or ``"false"`` otherwise.
    refusal : bool
        Of a stage: ask about the possible refusal, rather than the conclusion.
    readings : bool
        Also let a change take a side on points that the case leaves open.

    Raises
    ------
    CaseError
        When nothing bears this name, there is no such outcome, or the answers contradict each
        other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> case = kb.Case(kb.open_procedure(), nationalite="ue_eee_suisse")
    >>> found = change(case, "premiere_carte", "hors_champ")
    >>> found.already
    True
    """
    matter = asked(case, about, refusal)
    outcome = matter.checked(to)
    view = situations_of(case)
    space = matter.space
    settable = frozenset(
        place
        for name, place in space.index.items()
        if name in space.facts or (readings and name not in case.readings)
    )
    shop = Diagrams(space.diagrams.sizes, case.procedure.origin)
    possible, unwanted = (
        shop.copied(space.diagrams, diagram)
        for diagram in (space.possible, matter.contrary[outcome])
    )
    found = changes(shop, (possible, unwanted), view.known, settable)
    alike: dict[tuple[object, ...], list[_Options]] = {}
    for options in (_named(matter, choices) for choices in found):
        alike.setdefault(_acts(case, options), []).append(options)
    merged = [one for group in alike.values() for one in _merged(group)]
    listed = [_change(case, names) for names in merged]
    order = {name: place for place, name in enumerate(space.domains)}
    listed.sort(
        key=lambda c: (
            c.actors is None,
            len(c.answers) + len(c.readings),
            [order[name] for name in (*c.answers, *c.readings)],
        )
    )
    return Changes(case, matter, outcome, tuple(listed), readings)


_Options = dict[str, frozenset[Value]]


def _named(matter: Matter, choices: Choices) -> _Options:
    space = matter.space
    chosen = {space.names[variable]: value for variable, value in choices}
    return {n: frozenset([space.domains[n][chosen[n]]]) for n in space.domains if n in chosen}


def _acts(case: Case, options: _Options) -> tuple[object, ...]:
    """List who can bring about each changed answer: what one tells as one change has the same."""
    facts = case.procedure.of(Fact)
    return tuple(
        (name, *(facts[name].changed_by.get(value) for value in values))
        for name, values in options.items()
        if name in case.facts
    )


def _merged(options: list[_Options]) -> list[_Options]:
    """Tell changes that differ in one value only as one change with several values."""
    found = options
    while True:
        before = len(found)
        for name in dict.fromkeys(name for one in found for name in one):
            alike: dict[tuple[object, ...], _Options] = {}
            for place, one in enumerate(found):
                rest = tuple((n, values) for n, values in one.items() if n != name)
                key = (name in one, rest) if name in one else (place,)
                other = alike.get(key)
                alike[key] = {**one, name: one[name] | other[name]} if other else one
            found = list(alike.values())
        if len(found) == before:
            return found


def _change(case: Case, options: _Options) -> Change:
    facts = case.procedure.of(Fact)
    listed = {
        name: tuple(value for value in _domain(case, name) if value in values)
        for name, values in options.items()
    }
    answers = {name: values for name, values in listed.items() if name in facts}
    acts = [
        facts[name].changed_by.get(value)
        for name, values in answers.items()
        if name in case.facts
        for value in values
    ]
    known = [actor for actor in acts if actor is not None]
    actors = tuple(actor for actor in Actor if actor in known)
    return Change(
        answers,
        tuple(name for name in answers if name not in case.facts),
        {name: values for name, values in listed.items() if name not in facts},
        actors if len(known) == len(acts) else None,
    )


def _domain(case: Case, name: str) -> tuple[Value, ...]:
    node = case.procedure.nodes[name]
    return node.domain if isinstance(node, Fact) else tuple(node.readings)  # type: ignore[attr-defined]
