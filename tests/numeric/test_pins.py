"""Conditions that pin the variables to points: all of them are looked at."""

from __future__ import annotations

import pytest

from derivations.reading.claims import read_claim
from numeric import Verdict, check
from numeric.points.pins import most_points

ACCEPTED = {Verdict.PROVED, Verdict.CONSISTENT}


def claim(text, where, **domain):
    return read_claim({"id": "c", "claim": text, "domain": domain, "where": where})


@pytest.mark.parametrize(
    ("text", "where", "domain", "count"),
    [
        ("x**2 = 4", "Eq(x, 2)", {"x": "R"}, 1),
        ("x**2 = 4", "Or(Eq(x, 2), Eq(x, -2))", {"x": "R"}, 2),
        ("x**4 = 16", "Eq(x**2, 4)", {"x": "R"}, 2),
        ("x**4 = 16", "Eq(x**2, 4)", {"x": "(0, oo)"}, 1),
        ("x**2 = -1", "Eq(x, I)", {"x": "C"}, 1),
        ("x**3 = 1", "Eq(x**2 + x + 1, 0)", {"x": "C"}, 2),
        ("x + y = 5", "And(Eq(x, 2), Eq(y, x + 1))", {"x": "R", "y": "R"}, 1),
    ],
)
def test_a_true_claim_is_accepted_at_few_points(text, where, domain, count):
    found = claim(text, where, **domain)
    assert most_points(found) == count
    assert check(found).verdict in ACCEPTED
    beside = claim(f"{text} + Rational(1, 10**12)", where, **domain)
    assert check(beside).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("text", "where", "domain"),
    [
        ("x = 2", "Or(Eq(x, 2), Eq(x, -2))", {"x": "R"}),
        ("x = 1", "Eq(x**3, 1)", {"x": "C"}),
        ("x > 0", "Eq(x**3 - 3*x + 1, 0)", {"x": "R"}),
    ],
)
def test_one_point_of_several_refutes(text, where, domain):
    assert check(claim(text, where, **domain)).verdict is Verdict.REFUTED


@pytest.mark.parametrize("where", ["x > 2", "Eq(y, 2)", "Eq(sin(x), 0)", "Or(Eq(x, 2), x > 3)"])
def test_other_conditions_pin_nothing(where):
    assert most_points(claim("x = y", where, x="R", y="R")) is None
