"""What a formula demands to be defined: collected from the tree, before anything is cancelled.

A demand is necessary when the formula is certainly undefined where it fails; the demand of a
branch that may not be taken, of a summand that may not occur, of a denominator's pole is only
sufficient.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import (
    ONE,
    Call,
    Constant,
    Div,
    Formula,
    I,
    Item,
    Mul,
    Neg,
    Number,
    Symbol,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.functions import Definition, Function, cos, cosh, sin, sinh
from derivations.core.meaning import meaning
from derivations.core.substitute import free_symbols, substitute
from derivations.proving import ranges
from derivations.proving.bounds import RECIPROCAL_GAMMA, is_integer, range_of
from derivations.proving.conditions import holds, negation
from derivations.proving.heads import expanded
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import is_nonnegative, quick_sign
from derivations.proving.ranges import LINE, Range

_ENTIRE = frozenset({
    "exp", "sqrt", "Abs", "sign", "sin", "cos", "sinh", "cosh", "asin", "acos", "asinh", "acosh",
    "erf", "erfc", "erfi", "sinc", "Max", "Min", "KroneckerDelta", "re", "im", "conjugate", "floor",
    "ceiling", "frac", "cbrt", "rgamma",
})  # fmt: skip
_OF_INDEX = frozenset({
    "chebyshevt", "chebyshevu", "hermite", "legendre", "laguerre", "assoc_laguerre", "gegenbauer",
    "fibonacci", "lucas", "catalan", "factorial2", "harmonic", "bernoulli",
})  # fmt: skip
_OF_ANY_INDEX = frozenset({"chebyshevt", "chebyshevu", "fibonacci", "lucas"})
_POLES = frozenset({"gamma", "loggamma", "factorial"})


@dataclass(frozen=True, slots=True)
class Demand:
    """`formula` must have a sign among `wanted`, at `here`."""

    formula: Formula
    wanted: Sign
    here: Place
    necessary: bool

    def __str__(self) -> str:
        return f"{self.formula} {_WORDS[self.wanted]}"


_WORDS = {
    Sign.NONZERO: "!= 0",
    Sign.POSITIVE: "> 0",
    Sign.NONNEGATIVE: ">= 0",
    Sign.REAL: "is real",
    Sign.IMPOSSIBLE: "is not known to be defined",
}


def demands(formula: Formula, here: Place, necessary: bool = True) -> list[Demand]:
    """All demands of a formula; where all hold, it is defined."""
    found: list[Demand] = []
    _collect(formula, here, necessary, found)
    return found


def _collect(formula: Formula, here: Place, necessary: bool, found: list[Demand]) -> None:
    def demand(what: Formula, wanted: Sign, needed: bool = True) -> None:
        found.append(Demand(what, wanted, here, necessary and needed))

    match formula:
        case Number() | Symbol():
            return
        case Item(array=array, indices=indices):
            for index, size in zip(indices, array.sizes, strict=True):
                _collect(index, here, necessary, found)
                if not _is_within(index, size, here):
                    demand(formula, Sign.IMPOSSIBLE)
            return
        case Constant():
            if formula == infinity:
                demand(formula, Sign.IMPOSSIBLE, False)
            return
        case Div(above, below):
            _collect(above, here, necessary, found)
            # 1/gamma is entire: a pole below makes the quotient 0, not undefined.
            for factor in below.args if isinstance(below, Mul) else (below,):
                match factor:
                    case Call(head=Function(builtin=True, name="gamma" | "factorial"), args=(u,)):
                        _collect(u, here, necessary, found)
                    case _:
                        _collect(factor, here, necessary and not _has_poles(factor), found)
                        demand(factor, Sign.NONZERO)
            return
        case Power(base, exponent):
            _collect(base, here, necessary, found)
            _collect(exponent, here, necessary, found)
            _power(base, exponent, here, demand)
            return
        case Call():
            _call(formula, here, necessary, found)
            return
        case Indicator(condition=condition):
            for part in condition.parts:
                _collect(part, here, False, found)
            return
        case Cases():
            _cases(formula, here, necessary, found)
            return
        case Sum() | Product() | Integral():
            found.extend(_binder(formula, here, necessary))
            return
        case Derivative(body=body):
            demand(formula, Sign.IMPOSSIBLE)
            _collect(body, here, necessary, found)
            return
        case Subs(body=body, variable=variable, point=at):
            _collect(at, here, necessary, found)
            if any(isinstance(node, Derivative | Prime) for node in walk(body)):
                demand(formula, Sign.IMPOSSIBLE)
            else:
                _collect(substitute(body, {variable: at}), here, necessary, found)
            return
        case Prime(point=at):
            demand(formula, Sign.IMPOSSIBLE)
            _collect(at, here, necessary, found)
            return
        case Limit():
            demand(formula, Sign.IMPOSSIBLE)
            for inner in _near(formula, here):
                _collect(formula.body, inner, False, found)
            return
    for part in formula.parts:
        _collect(part, here, necessary, found)


def _is_within(index: Formula, size: Formula, here: Place) -> bool:
    """Whether an index certainly counts an element."""
    return (
        is_integer(index, here.box)
        and is_nonnegative(index - ONE, here)
        and is_nonnegative(size - index, here)
    )


def _power(base: Formula, exponent: Formula, here: Place, demand: object) -> None:
    assert callable(demand)
    values = range_of(exponent, here.box)
    if values is not None and values.nonnegative:
        return  # 0**0 is 1
    negative = values is not None and values.negative
    demand(base, Sign.NONZERO, negative)


def _call(call: Call, here: Place, necessary: bool, found: list[Demand]) -> None:
    head, args = call.head, call.args

    def demand(what: Formula, wanted: Sign, needed: bool = True) -> None:
        found.append(Demand(what, wanted, here, necessary and needed))

    if isinstance(head, Definition):
        body = meaning(call)
        for arg in args:  # an argument that the body does not use may still be undefined
            _collect(arg, here, False, found)
        if body is not None:
            _collect(body, here, necessary, found)
        return
    for arg in args:
        _collect(arg, here, necessary, found)
    if not head.builtin:
        demand(call, Sign.IMPOSSIBLE, True)
        return
    u = args[0]
    match head.name:
        case "log":
            demand(u, Sign.NONZERO)
            if len(args) == 2:
                demand(args[1], Sign.NONZERO)
                demand(args[1] - ONE, Sign.NONZERO)
        case "tan" | "sec":
            demand(cos(u), Sign.NONZERO)
        case "cot" | "csc":
            demand(sin(u), Sign.NONZERO)
        case "tanh" | "sech" if range_of(u, here.box) is None:
            demand(cosh(u), Sign.NONZERO)
        case "coth" | "csch":
            demand(sinh(u), Sign.NONZERO)
        case "asec" | "acsc" | "asech" | "acsch":
            demand(u, Sign.NONZERO)
        case "atanh" | "acoth":
            demand(ONE - u, Sign.NONZERO)
            demand(ONE + u, Sign.NONZERO)
        case "atan" | "acot" if range_of(u, here.box) is None:
            demand(u - I, Sign.NONZERO)
            demand(u + I, Sign.NONZERO)
        case "tanh" | "sech" | "atan" | "acot":
            return
        case "gamma" | "loggamma" | "digamma":
            demand(RECIPROCAL_GAMMA(u), Sign.NONZERO)
        case "factorial":
            demand(RECIPROCAL_GAMMA(u + 1), Sign.NONZERO)
        case "polygamma":
            demand(RECIPROCAL_GAMMA(args[1]), Sign.NONZERO)
            if not is_integer(u, here.box) or quick_sign(u, here) not in Sign.NONNEGATIVE:
                demand(call, Sign.IMPOSSIBLE, False)
        case "zeta" if len(args) == 1:
            demand(u - ONE, Sign.NONZERO)
        case "Heaviside":
            demand(u, Sign.REAL)
        case "atan2":
            demand(u**2 + args[1] ** 2, Sign.NONZERO)
            if any(range_of(arg, here.box) is None for arg in args):
                demand(call, Sign.IMPOSSIBLE, False)
        case "arg":
            demand(u, Sign.NONZERO)
        case "Mod":
            demand(args[1], Sign.NONZERO)
        case "root":
            demand(args[1], Sign.NONZERO)
            _power(u, 1 / args[1], here, demand)
        case "Max" | "Min":
            for arg in args:
                demand(arg, Sign.REAL, False)
        case name if name in _OF_INDEX:
            both_ways = head.name in _OF_ANY_INDEX
            whole = is_integer(u, here.box)
            if not (whole and (both_ways or quick_sign(u, here) in Sign.NONNEGATIVE)):
                demand(call, Sign.IMPOSSIBLE, False)
        case "binomial" if is_integer(call.args[1], here.box):
            pass  # a product over k!, or 0 for k < 0
        case "binomial" | "RisingFactorial" | "FallingFactorial" | "beta":
            if expanded(call, here) is None:
                demand(call, Sign.IMPOSSIBLE, False)
        case name if name not in _ENTIRE:
            demand(call, Sign.IMPOSSIBLE, False)


def _has_poles(formula: Formula) -> bool:
    return any(
        isinstance(node, Call) and (node.head.name in _POLES or isinstance(node.head, Definition))
        for node in walk(formula)
    )


def _cases(formula: Cases, here: Place, necessary: bool, found: list[Demand]) -> None:
    rest: Place | None = here
    for condition in formula.conditions:
        for side in condition.parts:
            _collect(side, here, False, found)
    for value, condition in zip(formula.values, formula.conditions, strict=False):
        if rest is None:
            return
        truth = holds(condition, rest)
        if truth is False:
            continue
        branch = rest.given(condition)
        if branch is not None:
            _collect(value, branch, necessary and truth is True, found)
        if truth is True:
            return
        otherwise = negation(condition, rest)
        rest = rest if otherwise is None else rest.given(otherwise)
    if rest is None:
        return
    if len(formula.values) == len(formula.conditions):
        found.append(Demand(formula, Sign.IMPOSSIBLE, rest, necessary))
    else:
        _collect(formula.values[-1], rest, False, found)


def _near(formula: Limit, here: Place) -> list[Place]:
    """Punctured neighbourhoods of the point of a limit, on each of its sides."""
    variable, point = formula.variable, formula.point
    far, near = fmpq(1000), fmpq(1, 1000)
    if point == infinity:
        return [here.inside(variable, Range(far, None, True), False)]
    if point == Neg(infinity):
        return [here.inside(variable, Range(None, -far, True, True), False)]
    values = range_of(point, here.box)
    if values is None or values.value is None:
        return [here.inside(variable, LINE, False)]
    at = values.value
    sides = {"+": Range(at, at + near, True, True), "-": Range(at - near, at, True, True)}
    return [here.inside(variable, sides[side], False) for side in formula.side]


def _binder(formula: Sum | Product | Integral, here: Place, necessary: bool) -> list[Demand]:
    """The ends and the body; whether an infinite sum or integral exists is not decided here."""
    found: list[Demand] = []
    whole = not isinstance(formula, Integral)
    ends = (formula.lower, formula.upper)
    spans: list[Range | None] = []
    exists = True
    for end in ends:
        if end in (infinity, Neg(infinity)):
            exists = False
            spans.append(LINE)
            continue
        _collect(end, here, necessary, found)
        spans.append(range_of(end, here.box))
        exists = exists and (not whole or is_integer(end, here.box))
    low, high = spans
    if low is None or high is None:
        found.append(Demand(formula, Sign.IMPOSSIBLE, here, necessary))
        low = high = LINE
    elif not exists or any(isinstance(node, Cases) for node in walk(formula.body)):
        found.append(Demand(formula, Sign.IMPOSSIBLE, here, necessary))
    span = (
        Range(low.low, high.high, low.low_open, high.high_open) if whole else ranges.hull(low, high)
    )
    inner = here.inside(formula.variable, span, whole)
    bound = formula.variable in free_symbols(formula.lower) | free_symbols(formula.upper)
    if whole and exists and not bound:
        facts = (
            (formula.variable - formula.lower, Sign.NONNEGATIVE),
            (formula.upper - formula.variable, Sign.NONNEGATIVE),
        )
        inner = Place(inner.box, (*inner.facts, *facts))
    _collect(formula.body, inner, False, found)
    return found
