"""Branch cuts, kinks, holes, powers, near misses, orders and ends of domains."""

# ruff: noqa: F403, F405
from derivations.core import *
from tests.numeric.trapping import *

TRAPS: list[Trap] = []
trap = adder(TRAPS)

R, XY, P, C = {x: Reals}, {x: Reals, y: Reals}, {x: Positive}, {z: Complex}


# --- branch cuts
trap("sqrt-of-square-complex", FALSE, sqrt(z**2), "=", z, C)
trap("log-of-square", FALSE, log(x**2), "=", 2 * log(x), R)
trap("log-of-square-positive", TRUE, log(x**2), "=", 2 * log(x), P)
trap("log-of-square-nonzero-abs", TRUE, log(x**2), "=", 2 * log(Abs(x)), R)
trap("log-exp-real", TRUE, log(exp(x)), "=", x, R)
trap("log-exp-complex", FALSE, log(exp(z)), "=", z, C)
trap("log-exp-shifted", NOT_TRUE, log(exp(x + I * pi)), "=", x - I * pi, R)
trap("log-exp-shifted-true", NOT_FALSE, log(exp(x + I * pi)), "=", x + I * pi, R)
trap("log-exp-2i", FALSE, log(exp(x * I)), "=", x * I, R)
trap("exp-log-real", FALSE, exp(log(x)), "=", x, R)
trap("exp-log-nonzero", TRUE, exp(log(x)), "=", x, R, ne(x, 0))
trap("log-product", FALSE, log(x * y), "=", log(x) + log(y), XY)
trap("log-product-one-positive", TRUE, log(x * y), "=", log(x) + log(y), {x: Positive, y: Reals})
trap("log-product-neg", TRUE, log(x * y), "=", log(-x) + log(-y), {x: Negative, y: Reals})
trap("log-quotient-negative", FALSE, log(x / y), "=", log(x) - log(y), {x: Positive, y: Negative})
trap("log-inverse", FALSE, log(1 / x), "=", -log(x), R)
trap("sqrt-product", FALSE, sqrt(x * y), "=", sqrt(x) * sqrt(y), {x: Negative, y: Negative})
trap("sqrt-product-mixed", TRUE, sqrt(x * y), "=", sqrt(x) * sqrt(y), {x: NonNegative, y: Reals})
trap("sqrt-quotient", FALSE, sqrt(x / y), "=", sqrt(x) / sqrt(y), {x: Positive, y: Negative})
trap("sqrt-inverse-neg", FALSE, sqrt(1 / x), "=", 1 / sqrt(x), R, x < 0)
trap("square-of-sqrt", TRUE, sqrt(x) ** 2, "=", x, R)
trap("square-of-sqrt-complex", TRUE, sqrt(z) ** 2, "=", z, C)
trap("cube-root-of-cube", FALSE, (x**3) ** Q(1, 3), "=", x, R)
trap("power-tower-half", FALSE, (x**2) ** Q(1, 2), "=", x, R)
trap(
    "power-of-power",
    FALSE,
    (x**a) ** b,
    "=",
    x ** (a * b),
    {x: Reals, a: Reals, b: Reals},
    ne(x, 0),
)
trap("power-of-power-pos", TRUE, (x**a) ** b, "=", x ** (a * b), {x: Positive, a: Reals, b: Reals})
trap("power-product-neg", FALSE, (x * y) ** Q(1, 3), "=", x ** Q(1, 3) * y ** Q(1, 3), XY)
trap("square-over-quarter", TRUE, (x**4) ** Q(1, 4), "=", Abs(x), R)
trap("square-quarter", FALSE, (x**4) ** Q(1, 4), "=", x, R)
trap("atan-tan", FALSE, atan(tan(x)), "=", x, R)
trap("atan-tan-branch", TRUE, atan(tan(x)), "=", x, {x: interval(-pi / 2, pi / 2)})
trap("asin-sin", FALSE, asin(sin(x)), "=", x, {x: closed(0, pi)})
trap("sin-asin", TRUE, sin(asin(x)), "=", x, R)
trap("acos-cos", FALSE, acos(cos(x)), "=", x, {x: closed(-1, 1)})
trap("asin-order-complex", FALSE, asin(x), "<=", 2, R)
trap("acosh-cosh", FALSE, acosh(cosh(x)), "=", x, R)
trap("acosh-cosh-abs", TRUE, acosh(cosh(x)), "=", Abs(x), R)
trap("atan-sum", FALSE, atan(x) + atan(y), "=", atan((x + y) / (1 - x * y)), XY)
trap("atan-reciprocal", FALSE, atan(x) + atan(1 / x), "=", pi / 2, R)
trap("atan-reciprocal-pos", TRUE, atan(x) + atan(1 / x), "=", pi / 2, P)
trap("asinh-as-log", TRUE, asinh(x), "=", log(x + sqrt(x**2 + 1)), R)
trap("acosh-as-log-outer", FALSE, acosh(x), "=", log(x + sqrt(x**2 - 1)), {x: Reals})
trap("atanh-as-log-cut", FALSE, atanh(x), "=", log((1 + x) / (1 - x)) / 2, R)
trap("atanh-as-log", TRUE, atanh(x), "=", log((1 + x) / (1 - x)) / 2, {x: interval(-1, 1)})
trap("log-sqrt", TRUE, log(sqrt(x)), "=", log(x) / 2, R)
trap("log-power-int", FALSE, log(x**3), "=", 3 * log(x), R)
trap("sqrt-minus-one", FALSE, sqrt(-x), "=", I * sqrt(x), R)
trap("sqrt-minus-pos", TRUE, sqrt(-x), "=", I * sqrt(x), {x: NonNegative})
trap("complex-abs-square", FALSE, Abs(z) ** 2, "=", z**2, C)
trap("exp-log-product-complex", TRUE, exp(z + I * 2 * pi), "=", exp(z), C)
trap("exp-half", FALSE, exp(z / 2) ** 2, "=", exp(z) * near(30), C)
trap("sqrt-exp-complex", FALSE, sqrt(exp(z)), "=", exp(z / 2), C)
trap("sqrt-exp-real", TRUE, sqrt(exp(x)), "=", exp(x / 2), R)
# --- kinks, removable singularities
trap("abs-is-x", FALSE, Abs(x), "=", x, R)
trap("abs-square", TRUE, Abs(x) ** 2, "=", x**2, R)
trap("max-minus", TRUE, Max(x, y), "=", (x + y + Abs(x - y)) / 2, XY)
trap("max-wrong", FALSE, Max(x, y), "=", (x + y + (x - y)) / 2, XY)
trap("max-min", TRUE, Max(x, y) + Min(x, y), "=", x + y, XY)
trap("max-strict", FALSE, Max(x, 0), "<", Abs(x), R)
trap("max-three", FALSE, Max(x, y, 0), "=", Max(x, y), XY)
trap("x-over-x", FALSE, x / x, "=", 1, R)
trap("removable", FALSE, (x**2 - 1) / (x - 1), "=", x + 1, R)
trap("removable-where", TRUE, (x**2 - 1) / (x - 1), "=", x + 1, R, ne(x, 1))
trap("removable-irrational", NOT_TRUE, (x**2 - 2) / (x - sqrt(num(2))), "=", x + sqrt(num(2)), R)
trap("removable-at-irrational-pi", NOT_TRUE, sin(x) * (x - pi) / (x - pi), "=", sin(x), R)
trap("removable-cubic", NOT_TRUE, (x**3 - x - 1) / (x**3 - x - 1), "=", 1, R)
trap("removable-transcend", NOT_TRUE, (exp(x) - x - 2) / (exp(x) - x - 2), "=", 1, R)
trap("removable-large", FALSE, (x - 12345) / (x - 12345), "=", 1, R)
trap("removable-fraction", NOT_TRUE, (7 * x - 22) / (7 * x - 22), "=", 1, R)
trap("removable-two-var", FALSE, (x - y) / (x - y), "=", 1, XY)
trap("removable-two-var-sq", FALSE, (x**2 + y**2) / (x**2 + y**2), "=", 1, XY)
trap("removable-plus-one", TRUE, (x**2 + 1) / (x**2 + 1), "=", 1, R)
trap("removable-complex", FALSE, (z**2 + 1) / (z**2 + 1), "=", 1, C)
trap("zero-times-log", FALSE, 0 * log(x), "=", 0, {x: NonNegative})
trap("zero-times-inverse", FALSE, 0 / x, "=", 0, R)
trap("zero-power-neg", FALSE, x**-1 * x, "=", 1, R)
trap("inverse-of-inverse", FALSE, 1 / (1 / x), "=", x, R)
trap("double-inverse-abs", FALSE, 1 / Abs(1 / x), "=", Abs(x), R)
trap("exp-inverse", FALSE, exp(1 / x) * exp(-1 / x), "=", 1, R)
trap("tan-cot", NOT_TRUE, tan(x) * cos(x), "=", sin(x), {x: closed(-2, 2)})
trap("sinc-zero", FALSE, sin(x) / x * x, "=", sin(x), R)
trap("sign-square", FALSE, sign(x) ** 2, "=", 1, R)
trap("sign-abs", TRUE, sign(x) * Abs(x), "=", x, R)
trap("x-over-abs", FALSE, x / Abs(x), "=", sign(x), R)
trap("log-abs-hole", FALSE, exp(log(Abs(x))), "=", Abs(x), R)
# --- 0**0, powers
trap("zero-zero", TRUE, x**0, "=", 1, R)
trap("zero-zero-sym", FALSE, x**y, "=", exp(y * log(x)), {x: NonNegative, y: NonNegative})
trap("zero-pow-pos", FALSE, 0**y, "=", 0, {y: NonNegative})
trap("zero-pow-neg", FALSE, num(0) ** y, "=", 0, {y: Reals})
trap("neg-one-pow", FALSE, (num(-1)) ** (2 * y), "=", 1, {y: Reals})
trap("neg-one-pow-int", TRUE, (num(-1)) ** (2 * k), "=", 1, {k: integers()})
trap("neg-one-pow-int2", FALSE, num(-1) ** (k * (k + 1) / 2), "=", 1, {k: integers()})
trap("neg-base", FALSE, Abs(x**y), "=", x**y, XY)
trap("pow-add", FALSE, x ** (a + b), "=", x**a * x**b, {x: NonNegative, a: Reals, b: Reals})
trap("pow-add-pos", TRUE, x ** (a + b), "=", x**a * x**b, {x: Positive, a: Reals, b: Reals})
trap("pow-zero-diff", FALSE, x ** (a - a), "=", x**a / x**a, {x: NonNegative, a: Reals})
trap("log-base", TRUE, log(x, num(10)), "=", log(x) / log(num(10)), P)
trap("log-base-swap", FALSE, log(x, y), "=", 1 / log(y, x), {x: Positive, y: Positive})
trap(
    "log-base-swap-ok",
    TRUE,
    log(x, y),
    "=",
    1 / log(y, x),
    {x: interval(1, oo), y: interval(1, oo)},
)
trap("log-base-one", FALSE, log(x, y) * log(y), "=", log(x), {x: Positive, y: Positive})
trap("log-base-pow", FALSE, log(x**2, num(2)), "=", 2 * log(x, num(2)), R)
# --- near misses
for e in (6, 9, 12, 15, 20, 25, 40, 49):
    trap(
        f"near-miss-{e}", FALSE, tanh(x) * near(e), "=", (exp(x) - exp(-x)) / (exp(x) + exp(-x)), R
    )
