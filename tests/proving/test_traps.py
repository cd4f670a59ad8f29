"""Chains made to deceive the verifier: each is wrong in one place, or right though it looks odd."""

# ruff: noqa: F403, F405
from __future__ import annotations

from typing import Any

import pytest

from derivations.core import *
from derivations.core.derivation import composed
from derivations.core.formula import as_formula
from numeric import verify
from tests.numeric.trapping import *

WRONG: list[Derivation] = []
RIGHT: list[Derivation] = []
OUTSIDE: list[Derivation] = []
R, XY, P = {x: Reals}, {x: Reals, y: Reals}, {x: Positive}


def _adder(chains: list[Derivation]) -> Any:
    def add(
        id: str,
        lhs: Formula,
        steps: list[Any],
        on: Any = None,
        where: Formula | None = None,
        rel: str = "",
        rhs: Formula | None = None,
    ) -> None:
        # Built by hand: derive(...) would refuse the chains whose ends do not meet.
        made = tuple(Step(as_formula(s[-2]), s[0] if len(s) == 3 else "=", s[-1]) for s in steps)
        relation = rel or composed(tuple(step.rel for step in made))
        end = made[-1].line if rhs is None else rhs
        domains = R if on is None else on
        claim = Claim(id, lhs, relation, end, on=domains, where=where)
        chains.append(Derivation(claim, made))

    return add


def C_(id: str, lhs: Formula, rel: str, rhs: Any, on: Any = None, where: Any = None) -> Claim:
    return Claim(id, lhs, rel, rhs, on=R if on is None else on, where=where)


