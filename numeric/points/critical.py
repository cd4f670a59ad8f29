"""Where something may happen to a claim: kinks, poles, branch points, thresholds, equalities.

Each is a quantity that is 0 there: the argument of an absolute value, a denominator, the
difference of the two sides of a condition. Its zeros are points to try, found in closed form
(`numeric.exact.solve`) or isolated by opposite signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, pairwise
from typing import Final

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import Complexes, Integers, Interval
from derivations.core.formula import (
    ZERO,
    Add,
    Call,
    Constant,
    Div,
    Formula,
    FormulaError,
    I,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Definition, cos, sin
from derivations.core.substitute import bound_variable, free_names, substitute
from derivations.proving.casework import plain
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame
from numeric.balls.values import (
    Exact,
    Gaussian,
    Indeterminate,
    Infinity,
    Undefined,
    Value,
    sign_of,
    the_integer_in,
)
from numeric.exact.irrational import closed, root, zero
from numeric.exact.rational import rational_of
from numeric.exact.roots import complex_roots, polynomial_in, real_roots
from numeric.exact.solve import solutions

# So many quantities of a claim are looked at.
_MOST_QUANTITIES: Final = 40
# So many zeros of one quantity in closed form, thrice as many between two ends.
_MOST_ZEROS_OF_ONE: Final = 12

# Where the argument of a function makes it special: the argument minus each of these is 0.
_SPECIAL_ARGUMENTS: Final[dict[str, tuple[int, ...]]] = {
    "Abs": (0,), "sign": (0,), "Heaviside": (0,), "sqrt": (0, -1), "cbrt": (0, -1), "arg": (0, -1),
    "log": (0, 1, -1), "loggamma": (0, -1, -2), "gamma": (0, -1, -2), "factorial": (-1, -2),
    "digamma": (0, -1, -2), "asin": (1, -1, 2, -2), "acos": (1, -1, 2, -2), "acosh": (1, 0, -2),
    "atanh": (1, -1, 2, -2), "acoth": (1, -1, 0), "asec": (1, -1, 0), "acsc": (1, -1, 0),
    "acot": (0,), "asech": (0, 1, 2), "acsch": (0,), "coth": (0,), "csch": (0,), "Ei": (0, -1),
    "li": (0, 1), "Li": (0, 1), "Ci": (0, -1), "Chi": (0, -1), "floor": (0, 1, -1, 2),
    "ceiling": (0, 1, -1, 2), "frac": (0, 1, -1, 2), "zeta": (1, 0, -2), "elliptic_k": (1, 2),
    "elliptic_e": (1, 2), "harmonic": (-1, -2), "sinc": (0,), "factorial2": (-2,), "erfinv": (1,),
    "fibonacci": (0,), "re": (0,), "im": (0,), "polylog": (1, 2), "LambertW": (0,),
}  # fmt: skip
# The same where it is a multiple of i that is special, and lies on a cut.
_IMAGINARY: Final = frozenset({"atan", "asinh", "acot", "acsch"})


def quantities(claim: Claim) -> list[Formula]:
    """Formulas in the claim's variables whose zeros are special to it, each once."""
    variables = {v for v, _ in claim.on if isinstance(v, Symbol)}
    found: dict[Formula, None] = {}
    for quantity in _found_in(claim):
        if rational_of(quantity) is None and not free_names(quantity).isdisjoint(variables):
            found[quantity] = None
            if len(found) == _MOST_QUANTITIES:
                break
    return list(found)


def _found_in(claim: Claim) -> Iterator[Formula]:
    names = {v for v, _ in claim.on}
    try:
        sides = [plain(claim.lhs), plain(claim.rhs)]
        where = None if claim.where is None else plain(claim.where)
    except (FormulaError, RecursionError):
        return
    if where is not None:
        yield from _within(where)
    for side in sides:
        for quantity in _within(side):
            if free_names(quantity) <= names:
                yield quantity
    if claim.rel != "=":
        yield _difference(*sides)


