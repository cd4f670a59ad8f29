"""Powers with fewer roundings in what they are of: an error is multiplied by the exponent.

(c*x)**2 as c**2*x**2, where the rounding of c*x is not doubled; u**(-3/2) as sqrt(1/u)/u, whose
root halves the errors before it, and which overflows nowhere.
"""

from __future__ import annotations

from derivations.core.formula import Div, Formula, Mul, Neg, Number, Pow, num
from derivations.core.functions import sqrt
from derivations.core.substitute import free_symbols, rewrite


def constants_out_of_powers(formula: Formula) -> Formula:
    """(c*x)**n as c**n*x**n and (x/c)**n as x**n/c**n, n a natural number.

    >>> from derivations.core.formula import pi, symbol
    >>> x = symbol("x")
    >>> print(constants_out_of_powers(1 + (pi * x / 2) ** 2))
    1 + pi**2/2**2*x**2
    """

    def outside(node: Formula) -> Formula | None:
        match node:
            case Pow(base=base, exponent=Number(value=n)) if n > 1:
                constant, moving = _split(base)
                if constant != num(1) and free_symbols(moving):
                    return _power(constant, node.exponent) * moving**node.exponent
        return None

    return rewrite(formula, outside)


def roots_first(formula: Formula) -> Formula:
    """u**(-n/2) as sqrt(1/u)/u**((n - 1)/2), n > 1.

    >>> from derivations.core.formula import Q, symbol
    >>> x = symbol("x")
    >>> print(roots_first((1 + x**2) ** (-Q(3, 2))))
    sqrt(1/(1 + x**2))/(1 + x**2)
    """

    def rooted(node: Formula) -> Formula | None:
        match node:
            case Pow(base=u, exponent=Neg(arg=Div(numerator=Number(value=n), denominator=two))):
                if two == num(2) and n > 2:
                    return sqrt(1 / u) / (u if n == 3 else u ** num(n // 2))
        return None

    return rewrite(formula, rooted)


def _split(formula: Formula) -> tuple[Formula, Formula]:
    """A product as its constant and the rest."""
    match formula:
        case Neg(arg=arg):
            constant, moving = _split(arg)
            return -constant, moving
        case Mul(args=(constant, moving)) if not free_symbols(constant):
            inner, rest = _split(moving)
            return (constant if inner == num(1) else constant * inner), rest
        case Div(numerator=over, denominator=under) if not free_symbols(under):
            constant, moving = _split(over)
            return constant / under, moving
    return num(1), formula


def _power(constant: Formula, exponent: Formula) -> Formula:
    match constant:
        case Neg(arg=arg):
            power = _power(arg, exponent)
            return power if isinstance(exponent, Number) and exponent.value % 2 == 0 else -power
        case Div(numerator=over, denominator=under):
            return _power(over, exponent) / _power(under, exponent)
    return constant if constant == num(1) else constant**exponent
