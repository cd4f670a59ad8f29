"""Squares in exponents, whose rounding would be multiplied by their size.

exp(c*x**2) is exp(c*h**2)*exp(c*(x - h)*(x + h)), h a short double near |x|: the square of h is
exact, and so is its product with the first digits of c; what these leave of c goes into the second
exponent, which is small. h ends where the first exponential would be subnormal, which takes ten
times as long; from there on the second has the rest.

Each is an identity on the whole domain, whatever h is; whether it keeps digits is measured.
"""

from __future__ import annotations

from typing import Any, Final

import sympy

from derivations.core.formula import Call, Formula, Symbol, num
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import Abs, Min, exp
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_symbols, rewrite
from derivations.core.to_sympy import to_sympy

_floor = SPECIAL_FUNCTIONS["floor"]
# h is a multiple of a power of 2, and has this many bits; then c has these in its first part.
_BITS: Final = 16
_FIRST_BITS: Final = 53 - 2 * _BITS
# Where h ends: exp is slow for what is below -707.7, and subnormal below -708.4.
_LARGEST: Final = 707


def split_squares(formula: Formula, variable: Symbol) -> Formula:
    """exp(c*x**2), c a constant, in two factors whose exponents are not rounded much.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> print(split_squares(exp(-(x**2)), x).args[0])
    exp(-(floor(Min(2048*Abs(x), 54455))/2048)**2)
    """

    def split(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != exp:
            return None
        factor = square_factor(node.args[0], variable)
        return None if factor is None else _in_two(factor, variable)

    return rewrite(formula, split)


def square_factor(exponent: Formula, variable: Symbol) -> Any:
    """c, a SymPy number, where the exponent is c*x**2."""
    if free_symbols(exponent) != {variable}:
        return None
    ratio = sympy.cancel(to_sympy(exponent) / sympy.Symbol(variable.name) ** 2)
    return ratio if ratio.is_number and ratio.is_real and ratio.is_nonzero else None


def first_bits(constant: Any, bits: int) -> Any:
    """A real number but zero, cut off after that many bits.

    >>> first_bits(-sympy.pi, 4)
    -3
    """
    size = abs(constant)
    scale = sympy.Integer(2) ** (bits - 1 - sympy.floor(sympy.log(size, 2)))
    return sympy.sign(constant) * sympy.floor(size * scale) / scale


def _in_two(factor: Any, variable: Symbol) -> Formula:
    distance = Abs(variable)
    end = sympy.sqrt(_LARGEST / abs(factor))
    grain = sympy.Integer(2) ** (_BITS - 1 - sympy.floor(sympy.log(end, 2)))
    last = num(int(sympy.floor(end * grain)))
    # h must not be infinite.
    near = _floor(Min(_times(grain, distance), last)) / from_sympy(grain)
    first = first_bits(factor, _FIRST_BITS)
    apart = near - distance if factor < 0 else distance - near
    rest = _times(abs(factor), apart * (distance + near))
    if first != factor:
        rest = rest + _times(factor - first, near**2)
    return exp(_times(first, near**2)) * exp(rest)


def _times(factor: Any, value: Formula) -> Formula:
    if factor == 1:
        return value
    return -value if factor == -1 else from_sympy(factor) * value
