"""Claims about sums up to n where n is too large to add up: 1 + 1/2 + ... + 1/n < 20.

Terms c/(a*k + b)**s are added up by digamma and Hurwitz' zeta function, so that balls know such a
sum at n = 10**18. Of other sums the margin of an inequality is watched as n grows to 10**5: where
it goes on to fall below 0, for all that is seen, the inequality is left open; and so is a fixed
bound that is come nearer to by a series that certainly diverges.

>>> from derivations.core import integers, num, symbols
>>> k, n = symbols("k n")
>>> harmonic = Claim("c", Sum(1 / k, k, num(1), n), "<", 20, on={n: integers(1)})
>>> added_up(harmonic).lhs
digamma(n + 1) - digamma(1)
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np

from derivations.core.calculus import Product, Sum
from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    Neg,
    Pow,
    Symbol,
    as_formula,
    oo,
    walk,
)
from derivations.core.special_functions import FUNCTIONS
from derivations.core.substitute import free_names, rewrite
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined
from numeric.exact.rational import rational_of
from numeric.hunting.coordinates import written_out
from numeric.hunting.equations import whole_polynomial
from numeric.hunting.glance import Glance, NotSeen

# The margin is watched at these n.
_WATCHED: Final = (1000, 10_000, 100_000)
_LARGEST_POWER: Final = 12
_BITS: Final = 64
# A margin that tends to less than this part of its sides below 0 is suspicious; rounding is not.
_BELOW: Final = 1e-6


def added_up(claim: Claim) -> Claim | None:
    """The claim with sums whose value is known in closed form, which it has where they are not
    empty; None where there is none."""
    found = False

    def closed_form(node: Formula) -> Formula | None:
        nonlocal found
        if not isinstance(node, Sum):
            return None
        value = _sum(node)
        found = found or value is not None
        return value

    lhs, rhs = rewrite(claim.lhs, closed_form), rewrite(claim.rhs, closed_form)
    on = dict(claim.on)
    return Claim(claim.id, lhs, claim.rel, rhs, on=on, where=claim.where) if found else None


def _sum(node: Sum) -> Formula | None:
    low = rational_of(node.lower)
    upper = node.upper
    if low is None or not isinstance(upper, Symbol) or node.variable in free_names(upper):
        return None
    over, under, power = _term(node.body)
    polynomial = whole_polynomial(under, node.variable)
    factor = rational_of(over)
    if polynomial is None or len(polynomial) != 2 or factor is None or power is None:
        return None
    b, a = polynomial
    start = low + Fraction(b, a)
    if a <= 0 or start <= 0 or not 0 < power <= _LARGEST_POWER:
        return None
    first, last = as_formula(start), upper + as_formula(Fraction(b, a) + 1)
    if power == 1:
        difference = FUNCTIONS["digamma"](last) - FUNCTIONS["digamma"](first)
    else:
        s = as_formula(power)
        difference = FUNCTIONS["zeta"](s, first) - FUNCTIONS["zeta"](s, last)
    scale = over if a == 1 else over / as_formula(Fraction(a)) ** as_formula(power)
    return difference if rational_of(scale) == 1 else scale * difference


def _term(body: Formula) -> tuple[Formula, Formula, Fraction | None]:
    """(c, e, s) of c/e**s."""
    one = as_formula(Fraction(1))
    match body:
        case Div(numerator=over, denominator=Pow(base=base, exponent=exponent)):
            return over, base, rational_of(exponent)
        case Div(numerator=over, denominator=Call(head=head, args=(arg,))) if head.name == "sqrt":
            return over, arg, Fraction(1, 2)
        case Div(numerator=over, denominator=under):
            return over, under, Fraction(1)
        case Pow(base=base, exponent=exponent):
            power = rational_of(exponent)
            return one, base, None if power is None else -power
    return one, body, None


def is_drifting(claim: Claim) -> bool:
    """Whether the margin of an inequality about a sum or a product up to n seems to fall below 0
    as n grows."""
    if claim.rel not in {"<", "<=", ">", ">="} or len(claim.on) != 1:
        return False
    ((v, domain),) = claim.on
    written = written_out(claim)
    if not isinstance(domain, Integers) or domain.upper is not None or written is None:
        return False
    (lhs, rhs), _ = written
    if not any(isinstance(node, Sum | Product) for side in (lhs, rhs) for node in walk(side)):
        return False
    high, low = (lhs, rhs) if claim.rel in {">", ">="} else (rhs, lhs)
    assert isinstance(v, Symbol)
    glance = Glance({v: np.array([float(n) for n in _WATCHED])})
    try:
        margins, sizes = (
            np.broadcast_to(np.asarray(glance.at(f), dtype=float), (len(_WATCHED),))
            for f in (high - low, lhs)
        )
    except (NotSeen, TypeError):
        return False
    if not np.isfinite(margins).all() or margins[-1] < 0:
        return False
    early, late = margins[0] - margins[1], margins[1] - margins[2]
    if not late > 0:
        return False
    for one, other in ((high, low), (low, high)):
        if v not in free_names(one) and _diverges(other, v):
            return True
    ratio = late / early if early > 0 else 1.0
    limit = margins[-1] - late * ratio / (1 - ratio) if ratio < 1 else -np.inf
    return bool(limit < -_BELOW * (1 + abs(float(sizes[-1]))))


def _diverges(side: Formula, n: Symbol) -> bool:
    """Whether a side is a sum up to n, plus what rests, whose series certainly diverges."""
    terms = side.args if isinstance(side, Add) else (side,)
    moving = [term for term in terms if n in free_names(term)]
    if len(moving) != 1:
        return False
    (term,) = moving
    term = term.arg if isinstance(term, Neg) else term
    if not isinstance(term, Sum) or term.upper != n:
        return False
    series = Sum(term.body, term.variable, term.lower, oo)
    if free_names(series):
        return False
    try:
        enclose(series, {}, _BITS)
    except Undefined:
        return True
    except Indeterminate:
        return False
    return False
