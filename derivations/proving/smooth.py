"""Whether a formula is certainly defined and differentiable in a real variable at a place.

Only what the differentiation rules of `derivations.proving.derivatives` are then true for: no
kink, no jump, no branch cut that the argument may cross, no limit process under the derivative.
"""

from __future__ import annotations

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import Call, Formula, Item, Symbol, walk
from derivations.core.formula import Pow as Power
from derivations.core.functions import Definition
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_names
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.demands import demands
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.sums import is_finite

_ANALYTIC = frozenset({"exp", "sin", "cos", "sinh", "cosh", "tan", "erf", "erfc", "erfi", "rgamma"})
_REAL_ANALYTIC = frozenset({
    "log", "sqrt", "tanh", "asin", "acos", "atan", "asinh", "acosh", "atanh",
    "gamma", "loggamma", "digamma", "factorial", "cot", "sec", "csc", "coth", "sech", "csch",
})  # fmt: skip


def is_smooth(formula: Formula, variable: Symbol | Item, here: Place) -> bool:
    """Defined and differentiable at each point of the place, by conditions that are open."""
    formula = unfolded(formula)
    if any(quick_sign(d.formula, d.here) not in d.wanted for d in demands(formula, here)):
        return False
    return has_no_kink(formula, variable, here)


def has_no_kink(formula: Formula, variable: Symbol | Item, here: Place) -> bool:
    """Differentiable wherever the formula and its derivative by the rules are defined."""
    formula = unfolded(formula)
    name = variable.array if isinstance(variable, Item) else variable
    values = here.box.ranges.get(name)
    if values is None:
        return False
    return all(
        _node_is_smooth(node, name, here) for node in walk(formula) if name in free_names(node)
    )


def _node_is_smooth(node: Formula, name: Formula, here: Place) -> bool:
    match node:
        case Indicator() | Cases() | Limit() | Integral() | Product() | Derivative() | Prime():
            return False
        case Sum(lower=lower, upper=upper):
            ends = free_names(lower) | free_names(upper)
            return is_finite(lower, upper) and name not in ends
        case Power(base, exponent):
            if is_integer(exponent, here.box) and name not in free_names(exponent):
                return True
            return quick_sign(base, here) is Sign.POSITIVE
        case Call(head=head) if isinstance(head, Definition):
            return False
        case Call(head=head, args=(u,)) if head.name in ("log", "sqrt") and (
            quick_sign(u, here) is Sign.POSITIVE
        ):
            return True
        case Call(head=head, args=(u,)) if head.name in ("asin", "acos", "atanh") and (
            range_of(u, here.box) is not None and quick_sign(1 - u**2, here) is Sign.POSITIVE
        ):
            return True
        case Call(head=head, args=args) if head.name in _REAL_ANALYTIC:
            return range_of(node, here.box) is not None and all(
                range_of(arg, here.box) is not None for arg in args
            )
        case Call(head=head):
            return head.name in _ANALYTIC
    return True