wrong, right, outside = _adder(WRONG), _adder(RIGHT), _adder(OUTSIDE)
f = opaque("f")
LOGP = C_("logp", log(x * y), "=", log(x) + log(y), {x: Positive, y: Positive})
SQ = C_("sq", sqrt(x**2), "=", x, {x: NonNegative})
FALSE = C_("false", sin(x), "=", x, R)
EQ1 = C_("one", x / x, "=", 1, P)
MONO = C_("mono", log(x), "<=", x - 1, P)
LEFT = C_("left", x, "<", x + 1, R)
SIZED = C_("sized", total(k, k, 1, n), "=", n * (n + 1) / 2, {n: Sizes})
INT2 = C_("int2", sin(k * pi), "=", 0, {k: integers()})
CONDI = C_("condi", 1 / x, "<", 1 / y, {x: Positive, y: Positive}, x > y)
wrong("domain-other-log", log(x * y), [(log(x) + log(y), exp_log_laws)], XY)
wrong(
    "using-outside-domain",
    log((-x) * (-y)),
    [(log(-x) + log(-y), using(LOGP, x=-x, y=-y))],
    {x: Positive, y: Positive},
)
wrong("using-outside-domain-real", sqrt(x**2), [(x, using(SQ))], R)
right("using-outside-hidden-pass", sqrt((x**2) ** 2), [(x**2, using(SQ, x=x**2))], R)
outside(
    "using-label-outside-but-true",
    log(exp(x) * y),
    [(log(exp(x)) + log(y), using(LOGP, x=exp(x)))],
    {x: Reals, y: Reals},
)
wrong("using-true-values-outside-domain", (-x) / (-x), [(num(1), using(EQ1, x=-x))], {x: Positive})
wrong(
    "using-where-violated",
    1 / x,
    [("<", 1 / y, using(CONDI))],
    {x: Positive, y: Positive},
    x >= y + 0 * x,
)
right("using-where-kept", 1 / x, [("<", 1 / y, using(CONDI))], {x: Positive, y: Positive}, x > y)
wrong("using-integer-claim-at-real", sin(x * pi), [(num(0), using(INT2, k=x))], R)
wrong(
    "using-integer-claim-at-finite",
    sin(x * pi),
    [(num(0), using(INT2, k=x))],
    {x: finite_set(Q(1, 2), 1)},
)
outside(
    "using-size-at-real", total(k, k, 1, x), [(x * (x + 1) / 2, using(SIZED, n=x))], {x: integers()}
)
wrong("using-false-claim", sin(2 * x), [(2 * x, using(FALSE, x=2 * x))], R)
wrong("using-inequality-reversed", x - 1, [("<=", log(x), using(MONO))], P)
wrong("using-inequality-as-equation", log(x), [(x - 1, using(MONO))], {x: finite_set(1)})
wrong("using-inequality-in-neg-position", -log(x), [("<=", -(x - 1), using(MONO))], P)
wrong("using-inequality-in-square", x**2, [("<", (x + 1) ** 2, using(LEFT))], R)
wrong(
    "using-inequality-times-zero",
    x * y,
    [("<", (x + 1) * y, using(LEFT))],
    {x: Reals, y: NonNegative},
)
wrong("using-inequality-in-recip", 1 / x, [("<", 1 / (x + 1), using(LEFT))], P)
right("using-inequality-under-exp-sum", exp(x) + 2, [("<", exp(x + 1) + 2, using(LEFT))], R)
wrong(
    "using-itself",
    sin(x) ** 2 + cos(x) ** 2,
    [(num(1), using(C_("using-itself", sin(x) ** 2 + cos(x) ** 2, "=", 1)))],
    R,
)
wrong(
    "using-under-D-at-point-claim",
    D(x**2, x),
    [(D(x, x), using(C_("pt", x**2, "=", x, {x: Binary})))],
    R,
)
wrong(
    "using-under-D-domain-binary",
    D(x**2, x),
    [(D(x, x), using(C_("pt", x**2, "=", x, {x: Binary})))],
    {x: Binary},
)
wrong("using-under-D-halfline", D(sqrt(x**2), x), [(D(x, x), using(SQ))], {x: NonNegative})
wrong(
    "using-under-D-where",
    D(x * y, x),
    [(D(x * x, x), using(C_("xy", x * y, "=", x * x, XY, eq(x, y))))],
    XY,
    eq(x, y),
)
wrong("given-under-D", D(x * y, x), [(D(x * x, x), given(eq(y, x)))], XY, eq(y, x))
wrong("given-under-D2", D(x**2, x), [(D(num(4), x), given(eq(x, 2)))], R, eq(x, 2))
wrong(
    "given-under-integral",
    integral(x * y, x, 0, 1),
    [(integral(x * x, x, 0, 1), given(eq(y, x)))],
    XY,
    eq(y, x),
)
wrong(
    "given-capture-sum",
    total(k * i, k, 1, 3),
    [(total(k * k, k, 1, 3), given(eq(i, k)))],
    {i: integers(), k: integers()},
    eq(i, k),
)
wrong("given-not-in-where", x * y, [(y * y, given(eq(x, y)))], XY)
wrong("given-in-or", x * y, [(y * y, given(eq(x, y)))], XY, either(eq(x, y), eq(x, 0)))
wrong(
    "given-negated",
    x * y,
    [(y * y, given(eq(x, y)))],
    {x: finite_set(0, 1), y: finite_set(0, 1)},
    Not(eq(x, y)),
)
wrong("given-order-wrong", x, [(">", y, given(x < y))], XY, x < y)
wrong("given-order-strict", x, [("<", y, given(x <= y))], XY, x <= y)
wrong("given-chained", x - y, [("<", num(0), given(x < y + 1))], XY, x < y + 1)
wrong("algebra-x-over-x", x / x, [(num(1), algebra)], R)
wrong("algebra-cancel", (x**2 - 1) / (x - 1), [(x + 1, algebra)], R)
wrong("algebra-sneaks-log", log(x**2), [(2 * log(x), algebra)], P)
wrong("algebra-trivial", sin(x) + 1, [(sin(x) + 1, algebra)], R)
wrong("algebra-as-chain", (x + 1) ** 2, [(x**2 + 2 * x + 1, chain_rule)], R)
wrong("evaluate-as-identity", sin(x) ** 2 + cos(x) ** 2, [(num(1), evaluate)], R)
wrong("evaluate-wrong", exp(num(0)), [(num(0), evaluate)], {})
wrong("evaluate-0-over-0", num(0) / num(0), [(num(0), evaluate)], {})
wrong("evaluate-sin-int", sin(k * pi), [(num(0), evaluate)], {k: integers()})
wrong("cited-false", sin(x), [(x, cited("small angles", "a physicist"))], R)
wrong("cited-no-source", sin(x), [(cos(pi / 2 - x), cited("shift", ""))], R)
wrong("cited-false-slightly", sin(x), [(sin(x) * near(45), cited("precision", "lab"))], R)
wrong("ends-mismatch", x + 1, [(1 + x, algebra)], R, rhs=x + 1)
wrong("ends-mismatch-2", x + x, [(2 * x, algebra)], R, rhs=x * 2)
wrong("mixed-relations", x, [("<", x + 1, positivity), (">", x, positivity)], R, rel="<")
wrong("mixed-relations-2", x, [("<", x + 1, positivity), (">", x - 1, positivity)], R, rel=">")
wrong("ne-ne", x, [("!=", x + 1, positivity), ("!=", x, positivity)], R, rel="!=")
wrong("le-to-lt", x, [("<=", Abs(x), positivity)], R, rel="<")
wrong("anti-const", integral(2 * t, t, 0, x), [(x**2 + 1 - 1 + 5, antiderivative(t**2 + 5))], R)
right(
    "anti-const-ok",
    integral(2 * t, t, 0, x),
    [(x**2 + 5 - (0**2 + num(5)), antiderivative(t**2 + 5))],
    R,
)
wrong(
    "anti-jump",
    integral(1 / (1 + t**2), t, -1, 1),
    [(-atan(1 / num(1)) + atan(1 / num(-1)), antiderivative(-atan(1 / t)))],
    {},
)
wrong(
    "anti-jump-sym",
    integral(1 / (1 + t**2), t, a, b),
    [(-atan(1 / b) + atan(1 / a), antiderivative(-atan(1 / t)))],
    {a: Negative, b: Positive},
)
wrong(
    "anti-wrong-sign",
    integral(cos(t), t, 0, x),
    [(sin(num(0)) - sin(x), antiderivative(sin(t)))],
    R,
)
wrong(
    "anti-sign-jump",
    integral(num(0) * t, t, -1, 1),
    [(sign(num(1)) - sign(num(-1)), antiderivative(sign(t)))],
    {},
)
wrong(
    "anti-of-infinite",
    integral(cos(t), t, 0, oo),
    [(limit(sin(t), t, oo) - sin(num(0)), antiderivative(sin(t)))],
    {},
)
wrong(
    "anti-abs",
    integral(Abs(t), t, -1, 1),
    [(num(1) / 2 - num(1) / 2, antiderivative(t**2 / 2))],
    {},
)
wrong(
    "subst-reversed",
    integral(exp(-t), t, 0, x),
    [(integral(exp(w), w, 0, -x), substitution(t, -w))],
    R,
)
wrong(
    "subst-jacobian-lost",
    integral(cos(2 * t), t, 0, x),
    [(integral(cos(w), w, 0, 2 * x), substitution(t, w / 2))],
    R,
)
right(
    "subst-ok",
    integral(cos(2 * t), t, 0, x),
    [(integral(cos(w) / 2, w, 0, 2 * x), substitution(t, w / 2))],
    R,
)
wrong(
    "subst-not-injective",
    integral(t**2, t, -1, 1),
    [(integral(sqrt(w) / 2, w, 1, 1), substitution(t, sqrt(w)))],
    {},
)
wrong(
    "subst-recip-pole",
    integral(1 / (1 + t**2), t, -1, 1),
    [(integral(-1 / (1 + w**2), w, -1, 1), substitution(t, 1 / w))],
    {},
)
wrong(
    "subst-recip-pole-sym",
    integral(1 / (1 + t**2), t, a, b),
    [(integral(-1 / (1 + w**2), w, 1 / a, 1 / b), substitution(t, 1 / w))],
    {a: Negative, b: Positive},
)
wrong(
    "subst-capture",
    integral(t * w, t, 0, 1),
    [(integral(w * w, w, 0, 1), substitution(t, w))],
    {w: Reals},
)
wrong(
    "subst-limit-side",
    limit(1 / x, x, 0, "+"),
    [(limit(-1 / w, w, 0, "+"), substitution(x, -w))],
    {},
)
wrong("subst-limit-oo", limit(exp(-x), x, oo), [(limit(exp(w), w, oo), substitution(x, -w))], {})
right("subst-limit-ok", limit(exp(-x), x, oo), [(limit(exp(w), w, -oo), substitution(x, -w))], {})
wrong(
    "lim-swap",
    limit(limit(x**y, x, 0, "+"), y, 0, "+"),
    [(limit(limit(x**y, y, 0, "+"), x, 0, "+"), limit_laws)],
    {},
)
wrong(
    "lim-law-inf-minus-inf",
    limit(x - x, x, oo),
    [(limit(x, x, oo) - limit(x, x, oo), limit_laws)],
    {},
)
wrong(
    "lim-law-zero-inf",
    limit(x / x, x, oo),
    [(limit(x, x, oo) * limit(1 / x, x, oo), limit_laws)],
    {},
)
wrong("lim-law-0", limit(x / x, x, oo), [(num(0), limit_laws)], {})
wrong("lim-law-discont", limit(sign(x), x, 0, "+"), [(sign(num(0)), limit_laws)], {})
wrong("lim-law-discont-2", limit(sign(x), x, 0), [(sign(num(0)), limit_laws)], {})
wrong(
    "lim-law-indicator",
    limit(indicator(x > 0), x, 0, "+"),
    [(indicator(Relation(num(0), ">", num(0))), limit_laws)],
    {},
)
wrong("lim-law-cut", limit(log(I * x - 1), x, 0, "-"), [(log(num(-1)), limit_laws)], {})
wrong("lim-law-sqrt-cut", limit(sqrt(-1 + I * x), x, 0, "-"), [(sqrt(num(-1)), limit_laws)], {})
wrong("lim-law-exp-inv", limit(exp(-1 / x), x, 0), [(num(0), limit_laws)], {})
wrong("lim-law-param", limit(exp(a * x), x, -oo), [(num(0), limit_laws)], {a: Reals})
wrong("lim-law-param-nonneg", limit(exp(a * x), x, -oo), [(num(0), limit_laws)], {a: NonNegative})
wrong("lim-law-under-sum", limit(total(x, k, 1, n), x, 1), [(n + 1, limit_laws)], {n: Sizes})
wrong("lim-law-oo-minus", limit(1 / (x - x), x, oo), [(num(0), limit_laws)], {})
wrong(
    "linearity-div-integral",
    integral(1 / t - 1 / t, t, 0, 1),
    [(integral(1 / t, t, 0, 1) - integral(1 / t, t, 0, 1), linearity)],
    {},
)
wrong(
    "linearity-div-sum",
    total(1 / k - 1 / (k + 1), k, 1, oo),
    [(total(1 / k, k, 1, oo) - total(1 / (k + 1), k, 1, oo), linearity)],
    {},
)
wrong("linearity-D-kink", D(Abs(x) - Abs(x), x), [(D(Abs(x), x) - D(Abs(x), x), linearity)], R)
wrong(
    "linearity-factor-var",
    integral(t * x, t, 0, 1),
    [(t * integral(x, t, 0, 1), linearity)],
    {x: Reals, t: Reals},
)
wrong("linearity-D-factor-var", D(x * y, x), [(x * D(y, x), linearity)], XY)
wrong(
    "linearity-0", integral(0 * (1 / t), t, 0, 1), [(0 * integral(1 / t, t, 0, 1), linearity)], {}
)
wrong("linearity-limit", limit(x - x, x, oo), [(limit(x, x, oo) - limit(x, x, oo), linearity)], {})
wrong(
    "linearity-product",
    total(v[k] * q[k], k, 1, n),
    [(total(v[k], k, 1, n) * total(q[k], k, 1, n), linearity)],
    {n: Sizes, v: Reals, q: Reals},
)
wrong(
    "sum-shift-wrong",
    total(v[k], k, 1, n),
    [(total(v[k + 1], k, 1, n - 1), sum_rules)],
    {n: Sizes, v: Reals},
)
right(
    "sum-shift-right",
    total(v[k], k, 1, n),
    [(total(v[k + 1], k, 0, n - 1), sum_rules)],
    {n: Sizes, v: Reals},
)
wrong(
    "sum-split-first-n0", total(k, k, 1, n), [(1 + total(k, k, 2, n), sum_rules)], {n: integers(0)}
)
wrong(
    "sum-delta-bounds",
    total(v[k] * delta(k, j), k, 2, n),
    [(v[j], sum_rules)],
    {n: Sizes, v: Reals, j: indices(n)},
)
wrong("sum-const-negative", total(num(1), k, 1, n), [(n, sum_rules)], {n: integers()})
wrong(
    "sum-swap-dependent",
    total(total(A[i, j], j, 1, i), i, 1, n),
    [(total(total(A[i, j], i, 1, n), j, 1, i), sum_rules)],
    {n: Sizes, i: indices(n), A: Reals, m: Sizes},
)
wrong(
    "sum-swap-infinite",
    total(total(delta(i, j) - delta(i, j + 1), j, 1, oo), i, 1, oo),
    [(total(total(delta(i, j) - delta(i, j + 1), i, 1, oo), j, 1, oo), sum_rules)],
    {},
)
wrong(
    "sum-capture",
    total(i * total(k, k, 1, 3), i, 1, 3),
    [(total(total(i * i, i, 1, 3), i, 1, 3), sum_rules)],
    {},
)
wrong("diff-abs", D(Abs(x), x), [(sign(x), differentiate)], R)
wrong("diff-max", D(Max(x, 0), x), [(indicator(x > 0), differentiate)], R)
wrong(
    "diff-capture",
    D(total(v[k] ** 2, k, 1, n), v[k]),
    [(total(2 * v[k], k, 1, n), differentiate)],
    {n: Sizes, v: Reals, k: indices(n)},
)
h = define("h", x, y * x)
wrong("diff-hidden", D(h(x), y), [(num(0), differentiate)], XY)
wrong("diff-at-point", prime(sg, num(0)), [(D(sg(num(0)), x), differentiate)], R)
wrong("diff-pow", D(x**y, y), [(y * x ** (y - 1), power_rule)], {x: Positive, y: Positive})
wrong("diff-removable", D(x**2 / x, x), [(num(1), quotient_rule)], R)
wrong(
    "diff-under-integral",
    D(integral(x * t, t, 0, x), x),
    [(integral(t, t, 0, x), differentiate)],
    R,
)
wrong("cases-missing-branch", Abs(x), [(x, by_cases)], R)
wrong("cases-boundary", indicator(x > 0) + indicator(x < 0), [(num(1), by_cases)], R)
wrong("cases-integers", indicator(k > 0) + indicator(k <= 1), [(num(1), by_cases)], {k: integers()})
wrong("cases-sign", sign(x) ** 2, [(num(1), by_cases)], R)
wrong("cases-sigma", indicator(sg(z) >= Q(1, 2)), [(indicator(z >= 1), by_cases)], {z: Reals})
wrong("mono-square", x**2, [("<", y**2, monotonicity)], XY, x < y)
wrong("mono-recip", 1 / x, [(">", 1 / y, monotonicity)], XY, x < y)
right("mono-recip-ok", 1 / x, [(">", 1 / y, monotonicity)], {x: Positive, y: Positive}, x < y)
wrong("mono-sqrt", sqrt(x), [("<", sqrt(y), monotonicity)], XY, x < y)
wrong("mono-loose", exp(x), [("<", exp(y), monotonicity)], XY, x <= y)
wrong("mono-sin", sin(x), [("<", sin(y), monotonicity)], XY, x < y)
wrong("mono-tan", tan(x), [("<", tan(y), monotonicity)], XY, x < y)
wrong("mono-floorlike", sign(x), [("<", sign(y), monotonicity)], XY, x < y)
wrong("mono-times", x * z, [("<", y * z, monotonicity)], {x: Reals, y: Reals, z: Reals}, x < y)
right("mono-pow-odd", x**3, [("<", y**3, monotonicity)], XY, x < y)
wrong("mono-pow-sym", a**x, [("<", a**y, monotonicity)], {a: Positive, x: Reals, y: Reals}, x < y)
wrong("positivity-square", num(0), [("<", x**2, positivity)], R)
wrong("positivity-sqrt", num(0), [("<=", sqrt(x), positivity)], R)
wrong(
    "positivity-sum-empty",
    num(0),
    [("<", total(exp(v[k]), k, 1, n), positivity)],
    {n: integers(0), v: Reals},
)
wrong("positivity-integral-rev", num(0), [("<", integral(exp(t), t, 1, x), positivity)], R)
wrong("positivity-integral-rev2", num(0), [("<=", integral(exp(t), t, x, y), positivity)], XY)
wrong("unfold-not-there", sin(x), [(sin(x) + 0, unfold(sg))], R)
wrong("unfold-plus-algebra", sg(x), [(exp(x) / (exp(x) + 1), unfold(sg))], R)
wrong("unfold-samename", sg(x), [(1 / (1 + exp(x)), unfold(define("sg", x, 1 / (1 + exp(x)))))], R)
wrong("fold-wrong", 1 / (1 + exp(-x)), [(sg(-x), fold(sg))], R)
wrong("explog-branch", log(exp(I * x)), [(I * x, exp_log_laws)], R)
wrong("explog-zero", exp(log(x)), [(x, exp_log_laws)], R)
wrong("explog-power", (x**2) ** Q(1, 2), [(x, exp_log_laws)], R)
wrong("explog-undefined-both-ends", 0 * log(x), [(num(0), exp_log_laws)], {x: NonNegative})
wrong("two-wrongs", x + 1, [(x + 2, algebra), (x + 1, algebra)], R)
wrong("two-wrongs-undefined", x + 1, [((x**2 + x) / x, algebra), (x + 1, algebra)], R)
wrong("undefined-everywhere", 1 / (x - x), [(2 / (x - x), algebra)], R)
wrong("vacuous", x, [(x + 1, given(eq(x, x + 1)))], R, eq(x, x + 1))
wrong("vacuous-using", x, [(x + 1, using(C_("vac", x, "=", x + 1, R, x < x)))], R)


@pytest.mark.parametrize("chain", WRONG, ids=lambda d: d.id)
def test_a_wrong_chain_does_not_pass(chain):
    report = verify(chain, points=30)
    assert not report.verdict.is_pass
    assert report.messages


@pytest.mark.parametrize("chain", RIGHT, ids=lambda d: d.id)
def test_a_right_chain_is_not_refuted(chain):
    assert verify(chain, points=30).verdict.is_pass


@pytest.mark.parametrize("chain", OUTSIDE, ids=lambda d: d.id)
def test_a_claim_is_not_used_outside_its_domain(chain):
    assert verify(chain, points=30).steps[0].rejection
