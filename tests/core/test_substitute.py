"""Replacing never changes what is meant: no capture, no lost variable of a derivative."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.core import (
    D,
    Formula,
    FormulaError,
    array,
    define,
    exp,
    integral,
    limit,
    prime,
    product,
    symbols,
    total,
)
from derivations.core.formula import Symbol
from derivations.core.meaning import unfolded
from derivations.core.substitute import (
    canonical_names,
    free_names,
    free_symbols,
    replaced,
    same_up_to_bound_names,
    substitute,
)
from tests.core.trees import everything

x, y, z, t, i, j, k, m, n = symbols("x y z t i j k m n")
v = array("v", m)
theta = array("theta", n)
sigma = define("sigma", x, 1 / (1 + exp(-x)))
shifted = define("shifted", x, x + y)  # depends on y besides its parameter


def test_symbols_are_replaced_all_at_once() -> None:
    assert substitute(x - y, {x: y, y: x}) == y - x


def test_a_replaced_sign_leaves_a_product() -> None:
    assert substitute(x * y, {x: -z}) == -(z * y)
    assert substitute(x + y, {y: z + 1}) == x + (z + 1)


@pytest.mark.parametrize("bind", [total, product, integral], ids=lambda bind: bind.__name__)
def test_a_bound_variable_is_not_replaced(bind: type) -> None:
    formula = bind(i * x, i, 1, m)
    assert substitute(formula, {i: y}) == formula


def test_the_ends_of_a_sum_are_outside_of_it() -> None:
    assert substitute(total(i, i, i, m), {i: j}) == total(i, i, j, m)


@pytest.mark.parametrize(
    "formula",
    [total(i * x, i, 1, m), product(i + x, i, 1, m), integral(i * x, i, 0, 1), limit(i * x, i, 0)],
    ids=str,
)
def test_a_value_is_not_captured(formula: Formula) -> None:
    after = substitute(formula, {x: i})
    assert i in free_symbols(after)
    assert same_up_to_bound_names(after, substitute(substitute(formula, {x: t}), {t: i}))
    body_variable = after.variable  # type: ignore[attr-defined]
    assert body_variable != i


def test_capture_is_avoided_below_several_sums() -> None:
    formula = total(total(i * k * x, k, 1, m), i, 1, m)
    after = substitute(formula, {x: i * k})
    assert free_symbols(after) == {i, k, m}


def test_an_index_of_data_and_its_size_are_replaced() -> None:
    assert substitute(v[i], {i: j + 1}) == v[j + 1]
    assert free_names(substitute(v[i], {m: n})) == {array("v", n), i, n}


def test_the_variable_of_a_derivative_is_not_replaced_by_a_value() -> None:
    with pytest.raises(FormulaError, match="prime"):
        substitute(D(sigma(x), x), {x: z + 1})


def test_the_variable_of_a_derivative_may_be_renamed() -> None:
    assert substitute(D(sigma(x), x), {x: z}) == D(sigma(z), z)


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        (D(x * y, x), {y: x}),
        (D(x * y, x), {y: 2 * x}),
        (D(x * y, x), {x: y}),
        (D(x * y, x), {x: z, y: z}),
        (D(theta[j] * y, theta[j]), {y: theta[j]}),
        (D(theta[j] * y, theta[j]), {y: total(theta[k], k, 1, n)}),
    ],
    ids=str,
)
def test_nothing_may_come_to_depend_on_the_variable_of_a_derivative(
    formula: Formula, values: dict[Symbol, Formula]
) -> None:
    with pytest.raises(FormulaError):
        substitute(formula, values)


def test_the_derivative_at_a_point_is_free_to_move() -> None:
    assert substitute(prime(sigma, x), {x: 2 * z}) == prime(sigma, 2 * z)


def test_replacing_part_of_a_derivative_leaves_it_alone_where_its_variable_is_concerned() -> None:
    assert replaced(D(x * y, x), y, x) == D(x * y, x)
    assert replaced(D(x * y, x), x, y) == D(x * y, x)
    assert replaced(D(x * y, x), y, z) == D(x * z, x)


def test_what_a_sum_binds_is_not_replaced_as_a_part() -> None:
    formula = i + total(i * x, i, 1, m)
    assert replaced(formula, i, j) == j + total(i * x, i, 1, m)
    assert replaced(formula, x, i) == formula


def test_a_definition_that_depends_on_more_than_its_parameters_is_written_out() -> None:
    assert free_symbols(shifted(t)) == {t, y}
    assert substitute(shifted(t), {y: z}) == t + z
    with pytest.raises(FormulaError, match="unfold"):
        substitute(prime(shifted, t), {y: z})


def test_unfolding_does_not_capture_either() -> None:
    scaled = define("scaled", x, total(i * x, i, 1, m))
    assert same_up_to_bound_names(unfolded(scaled(i)), total(k * i, k, 1, m))


def test_names_of_bound_variables_do_not_matter_and_free_ones_do() -> None:
    assert same_up_to_bound_names(total(i * x, i, 1, m), total(k * x, k, 1, m))
    assert not same_up_to_bound_names(total(i * x, i, 1, m), total(i * y, i, 1, m))
    assert not same_up_to_bound_names(total(i * x, i, 1, m), total(x * x, x, 1, m))
    nested = total(total(i - k, k, 1, m), i, 1, m)
    assert not same_up_to_bound_names(nested, total(total(k - i, k, 1, m), i, 1, m))


@given(everything)
def test_replacing_nothing_changes_nothing(formula: Formula) -> None:
    assert substitute(formula, {}) == formula
    assert substitute(formula, {Symbol("absent"): x}) == formula


@given(everything)
def test_canonical_names_keep_what_is_free(formula: Formula) -> None:
    assert free_names(canonical_names(formula)) == free_names(formula)


@given(everything, st.sampled_from(symbols("y alpha_1 rate n")))
def test_renaming_there_and_back_gives_the_same_formula(formula: Formula, old: Symbol) -> None:
    new = Symbol("fresh")
    there = substitute(formula, {old: new})
    assert old not in free_symbols(there)
    # A definition that depends on the symbol besides its parameters is written out on the way.
    assert same_up_to_bound_names(unfolded(substitute(there, {new: old})), unfolded(formula))
