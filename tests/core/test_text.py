"""Printing text never changes meaning."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from derivations.core import (
    And,
    Formula,
    Not,
    Or,
    cases,
    delta,
    eq,
    indicator,
    ne,
    num,
    oo,
    pi,
    prime,
)
from derivations.core.formula import Add, Div, Mul, Neg, Number, Pow, Symbol
from derivations.core.text import to_text
from tests.core.text_reader import TextReader
from tests.core.trees import (
    ARRAYS,
    DEFINITIONS,
    HEADS,
    INDICES,
    SYMBOLS,
    arithmetic,
    everything,
    rational,
    sigma,
    theta,
    x,
    y,
)

READER = TextReader(
    names={
        **{s.name: s for s in (*SYMBOLS, *INDICES, *ARRAYS)},
        "pi": pi,
        "oo": oo,
    },
    functions={head.name: head for head in (*HEADS, *DEFINITIONS, delta)},
)
POINT = {"x": Fraction(2, 3), "y": Fraction(-5, 7), "theta": Fraction(11, 4)}
ARITHMETIC = TextReader(names=POINT, number=Fraction)


@given(arithmetic)
def test_text_reads_back_to_the_same_arithmetic(formula: Formula) -> None:
    assert READER.read(to_text(formula)) == formula


@given(everything)
def test_text_reads_back_to_the_same_tree(formula: Formula) -> None:
    assert READER.read(to_text(formula)) == formula


@given(rational)
def test_text_has_the_value_of_the_tree(formula: Formula) -> None:
    try:
        value = _value(formula)
    except ZeroDivisionError:
        assume(False)
    assert ARITHMETIC.read(to_text(formula)) == value


def _value(formula: Formula) -> Fraction:
    match formula:
        case Number(value=value):
            return Fraction(value)
        case Symbol(name=name):
            return POINT[name]
        case Neg(arg=arg):
            return -_value(arg)
        case Add(args=args):
            return sum(map(_value, args), Fraction(0))
        case Mul(args=args):
            result = Fraction(1)
            for arg in args:
                result *= _value(arg)
            return result
        case Div(numerator=numerator, denominator=denominator):
            return _value(numerator) / _value(denominator)
        case Pow(base=base, exponent=exponent):
            power = _value(exponent)
            return _value(base) ** int(power)
    raise AssertionError(formula)


relations = st.tuples(
    st.sampled_from((x, y + 1, -x * y)), st.sampled_from((num(0), theta))
).flatmap(
    lambda p: st.sampled_from(
        (p[0] < p[1], p[0] <= p[1], p[0] > p[1], p[0] >= p[1], ne(*p), eq(*p))
    )
)
conditions = st.recursive(
    relations,
    lambda s: st.one_of(
        st.lists(s, min_size=2, max_size=3).map(lambda args: And(tuple(args))),
        st.lists(s, min_size=2, max_size=3).map(lambda args: Or(tuple(args))),
        s.map(Not),
    ),
    max_leaves=5,
)


@given(conditions)
def test_conditions_read_back(condition: Formula) -> None:
    for holder in (
        Not(condition),
        indicator(condition),
        cases((x, condition), (y, None)),
        cases((x, condition)),
    ):
        assert READER.read(to_text(holder)) == holder


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (x - (y - 1), "x - (y - 1)"),
        (x - y - 1, "x - y - 1"),
        (-x * y, "-x*y"),
        (-(x * y), "-x*y"),
        ((-1) * x, "-1*x"),
        (x * (-1), "x*(-1)"),
        ((-x) ** 2, "(-x)**2"),
        (-(x**2), "-x**2"),
        (x**y**2, "x**(y**2)"),
        ((x**y) ** 2, "(x**y)**2"),
        (x / y / 2, "x/y/2"),
        (x / (y / 2), "x/(y/2)"),
        (x * (y / 2), "x*(y/2)"),
        (x * y / 2, "x*y/2"),
        (prime(sigma, -x), "sigma'(-x)"),
        (prime(sigma, 0, 2), "sigma''(0)"),
        (eq(x, y), "x = y"),
        (ne(x + 1, y), "x + 1 != y"),
    ],
    ids=str,
)
def test_text_is_what_a_person_writes(formula: Formula, text: str) -> None:
    assert to_text(formula) == text
    assert str(formula) == repr(formula) == text
