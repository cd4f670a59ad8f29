"""What the judge says, and above all what it does not say."""

import flint
import mpmath
import pytest

from derivations.core import (
    Abs,
    Binary,
    Cases,
    Claim,
    D,
    Derivative,
    I,
    NonNegative,
    Positive,
    Q,
    Reals,
    UnitInterval,
    cases,
    cos,
    define,
    exp,
    finite_set,
    indicator,
    integers,
    integral,
    interval,
    limit,
    log,
    ne,
    num,
    oo,
    opaque,
    pi,
    sin,
    sqrt,
    symbols,
    tanh,
    total,
)
from derivations.proving.prove import Proof
from numeric import ContradictionError, Verdict, check
from numeric.judging import judge

x, y, z, a, b, k, t = symbols("x y z a b k t")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
REAL = {x: Reals}

TRUE = [
    Claim("reflection", sigma(-x), "=", 1 - sigma(x), on=REAL),
    Claim("derivative", D(sigma(x), x), "=", sigma(x) * (1 - sigma(x)), on=REAL),
    Claim("upper-bound", sigma(x), "<", 1, on=REAL),
    Claim("steepest", D(sigma(x), x), "<=", Q(1, 4), on=REAL),
    Claim("increasing", sigma(a), "<", sigma(b), on={a: Reals, b: Reals}, where=a < b),
    Claim("kink", D(x * Abs(x), x), "=", 2 * Abs(x), on=REAL),
    Claim("pythagoras", sin(x) ** 2 + cos(x) ** 2, "=", 1, on=REAL),
    Claim("finite", y**2, "=", y, on={y: Binary}),
    Claim("root", sqrt(x**2), "=", Abs(x), on=REAL),
    Claim("cancels", D(sin(x) ** 2 + cos(x) ** 2, x), "=", 0, on=REAL),
    Claim("unequal", exp(x), "!=", 0, on=REAL),
    Claim("poles-on-both-sides", 1 / x, "=", x / x**2, on=REAL),
    Claim("limit", limit(sigma(x), x, oo), "=", 1, on={}),
    Claim("infinite-limit", limit(x**2, x, oo), "=", oo, on={}),
    Claim("integral", integral(exp(-(t**2)), t, -oo, oo), "=", sqrt(pi), on={}),
]

FALSE = [
    Claim("flipped-sign", sigma(-x), "=", 1 + sigma(x), on=REAL),
    Claim("lost-factor", D(sigma(x), x), "=", sigma(x), on=REAL),
    Claim("near-miss", sigma(x), "=", sigma(x) * (1 + num(10) ** -25), on=REAL),
    Claim("tail-only", sigma(x), "=", 1 / (1 + exp(-x)) + exp(x - 1000), on=REAL),
    Claim("cancellation-at-700", 1 - sigma(x), "=", 0, on={x: finite_set(700)}),
    Claim("not-strict", D(sigma(x), x), "<", Q(1, 4), on=REAL),
    Claim("only-for-labels", y**2, "=", y, on={y: finite_set(0, 1, 2)}),
    Claim("lost-absolute-value", sqrt(x**2), "=", x, on=REAL),
    Claim("half-the-domain", Abs(x), "=", x, on=REAL),
    Claim("corner", D(Abs(x), x), "=", Cases((num(1), -num(1)), (x >= 0,)), on=REAL),
    Claim("hole", x / x, "=", 1, on=REAL),
    Claim("log-of-zero", 0 * log(x), "=", 0, on={x: NonNegative}),
    Claim("complex-order", sqrt(x), "<=", Abs(x) + 10, on={x: finite_set(-1)}),
    Claim("threshold", indicator(x < 37), "=", indicator(x <= 37), on=REAL),
    Claim("negative-integers", Abs(k), "=", k, on={k: integers()}),
    Claim("infinite", limit(x**2, x, oo), "=", 1, on={}),
    Claim("wrong-integral", integral(exp(-(t**2)), t, -oo, oo), "=", pi, on={}),
]


@pytest.mark.parametrize("claim", TRUE, ids=lambda c: c.id)
def test_true_claim_passes(claim):
    evidence = check(claim, points=60)
    assert evidence.verdict.is_pass, evidence.reason
    assert evidence.effective_points > 0


@pytest.mark.parametrize("claim", FALSE, ids=lambda c: c.id)
def test_false_claim_is_refuted_with_a_witness(claim):
    evidence = check(claim)
    assert evidence.verdict is Verdict.REFUTED, evidence
    assert evidence.witness is not None
    assert dict(evidence.witness.point).keys() == {v.name for v, _ in claim.on}
    assert evidence.witness.lhs != evidence.witness.rhs


