"""'Did you mean': what is proposed holds, is what was meant, and never costs the verdict."""

import os
import signal
from importlib import import_module

import pytest

from derivations.core import Claim
from derivations.reading.claims import read_claim
from derivations.reading.plain import read_relation
from derivations.reading.records import Record
from numeric import Verdict, check
from numeric.answers import Asked, answers, judged
from numeric.deadline import Clock, within
from numeric.evidence import Evidence
from numeric.judging.edits import RANKS, edits
from numeric.judging.repair import repair, with_repair

# claim, domain, what was meant
SLIPS: list[tuple[str, dict[str, str], str]] = [
    # a sign
    ("sin(-x) = sin(x)", {"x": "R"}, "sin(-x) = -sin(x)"),
    ("-cosh(x) = (exp(x) + exp(-x))/2", {"x": "R"}, "cosh(x) = (exp(x) + exp(-x))/2"),
    ("(x + y)**2 = x**2 - 2*x*y + y**2", {"x": "R", "y": "R"}, "(x + y)**2 = x**2 + 2*x*y + y**2"),
    # a minus in an exponent
    ("1/(1 + exp(x)) = exp(x)/(1 + exp(x))", {"x": "R"}, "1/(1 + exp(-x)) = exp(x)/(1 + exp(x))"),
    ("cosh(x) = (exp(x) + exp(x))/2", {"x": "R"}, "cosh(x) = (exp(-x) + exp(x))/2"),
    ("x**2*x = 1/x**(3)", {"x": "(0, oo)"}, "x**2*x = 1/x**(-3)"),
    # a factor, a summand
    ("sin(2*x) = sin(x)*cos(x)", {"x": "R"}, "sin(2*x) = 2*(sin(x)*cos(x))"),
    ("cosh(x)**2 = sinh(x)**2 + 2", {"x": "R"}, "cosh(x)**2 = sinh(x)**2 + 1"),
    ("x/3 + x = x", {"x": "R"}, "x/3 + x = 4*x/3"),
    ("log(2*x) = log(x)", {"x": "(0, oo)"}, "log(2*x) = log(x) + log(2)"),
    # a constant that is recognised
    ("gamma(Rational(1, 2)) = 1", {}, "gamma(1/2) = sqrt(pi)"),
    ("Integral(exp(-t**2), (t, 0, oo)) = pi", {}, "Integral(exp(-t**2), (t, 0, oo)) = sqrt(pi)/2"),
    ("Sum(1/k**2, (k, 1, oo)) = 1", {}, "Sum(1/k**2, (k, 1, oo)) = pi**2/6"),
    ("log(2*x) = log(x) + 1", {"x": "(0, oo)"}, "log(2*x) = log(x) + 1 + (log(2) - 1)"),
    # a function
    ("cos(x - pi/2) = cos(x)", {"x": "R"}, "cos(x - pi/2) = sin(x)"),
    ("cosh(x)**2 + cosh(x)**2 = 1 + 2*sinh(x)**2", {"x": "R"},
     "sinh(x)**2 + cosh(x)**2 = 1 + 2*sinh(x)**2"),
    # a derivative lost, a derivative too many
    ("exp(2*x) = 2*exp(2*x)*1", {"x": "R"}, "Derivative(exp(2*x), x) = 2*exp(2*x)*1"),
    ("sin(x)**2 = 2*sin(x)*cos(x)", {"x": "R"}, "Derivative(sin(x)**2, x) = 2*sin(x)*cos(x)"),
    ("Derivative(x**3, (x, 2)) = 3*x**2", {"x": "R"}, "Derivative(x**3, x) = 3*x**2"),
    # an absolute value
    ("sqrt(x**2) = x", {"x": "R"}, "sqrt(x**2) = Abs(x)"),
    # a power or a coefficient inside
    ("Derivative(x**4, x) = 4*x**4", {"x": "R"}, "Derivative(x**4, x) = 4*x**3"),
    ("cos(2*x) = 2*cos(x)**2 - 2", {"x": "R"}, "cos(2*x) = 2*cos(x)**2 - 1"),
    # other relations
    ("x**2 > 0", {"x": "R"}, "x**2 >= 0"),
    ("exp(x) <= 1 + x", {"x": "R"}, "exp(x) >= 1 + x"),
]  # fmt: skip


def claim_of(text: str, domain: dict[str, str]) -> Claim:
    return read_claim({"id": "slip", "claim": text, "domain": domain})


