"""Proofs of steps by their reasons: true steps are proved, their near relatives are not."""

# ruff: noqa: F403, F405
from __future__ import annotations

from typing import Any

import pytest

from derivations.core import *
from derivations.core.formula import as_formula
from derivations.proving.chains.carried import attempt, carried

x, y, z, a, b, c, t, w, j, k, n, u = symbols("x y z a b c t w j k n u")
R, XY, P = {x: Reals}, {x: Reals, y: Reals}, {x: Positive}
sg = define("sg", x, 1 / (1 + exp(-x)))
f, g = opaque("f"), opaque("g")
INF = -oo

TRUE: dict[str, tuple[Any, ...]] = {}
FALSE: dict[str, tuple[Any, ...]] = {}


def claim_of(lhs: Any, rel: str, rhs: Any, on: Any, where: Any = None, id: str = "c") -> Claim:
    return Claim(id, as_formula(lhs), rel, as_formula(rhs), on=on, where=where)


def step(
    table: dict[str, tuple[Any, ...]],
    name: str,
    before: Any,
    after: Any,
    reason: Reason,
    on: Any = None,
    where: Any = None,
    rel: str = "=",
    unproved: bool = False,
) -> None:
    assert name not in table
    on = {} if on is None else on
    line = Step(as_formula(after), rel, reason)
    claim = claim_of(before, rel, after, on, where)
    table[name] = (as_formula(before), line, claim, unproved)


def true(*args: Any, **options: Any) -> None:
    step(TRUE, *args, **options)


def false(*args: Any, **options: Any) -> None:
    step(FALSE, *args, **options)


# ------------------------------------------------------------------------------- using
LOGP = claim_of(log(x * y), "=", log(x) + log(y), {x: Positive, y: Positive}, id="logp")
SQRT = claim_of(sqrt(x**2), "=", x, {x: NonNegative}, id="sqrt")
SLOPE = claim_of(D(sg(x), x), "=", sg(x) * (1 - sg(x)), R, id="slope")
HEAD = claim_of(f(x), "=", g(x), R, id="head")
RIGHT = claim_of(f(x), "=", g(x), P, id="right")
CLOSED = claim_of(f(x), "=", g(x), {x: NonNegative}, id="closed")
POINTS = claim_of(f(x), "=", g(x), {x: Binary}, id="points")
WHOLE = claim_of(f(x), "=", g(x), {x: integers(0)}, id="whole")
ORDER = claim_of(log(x), "<=", x - 1, P, id="order")
MEET = claim_of(f(x), "=", g(y), XY, eq(x, y), id="meet")
BELOW = claim_of(f(x), "=", g(y), XY, x < y, id="below")

true("using", f(y) + 1, g(y) + 1, using(HEAD, x=y), {y: Reals})
true("using-under-integral", integral(f(t), t, 0, x), integral(g(t), t, 0, x), using(HEAD), P)
true("using-under-D", D(f(x) * x, x), D(g(x) * x, x), using(HEAD), R)
true("using-under-limit", limit(f(x), x, oo), limit(g(x), x, oo), using(RIGHT), {})
true("using-under-D-inside", D(f(x), x), D(g(x), x), using(RIGHT), P)
true("using-under-sum", total(f(k), k, 1, n), total(g(k), k, 1, n), using(WHOLE), {n: Sizes})
true("using-at-open-ends", integral(f(t), t, 0, 1), integral(g(t), t, 0, 1), using(RIGHT), {})
true("using-slope-under-limit", limit(prime(sg, x), x, oo),
     limit(sg(x) * (1 - sg(x)), x, oo), using(SLOPE))  # fmt: skip
true("using-where", f(y), g(z), using(BELOW, x=y, y=z), {y: Reals, z: Reals}, y < z)
true("using-order", x * log(x), x * (x - 1), using(ORDER), P, rel="<=")
true("using-order-at", y * log(y / 2) + 1, y * (y / 2 - 1) + 1, using(ORDER, x=y / 2),
     {y: Positive}, rel="<=")  # fmt: skip
