"""Exponents c*x whose rounding is made good: what it loses would be multiplied by their size.

c*x is the sum of c*n, n a short double near x, and c*(x - n), which is small; s is that sum as it
is rounded, r what it has lost. Then exp(c*x) = exp(s)*(1 + r), and as good as that cosh(c*x) =
cosh(s)*(1 + r) for c*x > 0, as r matters only where s is large. As real numbers r is 0: each is an
identity, whatever n is; whether it keeps digits is measured.
"""

from __future__ import annotations

from typing import Any, Final

import sympy

from derivations.core.formula import Call, Div, Formula, Mul, Symbol, num, symbols
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import Abs, Definition, cosh, define, exp
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_symbols, replaced, rewrite
from derivations.core.to_sympy import to_sympy
from numeric.kernels.squares import first_bits

_floor = SPECIAL_FUNCTIONS["floor"]
# n is a multiple of a power of 2 with c*(x - n) < 2, so it has this many bits where exp is no
# infinity; then c has these in its first part.
_BITS: Final = 10
_FIRST_BITS: Final = 53 - _BITS

_A, _B = symbols("a b")
# What the rounding of a + b has lost, where |a| >= |b|: 0 as a real number.
lost: Final[Definition] = define("lost", (_A, _B), _A - (_A + _B) + _B)


def with_rests(formula: Formula, variable: Symbol) -> Formula:
    """exp(c*x), cosh(c*x) and a/cosh(c*x) by an exponent that is rounded once, and what that has
    lost; c is a constant that is no power of 2.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> print(with_rests(exp(3 * x), x).args[0])
    exp(3*(floor(2*x)/2) - 3*(floor(2*x)/2 - x))
    """
    turned: dict[Formula, Formula] = {}

    def rested(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=(exponent,)) if head in (exp, cosh):
                found = _in_two(exponent, variable, even=head == cosh)
                if found is None:
                    return None
                total, rest = found
                factor = num(1) + rest
                turned[factor] = num(1) - rest
                return head(total) * factor
            case Div(numerator=over, denominator=Mul(args=(wave, factor))) if factor in turned:
                less = turned[factor]
                return (less if over == num(1) else over * less) / wave
        return None

    return rewrite(formula, rested)


def _in_two(exponent: Formula, variable: Symbol, *, even: bool) -> tuple[Formula, Formula] | None:
    """The exponent as it is rounded, with a sign that does not matter where the function is even,
    and the rest."""
    distance = Abs(variable)
    for place in (distance, variable):
        moved = replaced(exponent, place, _A)
        if free_symbols(moved) == {_A}:
            factor = sympy.simplify(to_sympy(moved) / sympy.Symbol(_A.name))
            if not (factor.is_number and factor.is_real and factor.is_nonzero):
                return None
            if first_bits(factor, 1) == factor:
                return None
            return _sum(abs(factor), distance) if even else _sum(factor, place)
    return None


def _sum(factor: Any, place: Formula) -> tuple[Formula, Formula]:
    grain = sympy.Integer(2) ** (sympy.ceiling(sympy.log(abs(factor), 2)) - 1)
    near = _floor(place) if grain == 1 else _floor(from_sympy(grain) * place) / from_sympy(grain)
    first = first_bits(factor, _FIRST_BITS)
    high = from_sympy(first) * near
    low = from_sympy(-factor) * (near - place)
    if first != factor:
        low = low + from_sympy(factor - first) * near
    return high + low, lost(high, low)