def _within(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Relation(lhs=lhs, rhs=rhs):
            if not any(_is_infinite(side) for side in (lhs, rhs)):
                yield _difference(lhs, rhs)
        case Div(denominator=denominator):
            yield denominator
        case Pow(base=base, exponent=exponent):
            power = rational_of(exponent)
            # An even power of a sum is least, or flat, where the sum is 0.
            if power is None or power < 0 or power.denominator != 1 or isinstance(base, Add):
                yield base
            if power is None:
                yield exponent
        case Call(head=head, args=args) if not isinstance(head, Definition):
            yield from _of_call(head.name, args)
    if isinstance(formula, Derivative | Prime) or bound_variable(formula) is not None:
        bound = bound_variable(formula)
        for part in formula.parts:
            yield from (q for q in _within(part) if bound is None or bound not in free_names(q))
        if isinstance(formula, BINDERS) and len(formula.parts) == 3:
            yield _difference(formula.parts[1], formula.parts[2])
        return
    for part in formula.parts:
        yield from _within(part)


def _of_call(name: str, args: tuple[Formula, ...]) -> Iterator[Formula]:
    last = args[-1]
    if name in {"Max", "Min", "KroneckerDelta"}:
        for one, other in pairwise(args):
            yield _difference(one, other)
        return
    if name == "Mod":
        yield last
        for shift in (0, 1, -1):
            yield _difference(args[0], last if shift == 1 else shift * last if shift else ZERO)
        return
    if name in {"tan", "sec"}:
        yield cos(last)
    elif name in {"cot", "csc"}:
        yield sin(last)
    elif name in {"sin", "cos"}:
        yield from (sin(last), cos(last))
    elif name in _IMAGINARY:
        yield from (last - I, last + I, last - 2 * I, last + 2 * I)
    for arg in args:
        for value in _SPECIAL_ARGUMENTS.get(name, (0,) if len(args) > 1 else ()):
            yield _difference(arg, num(value))
    if len(args) > 1:
        for one, other in pairwise(args):
            yield _difference(one, other)


def _difference(one: Formula, other: Formula) -> Formula:
    return one if other == ZERO else one - other


def _is_infinite(formula: Formula) -> bool:
    inner = formula.arg if isinstance(formula, Neg) else formula
    return inner == Constant("oo")


# ---------------------------------------------------------------------------- their zeros


def constants_of(claim: Claim) -> list[Formula]:
    """Real numbers that are written in a claim and are no fractions: pi, sqrt(2), log(3)/2."""
    found: dict[Formula, None] = {}
    for formula in (claim.lhs, claim.rhs, *(() if claim.where is None else (claim.where,))):
        for node in walk(formula):
            if (
                isinstance(node, Constant | Call | Pow | Mul | Div | Add)
                and not free_names(node)
                and rational_of(node) is None
            ):
                found[node] = None
    return list(found)[:8]


def fractions_of(claim: Claim) -> list[Fraction]:
    """The fractions that are written in a claim, and their negatives, the simplest first."""
    found: dict[Fraction, None] = {}
    for formula in (claim.lhs, claim.rhs, *(() if claim.where is None else (claim.where,))):
        for node in walk(formula):
            value = rational_of(node)
            if value is not None:
                found[value] = None
    simplest = sorted(found, key=lambda q: q.denominator + abs(q.numerator))
    return [signed for q in simplest[:12] for signed in (q, -q)]


def zeros_in(
    quantity: Formula, variable: Symbol, domain: object, given: Mapping[Symbol, Formula]
) -> Iterator[Value]:
    """Values of the variable at which a quantity is 0, the other variables having values."""
    try:
        reduced = substitute(quantity, {v: f for v, f in given.items() if v != variable})
    except FormulaError:
        return
    if free_names(reduced) != {variable}:
        return
    wide = isinstance(domain, Complexes)
    bounded = isinstance(domain, Interval) and not any(
        map(_is_infinite, (domain.lower, domain.upper))
    )
    most = _MOST_ZEROS_OF_ONE * (3 if bounded else 1)
    closed_forms = solutions(reduced, variable, complex_too=wide, most=most)
    for formula in closed_forms:
        value = _as_value(formula, wide)
        if value is not None:
            yield from _fitted(value, domain)
    if wide and (polynomial := polynomial_in(reduced, variable)) is not None:
        yield from (root(reduced, *found) for found in complex_roots(polynomial))
    if isinstance(domain, Interval):
        yield from _isolated(reduced, variable, bool(closed_forms))


def _as_value(formula: Formula, wide: bool) -> Value | None:
    value = closed(formula)
    if not isinstance(value, Exact):
        return value
    try:
        with ctx.workprec(64):
            real = not isinstance(value.enclosed(), acb)
    except (Indeterminate, Undefined):  # such as the root of what may be 0
        return None
    if real:
        return value
    return (_gaussian(formula) or value) if wide else None


def _gaussian(formula: Formula) -> Gaussian | None:
    """A complex number written as p + q*I with fractions."""
    match formula:
        case Constant(name="I"):
            return Gaussian(Fraction(0), Fraction(1))
        case Neg(arg=arg):
            inner = _gaussian(arg)
            return None if inner is None else Gaussian(-inner.real, -inner.imag)
        case Mul(args=(factor, Constant(name="I"))) | Mul(args=(Constant(name="I"), factor)):
            size = rational_of(factor)
            return None if size is None else Gaussian(Fraction(0), size)
        case Div(numerator=over, denominator=under):
            top, bottom = _gaussian(over), rational_of(under)
            if top is None or not bottom:
                return None
            return Gaussian(top.real / bottom, top.imag / bottom)
        case Add(args=(one, other)):
            real, imaginary = rational_of(one), _gaussian(other)
            if real is not None and imaginary is not None:
                return Gaussian(real + imaginary.real, imaginary.imag)
    return None


def _fitted(value: Value, domain: object) -> Iterator[Value]:
    """The value, or the integers beside it where only those are allowed."""
    if not isinstance(domain, Integers):
        yield value
        return
    with ctx.workprec(256):
        ball = value.enclosed() if isinstance(value, Exact) else None
        floor = the_integer_in(ball.floor()) if isinstance(ball, arb) else None
    if floor is not None:
        yield from (floor, floor + 1)
    elif isinstance(value, int | Fraction):
        below = value.numerator // value.denominator
        above = -(-value.numerator // value.denominator)
        yield from dict.fromkeys((below, above, below + 1, below - 1))


# ----------------------------------------------------------------------- zeros not in closed form

# Functions that are continuous wherever their value is real and finite, on real numbers.
_CONTINUOUS: Final = frozenset(
    {
        "exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos",
        "atan", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "loggamma", "Abs", "Max",
        "Min", "besselj", "airyai", "airybi", "digamma", "cot", "sec", "csc", "coth", "sech",
        "csch", "cbrt", "sinc", "erfi", "Si", "Ei", "li", "LambertW", "besseli", "besselk",
        "bessely",
    }
)  # fmt: skip
_GRID: Final = tuple(
    sorted(
        {Fraction(k, 4) for k in range(-40, 41)}
        | {s * Fraction(2**k) for k in range(4, 10) for s in (1, -1)}
        | {s * Fraction(1, 2**k) for k in range(3, 12) for s in (1, -1)}
    )
)


def is_continuous(formula: Formula) -> bool:
    """Whether a formula of real numbers is continuous wherever it is real and finite."""
    if isinstance(formula, Symbol | Number | Constant):
        return True
    if isinstance(formula, Call):
        if isinstance(formula.head, Definition) or formula.head.name not in _CONTINUOUS:
            return False
    elif not isinstance(formula, Neg | Add | Mul | Div | Pow):
        return False
    return all(is_continuous(part) for part in formula.parts)


def _isolated(formula: Formula, variable: Symbol, solved: bool) -> Iterator[Value]:
    polynomial = polynomial_in(formula, variable)
    if polynomial is not None:
        for low, high in real_roots(polynomial):
            found = zero(formula, variable, low, high)
            if found is not None:
                yield found
        return
    if not solved and is_continuous(formula):
        yield from islice(_by_signs(formula, variable), 6)


def _by_signs(formula: Formula, variable: Symbol) -> Iterator[Value]:
    """Zeros between points of a grid where the signs are opposite and nothing jumps between."""
    run = Compiler().compile(formula)

    def sign_at(point: Fraction) -> int | None:
        try:
            with ctx.workprec(64):
                value = evaluated(
                    run, Frame(None, {variable: fmpq(point.numerator, point.denominator)})
                )
        except (Undefined, Indeterminate):
            return None
        return None if isinstance(value, Infinity) else sign_of(value)

    signs = [(point, sign_at(point)) for point in _GRID]
    for (low, left), (high, right) in pairwise(signs):
        if left and right and left == -right:
            narrow = _bisected(sign_at, low, high, right)
            if narrow is not None and _is_finite_on(run, variable, *narrow):
                found = zero(formula, variable, *narrow)
                if found is not None:
                    yield found


def _bisected(
    sign_at: object, low: Fraction, high: Fraction, rising: int
) -> tuple[Fraction, Fraction] | None:
    assert callable(sign_at)
    for _ in range(24):
        middle = (low + high) / 2
        side = sign_at(middle)
        if not side:
            return None
        low, high = (low, middle) if side == rising else (middle, high)
    return low, high


def _is_finite_on(run: object, variable: Symbol, low: Fraction, high: Fraction) -> bool:
    """Whether the formula is real and finite on the whole interval: then it has no pole there."""
    assert callable(run)
    with ctx.workprec(128):
        both = arb(fmpq(low.numerator, low.denominator)).union(
            arb(fmpq(high.numerator, high.denominator))
        )
        try:
            value = evaluated(run, Frame(None, {variable: both}))
        except (Undefined, Indeterminate):
            return False
    return isinstance(value, arb)