false("using-order-sign", y * log(x), y * (x - 1), using(ORDER), {x: Positive, y: Reals}, rel="<=")
false("using-order-strict", x * log(x), x * (x - 1), using(ORDER), P, rel="<")
false("using-order-turned", -log(x), 1 - x, using(ORDER), P, rel="<=")
false("using-order-outside", log(x + 1), x, using(ORDER, x=x + 1), {x: interval(-2, 2)}, rel="<=")
false("using-unproved", f(y) + 1, g(y) + 1, using(HEAD, x=y), {y: Reals}, unproved=True)
false("using-outside", f(y), g(y), using(RIGHT, x=y), {y: Reals})
false("using-outside-at-end", f(y), g(y), using(RIGHT, x=y), {y: NonNegative})
false("using-under-integral-outside", integral(f(t), t, -1, 1), integral(g(t), t, -1, 1),
      using(RIGHT))  # fmt: skip
false("using-under-integral-ends-in-any-order", integral(f(t), t, 0, x),
      integral(g(t), t, 0, x), using(RIGHT), R)  # fmt: skip
false("using-under-D-at-end", D(f(x), x), D(g(x), x), using(CLOSED), {x: NonNegative})
false("using-under-D-at-points", D(f(x), x), D(g(x), x), using(POINTS), {x: Binary})
false("using-under-D-at-integers", D(f(x), x), D(g(x), x), using(WHOLE), {x: integers(1)})
false("using-under-D-where", D(f(x) * y, x), D(g(y) * y, x), using(MEET), XY, eq(x, y))
false("using-under-D-where-loose", D(f(x), x), D(g(x), x), using(CLOSED), R, x >= 0)
true("using-under-D-where-strict", D(f(x), x), D(g(x), x), using(CLOSED), R, x > 0)
false("using-under-limit-other-side", limit(f(x), x, 0, "-"), limit(g(x), x, 0, "-"), using(RIGHT))
true("using-under-limit-one-side", limit(f(x), x, 0, "+"), limit(g(x), x, 0, "+"), using(RIGHT))
false("using-under-limit-both-sides", limit(f(x), x, 0), limit(g(x), x, 0), using(RIGHT))
false("using-under-limit-far", limit(f(x), x, -oo), limit(g(x), x, -oo), using(RIGHT))
false("using-under-sum-outside", total(f(k), k, -1, n), total(g(k), k, -1, n), using(WHOLE),
      {n: Sizes})  # fmt: skip
false("using-integer-at-real", f(y), g(y), using(WHOLE, x=y), {y: Positive})
false("using-where-open", f(y), g(z), using(BELOW, x=y, y=z), {y: Reals, z: Reals}, y <= z)
false("using-where-unknown", f(y), g(z), using(BELOW, x=y, y=z), {y: Reals, z: Reals})
false("using-at-undefined", f(1 / y), g(1 / y), using(HEAD, x=1 / y), {y: Reals})
false("using-complex-value", f(sqrt(y)), g(sqrt(y)), using(HEAD, x=sqrt(y)), {y: Reals})
false("using-other-place", f(x) + f(y), g(x) + f(y), using(HEAD, x=y), XY)
false("using-captured", integral(f(t), t, 0, 1), integral(g(x), t, 0, 1), using(HEAD), R)
false("using-hidden-product", f(x) * f(x), g(x), using(HEAD), R)
false("using-log-outside", log(x * y), log(x) + log(y), using(LOGP), XY)
true("using-log", log(exp(x) * y), log(exp(x)) + log(y), using(LOGP, x=exp(x)),
     {x: Reals, y: Positive})  # fmt: skip
false("using-sqrt", sqrt(y**2), y, using(SQRT, x=y), {y: Reals})

