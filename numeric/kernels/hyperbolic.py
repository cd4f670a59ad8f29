"""A product of powers of exponentials and of 1 + exp, exp - 1 in hyperbolic functions.

exp(x) + 1 is 2*exp(x/2)*cosh(x/2), exp(x) - 1 is 2*exp(x/2)*sinh(x/2). Where the powers of exp(x/2)
cancel, what is left is a product of powers of tanh(x/2) and 1/cosh(x/2), which has no branches: 1
- tanh(x)**2 is (1/cosh(x))**2, the slope of the sigmoid (1/(2*cosh(x/2)))**2. SymPy does the
algebra; what comes out is a candidate, and is checked as a claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, lcm
from typing import Any, Final

import sympy

from derivations.core.formula import Formula, FormulaError, Symbol, num
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import cosh, tanh
from derivations.core.meaning import unfolded
from derivations.core.to_sympy import to_sympy

_T: Final = sympy.Symbol("t", positive=True)


def in_hyperbolic_functions(formula: Formula, variable: Symbol) -> Iterator[Formula]:
    """The product, if it is one: its constant before it, and in the power.

    >>> from derivations.core import exp, symbol
    >>> x = symbol("x")
    >>> for found in in_hyperbolic_functions(exp(x) / (1 + exp(x)) ** 2, x):
    ...     print(found)
    (1/2/cosh(1/2*x))**2
    1/4*(1/cosh(1/2*x))**2
    """
    found = _powers(formula, variable)
    if found is None:
        return
    constant, argument, of_cosh, of_sinh = found
    size, turned = abs(constant), constant.is_negative
    if of_sinh < 0 or of_cosh + of_sinh >= 0:
        return
    power = -(of_cosh + of_sinh)
    waves = tanh(argument) ** of_sinh if of_sinh > 1 else tanh(argument)

    def whole(*factors: Formula) -> Formula:
        first, *rest = factors
        for factor in rest:
            first = first * factor
        if of_sinh:
            first = first * waves
        return -first if turned else first

    root = sympy.root(size, power)
    if root.is_Rational and size != 1:
        yield whole(_raised(from_sympy(root) / cosh(argument), power))
    plain = _raised(num(1) / cosh(argument), power)
    yield whole(plain) if size == 1 else whole(from_sympy(size), plain)


def _raised(base: Formula, power: int) -> Formula:
    return base if power == 1 else base**power


def _powers(formula: Formula, variable: Symbol) -> tuple[Any, Formula, int, int] | None:
    """The constant, the argument, and the powers of cosh and sinh of it."""
    try:
        given = to_sympy(unfolded(formula))
    except FormulaError:
        return None
    x = sympy.Symbol(variable.name)
    if given.free_symbols != {x}:
        return None
    real = sympy.Symbol("x", real=True)
    plain = sympy.expand_power_exp(given.subs(x, real).rewrite(sympy.exp).doit())
    steps = {atom: sympy.simplify(atom.args[0] / real) for atom in plain.atoms(sympy.exp)}
    if not steps or not all(step.is_Rational for step in steps.values()):
        return None
    unit = sympy.Rational(gcd(*(s.p for s in steps.values())), lcm(*(s.q for s in steps.values())))
    in_t = plain.xreplace({atom: _T ** (step / unit) for atom, step in steps.items()})
    if in_t.free_symbols != {_T} or not in_t.is_rational_function(_T):
        return None
    return _of_factors(sympy.cancel(sympy.together(in_t)), unit, variable)


def _of_factors(expr: Any, unit: Any, variable: Symbol) -> tuple[Any, Formula, int, int] | None:
    above, below = sympy.fraction(expr)
    constant = sympy.Integer(1)
    powers: dict[Any, int] = {}
    for side, part in ((1, above), (-1, below)):
        factor, found = sympy.factor_list(part)
        constant *= factor**side
        for base, n in found:
            powers[base] = powers.get(base, 0) + side * n
    exponential = 2 * powers.pop(_T, 0)
    degrees = {sympy.degree(base, _T) for base in powers}
    if len(degrees) != 1 or not constant.is_Rational:
        return None
    (degree,) = degrees
    of_cosh, of_sinh = powers.pop(_T**degree + 1, 0), powers.pop(_T**degree - 1, 0)
    if powers or exponential + degree * (of_cosh + of_sinh) != 0:
        return None
    constant *= sympy.Integer(2) ** (of_cosh + of_sinh)
    slope = unit * degree / 2
    argument = variable if slope == 1 else from_sympy(slope * sympy.Symbol(variable.name))
    return constant, argument, int(of_cosh), int(of_sinh)
