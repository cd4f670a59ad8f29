"""Claims as they are written in a claims file: sides that part late, series inside of others."""

from derivations.reading import read_claim
from tests.numeric.trapping import FALSE, NOT_FALSE, NOT_TRUE, TRUE, Trap

_LATE = (
    "Sum(1/factorial(k), (k, 0, oo)) = E + 1/10**100",
    "Sum(1/k**2, (k, 1, oo)) = pi**2/6 + 1/10**70",
    "Integral(exp(-x**2), (x, -oo, oo)) = sqrt(pi) + 1/10**80",
    "Integral(1/(1 + x**2), (x, 0, 1)) = pi/4 + 1/10**150",
    "Limit(sin(x)/x, x, 0) = 1 - 1/10**90",
)
_NESTED = (
    "Sum(Sum(1/(i + j)**4, (i, 1, oo)), (j, 1, oo)) > 0",
    "Sum(Sum(1/(i**2 + j**2)**2, (i, 1, oo)), (j, 1, oo)) < 10",
    "Integral(Sum(exp(-k*t), (k, 1, oo)), (t, 1, oo)) > 0",
    "Limit(Sum(x**k, (k, 0, oo)), x, 0) = 1",
    "Limit(x*Sum(exp(-k*x), (k, 1, oo)), x, 0) = 1",
)
_IN_BALLS = ("Subs(Derivative(asin(t), t), t, sqrt(2)) = 1",)
_FAR = (
    ("harmonic(n) < 10", "Z[1, oo)"),
    ("harmonic(n) > log(n) + EulerGamma + 1/10**10", "Z[1, oo)"),
    ("digamma(n) < 100", "(0, oo)"),
    ("loggamma(n) < 100*n + 10", "[1, oo)"),
    ("LambertW(n) < 100", "[0, oo)"),
)
_TAXI = "x**3 + y**3 != z**3 + 1"
_FERMAT = "x**3 + y**3 != z**3"
_WILD = "Derivative(Piecewise((x**2*sin(1/x), Ne(x, 0)), (0, True)), x) = 0"
_FEW = dict.fromkeys("xyz", "Z[2, 20]")
TRAPS = [
    Trap("taxi", FALSE, read_claim({"claim": _TAXI, "domain": _FEW})),
    Trap("taxi-excluded", TRUE, read_claim({"claim": _TAXI, "domain": _FEW, "where": "z != 12"})),
    Trap("wild-at-0", NOT_FALSE, read_claim({"claim": _WILD, "domain": {"x": "{0}"}})),
    Trap("fermat-few", TRUE, read_claim({"claim": _FERMAT, "domain": _FEW})),
    *(Trap(text, FALSE, read_claim({"claim": text})) for text in _LATE),
    *(Trap(text, FALSE, read_claim({"claim": text, "domain": {"n": n}})) for text, n in _FAR),
    *(Trap(text, NOT_FALSE, read_claim({"claim": text})) for text in _NESTED),
    *(Trap(text, NOT_TRUE, read_claim({"claim": text})) for text in _IN_BALLS),
]