false("order-of-complex", sqrt(y), sqrt(y), using(HEAD), {y: Reals}, rel="<=")
false("order-of-complex-unfolded", sqrt(sg(y) - 1), sqrt(1 / (1 + exp(-y)) - 1), unfold(sg),
      {y: Reals}, rel=">=")  # fmt: skip
true("order-of-reals", sg(y), 1 / (1 + exp(-y)), unfold(sg), {y: Reals}, rel=">=")
false("order-of-infinities", limit(x, x, oo), oo, limit_laws, {}, rel="<=")

# ------------------------------------------------------------------------------- limits
for name, body, point, side, value in (
    ("exp", exp(x) / (exp(x) + 1), INF, "+-", 0),
    ("rational", (3 * x**2 + x) / (2 * x**2 - 7), oo, "+-", Q(3, 2)),
    ("log", log(1 + exp(x)), oo, "+-", oo),
    ("log-minus", -log(1 + exp(-x)), INF, "+-", INF),
    ("atan", atan(x), INF, "+-", -pi / 2),
    ("erf", erf(x / 3), oo, "+-", 1),
    ("growth", x**5 * exp(-x), oo, "+-", 0),
    ("gaussian", x**4 * exp(-(x**2) / 2), INF, "+-", 0),
    ("sinc", sin(x) / x, 0, "+-", 1),
    ("cancel", ((1 + x) ** 3 - 1) / x, 0, "+-", 3),
    ("sign-left", Abs(x) / x, 0, "-", -1),
    ("power", (1 + 2 / x) ** x, oo, "+-", exp(num(2))),
    ("xlogx", x * log(x), 0, "+", 0),
    ("root", sqrt(x**2 + x) / x, oo, "+-", 1),
    ("radical-left", sqrt(x**2 + 1) / x, INF, "+-", -1),
):
    true(f"limit-{name}", limit(body, x, point, side), value, limit_laws)
    if value not in (oo, INF):
        false(f"limit-{name}-off", limit(body, x, point, side), value + Q(1, 10**9), limit_laws)
for name, body, point, side, value in (
    ("two-sides", Abs(x) / x, 0, "+-", 1),
    ("jump", sign(x), 0, "+-", 0),
    ("jump-right", sign(x), 0, "+", 0),
    ("pole", 1 / x, 0, "+-", oo),
    ("pole-sign", 1 / x, 0, "-", oo),
    ("essential", exp(-1 / x), 0, "+-", 0),
    ("wave", sin(x), oo, "+-", 0),
    ("cut", sqrt(-1 + I * x), 0, "-", I),
    ("log-cut", log(-1 + I * x), 0, "-", log(num(-1))),
    ("oo-minus-oo", x - x**2, oo, "+-", 0),
    ("undefined", 1 / (x - x), oo, "+-", 0),
    ("undefined-inside", 0 * log(x - x), oo, "+-", 0),
    ("wrong-infinity", -(x**2), oo, "+-", oo),
    ("complex-infinity", x * I, oo, "+-", oo),
    ("negative-root", sqrt(-x) / sqrt(x), oo, "+-", 1),
    ("indicator", indicator(x > 0), 0, "+-", 1),
):
    false(f"limit-{name}", limit(body, x, point, side), value, limit_laws)
true("limit-parameter", limit(1 / (1 + exp(-k * u)), k, oo), 1, limit_laws, {u: Positive})
false("limit-parameter-any", limit(1 / (1 + exp(-k * u)), k, oo), 1, limit_laws, {u: Reals})
false("limit-parameter-zero", limit(exp(-k * u), k, oo), 0, limit_laws, {u: NonNegative})
false("limit-cases-uncovered", limit(exp(-k * Abs(1 / u)), k, oo) * 0, 0, by_cases, {u: Reals})
false("limit-at-undefined", limit(num(5), x, 1 / u), 5, limit_laws, {u: Reals})
false("limit-at-complex", limit(x, x, sqrt(u)), sqrt(u), limit_laws, {u: Reals})
true("limit-at-parameter", limit(x**2, x, u), u**2, limit_laws, {u: Reals})
false("magnitude-cases-uncovered", D(Abs(1 / x), x) + Abs(1 / x), -sign(x) / x**2 + Abs(1 / x),
      differentiate, R)  # fmt: skip
