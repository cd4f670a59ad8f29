"""Derivatives at branch points, integrals, limits, conditions, cases and magnitudes."""

# ruff: noqa: F403, F405
from derivations.core import *
from tests.numeric.trapping import *

TRAPS: list[Trap] = []
trap = adder(TRAPS)
R, XY, P, C = {x: Reals}, {x: Reals, y: Reals}, {x: Positive}, {z: Complex}
f = opaque("f")
S = {}
# --- derivatives at branch points
trap("d-sqrt-x4", TRUE, D(sqrt(x**4), x), "=", 2 * x, R)
trap("d-sqrt-x6", TRUE, D(sqrt(x**6), x), "=", 3 * x * Abs(x), R)
trap("d-three-halves", TRUE, D((1 - x**2) ** Q(3, 2), x), "=", -3 * x * sqrt(1 - x**2), R)
trap(
    "d-abs-three-halves",
    TRUE,
    D(Abs(x) * sqrt(Abs(x)), x),
    "=",
    Q(3, 2) * sign(x) * sqrt(Abs(x)),
    R,
)
trap("d-sqrt-squared", TRUE, D(sqrt(x) ** 2, x), "=", 1, R)
trap("d-sqrt-fourth-pow", TRUE, D(sqrt(x) ** 4, x), "=", 2 * x, R)
trap("d-max-sq", TRUE, D(Max(x, 0) ** 2, x), "=", 2 * Max(x, 0), R)
trap("d-x-sqrt-x2", TRUE, D(x * sqrt(x**2), x), "=", 2 * Abs(x), R)
trap("d-pow-half-x2", TRUE, D(x * (x**2) ** Q(1, 2), x), "=", 2 * Abs(x), R)
trap("d-x-third", TRUE, D(x * x ** Q(1, 3), x), "=", Q(4, 3) * x ** Q(1, 3), R)
trap("d-abs-x2", TRUE, D(Abs(x**2), x), "=", 2 * x, R)
trap("d-abs-x3", TRUE, D(Abs(x**3), x), "=", 3 * x * Abs(x), R)
trap("d-sign-x2", TRUE, D(x**2 * sign(x), x), "=", 2 * Abs(x), R)
trap(
    "d-acos",
    TRUE,
    D(acos(x) * (1 - x) ** 2, x),
    "=",
    -((1 - x) ** 2) / sqrt(1 - x**2) - 2 * (1 - x) * acos(x),
    {x: interval(-1, 1)},
)
trap(
    "d-acosh-edge",
    TRUE,
    D(acosh(x) ** 2, x),
    "=",
    2 * acosh(x) / sqrt(x**2 - 1),
    {x: interval(1, oo)},
)
trap(
    "d-acos-squared-edge",
    TRUE,
    D(acos(x) ** 2, x) + 0,
    "=",
    cases((num(-2), eq(x, 1)), (-2 * acos(x) / sqrt(1 - x**2), None)),
    {x: closed(Q(1, 2), 1)},
)
trap(
    "d-indicator-times-square",
    TRUE,
    D(x**2 * indicator(x > 0), x),
    "=",
    2 * x * indicator(x > 0),
    R,
)
trap("d-max-three", TRUE, D(Max(x, 0, -x) ** 2, x), "=", 2 * x, R)
trap(
    "d-cases-agree-pts",
    TRUE,
    D(cases((x, x < 0), (sin(x), None)), x),
    "=",
    cases((num(1), x < 0), (cos(x), None)),
    R,
)
trap("d-zero-pow", TRUE, D(x**0, x), "=", 0, R)
trap("d-x-pow-int-var", TRUE, D(x**k, x), "=", k * x ** (k - 1), {x: Positive, k: integers()})
trap("d-x-pow-int-var0", FALSE, D(x**k, x), "=", k * x ** (k - 1), {x: Reals, k: integers(0)})
trap("d-prime-compose", TRUE, D(sg(sg(x)), x), "=", prime(sg, sg(x)) * prime(sg, x), R)
# --- integrals
trap("int-divergent", FALSE, integral(1 / t, t, 1, oo), "=", oo, S)
trap("int-divergent-num", FALSE, integral(1 / t, t, 1, oo), "=", 100, S)
trap("int-odd-divergent", FALSE, integral(t, t, -oo, oo), "=", 0, S)
trap("int-odd-cauchy", FALSE, integral(2 * t / (1 + t**2), t, -oo, oo), "=", 0, S)
trap("int-over-a-pole", FALSE, integral(1 / t**2, t, -1, 1), "=", -2, S)
trap("int-principal-value", FALSE, integral(1 / (1 - t), t, 0, 2), "=", 0, S)
trap("int-over-poles-of-tan", FALSE, integral(tan(t), t, 0, pi), "=", 0, S)
trap("int-over-a-pole-log", FALSE, integral(1 / t, t, 1, x), "=", log(Abs(x)), R, ne(x, 0))
trap("int-over-a-root", FALSE, integral(1 / (t**2 - 2), t, 0, 2), "=", 1, S)
trap("int-poles-cancel", NOT_FALSE, integral(1 / t - 1 / sin(t), t, -1, 1), "=", 0, S)
trap("int-hole", NOT_FALSE, integral((t**2 - 1) / (t - 1), t, 0, 2), "=", 4, S)
trap("int-sin-div", NOT_TRUE, integral(sin(t), t, 0, oo), "=", 1, S)
trap("int-singular-end", NOT_FALSE, integral(1 / sqrt(t), t, 0, 1), "=", 2, S)
trap("int-singular-end-false", FALSE, integral(1 / sqrt(t), t, 0, 1), "=", 2 * near(20), S)
trap("int-log", TRUE, integral(log(t), t, 0, 1), "=", -1, S)
trap("int-reversed", TRUE, integral(t**2, t, 1, 0), "=", -Q(1, 3), S)
trap("int-reversed-false", FALSE, integral(t**2, t, 1, 0), "=", Q(1, 3), S)
trap("int-same-ends", TRUE, integral(exp(t**2), t, 2, 2), "=", 0, S)
trap("int-abs", FALSE, integral(Abs(t), t, -1, 1), "=", 0, S)
trap("int-abs-true", NOT_FALSE, integral(Abs(t), t, -1, 2), "=", Q(5, 2), S)
trap("int-capture", FALSE, integral(x * x, x, 0, 1), "=", x**2, R)
trap("int-capture-upper", TRUE, integral(x * x, x, 0, x), "=", x**3 / 3, {x: closed(-3, 3)})
trap("int-near", FALSE, integral(exp(-(t**2)), t, -oo, oo), "=", sqrt(pi) * near(30), S)
trap(
    "int-removable",
    FALSE,
    integral(sin(t) / t, t, 0, 1),
    "=",
    integral(sin(t) / t, t, 0, 1) * near(12),
    S,
)
trap("int-param", FALSE, integral(exp(-a * t), t, 0, oo), "=", 1 / a, {a: interval(-1, 1)})
trap("int-spike", FALSE, integral(exp(-(num(10) ** 12) * (t - Q(1, 3)) ** 2), t, 0, 1), "=", 0, S)
trap(
    "int-spike-wide",
    FALSE,
    integral(1 + exp(-(num(10) ** 14) * (t - Q(1, 3)) ** 2), t, -1000, 1000),
    "=",
    2000,
    S,
)
trap("int-osc", FALSE, integral(sin(100 * t) ** 2, t, 0, pi), "=", pi / 2 * near(15), S)
trap("int-zero-times-div", FALSE, 0 * integral(1 / t, t, 0, 1), "=", 0, S)
trap("int-div-minus-div", FALSE, integral(1 / t, t, 0, 1) - integral(1 / t, t, 0, 1), "=", 0, S)
trap(
    "int-div-linear",
    FALSE,
    integral(1 / t - 1 / t, t, 0, 1),
    "=",
    integral(1 / t, t, 0, 1) - integral(1 / t, t, 0, 1),
    S,
)
trap(
    "int-opaque-linear", NOT_TRUE, integral(f(t) + 1, t, 0, 1), "=", integral(f(t), t, 0, 1) + 1, S
)
trap("int-div-scaled", FALSE, integral(x / t, t, 0, 1), "=", x * integral(1 / t, t, 0, 1), R)
trap("D-integral-ftc", FALSE, D(integral(sg(t), t, 0, x), x), "=", sg(x) - Q(1, 2), R)
trap("D-integral-ftc-true", TRUE, D(integral(sg(t), t, 0, x), x), "=", sg(x), R)
trap("D-integral-param", NOT_TRUE, D(integral(x * t, t, 0, x), x), "=", x**2, R)
# --- limits
trap("lim-two-sided-pole", FALSE, limit(1 / x, x, 0), "=", oo, S)
trap("lim-one-sided", TRUE, limit(1 / x, x, 0, "+"), "=", oo, S)
trap("lim-one-sided-left", FALSE, limit(1 / x, x, 0, "-"), "=", oo, S)
trap("lim-sign", FALSE, limit(sign(x), x, 0), "=", 0, S)
trap("lim-sign-plus", TRUE, limit(sign(x), x, 0, "+"), "=", 1, S)
trap("lim-sign-val", FALSE, limit(sign(x), x, 0, "+"), "=", 0, S)
trap("lim-abs-over", FALSE, limit(Abs(x) / x, x, 0), "=", 1, S)
trap("lim-osc", NOT_TRUE, limit(sin(x), x, oo), "=", 0, S)
trap("lim-osc-0", NOT_TRUE, limit(sin(1 / x), x, 0, "+"), "=", 0, S)
trap("lim-osc-damped", TRUE, limit(sin(x) / x, x, oo), "=", 0, S)
trap("lim-slow", NOT_TRUE, limit(1 / log(log(x)), x, oo), "=", Q(1, 3), S)
trap("lim-slow0", NOT_FALSE, limit(1 / log(x), x, oo), "=", 0, S)
trap("lim-slow-false", NOT_TRUE, limit(log(log(x)), x, oo), "=", 5, S)
trap("lim-exp-poly", FALSE, limit(x**50 / exp(x), x, oo), "=", oo, S)
trap("lim-poly-log", FALSE, limit(log(x) ** 30 / x, x, oo), "=", oo, S)
trap("lim-e", FALSE, limit((1 + 1 / x) ** x, x, oo), "=", exp(num(1)) * near(20), S)
trap("lim-e-true", TRUE, limit((1 + 1 / x) ** x, x, oo), "=", exp(num(1)), S)
trap("lim-removable", FALSE, limit(sin(x) / x, x, 0), "=", 0, S)
trap("lim-value-vs-limit", FALSE, limit(cases((num(5), eq(x, 0)), (x, None)), x, 0), "=", 5, S)
trap("lim-value-vs-limit-true", TRUE, limit(cases((num(5), eq(x, 0)), (x, None)), x, 0), "=", 0, S)
trap("lim-kron", FALSE, limit(delta(x, 0), x, 0), "=", 1, S)
trap("lim-exp-inv", FALSE, limit(exp(1 / x), x, 0), "=", 0, S)
trap("lim-exp-inv-left", TRUE, limit(exp(1 / x), x, 0, "-"), "=", 0, S)
trap("lim-exp-inv-right", FALSE, limit(exp(1 / x), x, 0, "+"), "=", 0, S)
trap("lim-power-param", FALSE, limit(x**a, x, oo), "=", oo, {a: Reals})
trap("lim-param", FALSE, limit(tanh(a * x), x, oo), "=", 1, {a: Reals})
trap("lim-param-nonneg", FALSE, limit(tanh(a * x), x, oo), "=", 1, {a: NonNegative})
trap("lim-param-pos", TRUE, limit(tanh(a * x), x, oo), "=", 1, {a: Positive})
trap(
    "lim-swap",
    NOT_TRUE,
    limit(limit(x**y, x, 0, "+"), y, 0, "+"),
    "=",
    limit(limit(x**y, y, 0, "+"), x, 0, "+"),
    S,
)
trap("lim-infinite-minus", FALSE, limit(x, x, oo) - limit(x, x, oo), "=", 0, S)
trap("lim-0-times-inf", FALSE, 0 * limit(x, x, oo), "=", 0, S)
trap("lim-inf-eq-inf2", FALSE, 2 * limit(x, x, oo), "=", limit(x, x, oo), S)
trap("lim-inf-cmp", FALSE, limit(x, x, oo), "<", limit(x**2, x, oo), S)
trap("lim-inf-le", TRUE, limit(x, x, oo), "<=", oo, S)
trap("lim-inf-gt", TRUE, limit(x, x, oo), ">", 5, S)
trap("lim-inf-ne", FALSE, limit(x**2, x, oo), "!=", limit(x**3, x, oo), S)
trap("lim-capture", FALSE, limit(x + y, x, 0), "=", x + y, XY)
trap("lim-at-free-same", TRUE, limit(x**2, x, x), "=", x**2, R)
trap("lim-step-at-1000", FALSE, limit(indicator(x < num(10) ** 9), x, oo), "=", 1, S)
trap("lim-step-tail", TRUE, limit(indicator(x < num(10) ** 9), x, oo), "=", 0, S)
trap("lim-mixed-scale", FALSE, limit(exp(x - num(10) ** 9), x, oo), "=", 0, S)
trap(
    "lim-hump",
    FALSE,
    limit(1 / (1 + (x - num(10) ** 30) ** 2) + indicator(x > num(10) ** 40), x, oo),
    "=",
    0,
    S,
)
trap("lim-neg-base", NOT_TRUE, limit((-num(1)) ** x, x, oo), "=", 1, S)
trap("lim-opaque", NOT_TRUE, limit(f(x), x, 0), "=", f(0), S)
trap("oo-plain", FALSE, oo - oo, "=", 0, S)
trap("oo-eq", FALSE, oo + 1, "=", oo, S)
trap("oo-inv", FALSE, 1 / oo, "=", 0, S)
trap("oo-exp", FALSE, exp(-oo), "=", 0, S)
trap("oo-less", TRUE, x, "<", oo, R)
trap("oo-zero", FALSE, 0 * oo, "=", 0, S)
# --- where
trap("where-impossible", EMPTY, sin(x) + exp(cos(x)), "=", x, {x: UnitInterval}, x > 1)
trap("where-impossible-trivial", EMPTY, x, "=", x + 0, {x: UnitInterval}, x > 1)
trap("where-impossible-2", EMPTY, x + 1, "=", x, R, both(x > 1, x < 0))
trap("where-impossible-sq", EMPTY, x + 1, "=", x, R, x**2 < 0)
trap("where-impossible-eq", EMPTY, x, "=", x + 1, R, eq(exp(x), 0))
trap("where-impossible-false-proof", EMPTY, x / x, "=", 1, R, ne(x, x))
trap("where-impossible-const", EMPTY, num(1), "=", 2, S, eq(num(0), 1))
trap("where-unsat-lin", EMPTY, x, "<", y, XY, both(x < y, y < x))
trap("where-empty-interval", EMPTY, x, "=", x + 1, {x: interval(2, 1)})
trap("where-empty-open", EMPTY, x, "=", x + 1, {x: interval(1, 1)})
trap("where-empty-int", EMPTY, k, "=", k + 1, {k: integers(3, 2)})
trap("where-empty-set", EMPTY, x, "=", x + 1, {x: finite_set()})
trap("where-undefined", EMPTY, x, "=", x + 1, R, 1 / (x - x) > 0)
trap("where-point-closed", TRUE, x, "=", 1, {x: closed(1, 1)})
trap("where-eq", TRUE, x**2, "=", 4, R, eq(x, 2))
trap("where-eq-false", FALSE, x**2, "=", 5, R, eq(x, 2))
trap("where-eq-irr", NOT_TRUE, x**2, "=", 3, R, eq(x, sqrt(num(2))))
trap("where-eq-irr-true", NOT_FALSE, x**2, "=", 2, R, eq(x, sqrt(num(2))))
trap("where-eq-sq", FALSE, x, "=", 2, R, eq(x**2, 4))
trap("where-eq-two", FALSE, x / y, "=", 1, XY, eq(x, y))
trap("where-eq-sum", FALSE, x * y, "<", Q(1, 4), XY, eq(x + y, 1))
trap("where-eq-sum-true", NOT_FALSE, x * y, "<=", Q(1, 4), XY, eq(x + y, 1))
trap("where-circle", NOT_TRUE, x + y, "<=", 1, XY, eq(x**2 + y**2, 1))
trap("where-or", FALSE, sqrt(x**2), "=", x, R, either(x > 0, x < -5))
trap("where-not", FALSE, sqrt(x**2), "=", x, R, Not(both(x < 0, x > -5)))
trap("where-oo", TRUE, exp(log(x)), "=", x, R, both(x > 0, x < oo))
trap("where-oo-false", FALSE, exp(log(x)), "=", x + 1, R, both(x > 0, x < oo))
trap("where-complex", FALSE, z, "=", z + 1, C, z > 0)
trap("where-complex-vac", TRUE, sqrt(z**2), "=", z, C, z > 0)
trap("where-narrow", FALSE, x, "=", x + 1, R, both(x > Q(314159, 100000), x < Q(31416, 10000)))
trap("where-kills-counterex", TRUE, x / x, "=", 1, R, ne(x, 0))
trap("where-rel-not-ordered", FALSE, log(x * y), "=", log(x) + log(y), XY, x * y > 0)
trap("where-neg-order", FALSE, sqrt(x), "<", sqrt(y), XY, x < y)
trap("where-recip", FALSE, 1 / x, ">", 1 / y, XY, x < y)
trap("where-square", FALSE, x**2, "<", y**2, XY, x < y)
trap("where-hyp-only-loose", FALSE, sg(x), "<", sg(y), XY, x <= y)
# --- cases, indicators, delta
trap("cases-gap", FALSE, cases((num(1), x > 0), (num(1), x < 0)), "=", 1, R)
trap("cases-gap-both", TRUE, cases((num(1), x > 0), (num(1), x < 0)), "=", x / x, R)
trap(
    "cases-overlap",
    FALSE,
    cases((num(1), x >= 0), (num(2), x >= -1), (num(3), None)),
    "=",
    cases((num(2), x >= -1), (num(1), x >= 0), (num(3), None)),
    R,
)
trap(
    "cases-overlap-order",
    TRUE,
    cases((x, x >= 0), (-x, None)),
    "=",
    cases((-x, x < 0), (x, None)),
    R,
)
trap(
    "cases-boundary",
    FALSE,
    cases((num(1), x > 0), (num(0), None)),
    "=",
    cases((num(1), x >= 0), (num(0), None)),
    R,
)
trap(
    "cases-cond-undefined",
    FALSE,
    cases((num(1), 1 / x > 0), (num(0), None)),
    "=",
    indicator(x > 0),
    R,
)
trap(
    "cases-unused-undefined",
    TRUE,
    cases((num(1), x >= 0), (1 / (x - x), x < -5), (num(1), None)),
    "=",
    1,
    {x: interval(-4, oo)},
)
trap("cases-cond-complex", FALSE, cases((num(1), sqrt(x) >= 0), (num(0), None)), "=", 1, R)
trap("indicator-boundary", FALSE, indicator(x > 0), "=", indicator(x >= 0), R)
trap("indicator-not", TRUE, indicator(Not(x > 0)), "=", 1 - indicator(x > 0), R)
trap("indicator-not-complex", FALSE, indicator(Not(sqrt(x) >= 0)), "=", indicator(sqrt(x) < 0), R)
trap(
    "indicator-or",
    FALSE,
    indicator(either(x > 0, y > 0)),
    "=",
    indicator(x > 0) + indicator(y > 0),
    XY,
)
trap("indicator-sigma", FALSE, indicator(sg(x) >= Q(1, 2)), "=", indicator(x > 0), R)
trap("indicator-sigma-true", TRUE, indicator(sg(x) >= Q(1, 2)), "=", indicator(x >= 0), R)
trap("indicator-undefined", FALSE, indicator(1 / x > 0), "=", indicator(x > 0), R)
trap("indicator-eq-irr", FALSE, indicator(eq(x**2, 2)), "=", 0, R)
trap("indicator-irr", FALSE, indicator(x > sqrt(num(2))), "=", indicator(x >= sqrt(num(2))), R)
trap("delta-self", TRUE, delta(i, i), "=", 1, {i: integers()})
trap("delta-zero", FALSE, delta(i, j), "=", 0, {i: integers(), j: integers()})
trap("delta-ind", TRUE, delta(i, j), "=", indicator(eq(i, j)), {i: integers(), j: integers()})
trap(
    "delta-product",
    FALSE,
    delta(i, j) * delta(j, k),
    "=",
    delta(i, k),
    {i: integers(), j: integers(), k: integers()},
)
trap("delta-real", TRUE, delta(x, y), "=", delta(y, x), XY)
trap("delta-far", FALSE, delta(i, 12345), "=", 0, {i: integers()})
# --- cancellation, magnitudes
trap("cancel-700", FALSE, 1 - sg(x), "=", exp(-x) * indicator(x > 699), {x: finite_set(700)})
trap("cancel-700-true", TRUE, 1 - sg(x), "=", exp(-x) / (1 + exp(-x)), R)
trap("cancel-700-tiny", FALSE, 1 - tanh(x), "=", 2 * exp(-2 * x), {x: finite_set(300)})
trap("cancel-700-order", FALSE, sg(x), ">=", 1 - exp(-x) / 2, {x: finite_set(700)})
trap("exp-exp", FALSE, exp(exp(x)), "=", exp(exp(x)) * near(40), {x: closed(0, 10)})
trap("exp-exp-big", TRUE, exp(exp(x)) * exp(-exp(x)), "=", 1, R)
trap("tower", TRUE, exp(exp(exp(x))), ">", 0, {x: closed(0, 20)})
trap("huge-power", FALSE, num(10) ** (num(10) ** 6), "=", num(10) ** (num(10) ** 6) + 1, S)
trap("huge-power-2", FALSE, num(10) ** (num(10) ** 12), "=", num(10) ** (num(10) ** 12) + 1, S)
trap("huge-factorial", FALSE, factorial(num(10) ** 9), "=", 1, S)
trap("huge-exact-pow", FALSE, x ** (num(10) ** 9), "=", x, {x: closed(2, 3)})
trap("huge-sum", NOT_TRUE, total(k, k, 1, num(10) ** 9), "=", 1, S)
trap("huge-sum-true", TRUE, total(num(1), k, 1, num(10) ** 8), "=", num(10) ** 8, S)
trap("tiny", FALSE, exp(-(x**2)), "=", 0, {x: closed(30, 40)})
trap("tiny-erfc", FALSE, erfc(x), "=", 0, {x: closed(20, 27)})
trap("tiny-order", FALSE, exp(-(x**2)), "<=", 0, {x: interval(700, oo)})
trap("factorial-gamma", FALSE, factorial(x), "=", gamma(x), P)
trap("gamma-poles", FALSE, gamma(x + 1), "=", x * gamma(x), R)
trap("gamma-poles-fact", TRUE, 1 / gamma(-k), "=", 0, {k: integers(0)})
trap("gamma-times", FALSE, gamma(x) / gamma(x), "=", 1, R)
trap("gamma-reflection", FALSE, gamma(x) * gamma(1 - x) * sin(pi * x), "=", pi, R)
trap("gamma-recip", TRUE, 1 / factorial(-k), "=", 0, {k: integers(1)})
trap("factorial-neg", FALSE, factorial(k), "=", k * factorial(k - 1), {k: integers(0)})
trap("loggamma-exp", TRUE, exp(loggamma(x)), "=", gamma(x), {x: Reals})
trap("log-gamma-neg", FALSE, log(gamma(x)), "=", loggamma(x), R, both(x > -2, x < -1))
trap("erf-odd", FALSE, erf(-x), "=", erf(x), R)
trap("erfc-neg", FALSE, erfc(-x), "=", 1 - erfc(x), R)
# complex & order
trap("complex-order-equal-im", FALSE, z, "<=", z, C)
trap("complex-order-self", FALSE, sqrt(x), "<=", sqrt(x), R)
trap("complex-real-combo", NOT_FALSE, sqrt(x) * sqrt(x), "<=", x, R)
trap("i-squared", TRUE, I * I, "=", -1, S)
trap("i-order", FALSE, I, ">", 0, S)
trap("i-pow-i", TRUE, I**I, "=", exp(-pi / 2), S)
trap("i-order-sq", TRUE, (I * x) ** 2, "<=", 0, R)
trap("erf-prime", TRUE, D(erf(x), x), "=", 2 / sqrt(pi) * exp(-(x**2)), R)
trap("max-complex", FALSE, Max(I, 0), "=", I, S)
trap("abs-complex", FALSE, Abs(x + I * y), "=", Abs(x) + Abs(y), XY)
trap("sign-complex", FALSE, sign(z) * Abs(z), "=", x, {z: Complex, x: Reals})
trap("d-zero-to-y", TRUE, D(num(0) ** y, y), "=", 0, {y: Positive})
trap("d-x-to-y-zero-base", TRUE, D(x**y, y), "=", 0, {x: finite_set(0), y: Positive})
trap("d-root-times-root", TRUE, D(x ** Q(1, 2) * x ** Q(1, 2), x), "=", 1, R)
trap(
    "d-asin-edge",
    TRUE,
    D(asin(x) * (1 - x**2), x),
    "=",
    cases((-pi, eq(x, 1)), (sqrt(1 - x**2) - 2 * x * asin(x), None)),
    {x: closed(0, 1)},
)
trap("second-order-d-sqrt", TRUE, D(sqrt(x**2) ** 2, x, 2), "=", 2, R)
trap("d-abs-complex", NOT_TRUE, D(Abs(x * I + 1) ** 2, x), "=", 0, R)
trap("d-abs-complex-true", NOT_FALSE, D(Abs(x * I + 1) ** 2, x), "=", 2 * x, R)
trap("d-complex-abs", FALSE, D(Abs(z) ** 2, z), "=", 2 * Abs(z), C)
trap("d-complex-conj-like", NOT_TRUE, D(Abs(z) ** 2, z), "=", 2 * z, C)
trap("d-complex", TRUE, D(z**2, z), "=", 2 * z, C)
trap("d-sqrt-complex-cut", FALSE, D(sqrt(z), z) * 2 * sqrt(z), "=", 1, C)
