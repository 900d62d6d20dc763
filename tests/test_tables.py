"""Truth tables as integers: the same answers as decision diagrams, over few variables."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import traite_kb as kb
from traite_kb import nodes
from traite_kb.diagram import Diagrams
from traite_kb.matters import matter_of
from traite_kb.model import Stage
from traite_kb.primes import primes, sufficient
from traite_kb.problems import KnowledgeError
from traite_kb.questions import count, listing
from traite_kb.space import space_of
from traite_kb.tables import LIMIT, Tables, TooManySituationsError

SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@st.composite
def formulas(draw):
    """Draw sizes of variables and a formula over them, as nested tuples."""
    sizes = draw(SIZES)

    def literal():
        variable = draw(st.integers(0, len(sizes) - 1))
        values = st.integers(0, sizes[variable] - 1)
        return ("literal", variable, frozenset(draw(st.lists(values, max_size=3))))

    formula = literal()
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["and", "or", "not"]))
        formula = ("not", formula) if kind == "not" else (kind, formula, literal())
    return sizes, formula


def built(shop, formula) -> int:
    kind, *parts = formula
    if kind == "literal":
        return shop.literal(*parts)
    if kind == "not":
        return shop.negate(built(shop, parts[0]))
    left, right = (built(shop, part) for part in parts)
    return shop.both(left, right) if kind == "and" else shop.either(left, right)


def true_in(formula, situation) -> bool:
    kind, *parts = formula
    if kind == "literal":
        return situation[parts[0]] in parts[1]
    if kind == "not":
        return not true_in(parts[0], situation)
    together = all if kind == "and" else any
    return together(true_in(part, situation) for part in parts)


def every(sizes):
    return [dict(enumerate(values)) for values in itertools.product(*map(range, sizes))]


@given(formulas())
def test_a_table_holds_in_exactly_the_situations_where_the_formula_does(drawn):
    sizes, formula = drawn
    shop = Tables(sizes)
    table = built(shop, formula)
    wanted = [situation for situation in every(sizes) if true_in(formula, situation)]
    found = list(shop.situations(table))
    assert len(found) == shop.count(table) == len(wanted)
    assert all(situation in wanted for situation in found)


@given(formulas(), st.data())
def test_tables_and_diagrams_agree_on_what_is_somewhere_and_what_holds(drawn, data):
    sizes, formula = drawn
    tables, diagrams = Tables(sizes), Diagrams(sizes)
    table, diagram = built(tables, formula), built(diagrams, formula)
    variables = data.draw(st.sets(st.integers(0, len(sizes) - 1)))
    one = tables.somewhere(table, variables)
    other = diagrams.somewhere(diagram, frozenset(variables))
    assert tables.count(one) == diagrams.count(other, range(len(sizes)))
    for situation in tables.situations(table):
        assert diagrams.at(diagram, situation)


@given(formulas(), st.data())
def test_a_diagram_meets_some_values_exactly_when_a_situation_has_them(drawn, data):
    sizes, formula = drawn
    shop = Diagrams(sizes)
    diagram = built(shop, formula)
    variables = data.draw(st.sets(st.integers(0, len(sizes) - 1)))
    known = {v: data.draw(st.integers(0, sizes[v] - 1)) for v in variables}
    agreeing = [s for s in every(sizes) if known.items() <= s.items()]
    assert shop.meets(diagram, known) == any(true_in(formula, s) for s in agreeing)
    costs = {v: data.draw(st.permutations(range(size))) for v, size in enumerate(sizes)}
    holding = [s for s in every(sizes) if true_in(formula, s)]
    if holding:
        choice = shop.cheapest(diagram, costs)
        full = {v: choice.get(v, costs[v].index(0)) for v in range(len(sizes))}
        price = {id(s): sum(costs[v][s[v]] for v in s) for s in holding}
        assert true_in(formula, full)
        assert sum(costs[v][full[v]] for v in full) == min(price.values())


@given(formulas(), st.data())
def test_the_parts_that_are_enough_are_those_of_all_the_primes_that_hold(drawn, data):
    sizes, formula = drawn
    shop = Diagrams(sizes)
    diagram = built(shop, formula)
    known = {v: data.draw(st.integers(0, size - 1)) for v, size in enumerate(sizes)}
    here = frozenset(known.items())
    all_primes = primes(shop, diagram, 10_000)
    assert all_primes is not None
    assert set(sufficient(shop, diagram, known)) == {part for part in all_primes if part <= here}

    def enough(part):
        return all(true_in(formula, s) for s in every(sizes) if part <= s.items())

    for part in all_primes:
        assert enough(part)
        assert not any(enough(part - {choice}) for choice in part)


def test_primes_that_would_be_too_many_are_not_listed():
    shop = Diagrams([2] * 6)
    ones = [shop.literal(v, {1}) for v in range(6)]
    parity = ones[0]
    for one in ones[1:]:
        parity = shop.differ(parity, one)
    assert len(primes(shop, parity, 32)) == 32
    assert primes(shop, parity, 31) is None


def test_a_table_has_a_largest_size():
    assert Tables([2] * LIMIT).bits == 2**LIMIT
    with pytest.raises(TooManySituationsError):
        Tables([2] * (LIMIT + 1))


def test_rules_that_are_too_intricate_are_told_with_their_place_and_the_way_out(monkeypatch):
    monkeypatch.setattr(nodes, "NODE_LIMIT", 40)
    procedure = kb.open_procedure(str(kb.open_procedure().origin.file).rsplit("/", 1)[0])
    with pytest.raises(KnowledgeError) as error:
        kb.check(procedure)
    assert error.value.problems[0].code == "E502"
    assert error.value.problems[0].origin == procedure.origin


@pytest.mark.parametrize(
    ("name", "refusal"), [("delai_reflexion", False), ("delai_reflexion", True), ("retrait", False)]
)
def test_the_real_stages_that_fit_a_table_count_the_same_both_ways(proc, name, refusal):
    counted = count(kb.Case(proc), name, refusal=refusal)
    outcomes = [outcome for _, outcome in listing(kb.Case(proc), name, refusal=refusal).rows]
    assert {o: outcomes.count(o) for o in set(outcomes)} == dict(counted.outcomes)


def test_what_was_worked_out_for_one_procedure_is_not_used_for_another(proc):
    first = kb.assess(kb.Case(proc))
    folder = str(proc.origin.file).rsplit("/", 1)[0]
    for _ in range(9):
        other = kb.open_procedure(folder)
        assert matter_of(other, next(iter(other.of(Stage)))).space.procedure is other
    again = kb.assess(kb.Case(proc))
    assert again.as_json() == first.as_json()


def test_many_questions_leave_the_shop_of_a_procedure_small(proc):
    def asked(value):
        case = kb.Case(proc, nationalite=value)
        for stage in ("delai_reflexion", "premiere_carte"):
            kb.ask(case, stage, budget=20)
            for verb in (kb.why, kb.regions, kb.twins, kb.robust, kb.count):
                verb(case, stage)
            kb.change(case, stage, "condition_manquante")
        kb.assess(case)

    for value in ("autre", "algerienne", "autre"):
        asked(value)
    before = len(space_of(proc).diagrams)
    asked("francaise")
    asked("ue_eee_suisse")
    assert len(space_of(proc).diagrams) - before < before / 10
