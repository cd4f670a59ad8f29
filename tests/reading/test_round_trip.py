"""What is printed is read as the same tree; what SymPy prints is read with the same meaning."""

from __future__ import annotations

import keyword

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core.formula import Formula, Relation, symbols
from derivations.core.special_functions import FUNCTIONS
from derivations.core.text import to_text
from derivations.core.to_sympy import to_sympy
from derivations.reading import read_condition, read_formula, read_relation
from tests.reading.trees import NAMES, conditions, formulas, relations


@settings(max_examples=400, deadline=None)
@given(formulas)
def test_a_printed_formula_reads_as_the_same_tree(formula: Formula) -> None:
    assert read_formula(to_text(formula), NAMES) == formula


@settings(max_examples=200, deadline=None)
@given(conditions)
def test_a_printed_condition_reads_as_the_same_tree(condition: Formula) -> None:
    text = to_text(condition).replace(" = ", " == ")
    assert read_condition(text, NAMES) == condition


@settings(max_examples=200, deadline=None)
@given(relations)
def test_a_printed_statement_reads_as_the_same_tree(relation: Relation) -> None:
    assert read_relation(to_text(relation), NAMES) == relation


@pytest.mark.parametrize(
    "call",
    [
        head(*symbols("a b c d p q r s")[:arity])
        for head in FUNCTIONS.values()
        for arity in head.arities
    ],
    ids=str,
)
def test_every_function_reads_as_it_is_printed(call: Formula) -> None:
    assert read_formula(str(call), set("abcdpqrs")) == call


x, y, z, n, k = sympy.symbols("x y z n k")
PRINTED_BY_SYMPY = [
    sympy.Rational(-3, 7) * x**2 / y,
    sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi),
    1 / (1 + sympy.exp(-x)),
    sympy.log(x) * sympy.sin(y) - sympy.cos(x * y) ** 3,
    x ** (y**z),
    (x**y) ** z,
    -(x**2),
    (-x) ** 2,
    sympy.E**x + sympy.E,
    sympy.I * sympy.pi + sympy.EulerGamma - sympy.Catalan * sympy.GoldenRatio,
    sympy.root(x, 3) + sympy.cbrt(y),
    sympy.gamma(x) / sympy.loggamma(y) + sympy.polygamma(1, x) + sympy.digamma(z),
    sympy.hyper((1, x), (sympy.Rational(3, 2),), z) + sympy.hyper((), (x,), z),
    sympy.besselj(0, x) + sympy.airyai(y) + sympy.elliptic_k(z) + sympy.elliptic_pi(x, y, z),
    sympy.polylog(2, x) + sympy.zeta(x) + sympy.zeta(x, y) + sympy.lerchphi(x, y, z),
    sympy.legendre(n, x) + sympy.jacobi(n, x, y, z) + sympy.assoc_legendre(n, k, x),
    sympy.floor(x) + sympy.ceiling(y) + sympy.Mod(x, y) + sympy.frac(z),
    sympy.binomial(n, k) + sympy.factorial(n) + sympy.RisingFactorial(x, n) + sympy.ff(x, n),
    sympy.Max(x, y, z) + sympy.Min(x, 1),
    sympy.Abs(x) + sympy.sign(y) + sympy.re(z) + sympy.arg(z) + sympy.conjugate(z),
    sympy.LambertW(x) + sympy.LambertW(x, -1),
    sympy.Heaviside(x) * sympy.KroneckerDelta(n, k),
    sympy.Derivative(sympy.sin(x * y), x),
    sympy.Derivative(sympy.sin(x * y), x, x, y),
    sympy.Subs(sympy.Derivative(sympy.gamma(x) * y, x), x, y + 1),
    sympy.Integral(sympy.exp(-(x**2)), (x, -sympy.oo, sympy.oo)),
    sympy.Integral(x * y, (x, 0, y), (y, 0, 1)),
    sympy.Sum(x**k / sympy.factorial(k), (k, 0, sympy.oo)),
    sympy.Sum(k * n, (k, 1, n), (n, 1, 5)),
    sympy.Product(1 - x**2 / k**2, (k, 1, n)),
    sympy.Limit(sympy.sin(x) / x, x, 0),
    sympy.Limit(1 / x, x, 0, "-"),
    sympy.Limit(sympy.sin(x) / x, x, 0, "+-"),
    sympy.Limit(sympy.exp(-x), x, sympy.oo),
    sympy.Piecewise((x, x > 0), (-x, True)),
    sympy.Piecewise((x, (x > 0) & (y < 1)), (y, sympy.Or(x <= -1, sympy.Ne(y, z))), (0, True)),
    sympy.Piecewise((1, sympy.Eq(x, y)), (0, True)),
    sympy.Piecewise((1, sympy.Not((x > 0) & (y > 0) & (z > 0), evaluate=False)), (2, x > 1)),
]


def evaluated(expr: sympy.Basic) -> sympy.Basic:
    """Built again, so that SymPy orders and evaluates; a symbol is its name."""
    if isinstance(expr, sympy.Symbol):
        return sympy.Symbol(expr.name)
    return expr.func(*map(evaluated, expr.args)) if expr.args else expr


@pytest.mark.parametrize("expr", PRINTED_BY_SYMPY, ids=str)
def test_what_sympy_prints_is_read_with_the_same_meaning(expr: sympy.Expr) -> None:
    formula = read_formula(str(expr), "xyznk")
    assert evaluated(to_sympy(formula)) == evaluated(expr)


numbers = st.integers(-5, 9).map(sympy.Integer) | st.sampled_from([x, y, sympy.Rational(1, 3)])
expressions = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
        inner.map(lambda e: e**2),
        inner.map(lambda e: -e),
        inner.map(lambda e: 1 / (2 + e**2)),
        inner.map(sympy.atan),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(expressions)
def test_the_value_of_what_sympy_prints_is_kept(expr: sympy.Expr) -> None:
    at = {x: sympy.Rational(2, 7), y: sympy.Rational(-5, 3)}
    there = to_sympy(read_formula(str(expr), "xy"))
    assert abs(sympy.N(there.subs(at) - expr.subs(at), 30)) < sympy.Float("1e-20")


def test_the_names_of_the_trees_are_names_of_variables() -> None:
    assert not any(keyword.iskeyword(name) for name in NAMES)
