"""Case distinctions whose conditions follow from one another, complex numbers by their parts,
squares of what is not negative; and what is false beside."""

from __future__ import annotations

import pytest

from derivations.proving.prove import Proof, prove
from tests.proving.test_methods import PP, RR, Case, R, _named, claim

RRR = {"x": "R", "y": "R", "z": "R"}
C, CC = {"z": "C"}, {"z": "C", "w": "C"}
FROM_1 = {"x": "[1, oo)"}

TRUE: list[Case] = [
    ("Max(x, Min(y, z)) = Min(Max(x, y), Max(x, z))", RRR),
    (
        "Max(x, y, z) = x + y + z - Min(x, y) - Min(y, z) - Min(x, z) + Min(x, y, z)",
        RRR,
    ),
    ("Abs(Abs(x) - Abs(y)) <= Abs(x - y)", RR),
    ("Abs(x - z) <= Abs(x - y) + Abs(y - z)", RRR),
    ("Max(exp(x), exp(y)) = exp(Max(x, y))", RR),
    ("Max(log(x), log(y)) = log(Max(x, y))", PP),
    ("Abs(x**2 - 1) = Abs(x - 1)*Abs(x + 1)", R),
    ("Abs(z)**2 = z*conjugate(z)", C),
    ("conjugate(z*w) = conjugate(z)*conjugate(w)", CC),
    ("conjugate(exp(z)) = exp(conjugate(z))", C),
    ("re(z*w) = re(z)*re(w) - im(z)*im(w)", CC),
    ("Abs(re(z)) <= Abs(z)", C),
    ("Abs(z) <= Abs(re(z)) + Abs(im(z))", C),
    ("Abs(z + w)**2 + Abs(z - w)**2 = 2*Abs(z)**2 + 2*Abs(w)**2", CC),
    ("re(1/z) > 0", C, "re(z) > 0"),
    ("log(1/z) = -log(z)", C, "re(z) > 0"),
    ("sqrt(x - 2*sqrt(x - 1)) = Abs(1 - sqrt(x - 1))", FROM_1),
    ("sqrt(x + 2*sqrt(x - 1)) + sqrt(x - 2*sqrt(x - 1)) = 2", {"x": "[1, 2]"}),
    ("sqrt(x + y - 2*sqrt(x*y)) = Abs(sqrt(x) - sqrt(y))", PP),
    ("sqrt((1 - cos(x))/2) = sin(x/2)", {"x": "[0, 2*pi]"}),
    ("Subs(Derivative(sin(x), x), x, 0) = 1", {}),
    ("Subs(Derivative(x**3, (x, 2)), x, y) = 6*y", RR),
    ("Subs(Derivative(Abs(x), x), x, 1) = 1", {}),
    ("Subs(x**2, x, y) = y**2", RR),
]
FALSE: list[Case] = [
    ("Max(x, Min(y, z)) = Min(Max(x, y), Min(x, z))", RRR),
    ("Max(x, y, z) = x + y + z - Min(x, y) - Min(y, z) - Min(x, z)", RRR),
    ("Abs(Abs(x) - Abs(y)) < Abs(x - y)", RR),
    ("Abs(Abs(x) - Abs(y)) <= Abs(x - 2*y)", RR),
    ("Max(exp(-x), exp(-y)) = exp(-Max(x, y))", RR),
    ("Max(x, y)**2 = Max(x**2, y**2)", RR),
    ("Abs(I*x) = x", R),
    ("Abs(I*exp(x)) = -I*exp(x)", R),
    ("Max(x, y) >= x + 1/10**30", RR),
    ("Max(sqrt(x), 0) = sqrt(x)", R),
    ("Abs(z)**2 = z**2", C),
    ("conjugate(log(z)) = log(conjugate(z))", C, "z != 0"),
    ("conjugate(sqrt(z)) = sqrt(conjugate(z))", C),
    ("re(z*w) = re(z)*re(w) + im(z)*im(w)", CC),
    ("Abs(re(z)) < Abs(z)", C),
    ("Abs(z) < Abs(re(z)) + Abs(im(z))", C),
    ("Abs(z + w)**2 + Abs(z - w)**2 = 2*Abs(z)**2 - 2*Abs(w)**2", CC),
    ("re(1/z) > 0", C, "re(z) >= 0"),
    ("im(1/z) > 0", C, "im(z) > 0"),
    ("log(1/z) = -log(z)", C, "z != 0"),
    ("re(z) <= z", C),
    ("log(re(z)) = log(Abs(z))", C, "im(z) > 0"),
    ("sqrt(x - 2*sqrt(x - 1)) = 1 - sqrt(x - 1)", FROM_1),
    ("sqrt(x + 2*sqrt(x - 1)) + sqrt(x - 2*sqrt(x - 1)) = 2", {"x": "[1, 3]"}),
    ("sqrt(x + y - 2*sqrt(x*y)) = sqrt(x) - sqrt(y)", PP),
    ("sqrt((1 - cos(x))/2) = sin(x/2)", {"x": "[0, 2*pi + 1/10**9]"}),
    ("sqrt((1 - cos(x))/2) = sin(x/2)", R),
    ("Subs(Derivative(sin(x), x), x, 0) = 0", {}),
    ("Subs(Derivative(Abs(x), x), x, 0) = 0", {}),
    ("0*Subs(1/x, x, 0) = 0", {"x": "(0, oo)"}),
    ("0*Subs(Derivative(log(x), x), x, 0) = 0", {"x": "(0, oo)"}),
    ("Subs(1/x, x, y) = 1/y + Subs(1/x, x, 0)*0", {"y": "(0, oo)", "x": "(0, oo)"}),
]


@pytest.mark.parametrize("case", TRUE, ids=_named)
def test_a_truth_is_proved(case: Case) -> None:
    assert isinstance(prove(claim(*case)), Proof)


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_falsehood_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None
