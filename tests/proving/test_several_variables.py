"""Orders in several variables: by sizes, ratios, turning points; what is false beside is left."""

from __future__ import annotations

import pytest

from derivations.proving.prove import Proof, prove
from tests.proving.test_methods import PP, RR, Case, _named, claim

NNN = {"x": "[0, oo)", "y": "[0, oo)", "z": "[0, oo)"}
PPP = {"x": "(0, oo)", "y": "(0, oo)", "z": "(0, oo)"}
RRR = {"x": "R", "y": "R", "z": "R"}
UU = {"p": "(0, 1)", "q": "(0, 1)"}
FOUR = {"a": "R", "b": "R", "x": "R", "y": "R"}
KL = "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"

TRUE: list[Case] = [
    # the means, Schur, Nesbitt
    ("(x + y + z)**3 >= 27*x*y*z", NNN),
    ("(x + y)*(y + z)*(z + x) >= 8*x*y*z", NNN),
    ("(x + y)*(y + z)*(z + x) > 7*x*y*z", PPP),
    ("x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y) >= 0", NNN),
    ("x/(y + z) + y/(z + x) + z/(x + y) >= 3/2", PPP),
    ("(x + y + z)*(1/x + 1/y + 1/z) >= 9", PPP),
    ("x**4 + y**4 + z**4 >= x*y*z*(x + y + z)", RRR),
    ("x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2", RR),
    ("x*y*z <= 1", NNN, "Eq(x + y + z, 3)"),
    # Cauchy, Schwarz, Minkowski
    ("a*x + b*y <= sqrt(a**2 + b**2)*sqrt(x**2 + y**2)", FOUR),
    ("sqrt((a + x)**2 + (b + y)**2) <= sqrt(a**2 + b**2) + sqrt(x**2 + y**2)", FOUR),
    ("Abs(x) + Abs(y) <= sqrt(2)*sqrt(x**2 + y**2)", RR),
    ("sqrt((x**2 + y**2)/2) >= (x + y)/2", RR),
    # divergences, tangents, means by ratios and turning points
    (f"{KL} >= 0", UU),
    (f"{KL} >= 2*(p - q)**2", UU),
    ("log(x/y) + (y**2 + z**2)/(2*x**2) - 1/2 >= 0", {**PP, "z": "R"}),
    ("x*log(x/y) - x + y >= (sqrt(x) - sqrt(y))**2", PP),
    ("x*log(x) + y*log(y) >= (x + y)*log((x + y)/2)", PP),
    ("exp(x) >= exp(y) + exp(y)*(x - y)", RR),
    ("log(x) - log(y) <= (x - y)/y", PP),
    ("a*x + (1 - a)*y >= x**a*y**(1 - a)", {**PP, "a": "[0, 1]"}),
    ("(1 + x)**r >= 1 + r*x", {"x": "(-1, oo)", "r": "[1, oo)"}),
    ("(1 + x)**r <= 1 + r*x", {"x": "(-1, oo)", "r": "[0, 1]"}),
]
FALSE: list[Case] = [
    ("(x + y + z)**3 > 27*x*y*z", PPP),
    ("(x + y + z)**3 >= 27*x*y*z + 1/10**20", NNN),
    ("(x + y + z)**3 >= 27*x*y*z", RRR),
    ("10**9*(x + y + z)**3 >= (27*10**9 + 1)*x*y*z", NNN),
    ("(x + y)*(y + z)*(z + x) > 7*x*y*z", NNN),
    ("(x + y)*(y + z)*(z + x) > 8*x*y*z", PPP),
    ("x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y) > 0", PPP),
    ("x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y) >= 0", RRR),
    ("x/(y + z) + y/(z + x) + z/(x + y) > 3/2", PPP),
    ("x/(y + z) + y/(z + x) + z/(x + y) >= 3/2", RRR),
    ("x**4 + y**4 + z**4 > x*y*z*(x + y + z)", RRR),
    ("x**3 + y**3 >= x**2*y + x*y**2", RR),
    ("x**4*y**2 + x**2*y**4 + 1 > 3*x**2*y**2", RR),
    ("x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2 + 1/10**9", RR),
    ("x*y*z < 1", NNN, "Eq(x + y + z, 3)"),
    ("x*y*z <= 1", RRR, "Eq(x + y + z, 3)"),
    ("-a*x - b*y >= sqrt(a**2 + b**2)*sqrt(x**2 + y**2)", FOUR),
    ("sqrt((x**2 + y**2)/2) > (x + y)/2", RR),
    ("sqrt((x**2 + y**2)/2) <= (x + y)/2", RR),
    ("x**2*z + x*y + y**2*z >= 0", {**RR, "z": "[0, oo)"}),
    ("z*x**2 + 2*x*y >= 0", {**RR, "z": "[0, oo)"}),
    (f"{KL} > 0", UU),
    (f"{KL} >= (2 + 1/10**6)*(p - q)**2", UU),
    (f"{KL} >= 0", {"p": "(0, 1)", "q": "[0, 1)"}),
    ("log(y/x) + (y**2 + z**2)/(2*x**2) - 1/2 >= 0", {**PP, "z": "R"}),
    ("x*log(x/y) - x + y > (sqrt(x) - sqrt(y))**2", PP),
    ("exp(x) > exp(y) + exp(y)*(x - y)", RR),
    ("exp(x) >= exp(y) + exp(x)*(x - y)", RR),
    ("a*x + (1 - a)*y >= x**a*y**(1 - a)", {**PP, "a": "[0, 2]"}),
    ("(1 + x)**r >= 1 + r*x", {"x": "(-1, oo)", "r": "[0, oo)"}),
    ("(1 + x)**r > 1 + r*x", {"x": "(-1, oo)", "r": "[1, oo)"}),
]


@pytest.mark.parametrize("case", TRUE, ids=_named)
def test_a_true_order_is_proved(case: Case) -> None:
    assert isinstance(prove(claim(*case)), Proof)


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_false_order_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None
