"""Where the terms of a sum cancel: the same formula, computed once more with more digits there.

Near a root the difference of two rounded terms has lost its digits, whatever the form. So wherever
a sum is small beside its terms the value is asked of `precise`, which is computed in two doubles
or in decimal digits; everywhere else the fast form stands. A sum that is small at many points, not
near a root only, is left to other forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import neg, pos
from typing import Final

import numpy as np

from derivations.core.conditions import Cases, cases
from derivations.core.formula import (
    Add,
    Call,
    Formula,
    Neg,
    Q,
    Relation,
    Symbol,
)
from derivations.core.functions import Abs, Min, exp
from derivations.core.substitute import free_symbols
from numeric.accuracy.battery import mixed_columns
from numeric.accuracy.guide import LONG_DOUBLES
from numeric.accuracy.straight_line import NotStraightError, straight_line
from numeric.accuracy.target import Target
from numeric.kernels.signs import is_plain, looks_positive, never_negative, positive_variables
from numeric.kernels.stable import precise, rare

# A sum is small when it is less than this part of its terms' sizes. Outside, each term's error of
# about an ULP is multiplied by two to four at most.
_SMALL: Final = (Q(1, 4), Q(1, 2))
# The same where points that are marked cost little.
_SMALL_AND_CHEAP: Final = (*_SMALL, Q(2, 3))
# The same, of the size of one of two terms: below a quarter of both it is below 2/3 of each.
_SMALL_BESIDE_ONE: Final = (Q(1, 4), Q(2, 3))


_POINTS: Final = 4000
_MANY: Final = 0.3


def guarded(formula: Formula, target: Target, *, cheap: bool = False) -> Iterator[Formula]:
    """The formula (an equal of the target's), `precise` where one of its sums is small, which may
    be many points where that is `cheap`.

    >>> from derivations.core import Claim, Reals, exp, symbols
    >>> from numeric.accuracy.target import target_of
    >>> x, y = symbols("x y")
    >>> target = target_of(Claim("gap", exp(x) - y, "=", exp(x) - y, on={x: Reals, y: Reals}), {})
    >>> print(next(guarded(target.formula, target)))
    Piecewise((precise(exp(x) - y), Abs(exp(x) - y) < 1/4*Abs(y)), (exp(x) - y, True))
    """
    positive = positive_variables(target)
    for node, size in dict(_sums(formula, positive)).items():
        least = _smallest(node, target)
        beside_one = () if least is None else tuple(c * least for c in _SMALL_BESIDE_ONE)
        for bound in (*beside_one, *(c * size for c in (_SMALL_AND_CHEAP if cheap else _SMALL))):
            near = Relation(Abs(node), "<", bound)
            if 0 < _share(near, target) < _MANY:
                yield cases((precise(formula), near), (formula, None))


def unguarded(formula: Formula) -> Formula:
    """The formula without its guard: equal to it, whichever branch a point takes."""
    match formula:
        case Cases(values=(Call(head=head, args=(again,)), plain)) if head == precise:
            return plain if again == plain else formula
    return formula


def guard_of(formula: Formula) -> tuple[Relation, Formula] | None:
    """The guard of a candidate and what it guards."""
    match formula:
        case Cases(values=(Call(head=head), plain), conditions=(Relation() as near,)) if (
            head == precise
        ):
            return near, plain
        case Cases(values=(short, Call(head=head))) if head == rare:
            return guard_of(short)
    return None


def share_marked(formula: Formula, target: Target) -> float:
    """The part of the points of an audit at which the formula's guard marks a point."""
    guard = guard_of(formula)
    return 0.0 if guard is None else _share(guard[0], target)


@lru_cache(maxsize=256)
def _share(near: Relation, target: Target) -> float:
    """The part of the points of an audit at which the relation holds."""
    columns = mixed_columns(target, _POINTS, np.random.default_rng(0))
    wide = [column.astype(np.longdouble) for column in columns]
    try:
        sides = [straight_line(f, target.variables, LONG_DOUBLES) for f in (near.lhs, near.rhs)]
    except NotStraightError:
        return 1.0
    with np.errstate(all="ignore"):
        left, right = (side(*wide) for side in sides)
    return float(np.mean(left < right))


def _sums(formula: Formula, positive: frozenset[Symbol]) -> Iterator[tuple[Formula, Formula]]:
    """The sums whose terms may cancel, with their sizes; a choice of sums counts as one. Those in
    an exponent are left: where it is large the exponential is lost, and more digits cost much."""
    if isinstance(formula, Call) and formula.head == exp:
        return
    size = _size(formula, positive)
    if size is not None and free_symbols(size):
        yield formula, size
        if isinstance(formula, Cases):
            return
    for part in formula.values if isinstance(formula, Cases) else formula.parts:
        yield from _sums(part, positive)


def _size(node: Formula, positive: frozenset[Symbol]) -> Formula | None:
    """The sum of the sizes of a sum's terms, what is exact counting as one; None where nothing
    cancels."""
    if isinstance(node, Cases):
        found = (_size(value, positive) for value in node.values)
        sizes = tuple(size for size in found if size is not None)
        return Cases(sizes, node.conditions) if len(sizes) == len(node.values) else None
    if not isinstance(node, Add) or all(map(looks_positive, node.args)):
        return None
    exact = tuple(term for term in node.args if is_plain(term))
    terms = [term for term in node.args if not is_plain(term)]
    if exact:
        terms.insert(0, Add(exact) if len(exact) > 1 else exact[0])
    first, *rest = (_absolute(term, positive) for term in terms)
    for term in rest:
        first = first + term
    return first if rest else None


def _smallest(node: Formula, target: Target) -> Formula | None:
    """The size of one term of a sum of two: near a root both have it. Of a choice of sums that is
    the least of these sizes, one of which vanishes nowhere near the root of another, it is hoped:
    the audit says whether. None where no term is beside others of one sign."""
    if isinstance(node, Cases):
        sizes = [_smallest(value, target) for value in node.values]
        first, *rest = dict.fromkeys(sizes)
        for size in rest:
            first = None if first is None or size is None else Min(first, size)
        return first
    if not isinstance(node, Add):
        return None
    plain = [term for term in node.args if is_plain(term)]
    if len(node.args) != len(plain) + 1 or not plain:
        return _alone(node.args, positive_variables(target))
    if len(plain) == 1:
        (symbol,) = (_unsigned(term) for term in plain)
        return _absolute(symbol, positive_variables(target))
    return Abs(Add(tuple(plain)))


def _alone(terms: tuple[Formula, ...], positive: frozenset[Symbol]) -> Formula | None:
    """The size of one term beside others of one sign: near a root that is what these come to.

    >>> from derivations.core.formula import num, symbols
    >>> from derivations.core.functions import log
    >>> s, x = symbols("s x")
    >>> print(_alone((-(x**2), -log(s), -num(2)), set()), _alone((x**2, log(s)), set()))
    Abs(log(s)) x**2
    """
    sizes: list[Formula] = []
    for k, term in enumerate(terms):
        others = (*terms[:k], *terms[k + 1 :])
        if len(others) == 1 or any(
            all(never_negative(sign(other), positive) for other in others) for sign in (pos, neg)
        ):
            size = _unsigned(term)
            if never_negative(size, positive):
                return size
            sizes.append(Abs(size))
    return sizes[0] if sizes else None


def _absolute(term: Formula, positive: frozenset[Symbol]) -> Formula:
    plain = _unsigned(term)
    return plain if never_negative(plain, positive) else Abs(plain)


def _unsigned(term: Formula) -> Formula:
    return term.arg if isinstance(term, Neg) else term