@pytest.mark.parametrize(("text", "domain", "meant"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_what_was_meant_is_found(text: str, domain: dict[str, str], meant: str) -> None:
    claim = claim_of(text, domain)
    assert check(claim, points=20).verdict is Verdict.REFUTED
    mended = repair(claim)
    assert mended is not None
    assert mended.statement == read_relation(meant, domain)
    assert check(mended).verdict.is_pass


@pytest.mark.parametrize(
    "text",
    [
        "sin(x) = exp(x)*x**2 + 7",
        "zeta(x + 7) = log(x)**3 + atan(x)",
        "Max(x, 3) = sin(x)/x",
    ],
)
def test_nothing_is_proposed_where_nothing_is_near(text: str) -> None:
    claim = claim_of(text, {"x": "(1, 2)"})
    assert check(claim, points=20).verdict is Verdict.REFUTED
    assert repair(claim) is None


@pytest.mark.parametrize("near", ["1e-12", "1e-25", "1e-60"])
def test_a_near_miss_is_not_mended_by_another_near_miss(near: str) -> None:
    """A constant that is 1 to 60 digits is no fraction with a small denominator."""
    power = near.partition("-")[2]
    claim = claim_of(f"sin(x)**2 + cos(x)**2 = 1 + 10**(-{power})", {"x": "R"})
    mended = repair(claim)
    assert mended is None or check(mended).verdict.is_pass


def test_no_side_is_compared_with_itself() -> None:
    mended = repair(claim_of("2*x = x", {"x": "R"}))
    assert mended is not None
    assert mended.lhs != mended.rhs


def test_what_is_trivial_is_not_proposed() -> None:
    assert repair(claim_of("sinh(x)**3 = sinh(x)**3 + 7", {"x": "R"})) is None


def test_the_domain_and_the_condition_stay() -> None:
    claim = read_claim(
        {
            "id": "slip",
            "claim": "log(x/y) = log(x) + log(y)",
            "domain": {"x": "(0, oo)", "y": "(0, oo)"},
            "where": "x != y",
        }
    )
    mended = repair(claim)
    assert mended is not None
    assert (mended.on, mended.where) == (claim.on, claim.where)
    assert mended.statement == read_relation("log(x/y) = log(x) - log(y)", ["x", "y"])


# -------------------------------------------------------------------------------- the verdict


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.REFUTED])
def test_only_what_is_refuted_is_mended(verdict: Verdict) -> None:
    evidence = Evidence("a", verdict)
    assert with_repair(claim_of("x = 2*x", {"x": "R"}), evidence, Clock(None)) is evidence


def test_a_repair_that_runs_out_of_time_leaves_the_refutation() -> None:
    claim = claim_of("sin(x) = exp(x)*x**2 + 7", {"x": "(1, 2)"})
    evidence = check(claim, points=5)
    found = with_repair(claim, evidence, Clock(0.0))
    assert found.verdict is Verdict.REFUTED
    assert found.limited
    assert found.witness == evidence.witness


def test_a_repair_that_kills_its_worker_leaves_the_refutation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("numeric.judging.repair"), "repair", _crash)
    record = Record(1, "slip", {"id": "slip", "claim": "x = 2*x", "domain": {"x": "R"}})
    (found,) = answers([record], Asked(points=5), seconds=5)
    assert found.verdict is Verdict.REFUTED
    assert found.limited
    assert found.id == "slip"


def _crash(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_answer_tells_what_was_meant() -> None:
    content = {"id": "any id", "claim": "sin(2*x) = cos(x)", "domain": {"x": "R"}}
    assert judged(content, Asked(points=20)).did_you_mean == ""
    content["claim"] = "sin(2*x) = sin(x)*cos(x)"
    assert judged(content, Asked(points=20)).did_you_mean == "sin(2*x) = 2*(sin(x)*cos(x))"


# -------------------------------------------------------------------------------------- edits


def test_edits_are_different_and_each_comes_once() -> None:
    formula = read_relation("exp(-x**2/2)*sin(2*x + 1) - 3 = 0", ["x"]).lhs
    found = [one for rank in RANKS for one in edits(formula, rank)]
    assert formula not in found
    assert len(found) > 40
    for rank in RANKS:
        assert len(set(edits(formula, rank))) == len(list(edits(formula, rank)))


def test_edits_of_a_large_formula_are_not_tried() -> None:
    formula = read_relation(" + ".join(["sin(x)"] * 200) + " = 0", ["x"]).lhs
    with within(5) as clock:
        assert [one for rank in RANKS for one in edits(formula, rank)] == []
    assert not clock.ended
