"""Derivatives at a kink: integrals whose integrand breaks at their end, functions that are flat or
go up and down beside a point where they have a value of their own."""

from __future__ import annotations

import pytest

from derivations.core import symbol
from derivations.reading import read_claim, read_formula
from numeric import Verdict, check
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined

FLAT = "Piecewise((exp(-1/x), x > 0), (0, True))"


def _at(text, value=0):
    return enclose(read_formula(text, {"x"}), {symbol("x"): value}, 128)


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("Derivative(Integral(Max(t, 0), (t, -1, x)), x)", 0, 0),
        ("Derivative(Integral(Abs(t - 2), (t, x, 5)), x)", 2, 0),
        ("Derivative(Integral(sign(t), (t, 0, x**2)), x)", 0, 0),
        ("Derivative(Integral(sign(t), (t, -x, x)), x)", 0, 0),
        ("Derivative(Integral(Abs(t)**3, (t, 0, x)), (x, 2))", 0, 0),
        (f"Derivative({FLAT}, x)", 0, 0),
        ("Derivative(Piecewise((3*x + x**2*sin(1/x), x != 0), (0, True)), x)", 0, 3),
        ("Derivative(Piecewise((x**2*log(Abs(x)), x != 0), (0, True)), x)", 0, 0),
    ],
)
def test_a_slope_at_a_kink(text, at, slope):
    value = _at(text, at)
    assert value.contains(slope)
    assert value.rad() < 1e-20


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Derivative(Integral(sign(t), (t, 0, x)), x)", 0),
        ("Derivative(Integral(floor(t), (t, 0, x)), x)", 2),
        ("Derivative(Integral(sign(t), (t, -2*x, x)), x)", 0),
        ("Derivative(Integral(Abs(t), (t, 0, x)), (x, 2))", 0),
        ("Derivative(Piecewise((exp(-1/x), x > 0), (1, True)), x)", 0),
        ("Derivative(Piecewise((x*log(Abs(x)), x != 0), (0, True)), x)", 0),
    ],
)
def test_no_slope_at_a_kink(text, at):
    with pytest.raises(Undefined):
        _at(text, at)


def test_a_slope_that_is_not_known_at_a_kink_decides_nothing():
    wild = "Piecewise((x*sin(1/x), x != 0), (0, True))"
    with pytest.raises(Indeterminate):
        _at(f"Derivative({wild}, x)")
    claim = f"Derivative({wild}, x) = Piecewise((sin(1/x) - cos(1/x)/x, x != 0), (0, True))"
    found = check(read_claim({"id": "wild", "claim": claim, "domain": {"x": "R"}}))
    assert found.verdict is Verdict.UNKNOWN
    assert "kink" in found.reason
