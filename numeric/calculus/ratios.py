"""Sums whose terms fall like a geometric series: `binomial(2*k, k)*x**k`, `1/(k*2**k)`, `x**k/k!`.

A term is a product of powers of

    what does not depend on k,    c**(a*k + b),    polynomials in k,    gamma(a*k + b) with a > 0,

so abs(t(k + 1)/t(k)) is a constant times powers of polynomials in k, each of which is enclosed for
all k >= N at once, by 1/k in [0, 1/N]. Where it is at most q < 1 there, the tail is at most
abs(t(N))/(1 - q).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import BINDERS, Derivative, Prime, Sum
from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Pow,
    Q,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Definition, exp
from derivations.core.substitute import free_names, substitute
from derivations.proving.field import Field
from derivations.proving.rebuild import formula_of_polynomial
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball
from numeric.calculus.parts import EncloseParts
from numeric.exact.rational import rational_of

# How far out the ratio is bounded first, counted from the first index, and the most terms.
_FIRST: Final = (16, 128, 1024)
_MOST_TERMS: Final = 6000
# What a term is worth in bits, for each unit of the logarithm.
_BITS: Final = 1 / arb(2).log()
_MOST_DEGREE: Final = 12
_MOST_SLOPE: Final = 12
# A ratio nearer to 1 takes too many terms.
_GREATEST: Final = arb("0.99999")


# Discs on which a sum is analytic have these radii, as powers of 1/2.
_RADII: Final = (1, 3, 5, 8, 14)
_GREATEST_ON_DISC: Final = arb("0.98")
# Whether terms are analytic is asked of so many neighbours.
_NEIGHBOURS: Final = 7
# The coefficients of a polynomial in k, the lowest first.
Coefficients: TypeAlias = "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True)
class _Ratio:
    """The factors of t(k + 1)/t(k), as far as its size goes."""

    constants: tuple[tuple[Formula, int], ...]  # with their powers
    steps: tuple[tuple[Coefficients, Coefficients, Formula], ...]  # (p(k + 1)/p(k))**power
    linear: tuple[tuple[Coefficients, int], ...]  # with their powers
    positive: tuple[Coefficients, ...]  # the arguments of gammas, at which there is no pole


def geometric_sum(node: Sum, enclose: EncloseParts, first: int) -> Scalar | None:
    """The sum over k >= first; None where its terms are not seen to fall so.

    Errors: `Undefined` where a term has no value, `Indeterminate` where they are too many.
    """
    ratio = _ratio_of(node.body, node.variable)
    if ratio is None:
        return None
    for cut in _FIRST:
        at = max(first, 0) + cut
        try:
            greatest = _greatest(ratio, enclose, at)
        except (Indeterminate, Undefined):
            continue
        if greatest is not None and greatest < _GREATEST:
            found = _added_up(node, enclose, first, at, greatest)
            if found is not None or not ratio.linear:
                return found
            break
    if ratio.linear and _is_geometric(ratio, enclose):
        # An expansion takes far longer here, and does no better.
        raise Indeterminate(f"the terms of {node} fall too slowly")
    return None


def _is_geometric(ratio: _Ratio, enclose: EncloseParts) -> bool:
    """Whether the ratio tends to a number below 1."""
    try:
        limit = _greatest(ratio, enclose, None)
    except (Indeterminate, Undefined):
        return False
    return limit is not None and bool(limit < 1)


def _added_up(
    node: Sum, enclose: EncloseParts, first: int, at: int, greatest: arb
) -> Scalar | None:
    """The terms up to where the tail is small, with a bound for it."""
    total: arb | acb = arb(0)
    enough = arb(2) ** -ctx.prec
    if -ctx.prec / (greatest.log() * _BITS) > _MOST_TERMS:
        return None
    for k in range(first, at + _MOST_TERMS):
        value = enclose(node.body, {node.variable: fmpq(k)})
        if isinstance(value, Infinity):
            return None
        term = ball(value)
        if k >= at:
            rest = (abs(term) / (1 - greatest)).upper()
            if rest <= enough * (abs(total).lower() + enough):
                error = arb(0, rest)
                return total + (acb(error, error) if isinstance(term, acb) else error)
        total = total + term
    return None


def _greatest(ratio: _Ratio, enclose: EncloseParts, at: int | None) -> arb | None:
    """A bound of the size of the ratio for all k >= at, or in the limit where `at` is None.

    Errors: `Indeterminate`.
    """
    inverse = arb(0) if at is None else arb(fmpq(1, 2 * at), fmpq(1, 2 * at))  # 1/k

    def value_of(formula: Formula) -> arb | acb:
        value = enclose(formula, {})
        if isinstance(value, Infinity):
            raise Indeterminate("infinity is no coefficient")
        return ball(value)

    def enclosed(coefficients: tuple[Formula, ...]) -> arb | acb:
        """The polynomial over k**degree."""
        found: arb | acb = arb(0)
        for coefficient in coefficients:
            found = found * inverse + value_of(coefficient)
        return found

    for coefficients in ratio.positive:
        found = enclosed(coefficients)
        if isinstance(found, acb) or not found > 0:
            return None
    size = arb(1)
    for constant, times in ratio.constants:
        size *= _power(abs(value_of(constant)), times)
    degree = 0
    for coefficients, times in ratio.linear:
        size *= _power(abs(enclosed(coefficients)), times)
        degree += times * (len(coefficients) - 1)
    for after, before, power in ratio.steps:
        exponent = value_of(power)
        step = abs(enclosed(after)) / abs(enclosed(before))
        if isinstance(exponent, acb) or not step > 0:
            return None
        size *= (step.log() * exponent).exp()
    if degree > 0:
        return None
    if at is None:
        return arb(0) if degree < 0 else size.upper()
    return (size * arb(at) ** degree).upper()


def _power(size: arb, times: int) -> arb:
    if times < 0 and not size > 0:
        raise Indeterminate("a divisor may be 0")
    return size**times


@lru_cache(maxsize=256)
def _ratio_of(term: Formula, k: Symbol) -> _Ratio | None:
    """The ratio of a term; None where it is not seen to be such a product."""
    constants: list[tuple[Formula, int]] = []
    steps: list[tuple[Coefficients, Coefficients, Formula]] = []
    linear: list[tuple[Coefficients, int]] = []
    positive: list[Coefficients] = []

    def gamma(argument: Formula, times: int) -> bool:
        """gamma(a*k + b)**times: the ratio has (a*k + b)*...*(a*k + b + a - 1)."""
        found = _coefficients(argument, k)
        if found is None or len(found) > 2:
            return False
        positive.append(found)
        slope = rational_of(found[1]) if len(found) == 2 else Fraction(0)
        if slope is None or slope.denominator != 1 or not 0 <= slope <= _MOST_SLOPE:
            return False
        linear.extend(((found[0] + num(j), found[1]), times) for j in range(int(slope)))
        return True

    def factor(f: Formula, times: int) -> bool:
        if k not in free_names(f):
            return True
        match f:
            case Neg(arg=arg):
                return factor(arg, times)
            case Mul(args=args):
                return all(factor(arg, times) for arg in args)
            case Div(numerator=over, denominator=under):
                return factor(over, times) and factor(under, -times)
            case Pow(base=base, exponent=exponent) if k not in free_names(base):
                slope = _slope(exponent, k)
                constants.append((Pow(base, slope) if slope != ONE else base, times))
                return slope != ZERO
            case Pow(base=base, exponent=exponent) if k not in free_names(exponent):
                whole = rational_of(exponent)
                if whole is not None and whole.denominator == 1:
                    return factor(base, times * int(whole))
                return polynomial(base, exponent * num(times))
            case Call(head=head, args=args) if not isinstance(head, Definition):
                match head.name, args:
                    case "exp", (u,):
                        slope = _slope(u, k)
                        constants.append((exp(slope), times))
                        return slope != ZERO
                    case "sqrt", (u,):
                        return polynomial(u, Q(times, 2))
                    case "gamma", (u,):
                        return gamma(u, times)
                    case "factorial", (u,):
                        return gamma(u + ONE, times)
                    case "binomial", (n, m) if m == k and k not in free_names(n):
                        # n*(n - 1)*...*(n - k + 1)/k!, for every n.
                        linear.append(((n, num(-1)), times))
                        linear.append(((ONE, ONE), -times))
                        return True
                    case "binomial", (n, m):
                        return (
                            gamma(n + ONE, times)
                            and gamma(m + ONE, -times)
                            and gamma(n - m + ONE, -times)
                        )
        return polynomial(f, num(times))

    def polynomial(f: Formula, power: Formula) -> bool:
        before = _coefficients(f, k)
        after = _coefficients(substitute(f, {k: k + ONE}), k)
        if before is None or after is None:
            return False
        steps.append((after, before, power))
        return True

    for part in walk(term):
        if isinstance(part, (*BINDERS, Derivative, Prime)) and k in free_names(part):
            return None
    try:
        seen = factor(term, 1)
    except FormulaError:
        return None
    # Without a constant and without gammas it falls like a power.
    if not seen or not (constants or linear):
        return None
    return _Ratio(tuple(constants), tuple(steps), tuple(linear), tuple(positive))


def _slope(exponent: Formula, k: Symbol) -> Formula:
    """a where the exponent is a*k + b, else 0."""
    found = _coefficients(exponent, k)
    return found[1] if found is not None and len(found) == 2 else ZERO


def _coefficients(f: Formula, k: Symbol) -> Coefficients | None:
    """The coefficients of a polynomial in k; None where it is none."""
    normal = Field().fractional(f)[0]
    if any(atom != k and k in free_names(atom) for atom in normal.atoms):
        return None
    if k not in normal.atoms:
        return (f,)
    at = normal.atoms.index(k)
    degree = int(normal.numerator.degrees()[at])
    if degree > _MOST_DEGREE or normal.denominator.degrees()[at]:
        return None
    context = normal.numerator.context()
    parts: list[dict[tuple[int, ...], fmpq]] = [{} for _ in range(degree + 1)]
    for powers, coefficient in normal.numerator.terms():
        rest = tuple(0 if i == at else int(n) for i, n in enumerate(powers))
        parts[int(powers[at])][rest] = coefficient
    below = formula_of_polynomial(normal.denominator, normal.atoms)
    found = [formula_of_polynomial(context.from_dict(part), normal.atoms) for part in parts]
    return tuple(f if below == ONE else f / below for f in found)


def disc_of_series(
    node: Sum, enclose_on: Callable[[arb], EncloseParts], first: int, length: int
) -> tuple[int, arb, arb] | None:
    """Where a sum, whose terms depend on a number, may be cut: an index N, a radius r and a bound
    of the sum over k >= N on the whole disc of that radius, on which the terms are analytic; None
    where none is found. The first `length` Taylor coefficients are wanted, the one of order j being
    at most the bound over r**j.

    `enclose_on(r)` encloses parts on the disc of radius r.
    """
    ratio = _ratio_of(node.body, node.variable)
    if ratio is None:
        return None
    for bits in _RADII:
        radius = arb(2) ** -bits
        enclose = enclose_on(radius)
        for cut in _FIRST:
            at = max(first, 0) + cut
            try:
                greatest = _greatest(ratio, enclose, at)
                if greatest is None or not greatest < _GREATEST_ON_DISC:
                    continue
                found = _cut_on_disc(node, enclose, at, greatest, radius**length)
            except (Indeterminate, Undefined):
                continue
            if found is not None:
                return found[0], radius, found[1]
    return None


def _cut_on_disc(
    node: Sum, enclose: EncloseParts, at: int, greatest: arb, scale: arb
) -> tuple[int, arb] | None:
    enough = arb(2) ** -ctx.prec * scale
    size = _analytic_size(node, enclose, at)
    many = at
    if size > 0:
        more = (enough * (1 - greatest) / size).log() / greatest.log()
        if not more < _MOST_TERMS:
            return None
        many = at + max(0, int(more.upper().ceil().unique_fmpz() or 0))
    for k in range(at + 1, at + _NEIGHBOURS):
        _analytic_size(node, enclose, k)
    # By the ratio: a power of a wide ball is far wider than it need be.
    return many, (size * greatest ** (many - at) / (1 - greatest)).upper()


def _analytic_size(node: Sum, enclose: EncloseParts, k: int) -> arb:
    value = enclose(node.body, {node.variable: fmpq(k)}, True)
    if isinstance(value, Infinity) or not ball(value).is_finite():
        raise Indeterminate("a term is not analytic on a disc")
    return abs(ball(value)).upper()
