"""A formula and its SymPy meaning: there, back, and what has no counterpart."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core import (
    And,
    D,
    Formula,
    FormulaError,
    Matmul,
    Max,
    Positive,
    Q,
    Reals,
    Sizes,
    Transpose,
    array,
    cases,
    cos,
    define,
    eq,
    exp,
    indicator,
    integral,
    limit,
    log,
    num,
    oo,
    opaque,
    pi,
    prime,
    product,
    sqrt,
    symbols,
    tanh,
    total,
)
from derivations.core.calculus import subs
from derivations.core.formula import Catalan, GoldenRatio
from derivations.core.from_sympy import from_sympy
from derivations.core.special_functions import FUNCTIONS, hypergeometric
from derivations.core.sympy_names import OTHERWISE
from derivations.core.to_sympy import to_sympy

x, y, t, i, j, m, n = symbols("x y t i j m n")
X, Y = sympy.symbols("x y")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
data = array("a", m, n)

BACK_AND_FORTH = [
    x + y * 2,
    -x * y,
    x / y - 3,
    Q(-2, 3) * x,
    x**2,
    sqrt(x) + exp(-x),
    log(x) * tanh(y / 2),
    pi * x,
    Max(x, y),
    integral(exp(-t), t, 0, x),
    total(t**2, t, 1, m),
    product(t, t, 1, m),
    limit(exp(-x), x, oo),
    limit(1 / x, x, 0, "+"),
    D(cos(x), x, 2),
    cases((x, x > 0), (-x, None)),
    cases((x, And((x > 0, y < 1))), (num(2), None)),
    data[i, j] + total(data[i, t], t, 1, n),
    opaque("f")(x),
]


@pytest.mark.parametrize("formula", BACK_AND_FORTH, ids=str)
def test_a_formula_comes_back_with_the_same_meaning(formula: Formula) -> None:
    there = to_sympy(formula)
    assert to_sympy(from_sympy(there)) == there


@pytest.mark.parametrize(
    ("formula", "text"),
    [(x / x, "x/x"), (0 * log(x), "0*log(x)"), (exp(log(x)), "exp(log(x))"), (x + x, "x + x")],
    ids=str,
)
def test_construction_evaluates_nothing(formula: Formula, text: str) -> None:
    assert str(to_sympy(formula)) == text


ARGUMENTS = symbols("a b c z")


@pytest.mark.parametrize(
    "call",
    [
        head(*ARGUMENTS[:arity])
        for name, head in FUNCTIONS.items()
        for arity in head.arities
        if arity <= len(ARGUMENTS)
        and name not in (*OTHERWISE, "Max", "Min")
        and (name, arity) != ("log", 2)
    ],
    ids=str,
)
def test_every_function_has_the_name_that_sympy_gives_it(call: Formula) -> None:
    there = to_sympy(call)
    assert str(there) == str(call)
    assert from_sympy(there) == call


@pytest.mark.parametrize("counts", [(0, 0), (0, 1), (1, 1), (2, 1), (1, 2), (3, 2)], ids=str)
def test_a_hypergeometric_function_keeps_its_parameters(counts: tuple[int, int]) -> None:
    letters = symbols("a b c d e z")
    call = hypergeometric(*counts)(*letters[: sum(counts)], letters[-1])
    there = to_sympy(call)
    assert (len(there.ap), len(there.bq)) == counts
    assert from_sympy(there) == call


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (FUNCTIONS["cbrt"](num(8)), 2),
        (FUNCTIONS["root"](num(16), 4), 2),
        (FUNCTIONS["root"](num(9), Q(1, 2)), 81),
        (Catalan + GoldenRatio, sympy.Catalan + sympy.GoldenRatio),
        (subs(D(x**3, x), x, 2), 12),
        (subs(x**2, x, y + 1), (Y + 1) ** 2),
    ],
    ids=str,
)
def test_roots_constants_and_values_at_a_point_mean_the_same(
    formula: Formula, value: object
) -> None:
    assert sympy.simplify(to_sympy(formula).doit() - value) == 0


def test_values_at_several_points_are_taken_at_once() -> None:
    swapped = from_sympy(sympy.Subs(X - Y, (X, Y), (Y, X)))
    assert to_sympy(swapped).doit() == Y - X


@pytest.mark.parametrize("name", ["gcd", "lcm"])
def test_the_gcd_of_symbols_is_not_sympys(name: str) -> None:
    with pytest.raises(FormulaError, match="no counterpart"):
        to_sympy(FUNCTIONS[name](m, n))


def test_a_definition_is_unfolded() -> None:
    assert sympy.simplify(to_sympy(sigma(y)) - 1 / (1 + sympy.exp(-Y))) == 0


def test_domains_become_assumptions() -> None:
    domains = {x: Positive, y: Reals, m: Sizes}
    one, two, three = (to_sympy(s, domains) for s in (x, y, m))
    assert one.is_positive
    assert two.is_real
    assert two.is_positive is None
    assert three.is_integer
    assert three.is_positive
    assert to_sympy(x).is_real is None


def test_an_indicator_is_a_definition_by_cases() -> None:
    there = to_sympy(indicator(x < 0))
    assert there.subs(X, -1) == 1
    assert there.subs(X, 1) == 0


def test_the_derivative_at_a_point_is_the_derivative_there() -> None:
    assert to_sympy(prime(sigma, 0)).doit() == sympy.Rational(1, 4)


def test_an_entry_is_written_out_with_indices() -> None:
    from derivations.core import Entry

    v = array("v", m)
    there = to_sympy(Entry(Matmul(Transpose(data), v), (j,)))
    assert isinstance(there, sympy.Sum)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (sympy.Rational(-1, 2) * X, "-1/2*x"),
        (X / Y, "x/y"),
        (sympy.exp(-X), "exp(-x)"),
        (sympy.E, "exp(1)"),
        (1 / X**2, "1/x**2"),
        (sympy.sqrt(X), "sqrt(x)"),
        (sympy.Eq(X, Y), "x = y"),
        (-sympy.oo, "-oo"),
    ],
    ids=str,
)
def test_a_sympy_expression_becomes_a_formula(expr: sympy.Basic, text: str) -> None:
    assert str(from_sympy(expr)) == text


@pytest.mark.parametrize(
    ("expr", "sentence"),
    [
        (sympy.Float("0.5"), "not exact"),
        (sympy.stieltjes(X), "stieltjes"),
        (sympy.Heaviside(X, 1), "value 1 at 0"),
        (sympy.Integral(X, X), "definite"),
        (sympy.Matrix([[X]]), "not supported"),
        (sympy.IndexedBase("a")[sympy.Symbol("i")], "no shape"),
    ],
    ids=str,
)
def test_what_has_no_counterpart_is_refused(expr: object, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence):
        from_sympy(expr)


def test_a_tensor_without_indices_is_refused() -> None:
    with pytest.raises(FormulaError, match="no counterpart"):
        to_sympy(Transpose(data))


def test_a_relation_keeps_its_sides() -> None:
    there = to_sympy(eq(x, x))
    assert isinstance(there, sympy.Eq)


def test_the_vocabulary_does_not_import_sympy() -> None:
    code = "import sys, derivations.core; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


leaves = st.one_of(st.integers(-9, 9).map(num), st.sampled_from([x, y, Q(2, 3)]))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] - p[1]),
        inner.map(lambda f: f / 7),
        inner.map(lambda f: f**3),
        inner.map(lambda f: -f),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(trees)
def test_the_way_there_and_back_keeps_the_value(formula: Formula) -> None:
    at = {X: sympy.Rational(2, 7), Y: sympy.Rational(-5, 3)}
    there = to_sympy(formula)
    back = to_sympy(from_sympy(there))
    assert there.subs(at).doit() == back.subs(at).doit()
