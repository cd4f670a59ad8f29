"""Printing LaTeX never changes meaning: what is printed reads back to the tree it was made of."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivations.core import Formula, exp, log, num, opaque, product, sin, sqrt, total
from derivations.core.latex import to_latex
from tests.core.latex_reader import LatexReader
from tests.core.trees import (
    ARRAYS,
    INDICES,
    SYMBOLS,
    alpha_1,
    d,
    everything,
    f,
    h,
    i,
    n,
    sigma,
    theta,
    with_calls,
    x,
    y,
    z,
)

READER = LatexReader(
    symbols={to_latex(s): s for s in (*SYMBOLS, *INDICES)},
    heads={
        r"\log": log,
        r"\sin": sin,
        "f": opaque("f"),
        "g": opaque("g"),
        r"\sigma": sigma,
        r"h_\theta": h,
    },
    indexed_heads={"z": z},
    arrays={to_latex(a): a for a in ARRAYS},
)


@given(with_calls)
def test_printed_latex_reads_back_to_the_same_tree(formula: Formula) -> None:
    assert READER.read(to_latex(formula)) == formula


@given(everything)
def test_printed_latex_with_sums_integrals_and_limits_reads_back(formula: Formula) -> None:
    assert READER.read(to_latex(formula)) == formula


@given(everything, everything)
def test_different_trees_print_differently(one: Formula, other: Formula) -> None:
    assert (one == other) == (to_latex(one) == to_latex(other))


HOSTILE = [
    -x * y,
    -(x * y),
    (-1) * x,
    x * (-1),
    x - (-1) * y,
    (x**y) ** exp(x),
    x ** (y**x),
    (-x) ** 2,
    -(x**2),
    num(2) ** num(3) * 5,
    num(1) * 2 * 3,
    2 * (num(3) / 4),
    num(12) * num(3) ** 2,
    x * (y * x),
    x * (y / x),
    x / (y / x),
    (x / y) / x,
    (x / y) ** 2,
    f * (x + 1),
    opaque("f")(x + 1),
    f * (x + 1) * opaque("f")(y),
    d / (d * x),
    d / d,
    total(x, i, 1, n) * y,
    total(x * y, i, 1, n),
    total(x, i, 1, n) + y,
    total(x + y, i, 1, n),
    -total(-x, i, 1, n) - y,
    x - 2 * total(x, i, 1, n) - y,
    total(x, i, 1, n) ** 2,
    product(total(x, i, 1, n), i, 1, n) / 2,
    exp(x) ** 2,
    exp(x**2),
    exp(-x / 2),
    exp(-(x / y) / 2),
    exp((x + y) / 2 + x),
    x ** (y / 2),
    x ** (-(num(1) / 2)),
    x ** ((x * y) / 2),
    x ** (x * (y / 2)),
    x ** ((y / x) / 2),
    sqrt(x) ** 2,
    log(x) ** 2,
    log(x**2),
    log(x * y),
    log(x) * y,
    sigma(x) ** 2 * (1 - sigma(x)),
    h(x) ** 2,
    z(i) ** 2,
    theta * (1 - theta) * (-alpha_1),
    -(-(-x)),  # noqa: B002  (three signs)
    x - (y - (x - y)),
    x + (y + x) + y,
]


@pytest.mark.parametrize("formula", HOSTILE, ids=str)
def test_hostile_nestings_read_back(formula: Formula) -> None:
    assert READER.read(to_latex(formula)) == formula
