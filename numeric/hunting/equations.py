"""Equations of whole numbers that a claim is special at, as polynomials with integer coefficients.

Square roots are variables of their own, `s` with `s**2 = p`, and are eliminated by resultants:
`sqrt(61*n**2 + 1) = m` becomes `61*n**2 + 1 - m**2 = 0`. What is found of such an equation is a
place to look at, nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final, TypeAlias

from flint import fmpq_mpoly, fmpq_mpoly_ctx, fmpz_mpoly, fmpz_mpoly_ctx

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import integers
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    as_formula,
    walk,
)
from derivations.core.substitute import free_names
from derivations.proving.casework import plain
from numeric.exact.rational import rational_of
from numeric.points.critical import fractions_of

# A polynomial over its variables, which the ring's generators stand for in this order.
Equation: TypeAlias = tuple[fmpz_mpoly, tuple[Symbol, ...]]

_LARGEST_DEGREE: Final = 24
_MOST_TERMS: Final = 400
_MOST_BITS: Final = 20_000  # of a number
_MOST_ROOTS: Final = 2
_MOST_EQUATIONS: Final = 12
_MOST_REMAINDERS: Final = 5
# Whole numbers that an equation has besides the variables of its claim: the root of what is to be
# a square, and the quotient of what is to be divisible.
_ROOT: Final = Symbol("the root")
_QUOTIENT: Final = Symbol("the quotient")
HELPERS: Final = {_ROOT: integers(0), _QUOTIENT: integers()}


def equations_of(claim: Claim, unknowns: Sequence[Symbol]) -> Iterator[Equation]:
    """Equations in some of the unknowns at whose solutions something may happen to the claim.

    >>> from derivations.core import integers, symbols
    >>> n, m = symbols("n m")
    >>> pell = Claim("pell", n**2 - 61 * m**2, "!=", 1, on={n: integers(), m: integers()})
    >>> [str(equation) for equation, _ in equations_of(pell, (n, m))]
    ['n^2 - 61*m^2 - 1']
    """
    done: set[str] = set()
    for formula in _quantities(claim):
        found = _equation(formula, (*unknowns, *HELPERS))
        if found is None or str(found[0]) in done:
            continue
        done.add(str(found[0]))
        yield found
        if len(done) == _MOST_EQUATIONS:
            return


def _quantities(claim: Claim) -> Iterator[Formula]:
    """What may be 0 at whole numbers, with a helper or without one."""
    try:
        sides = [plain(claim.lhs), plain(claim.rhs)]
        where = [] if claim.where is None else [plain(claim.where)]
    except (FormulaError, RecursionError):
        return
    if claim.rel != "=":
        yield sides[0] - sides[1]
    remainders = [q for q in fractions_of(claim) if q.denominator == 1 and q > 0]
    for formula in (*where, *sides):
        for node in _outside_of_binders(formula):
            match node:
                case Relation(lhs=lhs, rhs=rhs):
                    yield lhs - rhs
                case Div(denominator=under):
                    yield under
                case Call(head=head, args=(arg,)) if head.name == "sqrt":
                    yield arg - _ROOT**2
                case Call(head=head, args=(arg,)) if head.name in {"Abs", "sign"}:
                    yield arg
                case Call(head=head, args=(arg,)) if head.name in {"floor", "ceiling", "frac"}:
                    yield arg - _QUOTIENT
                case Call(head=head, args=(arg, by)) if head.name == "Mod":
                    for remainder in (Fraction(0), Fraction(-1), *remainders[:_MOST_REMAINDERS]):
                        yield arg - as_formula(remainder) - _QUOTIENT * by


def _outside_of_binders(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, (*BINDERS, Derivative, Prime)):
        return
    yield formula
    for part in formula.parts:
        yield from _outside_of_binders(part)


def _equation(formula: Formula, unknowns: tuple[Symbol, ...]) -> Equation | None:
    names = tuple(v for v in unknowns if v in free_names(formula))
    if not names or all(name in HELPERS for name in names):
        return None
    roots = _roots_in(formula)
    if len(roots) > _MOST_ROOTS:
        return None
    reader = _Reader(names, roots)
    found = reader.read(formula)
    if found is None:
        return None
    over: Any = found[0]
    for root in roots:
        inside = reader.read(root.parts[0])
        if inside is None:
            return None
        over = over.resultant(reader.of(root) ** 2 * inside[1] - inside[0], reader.name(root))
    return _whole(over, names)


def _roots_in(formula: Formula) -> tuple[Formula, ...]:
    """The square roots in a formula, one inside of another included."""
    found: dict[Formula, None] = {}
    for node in walk(formula):
        if isinstance(node, Call) and node.head.name == "sqrt" and rational_of(node) is None:
            found[node] = None
    return tuple(found)


def _whole(polynomial: Any, names: tuple[Symbol, ...]) -> Equation | None:
    """The polynomial with integer coefficients, without a common factor, over the names."""
    terms: dict[tuple[int, ...], Fraction] = {}
    count = len(names)
    for powers, value in polynomial.to_dict().items():
        if any(powers[count:]):
            return None
        terms[tuple(map(int, powers[:count]))] = Fraction(int(value.p), int(value.q))
    # A factorisation in flint is not interrupted: what is large is not begun.
    if not terms or len(terms) > _MOST_TERMS or max(map(sum, terms)) > _LARGEST_DEGREE:
        return None
    scale = 1
    for value in terms.values():
        scale = lcm(scale, value.denominator)
    ring = fmpz_mpoly_ctx.get(tuple(_letters(names)), "lex")
    whole = ring.from_dict({powers: int(value * scale) for powers, value in terms.items()})
    return whole, names


def _letters(names: Sequence[Symbol]) -> list[str]:
    """Names that a ring takes: a name of ours may hold what flint does not print."""
    plain_names = [name.name.replace(" ", "_") for name in names]
    unlike = len(set(plain_names)) == len(names)
    return plain_names if unlike else [f"x{k}" for k in range(len(names))]


class _Reader:
    """Formulas as fractions of polynomials over the names and over square roots."""

    def __init__(self, names: tuple[Symbol, ...], roots: tuple[Formula, ...]) -> None:
        letters = [*_letters(names), *(f"root_{k}" for k in range(len(roots)))]
        self.ring = fmpq_mpoly_ctx.get(tuple(letters), "lex")
        places: dict[Formula, int] = {name: k for k, name in enumerate(names)}
        places |= {root: len(names) + k for k, root in enumerate(roots)}
        self.places = places
        self.letters = letters

    def of(self, thing: Formula) -> Any:
        return self.ring.gens()[self.places[thing]]

    def name(self, root: Formula) -> str:
        return self.letters[self.places[root]]

    def read(self, formula: Formula) -> tuple[fmpq_mpoly, fmpq_mpoly] | None:
        """Numerator and denominator; None where it is no such fraction, or a large one."""
        found = self._read(formula)
        if found is None:
            return None
        return found if all(map(_is_small, found)) else None

    def _read(self, formula: Formula) -> tuple[Any, Any] | None:
        one = self.ring.constant(1)
        if formula in self.places:
            return self.of(formula), one
        match formula:
            case Number(value=value):
                return (self.ring.constant(value), one) if _is_short(value) else None
            case Neg(arg=arg):
                inner = self.read(arg)
                return None if inner is None else (-inner[0], inner[1])
            case Add(args=args) | Mul(args=args):
                is_product = isinstance(formula, Mul)
                over, under = self.ring.constant(int(is_product)), one
                for arg in args:
                    part = self.read(arg)
                    if part is None:
                        return None
                    if is_product:
                        over, under = over * part[0], under * part[1]
                    elif part[1] == under:
                        over = over + part[0]
                    else:
                        over, under = over * part[1] + part[0] * under, under * part[1]
                    if not (_is_small(over) and _is_small(under)):
                        return None
                return over, under
            case Div(numerator=a, denominator=b):
                top, bottom = self.read(a), self.read(b)
                if top is None or bottom is None or bottom[0].is_zero():
                    return None
                return top[0] * bottom[1], top[1] * bottom[0]
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
        return None

    def _power(self, base: Formula, exponent: Formula) -> tuple[Any, Any] | None:
        n = rational_of(exponent)
        inner = self.read(base)
        if inner is None or n is None or n.denominator != 1:
            return None
        over, under = inner if n >= 0 else (inner[1], inner[0])
        size = abs(int(n))
        if under.is_zero() or not (_may_be_raised(over, size) and _may_be_raised(under, size)):
            return None
        return over**size, under**size


def _may_be_raised(polynomial: Any, n: int) -> bool:
    if polynomial.is_constant():
        bits = max((_bits(value) for value in polynomial.coeffs()), default=1)
        return n * bits <= _MOST_BITS
    return n * max(polynomial.total_degree(), 1) <= _LARGEST_DEGREE


def _is_small(polynomial: Any) -> bool:
    return (
        polynomial.total_degree() <= _LARGEST_DEGREE
        and len(polynomial) <= _MOST_TERMS
        and all(_bits(value) <= _MOST_BITS for value in polynomial.coeffs())
    )


def _bits(value: Any) -> int:
    return int(value.p).bit_length() + int(value.q).bit_length()


def _is_short(value: int) -> bool:
    return value.bit_length() <= _MOST_BITS


def whole_polynomial(formula: Formula, variable: Symbol) -> list[int] | None:
    """The integer coefficients of a polynomial of one variable, from the constant term up.

    >>> from derivations.core import symbol
    >>> x = symbol("x")
    >>> whole_polynomial((x + 1) ** 2 - 5, x)
    [-4, 2, 1]
    """
    found = _Reader((variable,), ()).read(formula)
    if found is None or not found[1].is_one():
        return None
    terms = {int(powers[0]): value for powers, value in found[0].to_dict().items()}
    if any(value.q != 1 for value in terms.values()):
        return None
    return [int(terms[k].p) if k in terms else 0 for k in range(max(terms, default=0) + 1)]


def lettered(equation: Formula, letters: tuple[Formula, ...]) -> dict[tuple[int, ...], int] | None:
    """What is 0 where a formula is, as a polynomial in letters, which may be any sub-formulas: the
    powers of the letters with whole coefficients. None where it is none, or a large one.

    >>> from derivations.core import num, symbols
    >>> n, m = symbols("n m")
    >>> lettered(num(2) ** n / 3 - m**2, (num(2) ** n, m))
    {(1, 0): 1, (0, 2): -3}
    """
    found = _Reader((), letters).read(equation)
    if found is None or found[0].is_zero():
        return None
    terms = {
        tuple(map(int, powers)): Fraction(int(value.p), int(value.q))
        for powers, value in found[0].to_dict().items()
    }
    scale = 1
    for value in terms.values():
        scale = lcm(scale, value.denominator)
    return {powers: int(value * scale) for powers, value in terms.items()}
