"""A formula as an expansion on the tail of a variable: the walk over the tree.

Used for limits (the leading term), improper integrals and infinite sums (a bound on the tail).
What is not supported raises `Indeterminate` with a sentence; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from flint import arb, arb_series, fmpq

from derivations.core.calculus import Derivative, Integral, Prime, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Pow,
    Relation,
    Symbol,
    neg,
    num,
    oo,
)
from derivations.core.functions import Definition
from derivations.core.matrix import Entry
from derivations.core.substitute import free_symbols, substitute
from derivations.core.unfold import entry_meaning, meaning
from derivations.proving.derivatives import Style, differentiated
from numeric import constants
from numeric.constants import Constant, named, rational
from numeric.expansions import Error, Expansion, Tail
from numeric.growth import UNIT, Growth, tail_integral
from numeric.parts import EncloseParts
from numeric.values import Indeterminate, Infinity, Scalar, Undefined
from numeric.written import infinity_of

_MOST_TERMS_OF_A_SUM: Final = 200

Series = Callable[[arb_series], arb_series]


def _cosh(x: arb_series) -> arb_series:
    return (x.exp() + (-x).exp()) / 2


def _sinh(x: arb_series) -> arb_series:
    return (x.exp() - (-x).exp()) / 2


def _asinh(x: arb_series) -> arb_series:
    return (x + (x * x + 1).sqrt()).log()


# Functions that are analytic at every finite limit of their argument where Arb gives finite balls.
_ANALYTIC: Final[dict[str, Series]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda x: _sinh(x) / _cosh(x),
    "asin": lambda x: x.asin(),
    "acos": lambda x: x.acos(),
    "atan": lambda x: x.atan(),
    "asinh": _asinh,
    "acosh": lambda x: (x + (x * x - 1).sqrt()).log(),
    "atanh": lambda x: ((1 + x) / (1 - x)).log() / 2,
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "gamma": lambda x: x.gamma(),
    "loggamma": lambda x: x.lgamma(),
    "factorial": lambda x: (x + 1).gamma(),
}


@dataclass(slots=True)
class Walk:
    """Expands formulas on the tail; `places` says what the moving variable is there."""

    tail: Tail
    enclose: EncloseParts
    places: dict[Symbol, Expansion]
    integers: bool = False  # whether only whole t are meant (the index of a sum)
    known: dict[Formula, Expansion] = field(default_factory=dict)

    def expand(self, formula: Formula) -> Expansion:
        """The expansion of the formula. Errors: `Indeterminate`, `Undefined`."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._expand(formula)
        return found

    def moves(self, formula: Formula) -> bool:
        return not free_symbols(formula).isdisjoint(self.places)

    def _expand(self, formula: Formula) -> Expansion:
        tail = self.tail
        match formula:
            case Symbol() if formula in self.places:
                return self.places[formula]
            case Add(args=args):
                return tail.add(*map(self.expand, args))
            case Neg(arg=arg):
                return tail.negative(self.expand(arg))
            case Mul(args=args):
                product = self.expand(args[0])
                for factor in args[1:]:
                    product = tail.multiply(product, self.expand(factor))
                return product
            case Div(numerator=numerator, denominator=denominator):
                return tail.multiply(self.expand(numerator), self.inverse(denominator))
        if not self.moves(formula):
            return self.fixed(formula)
        match formula:
            case Pow(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Call():
                return self.call(formula)
            case Indicator(condition=condition):
                return tail.constant(rational(int(self.holds(condition))))
            case Cases(values=values, conditions=conditions):
                for value, condition in zip(values, conditions, strict=False):
                    if self.holds(condition):
                        return self.expand(value)
                if len(values) == len(conditions):
                    raise Undefined(f"no case of {formula} holds on the tail")
                return self.expand(values[-1])
            case Sum(body=body, variable=index, lower=lower, upper=upper):
                first, last = self.whole(lower), self.whole(upper)
                if last - first > _MOST_TERMS_OF_A_SUM:
                    raise Indeterminate(f"{formula} has too many terms for a limit")
                return tail.add(
                    tail.constant(constants.ZERO),
                    *(
                        self.expand(substitute(body, {index: num(k)}))
                        for k in range(first, last + 1)
                    ),
                )
            case Integral():
                return self.integral(formula)
            case Derivative() | Prime():
                return self.derivative(formula)
            case Entry():
                return self.expand(entry_meaning(formula))
        kind = type(formula).__name__
        raise Indeterminate(f"the tail of a {kind} is not supported: {formula}")

    def fixed(self, formula: Formula) -> Expansion:
        """A formula that does not move, built up so that equal constants cancel exactly."""
        if isinstance(formula, Call):
            if isinstance(formula.head, Definition):
                return self.call(formula)
            if formula.head.name == "exp":
                return self.exp(self.expand(formula.args[0]))
        return self.tail.constant(self.constant(formula))

    def constant(self, formula: Formula) -> Constant:
        """The value of a formula that does not move."""
        return constant_of(self.enclose(formula, {}), formula)

    def whole(self, formula: Formula) -> int:
        value = self.expand(formula).constant
        exact = None if value is None else value.rational
        if exact is None or exact.denominator != 1:
            raise Indeterminate(f"{formula} is no integer that the tail can count to")
        return int(exact)

    def inverse(self, formula: Formula) -> Expansion:
        """1 over the formula; a factorial is bounded from below by powers."""
        if isinstance(formula, Mul):
            product = self.inverse(formula.args[0])
            for factor in formula.args[1:]:
                product = self.tail.multiply(product, self.inverse(factor))
            return product
        if isinstance(formula, Call) and formula.head.name == "factorial" and self.moves(formula):
            return self.inverse_factorial(self.expand(formula.args[0]))
        expansion = self.expand(formula)
        if expansion.constant is not None and expansion.constant.is_zero:
            raise Undefined(f"{formula} is 0 and a denominator")
        return self.tail.inverse(expansion)

    def inverse_factorial(self, u: Expansion) -> Expansion:
        # For t >= M: t! >= M! * M**(t - M) = M!/M**M * exp(t*log(M)), at whole t.
        if u != self.tail.variable() or not self.integers:
            raise Indeterminate("the tail of a factorial is supported for k! in a sum over k only")
        whole = int(self.tail.start.floor().unique_fmpz() or 1)
        base = arb(whole)
        bound = (base**whole / arb.fac_ui(whole)).upper()
        rate = named(("log", rational(whole)), base.log())
        return Expansion((), Error(Growth(((Fraction(1), -rate),)), bound))

    def power(self, base: Formula, exponent: Formula) -> Expansion:
        tail = self.tail
        if not self.moves(exponent):
            value = self.constant(exponent).rational
            if value is not None:
                if value.denominator == 1 and value < 0:
                    return tail.power(self.inverse(base), -value)
                return tail.power(self.expand(base), value)
        u = self.expand(base)
        if self.integers and u.constant is not None and u.constant.sign() < 0:
            # (-b)**k has the size of b**k at whole k.
            size = self.exp(tail.multiply(self.expand(exponent), self.log(tail.negative(u))))
            envelope = tail.envelope(size)
            return Expansion((), envelope)
        if u.constant is not None and u.constant.is_zero:
            raise Indeterminate("a power of 0 in the tail is not supported")
        return self.exp(tail.multiply(self.expand(exponent), self.log(u)))

    def call(self, call: Call) -> Expansion:
        head, tail = call.head, self.tail
        if isinstance(head, Definition):
            body = meaning(call)
            assert body is not None
            return self.expand(body)
        if not head.builtin:
            raise Indeterminate(f"nothing is known about {head.name}")
        if head.name in {"Max", "Min"}:
            return self.extreme(call.args, 1 if head.name == "Max" else -1)
        if head.name == "KroneckerDelta" or len(call.args) == 2:
            body = meaning(call)
            assert body is not None
            return self.expand(body)
        u = self.expand(call.args[0])
        match head.name:
            case "exp":
                return self.exp(u)
            case "log":
                return self.log(u)
            case "sqrt":
                return tail.power(u, Fraction(1, 2))
            case "Abs":
                return u if self.sign(u) >= 0 else tail.negative(u)
            case "sign":
                return tail.constant(rational(self.sign(u)))
        towards = self.towards(u)
        if towards:
            return self.at_infinity(head.name, u, towards)
        centre, delta = self.near(u)
        if head.name not in _ANALYTIC:
            raise Indeterminate(f"the tail of {head.name} is not supported")
        return tail.composed(_ANALYTIC[head.name], centre, delta)

    def derivative(self, node: Derivative | Prime) -> Expansion:
        # Along the moving variable a kink is passed before the tail, or the sign is not decided.
        along = isinstance(node, Derivative) and node.variable in self.places
        try:
            carried_out = differentiated(node, unfold=True, style=Style(kinks=along))
        except FormulaError as error:
            raise Indeterminate(f"{node} is not differentiated in a tail: {error}") from error
        if carried_out == node:
            raise Indeterminate(f"{node} is not differentiated in a tail")
        return self.expand(carried_out)

    def sign(self, u: Expansion) -> int:
        return self.tail.sign(u)

    def towards(self, u: Expansion) -> int:
        """1 or -1 where u tends to oo or -oo, 0 where it stays bounded."""
        if not u.terms or u.terms[0][0].trend() <= 0:
            return 0
        self.tail.small(self.tail.leading(u)[2])
        return u.terms[0][1].sign()

    def near(self, u: Expansion) -> tuple[Constant, Expansion]:
        """The finite limit of u, and the rest, which tends to 0."""
        if u.error is not None and u.error.growth.trend() >= 0:
            raise Indeterminate("an argument in the tail is only known to be bounded")
        if u.terms and u.terms[0][0] == UNIT:
            return u.terms[0][1], Expansion(u.terms[1:], u.error)
        return constants.ZERO, u

    def exp(self, u: Expansion) -> Expansion:
        growth = Growth()
        rest: list[tuple[Growth, Constant]] = []
        for g, c in u.terms:
            if g.trend() <= 0:
                rest.append((g, c))
            elif not g.exponent and not g.logs:
                growth *= Growth(exponent=((g.power, c),))
            elif g == Growth(logs=Fraction(1)) and c.rational is not None:
                growth *= Growth(power=c.rational)
            else:
                return self.beyond_scale(u)
        head = Expansion(((growth, constants.ONE),))
        bounded = Expansion(tuple(rest), u.error)
        if u.error is not None and u.error.growth.trend() >= 0:
            if u.error.growth != UNIT:
                raise Indeterminate("the exponent of an exponential in the tail is not known")
            size = self.tail.envelope(bounded)
            assert size is not None
            return Expansion(
                (), Error(growth, (size.bound * size.growth.at(self.tail.start)).exp())
            )
        centre, delta = self.near(bounded)
        if not delta.terms and delta.error is None and centre.is_zero:
            return head
        factor = constants.ONE if centre.is_zero else named(("exp", centre), centre.value.exp())
        series = self.tail.composed(lambda x: x.exp(), constants.ZERO, delta)
        return self.tail.scaled(self.tail.multiply(head, series), factor)

    def beyond_scale(self, u: Expansion) -> Expansion:
        """exp(u) where u -> -oo faster than every power: it is at most exp(-t**2)."""
        growth, constant, delta = self.tail.leading(u)
        if constant.sign() > 0 or not growth.exponent:
            raise Indeterminate("an exponential in the tail grows or falls beyond the known orders")
        square = Growth(power=Fraction(2))
        size = (-constant.value * (1 - self.tail.small(delta))).lower()
        falling = square / growth
        # t**2 / growth <= size makes u <= -t**2.
        if not self.tail.bound(Error(falling, arb(1))) <= size:
            raise Indeterminate("the tail is not cut far enough out")
        return Expansion((), Error(Growth(exponent=((Fraction(2), rational(-1)),)), arb(1)))

    def log(self, u: Expansion) -> Expansion:
        tail = self.tail
        growth, constant, delta = tail.leading(u)
        if constant.sign() < 0:
            raise Indeterminate("the logarithm of a negative number in the tail is not supported")
        if growth.logs:
            raise Indeterminate("the logarithm of a logarithm in the tail is not supported")
        parts = [Expansion(((Growth(power=k), a),)) for k, a in growth.exponent]
        if growth.power:
            parts.append(Expansion(((Growth(logs=Fraction(1)), rational(growth.power)),)))
        if constant != constants.ONE:
            parts.append(tail.constant(named(("log", constant), constant.value.log())))
        return tail.add(*parts, tail.composed(lambda x: x.log(), constants.ONE, delta))

    def at_infinity(self, name: str, u: Expansion, towards: int) -> Expansion:
        tail = self.tail
        one = tail.constant(constants.ONE)
        size = u if towards > 0 else tail.negative(u)

        def odd(value: Expansion) -> Expansion:
            return value if towards > 0 else tail.negative(value)

        match name:
            case "sin" | "cos":
                return Expansion((), Error(UNIT, arb(1)))
            case "sinh" | "cosh":
                grown, fallen = self.exp(u), self.exp(tail.negative(u))
                other = fallen if name == "cosh" else tail.negative(fallen)
                return tail.scaled(tail.add(grown, other), rational(Fraction(1, 2)))
            case "tanh":
                fallen = self.exp(tail.scaled(size, rational(-2)))
                top = tail.add(one, tail.negative(fallen))
                return odd(tail.multiply(top, tail.inverse(tail.add(one, fallen))))
            case "atan":
                centre = named("pi", arb.pi()) * rational(Fraction(1, 2))
                small = tail.composed(_ANALYTIC["atan"], constants.ZERO, tail.inverse(size))
                return odd(tail.add(tail.constant(centre), tail.negative(small)))
            case "asinh" | "acosh" if name == "asinh" or towards > 0:
                shift = rational(1 if name == "asinh" else -1)
                square = tail.add(tail.multiply(size, size), tail.constant(shift))
                return odd(self.log(tail.add(size, tail.power(square, Fraction(1, 2)))))
            case "erf" | "erfc":
                # 0 < 1 - erf(v) <= exp(-v**2) for v >= 0.
                fallen = self.exp(tail.negative(tail.multiply(size, size)))
                value = odd(tail.add(one, Expansion((), tail.envelope(fallen))))
                return value if name == "erf" else tail.add(one, tail.negative(value))
        raise Indeterminate(f"the tail of {name} at infinity is not supported")

    def extreme(self, args: tuple[Formula, ...], direction: int) -> Expansion:
        best = self.expand(args[0])
        for arg in args[1:]:
            other = self.expand(arg)
            difference = self.tail.add(other, self.tail.negative(best))
            if self.sign(difference) * direction > 0:
                best = other
        return best

    def holds(self, condition: Formula) -> bool:
        """Whether a condition holds on the whole tail (or fails on the whole tail)."""
        match condition:
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                if infinity_of(lhs) or infinity_of(rhs):
                    raise Indeterminate(f"a condition with infinity is not supported: {condition}")
                sign = self.sign(self.expand(lhs + neg(rhs)))
                return {
                    "=": sign == 0,
                    "!=": sign != 0,
                    "<": sign < 0,
                    "<=": sign <= 0,
                    ">": sign > 0,
                    ">=": sign >= 0,
                }[rel]
            case And(args=args):
                return all(self.holds(arg) for arg in args)
            case Or(args=args):
                return any(self.holds(arg) for arg in args)
            case Not(arg=arg):
                return not self.holds(arg)
        raise Indeterminate(f"the condition {condition} is not supported in a tail")

    def integral(self, node: Integral) -> Expansion:
        """An integral whose end moves to infinity: the whole integral less a bounded tail."""
        if self.moves(node.body) or node.variable in self.places:
            raise Indeterminate(f"the limit of an integral whose integrand moves: {node}")
        lower, upper = node.lower, node.upper
        total: list[Expansion] = []
        for end, other, outer in ((upper, lower, 1), (lower, upper, -1)):
            if not self.moves(end):
                continue
            place = self.expand(end)
            direction = 1 if place == self.tail.variable() else -1
            if place not in (self.tail.variable(), self.tail.negative(self.tail.variable())):
                raise Indeterminate(f"the end {end} of an integral does not simply go to infinity")
            # The integral from the end to infinity in its direction.
            inner = Walk(self.tail, self.enclose, {node.variable: place})
            missing = _bounded_tail(inner, node.body)
            if self.moves(other):
                raise Indeterminate(f"both ends of {node} move")
            whole = (
                Integral(node.body, node.variable, other, _end(direction))
                if outer > 0
                else Integral(node.body, node.variable, _end(direction), other)
            )
            total += [missing]
            if infinity_of(other) != direction:
                total.append(self.tail.constant(self.constant(whole)))
        return self.tail.add(*total)


def constant_of(value: Scalar | Infinity, formula: Formula) -> Constant:
    """The value of a formula as a constant that bears its name."""
    if isinstance(value, Infinity):
        raise Undefined("infinity is not a number")
    if isinstance(value, fmpq):
        return rational(Fraction(int(value.p), int(value.q)))
    if not isinstance(value, arb):
        raise Indeterminate(f"{formula} is not real")
    return named(formula, value)


def _bounded_tail(inner: Walk, body: Formula) -> Expansion:
    envelope = inner.tail.envelope(inner.expand(body))
    if envelope is None:
        return Expansion(())
    factor, growth = tail_integral(envelope.growth, inner.tail.start)
    return Expansion((), Error(growth, (envelope.bound * factor).upper()))


def _end(direction: int) -> Formula:
    return oo if direction > 0 else neg(oo)