trap("near-miss-60", FALSE, sin(x) * near(60), "=", sin(x), R)
trap("near-miss-additive", FALSE, sg(x) + sg(-x), "=", 1 + num(10) ** -30 * sin(x), R)
trap("near-miss-150", FALSE, exp(x) * near(150), "=", exp(x), R)
trap("near-miss-300", FALSE, sin(x) ** 2 + cos(x) ** 2, "=", near(300), R)
trap(
    "near-miss-local",
    FALSE,
    exp(x),
    "=",
    exp(x) + exp(-(num(10) ** 8) * (x - Q(314, 1000)) ** 2),
    R,
)
trap(
    "near-bump",
    FALSE,
    sin(x),
    "=",
    sin(x) + Max(0, num(1) - num(10) ** 6 * Abs(x - Q(123457, 99991))),
    R,
)
trap("order-near-miss", FALSE, exp(x), ">=", 1 + x + num(10) ** -20, R)
trap("order-near-miss-below", FALSE, x * (1 - x), "<", Q(1, 4), R)
trap("order-am-gm", FALSE, sqrt(x * y), "<", (x + y) / 2, {x: Positive, y: Positive})
trap("order-am-gm-ok", TRUE, sqrt(x * y), "<=", (x + y) / 2, {x: Positive, y: Positive})
trap("order-exp", FALSE, exp(x), ">", 1 + x, R)
trap("order-log", FALSE, log(x), "<", x - 1, P)
trap("order-log-ok", TRUE, log(x), "<=", x - 1, P)
trap("order-equality-at-irrational", FALSE, (x**2 - 2) ** 2, ">", 0, R)
trap("order-equality-at-pi", FALSE, sin(x) ** 2, "<", 1, R)
trap("ne-irrational", NOT_TRUE, x**2, "!=", 2, R)
trap("ne-transcendental", NOT_TRUE, cos(x), "!=", x, R)
trap("ne-rational", FALSE, 3 * x, "!=", 1, R)
trap("ne-integers", TRUE, k**2, "!=", 2, {k: integers()})
trap("ne-integers-far", FALSE, k, "!=", 123456, {k: integers()})
trap("ne-exp", TRUE, exp(x), "!=", -1, R)
trap("ne-exp-complex", FALSE, exp(z), "!=", -1, C)
trap("ne-undefined", FALSE, 1 / x, "!=", 0, R)
trap("square-nonneg", FALSE, x**2, ">", 0, R)
trap("square-complex-order", FALSE, z**2, ">=", 0, C)
trap("cubic-order", FALSE, x**3, "<=", Abs(x) ** 2 + 100, R)
trap("exp-vs-power", FALSE, exp(x), ">", x**20, {x: Positive})
trap("power-vs-exp-far", FALSE, x**10, "<", exp(x) + num(10) ** 40, R)
trap("late-crossing", FALSE, sqrt(x), "<", log(x) * 20, {x: interval(2, oo)})
trap("late-crossing-huge", FALSE, log(x), "<", num(1000), P)
trap("late-crossing-ints", FALSE, k, "<", num(10) ** 9, {k: integers(1)})
# --- half domain, interval ends
trap("half-domain", FALSE, sqrt(x**2), "=", x, {x: interval(-1, oo)})
trap("closed-end", FALSE, 1 / x, ">", 0, {x: NonNegative})
trap("closed-end-log", FALSE, exp(log(x)), "=", x, {x: closed(0, 1)})
trap("open-end-log", TRUE, exp(log(x)), "=", x, {x: UnitInterval})
trap("closed-end-strict", FALSE, x, "<", 1, {x: ClosedUnitInterval})
trap("open-end-strict", TRUE, x, "<", 1, {x: UnitInterval})
trap("closed-irrational-end", FALSE, x, "<", pi, {x: closed(0, pi)})
trap("closed-irrational-end-eq", FALSE, Abs(sin(x)), ">", 0, {x: interval(0, pi, upper_open=False)})
trap("open-irrational-end", TRUE, x, "<", pi, {x: interval(0, pi)})
trap("half-open-lower", FALSE, x, ">", Q(1, 3), {x: interval(Q(1, 3), 1, lower_open=False)})
trap("end-kink", FALSE, Abs(x - 1), "=", 1 - x, {x: interval(0, 1 + Q(1, 10**6))})
trap("tiny-overhang", FALSE, sqrt((x - 1) ** 2), "=", 1 - x, {x: interval(0, 1 + Q(1, 10**30))})
trap("finite-domain", FALSE, y**3, "=", y, {y: finite_set(-1, 0, 1, 2)})
trap("finite-domain-true", TRUE, y**3, "=", y, {y: finite_set(-1, 0, 1)})
trap("finite-domain-irr", NOT_FALSE, y**2, "=", 2, {y: finite_set(sqrt(num(2)), -sqrt(num(2)))})
trap(
    "finite-domain-irr-false",
    NOT_TRUE,
    y**2,
    "=",
    2,
    {y: finite_set(sqrt(num(2)), Q(141421356, 100000000))},
)
trap("integers-range", FALSE, k * (k - 1) * (k - 2) * (k - 3), "=", 0, {k: integers(0, 4)})
trap("integers-range-true", TRUE, k * (k - 1) * (k - 2) * (k - 3), "=", 0, {k: integers(0, 3)})
trap("integers-large-range", FALSE, Max(k, 9999), "=", 9999, {k: integers(0, 10000)})
trap("integers-sin-pi", TRUE, sin(k * pi), "=", 0, {k: integers()})
trap("reals-sin-pi", FALSE, sin(x * pi), "=", 0, R)
trap("cos-int", FALSE, cos(k * pi), "=", 1, {k: integers()})
