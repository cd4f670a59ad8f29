"""Sums of products of powers, the exponents of 2 apart: nothing overflows on the way.

x**2/y**3 overflows, or is lost, long before its value is, in whatever order it is computed. With
x = m*2**i and y = n*2**j it is (m**2/n**3) * 2**(2*i - 3*j). The rest is computed in two doubles,
so that a value beside the largest double is rounded to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import sympy

from derivations.core.formula import Formula, FormulaError, Symbol, num
from derivations.core.from_sympy import from_sympy
from derivations.core.to_sympy import to_sympy
from numeric.accuracy.target import Target
from numeric.kernels.constants import MOST_POWER, NoProgramError, double
from numeric.kernels.extended import PAIRS, Line, defined
from numeric.kernels.stable import exponent_apart


@dataclass(frozen=True, slots=True)
class Monomial:
    """A constant times whole powers of variables."""

    constant: Formula
    powers: tuple[tuple[str, int], ...]


def with_exponents_apart(target: Target) -> Iterator[Formula]:
    """The result as a sum of such products, if it is one with more than one operation in some."""
    for formula in target.equals:
        with suppress(FormulaError, NoProgramError):
            terms = monomials_of(formula)
            if any(map(_may_end_early, terms)):
                yield exponent_apart(from_sympy(sympy.expand(to_sympy(formula))))


def monomials_of(formula: Formula) -> list[Monomial]:
    """The terms of a sum of products, multiplied out.

    >>> from derivations.core.formula import symbols
    >>> x, y = symbols("x y")
    >>> monomials_of(-(x**2) / (2 * y**3))
    [Monomial(constant=-1/2, powers=(('x', 2), ('y', -3)))]

    Errors: `NoProgramError` where a term is no such product.
    """
    terms = sympy.Add.make_args(sympy.expand(to_sympy(formula)))
    return sorted(map(_monomial, terms), key=str)


def source_with_exponents_apart(
    name: str, formula: Formula, variables: tuple[Symbol, ...], arguments: tuple[str, ...]
) -> str:
    """The source of a function `name` of arrays that gives the sum, without the functions of
    `pairs` that it calls.

    Errors: `NoProgramError` where it is none.
    """
    symbols = dict(zip((v.name for v in variables), variables, strict=True))
    called = dict(zip((v.name for v in variables), arguments, strict=True))
    line = Line(PAIRS, variables, arguments)
    terms = monomials_of(formula)
    parts = [line.value(_product(term, symbols)) for term in terms]
    powers = [
        " + ".join(f"{power} * {called[variable]}_" for variable, power in term.powers)
        for term in terms
    ]
    rows = [f"{argument}, {argument}_ = np.frexp({argument})" for argument in arguments]
    rows += line.lines
    for k, (part, power) in enumerate(zip(parts, powers, strict=True)):
        # The exponent of 0 is less than any.
        rows.append(f"m{k} = np.where({part}[0] == 0.0, -9999, {power.replace('+ -', '- ')})")
    rows.append("high = m0")
    rows += [f"high = np.maximum(high, m{k})" for k in range(1, len(terms))]
    scaled = [
        f"(np.ldexp({part}[0], m{k} - high), np.ldexp({part}[1], m{k} - high))"
        for k, part in enumerate(parts)
    ]
    rows.append(f"value = {scaled[0]}")
    rows += [f"value = add(value, {part})" for part in scaled[1:]]
    # Pairs of infinite numbers are none.
    plain = " + ".join(_plain(term, called) for term in terms)
    rows.append(f"value = np.where(np.isnan(value[0]), {plain}, value[0])")
    rows.append("return np.ldexp(value, high)")
    return defined(name, arguments, rows)


def _product(term: Monomial, symbols: dict[str, Symbol]) -> Formula:
    result = term.constant
    for variable, power in term.powers:
        if power > 0:
            result = result * symbols[variable] ** num(power)
    for variable, power in term.powers:
        if power < 0:
            result = result / symbols[variable] ** num(-power)
    return result


def _plain(term: Monomial, called: dict[str, str]) -> str:
    """The product in doubles, of what is left without the exponents."""
    over = [called[variable] for variable, power in term.powers for _ in range(power)]
    under = [called[variable] for variable, power in term.powers for _ in range(-power)]
    top = " * ".join([repr(double(term.constant)), *over])
    return f"{top} / ({' * '.join(under)})" if under else top


def _may_end_early(monomial: Monomial) -> bool:
    """Whether it is more than one multiplication or division of variables."""
    sizes = [abs(power) for _, power in monomial.powers]
    return sum(sizes) > 2 or max(sizes, default=0) > 1


def _monomial(term: sympy.Expr) -> Monomial:
    constant, rest = term.as_independent(*term.free_symbols, as_Add=False)
    powers: list[tuple[str, int]] = []
    for base, power in rest.as_powers_dict().items():
        if base.is_Symbol and power.is_Integer and 0 < abs(power) <= MOST_POWER:
            powers.append((base.name, int(power)))
        elif base != 1:
            raise NoProgramError(f"{term} is no product of whole powers")
    return Monomial(from_sympy(constant), tuple(sorted(powers)))