false("linear-undefined-factor", integral(f(t) / y, t, 0, x), integral(f(t), t, 0, x) / y,
      linearity, {x: Reals, y: Reals})  # fmt: skip
true("limit-cases", limit(1 / (1 + exp(-k * u)), k, oo), indicator(u > 0), by_cases, {u: Reals},
     ne(u, 0))  # fmt: skip
false("limit-cases-at-zero", limit(1 / (1 + exp(-k * u)), k, oo), indicator(u > 0), by_cases,
      {u: Reals})  # fmt: skip
false("limit-split-infinite", limit(x - x, x, oo), limit(x, x, oo) - limit(x, x, oo), linearity)
false("limit-split-product", limit(x / x, x, oo), limit(x, x, oo) * limit(1 / x, x, oo), limit_laws)
false("limit-of-derivative-at-kink", limit(D(Abs(x), x), x, 0), 0, limit_laws)

# ------------------------------------------------------------------------------- integrals
true("anti", integral(cos(t), t, 0, x), sin(x) - sin(num(0)), antiderivative(sin(t)), R)
true("anti-infinite", integral(exp(-t), t, 0, oo), limit(-exp(-t), t, oo) - (-exp(num(0))),
     antiderivative(-exp(-t)))  # fmt: skip
true("anti-improper", integral(1 / sqrt(t), t, 0, 1), 2 * sqrt(num(1)) - 2 * sqrt(num(0)),
     antiderivative(2 * sqrt(t)))  # fmt: skip
true("anti-other-constant", integral(2 * t, t, 0, x), x**2 + 5 - num(5),
     antiderivative(t**2 + 5), R)  # fmt: skip
false("anti-jump", integral(1 / (1 + t**2), t, -1, 1), -atan(num(1)) + atan(num(-1)),
      antiderivative(-atan(1 / t)))  # fmt: skip
false("anti-jump-symbolic", integral(1 / (1 + t**2), t, a, b), -atan(1 / b) + atan(1 / a),
      antiderivative(-atan(1 / t)), {a: Negative, b: Positive})  # fmt: skip
false("anti-jump-any", integral(1 / (1 + t**2), t, a, b), -atan(1 / b) + atan(1 / a),
      antiderivative(-atan(1 / t)), {a: Reals, b: Reals}, And((ne(a, 0), ne(b, 0))))  # fmt: skip
false("anti-pole", integral(1 / t**2, t, -1, 1), num(-2), antiderivative(-1 / t))
false("anti-pole-log", integral(1 / t, t, -1, 1), num(0), antiderivative(log(Abs(t))))
false("anti-divergent", integral(1 / t, t, 1, oo), limit(log(t), t, oo) - log(num(1)),
      antiderivative(log(t)))  # fmt: skip
false("anti-wave", integral(cos(t), t, 0, oo), limit(sin(t), t, oo) - sin(num(0)),
      antiderivative(sin(t)))  # fmt: skip
false("anti-sign", integral(cos(t), t, 0, x), sin(num(0)) - sin(x), antiderivative(sin(t)), R)
false("anti-half", integral(t, t, 0, x), x**2 - num(0), antiderivative(t**2), R)
false("anti-kink", integral(Abs(t), t, -1, 1), num(0), antiderivative(t**2 / 2))
false("anti-sign-function", integral(0 * t, t, -1, 1), num(2), antiderivative(sign(t)))
false("anti-complex-end", integral(1 / t, t, x, 1), -log(x), antiderivative(log(t)),
      {x: interval(-1, 1)})  # fmt: skip
true("linear", integral(3 * cos(t) - t, t, 0, x),
     3 * integral(cos(t), t, 0, x) - integral(t, t, 0, x), linearity, R)  # fmt: skip
