"""Random formulas for hypothesis, built by operators, as an author builds them."""

from __future__ import annotations

from hypothesis import strategies as st

from derivations.core import (
    Abs,
    D,
    E,
    Formula,
    Function,
    Q,
    Symbol,
    array,
    define,
    delta,
    exp,
    factorial,
    integral,
    limit,
    log,
    num,
    oo,
    opaque,
    pi,
    product,
    sin,
    sqrt,
    symbols,
    total,
)
from derivations.core.formula import walk

x, y, d, f, theta, alpha_1, rate, n = symbols("x y d f theta alpha_1 rate n")
i, j = symbols("i j")
SYMBOLS = (x, y, d, f, theta, alpha_1, rate, n, symbols("Gamma")[0], symbols("e")[0])
INDICES = (i, j)
v, X = array("v", n), array("X", n, n)
ARRAYS = (v, X)
sigma = define("sigma", x, 1 / (1 + exp(-x)), latex=r"\sigma")
h = define("h", x, sigma(x), latex=r"h_\theta(#1)")
z = define("z", i, v[i], latex="z_{#1}")
HEADS: tuple[Function, ...] = (exp, log, sqrt, Abs, sin, factorial, opaque("f"), opaque("g"))
DEFINITIONS = (sigma, h, z)

leaves = st.one_of(
    st.sampled_from((*SYMBOLS, *INDICES, pi, E)),
    st.integers(-3, 12).map(num),
    st.sampled_from((v[1], v[i], v[i + 1], X[i, j], X[1, 2], X[i, n], Q(1, 2), Q(-2, 3))),
)


def _ring(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: p[0] + p[1]),
        pair.map(lambda p: p[0] - p[1]),
        pair.map(lambda p: p[0] * p[1]),
        pair.map(lambda p: p[0] / p[1]),
        pair.map(lambda p: -p[0] * p[1]),
        pair.map(lambda p: -(p[0] - p[1])),
    )


def _arithmetic(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    pair = st.tuples(inner, inner)
    return st.one_of(_ring(inner), pair.map(lambda p: p[0] ** p[1]), inner.map(lambda u: -u))


def _calls(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.tuples(st.sampled_from((*HEADS, *DEFINITIONS)), inner).map(lambda p: p[0](p[1])),
        st.tuples(inner, inner).map(lambda p: log(*p)),
        st.tuples(inner, inner).map(lambda p: delta(*p)),
    )


def _binders(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    variable: st.SearchStrategy[Symbol] = st.sampled_from((x, i, theta))
    return st.one_of(
        st.tuples(inner, variable, inner).map(lambda p: total(p[0], p[1], 1, p[2])),
        st.tuples(inner, variable, inner).map(lambda p: product(p[0], p[1], 1, p[2])),
        st.tuples(inner, variable, inner).map(lambda p: integral(p[0], p[1], -oo, p[2])),
        st.tuples(inner, variable, inner, st.sampled_from(("+", "-", "+-"))).map(
            lambda p: limit(*p)
        ),
        st.tuples(inner, st.sampled_from((x, theta, v[i])), st.integers(1, 2)).map(lambda p: D(*p)),
    )


def _small(formula: Formula) -> bool:
    return sum(1 for _ in walk(formula)) <= 60


arithmetic = st.recursive(leaves, _arithmetic, max_leaves=12).filter(_small)
with_calls = st.recursive(leaves, lambda s: _arithmetic(s) | _calls(s), max_leaves=12).filter(
    _small
)
everything = st.recursive(
    leaves, lambda s: _arithmetic(s) | _calls(s) | _binders(s), max_leaves=12
).filter(_small)
# Values of these exist in the rational numbers, but for a division by zero.
_exact = st.one_of(st.sampled_from((x, y, theta)), st.integers(-3, 9).map(num))
rational = st.recursive(
    st.one_of(_exact, st.tuples(_exact, st.integers(-2, 3)).map(lambda p: p[0] ** p[1])),
    lambda s: st.one_of(_ring(s), _ring(s).map(lambda u: u**2)),
    max_leaves=8,
).filter(_small)
