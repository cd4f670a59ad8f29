"""Sums of two terms that cancel as a quotient: a - b is (a**2 - b**2)/(a + b).

Where squares do away with roots nothing cancels on the right: 1 - 1/sqrt(1 + u**2) is
u**2/(1 + u**2) over 1 + 1/sqrt(1 + u**2). Where terms cancel on one side of 0 only, as in
1 + x/sqrt(1 + x**2), each side has its form.
"""

from __future__ import annotations

import sympy

from derivations.core.formula import Add, Formula, Neg, Symbol
from derivations.core.from_sympy import from_sympy
from derivations.core.substitute import free_symbols, rewrite
from derivations.core.to_sympy import to_sympy
from numeric.kernels.branches import two_sided


def conjugated(formula: Formula) -> Formula:
    """The formula with differences of two terms, of which the squares have no root, as quotients.

    >>> from derivations.core.formula import symbol
    >>> from derivations.core.functions import sqrt
    >>> u = symbol("u")
    >>> conjugated(1 - 1 / sqrt(1 + u**2))
    u**2/(1 + u**2)/(1 + 1/sqrt(1 + u**2))
    """

    def quotient(node: Formula) -> Formula | None:
        match node:
            case Add(args=(first, Neg(arg=second))) if free_symbols(node):
                return _quotient(first, second)
            case Add(args=(Neg(arg=second), first)) if free_symbols(node):
                return _quotient(first, second)
        return None

    return rewrite(formula, quotient)


def conjugated_on_each_side(formula: Formula, variable: Symbol) -> Formula | None:
    """The formula in |x| on both sides of 0, a difference there as a quotient; None where there is
    no such difference.

    >>> from derivations.core.formula import symbol
    >>> from derivations.core.functions import sqrt
    >>> x = symbol("x")
    >>> print(conjugated_on_each_side(1 + x / sqrt(1 + x**2), x).values[0])
    1/(1 + Abs(x)**2)/(1 + Abs(x)/sqrt(1 + Abs(x)**2))
    >>> conjugated_on_each_side(x / sqrt(1 + x**2), x)

    Errors: `FormulaError` where SymPy does not write it.
    """
    given = to_sympy(formula)
    if not _has_root(given):
        return None
    size = sympy.Symbol("u", positive=True)
    right, left = (
        from_sympy(
            sympy.simplify(given.subs({sympy.Symbol(variable.name): side * size}).doit()).xreplace(
                {size: sympy.Symbol("u")}
            )
        )
        for side in (1, -1)
    )
    quotients = conjugated(right), conjugated(left)
    if quotients == (right, left):
        return None
    return two_sided(*quotients, variable, Symbol("u"))


def _quotient(first: Formula, second: Formula) -> Formula | None:
    terms = to_sympy(first), to_sympy(second)
    if not any(_has_root(term) for term in terms):
        return None
    one, other = terms
    product = sympy.factor(sympy.together(one**2 - other**2))
    if _has_root(product) or product == 0:
        return None
    return from_sympy(product) / (first + second)


def _has_root(term: sympy.Expr) -> bool:
    """Whether a variable stands under a root."""
    return any(
        power.base.free_symbols and not power.exp.is_Integer for power in term.atoms(sympy.Pow)
    )
