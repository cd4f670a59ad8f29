"""What two certified values say about a relation between them, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from flint import acb, arb, ctx, fmpq

from numeric.balls.operations import holds
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball, is_zero, sign_of


class Outcome(Enum):
    """What a point says about a claim."""

    HOLDS = "holds"
    FAILS = "fails"
    SILENT = "both sides are undefined"
    DOUBTFUL = "not decided"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome at a point; `bits` is how narrow the balls were where they say that it holds."""

    outcome: Outcome
    reason: str = ""
    bits: int = 0
    lhs: str = ""
    rhs: str = ""


# What is said where two values were enclosed and no precision that was tried parted them.
NOT_APART: Final = "bits do not tell the sides apart"


def is_near(finding: Finding) -> bool:
    """Whether a point is undecided because the sides are nearly equal there, or equal."""
    return finding.outcome is Outcome.DOUBTFUL and finding.reason.endswith(NOT_APART)


Side: TypeAlias = "Scalar | Infinity | Undefined | Indeterminate"


def one_undefined(left: Side, right: Side) -> Finding:
    which = "left" if isinstance(left, Undefined) else "right"
    why = left if isinstance(left, Undefined) else right
    return Finding(
        Outcome.FAILS,
        f"exactly one side is undefined, the {which} one: {why}",
        lhs=shown(left),
        rhs=shown(right),
    )


def related(
    left: Side, rel: str, right: Side, same: bool, digits: int, bits: int, zero_from: int
) -> Finding | None:
    """What two values say, or None where more precision is needed."""
    assert not isinstance(left, Undefined | Indeterminate)
    assert not isinstance(right, Undefined | Indeterminate)
    if isinstance(left, Infinity) or isinstance(right, Infinity):
        return _with_infinity(left, rel, right)
    if same:
        real = not isinstance(left, acb) or rel in {"=", "!="}
        if not real and isinstance(left, acb) and left.imag.contains(0):
            return None
        why = "" if real else "an order comparison with a complex number"
        return _answer(real and holds(rel, 0), bits, left, right, why, equal=True)
    if isinstance(left, acb) or isinstance(right, acb):
        if rel not in {"=", "!="}:
            if any(isinstance(v, acb) and not v.imag.contains(0) for v in (left, right)):
                return _answer(False, 0, left, right, "an order comparison with a complex number")
            return None
    elif rel not in {"=", "!="}:
        side = sign_of(left - right)
        return None if side is None else _answer(holds(rel, side), bits, left, right)
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return _answer((left == right) is (rel == "="), bits, left, right)
    difference = left - right
    if not ball(difference).contains(0):
        return _answer(rel == "!=", bits, left, right)
    if is_zero(difference):
        return _answer(rel == "=", bits, left, right)
    if rel == "!=":
        return None
    narrow = _narrow(left, right, digits, bits, zero_from)
    return None if narrow is None else _answer(True, narrow, left, right)


def _with_infinity(left: Scalar | Infinity, rel: str, right: Scalar | Infinity) -> Finding | None:
    sign = (left.sign if isinstance(left, Infinity) else 0) - (
        right.sign if isinstance(right, Infinity) else 0
    )
    if any(isinstance(v, acb) for v in (left, right)):
        return _answer(rel == "!=", 0, left, right)
    return _answer(holds(rel, sign), 0, left, right)


def _answer(
    good: bool,
    bits: int,
    left: Scalar | Infinity,
    right: Scalar | Infinity,
    why: str = "",
    *,
    equal: bool = False,
) -> Finding:
    if good:
        return Finding(Outcome.HOLDS, bits=bits)
    if equal:
        why = why or "the two sides are equal there"
    for digits in (20,) if equal else (20, 60, 200, 1000):
        lhs, rhs = shown(left, digits), shown(right, digits)
        if _significant(left, digits) != _significant(right, digits):
            break
    return Finding(Outcome.FAILS, why, lhs=lhs, rhs=rhs)


def _significant(side: Scalar | Infinity, digits: int) -> str:
    """A value in decimals, without what does not tell it from another: 1.000... looks like 1."""
    text = _rounded(side, digits) if isinstance(side, fmpq) else shown(side, digits)
    plain = text.removesuffix("...")
    return plain.rstrip("0").rstrip(".") if "." in plain and "e" not in plain else plain


def _narrow(left: Scalar, right: Scalar, digits: int, bits: int, zero_from: int) -> int | None:
    """How many bits two overlapping values surely share, if that is enough."""
    needed = int(digits * 3.3219281) + 1
    shared = [_accuracy(v) for v in (left, right) if not isinstance(v, fmpq)]
    if min(shared) > needed:
        return min(shared)
    # A value about 0 has no relative accuracy: both must be absolutely tiny, at high precision.
    if bits >= zero_from:
        tiny = arb(10) ** (-2 * digits)
        if all(abs(ball(v)).abs_upper() < tiny for v in (left, right)):
            return 2 * needed
    return None


def _accuracy(value: arb | acb) -> int:
    return value.rel_accuracy_bits()


def shown(side: Side, digits: int = 20) -> str:
    """A value as a reader wants it: exact where it is, else the digits that are certain."""
    match side:
        case Undefined():
            return "undefined"
        case Infinity() | Indeterminate():
            return str(side)
        case fmpq():
            whole = side.q == 1 and side.height_bits() <= 3 * digits
            return (
                str(side) if whole or side.height_bits() <= 64 else f"{_rounded(side, digits)}..."
            )
        case acb():
            real, imag = shown(side.real, digits), shown(side.imag, digits)
            sign = "-" if imag.startswith("-") else "+"
            return f"{real} {sign} {imag.lstrip('-')}*I"
    return _digits(side, digits)


def _rounded(value: fmpq, digits: int) -> str:
    with ctx.workprec(4 * digits + 64):
        return arb(value).str(digits, radius=False)


def _digits(value: arb, digits: int) -> str:
    certain = int(value.rel_accuracy_bits() * 0.30103)
    if certain < 1:
        return value.str(3)
    text = value.str(min(digits, certain), radius=False)
    return text if value.is_exact() and len(text.strip("-0.")) < digits else f"{text}..."
