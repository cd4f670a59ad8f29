"""A range for the values of a formula on a box: sound, by the structure of the tree.

`range_of` gives a `Range` that holds every value which the formula takes where it is defined, and
gives None where a value may fail to be real (or nothing is known about it).

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import symbol
>>> from derivations.core.functions import exp
>>> x = symbol("x")
>>> range_of(1 / (1 + exp(-x)), box({x: Reals}))
Range(low=0, high=1, low_open=True, high_open=True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flint import fmpq

from derivations.core.calculus import Integral, Product, Sum
from derivations.core.claim import Variable
from derivations.core.conditions import Cases, Indicator
from derivations.core.domain import Domain, FiniteSet, IndexRange, Integers, Interval
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Number,
    Symbol,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.functions import Definition, Function
from derivations.core.meaning import meaning
from derivations.proving import images, ranges
from derivations.proving.ranges import LINE, NONNEGATIVE, POSITIVE, UNIT, Range
from derivations.proving.work import spend

# 1/gamma, entire: the generator of normal forms and the demand that an argument is no pole.
RECIPROCAL_GAMMA: Final = Function("rgamma")
# In a memory whose values may be None. It is no range: nobody else has this object.
_NOT_ASKED: Final = Range(fmpq(1), fmpq(0))
LARGEST_FACTOR: Final = 4096  # of an exponent or a number of summands that is looked at


@dataclass(frozen=True, slots=True)
class Box:
    """Where the variables are: a range each; those that are integers; None: not real."""

    ranges: Mapping[Variable, Range | None]
    integers: frozenset[Variable] = frozenset()
    memory: dict[Formula, Range | None] = field(default_factory=dict, compare=False, repr=False)

    def binding(self, variable: Symbol, values: Range | None, integer: bool) -> Box:
        """The box inside a binder of the variable, which hides an outer one of that name."""
        integers = self.integers | {variable} if integer else self.integers - {variable}
        return Box({**self.ranges, variable: values}, integers)

    def narrowed(self, variable: Variable, values: Range) -> Box:
        """The part of the box where the variable is in a part of its range."""
        return Box({**self.ranges, variable: values}, self.integers)


def box(on: Mapping[Variable, Domain]) -> Box:
    """The box of declared domains."""
    integral = frozenset(variable for variable, domain in on.items() if _is_integral(domain))
    return Box({variable: range_of_domain(domain) for variable, domain in on.items()}, integral)


def _is_integral(domain: Domain) -> bool:
    if isinstance(domain, FiniteSet):
        return all(is_integer(member, EMPTY) for member in domain.members)
    return isinstance(domain, Integers | IndexRange)


def range_of_domain(domain: Domain) -> Range | None:
    """All values of a domain; None for complex ones."""
    match domain:
        case Interval(lower, upper, lower_open, upper_open):
            low, high = _end(lower), _end(upper)
            if low is None or high is None:
                return None
            return Range(
                low.low,
                high.high,
                lower_open and low.value is not None,
                upper_open and high.value is not None,
            )
        case Integers(first, last):
            return Range(
                None if first is None else fmpq(first), None if last is None else fmpq(last)
            )
        case IndexRange():
            return Range(fmpq(1), None)
        case FiniteSet(members):
            found = [range_of(member, EMPTY) for member in members]
            known = [r for r in found if r is not None]
            if len(known) < len(found) or not known:
                return None
            result = known[0]
            for other in known[1:]:
                result = ranges.hull(result, other)
            return result
    return None


def _end(formula: Formula) -> Range | None:
    return LINE if formula in (infinity, Neg(infinity)) else range_of(formula, EMPTY)


def range_of(formula: Formula, where: Box) -> Range | None:
    """All values of a formula on a box; None where they may not be real."""
    memory = where.memory
    found = memory.get(formula, _NOT_ASKED)
    if found is _NOT_ASKED:
        if where.ranges:  # what is known of constants is remembered between claims
            spend(1)
        found = memory[formula] = _range_of(formula, where)
    return found


def _range_of(formula: Formula, where: Box) -> Range | None:
    rule = _RULES.get(type(formula))
    return None if rule is None else rule(formula, where)


def _constant(formula: Constant, where: Box) -> Range | None:
    return images.CONSTANTS.get(formula.name)


def _negative(formula: Neg, where: Box) -> Range | None:
    r = range_of(formula.arg, where)
    return None if r is None else ranges.negated(r)


def _quotient(formula: Div, where: Box) -> Range | None:
    a, b = range_of(formula.numerator, where), range_of(formula.denominator, where)
    return None if a is None or b is None else ranges.times(a, ranges.reciprocal(b))


def _fold(
    args: tuple[Formula, ...], where: Box, operation: Callable[[Range, Range], Range]
) -> Range | None:
    result: Range | None = None
    for arg in args:
        r = range_of(arg, where)
        if r is None:
            return None
        result = r if result is None else operation(result, r)
    return result


def _power(base: Formula, exponent: Formula, where: Box) -> Range | None:
    b, e = range_of(base, where), range_of(exponent, where)
    if b is None or e is None:
        return None
    if e.value is not None and e.value.q == 1 and abs(e.value) <= LARGEST_FACTOR:
        return ranges.to_power(b, int(e.value))
    if b.positive:
        logarithm = images.log(b)
        return POSITIVE if logarithm is None else images.exp(ranges.times(logarithm, e))
    if b.nonnegative:
        if e.value is not None and e.positive and b.high is not None:
            return Range(fmpq(0), images.exp(ranges.times(images.log_of(b.high), e)).high)
        return NONNEGATIVE
    return LINE if is_integer(exponent, where) else None


def _call(call: Call, where: Box) -> Range | None:
    head = call.head
    if isinstance(head, Definition) or (
        head.builtin and head.name == "log" and len(call.args) == 2
    ):
        body = meaning(call)
        return None if body is None else range_of(body, where)
    if not head.builtin:
        return None
    if head.name == "KroneckerDelta":
        return UNIT
    if head.name in ("Abs", "re", "im", "arg"):
        return _part_of_complex(head.name, range_of(call.args[0], where))
    args = [range_of(arg, where) for arg in call.args]
    known = [r for r in args if r is not None]
    if len(known) < len(args):
        return None
    if head.name == "Mod":
        return images.remainder(known[1])
    if head.name == "atan2":
        return images.ARGUMENT
    if head.name in ("Max", "Min"):
        return images.maximum(known) if head.name == "Max" else images.minimum(known)
    if head.name == "log":
        return images.log(known[0])
    function = images.FUNCTIONS.get(head.name)
    return None if function is None else function(known[0])


def _part_of_complex(name: str, r: Range | None) -> Range:
    """|u|, the real and the imaginary part and the argument of u, real or complex."""
    match name:
        case "Abs":
            return NONNEGATIVE if r is None else ranges.magnitude(r)
        case "re":
            return LINE if r is None else r
        case "im":
            return LINE if r is None else ranges.point(0)
    return images.ARGUMENT


def _binder(formula: Sum | Product | Integral, where: Box) -> Range | None:
    lower, upper = _limit_range(formula.lower, where), _limit_range(formula.upper, where)
    if lower is None or upper is None:
        return None
    span = Range(lower.low, upper.high, lower.low_open, upper.high_open)
    if isinstance(formula, Integral):
        if lower.high is None and formula.lower != Neg(infinity):
            return None
        span = ranges.hull(lower, upper)
    inside = where.binding(formula.variable, span, not isinstance(formula, Integral))
    body = range_of(formula.body, inside)
    if body is None:
        return None
    forward = _is_forward(formula, lower, upper, where)
    if isinstance(formula, Product):
        if body.positive:
            return POSITIVE
        return NONNEGATIVE if body.nonnegative else LINE
    if isinstance(formula, Integral) and not forward:
        return LINE
    if body.nonnegative:
        return POSITIVE if forward and body.positive else NONNEGATIVE
    if body.nonpositive:
        return ranges.negated(POSITIVE if forward and body.negative else NONNEGATIVE)
    return LINE


def _limit_range(formula: Formula, where: Box) -> Range | None:
    return LINE if formula in (infinity, Neg(infinity)) else range_of(formula, where)


def _is_forward(formula: Sum | Product | Integral, lower: Range, upper: Range, where: Box) -> bool:
    """Whether the upper end is certainly not below the lower one (above it for an integral)."""
    if formula.upper == infinity or formula.lower == Neg(infinity):
        return formula.lower != infinity and formula.upper != Neg(infinity)
    if lower.high is None or upper.low is None:
        return False
    if isinstance(formula, Integral):
        return bool(upper.low > lower.high)
    return bool(upper.low >= lower.high) and is_integer(formula.lower, where)


def is_integer(formula: Formula, where: Box) -> bool:
    """Whether every value of the formula is certainly an integer."""
    match formula:
        case Number() | Indicator():
            return True
        case Symbol():
            return formula in where.integers
        case Item(array=array):
            return array in where.integers
        case Neg() | Add() | Mul():
            return all(is_integer(part, where) for part in formula.parts)
        case Power(base, exponent):
            e = range_of(exponent, where)
            whole = is_integer(base, where) and is_integer(exponent, where)
            return whole and e is not None and e.nonnegative
        case Call(head=head) if isinstance(head, Definition):
            body = meaning(formula)
            return body is not None and is_integer(body, where)
        case Call(head=Function(builtin=True, name="Abs" | "Max" | "Min"), args=args):
            return all(is_integer(arg, where) for arg in args)
        case Call(head=Function(builtin=True, name="sign" | "KroneckerDelta" | "gcd" | "lcm")):
            return True
        case Call(head=Function(builtin=True, name="floor" | "ceiling"), args=(u,)):
            return range_of(u, where) is not None
        case Call(head=Function(builtin=True, name="factorial" | "fibonacci" | "lucas"), args=(u,)):
            r = range_of(u, where)
            return is_integer(u, where) and r is not None and r.nonnegative
        case Call(head=Function(builtin=True, name="Mod" | "binomial"), args=args):
            return all(is_integer(arg, where) for arg in args)
        case Sum(body=body, variable=variable) | Product(body=body, variable=variable):
            return is_integer(body, where.binding(variable, LINE, True))
        case Cases(values=values):
            return all(is_integer(value, where) for value in values)
    return False


# By the kind of a formula: a range is asked for on each part of a box that is bisected.
_RULES: Final[dict[type, Callable[[Any, Box], Range | None]]] = {
    Number: lambda formula, where: ranges.point(formula.value),
    Symbol: lambda formula, where: where.ranges.get(formula),
    Item: lambda formula, where: where.ranges.get(formula.array),
    Constant: _constant,
    Neg: _negative,
    Add: lambda formula, where: _fold(formula.args, where, ranges.plus),
    Mul: lambda formula, where: _fold(formula.args, where, ranges.times),
    Div: _quotient,
    Power: lambda formula, where: _power(formula.base, formula.exponent, where),
    Call: _call,
    Indicator: lambda formula, where: UNIT,
    Cases: lambda formula, where: _fold(formula.values, where, ranges.hull),
    Sum: _binder,
    Product: _binder,
    Integral: _binder,
}
EMPTY: Final = Box({})
