"""Isolated points at which exactly one side is undefined: named, and left out on request."""

import pytest

from derivations.core import Claim
from derivations.reading.claims import read_claim
from derivations.reading.plain import read_condition
from numeric import Verdict, check
from numeric.judging.generic import check_in_general
from numeric.points.holes import without


def claim_of(text: str, domain: dict[str, str], where: str = "") -> Claim:
    record: dict[str, object] = {"id": "hole", "claim": text, "domain": domain}
    return read_claim({**record, "where": where} if where else record)


# claim, domain, the condition that excludes the hole
HOLES = [
    ("x/x = 1", {"x": "R"}, "x != 0"),
    ("x/x = 1", {"x": "C"}, "x != 0"),
    ("1 = n/n", {"n": "Z"}, "n != 0"),
    ("(x**2 - 1)/(x - 1) = x + 1", {"x": "R"}, "x != 1"),
    ("(2*x - 1)/(2*x - 1) = 1", {"x": "(0, 1)"}, "x != 1/2"),
    ("x*y/x = y", {"x": "R", "y": "R"}, "x != 0"),
    ("x*y/y = x", {"x": "R", "y": "R"}, "y != 0"),
    ("(x**2 - y**2)/(x - y) = x + y", {"x": "R", "y": "R"}, "x - y != 0"),
    ("(n**2 - 9)/(n - 3) = n + 3", {"n": "Z[0, 5]"}, "n != 3"),
]


@pytest.mark.parametrize(
    ("text", "domain", "condition"), HOLES, ids=[f"{h[0]}-{h[1]}" for h in HOLES]
)
def test_a_hole_refutes_and_names_the_condition(
    text: str, domain: dict[str, str], condition: str
) -> None:
    found = check(claim_of(text, domain))
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert "undefined" in {found.witness.lhs, found.witness.rhs}
    assert found.excluding == condition
    assert f'"where": "{condition}"' in found.reason
    again = check(without(claim_of(text, domain), read_condition(condition, domain)))
    assert again.verdict.is_pass


@pytest.mark.parametrize(
    ("text", "domain", "condition"), HOLES, ids=[f"{h[0]}-{h[1]}" for h in HOLES]
)
def test_in_general_a_hole_is_an_exception(
    text: str, domain: dict[str, str], condition: str
) -> None:
    found = check_in_general(claim_of(text, domain))
    assert found.verdict.is_pass
    ((point, excluded_by),) = found.exceptions
    assert point
    assert excluded_by == condition


def test_several_holes_are_several_exceptions() -> None:
    found = check_in_general(claim_of("x*(x - 1)/(x*(x - 1)) = 1", {"x": "R"}))
    assert found.verdict.is_pass
    assert {condition for _, condition in found.exceptions} == {"x != 0", "x != 1"}


def test_the_condition_of_the_claim_stays() -> None:
    found = check_in_general(claim_of("x*(x - 1)/(x*(x - 1)) = 1", {"x": "R"}, "x != 1"))
    assert found.exceptions == (("x = 0", "x != 0"),)


# One side is undefined on more than isolated points, or differs where both are defined.
FALSE = [
    ("x/x = 2", {"x": "R"}),
    ("(x**2 - 1)/(x - 1) = x + 2", {"x": "R"}),
    ("1 + 0/(x - Abs(x)) = 1", {"x": "R"}),
    ("1/x = 1", {"x": "{0, 1}"}),
    ("gamma(n) = factorial(n - 1) + 0*gamma(1 - n)", {"n": "Z"}),
]


@pytest.mark.parametrize(("text", "domain"), FALSE, ids=[f[0] for f in FALSE])
def test_what_is_false_elsewhere_is_refuted_in_general_too(
    text: str, domain: dict[str, str]
) -> None:
    found = check_in_general(claim_of(text, domain))
    assert not found.verdict.is_pass


@pytest.mark.parametrize(
    ("text", "domain"),
    [("1 + 0/(x - Abs(x)) = 1", {"x": "R"}), ("n/n = 1", {"n": "{0, 1}"})],
)
def test_no_condition_is_named_where_the_point_is_not_isolated(
    text: str, domain: dict[str, str]
) -> None:
    found = check(claim_of(text, domain))
    assert found.verdict is Verdict.REFUTED
    assert found.excluding == ""
    assert "where" not in found.reason


def test_more_holes_than_can_be_listed_are_no_pass() -> None:
    found = check_in_general(claim_of("gamma(x)/gamma(x) = 1", {"x": "Z"}))
    assert not found.verdict.is_pass
