"""A form for |x| <= 1 and one in 1/|x| for |x| > 1 joined without a branch.

Where the two are the same tree but for a few leaves, such as x/(1 + |x|) and sign(x)/(1 + 1/|x|),
these leaves are one expression each: x and sign(x) are x clipped to [-1, 1], |x| and 1/|x| are
the smaller of them. Nothing overflows, and code without branches is faster.
"""

from __future__ import annotations

from derivations.core.conditions import Cases
from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, Number, Pow, Symbol, num
from derivations.core.functions import Abs, Max, Min, sign
from derivations.core.substitute import rewrite


def joined_at_one(near: Formula, far: Formula, variable: Symbol) -> list[Formula]:
    """`near` for |variable| <= 1 and `far` beyond, in which 1/|variable| is written as it stands,
    in one or two ways; none where they differ in more than leaves.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> for joined in joined_at_one(x / (1 + Abs(x)), sign(x) * (1 / (1 + 1 / Abs(x))), x):
    ...     print(joined)
    Max(Min(x, 1), -1)/(1 + Min(Abs(x), 1/Max(Abs(x), 1)))
    """
    sides = _normal(near, variable), _normal(far, variable)
    joined = (_joined(*sides, _leaves(variable, squared)) for squared in (False, True))
    return list(dict.fromkeys(formula for formula in joined if formula is not None))


def _leaves(x: Symbol, squared: bool) -> dict[tuple[Formula, Formula], Formula]:
    """What is one expression: of |x| <= 1 and of |x| > 1. Under a `squared` sign the clipped x
    serves again."""
    one, size = num(1), Abs(x)
    clipped, below = Max(Min(x, one), -one), one / Max(size, one)
    leaves = {
        (x, sign(x)): clipped,
        (size, one / size): Min(size, below),
        (one, one / size): below,
        (size, one): Min(size, one),
        (one, size): Max(size, one),
    }
    if squared:
        leaves[size**2, (one / size) ** 2] = (clipped / Max(size, one)) ** 2
    return leaves


def _joined(
    near: Formula, far: Formula, leaves: dict[tuple[Formula, Formula], Formula]
) -> Formula | None:
    if near == far:
        return near
    if (near, far) in leaves:
        return leaves[near, far]
    if isinstance(far, Pow) and near == num(1):  # 1 = 1**n
        near = Pow(near, far.exponent)
    if not _same_kind(near, far):
        return None
    parts = [_joined(a, b, leaves) for a, b in zip(near.parts, far.parts, strict=True)]
    found = [part for part in parts if part is not None]
    return near.rebuilt(tuple(found)) if len(found) == len(parts) else None


def _same_kind(one: Formula, two: Formula) -> bool:
    if type(one) is not type(two) or len(one.parts) != len(two.parts):
        return False
    if isinstance(one, Call) and isinstance(two, Call):
        return one.head == two.head
    return isinstance(one, Add | Mul | Div | Neg | Pow) and not isinstance(one, Cases)


def _normal(formula: Formula, variable: Symbol) -> Formula:
    """One fraction where there are products of fractions; even powers of |x|."""

    def changed(node: Formula) -> Formula | None:
        match node:
            case Mul(args=(first, Div(numerator=over, denominator=under))):
                return (first if over == num(1) else first * over) / under
            case Pow(base=base, exponent=Number(value=n)) if base == variable and n % 2 == 0:
                return Abs(base) ** n
        return None

    return rewrite(formula, changed)
