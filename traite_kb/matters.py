"""What one can ask about: the conclusion of a stage, a refusal, or whether a condition holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations, product

from traite_kb.diagram import NO
from traite_kb.model import Fact, Procedure, Requirement, Stage
from traite_kb.problems import CaseError, Origin, did_you_mean, problem
from traite_kb.space import Space, space_of


class Matter:
    """Something that one asks about: in each situation, exactly one of its outcomes holds.

    Parameters
    ----------
    space : Space
    name : str
        A stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: whether a refusal is possible, rather than the conclusion.
    classes : mapping of str to int
        The diagram of each outcome.
    """

    def __init__(self, space: Space, name: str, refusal: bool, classes: Mapping[str, int]) -> None:
        self.space, self.name, self.refusal = space, name, refusal
        self.classes = dict(classes)
        shop, bound = space.diagrams, space.bound(classes.values())
        self.possible = {name: shop.both(bound, diagram) for name, diagram in classes.items()}
        self.contrary = {
            name: shop.both(bound, shop.negate(diagram)) for name, diagram in classes.items()
        }
        self._flips: dict[tuple[str, ...], int] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The facts and points on which an outcome depends, in the order of the register."""
        shop, space = self.space.diagrams, self.space
        support = set().union(*(shop.support(diagram) for diagram in self.classes.values()))
        return tuple(name for name in space.domains if space.index[name] in support)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts on which an outcome depends."""
        return tuple(name for name in self.names if name in self.space.facts)

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The disputed points on which an outcome depends."""
        return tuple(name for name in self.names if name in self.space.points)

    @cached_property
    def tied(self) -> tuple[tuple[str, ...], ...]:
        """The sets of facts bound by constraints to a fact on which an outcome depends."""
        return tuple(
            tuple(name for name in self.space.facts if name in group)
            for group in self.space.ties
            if group & set(self.facts)
        )

    def flips(self, names: tuple[str, ...]) -> int:
        """Give the diagram of « changing all of these, and nothing else, can change the outcome ».

        The situation before and the situation after both have to be possible.
        """
        found = self._flips.get(names)
        if found is None:
            found = self._flips[names] = self._flip(names)
        return found

    def _flip(self, names: tuple[str, ...]) -> int:
        shop, space = self.space.diagrams, self.space
        moved = []
        for values in product(*(range(len(space.domains[name])) for name in names)):
            known = {space.index[name]: value for name, value in zip(names, values, strict=True)}
            parts = [shop.given(diagram, known) for diagram in self.possible.values()]
            moved.append((values, shop.any_of(parts), parts))
        found = NO
        for (one, before, here), (other, after, there) in combinations(moved, 2):
            if any(a == b for a, b in zip(one, other, strict=True)):
                continue
            same = shop.any_of(shop.both(a, b) for a, b in zip(here, there, strict=True))
            found = shop.either(found, shop.all_of([before, after, shop.negate(same)]))
        return found

    def checked(self, outcome: str) -> str:
        """Give an outcome back, or tell that there is no such outcome."""
        if outcome not in self.classes:
            near = ", ".join(self.classes)
            raise CaseError([problem("E614", Origin("to"), outcome, about=self.name, near=near)])
        return outcome


def matter_of(procedure: Procedure, name: str, *, refusal: bool = False) -> Matter:
    """Give what is asked about: a stage, its refusal, or anything that can hold.

    Parameters
    ----------
    procedure : Procedure
    name : str
        The id of a stage, condition, norm or yes-or-no fact.
    refusal : bool
        Of a stage: ask whether a refusal is possible.

    Raises
    ------
    CaseError
        When nothing that one can ask about bears this name.

    Examples
    --------
    >>> import traite_kb as kb
    >>> list(matter_of(kb.open_procedure(), "premiere_carte").classes)
    ['hors_champ', 'condition_manquante', 'conditions_reunies']
    """
    return matter_in(space_of(procedure), name, refusal=refusal)


def matter_in(space: Space, name: str, *, refusal: bool = False) -> Matter:
    """Give what is asked about, as diagrams of one space of its procedure."""
    key = name, refusal
    found = space.kept.get(key)
    if not isinstance(found, Matter):
        found = space.kept[key] = _matter(space, name, refusal)
    return found


def _matter(space: Space, name: str, refusal: bool) -> Matter:
    procedure = space.procedure
    node = procedure.nodes.get(name)
    if not (isinstance(node, Stage) or (_can_hold(node) and not refusal)):
        stages = procedure.of(Stage)
        near = did_you_mean(name, stages if refusal else _askable(procedure), stages)
        code = "E612" if refusal else "E615"
        raise CaseError([problem(code, Origin("about"), name, near=near)])
    return Matter(space, name, refusal, space.outcomes(name, refusal))


def _can_hold(node: object) -> bool:
    return isinstance(node, Requirement) or (isinstance(node, Fact) and not node.is_choice)


def _askable(procedure: Procedure) -> Iterable[str]:
    stages = list(procedure.of(Stage))
    return [*stages, *(node.id for node in procedure if _can_hold(node))]
