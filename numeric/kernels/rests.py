"""Exponents c*x whose rounding is made good: what it loses would be multiplied by their size.

c*x is the sum of c*n, n a short double near x, and c*(x - n), which is small; s is that sum as it
is rounded, r what it has lost. Then exp(c*x) = exp(s)*(1 + r), and as good as that cosh(c*x) =
cosh(s)*(1 + r) for c*x > 0, as r matters only where s is large. As real numbers r is 0: each is an
identity, whatever n is; whether it keeps digits is measured.
"""

from __future__ import annotations

from typing import Any, Final

import sympy

from derivations.core.conditions import cases
from derivations.core.formula import Call, Div, Formula, Mul, Relation, Symbol, num, symbols, walk
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import Abs, Definition, Max, Min, cosh, define, exp
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_symbols, replaced, rewrite
from derivations.core.to_sympy import to_sympy
from numeric.kernels.squares import first_bits

_floor = SPECIAL_FUNCTIONS["floor"]
# n is a multiple of a power of 2 with c*(x - n) < 2, so it has this many bits where exp is no
# infinity; then c has these in its first part.
_BITS: Final = 10
_FIRST_BITS: Final = 53 - _BITS
# Where |c*x| is that large, exp(c*x) is 0 or infinite.
_END: Final = sympy.Integer(2) ** _BITS
_POWERS: Final = (2, 3, 4)

_A, _B = symbols("a b")
# What the rounding of a + b has lost, where |a| >= |b|: 0 as a real number.
lost: Final[Definition] = define("lost", (_A, _B), _A - (_A + _B) + _B)


def with_rests(formula: Formula, variable: Symbol, *, far: bool = False) -> Formula:
    """exp(c*x), cosh(c*x) and a/cosh(c*x) by an exponent that is rounded once, and what that has
    lost; c is a constant that is no power of 2. `far` keeps it from losing infinity.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> print(with_rests(exp(3 * x), x).args[0])
    exp(3*(floor(2*x)/2) - 3*(floor(2*x)/2 - x))
    """
    turned: dict[Formula, Formula] = {}

    def rested(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=(exponent,)) if head in (exp, cosh):
                found = _in_two(exponent, variable, even=head == cosh, far=far)
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


def powers_of_one(formula: Formula) -> Formula:
    """exp(n*u) as exp(u)**n where exp(u) is there too.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> print(powers_of_one(exp(-x) / (1 + exp(-(2 * x)))))
    exp(-x)/(1 + exp(-x)**2)
    """
    calls = {node for node in walk(formula) if isinstance(node, Call) and node.head == exp}
    exponents = {call: to_sympy(call.args[0]) for call in sorted(calls, key=str)}

    def shared(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node not in exponents:
            return None
        for base, exponent in exponents.items():
            ratio = sympy.cancel(exponents[node] / exponent)
            if ratio in _POWERS:
                return base ** int(ratio)
        return None

    return rewrite(formula, shared)


def _in_two(
    exponent: Formula, variable: Symbol, *, even: bool, far: bool
) -> tuple[Formula, Formula] | None:
    """The exponent as it is rounded, with a sign that does not matter where the function is even,
    and the rest."""
    distance = Abs(variable)
    for place in (distance, variable):
        moved = replaced(exponent, place, _A)
        if free_symbols(moved) == {_A}:
            factor = sympy.cancel(to_sympy(moved) / sympy.Symbol(_A.name))
            if not (factor.is_number and factor.is_real and factor.is_nonzero):
                return None
            if first_bits(factor, 1) == factor:
                return None
            return _sum(abs(factor), distance, far) if even else _sum(factor, place, far)
    return None


def _sum(factor: Any, place: Formula, far: bool) -> tuple[Formula, Formula]:
    grain = sympy.Integer(2) ** (sympy.ceiling(sympy.log(abs(factor), 2)) - 1)
    scaled = place if grain == 1 else from_sympy(grain) * place
    if far:
        last = from_sympy(_END)
        scaled = Max(Min(scaled, last), -last) if isinstance(place, Symbol) else Min(scaled, last)
    near = _floor(scaled) if grain == 1 else _floor(scaled) / from_sympy(grain)
    first = first_bits(factor, _FIRST_BITS)
    high = from_sympy(first) * near
    low = from_sympy(-factor) * (near - place)
    if first != factor:
        low = low + from_sympy(factor - first) * near
    rest = lost(high, low)
    if far:
        size = Abs(place) if isinstance(place, Symbol) else place
        rest = cases((num(0), Relation(size, ">", from_sympy(_END / grain))), (rest, None))
    return high + low, rest