true("linear-infinite", integral((t**2 + y) * exp(-t), t, 0, oo),
     integral(t**2 * exp(-t), t, 0, oo) + y * integral(exp(-t), t, 0, oo), linearity,
     {y: Reals})  # fmt: skip
true("linear-factor", integral(2 * f(t), t, 0, 1), 2 * integral(f(t), t, 0, 1), linearity)
false("linear-divergent", integral(1 / t - 1 / t, t, 0, 1),
      integral(1 / t, t, 0, 1) - integral(1 / t, t, 0, 1), linearity)  # fmt: skip
false("linear-divergent-far", integral(1 / t - 1 / (t + 1), t, 1, oo),
      integral(1 / t, t, 1, oo) - integral(1 / (t + 1), t, 1, oo), linearity)  # fmt: skip
false("linear-zero-factor", integral(0 * (1 / t), t, 0, 1), 0 * integral(1 / t, t, 0, 1), linearity)
false("linear-factor-moves", integral(t * x, t, 0, 1), t * integral(x, t, 0, 1), linearity,
      {x: Reals, t: Reals})  # fmt: skip
false("linear-product", integral(t * t, t, 0, 1),
      integral(t, t, 0, 1) * integral(t, t, 0, 1), linearity)  # fmt: skip
false("linear-coefficient", integral(3 * cos(t) - t, t, 0, x),
      3 * integral(cos(t), t, 0, x) + integral(t, t, 0, x), linearity, R)  # fmt: skip
false("linear-slope-kink", D(Abs(x) - Abs(x), x), D(Abs(x), x) - D(Abs(x), x), linearity, R)
false("linear-series", total(1 / k - 1 / (k + 1), k, 1, oo),
      total(1 / k, k, 1, oo) - total(1 / (k + 1), k, 1, oo), linearity)  # fmt: skip
true("linear-slope", D(2 * sin(x) + x, x), 2 * D(sin(x), x) + D(x, x), linearity, R)
v = array("v", n)
true("linear-slope-of-sum", D(total(exp(v[k]) * x, k, 1, n), x),
     total(D(exp(v[k]) * x, x), k, 1, n), linearity, {n: Sizes, v: Reals, x: Reals})  # fmt: skip
true("linear-slope-by-element", D(total(v[k] ** 2, k, 1, n), v[j]),
     total(D(v[k] ** 2, v[j]), k, 1, n), linearity,
     {n: Sizes, v: Reals, j: indices(n)})  # fmt: skip
false("linear-slope-of-kinks", D(total(Abs(x) - Abs(x), k, 1, n), x),
      total(D(Abs(x) - Abs(x), x), k, 1, n), linearity, {n: Sizes, x: Reals})  # fmt: skip
false("linear-slope-of-many", D(total(x, k, 1, x), x), total(D(x, x), k, 1, x), linearity,
      {x: integers(1)})  # fmt: skip
false("linear-slope-of-series", D(total(x**k, k, 0, oo), x), total(D(x**k, x), k, 0, oo),
      linearity, {x: interval(-1, 1)})  # fmt: skip
false("linear-slope-undefined", D(total(f(x), k, 1, n), x), total(D(f(x), x), k, 1, n), linearity,
      {n: Sizes, x: Reals})  # fmt: skip
false("linear-slope-opaque", D(f(x) - f(x), x), D(f(x), x) - D(f(x), x), linearity, R)
true("gauss", integral(exp(-(t**2) / 2), t, -oo, oo), sqrt(2 * pi), cited("Gauss", "Gauss"))
true("gauss-shifted", integral(exp(-2 * t**2 + 4 * t), t, -oo, oo), sqrt(pi / 2) * exp(num(2)),
     cited("Gauss", "Gauss"))  # fmt: skip
