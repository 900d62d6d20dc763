"""The rules as OpenFisca variables: one formula per notion, computed for a whole population.

Timeless notions are given a day here: a formula on a variable of the period « eternity » fails.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from contest import rules

PERIOD = "2026-11-23"
PERSON = build_entity(key="person", plural="persons", label="Person", roles=None, is_person=True)


def variable(name: str, formula: Any = None, kind: type = bool, **more: Any) -> type[Variable]:
    """Make the class of a variable."""
    members = {
        "value_type": kind,
        "entity": PERSON,
        "definition_period": DateUnit.DAY,
        "label": name,
        **more,
    }
    if formula:
        members["formula"] = formula
    return type(name, (Variable,), members)


def inside(person: Any, day: Any) -> Any:
    return person("etranger", day) * person("hors_accord", day)


def told(person: Any, day: Any) -> Any:
    return person("sans_contact", day) * (person("plainte", day) + person("temoignage", day))


def exempt(person: Any, day: Any) -> Any:
    return person("mineur", day) * person("souhait", day)


def met(person: Any, day: Any) -> Any:
    doors = person("told", day) + person("exempt", day)
    return person("infraction", day) * person("audition", day) * doors


def ground(person: Any, day: Any) -> Any:
    return sum(person(name, day) for name in rules.GROUNDS) > 0


class Outcome(Enum):
    out_of_scope = rules.OUT
    not_eligible = rules.LACKING
    may_be_refused = rules.REFUSABLE
    eligible = rules.ELIGIBLE


def outcome(person: Any, day: Any) -> Any:
    inside, met, ground = (person(name, day) for name in ("inside", "met", "ground"))
    return np.select(
        [~inside, ~met, ground],
        [Outcome.out_of_scope, Outcome.not_eligible, Outcome.may_be_refused],
        default=Outcome.eligible,
    )


class OpenFisca:
    """A tax and benefit system of sixteen inputs."""

    def __init__(self) -> None:
        self.system = TaxBenefitSystem([PERSON])
        self.system.add_variables(*(variable(name) for name in rules.FACTS))
        formulas = (inside, told, exempt, met, ground)
        self.system.add_variables(*(variable(f.__name__, f) for f in formulas))
        self.system.add_variable(
            variable(
                "outcome",
                outcome,
                kind=Enum,
                possible_values=Outcome,
                default_value=Outcome.not_eligible,
            )
        )
        numbers = np.arange(1 << len(rules.FACTS))
        self.columns = {n: (numbers >> i & 1).astype(bool) for i, n in enumerate(rules.FACTS)}

    def _computed(self, columns: Any, count: int) -> Any:
        simulation = SimulationBuilder().build_default_simulation(self.system, count=count)
        for name, column in columns.items():
            simulation.set_input(name, PERIOD, column)
        return simulation.calculate("outcome", PERIOD)

    def one(self, case: rules.Case) -> str:
        columns = {name: np.array([value]) for name, value in case.items()}
        return self._computed(columns, 1).decode()[0].value

    def whole(self) -> Any:
        return self._computed(self.columns, 1 << len(rules.FACTS))

    def listed(self, held: Any) -> list[str]:
        return [value.value for value in held.decode()]

    def counts(self, held: Any) -> dict[str, int]:
        numbers = np.bincount(np.asarray(held), minlength=len(rules.OUTCOMES))
        return {member.value: int(numbers[member.index]) for member in Outcome}

    def p1(self) -> str:
        return self.one(rules.ALL_BUT_ONE)
