"""Every method of proof: truths it proves, and falsehoods beside them that nothing proves.

The statements are in the notation of claims files. A falsehood differs from a truth by one thing: a
sign, a branch, a pole, an end, a dropped assumption, one point.
"""

from __future__ import annotations

import pytest

from derivations.core.claim import Claim
from derivations.proving.prove import Proof, prove
from derivations.reading.claims import read_claim

R, POS, UNIT = {"x": "R"}, {"x": "(0, oo)"}, {"x": "(0, 1)"}
RR, PP = {"x": "R", "y": "R"}, {"x": "(0, oo)", "y": "(0, oo)"}
CLOSED, N = {"x": "[-1, 1]"}, {"n": "Z[0, oo)"}
C = {"z": "C"}


Case = tuple[str, dict[str, str]] | tuple[str, dict[str, str], str]


def claim(text: str, domain: dict[str, str], where: str = "") -> Claim:
    record: dict[str, object] = {"id": "c", "claim": text, "domain": domain}
    if where:
        record["where"] = where
    return read_claim(record)


TRUE: dict[str, list[Case]] = {
    "trigonometric identities": [
        ("cos(x + y) = cos(x)*cos(y) - sin(x)*sin(y)", RR),
        ("sin(3*x) = 3*sin(x) - 4*sin(x)**3", R),
        ("sec(x)**2 = 1 + tan(x)**2", R),
        ("cot(x) = cos(x)/sin(x)", R),
        ("cot(x) - tan(x) = 2*cot(2*x)", R),
        ("tan(pi/4 - x) = (cos(x) - sin(x))/(cos(x) + sin(x))", R),
        ("tan(x/2) = (1 - cos(x))/sin(x)", R, "sin(x) != 0"),
        ("cos(pi*n) = (-1)**n", N),
        ("sin(x + pi*n) = (-1)**n*sin(x)", {"x": "R", "n": "Z"}),
        ("cos(I*z) = cosh(z)", C),
        ("sin(z)**2 + cos(z)**2 = 1", C),
        ("Derivative(cot(x), x) = -csc(x)**2", R),
        ("atan(tan(x)) = x", {"x": "(-pi/2, pi/2)"}),
        ("acos(cos(x)) = -x", {"x": "[-pi, 0]"}),
        ("sin(atan(x)) = x/sqrt(1 + x**2)", R),
    ],
    "inverse functions": [
        ("asin(x) + acos(x) = pi/2", CLOSED),
        ("atan(x) + atan(1/x) = pi/2", POS),
        ("atan(x) - atan(y) = atan((x - y)/(1 + x*y))", RR, "x*y > -1"),
        ("atan(x) + atan(y) = atan2(x + y, 1 - x*y)", RR),
        ("atan(x) = 2*atan(x/(1 + sqrt(1 + x**2)))", R),
        ("acos(x) = 2*asin(sqrt((1 - x)/2))", CLOSED),
        ("2*atan(x) = asin(2*x/(1 + x**2))", CLOSED),
        ("16*atan(1/5) - 4*atan(1/239) = pi", {}),
        ("atan(2 - sqrt(3)) = pi/12", {}),
        ("arg(1 + I) = pi/4", {}),
    ],
    "algebraic numbers": [
        ("sqrt(3 + 2*sqrt(2)) = 1 + sqrt(2)", {}),
        ("cbrt(2 + sqrt(5)) + cbrt(sqrt(5) - 2) = sqrt(5)", {}),
        ("cos(pi/7) - cos(2*pi/7) + cos(3*pi/7) = 1/2", {}),
        ("sin(pi/12) = (sqrt(6) - sqrt(2))/4", {}),
        ("GoldenRatio = 2*cos(pi/5)", {}),
        ("sqrt(I) = (1 + I)/sqrt(2)", {}),
    ],
    "gamma": [
        ("gamma(x + 3)/gamma(x) = x*(x + 1)*(x + 2)", POS),
        ("gamma(x + 1) = x*gamma(x)", R, "x != 0"),
        ("1/gamma(x) = x/gamma(x + 1)", R),
        ("gamma(x)*gamma(1 - x) = pi/sin(pi*x)", UNIT),
        ("gamma(x)*gamma(x + 1/2) = 2**(1 - 2*x)*sqrt(pi)*gamma(2*x)", POS),
        ("gamma(5/2) = 3*sqrt(pi)/4", {}),
        ("gamma(1/3)*gamma(2/3) = 2*pi/sqrt(3)", {}),
        ("digamma(x + 1) = digamma(x) + 1/x", POS),
        ("digamma(1 - x) - digamma(x) = pi*cot(pi*x)", UNIT),
        ("loggamma(x + 1) = loggamma(x) + log(x)", POS),
        ("k*binomial(n, k) = n*binomial(n - 1, k - 1)", {"n": "Z[1, oo)", "k": "Z[1, oo)"}),
        ("Derivative(gamma(x), x) = gamma(x)*digamma(x)", POS),
    ],
    "squares and factors of radicals": [
        ("sqrt(x + 1 + 2*sqrt(x)) = 1 + sqrt(x)", {"x": "[0, oo)"}),
        ("sqrt(x**2*y) = Abs(x)*sqrt(y)", {"x": "R", "y": "[0, oo)"}),
        ("Abs(sqrt(x)) = sqrt(Abs(x))", R),
        ("Abs(sin(x)) = sqrt(1 - cos(x)**2)", R),
        ("acosh(cosh(x)) = Abs(x)", R),
    ],
    "cases": [
        ("Max(x, y) + Min(x, y) = x + y", RR),
        ("sign(x)*sign(y) = sign(x*y)", RR),
        ("sinc(2*x) = sinc(x)*cos(x)", R),
        ("Derivative(Abs(x), x) = sign(x)", R, "x != 0"),
        ("Heaviside(x) + Heaviside(-x) = 1", R),
        ("x**2 + y**2 = 1", RR, "And(Eq(x + y, 1), Eq(x*y, 0))"),
        ("x*log(x) = 0", R, "Eq(x, 1)"),
    ],
    "continuity": [
        ("x*Derivative(sinc(x), (x, 2)) + 2*Derivative(sinc(x), x) + x*sinc(x) = 0", R),
        ("x*Derivative(sinc(x), x) = cos(x) - sinc(x)", R),
    ],
    "complex numbers": [
        ("Abs(exp(I*x)) = 1", R),
        ("im(exp(x + I*y)) = exp(x)*sin(y)", RR),
        ("Abs(x + I*y) = sqrt(x**2 + y**2)", RR),
        ("I**I = exp(-pi/2)", {}),
        ("log(-1) = I*pi", {}),
    ],
    "whole numbers": [
        ("floor(x + 1) = floor(x) + 1", R),
        ("ceiling(x - 2) = ceiling(x) - 2", R),
        ("frac(x + n) = frac(x)", {"x": "R", "n": "Z"}),
        ("(-x)**n = (-1)**n*x**n", {"x": "R", "n": "Z[0, oo)"}),
        ("(x**n)**2 = x**(2*n)", {"x": "R", "n": "Z"}),
        ("(-1)**(n*(n + 1)) = 1", N),
        ("(-1)**(n**3 + n) = 1", N),
    ],
    "families": [
        ("legendre(3, x) = (5*x**3 - 3*x)/2", R),
        ("chebyshevt(n, cos(x)) = cos(n*x)", {"x": "R", "n": "Z"}),
        ("hermite(n + 1, x) = 2*x*hermite(n, x) - 2*n*hermite(n - 1, x)",
         {"x": "R", "n": "Z[1, oo)"}),
        ("fibonacci(n)*fibonacci(n + 2) - fibonacci(n + 1)**2 = (-1)**(n + 1)", N),
    ],
    "induction": [
        ("Sum(k, (k, 1, n)) = n*(n + 1)/2", N),
        ("Sum(x**k, (k, 0, n)) = (1 - x**(n + 1))/(1 - x)", {"x": "R", "n": "Z[0, oo)"}, "x != 1"),
        ("Sum(1/(k*(k + 1)), (k, 1, n)) = n/(n + 1)", N),
        ("Product((k + 1)/k, (k, 1, n)) = n + 1", N),
        ("Sum(sin(k*x), (k, 1, n)) = sin(n*x/2)*sin((n + 1)*x/2)/sin(x/2)",
         {"x": "(0, pi)", "n": "Z[1, oo)"}),
        ("legendre(n, -x) = (-1)**n*legendre(n, x)", {"x": "R", "n": "Z[0, oo)"}),
        ("legendre(n, 1) = 1", N),
    ],
    "signs": [
        ("tan(x) >= x", {"x": "[0, pi/2)"}),
        ("acos(x) <= pi", CLOSED),
        ("asin(x) >= x", {"x": "[0, 1]"}),
        ("sqrt(x*y) <= (x + y)/2", PP),
        ("log(x) < sqrt(x)", POS),
        ("x*log(x) >= -1/E", POS),
        ("exp(x) > x**2", POS),
        ("exp(x) < 1/(1 - x)", UNIT),
        ("x - x**3/6 <= sin(x)", {"x": "[0, oo)"}),
        ("2**n > n", N),
        ("n**2 >= n", {"n": "Z"}),
        ("exp(z) != 0", C),
        ("gamma(x) > 0", POS),
    ],
}  # fmt: skip