false("gauss-off", integral(exp(-(t**2) / 2), t, -oo, oo), sqrt(pi), cited("Gauss", "Gauss"))
false("gauss-growing", integral(exp(t**2), t, -oo, oo), sqrt(pi), cited("Gauss", "Gauss"))
true("slope-of-integral", D(integral(exp(-(t**2)), t, -oo, x), x), exp(-(x**2)), differentiate, R)
true("slope-of-ends", D(integral(sin(t), t, x, x**2), x), sin(x**2) * (2 * x) - sin(x),
     differentiate, R)  # fmt: skip
false("slope-of-ends-lost", D(integral(sin(t), t, 0, x**2), x), sin(x**2), differentiate, R)
false("slope-of-integral-kink", D(integral(sign(t), t, 0, x), x), sign(x), differentiate, R)
false("slope-of-integral-pole", D(integral(1 / t, t, 1, x), x), 1 / x, differentiate, R)
false("slope-of-divergent", D(integral(exp(t), t, -1, x) + integral(1 / t, t, x, oo), x),
      exp(x) - 1 / x, differentiate, P)  # fmt: skip
false("slope-under-integral", D(integral(x * t, t, 0, x), x), integral(t, t, 0, x), differentiate,
      R)  # fmt: skip
true("end-to-infinity", limit(integral(exp(-t), t, 0, x), x, oo), integral(exp(-t), t, 0, oo),
     limit_laws)  # fmt: skip
false("end-to-infinity-divergent", limit(integral(t, t, 0, x), x, oo), integral(t, t, 0, oo),
      limit_laws)  # fmt: skip

# ------------------------------------------------------------------------------- substitution
true("subst", integral(cos(2 * t), t, 0, x), integral(cos(w) / 2, w, 0, 2 * x),
     substitution(t, w / 2), R)  # fmt: skip
true("subst-infinite", integral(exp(-((t - y) ** 2)), t, -oo, oo),
     integral(exp(-(w**2)), w, -oo, oo), substitution(t, y + w), {y: Reals})  # fmt: skip
true("subst-turned", integral(f(t), t, x, oo), integral(f(-w), w, -oo, -x), substitution(t, -w), R)
true("subst-exp", integral(f(t) / t, t, 1, oo), integral(f(exp(w)), w, 0, oo),
     substitution(t, exp(w)))  # fmt: skip
true("subst-scale", integral(f(t / y) / y, t, -oo, oo), integral(f(w), w, -oo, oo),
     substitution(t, y * w), {y: Positive})  # fmt: skip
true("subst-any-way", integral(1 - 1 / t, t, 1, y),
     integral((1 - 1 / (1 + (y - 1) * w)) * (y - 1), w, 0, 1), substitution(t, 1 + (y - 1) * w),
     {y: Positive})  # fmt: skip
true("subst-there-and-back", integral(cos(t), t, 1, 1), integral(cos(w**2) * (2 * w), w, -1, 1),
     substitution(t, w**2))  # fmt: skip
false("subst-any-way-over-a-pole", integral(1 - 1 / t, t, 1, y),
      integral((1 - 1 / (1 + (y - 1) * w)) * (y - 1), w, 0, 1), substitution(t, 1 + (y - 1) * w),
      {y: Reals})  # fmt: skip
false("subst-any-way-other-end", integral(cos(t), t, 0, y), integral(cos(y * w) * y, w, 0, 2),
      substitution(t, y * w), {y: Reals})  # fmt: skip
false("subst-any-way-turned", integral(cos(t), t, 0, y), integral(-cos(y * w) * y, w, 0, 1),
      substitution(t, y * w), {y: Reals})  # fmt: skip
false("subst-scale-any", integral(f(t / y) / y, t, -oo, oo), integral(f(w), w, -oo, oo),
      substitution(t, y * w), {y: Reals}, ne(y, 0))  # fmt: skip
false("subst-factor", integral(f(2 * t), t, 0, x), integral(f(w), w, 0, 2 * x),
      substitution(t, w / 2), R)  # fmt: skip
false("subst-ends", integral(f(2 * t), t, 0, x), integral(f(w) / 2, w, 0, x),
      substitution(t, w / 2), R)  # fmt: skip
