"""Where sides meet without crossing: closed forms are recognised, and what is true stays true."""

from __future__ import annotations

from random import Random

import pytest
from flint import arb, ctx

from derivations.core import Q, acos, atan, exp, log, num, pi, sqrt
from derivations.reading.claims import read_claim
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.exact.guessed import closed_forms
from numeric.judging.judge import check


def value_of(formula):
    return arb(evaluated(Compiler().compile(formula), root_frame({})))


@pytest.mark.parametrize("seed", range(3))
def test_numbers_in_closed_form_are_recognised(seed):
    random = Random(seed)
    p, q = random.randint(1, 40), random.randint(2, 40)
    fraction, k = Q(p, q), random.randint(-5, 5)
    forms = [
        fraction, -sqrt(fraction), fraction ** Q(1, 3), (p + sqrt(num(q))) / 7, fraction * pi,
        log(fraction + 3), log(q + sqrt(num(p))), exp(-fraction), atan(fraction) + k * pi,
        2 * atan(fraction), acos((sqrt(num(33)) - 1) / 8),
    ]  # fmt: skip
    with ctx.workprec(256):
        for form in forms:
            x = value_of(form)
            found = list(closed_forms(x))
            assert found, form
            assert abs(value_of(found[0]) - x) < arb(10) ** -60, (form, found)


def test_other_numbers_have_no_closed_form():
    with ctx.workprec(256):
        for x in (arb(2).zeta(), arb(3).gamma() + arb.pi().sqrt().exp(), arb("0.7390851").cos()):
            assert all(abs(value_of(f) - x) < arb(10) ** -20 for f in closed_forms(x))


# Equal somewhere, where no simple point meets them; with room to spare, or equality allowed, true.
TOUCHING = [
    ("3*sin(x) + 4*cos(x)", "<", "5", {"x": "R"}, None),
    ("log(x)/x", "<", "exp(-1)", {"x": "(0, oo)"}, None),
    ("x/(1 + x**4)", "<", "3**Rational(3, 4)/4", {"x": "R"}, None),
    ("2*tan(x) + cot(x)", ">", "2*sqrt(2)", {"x": "(0, pi/2)"}, None),
    ("2*cosh(x) + sinh(x)", ">", "sqrt(3)", {"x": "R"}, None),
    ("(x + 2*y)*exp(-x**2 - y**2)", "<", "sqrt(5/(2*E))", {"x": "R", "y": "R"}, None),
    ("(x + y - 3)**2 + (x*y - 1)**2", ">", "0", {"x": "R", "y": "R"}, None),
    ("x**2 + 2*y**2", ">", "2*sqrt(2)*x*y", {"x": "R", "y": "R"}, "And(x > 0, y > 0)"),
]


@pytest.mark.parametrize(("lhs", "rel", "rhs", "domain", "where"), TOUCHING)
def test_sides_that_touch_at_a_closed_form_refute(lhs, rel, rhs, domain, where):
    record = {"id": "c", "claim": f"{lhs} {rel} {rhs}", "domain": domain}
    claim = read_claim(record if where is None else {**record, "where": where})
    assert check(claim).verdict.value == "refuted"


@pytest.mark.parametrize(
    ("lhs", "rel", "rhs", "domain", "where"), [TOUCHING[k] for k in (0, 1, 2, 6, 7)]
)
def test_where_equality_is_allowed_or_there_is_room_nothing_is_refuted(
    lhs, rel, rhs, domain, where
):
    room = f"{rhs} + 1/10**9" if rel == "<" else f"{rhs} - 1/10**9"
    for text in (f"{lhs} {rel}= {rhs}", f"{lhs} {rel} {room}"):
        record = {"id": "c", "claim": text, "domain": domain}
        claim = read_claim(record if where is None else {**record, "where": where})
        assert check(claim, points=60).verdict.value in {"proved", "consistent"}
