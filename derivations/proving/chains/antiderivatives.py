"""Antiderivatives that are guessed: by linearity, a table, inner functions and parts.

Nothing rests on a guess: who uses one proves that its derivative is the integrand.

>>> from derivations.core import exp, symbols
>>> a, t = symbols("a t")
>>> antiderivative(exp(-a * t), t)
exp(-a*t)/(-1*a)
>>> antiderivative(t * exp(-(t**2)), t)
exp(-t**2)*(-1/2)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derivations.core.calculus import Derivative
from derivations.core.formula import (
    ONE,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    as_formula,
    num,
    pi,
)
from derivations.core.functions import (
    Definition,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    erf,
    exp,
    log,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from derivations.core.rational import written_rational
from derivations.core.substitute import free_names
from derivations.proving.chains.laurent import laurent
from derivations.proving.derivatives import differentiated
from derivations.proving.field import Field, FieldError
from derivations.proving.rebuild import formula_of

_DEEPEST = 6
_MOST_NODES = 120
_HALF = Fraction(1, 2)

# A factor and its exponent, which may be a formula.
Factor = tuple[Formula, Formula]


def antiderivative(f: Formula, t: Symbol) -> Formula | None:
    """A formula whose derivative by t may be f; None where none is guessed."""
    try:
        return _guess(f, t, _DEEPEST)
    except (FormulaError, FieldError, RecursionError):
        return None


def _guess(f: Formula, t: Symbol, depth: int) -> Formula | None:
    if depth < 0:
        return None
    if t not in free_names(f):
        return f * t
    polynomial = laurent(f, t)
    if polynomial is not None:
        return _of_powers(polynomial, t)
    match f:
        case Neg(arg=arg):
            inner = _guess(arg, t, depth)
            return None if inner is None else -inner
        case Add(args=args):
            parts = [_guess(arg, t, depth) for arg in args]
            found = [part for part in parts if part is not None]
            return Add(tuple(found)) if len(found) == len(parts) else None
    coefficient, factors = factors_of(f, t)
    for rule in (_single, _inner, _waves, _parts):
        found_one = rule(factors, t, depth)
        if found_one is not None:
            return found_one if coefficient == ONE else coefficient * found_one
    return None


def _of_powers(coefficients: dict[int, Formula], t: Symbol) -> Formula:
    terms: list[Formula] = []
    for n, c in sorted(coefficients.items()):
        if n == -1:
            terms.append(c * log(t))
        else:
            terms.append(c * t ** num(n + 1) / num(n + 1))
    if not terms:
        return num(0)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def factors_of(f: Formula, t: Symbol) -> tuple[Formula, list[Factor]]:
    """The factor that rests, and those that move."""
    resting: list[Formula] = []
    moving: list[Factor] = []
    for base, exponent in _factors(f, ONE):
        if t in free_names(base) or t in free_names(exponent):
            moving.append((base, exponent))
        else:
            resting.append(base if exponent == ONE else base**exponent)
    merged: dict[Formula, Formula] = {}
    for base, exponent in moving:
        merged[base] = _plus(merged[base], exponent) if base in merged else exponent
    rest = resting[0] if len(resting) == 1 else Mul(tuple(resting)) if resting else ONE
    return rest, list(merged.items())


def sum_of_exponents(exponents: list[Formula]) -> Formula:
    """Their sum, the numbers in it as one: `a - 1 + 1` is a."""
    total = Fraction(0)
    rest: list[Formula] = []
    waiting = list(exponents)
    while waiting:
        term = waiting.pop(0)
        value = written_rational(term)
        if value is not None:
            total += value
        elif isinstance(term, Add):
            waiting[:0] = term.args
        else:
            rest.append(term)
    if total or not rest:
        rest.append(as_formula(total))
    return rest[0] if len(rest) == 1 else Add(tuple(rest))


def _plus(a: Formula, b: Formula) -> Formula:
    one, two = written_rational(a), written_rational(b)
    return a + b if one is None or two is None else as_formula(one + two)


def _factors(f: Formula, power: Formula) -> Iterator[Factor]:
    match f:
        case Neg(arg=arg):
            yield num(-1), power
            yield from _factors(arg, power)
        case Mul(args=args):
            for arg in args:
                yield from _factors(arg, power)
        case Div(numerator=over, denominator=under):
            yield from _factors(over, power)
            below = written_rational(power)
            yield from _factors(under, -power if below is None else as_formula(-below))
        case Pow(base=base, exponent=exponent) if written_rational(power) is not None:
            one, two = written_rational(power), written_rational(exponent)
            if one is not None and two is not None:
                # (u**2)**(1/2) is not u: only whole powers are multiplied.
                if one.denominator == 1 and two.denominator == 1:
                    yield from _factors(base, as_formula(one * two))
                    return
                if one == 1 or two.denominator != 1:
                    yield base, as_formula(one * two)
                    return
            elif one == 1:
                yield base, exponent
                return
            elif one == -1:
                yield base, -exponent
                return
            yield f, power
        case Call(head=head, args=(u,)) if head == sqrt and written_rational(power) is not None:
            yield u, as_formula((written_rational(power) or Fraction(0)) * _HALF)
        case _:
            yield f, power


def _linear(u: Formula, t: Symbol) -> Formula | None:
    """The slope of a linear function."""
    found = laurent(u, t)
    if found is None or not set(found) <= {0, 1} or 1 not in found:
        return None
    return found[1]


def _single(factors: list[Factor], t: Symbol, depth: int) -> Formula | None:
    if len(factors) != 1:
        return None
    ((base, exponent),) = factors
    n = written_rational(exponent)
    if t in free_names(exponent):
        slope = _linear(exponent, t)
        if slope is None or t in free_names(base):
            return None
        return base**exponent / (slope * log(base))
    slope = _linear(base, t)
    if slope is not None:
        return _scaled(
            log(base) if n == -1 else base ** _plus(exponent, ONE) / _plus(exponent, ONE), slope
        )
    quadratic = laurent(base, t)
    if quadratic is not None and set(quadratic) <= {0, 1, 2} and 2 in quadratic:
        return _of_quadratic(base, quadratic, n, t)
    if isinstance(base, Call) and not isinstance(base.head, Definition) and len(base.args) == 1:
        u = base.args[0]
        slope = _linear(u, t)
        if slope is None or n is None:
            return None
        found = _of_head(base.head.name, u, n)
        return None if found is None else _scaled(found, slope)
    return None


def _scaled(F: Formula, slope: Formula) -> Formula:
    return F if slope == ONE else F / slope


def _of_quadratic(
    q: Formula, coefficients: dict[int, Formula], n: Fraction | None, t: Symbol
) -> Formula | None:
    a, b, c = (coefficients.get(k, num(0)) for k in (2, 1, 0))
    root = sqrt(4 * a * c - b**2) if b != num(0) else 2 * sqrt(a * c)
    slope = 2 * a * t + b if b != num(0) else 2 * a * t
    if n == -1:
        if b == num(0):
            return atan(t * sqrt(a / c)) / sqrt(a * c)
        return 2 / root * atan(slope / root)
    if n == -3 * _HALF:
        return (slope * 2 if b != num(0) else 4 * a * t) / ((4 * a * c - b**2) * sqrt(q))
    if n == -_HALF and b != num(0) and _is_negative(a):
        return -(asin(slope / sqrt(b**2 - 4 * a * c)) / _root(-a))
    if b != num(0) or n not in (_HALF, -_HALF):
        return None
    function, size = (asin, -a) if _is_negative(a) else (asinh, a)
    arc = function(t * _root(size) / _root(c)) / _root(size)
    return arc if n == -_HALF else (t * sqrt(q) + c * arc) / 2


def _root(f: Formula) -> Formula:
    """A square root, of a square what may be one."""
    match f:
        case Neg(arg=Neg(arg=arg)):
            return _root(arg)
        case Pow(base=base, exponent=Number(value=2)):
            return base
    return ONE if written_rational(f) == 1 else sqrt(f)


def _is_negative(a: Formula) -> bool:
    value = written_rational(a)
    return isinstance(a, Neg) if value is None else value < 0


def _of_head(name: str, u: Formula, n: Fraction) -> Formula | None:
    """The integral of head(u)**n by u."""
    match name, n:
        case "exp", _:
            return Call(exp, (u,)) ** as_formula(n) / as_formula(n) if n != 1 else exp(u)
        case "sin", 1:
            return -cos(u)
        case "cos", 1:
            return sin(u)
        case "sin", 2:
            return u / 2 - sin(2 * u) / 4
        case "cos", 2:
            return u / 2 + sin(2 * u) / 4
        case "cos", -2:
            return tan(u)
        case "sin", -2:
            return -(cos(u) / sin(u))
        case "sec", 2:
            return tan(u)
        case "csc", 2:
            return -(cos(u) / sin(u))
        case "tan", 1:
            return -log(cos(u))
        case "tan", 2:
            return tan(u) - u
        case "cot", 1:
            return log(sin(u))
        case "sech", 2:
            return tanh(u)
        case "sinh", 1:
            return cosh(u)
        case "cosh", 1:
            return sinh(u)
        case "cosh", -2:
            return tanh(u)
        case "tanh", 1:
            return log(cosh(u))
        case "tanh", 2:
            return u - tanh(u)
        case "log", 1:
            return u * log(u) - u
        case "log", 2:
            return u * log(u) ** 2 - 2 * u * log(u) + 2 * u
        case "atan", 1:
            return u * atan(u) - log(1 + u**2) / 2
        case "asin", 1:
            return u * asin(u) + sqrt(1 - u**2)
        case "asinh", 1:
            return u * asinh(u) - sqrt(1 + u**2)
        case "erf", 1:
            return u * erf(u) + exp(-(u**2)) / sqrt(pi)
    return None


def _inner(factors: list[Factor], t: Symbol, depth: int) -> Formula | None:
    """c*g(u)*u' by an inner function u."""
    for k, (base, exponent) in enumerate(factors):
        if t in free_names(exponent):
            continue
        rest = [factor for j, factor in enumerate(factors) if j != k]
        n = written_rational(exponent)
        inner: list[tuple[Formula, Formula | None]] = []
        power = log(base) if n == -1 else base ** _plus(exponent, ONE) / _plus(exponent, ONE)
        inner.append((base, power))
        if isinstance(base, Call) and not isinstance(base.head, Definition) and len(base.args) == 1:
            u = base.args[0]
            inner.append((u, None if n is None else _of_head(base.head.name, u, n)))
        for u, found in inner:
            if found is None:
                continue
            ratio = _free_ratio(_joined(rest), u, t)
            if ratio is not None:
                return found if ratio == ONE else found * ratio
    return None


