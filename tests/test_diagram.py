"""The diagrams against truth tables written out in full."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from traite_kb.diagram import NO, YES, Diagrams

SIZES = (2, 3, 2, 4)
ROWS = list(product(*(range(size) for size in SIZES)))

literals = st.tuples(st.integers(0, 3), st.sets(st.integers(0, 3))).map(lambda p: ("in", *p))
formulas = st.recursive(
    literals,
    lambda sub: st.one_of(
        st.tuples(st.just("not"), sub),
        st.tuples(st.sampled_from(["and", "or", "xor"]), sub, sub),
    ),
    max_leaves=12,
)


def table(formula, row):
    match formula:
        case ("in", variable, values):
            return row[variable] in values
        case ("not", part):
            return not table(part, row)
        case ("and", a, b):
            return table(a, row) and table(b, row)
        case ("or", a, b):
            return table(a, row) or table(b, row)
        case ("xor", a, b):
            return table(a, row) != table(b, row)
    raise AssertionError(formula)


def build(shop, formula):
    match formula:
        case ("in", variable, values):
            return shop.literal(variable, values)
        case ("not", part):
            return shop.negate(build(shop, part))
        case (op, a, b):
            verb = {"and": shop.both, "or": shop.either, "xor": shop.differ}[op]
            return verb(build(shop, a), build(shop, b))
    raise AssertionError(formula)


def value(shop, diagram, row):
    return shop.given(diagram, dict(enumerate(row))) == YES


@given(formulas)
def test_a_diagram_says_what_the_truth_table_says(formula):
    shop = Diagrams(SIZES)
    diagram = build(shop, formula)
    for row in ROWS:
        assert value(shop, diagram, row) == table(formula, row)


@given(formulas, formulas)
def test_two_functions_are_equal_exactly_when_their_diagrams_are_the_same_number(one, other):
    shop = Diagrams(SIZES)
    same = all(table(one, row) == table(other, row) for row in ROWS)
    assert (build(shop, one) == build(shop, other)) == same


@given(formulas)
def test_the_support_is_the_set_of_variables_that_can_change_the_value(formula):
    shop = Diagrams(SIZES)
    expected = {
        variable
        for variable, size in enumerate(SIZES)
        for row in ROWS
        for new in range(size)
        if table(formula, row) != table(formula, (*row[:variable], new, *row[variable + 1 :]))
    }
    assert shop.support(build(shop, formula)) == expected


@given(formulas, st.sets(st.integers(0, 3)))
def test_somewhere_holds_when_one_choice_of_the_variables_makes_it_hold(formula, variables):
    shop = Diagrams(SIZES)
    diagram = shop.somewhere(build(shop, formula), frozenset(variables))
    for row in ROWS:
        choices = [range(SIZES[i]) if i in variables else [row[i]] for i in range(4)]
        assert value(shop, diagram, row) == any(table(formula, r) for r in product(*choices))


@settings(max_examples=20)
@given(formulas)
def test_a_cleared_cache_changes_no_answer(formula):
    shop = Diagrams(SIZES)
    before = build(shop, formula)
    shop._ite.clear()
    assert build(shop, formula) == before


def test_the_constants_are_never_and_always():
    shop = Diagrams([2])
    assert shop.literal(0, []) == NO
    assert shop.literal(0, [0, 1]) == YES