FALSE: list[Case] = [
    # a pole or a hole on one side only
    ("tan(x)*cos(x) = sin(x)", R),
    ("tan(2*x) = 2*tan(x)/(1 - tan(x)**2)", R),
    ("cot(x) = 1/tan(x)", R),
    ("coth(x)**2 - csch(x)**2 = 1", R),
    ("tan(x/2) = (1 - cos(x))/sin(x)", R),
    ("sinc(x) = sin(x)/x", R),
    ("gamma(x)/gamma(x) = 1", R),
    ("gamma(x + 1) = x*gamma(x)", R),
    ("gamma(x)*gamma(1 - x)*sin(pi*x) = pi", R),
    ("1/gamma(x) != 0", R),
    ("1/gamma(x)**2 > 0", R),
    ("digamma(x + 1) = digamma(x) + 1/x", R, "x > -1"),
    ("Sum(1/x, (k, 1, n)) = n/x", {"x": "R", "n": "Z[0, oo)"}),
    ("Sum(x**k, (k, 0, n)) = (1 - x**(n + 1))/(1 - x)", {"x": "R", "n": "Z[0, oo)"}),
    ("Product((k - 3)/(k - 3), (k, 1, n)) = 1", N),
    # branches
    ("atan(x) + atan(1/x) = pi/2", R, "x != 0"),
    ("atan(x) - atan(y) = atan((x - y)/(1 + x*y))", RR),
    ("atan(x) - atan(y) = atan((x - y)/(1 + x*y))", RR, "x*y > -2"),
    ("2*atan(x) = asin(2*x/(1 + x**2))", {"x": "[-1, 2]"}),
    ("acos(x) = 2*atan(sqrt((1 - x)/(1 + x)))", CLOSED),
    ("acos(cos(x)) = x", {"x": "[0, 4]"}),
    ("asin(sin(x)) = x", {"x": "[-8/5, 0]"}),
    ("atan(tan(x)) = x", {"x": "(-pi/2, pi)"}),
    ("atan2(y, x) = atan(y/x)", RR, "x != 0"),
    ("atan2(-y, x) = -atan2(y, x)", RR, "x != 0"),
    ("arg(x) = 0", {"x": "[0, oo)"}),
    ("sqrt(z**2) = z", C),
    ("log(exp(z)) = z", C),
    ("sqrt(x*y) = sqrt(x)*sqrt(y)", RR),
    ("cbrt(x**3) = x", R),
    ("(x**2)**(1/2) = x", R),
    ("acosh(cosh(x)) = x", R),
    ("x**y*x**(-y) = 1", {"x": "[0, oo)", "y": "R"}),
    ("Abs(z)**2 = z**2", C),
    ("conjugate(z) = z", C),
    ("re(z) = z", C),
    ("chebyshevt(n, x) = cosh(n*acosh(x)) + 1", {"x": "R", "n": "Z"}),
    # near misses
    ("16*atan(1/5) - 4*atan(1/239) = pi + 1/10**25", {}),
    ("sqrt(3 + 2*sqrt(2)) = 1 + sqrt(2) + 1/10**40", {}),
    ("cos(pi/7) - cos(2*pi/7) + cos(3*pi/7) = 1/2 + 1/10**60", {}),
    ("exp(pi*sqrt(163)) = 262537412640768744", {}),
    ("atan(1/5) = 1974/10000", {}),
    ("gamma(1/3)*gamma(2/3) = 2*pi/sqrt(3) + 1/10**50", {}),
    ("sin(3*x) = 3*sin(x) - 4*sin(x)**3 + 1/10**30", R),
    ("Sum(k, (k, 1, n)) = n*(n + 1)/2 + n*(n - 1)*(n - 2)/10**20", N),
    ("Sum(k, (k, 1, n)) = n*(n + 1)/2", {"n": "Z"}),
    ("Sum(k, (k, 1, n)) = n*(n + 1)/2", {"n": "Z[-3, oo)"}),
    ("legendre(n, -x) = legendre(n, x)", {"x": "R", "n": "Z[0, oo)"}),
    ("floor(x + 1/2) = floor(x)", R),
    ("floor(-x) = -floor(x)", R),
    ("(-1)**x*(-1)**x = 1", R),
    ("(-1)**(n + 1) = (-1)**n", N),
    ("(-1)**(k**n) = (-1)**k", {"k": "Z[0, oo)", "n": "Z[0, oo)"}),
    ("coth(x) > cosh(x)/sinh(x)", CLOSED),
    ("zeta(2) = pi**2/6 + 1/10**30", {}),
    ("x**(2*n) = (x**2)**n + n*(n - 1)*(n - 2)/10**9", {"x": "R", "n": "Z[0, oo)"}),
    ("(x**n)*(x**(-n)) = 1", {"x": "R", "n": "Z"}),
    ("Derivative(Abs(x), x) = sign(x)", R),
    ("Derivative(sinc(x), x) = cos(x)/x - sin(x)/x**2", R),
    ("Derivative(gamma(x), x) = gamma(x)*digamma(x) + 1/10**20", POS),
    # dropped or contradictory assumptions
    ("x**2 + y**2 = 1", RR, "Eq(x + y, 1)"),
    ("x*log(x) = 0", R, "Or(Eq(x, 1), Eq(x, 2))"),
    ("gamma(x + 1) = x*gamma(x)", R, "Or(x != 1, x > 5)"),
    # orders
    ("tan(x) >= x", {"x": "[0, 2)"}),
    ("tan(x) < 0", {"x": "(0, pi/2)"}),
    ("tan(x) > x", {"x": "[0, pi/2)"}),
    ("1/x > 0", R, "x < 1"),
    ("asin(x) > x", {"x": "[0, 1]"}),
    ("acos(x) < pi", CLOSED),
    ("sqrt(x*y) < (x + y)/2", PP),
    ("x*log(x) > -1/E", POS),
    ("x*log(x) >= -1/E + 1/10**9", POS),
    ("exp(x) > x**3", POS),
    ("exp(x) < 1/(1 - x)", R, "x > 0"),
    ("x - x**3/6 < sin(x)", {"x": "[0, oo)"}),
    ("2**n > n + 1", N),
    ("n**2 > n", {"n": "Z"}),
    ("x**2 >= x", R),
    ("(x**2 - 2)**2 > 0", R),
    ("log(x) < sqrt(x)/2", POS),
    ("sin(x) < x", {"x": "[0, oo)"}),
    ("exp(x) >= 1 + x + x**2/2", R),
    ("z <= z", C),
]  # fmt: skip


def _named(case: Case) -> str:
    return " ; ".join(str(part) for part in case)


@pytest.mark.parametrize("case", [case for cases in TRUE.values() for case in cases], ids=_named)
def test_a_truth_is_proved(case: Case) -> None:
    assert isinstance(prove(claim(*case)), Proof)


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_falsehood_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None


@pytest.mark.parametrize(
    ("text", "domain", "method"),
    [
        ("sin(2*x) = 2*sin(x)*cos(x)", R, "trigonometric identities"),
        ("gamma(x + 1) = x*gamma(x)", POS, "gamma shifts"),
        ("asin(x) + acos(x) = pi/2", CLOSED, "trigonometric identities"),
        ("atan(x) + atan(1/x) = pi/2", POS, "inverse functions"),
        ("sqrt(5 + 2*sqrt(6)) = sqrt(2) + sqrt(3)", {}, "algebraic numbers"),
        ("Sum(2*k - 1, (k, 1, n)) = n**2", N, "induction"),
    ],
)
def test_the_method_is_named(text: str, domain: dict[str, str], method: str) -> None:
    found = prove(claim(text, domain))
    assert found is not None
    assert found.method == method