def _free_ratio(f: Formula, u: Formula, t: Symbol) -> Formula | None:
    """f/u' where that does not move."""
    slope = differentiated(Derivative(u, t))
    if slope == num(0) or t not in free_names(u):
        return None
    ratio = formula_of(Field().fractional(f / slope)[0])
    return None if t in free_names(ratio) else ratio


def _joined(factors: list[Factor]) -> Formula:
    parts: list[Formula] = []
    for base, exponent in factors:
        n = written_rational(exponent)
        if n is not None and n < 0:
            below = base if n == -1 else base ** as_formula(-n)
            parts.append(1 / below)
        else:
            parts.append(base if exponent == ONE else base**exponent)
    return parts[0] if len(parts) == 1 else Mul(tuple(parts)) if parts else ONE


def _heads(factors: list[Factor], names: frozenset[str]) -> list[Call] | None:
    """The factors as calls to the first power of functions of these names."""
    found: list[Call] = []
    for base, exponent in factors:
        if not isinstance(base, Call) or exponent != ONE or isinstance(base.head, Definition):
            return None
        if base.head.name not in names:
            return None
        found.append(base)
    return found


def _waves(factors: list[Factor], t: Symbol, depth: int) -> Formula | None:
    """Products of two waves, and of an exponential with one."""
    if len(factors) != 2:
        return None
    calls = _heads(factors, frozenset({"exp", "sin", "cos"}))
    if calls is None:
        return None
    one, two = calls
    u, v = one.args[0], two.args[0]
    a, b = _linear(u, t), _linear(v, t)
    if a is None or b is None:
        return None
    if exp in (one.head, two.head):
        if one.head != exp:
            one, two, u, v, a, b = two, one, v, u, b, a
        if two.head == exp:
            return None
        scale = one / (a**2 + b**2)
        if two.head == sin:
            return scale * (a * sin(v) - b * cos(v))
        return scale * (a * cos(v) + b * sin(v))
    plus, minus = sin(u + v) / (2 * (a + b)), sin(u - v) / (2 * (a - b))
    if one.head == two.head:
        return minus + plus if one.head == cos else minus - plus
    if one.head == cos:
        u, v, a, b = v, u, b, a
    return -(cos(u + v) / (2 * (a + b))) - cos(u - v) / (2 * (a - b))


