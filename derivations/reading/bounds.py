"""Limits on what is read, held before anything big is built.

Text is bounded while it is scanned (`MAX_TEXT`, `MAX_DIGITS`, `MAX_BRACKETS`, `MAX_CHAIN`), the
tree when it stands (`require_bounded`): it is inert, so `9**9**9` costs nothing until somebody
computes with it, which is refused here.

>>> from derivations.core.formula import Q, num, symbol
>>> require_bounded(symbol("x") ** Q(1, 3))
>>> require_bounded(num(9) ** num(9) ** num(9))
Traceback (most recent call last):
derivations.reading.errors.ReadingError: the exponent 9**9 is too large: at most 1000000 in size
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final, TypeAlias

from derivations.core.calculus import Derivative
from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, Number, Pow, walk
from derivations.reading.errors import ReadingError

MAX_TEXT: Final = 20_000  # characters of one formula
MAX_LINE: Final = 1_000_000  # bytes of one line of a claims file
MAX_ID: Final = 200  # characters of an id
MAX_VARIABLES: Final = 50  # of one claim
MAX_DIGITS: Final = 1_000  # digits of one number
MAX_BRACKETS: Final = 100  # brackets inside brackets
MAX_CHAIN: Final = 1_000  # operators side by side at one level
MAX_SIGNS: Final = 20  # signs or `not` in a row
MAX_DEPTH: Final = 100  # levels of the tree
MAX_NAME: Final = 50  # characters of a name
MAX_EXPONENT: Final = 10**6  # size of an exponent without variables
MAX_VALUE_DIGITS: Final = 10**5  # digits of a number that the formula asks to compute exactly
MAX_ORDER: Final = 100  # of a derivative
MAX_WHOLE: Final = 20_000  # n of n!, of a Fibonacci number, of a polynomial of degree n ...

# Which arguments of a head make it long to write out exactly.
GROWING: Final[dict[str, tuple[int, ...]]] = {
    "factorial": (0,),
    "factorial2": (0,),
    "gamma": (0,),
    "fibonacci": (0,),
    "lucas": (0,),
    "bernoulli": (0,),
    "euler": (0,),
    "catalan": (0,),
    "harmonic": (0,),
    "RisingFactorial": (1,),
    "FallingFactorial": (1,),
    "polygamma": (0,),
    "beta": (0, 1),
    "legendre": (0,),
    "assoc_legendre": (0, 1),
    "chebyshevt": (0,),
    "chebyshevu": (0,),
    "hermite": (0,),
    "laguerre": (0,),
    "assoc_laguerre": (0,),
    "gegenbauer": (0,),
    "jacobi": (0,),
}
# Numbers up to this many digits are computed here, exactly; of longer ones only a bound is kept.
_EXACT_DIGITS: Final = 2_000

# The exact value of a sub-formula; or, where that is long, a bound on its digits; None where it
# has variables or is no rational number by its form.
_Size: TypeAlias = Fraction | float | None


def require_bounded(formula: Formula) -> None:
    """Refuse a formula that is too deep, or that asks for numbers too long to compute.

    Errors: `ReadingError`.
    """
    _bounded_size(formula)


def whole_value(formula: Formula) -> int | None:
    """The integer that a formula of numbers is, such as 10**30 - 1; None where it is none.

    Errors: `ReadingError` as for `require_bounded`.
    """
    value = _bounded_size(formula)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None


def _bounded_size(formula: Formula) -> _Size:
    _require_shallow(formula)
    sizes: dict[int, _Size] = {}
    # Parts come after their parents in a walk, so that the reverse computes them first.
    for node in reversed(list(walk(formula))):
        if id(node) not in sizes:
            sizes[id(node)] = _size(node, [sizes[id(part)] for part in node.parts])
    return sizes[id(formula)]


def _require_shallow(formula: Formula) -> None:
    level = [formula]
    for _ in range(MAX_DEPTH):
        level = [part for node in level for part in node.parts]
        if not level:
            return
    raise ReadingError(f"the formula is nested too deeply: at most {MAX_DEPTH} levels")


def _size(node: Formula, parts: list[_Size]) -> _Size:
    match node:
        case Number(value=value):
            return Fraction(value)
        case Derivative(order=order) if order > MAX_ORDER:
            raise ReadingError(f"a derivative of order {order} is too high: at most {MAX_ORDER}")
        case Pow(exponent=exponent):
            return _power(exponent, parts[0], parts[1])
        case Call():
            _require_small_arguments(node, parts)
            return _called(node.head.name, parts)
        case Neg() | Add() | Mul() | Div():
            return _arithmetic(node, parts)
    return None


def _arithmetic(node: Formula, parts: list[_Size]) -> _Size:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    digits = sum(map(_digits, known)) + len(known)
    if digits > _EXACT_DIGITS:
        return _long(digits)
    # Few digits in all, so that every part is exact.
    first, *rest = (part for part in known if isinstance(part, Fraction))
    if isinstance(node, Neg):
        return -first
    for value in rest:
        if isinstance(node, Add):
            first += value
        elif isinstance(node, Mul):
            first *= value
        elif value == 0:
            return None
        else:
            first /= value
    return first


def _power(shown: Formula, base: _Size, exponent: _Size) -> _Size:
    if exponent is None:
        return None
    if not isinstance(exponent, Fraction) or abs(exponent) > MAX_EXPONENT:
        raise ReadingError(
            f"the exponent {_short(shown)} is too large: at most {MAX_EXPONENT} in size"
        )
    if base is None or exponent.denominator != 1 or base in (0, 1, -1):
        return None if exponent.denominator != 1 or base in (None, 0) else base
    digits = _digits(base) * abs(int(exponent))
    if digits <= _EXACT_DIGITS and isinstance(base, Fraction):
        return base ** int(exponent)
    return _long(digits)


def _called(name: str, parts: list[_Size]) -> _Size:
    """n!, binomial coefficients and Fibonacci numbers, where they may be asked for in turn."""
    wholes = [int(p) for p in parts if isinstance(p, Fraction) and p.denominator == 1]
    if len(wholes) < len(parts) or min(wholes, default=-1) < 0:
        return None
    if name == "binomial":
        n, k = wholes[0], min(wholes[1], wholes[0] - wholes[1])
        if k < 0:
            return Fraction(0)
        digits = k * math.log10(n + 1)
        return _long(digits) if digits > _EXACT_DIGITS else Fraction(math.comb(n, k))
    if name in ("factorial", "gamma") and wholes[0] > (name == "gamma"):
        n = wholes[0] - (name == "gamma")
        digits = math.lgamma(n + 1) / math.log(10)
        return _long(digits) if digits > _EXACT_DIGITS else Fraction(math.factorial(n))
    if name in ("fibonacci", "lucas", "catalan", "factorial2"):
        # Small enough to have no say, or a bound: 2**n, 4**n, n**n.
        return None if wholes[0] <= 10 else _long(wholes[0] * math.log10(wholes[0]))
    return None


def _require_small_arguments(call: Call, parts: list[_Size]) -> None:
    name = call.head.name
    if name == "binomial":
        _require_small_binomial(parts[0], parts[1])
    for position in GROWING.get(name, ()):
        value = parts[position]
        if value is not None and (isinstance(value, float) or abs(value) > MAX_WHOLE):
            raise ReadingError(
                f"{name} at {_short(call.args[position])} is too large to compute exactly: "
                f"at most {MAX_WHOLE} in size"
            )


def _require_small_binomial(above: _Size, below: _Size) -> None:
    if below is None:
        return
    small = isinstance(below, Fraction) and abs(below) <= MAX_WHOLE
    if isinstance(above, Fraction) and isinstance(below, Fraction):
        small = small or abs(above - below) <= MAX_WHOLE
    if not small:
        raise ReadingError(
            f"a binomial coefficient is too large to compute exactly: its lower entry may be at "
            f"most {MAX_WHOLE} in size"
        )


def _digits(size: Fraction | float) -> float:
    """The decimal digits of numerator or denominator, or a bound on them."""
    if isinstance(size, float):
        return size
    return math.log10(max(abs(size.numerator), size.denominator))


def _long(digits: float) -> float:
    if digits > MAX_VALUE_DIGITS:
        raise ReadingError(
            f"the formula asks for a number of about {digits:.0f} digits: "
            f"at most {MAX_VALUE_DIGITS} are computed"
        )
    return float(digits)


def _short(formula: Formula) -> str:
    text = str(formula)
    return text if len(text) <= 40 else f"{text[:37]}..."
