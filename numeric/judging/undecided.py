"""Points at which a claim is not decided: which of them may hide that it is false.

A claim is true or false at every point of its domain. Where the balls of a simple fraction decide
nothing, the sides are equal there, or a function is met at a kink, a cut or a pole, unless the
evaluation is hard; nothing may then be called consistent.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from flint import ctx

from derivations.core.calculus import Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import Complexes, Interval
from derivations.core.formula import Formula, as_formula
from numeric.balls.enclose import evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Exact, Gaussian, Indeterminate, Point, Undefined, Value
from numeric.deadline import within
from numeric.judging.compare import Bench
from numeric.judging.findings import Finding, Outcome, is_near, related
from numeric.points.sample import walk_all

# Fractions up to this size, with denominators up to this, are simple.
_MODERATE: Final = 10
_SIMPLE: Final = 1000
# Sides of a strict inequality that are nearly equal get so many bits more, in so many seconds.
_MORE_BITS: Final = (1 << 14, 1 << 16, 1 << 18)
_FOR_MORE_BITS: Final = 0.3


def may_hide(claim: Claim, bench: Bench, point: Point, finding: Finding) -> bool:
    """Whether the claim may be false at a point where this was found."""
    if not is_open(claim.rel, finding):
        return False
    if is_notable(claim, point):
        return True
    if not is_ordinary(point):
        return False
    if _has_derivative(claim) and not any(isinstance(d, Complexes) for _, d in claim.on):
        # A kink inside of the domain; sqrt(x)**4 has a derivative at 0, though sqrt has no series.
        return "kink" in finding.reason and not _is_at_an_end(claim, point)
    return not bench.is_costly(claim.lhs, claim.rhs) and _is_touched(finding)


def _is_touched(finding: Finding) -> bool:
    """Whether something is met at the point, equal sides, a kink or a cut; what an evaluation
    refuses on principle, where books differ, is no part of a claim's meaning."""
    return is_near(finding) or "the precision does not" in finding.reason or "cut" in finding.reason


def is_open(rel: str, finding: Finding) -> bool:
    """Whether the balls decide nothing, and not because the sides of a `<=` are equal."""
    if finding.outcome is not Outcome.DOUBTFUL or finding.bits:
        return False
    return rel not in {"<=", ">="} or not is_near(finding)


def is_ordinary(point: Point) -> bool:
    """Whether all values are simple fractions of moderate size: no evaluation is hard there.

    >>> from derivations.core.formula import Symbol
    >>> is_ordinary({Symbol("x"): Fraction(1, 3)}), is_ordinary({Symbol("x"): 700})
    (True, False)
    """
    parts = [parts_of(value) for value in point.values()]
    return (
        bool(parts)
        and all(parts)
        and all(
            abs(part) <= _MODERATE and part.denominator <= _SIMPLE
            for some in parts
            for part in some
        )
    )


def parts_of(value: Value) -> tuple[Fraction, ...]:
    """The fractions that an exact value is made of; none of a value that is no fraction."""
    if isinstance(value, int | Fraction):
        return (Fraction(value),)
    return (value.real, value.imag) if isinstance(value, Gaussian) else ()


def is_notable(claim: Claim, point: Point) -> bool:
    """Whether a point was asked because something may happen there: a variable is at an end that
    belongs to its interval, or an irrational number at which the formula is special.

    A derivative at an end of the interval is left out: few functions are differentiable there.
    """
    if any(isinstance(value, Exact) for value in point.values()):
        return True
    return not _has_derivative(claim) and _is_at_an_end(claim, point)


def _has_derivative(claim: Claim) -> bool:
    return any(isinstance(node, Derivative | Prime) for node in _nodes(claim))


def _nodes(claim: Claim) -> list[Formula]:
    return [node for side in (claim.lhs, claim.rhs) for node in walk_all(side)]


def _is_at_an_end(claim: Claim, point: Point) -> bool:
    for variable, domain in claim.on:
        value = point[variable]
        if isinstance(domain, Interval) and isinstance(value, Fraction | int):
            written = as_formula(value)
            if (not domain.lower_open and written == domain.lower) or (
                not domain.upper_open and written == domain.upper
            ):
                return True
    return False


def told_apart(claim: Claim, bench: Bench, point: Point) -> Finding | None:
    """What far more bits say of a strict inequality whose sides are nearly equal at a point:
    1 - exp(-exp(10)) is below 1, but 4096 bits do not tell. None where these do not tell either.
    """
    if claim.rel not in {"<", ">", "!="}:
        return None
    left, right = bench.compiler.compile(claim.lhs), bench.compiler.compile(claim.rhs)
    with within(_FOR_MORE_BITS, of_work=True):
        for bits in _MORE_BITS:
            with ctx.workprec(bits):
                frame = root_frame(point)
                try:
                    one, other = evaluated(left, frame), evaluated(right, frame)
                except (Undefined, Indeterminate):
                    return None
                found = related(one, claim.rel, other, False, 1, bits, bits)
            if found is not None:
                return found
    return None
