"""The quick second opinion gives what the general evaluation by mpmath gives, or nothing."""

from fractions import Fraction
from itertools import islice

import mpmath
import pytest

from derivations.catalogue import SHIPPED
from derivations.core import (
    D,
    acos,
    array,
    asinh,
    atan,
    cos,
    cosh,
    define,
    delta,
    erf,
    erfc,
    exp,
    log,
    num,
    oo,
    prime,
    product,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
    total,
)
from derivations.core.calculus import integral
from derivations.core.functions import Abs, sign
from derivations.loading import load_module
from numeric.points.sample import points_of
from numeric.reference.evaluate import Library, valued
from numeric.reference.operations import scope_of
from numeric.reference.second_opinion import QuickReference

BITS = 400
x, y, n, i, j, k = symbols("x y n i j k")
a = array("a", n)
POINT = {x: Fraction(3, 7), y: Fraction(-5, 3)}


def _quick(formula, point):
    with mpmath.workprec(BITS):
        return QuickReference().value(formula, point, None, BITS)


def _general(formula, point):
    with mpmath.workprec(BITS):
        return valued(Library().step(formula), scope_of(point))


def _same(one, two):
    with mpmath.workprec(BITS):
        return abs(one - two) <= mpmath.mpf(10) ** -60 * max(abs(two), mpmath.mpf(10) ** -30)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_line_of_a_chapter_has_the_same_value_both_ways(name):
    compared = 0
    for derivation in load_module(f"derivations.{name}").derivations:
        quick, library = QuickReference(), Library()
        lines = dict.fromkeys((derivation.claim.lhs, *derivation.lines))
        points = islice(points_of(derivation.claim, derivation.lines), 6)
        for number, point in enumerate(points):
            for line in lines:
                with mpmath.workprec(BITS):
                    found = quick.value(line, point, number, BITS)
                    if found is None:
                        continue
                    compared += 1
                    assert _same(found, valued(library.step(line), scope_of(point))), line
    assert compared


@pytest.mark.parametrize(
    "function",
    [exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, atan, erf, erfc, Abs],
    ids=str,
)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_derivatives_are_those_of_mpmath(function, order):
    formula = D(function(x**2 + 1 / (2 + x)), x, order)
    found = _quick(formula, POINT)
    assert found is not None
    with mpmath.workprec(BITS):
        inner = _general(D(function(x**2 + 1 / (2 + x)), x, order), POINT)
    assert _same(found, inner)


@pytest.mark.parametrize(
    "formula",
    [
        D(D(exp(x * y) / (1 + y**2), x), y),
        D(D(x**y, y), x),
        D((x + 2) ** (y - num(1) / 3), x, 2),
        D(x**-3 + (x * y) ** 0 + tanh(50 * x), x, 2),
        prime(define("f", x, x**3 * exp(-x)), y, 2),
        D(num(7), x) + y,
        log(x, num(2)),
        total(x**k / k, k, 1, 5) * product(k + y, k, 2, 4) + total(x, k, 3, 2),
        0 * x + (x - x) ** 0,
    ],
    ids=str,
)
def test_formulas_of_numbers(formula):
    found = _quick(formula, POINT)
    assert found is not None
    assert _same(found, _general(formula, POINT))


@pytest.mark.parametrize("index", [1, 2, 3])
@pytest.mark.parametrize(
    "formula",
    [
        D(total(a[k] ** 2 * x, k, 1, n), a[j]),
        D(D(exp(total(a[k] * k, k, 1, n)), a[j]), a[j]),
        D(D(product(a[k] + x, k, 1, n), a[2]), a[j]),
        total(D(a[k] ** 3, a[k]), k, 1, n) + delta(j, 2) * a[j],
        total(a[k], k, 1, j),
    ],
    ids=str,
)
def test_formulas_of_arrays(formula, index):
    point = {n: 3, j: index, x: Fraction(1, 3), a: (Fraction(2), Fraction(-1, 2), Fraction(5, 7))}
    found = _quick(formula, point)
    assert found is not None
    assert _same(found, _general(formula, point))


@pytest.mark.parametrize(
    ("formula", "at"),
    [
        (log(x), -1),
        (log(x), 0),
        (sqrt(x), -2),
        (acos(x), 2),
        (1 / x, 0),
        (x**-2, 0),
        (x ** (-num(1) / 2), 0),
        (D(Abs(x), x), 0),
        (D(sqrt(x), x), 0),
        (D(sign(x), x), 1),
        (integral(exp(-(y**2)), y, -oo, x), 1),
        (a[2], 1),
    ],
    ids=str,
)
def test_what_is_not_real_or_not_known_is_left_to_the_general_evaluation(formula, at):
    assert _quick(formula, {x: Fraction(at), n: 1, a: (Fraction(1),)}) is None


def test_a_power_of_nothing():
    assert _quick(x**0, {x: Fraction(0)}) == 1
    assert _quick(x**y, {x: Fraction(0), y: Fraction(0)}) == 1
    assert _quick(x**y, {x: Fraction(0), y: Fraction(1, 2)}) == 0


def test_two_arrays_of_one_shape_share_a_tape_and_not_their_values():
    quick, formula = QuickReference(), total(asinh(a[k]), k, 1, n)
    with mpmath.workprec(BITS):
        for number, values in enumerate([(1, 2), (3, 4), (5, 6, 7), (8, 9)]):
            point = {n: len(values), a: values}
            found = quick.value(formula, point, number, BITS)
            assert _same(found, sum(map(mpmath.asinh, values)))
