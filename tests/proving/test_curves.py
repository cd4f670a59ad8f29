"""Orders of waves by half angles, of bent curves by their ends, on both sides of a hole, and
derivatives where pieces meet; what is false beside is left."""

from __future__ import annotations

import pytest

from derivations.proving.prove import Proof, prove
from tests.proving.test_methods import RR, Case, R, _named, claim

QUARTER = {"x": "[0, pi/2]"}
ABR = {"a": "R", "b": "R", "x": "R"}
HUBER = "Derivative(Piecewise((x**2, x > 1), (2*x - 1, True)), x)"

TRUE: list[Case] = [
    ("sin(x) + cos(x) <= sqrt(2)", R),
    ("sin(x)*cos(x) <= 1/2", R),
    ("3*sin(x) + 4*cos(x) <= 5", R),
    ("a*sin(x) + b*cos(x) <= sqrt(a**2 + b**2)", ABR),
    ("cos(x) + cos(2*x) >= -9/8", R),
    ("cos(x/2)*cos(x/3) <= 1", R),
    ("sin(x) >= 2*x/pi", QUARTER),
    ("sin(x) > 2*x/pi", {"x": "(0, pi/2)"}),
    ("sinh(x)/x >= 1", R, "x != 0"),
    ("sin(x)/x < 1", R, "x != 0"),
    ("sin(x) < x", {"x": "(0, oo)"}),
    ("tan(x) > x + x**3/3", {"x": "(0, pi/2)"}),
    ("cos(x) > 1 - x**2/2", R, "x != 0"),
    ("Derivative(x*Abs(x), x) = 2*Abs(x)", R),
    ("Derivative(Abs(x)**3, x) = 3*x*Abs(x)", R),
    ("Derivative(Max(x, 0)**2, x) = 2*Max(x, 0)", R),
    ("Derivative(x/(1 + Abs(x)), x) = 1/(1 + Abs(x))**2", R),
    (f"{HUBER} = 2*Max(x, 1)", R),
]
FALSE: list[Case] = [
    ("sin(x) + cos(x) < sqrt(2)", R),
    ("3*sin(x) + 4*cos(x) < 5", R),
    ("sin(x)*cos(x) <= 1/2 - 1/10**20", R),
    ("a*sin(x) + b*cos(x) < sqrt(a**2 + b**2)", {"a": "(0, oo)", "b": "(0, oo)", "x": "R"}),
    ("cos(x) + cos(2*x) > -9/8", R),
    ("cos(x) + cos(2*x) >= 0", R),
    ("cos(x) > -1", R),
    ("cos(x/2)*cos(x/3) < 1", R),
    ("sin(x) + x >= -1", R),
    ("sin(x) > 2*x/pi", QUARTER),
    ("sin(x) >= 2*x/pi", {"x": "[0, pi/2 + 1/10**9]"}),
    ("sin(x) >= 2*x/pi", {"x": "[-1, 1]"}),
    ("x*(1 - x) > 0", {"x": "[0, 1)"}),
    ("Abs(x) <= 1", {"x": "[-1, 2]"}),
    ("sinh(x)/x >= 1", R),
    ("sinh(x)/x > 1 + 1/10**20", R, "x != 0"),
    ("sin(x)/x < 1", R),
    ("sin(x)/x < 1 - 1/10**20", R, "x != 0"),
    ("cos(x) > 1 - x**2/2", R),
    ("x + Abs(x) > 0", {"x": "(-1, oo)"}),
    ("tan(x) > x + x**3/3 + 1/10**20", {"x": "(0, pi/2)"}),
    ("1/x > 0", R, "x != 0"),
    ("Derivative(x*Abs(x), x) = 2*x", R),
    ("Derivative(Abs(x), x) = sign(x)", R),
    ("Derivative(Max(x, 0), x) = Heaviside(x)", R),
    ("Derivative(Max(x, 0), x) = 2*Max(x, 0)*Indicator(x > 1)", {"x": "[0, 1]"}),
    ("Derivative(Piecewise((x**2, x > 0), (1, True)), x) = 2*Max(x, 0)", R),
    ("Derivative(Piecewise((x**2, x > 0), (-x**2, x < 0)), x) = 2*Abs(x)", R),
    ("Derivative(Piecewise((x**2, x > 0), (-x**2, x < 0), (1, True)), x) = 2*Abs(x)", R),
    ("Derivative(x**2*Abs(x)/x, x) = 2*Abs(x)", R),
    (f"{HUBER} = 2*x", R),
    ("Derivative(Max(x, y), x) = Indicator(x > y)", RR),
]


@pytest.mark.parametrize("case", TRUE, ids=_named)
def test_a_truth_is_proved(case: Case) -> None:
    assert isinstance(prove(claim(*case)), Proof)


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_falsehood_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None