def test_a_hole_is_named():
    evidence = check(Claim("hole", x / x, "=", 1, on=REAL))
    assert "exactly one side is undefined" in evidence.reason
    assert evidence.witness.point == (("x", "0"),)
    assert (evidence.witness.lhs, evidence.witness.rhs) == ("undefined", "1")
    assert check(Claim("hole", x / x, "=", 1, on=REAL, where=ne(x, 0))).verdict.is_pass


def test_a_witness_is_simple():
    evidence = check(Claim("w", exp(x) * y, "<=", 3, on={x: Reals, y: Positive}))
    assert dict(evidence.witness.point)["x"] in {"1", "2", "3", "0"}


@pytest.mark.parametrize("exponent", range(1, 46, 4))
def test_near_miss_is_refuted(exponent):
    wrong = tanh(x) * (1 + num(10) ** -exponent)
    evidence = check(Claim("near", tanh(x), "=", wrong, on=REAL))
    assert evidence.verdict is Verdict.REFUTED


def test_an_opaque_claim_is_unknown_with_a_sentence():
    f = opaque("f")
    evidence = check(Claim("f", f(x), "=", f(x) + 1, on=REAL))
    assert evidence.verdict is Verdict.UNKNOWN
    assert "any function" in evidence.reason
    assert evidence.effective_points == 0


def test_no_point_is_unknown():
    evidence = check(Claim("empty", f_unprovable(x), "=", x, on={x: UnitInterval}, where=x > 1))
    assert evidence.effective_points == 0
    assert evidence.verdict in {Verdict.UNKNOWN, Verdict.PROVED}


def f_unprovable(u):
    return sin(u) + exp(cos(u))


def test_nowhere_defined_is_unknown():
    evidence = check(Claim("nowhere", log(x - x), "=", 1 / (x - x), on=REAL), points=20)
    assert evidence.verdict is Verdict.UNKNOWN
    assert evidence.effective_points == 0


def test_evidence_does_not_depend_on_the_run():
    claim = TRUE[0]
    first, second = (check(claim, seed=3).as_json() for _ in range(2))
    first.pop("seconds"), second.pop("seconds")
    assert first == second
    assert first["seed"] == 3


def test_two_hundred_points_are_effective():
    evidence = check(TRUE[0])
    assert evidence.effective_points == 200
    assert evidence.digits == 50


def test_a_contradicted_proof_is_an_internal_error(monkeypatch):
    monkeypatch.setattr(judge, "attempt", lambda claim: Proof("wishful thinking"))
    with pytest.raises(ContradictionError, match="wishful thinking"):
        check(FALSE[0])


def test_precision_is_left_as_it_was():
    before = flint.ctx.prec, mpmath.mp.prec
    for claim in (TRUE[0], FALSE[0]):
        check(claim, points=5)
    assert (flint.ctx.prec, mpmath.mp.prec) == before


def test_the_json_has_the_keys_of_the_contract():
    keys = {"id", "verdict", "method", "digits", "points", "effective_points", "witness", "lhs",
            "rhs", "conditions", "reason", "seconds"}  # fmt: skip
    assert keys <= check(FALSE[0]).as_json().keys()


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (integral(exp(-(y**2)) * cos(x * y), y, -oo, oo), sqrt(pi) * exp(-(x**2) / 4)),
        (total(x**k / 3**k, k, 0, oo), 3 / (3 - x)),
        (limit((x + 1 / y) ** 2, y, oo), x**2),
    ],
    ids=["integral", "series", "limit"],
)
@pytest.mark.parametrize("as_step", [False, True])
def test_a_costly_claim_that_is_not_proved_is_asked_at_all_points(lhs, rhs, as_step):
    claim = Claim("costly", lhs, "=", rhs, on={x: interval(-1, 1)})
    options = {"points_if_proved": 5} if as_step else {}
    evidence = check(claim, points=12, prover=lambda claim: None, **options)
    assert evidence.verdict is Verdict.CONSISTENT, evidence.reason
    assert evidence.effective_points == 12


def test_a_costly_claim_that_is_proved_is_asked_at_fewer():
    claim = Claim("costly", limit(x / y, y, oo), "=", num(0), on={x: interval(-1, 1)})
    evidence = check(claim, points=100, proof=Proof("by hand", ()))
    assert evidence.verdict is Verdict.PROVED
    assert evidence.effective_points == 5


def test_a_condition_that_leaves_the_real_line_leaves_a_derivative_open():
    # I*x < 1 holds at 0 alone, where numbers that are not real begin: the value jumps there.
    jump = Derivative(cases((1, I * x < 1), (0, None)), x)
    assert check(Claim("c", jump, "=", 0, on={x: Reals})).verdict is Verdict.UNKNOWN