def _parts(factors: list[Factor], t: Symbol, depth: int) -> Formula | None:
    """By parts: a power of t times a logarithm, or a polynomial times a wave or an exponential."""
    if len(factors) == 2 and {base for base, _ in factors} == {t, log(t)}:
        exponents = dict(factors)
        if exponents[log(t)] == ONE and t not in free_names(exponents[t]):
            above = _plus(exponents[t], ONE)
            return t**above / above * log(t) - t**above / above**2
    for k, (base, exponent) in enumerate(factors):
        if not isinstance(base, Call) or exponent != ONE or isinstance(base.head, Definition):
            continue
        rest = _joined([factor for j, factor in enumerate(factors) if j != k])
        slope = _linear(base.args[0], t)
        if slope is None:
            continue
        if base.head.name in {"log", "atan"}:
            whole = _guess(rest, t, depth - 1)
            if whole is None:
                return None
            left = whole * differentiated(Derivative(base, t))
            below = _guess(_normal(left), t, depth - 1)
            return None if below is None else whole * base - below
        if base.head.name in {"exp", "sin", "cos", "sinh", "cosh"}:
            polynomial = laurent(rest, t)
            if polynomial is None or min(polynomial) < 0 or max(polynomial) == 0:
                continue
            whole = _guess(base, t, depth - 1)
            if whole is None:
                return None
            step = _normal(differentiated(Derivative(rest, t)))
            below = _guess(step * whole, t, depth - 1)
            return None if below is None else rest * whole - below
    return None


def _normal(f: Formula) -> Formula:
    return formula_of(Field().fractional(f)[0])
