"""Each reason accepts its textbook steps, and refuses steps that need more, or less."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from derivations.core import (
    Abs,
    Binary,
    Claim,
    D,
    E,
    Entry,
    Integers,
    Matmul,
    Negative,
    Positive,
    Q,
    Reals,
    Reason,
    Sizes,
    Symbol,
    Transpose,
    UnitInterval,
    Variable,
    acos,
    acosh,
    algebra,
    antiderivative,
    array,
    asin,
    atan,
    atanh,
    both,
    by_cases,
    cases,
    chain_rule,
    cited,
    define,
    delta,
    differentiate,
    entries,
    eq,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    gamma,
    given,
    indicator,
    indices,
    integral,
    limit,
    limit_laws,
    linearity,
    log,
    monotonicity,
    num,
    oo,
    pi,
    positivity,
    power_rule,
    prime,
    product,
    product_rule,
    quotient_rule,
    sign,
    sqrt,
    substitution,
    sum_rules,
    symbols,
    tanh,
    total,
    unfold,
    using,
)
from derivations.core.derivation import Step
from derivations.core.domain import Domain
from derivations.core.formula import Formula, FormulaLike, as_formula
from derivations.core.substitute import free_names
from derivations.proving.reasons import rejection, rejections
from derivations.sigmoid_derivative import DERIVATIVE

a, b, c, i, j, k, l, m, n, p, t, u, x, y, z = symbols("a b c i j k l m n p t u x y z")
theta, X, Y = array("theta", n), array("X", m, n), array("Y", m)
sigma = define("sigma", x, 1 / (1 + exp(-x)))
softplus = define("softplus", x, log(1 + exp(x)))
score = define("z", i, total(theta[k] * X[i, k], k, 1, n))
mass = define("p", (y, p), p**y * (1 - p) ** (1 - y))

ON: Mapping[Variable, Domain] = {
    **dict.fromkeys((a, b, c, p, t, u, x, y, z), Reals),
    m: Sizes, n: Sizes, theta: Reals, X: Reals, Y: Positive, i: indices(m), j: indices(n),
}  # fmt: skip

SLOPE = Claim("slope", D(sigma(x), x), "=", sigma(x) * (1 - sigma(x)), on={x: Reals})
REFLECTION = Claim("reflection", sigma(-x), "=", 1 - sigma(x), on={x: Reals})
SCORE = Claim("score", D(score(i), theta[j]), "=", X[i, j], on=ON)
BELOW_ONE = Claim("below", sigma(x), "<", 1, on={x: Reals})
INVERSE = Claim("inverse", exp(log(x)), "=", x, on={x: Positive})


def judged(
    before: FormulaLike,
    after: FormulaLike,
    reason: Reason,
    rel: str = "=",
    where: Formula | None = None,
    **on: Domain,
) -> str | None:
    domains = {**ON, **{Symbol(name): domain for name, domain in on.items()}}
    for side in (before, after):
        for name in free_names(as_formula(side)):
            domains.setdefault(name, Reals)
    claim = Claim("claim", before, rel, after, on=domains, where=where)
    return rejection(as_formula(before), Step(as_formula(after), rel, reason), claim)


e = exp(-x)
CHAIN = -((1 + e) ** -2) * (e * (-1))

ACCEPTED: list[tuple[object, ...]] = [
    # unfold, fold
    (sigma(x), 1 / (1 + e), unfold(sigma)),
    (sigma(-x) + sigma(x), 1 / (1 + exp(x)) + sigma(x), unfold(sigma)),
    (D(sigma(x), x), D(1 / (1 + e), x), unfold(sigma)),
    (prime(sigma, x), D(1 / (1 + e), x), unfold(sigma)),
    (tanh(x), (exp(x) - exp(-x)) / (exp(x) + exp(-x)), unfold(tanh)),
    (mass(1, p), p**1 * (1 - p) ** 0, unfold(mass)),
    (1 / (1 + e) * (1 - 1 / (1 + e)), sigma(x) * (1 - sigma(x)), fold(sigma)),
    (Entry(Matmul(Transpose(X), Y), (j,)), total(X[i, j] * Y[i], i, 1, m), entries),
    # algebra
    (CHAIN, e / (1 + e) ** 2, algebra),
    (e / (1 + e) ** 2, (1 + e - 1) / (1 + e) ** 2, algebra),
    (x * y, y * x, algebra),
    (total(i * (x + 1), i, 1, m), total(i * x + i, i, 1, m), algebra),
    # exp and log
    (exp(x) * exp(y), exp(x + y), exp_log_laws),
    (log(1 / (1 + e)), -log(1 + e), exp_log_laws),
    (log(product(Y[i], i, 1, m)), total(log(Y[i]), i, 1, m), exp_log_laws),
    (limit(exp(-x) * exp(x) + e, x, oo), limit(1 + e, x, oo), exp_log_laws),
    (exp(x + log(1 + e) / 2), exp(x) * sqrt(1 + e), exp_log_laws),
    # derivatives
    (D(1 / (1 + e), x), CHAIN, chain_rule),
    (D(1 / (1 + e), x), CHAIN, differentiate),
    (D(1 / (1 + e), x), -1 / (1 + e) ** 2 * D(1 + e, x), chain_rule),
    (D(log(sigma(x)), x), 1 / sigma(x) * D(sigma(x), x), chain_rule),
    (D(sigma(2 * x), x), prime(sigma, 2 * x) * 2, chain_rule),
    (D(x * exp(x), x), exp(x) + x * exp(x), product_rule),
    (D(x / exp(x), x), (exp(x) - x * exp(x)) / exp(x) ** 2, quotient_rule),
    (D(x / (1 + exp(x)), x), 1 / (1 + exp(x)) - x * exp(x) / (1 + exp(x)) ** 2, quotient_rule),
    (D(x**3 / 3, x), 3 * x**2 / 3, power_rule),
    (prime(sigma, z, 2), D(D(sigma(z), z), z), differentiate),
    (1 / sigma(x) * D(sigma(x), x), D(log(sigma(x)), x), chain_rule),
    (D(total(theta[k] * X[i, k], k, 1, n), theta[j]),
     total(delta(k, j) * X[i, k], k, 1, n), differentiate),
    (D(sigma(score(i)), theta[j]), prime(sigma, score(i)) * D(score(i), theta[j]), chain_rule),
    (D(integral(exp(-(t**2)), t, 0, x), x), exp(-(x**2)), differentiate),
    # linearity
    (D(x**2 + 3 * exp(x), x), D(x**2, x) + 3 * D(exp(x), x), linearity),
    (D(total(theta[k] * X[i, k], k, 1, n), theta[j]),
     total(D(theta[k], theta[j]) * X[i, k], k, 1, n), linearity),
    (total(2 * Y[i] - x, i, 1, m), 2 * total(Y[i], i, 1, m) - total(x, i, 1, m), linearity),
    (integral((1 + t) * exp(-t), t, 0, 1),
     integral(exp(-t), t, 0, 1) + integral(t * exp(-t), t, 0, 1), linearity),
    # sums
    (total(delta(k, j) * X[i, k], k, 1, n), X[i, j], sum_rules),
    (total(Y[i], i, 1, m), total(Y[k], k, 1, m), sum_rules),
    (total(Y[i], i, 1, m), total(Y[k + 1], k, 0, m - 1), sum_rules),
    (total(i**2, i, 1, m + 1), total(i**2, i, 1, m) + (m + 1) ** 2, sum_rules),
    (total(mass(y, p), y, 0, 1), mass(0, p) + mass(1, p), sum_rules),
    (total(x, i, 1, m), m * x, sum_rules),
    (product(2 * Y[i], i, 1, m), 2**m * product(Y[i], i, 1, m), sum_rules),
    (total(total(X[i, j], j, 1, n), i, 1, m), total(total(X[i, j], i, 1, m), j, 1, n), sum_rules),
    # using
    (D(sigma(z), z), sigma(z) * (1 - sigma(z)), using(SLOPE, x=z)),
    (y * prime(sigma, 2 * z), y * (sigma(2 * z) * (1 - sigma(2 * z))), using(SLOPE, x=2 * z)),
    (sigma(-y) ** 2, (1 - sigma(y)) ** 2, using(REFLECTION)),
    (y * (1 - sigma(y)), y * sigma(-y), using(REFLECTION, x=y)),
    (D(sigma(z), z, 2), D(sigma(z) * (1 - sigma(z)), z), using(SLOPE, x=z)),
    (total(Y[i] * D(score(i), theta[j]), i, 1, m), total(Y[i] * X[i, j], i, 1, m), using(SCORE)),
    (sigma(y), 1, using(BELOW_ONE), "<"),
    (exp(x) * sigma(y), exp(x), using(BELOW_ONE), "<"),
    (1 - sigma(y), num(1) - 1, using(BELOW_ONE), ">"),
    # cases
    (mass(y, p), cases((p, eq(y, 1)), (1 - p, eq(y, 0))), None),
    (Abs(x), cases((x, x >= 0), (-x, None)), by_cases),
    (indicator(x > 0) + indicator(x <= 0), 1, by_cases),
    (indicator(sigma(z) >= Q(1, 2)), indicator(z >= 0), by_cases),
    # values
    (exp(0) + x, 1 + x, evaluate),
    (p**0 * (1 - p) ** (num(1) - 0), 1 - p, evaluate),
    (4 * atan(1), pi, evaluate),
    (gamma(Q(5, 2)) * x, 3 * sqrt(pi) / 4 * x, evaluate),
    (1 - x * sign(x), 1 - Abs(x), evaluate),
    (Abs(x), sqrt(x**2), exp_log_laws),
    (D(x / (1 + Abs(x)), x), (1 + Abs(x) - x * sign(x)) / (1 + Abs(x)) ** 2, quotient_rule),
    (2 / pi * sigma(x), 2 / pi, using(BELOW_ONE), "<"),
    (1 - integral(exp(-(t**2)), t, x, oo), 1, positivity, "<"),
    (Abs(-x), Abs(x), evaluate),
    (sqrt(num(4)) + tanh(0), 2, evaluate),
    # limits
    (limit(1 / (1 + e), x, oo), num(1) / (1 + 0), limit_laws),
    (limit(1 / (1 + e), x, -oo), 0, limit_laws),
    (limit(1 / (1 + e), x, oo), 1 / (1 + limit(e, x, oo)), limit_laws),
    (limit(x / (1 + x), x, oo), 1, limit_laws),
    (limit(x**2 * exp(-x), x, oo), 0, limit_laws),
    (limit(log(x), x, 0, "+"), -oo, limit_laws),
    # integrals
    (integral(x**2, x, 0, 1), num(1) ** 3 / 3 - num(0) ** 3 / 3, antiderivative(x**3 / 3)),
    (integral(exp(-t), t, 0, oo), limit(-exp(-t), t, oo) - -exp(-num(0)),
     antiderivative(-exp(-t))),
    (integral(exp(-t), t, 0, oo), 1, antiderivative(-exp(-t))),
    (integral(exp(-((x - a) ** 2)), x, -oo, oo), integral(exp(-(t**2)), t, -oo, oo),
     substitution(x, a + t)),
    (integral(2 * x * exp(-(x**2)), x, 0, 1), integral(exp(-u), u, 0, 1), substitution(u, x**2)),
    (limit(x * log(1 + 1 / x), x, oo), limit(log(1 + t) / t, t, 0, "+"), substitution(x, 1 / t)),
    (integral(sigma(x), x, 0, y), -integral(sigma(-t), t, 0, -y), substitution(x, -t)),
    (integral(sigma(x), x, 0, y), integral(sigma(-t), t, -y, 0), substitution(x, -t)),
    # order
    (1 / (1 + exp(x)), 0, positivity, ">"),
    (x**2 + 1, 1, positivity, ">="),
    (theta[j] ** 2, total(theta[k] ** 2, k, 1, n), positivity, "<="),
    (cited_line := x, x + 1, cited("a known fact", "Book, page 1"), "<"),
]  # fmt: skip

GIVEN: list[tuple[object, ...]] = [
    (exp(a), exp(b), monotonicity, "<", a < b),
    (exp(-a), exp(-b), monotonicity, ">", a < b),
    (1 / (1 + exp(-a)), 1 / (1 + exp(-b)), monotonicity, "<", a < b),
    (sigma(a), sigma(b), monotonicity, "<", a < b),
    (exp(a) + c, exp(b) + c, given(a < b), "<", a < b),
    (a, b, given(a < b), "<", a < b),
    (Abs(a), a, given(a > 0), "=", a > 0),
    (a * b, b * b, given(eq(a, b)), "=", eq(a, b)),
    (indicator(a < b), 1, given(a < b), "=", both(a < b, b < 0)),
    (indicator(c * x > 0), indicator(x > 0), positivity, "=", c > 0),
    (exp(x) - 2, 0, positivity, "<", x < log(2)),
]

REJECTED: list[tuple[object, ...]] = [
    (sigma(x) + y, y + 1 / (1 + e), unfold(sigma), "rearranges"),
    (sigma(x), e / (1 + e), unfold(sigma), "more than that"),
    (1 / (1 + e), sigma(x), unfold(sigma), "does not occur"),
    (sigma(x), 1 / (1 + e), fold(sigma), "does not occur"),
    (sigma(x), 1 / (1 + e), algebra, "not one rational function|exp_log_laws"),
    (x + 1, x + 1, algebra, "did not move"),
    (x + 1, x + 2, algebra, "not one rational"),
    (exp(x) * exp(y), exp(x + y), algebra, "exp_log_laws"),
    ((x + 1) ** 2, x**2 + 2 * x + 1, exp_log_laws, "algebra suffices"),
    (sigma(x), 1 / (1 + e), exp_log_laws, "unfold"),
    (log(x * y), log(x) + log(y), exp_log_laws, "do not lead"),
    (total(2 * x * i, i, 1, m), 2 * total(x * i, i, 1, m), exp_log_laws, "linearity"),
    (D(1 / (1 + e), x), sigma(x) * (1 - sigma(x)), chain_rule, "carrying out|algebra"),
    (D(1 / (1 + e), x), 1 / (1 + e) - 1 / (1 + e) ** 2, chain_rule, "algebra"),
    (D(1 / (1 + e), x), -CHAIN, chain_rule, "carrying out"),
    (D(1 / (1 + e), x), CHAIN, product_rule, "no product"),
    (D(1 / (1 + e), x), CHAIN, power_rule, "derivative of a function"),
    (D(x**3, x), 3 * x**2, chain_rule, "no function of a function"),
    (D(x * exp(2 * x), x), exp(2 * x) + x * (exp(2 * x) * 2), chain_rule, "product rule"),
    (e * (1 + e), e + e * e, chain_rule, "no derivative"),
    (D(2 * x, x) * (1 + e), D(2 * x, x) + D(2 * x, x) * e, chain_rule, "algebra"),
    (D(sigma(x), x), D(1 / (1 + e), x), differentiate, "unfold"),
    (D(x**2, x) + 1, 1 + D(x**2, x), differentiate, "algebra"),
    (D(x * exp(x), x), D(x, x) * D(exp(x), x), linearity, "taken apart"),
    (D(x**2, x) * 2, 2 * D(x**2, x), linearity, "algebra"),
    (total(Y[i] ** 2, i, 1, m), total(Y[i], i, 1, m) ** 2, linearity, "taken apart"),
    (total(delta(k, j) * X[i, k], k, 1, n), X[i, 1], sum_rules, "not one"),
    (total(Y[i], i, 1, m), total(Y[i], i, 1, m - 1), sum_rules, "not one"),
    (D(sigma(z), z), sigma(z) * (1 + sigma(z)), using(SLOPE, x=z), "does not lead"),
    (prime(sigma, y), sigma(z) * (1 - sigma(z)), using(SLOPE, x=z), "does not lead"),
    (y * 2, 2 * y, using(SLOPE), "algebra"),
    (exp(log(num(-1))), -1, using(INVERSE, x=-1), "outside"),
    (y * sigma(z), y, using(BELOW_ONE), "does not lead", "<"),
    (sigma(z), 1, using(BELOW_ONE), "does not lead", ">"),
    (sigma(z), 1 - sigma(-z), using(BELOW_ONE), "does not lead"),
    (Abs(x), x, by_cases, "in one case"),
    (indicator(sigma(z) >= Q(1, 2)), indicator(z >= 1), by_cases, "in one case"),
    (x + x, 2 * x, by_cases, "algebra"),
    (x**2 + exp(y), x**2, by_cases, "no finite domain"),
    (exp(0) + x, x, evaluate, "evaluated, the lines"),
    (sigma(x), 1 / (1 + e), evaluate, "nothing|unfold"),
    ((x + 1) ** 2, x**2 + 2 * x + 1, evaluate, "nothing to evaluate|evaluated"),
    (limit(1 / (1 + e), x, oo), 0, limit_laws, "carried out"),
    (limit(sigma(x), x, oo), limit(1 / (1 + e), x, oo), limit_laws, "unfold"),
    (x + e, 1 + x, limit_laws, "no limit"),
    (integral(x**2, x, 0, 1), num(1) / 3, antiderivative(x**2 / 2), "its derivative"),
    (integral(x**2, x, 0, 1), num(1) / 2, antiderivative(x**3 / 3), "between the ends"),
    (integral(exp(-x), x, 0, 1), integral(exp(-2 * t), t, 0, Q(1, 2)), substitution(x, 2 * t),
     "integrand"),
    (integral(exp(-x), x, 0, 1), integral(2 * exp(-2 * t), t, 0, 1), substitution(x, 2 * t),
     "ends"),
    (integral(exp(-x), x, 0, 1), -integral(2 * exp(-2 * t), t, 0, Q(1, 2)),
     substitution(x, 2 * t), "sign"),
    (integral(sigma(x), x, 0, y), integral(sigma(-t), t, 0, -y), substitution(x, -t), "sign"),
    (limit(x * log(1 + 1 / x), x, oo), -limit(log(1 + t) / t, t, 0, "+"), substitution(x, 1 / t),
     "sign"),
    (x, 0, positivity, "do not decide", ">"),
    (exp(x), 0, positivity, "give >", "<"),
    (x * x, x**2, positivity, "algebra"),
    (exp(a), exp(b), monotonicity, "no monotone", "<"),
    (exp(a), exp(b), given(a < b), "no hypothesis", "<"),
    (x, y, cited("a fact", " "), "source"),
    (x + 1, x + 2, algebra, "equations", "<"),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: f"{row[0]} -> {row[1]}")
def test_a_textbook_step_is_accepted(row: tuple[object, ...]) -> None:
    before, after, reason, *rel = row
    on = {} if reason is not None else {"y": Binary}
    assert judged(before, after, reason or by_cases, *rel, **on) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: f"{row[0]} {row[3]} {row[1]}")
def test_a_step_under_a_hypothesis_is_accepted_and_needs_it(row: tuple[object, ...]) -> None:
    before, after, reason, rel, where = row
    assert judged(before, after, reason, rel, where) is None  # type: ignore[arg-type]
    assert judged(before, after, reason, rel) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("row", REJECTED, ids=lambda row: f"{row[2].theory}: {row[0]} -> {row[1]}")
def test_a_step_that_the_reason_does_not_carry_is_refused(row: tuple[object, ...]) -> None:
    before, after, reason, says, *rel = row
    sentence = judged(before, after, reason, *rel)  # type: ignore[arg-type]
    assert sentence is not None
    assert re.search(str(says), sentence), sentence


POLE = define("pole", x, 1 / x)

# Monotone only where the function is real, and not across a pole.
OUTSIDE: list[tuple[object, ...]] = [
    (log(a), log(b), "<", a < b),
    (log(a - 1), log(a), "<", None),
    (sqrt(a), sqrt(b), "<", a < b),
    (acosh(a), acosh(b), "<", a < b),
    (atanh(a), atanh(b), "<", a < b),
    (asin(a), asin(b), "<", a < b),
    (acos(a), acos(b), ">", a < b),
    (log(x), 1, "<", x < E),
    (POLE(a), POLE(b), ">", a < b),
]


@pytest.mark.parametrize("row", OUTSIDE, ids=lambda row: f"{row[0]} {row[2]} {row[1]}")
def test_no_monotone_function_carries_an_order_beyond_its_real_domain(
    row: tuple[object, ...],
) -> None:
    before, after, rel, where = row
    assert judged(before, after, monotonicity, rel, where) is not None  # type: ignore[arg-type]


def test_a_function_carries_an_order_within_its_real_domain() -> None:
    within = both(a < b, a > 0)
    assert judged(log(a), log(b), monotonicity, "<", within) is None
    assert judged(sqrt(a), sqrt(b), monotonicity, "<", within) is None


LABELS = (
    algebra, exp_log_laws, chain_rule, product_rule, quotient_rule, linearity, sum_rules,
    by_cases, evaluate, limit_laws, entries,
)  # fmt: skip
# Labels that overlap: a value is also a law, and pulling a constant out of a sum is both.
OVERLAPPING = {
    ("evaluate", "algebra"), ("evaluate", "exp_log_laws"), ("algebra", "evaluate"),
    ("linearity", "sum_rules"), ("differentiate", "chain_rule"), ("sum_rules", "evaluate"),
    ("exp_log_laws", "evaluate"), ("cases", "evaluate"), ("using", "evaluate"),
    ("using", "exp_log_laws"), ("exp_log_laws", "limit_laws"), ("cases", "exp_log_laws"),
    ("antiderivative", "limit_laws"), ("substitution", "limit_laws"), ("unfold", "evaluate"),
    ("chain_rule", "quotient_rule"), ("differentiate", "quotient_rule"), ("evaluate", "cases"),
}  # fmt: skip


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: f"{row[0]} -> {row[1]}")
def test_a_wrong_label_is_refused(row: tuple[object, ...]) -> None:
    before, after, reason, *rel = row
    if reason is None or rel:
        pytest.skip("by cases of y, or an inequality: judged above")
    assert isinstance(reason, Reason)
    for label in LABELS:
        if label.theory == reason.theory or (reason.theory, label.theory) in OVERLAPPING:
            continue
        assert judged(before, after, label) is not None, label.theory  # type: ignore[arg-type]


def test_a_mutant_of_the_chain_is_refused() -> None:
    for wrong in (
        (1 + e) ** -2 * (e * (-1)),
        -((1 + e) ** -3) * (e * (-1)),
        -((1 - e) ** -2) * (e * (-1)),
        -((1 + e) ** -2) * (exp(x) * (-1)),
        -((1 + e) ** -2) * e,
        -2 * (1 + e) ** -2 * (e * (-1)),
    ):
        assert judged(D(1 / (1 + e), x), wrong, chain_rule) is not None


def test_the_sigmoid_chapter_is_carried_by_its_reasons() -> None:
    assert rejections(DERIVATIVE) == (None,) * len(DERIVATIVE.steps)


def test_domains_of_claims_are_respected() -> None:
    assert judged(log(x * y), log(x) + log(y), exp_log_laws, x=Positive, y=Positive) is None
    assert judged(x, 0, positivity, "<", x=Negative) is None
    assert judged(x * (1 - x), 0, positivity, ">", x=UnitInterval) is None
    assert judged(k, 0, positivity, ">=", k=Integers(0)) is None