false("subst-sign", integral(f(t), t, 0, x), integral(f(-w), w, 0, -x), substitution(t, -w), R)
false("subst-fold", integral(f(t**2) * t, t, -1, 1), integral(f(w) / 2, w, 1, 1),
      substitution(t, sqrt(w)))  # fmt: skip
false("subst-square", integral(f(t), t, 1, 1), integral(f(w**2) * (2 * w), w, -1, 1),
      substitution(t, w**2))  # fmt: skip
false("subst-pole", integral(1 / (1 + t**2), t, -1, 1), integral(-1 / (1 + w**2), w, -1, 1),
      substitution(t, 1 / w))  # fmt: skip
false("subst-pole-symbolic", integral(1 / (1 + t**2), t, a, b),
      integral(-1 / (1 + w**2), w, 1 / a, 1 / b), substitution(t, 1 / w),
      {a: Negative, b: Positive})  # fmt: skip
false("subst-capture", integral(t * w, t, 0, 1), integral(w * w, w, 0, 1), substitution(t, w),
      {w: Reals})  # fmt: skip
false("subst-whole-line", integral(f(t), t, -oo, oo), integral(f(exp(w)) * exp(w), w, -oo, oo),
      substitution(t, exp(w)))  # fmt: skip
false("subst-bounded", integral(f(t), t, -oo, oo), integral(f(tanh(w)) / cosh(w) ** 2, w, -oo, oo),
      substitution(t, tanh(w)))  # fmt: skip

# ------------------------------------------------------------------------------- hypotheses
true("given-symbol", sin(x) * y, sin(y) * y, given(eq(x, y)), XY, eq(x, y))
true("given-sum", x * total(exp(k), k, 1, n), x * y, given(eq(total(exp(k), k, 1, n), y)),
     {x: Reals, y: Reals, n: Sizes}, eq(total(exp(k), k, 1, n), y))  # fmt: skip
false("given-under-D", D(x * y, x), D(x * x, x), given(eq(y, x)), XY, eq(y, x))
false("given-under-integral", integral(x * y, x, 0, 1), integral(x * x, x, 0, 1), given(eq(y, x)),
      XY, eq(y, x))  # fmt: skip
false("given-not-there", sin(x) * y, sin(y) * y, given(eq(x, y)), XY, x <= y)
false("given-in-or", sin(x), sin(y), given(eq(x, y)), XY, Or((eq(x, y), eq(x, 0))))
true("bounds-atan", atan(x), pi / 2, cited("b", "s"), R, rel="<")
false("bounds-atan-tight", atan(x), pi / 2 - Q(1, 10**6), cited("b", "s"), R, rel="<")
true("magnitude-slope", D(x / (1 + Abs(x)), x), 1 / (1 + Abs(x)) ** 2, differentiate, R, ne(x, 0))
false("magnitude-slope-at-kink", D(Abs(x), x), sign(x), differentiate, R)


def proof_of(entry: tuple[Any, ...]) -> Any:
    before, line, claim, unproved = entry
    return carried(before, line, claim, lambda used: not unproved)


@pytest.mark.parametrize("name", TRUE)
def test_a_true_step_is_proved(name):
    assert proof_of(TRUE[name]) is not None


@pytest.mark.parametrize("name", FALSE)
def test_a_step_that_does_not_follow_is_not_proved(name):
    assert proof_of(FALSE[name]) is None


@pytest.mark.parametrize("name", [name for name in TRUE if TRUE[name][1].reason.claim])
def test_a_step_that_needs_a_claim_is_not_proved_without_it(name):
    before, line, claim, _ = TRUE[name]
    assert carried(before, line, claim, lambda used: False) is None or attempt(claim) is not None


def test_a_claim_is_proved_from_its_statement_alone():
    assert attempt(claim_of(limit(x / (1 + x), x, oo), "=", 1, {})) is not None
    assert attempt(claim_of(limit(x / (1 + x), x, oo), "=", 2, {})) is None
