"""Random formulas over everything that a claims file may say, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from derivations.core.calculus import Derivative, Integral, Limit, Product, Subs, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    RELATIONS,
    Formula,
    Q,
    Relation,
    div,
    mul,
    neg,
    num,
    oo,
    power,
    symbols,
    walk,
)
from derivations.core.special_functions import FUNCTIONS, hypergeometric
from derivations.reading.bounds import GROWING
from derivations.reading.names import CONSTANTS

NAMES = ("x", "y", "k", "n", "t", "beta", "theta_1", "e", "d")
SYMBOLS = symbols(" ".join(NAMES))

leaves = st.one_of(
    st.sampled_from(SYMBOLS),
    st.integers(-3, 10**12).map(num),
    st.sampled_from(tuple(CONSTANTS.values())),
    st.sampled_from((Q(1, 2), Q(-2, 3), -oo)),
)
# A name that is a variable here is not called.
HEADS = tuple(head for name, head in FUNCTIONS.items() if name not in NAMES)
# Formulas ask for no long numbers, so that no limit is met.
_WHOLE = tuple(map(num, range(-3, 4)))


def _arithmetic(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: p[0] + p[1]),
        pair.map(lambda p: p[0] - p[1]),
        pair.map(lambda p: mul(*p)),
        pair.map(lambda p: div(*p)),
        st.tuples(inner, st.sampled_from((*SYMBOLS, *_WHOLE, Q(1, 2)))).map(lambda p: power(*p)),
        inner.map(neg),
    )


@st.composite
def _calls(draw: st.DrawFn, inner: st.SearchStrategy[Formula]) -> Formula:
    head = draw(st.sampled_from((*HEADS, hypergeometric(2, 1), hypergeometric(0, 1))))
    arity = draw(st.sampled_from(head.arities))
    # The order of a polynomial, n of n!: small, or not a number.
    whole = st.sampled_from((*SYMBOLS, *_WHOLE))
    small = arity == 1 or head.name in ("binomial", *GROWING)
    return head(*(draw(whole if small or n < arity - 1 else inner) for n in range(arity)))


def _binders(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    variable = st.sampled_from(SYMBOLS)
    bounded = st.tuples(inner, variable, inner, inner)
    return st.one_of(
        bounded.map(lambda p: Sum(*p)),
        bounded.map(lambda p: Product(*p)),
        bounded.map(lambda p: Integral(*p)),
        st.tuples(inner, variable, inner).map(lambda p: Subs(*p)),
        st.tuples(inner, variable, st.integers(1, 3)).map(lambda p: Derivative(*p)),
        st.tuples(inner, variable, inner, st.sampled_from(("+", "-", "+-"))).map(
            lambda p: Limit(*p)
        ),
        inner.map(lambda f: Limit(f, SYMBOLS[0], oo, "+-")),
    )


def conditions_over(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    relations = st.tuples(inner, st.sampled_from(RELATIONS), inner).map(lambda p: Relation(*p))
    pair = st.tuples(relations, relations)
    return st.one_of(
        relations,
        pair.map(And),
        pair.map(lambda p: Or((Not(p[0]), p[1]))),
        pair.map(lambda p: Not(And((p[0], Or(p))))),
        relations.map(lambda c: And((c,))),
    )


@st.composite
def _cases(draw: st.DrawFn, inner: st.SearchStrategy[Formula]) -> Formula:
    tests = draw(st.lists(conditions_over(leaves), min_size=0, max_size=2))
    otherwise = draw(st.booleans()) if tests else True
    values = [draw(inner) for _ in range(len(tests) + otherwise)]
    return Cases(tuple(values), tuple(tests))


def _small(formula: Formula) -> bool:
    return sum(1 for _ in walk(formula)) <= 80


formulas = st.recursive(
    leaves,
    lambda s: st.one_of(
        _arithmetic(s),
        _calls(s),
        _binders(s),
        _cases(s),
        conditions_over(leaves).map(Indicator),
    ),
    max_leaves=8,
).filter(_small)
conditions = conditions_over(formulas).filter(_small)
relations = st.tuples(formulas, st.sampled_from(RELATIONS), formulas).map(lambda p: Relation(*p))
