"""Numbers that are not real are in no order: in conditions, extremes, and what is said of them."""

from __future__ import annotations

import pytest

from derivations.reading import read_claim
from numeric import Verdict, check


def _found(claim, **domain):
    return check(read_claim({"claim": claim, "domain": domain}))


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("Indicator(I < 1 + I) = 0", {}),
        ("Indicator(z <= z) = Indicator(im(z) == 0)", {"z": "C"}),
        ("Max(exp(I*pi/3) + exp(-I*pi/3), 0) = 1", {}),
        ("Max(besselj(0, I*x), 1) = besseli(0, x)", {"x": "R"}),
    ],
)
def test_a_real_difference_puts_complex_numbers_in_no_order(claim, domain):
    assert _found(claim, **domain).verdict.is_pass


@pytest.mark.parametrize("claim", ["z < z + 1", "z <= z", "Max(z) = z", "Max(z, z) = z"])
def test_complex_numbers_refute_an_order(claim):
    found = _found(claim, z="C")
    assert found.verdict is Verdict.REFUTED
    assert "not real" in found.reason or "complex number" in found.reason


@pytest.mark.parametrize(
    ("claim", "left", "right"),
    [
        ("10**30 + 1 = 10**30", "1" + "0" * 29 + "1", "1" + "0" * 30),
        ("1/3 = Rational(333333333333333333333, 10**21)", "1/3", "0.333333333333333333333000"),
        ("exp(10**-30) = 1", "1.000000000000000000000000000001000", "1"),
    ],
)
def test_a_witness_shows_where_the_sides_differ(claim, left, right):
    witness = _found(claim).witness
    assert witness is not None
    assert witness.lhs.startswith(left)
    assert witness.rhs.startswith(right)
