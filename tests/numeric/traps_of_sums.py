"""Derivatives, definitions, opaque functions, sums, sizes and arrays."""

# ruff: noqa: F403, F405
from derivations.core import *
from tests.numeric.trapping import *

TRAPS: list[Trap] = []
trap = adder(TRAPS)
R, XY, P, C = {x: Reals}, {x: Reals, y: Reals}, {x: Positive}, {z: Complex}
f = opaque("f")
g = opaque("g")
f2 = opaque("f2", 2)
# --- derivatives
trap("corner-zero", FALSE, D(Abs(x), x), "=", sign(x), R)
trap("corner-where", TRUE, D(Abs(x), x), "=", sign(x), R, ne(x, 0))
trap("corner-max", FALSE, D(Max(x, 0), x), "=", indicator(x > 0), R)
trap("corner-order", FALSE, D(Abs(x), x), "<=", 1, R)
trap("corner-ne", FALSE, D(Abs(x), x), "!=", 2, R)
trap("corner-shift", FALSE, D(Abs(x - Q(1, 7)), x), "=", sign(x - Q(1, 7)), R)
trap("corner-irrational", NOT_TRUE, D(Abs(x**2 - 2), x), "=", 2 * x * sign(x**2 - 2), R)
trap("corner-sqrt-zero", FALSE, D(sqrt(x), x) * sqrt(x), "=", Q(1, 2), {x: NonNegative})
trap("corner-abs-cubed", TRUE, D(Abs(x) ** 3, x), "=", 3 * x * Abs(x), R)
trap("second-abs-cubed", TRUE, D(Abs(x) ** 3, x, 2), "=", 6 * Abs(x), R)
trap("third-abs-cubed", FALSE, D(Abs(x) ** 3, x, 3), "=", 6 * sign(x), R)
trap("x-abs-second", FALSE, D(x * Abs(x), x, 2), "=", 2 * sign(x), R)
trap("sqrt-square-diff", FALSE, D(sqrt(x**2), x), "=", sign(x), R)
trap("sqrt-fourth", TRUE, D(sqrt(x**4), x), "=", 2 * x, R)
trap("cbrt-deriv", FALSE, D(x ** Q(1, 3), x) * 3 * x ** Q(2, 3), "=", 1, {x: NonNegative})
trap("jump-deriv", FALSE, D(indicator(x > 0), x), "=", 0, R)
trap("sign-deriv", FALSE, D(sign(x), x), "=", 0, R)
trap("cases-jump-deriv", FALSE, D(cases((x, x < 1), (x + 1, None)), x), "=", 1, R)
trap(
    "cases-smooth-deriv",
    TRUE,
    D(cases((x**2, x < 0), (x**3, None)), x),
    "=",
    cases((2 * x, x < 0), (3 * x**2, None)),
    R,
)
trap("cases-isolated", FALSE, D(cases((x**2, ne(x, 0)), (num(5), None)), x), "=", 2 * x, R)
trap("cases-isolated-same", TRUE, D(cases((x**2, ne(x, 0)), (num(0), None)), x), "=", 2 * x, R)
trap("x-over-x-deriv", FALSE, D(x / x, x), "=", 0, R)
trap("x2-over-x-deriv", FALSE, D(x**2 / x, x), "=", 1, R)
trap("log-abs-deriv", FALSE, D(log(Abs(x)), x) * x, "=", 1, R)
trap("log-deriv-neg", TRUE, D(log(x), x), "=", 1 / x, {x: Negative})
trap("one-sided-domain", FALSE, D(Abs(x), x), "=", 1, {x: NonNegative})
trap(
    "one-sided-end",
    FALSE,
    D(sqrt(x - 1), x) * 2 * sqrt(x - 1),
    "=",
    1,
    {x: interval(1, oo, lower_open=False)},
)
trap(
    "deriv-max-at-tie",
    FALSE,
    D(Max(x, x**2), x),
    "=",
    cases((num(1), (both(x >= 0, x <= 1))), (2 * x, None)),
    R,
)
trap("deriv-max-same", NOT_FALSE, D(Max(x, x), x), "=", 1, R)
trap("deriv-const", TRUE, D(num(3), x), "=", 0, R)
trap("deriv-of-pow-x", FALSE, D(x**x, x), "=", x * x ** (x - 1), P)
trap("deriv-pow-sym", FALSE, D(x**y, y), "=", y * x ** (y - 1), {x: Positive, y: Positive})
trap("deriv-order-bump", TRUE, D(exp(x), x, 3), "=", exp(x), R)
h = define("h", x, y * x)
trap("hidden-dependence", FALSE, D(h(x), y), "=", 0, XY)
trap("hidden-dependence-true", TRUE, D(h(x), y), "=", x, XY)
eta = define("eta", (), x**2)
trap("paramless-def", TRUE, D(eta(), x), "=", 2 * x, R)
trap("paramless-def-false", FALSE, D(eta(), x), "=", 0, R)
sq1 = define("g", x, x**2)
sq2 = define("g", x, x**3)
trap("defs-sharing-name", FALSE, sq1(x), "=", sq2(x), R)
trap("defs-sharing-name-prime", FALSE, prime(sq1, x), "=", prime(sq2, x), R)
trap("def-vs-opaque", NOT_TRUE, sq1(x), "=", opaque("g")(x), R)
trap("def-named-exp", FALSE, define("exp", x, x + 1)(x), "=", exp(x), R)
trap("def-named-log", FALSE, define("log", x, x)(exp(x)), "=", x + 1, R)
trap(
    "opaque-named-exp", NOT_TRUE, opaque("exp")(x + y), "=", opaque("exp")(x) * opaque("exp")(y), XY
)
trap("opaque-named-abs", NOT_TRUE, opaque("Abs")(-x), "=", opaque("Abs")(x), R)
trap("opaque-named-exp-positive", NOT_TRUE, opaque("exp")(x), ">", 0, R)
trap("opaque-builtin", NOT_TRUE, opaque("sin")(x) ** 2 + cos(x) ** 2, "=", 1, R)
trap("def-body-clash", FALSE, define("q", x, x + y)(y), "=", x + y, XY)
trap("def-body-clash-true", TRUE, define("q", x, x + y)(y), "=", 2 * y, XY)
trap("prime-vs-D", FALSE, prime(sq1, 2 * x), "=", D(sq1(2 * x), x), R)
trap("prime-vs-D-true", TRUE, 2 * prime(sq1, 2 * x), "=", D(sq1(2 * x), x), R)
trap("prime-opaque", EMPTY, prime(f, x), "=", D(f(x), x) + 1, R)
trap("prime-opaque-defined", TRUE, prime(f, x), "=", prime(f, x), R)
trap("opaque-linear", NOT_TRUE, f(x + y), "=", f(x) + f(y), XY)
trap("opaque-zero", NOT_TRUE, f(x) - f(x), "=", 0, R)
trap("opaque-quotient", NOT_TRUE, f(x) / f(x), "=", 1, R)
trap("opaque-deriv", NOT_TRUE, D(f(x) ** 2, x), "=", 2 * f(x) * prime(f, x), R)
trap("opaque-vs-other", NOT_TRUE, f(x), "=", g(x), R)
trap("opaque-nonneg", NOT_TRUE, f(x) ** 2, ">=", 0, R)
trap("opaque-indicator", NOT_TRUE, Abs(f(x)), ">=", 0, R)
trap("opaque-order", NOT_TRUE, exp(f(x)), ">", 0, R)
trap("prime-abs-zero", FALSE, prime(Abs, x), "=", sign(x), R)
trap("prime-abs-noncentral", FALSE, prime(Abs, x - 2), "=", sign(x - 2), R)
trap("D-wrong-variable", FALSE, D(x * y, x), "=", x, XY)
trap("D-nested", FALSE, D(D(x**2 * y**2, x), y), "=", 4 * x, XY)
trap("D-mixed", TRUE, D(D(x**2 * y**2, x), y), "=", D(D(x**2 * y**2, y), x), XY)
trap(
    "D-item",
    FALSE,
    D(total(v[k] ** 2, k, 1, n), v[j]),
    "=",
    2 * v[j] * n,
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-true",
    TRUE,
    D(total(v[k] ** 2, k, 1, n), v[j]),
    "=",
    2 * v[j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-capture",
    FALSE,
    D(total(v[j] * v[k], k, 1, n), v[j]),
    "=",
    total(v[k], k, 1, n),
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-capture-true",
    TRUE,
    D(total(v[j] * v[k], k, 1, n), v[j]),
    "=",
    total(v[k], k, 1, n) + v[j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-index-clash",
    FALSE,
    D(total(v[k] ** 2, k, 1, n), v[k]),
    "=",
    total(2 * v[k], k, 1, n),
    {n: Sizes, v: Reals, k: indices(n)},
)
trap(
    "D-item-double-sum",
    TRUE,
    D(total(total(v[i] * v[k], i, 1, n), k, 1, n), v[j]),
    "=",
    2 * total(v[k], k, 1, n),
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-square-sum",
    FALSE,
    D(total(v[k], k, 1, n) ** 2, v[j]),
    "=",
    2 * v[j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-out-of-sum",
    FALSE,
    D(total(v[k], k, 1, n - 1), v[j]),
    "=",
    1,
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-from-2",
    FALSE,
    D(total(v[k], k, 2, n), v[j]),
    "=",
    1,
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-product",
    TRUE,
    D(product(v[k], k, 1, n), v[j]),
    "=",
    product(v[k], k, 1, n) / v[j],
    {n: Sizes, v: Positive, j: indices(n)},
)
trap(
    "D-item-product-hole",
    FALSE,
    D(product(v[k], k, 1, n), v[j]),
    "=",
    product(v[k], k, 1, n) / v[j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "D-item-shifted",
    FALSE,
    D(total(v[k] * v[n + 1 - k], k, 1, n), v[j]),
    "=",
    v[n + 1 - j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap("D-item-const-index", FALSE, D(v[1] * v[2], v[1]), "=", v[1], {n: integers(2), v: Reals})
# --- sums
N = {n: Sizes}
NV = {n: Sizes, v: Reals}
trap("sum-k", TRUE, total(k, k, 1, n), "=", n * (n + 1) / 2, N)
trap(
    "sum-wrong-from-4",
    FALSE,
    total(k, k, 1, n),
    "=",
    n * (n + 1) / 2 + (n - 1) * (n - 2) * (n - 3),
    N,
)
trap(
    "sum-wrong-from-7",
    FALSE,
    total(k, k, 1, n),
    "=",
    n * (n + 1) / 2 + (n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5) * (n - 6),
    N,
)
trap("sum-wrong-from-20", FALSE, total(k, k, 1, n), "=", n * (n + 1) / 2 + Max(0, n - 19), N)
trap(
    "sum-vec-wrong-from-4",
    FALSE,
    total(v[k], k, 1, n),
    "=",
    total(v[k], k, 1, n) + (n - 1) * (n - 2) * (n - 3),
    NV,
)
trap(
    "sum-vec-only-2-3",
    FALSE,
    total(v[k] ** 2, k, 1, n),
    "=",
    total(v[k] ** 2, k, 1, n) + (n - 2) * (n - 3) * v[1],
    NV,
)
trap("sum-vec-cut-3", FALSE, total(v[k], k, 1, n), "=", total(v[k], k, 1, Min(n, 3)), NV)
trap("sum-vec-cut-5", FALSE, total(v[k], k, 1, n), "=", total(v[k], k, 1, Min(n, 5)), NV)
trap("sum-vec-explicit2", FALSE, total(v[k], k, 1, n), "=", v[1] + v[2], {n: integers(2), v: Reals})
trap(
    "softmax-K2",
    FALSE,
    exp(v[1]) / total(exp(v[k]), k, 1, K),
    "=",
    1 / (1 + exp(v[2] - v[1])),
    {n: integers(2), K: integers(2), v: Reals},
    eq(K, n),
)
trap("K-at-least-3", FALSE, total(num(1), k, 1, K), "<=", 3, {K: integers(3)})
trap("K-at-least-3-true", TRUE, total(num(1), k, 1, K), ">=", 3, {K: integers(3)})
trap("n-le-3", FALSE, n**3, "<=", 9 * n, N)
trap("n-le-3b", FALSE, num(2) ** n, "<=", n + 5, N)
trap("n-le-huge", FALSE, num(2) ** n, "<=", n + num(10) ** 9, N)
trap(
    "m-n-equal",
    FALSE,
    total(total(num(1), j, 1, n), i, 1, m),
    "=",
    6,
    {m: Sizes, n: Sizes},
    ne(m * n, 4),
)
trap("sum-capture", FALSE, total(k * total(k, k, 1, k), k, 1, n), "=", total(k, k, 1, n) ** 2, N)
trap("sum-outer-name", FALSE, k * total(k, k, 1, 3), "=", total(k * k, k, 1, 3), {k: integers()})
trap("sum-outer-name-true", TRUE, k * total(k, k, 1, 3), "=", 6 * k, {k: integers()})
trap("sum-lower-bound-name", FALSE, total(k, k, k, 3), "=", 6, {k: integers(1, 4)})
trap("sum-empty", TRUE, total(k, k, 1, 0), "=", 0, {})
trap("sum-empty-strange", FALSE, total(k, k, 3, 1), "=", -2, {})
trap("sum-empty-undefined", TRUE, total(1 / (k - k), k, 1, 0), "=", 0, R)
trap("product-empty", TRUE, product(k, k, 5, 2), "=", 1, {})
trap(
    "product-empty-false",
    FALSE,
    product(k, k, 1, n - 1),
    "=",
    product(k, k, 1, n) / n + (n - 1) * 0 + indicator(eq(n, 1)),
    N,
)
trap("product-fact", TRUE, product(k, k, 1, n), "=", factorial(n), N)
trap("sum-negative-n", FALSE, total(k, k, 1, n), "=", n * (n + 1) / 2, {n: integers(-5, 5)})
trap(
    "sum-split",
    FALSE,
    total(v[k], k, 1, n),
    "=",
    total(v[k], k, 1, m) + total(v[k], k, m, n),
    {n: Sizes, m: indices(n), v: Reals},
)
trap(
    "sum-split-true",
    TRUE,
    total(v[k], k, 1, n),
    "=",
    total(v[k], k, 1, m) + total(v[k], k, m + 1, n),
    {n: Sizes, m: indices(n), v: Reals},
)
trap(
    "sum-products",
    FALSE,
    total(v[k] * q[k], k, 1, n),
    "=",
    total(v[k], k, 1, n) * total(q[k], k, 1, n),
    {n: Sizes, v: Reals, q: Reals},
)
trap("sum-order", FALSE, total(v[k] ** 2, k, 1, n), ">", 0, NV)
trap("sum-const-x", FALSE, total(x, k, 1, n), "=", n * x + indicator(x > 36), {n: Sizes, x: Reals})
trap("sum-fraction-upper", NOT_TRUE, total(k, k, 1, x), "=", x * (x + 1) / 2, {x: Positive})
trap(
    "sum-delta",
    FALSE,
    total(v[k] * delta(k, j), k, 1, n),
    "=",
    v[j],
    {n: Sizes, v: Reals, j: integers(1)},
)
trap(
    "sum-delta-m",
    FALSE,
    total(v[k] * delta(k, j), k, 2, n),
    "=",
    v[j],
    {n: Sizes, v: Reals, j: indices(n)},
)
trap(
    "geometric",
    FALSE,
    total(x**k, k, 0, n),
    "=",
    (1 - x ** (n + 1)) / (1 - x),
    {n: Sizes, x: Reals},
)
trap(
    "geometric-true",
    TRUE,
    total(x**k, k, 0, n),
    "=",
    (1 - x ** (n + 1)) / (1 - x),
    {n: Sizes, x: Reals},
    ne(x, 1),
)
trap("geometric-inf", FALSE, total(x**k, k, 0, oo), "=", 1 / (1 - x), R)
trap("geometric-inf-ok", TRUE, total(x**k, k, 0, oo), "=", 1 / (1 - x), {x: interval(-1, 1)})
trap(
    "geometric-inf-end", NOT_TRUE, total(x**k, k, 0, oo) * (1 - x), "=", 1, {x: closed(-1, Q(1, 2))}
)
trap("harmonic-inf", FALSE, total(1 / k, k, 1, oo), "=", 20, {})
trap("zeta2-near", FALSE, total(1 / k**2, k, 1, oo), "=", pi**2 / 6 * near(20), {})
trap("zeta2", TRUE, total(1 / k**2, k, 1, oo), "=", pi**2 / 6, {})
trap("alternating", TRUE, total((-num(1)) ** (k + 1) / k, k, 1, oo), "=", log(num(2)), {})
trap("alternating-false", FALSE, total(num(-1) ** k / (2 * k + 1), k, 0, oo), "=", pi / 3, {})
trap("grandi", FALSE, total(num(-1) ** k, k, 0, oo), "=", Q(1, 2), {})
trap("grandi-by-cosines", FALSE, total(cos(pi * k), k, 0, oo), "=", Q(1, 2), {})
trap("abel", FALSE, total(num(-1) ** k * k, k, 1, oo), "=", -Q(1, 4), {})
trap("ramanujan", FALSE, total(k, k, 1, oo), "=", -Q(1, 12), {})
trap("product-to-oo", FALSE, product(1 + 1 / k, k, 1, oo), "=", 3, {})
trap("product-to-0", NOT_FALSE, product(1 - 1 / k, k, 2, oo), "=", 0, {})
trap("product-to-0-false", FALSE, product(1 - 1 / k, k, 2, oo), "=", Q(1, 2), {})
trap("exp-series", TRUE, total(x**k / factorial(k), k, 0, oo), "=", exp(x), R)
trap("exp-series-false", FALSE, total(x**k / factorial(k), k, 1, oo), "=", exp(x), R)
trap(
    "sum-linear-inf-split",
    FALSE,
    total(1 / k - 1 / (k + 1), k, 1, oo),
    "=",
    total(1 / k, k, 1, oo) - total(1 / (k + 1), k, 1, oo),
    {},
)
trap("sum-inf-zero", FALSE, 0 * total(k, k, 1, oo), "=", 0, {})
trap("sum-inf-diff", FALSE, total(x * k, k, 1, oo) - total(x * k, k, 1, oo), "=", 0, R)
trap("sum-inf-scaled", FALSE, total(x * k, k, 1, oo), "=", x * total(k, k, 1, oo), R)
trap(
    "array-symmetric",
    FALSE,
    total(total(A[i, j] * v[j], j, 1, n), i, 1, m),
    "=",
    total(total(A[j, i] * v[j], j, 1, n), i, 1, m),
    {m: Sizes, n: Sizes, A: Reals, v: Reals},
)
trap("array-square", FALSE, A[1, 2], "=", A[2, 1], {m: integers(2), n: integers(2), A: Reals})
trap("array-out-of-bounds", NOT_TRUE, v[n + 1], "=", v[n + 1], NV)
trap("array-out-of-bounds-0", FALSE, v[0] - v[0], "=", 0, NV)
trap("array-entries-equal", FALSE, v[1], "=", v[n], NV)
trap("array-positive", FALSE, total(v[k], k, 1, n), ">", 0, {n: Sizes, v: NonNegative})
trap("array-positive-true", TRUE, total(v[k], k, 1, n), ">", 0, {n: Sizes, v: Positive})
trap("array-positive-empty", FALSE, total(v[k], k, 1, n), ">", 0, {n: integers(0), v: Positive})
trap(
    "array-product-empty",
    FALSE,
    product(v[k], k, 1, n),
    "=",
    v[1] * product(v[k], k, 2, n),
    {n: integers(0), v: Positive},
)
trap("log-of-sum", FALSE, log(total(exp(v[k]), k, 1, n)), "=", total(v[k], k, 1, n), NV)
trap("lse-order", FALSE, log(total(exp(v[k]), k, 1, n)), "<=", Max(v[1], v[n]) + log(num(2)), NV)
trap(
    "log-of-product-neg",
    FALSE,
    log(product(v[k], k, 1, n)),
    "=",
    total(log(v[k]), k, 1, n),
    {n: Sizes, v: Reals},
)
trap(
    "log-of-product-pos",
    TRUE,
    log(product(v[k], k, 1, n)),
    "=",
    total(log(v[k]), k, 1, n),
    {n: Sizes, v: Positive},
)
