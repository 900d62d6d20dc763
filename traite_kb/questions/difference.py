"""What a change of the law, or of its reading, moves: which situations, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from traite_kb.case import Case
from traite_kb.diagram import NO
from traite_kb.matters import Matter, matter_in
from traite_kb.model import Norm, Procedure, Stage, Value
from traite_kb.problems import CaseError, did_you_mean, problem
from traite_kb.questions.decision_table import named
from traite_kb.questions.outlook import Outlook, Situation
from traite_kb.questions.rows import conditions
from traite_kb.reasoning import situations_of
from traite_kb.space import Space


@dataclass(frozen=True, slots=True)
class Move:
    """The situations whose outcome goes from one to another.

    ``when`` tells them as conditions, none of which can be made simpler: a situation moves when
    it meets one of them. ``example`` is one such situation.
    """

    before: str
    after: str
    situations: int
    when: tuple[Mapping[str, tuple[Value, ...]], ...]
    example: Situation

    def as_json(self) -> dict[str, Any]:
        """Give the move in the shape of ``docs/json.md``."""
        return {
            "before": self.before,
            "after": self.after,
            "situations": self.situations,
            "when": [{name: list(v) for name, v in box.items()} for box in self.when],
            "example": dict(self.example),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """What moves for one matter.

    ``total`` counts the situations that are possible both before and after; ``vanished`` and
    ``appeared`` those that are possible on one side only.
    """

    name: str
    refusal: bool
    facts: tuple[str, ...]
    total: int
    vanished: int
    appeared: int
    moves: tuple[Move, ...]

    @property
    def moved(self) -> int:
        """The number of situations whose outcome moves."""
        return sum(move.situations for move in self.moves)

    def as_json(self) -> dict[str, Any]:
        """Give the shift in the shape of ``docs/json.md``."""
        return {
            "about": self.name,
            "refusal": self.refusal,
            "facts": list(self.facts),
            "total": self.total,
            "moved": self.moved,
            "vanished": self.vanished,
            "appeared": self.appeared,
            "moves": [move.as_json() for move in self.moves],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What differs between two versions of a procedure, or two sides taken on its points.

    ``about`` is what was asked about, or empty for everything. ``shifts`` holds the matters of
    which some situation moves; ``modalities`` the norms that say « must », « may » or « must
    not » otherwise than before; ``only_before`` and ``only_after`` what one version alone can be
    asked about.
    """

    before: Case
    after: Case
    about: str
    shifts: tuple[Shift, ...]
    modalities: Mapping[str, tuple[str, str]]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of ``docs/json.md``."""
        return {
            "procedure": self.before.procedure.id,
            "shifts": [shift.as_json() for shift in self.shifts],
            "modalities": {name: list(pair) for name, pair in self.modalities.items()},
            "only_before": list(self.only_before),
            "only_after": list(self.only_after),
        }


def diff(before: Case | Procedure, after: Case | Procedure, about: str | None = None) -> Difference:
    """Tell which situations move from which outcome to which, and how many.

    Two versions of a procedure are compared, or two cases with the same facts and other readings,
    to see what the reading of a point changes.

    Parameters
    ----------
    before, after : Case or Procedure
    about : str, optional
        The id of a stage, condition or norm; by default every stage and norm.

    Raises
    ------
    CaseError
        When the two are of different procedures or have different facts, nothing bears this name,
        or the answers contradict each other.

    Examples
    --------
    >>> import traite_kb as kb
    >>> proc = kb.open_procedure()
    >>> one = kb.Case(proc, readings={"algeriens": "code_applicable"})
    >>> found = diff(one, one.but(algeriens="accord_seul"), "premiere_carte")
    >>> ("conditions_reunies", "hors_champ") in {(m.before, m.after) for m in found.shifts[0].moves}
    True
    """
    one = before if isinstance(before, Case) else Case(before)
    other = after if isinstance(after, Case) else Case(after)
    if one.procedure.id != other.procedure.id:
        raise CaseError(
            [problem("E617", other.procedure.origin, one.procedure.id, other=other.procedure.id)]
        )
    if one.facts != other.facts:
        raise CaseError([problem("E618", other.place(""), one.procedure.id)])
    situations_of(one)
    situations_of(other)
    left = Space(one.procedure, also=other.procedure)
    right = Space(other.procedure, beside=left)
    shifts = [
        _shift(
            Outlook(matter_in(left, name, refusal=refusal), one.answers, facts, left.diagrams),
            Outlook(matter_in(right, name, refusal=refusal), other.answers, facts, left.diagrams),
        )
        for name, refusal in _matters(one, other, about)
        for facts in [_facts(left, right, name, refusal)]
    ]
    mine, theirs = one.procedure.of(Norm), other.procedure.of(Norm)
    shared = [name for name in mine if name in theirs]
    wanted = [name for name in shared if mine[name].modality != theirs[name].modality]
    return Difference(
        one,
        other,
        about or "",
        tuple(shift for shift in shifts if shift.moves or shift.vanished or shift.appeared),
        {
            name: (mine[name].modality.value, theirs[name].modality.value)
            for name in wanted
            if about in (None, name, mine[name].stage)
        },
        tuple(_only(one, other)),
        tuple(_only(other, one)),
    )


def _matters(one: Case, other: Case, about: str | None) -> Iterator[tuple[str, bool]]:
    """List what is compared: the stages, their refusals, and the norms, of both versions."""
    mine, theirs = one.procedure, other.procedure
    stages, norms = mine.of(Stage), mine.of(Norm)
    if about is not None:
        if about not in mine.nodes or about not in theirs.nodes:
            near = did_you_mean(about, [*stages, *norms])
            raise CaseError([problem("E615", mine.origin, about, near=near)])
        stages = {about: stages[about]} if about in stages else {}
        norms = {} if stages else norms
        if not stages and about not in norms:
            yield about, False
            return
    for name in stages:
        if name in theirs.of(Stage):
            yield name, False
            if stages[name].refusal or theirs.of(Stage)[name].refusal:
                yield name, True
    for name in norms:
        if about in (None, name) and name in theirs.of(Norm):
            yield name, False


def _facts(left: Space, right: Space, name: str, refusal: bool) -> tuple[str, ...]:
    names: set[str] = set()
    for space in (left, right):
        names.update(matter_in(space, name, refusal=refusal).facts)
    return tuple(name for name in left.domains if name in names)


def _only(one: Case, other: Case) -> Iterator[str]:
    kinds = (Stage, Norm)
    for node in one.procedure:
        if isinstance(node, kinds) and node.id not in other.procedure.nodes:
            yield node.id


def _shift(before: Outlook, after: Outlook) -> Shift:
    shop = before.shop
    common = shop.both(before.possible, after.possible)
    moves = [
        _move(before, name, other, region, common)
        for name, cell in before.cells.items()
        for other, target in after.cells.items()
        if name != other and (region := shop.all_of([common, cell, target])) != NO
    ]
    matter: Matter = before.matter
    return Shift(
        matter.name,
        matter.refusal,
        before.facts,
        before.count(common),
        before.count(shop.both(before.possible, shop.negate(common))),
        before.count(shop.both(after.possible, shop.negate(common))),
        tuple(moves),
    )


def _move(outlook: Outlook, before: str, after: str, region: int, common: int) -> Move:
    boxes = conditions(outlook.shop, region, common)
    return Move(
        before,
        after,
        outlook.count(region),
        tuple(named(outlook, box) for box in boxes),
        outlook.simplest(region),
    )
