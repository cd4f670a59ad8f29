"""Whole parts by periods, remainders by looking at all of them; and what is false beside."""

from __future__ import annotations

import pytest

from derivations.proving.prove import Proof, prove
from tests.proving.test_methods import RR, Case, N, R, _named, claim

Z, ZZ = {"n": "Z"}, {"m": "Z", "n": "Z"}

TRUE: list[Case] = [
    ("floor(x) + floor(x + 1/2) = floor(2*x)", R),
    ("floor(3*x) = floor(x) + floor(x + 1/3) + floor(x + 2/3)", R),
    ("ceiling(x) - floor(x) <= 1", R),
    ("floor(n/2) + ceiling(n/2) = n", Z),
    ("floor((n + 2)/3) = ceiling(n/3)", Z),
    ("floor(floor(x)/2) = floor(x/2)", R),
    ("floor(x) + floor(y) <= floor(x + y)", RR),
    ("floor(x + y) <= floor(x) + floor(y) + 1", RR),
    ("Mod(x, 1) + floor(x) = x", R),
    ("Mod(Mod(x, 6), 3) = Mod(x, 3)", R),
    ("floor(x) >= 1", {"x": "[1, 5/2]"}),
    ("Mod(n, 2) = (1 - (-1)**n)/2", Z),
    ("Mod(n**2, 4) <= 1", Z),
    ("Mod(n**5 - n, 30) = 0", Z),
    ("Mod(n*(n + 1)*(n + 2)*(n + 3), 24) = 0", Z),
    ("Mod(10**n, 9) = 1", N),
    ("Mod(3**(2*n) - 1, 8) = 0", N),
    ("Mod(2**(n + m)*3**n, 2) = 0", {"m": "Z[1, oo)", "n": "Z[0, oo)"}),
    ("Mod(m*n, 5) = Mod(Mod(m, 5)*Mod(n, 5), 5)", ZZ),
    ("Mod(n, 3)*Mod(n, 2) < 3", {"n": "Z[0, 1000]"}),
    ("2*n != 2*m + 1", ZZ),
    ("n**2 + 1 != 3*m", ZZ),
    ("x**3 + y**3 + z**3 != 9*n + 4", dict.fromkeys("xyzn", "Z")),
    ("2**n - 3**m != 3", {"m": "Z[1, oo)", "n": "Z[1, oo)"}),
    ("2**(n + 1) - 1 != m**2", {"m": "Z", "n": "Z[1, oo)"}),
    ("x**2 + y**2 != 7*z**2", dict.fromkeys("xyz", "Z[1, oo)")),
    ("x**3 + 2*y**3 != 4*z**3", {"x": "Z", "y": "Z", "z": "Z(-oo, -1]"}),
]
FALSE: list[Case] = [
    ("x**3 + y**3 + z**3 != 9*n + 3", dict.fromkeys("xyzn", "Z")),
    ("2**n - 3**m != 3", {"m": "Z[0, oo)", "n": "Z[1, oo)"}),
    ("x**2 + y**2 != 7*z**2", dict.fromkeys("xyz", "Z")),
    ("x**2 + y**2 != 5*z**2", dict.fromkeys("xyz", "Z[1, oo)")),
    ("x**2 + y**2 != 3*z**2 + 1", dict.fromkeys("xyz", "Z[1, oo)")),
    ("Mod(n, 10) != 7*m + 3", ZZ),
    ("floor(x) + floor(x + 1/3) = floor(2*x)", R),
    ("floor(3*x) = floor(x) + floor(x + 1/3) + floor(x + 1/2)", R),
    ("floor(3*x) = floor(x) + floor(x + 1/3) + floor(x + 2/3 - 1/10**20)", R),
    ("ceiling(x) - floor(x) = 1", R),
    ("ceiling(x) - floor(x) < 1", R),
    ("floor((n + 1)/3) = ceiling(n/3)", Z),
    ("ceiling(floor(x)/2) = floor(x/2)", R),
    ("floor(x) + floor(y) < floor(x + y)", RR),
    ("floor(x + y) <= floor(x) + floor(y)", RR),
    ("Mod(Mod(x, 5), 3) = Mod(x, 3)", R),
    ("Mod(x, -3) >= 0", R),
    ("floor(x) >= 1", {"x": "(1 - 1/10**20, 5/2]"}),
    ("floor(x*y) = floor(x)*floor(y)", RR),
    ("floor(x**2) = floor(x)**2", R),
    ("Mod(n, 2) = (1 + (-1)**n)/2", Z),
    ("Mod(n**2, 4) < 1", Z),
    ("Mod(n**5 - n, 60) = 0", Z),
    ("Mod(n*(n + 1)*(n + 2)*(n + 3), 48) = 0", Z),
    ("Mod(10**n, 9) = 1", Z),
    ("Mod(10**n, 11) = 1", N),
    ("Mod(2**n, 2) = 0", N),
    ("Mod(n/2, 3) != 2", Z),
    ("Mod(x**2, 4) <= 1", R),
    ("Mod(n**2, 4) <= 1 + n", Z),
    ("Mod(2**(n*n), 4) = 0", {"n": "Z[1, oo)"}),
    ("2*n != 3*m + 1", ZZ),
    ("n != m**2", ZZ),
    ("n/2 != m", ZZ),
]


@pytest.mark.parametrize("case", TRUE, ids=_named)
def test_a_truth_is_proved(case: Case) -> None:
    assert isinstance(prove(claim(*case)), Proof)


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_falsehood_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None
