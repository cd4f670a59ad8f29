"""A formula as an expansion on the tail of a variable: the walk over the tree.

Used for limits (the leading term), improper integrals and infinite sums (a bound on the tail).
What is not supported raises `Indeterminate` with a sentence; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from flint import acb, arb, arb_series, ctx, fmpq

from derivations.core.calculus import Derivative, Integral, Prime, Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
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
    neg,
    num,
    oo,
)
from derivations.core.functions import Definition, cos, cosh, sin, sinh
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.bounds import Box
from derivations.proving.derivatives import Style, differentiated
from derivations.proving.families import FAMILIES, family_member
from derivations.proving.places import Place
from numeric.balls.operations import holds
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball
from numeric.calculus.parts import EncloseParts
from numeric.exact import constants
from numeric.exact.constants import Constant, named, rational
from numeric.special.table import HEADS
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.functions import exp, function, log, log_of, near, towards
from numeric.tails.growth import UNIT, Growth, tail_integral
from numeric.tails.logarithms import by_logarithms, is_beyond_scale, logarithm
from numeric.tails.sums import partial_product, partial_sum
from numeric.written import infinity_of

_MOST_TERMS_OF_A_SUM: Final = 200
# Powers of what does not move are multiplied out up to this one.
_LARGEST_POWER: Final = 4


_BY_SIMPLER: Final[dict[str, Callable[[Formula], Formula]]] = {
    "coth": lambda u: cosh(u) / sinh(u),
    "tan": lambda u: sin(u) / cos(u),
    "cot": lambda u: cos(u) / sin(u),
    "sec": lambda u: 1 / cos(u),
    "csc": lambda u: 1 / sin(u),
    "sech": lambda u: 1 / cosh(u),
    "csch": lambda u: 1 / sinh(u),
    "sinc": lambda u: sin(u) / u,
}


@dataclass(slots=True)
class Walk:
    """Expands formulas on the tail; `places` says what the moving variable is there."""

    tail: Tail
    enclose: EncloseParts
    places: dict[Symbol, Expansion]
    integers: bool = False  # whether only whole t are meant (the index of a sum)
    # Whether what does not move is taken as one number: quicker, but equal constants written in
    # two ways do not cancel exactly.
    rough: bool = False
    known: dict[Formula, Expansion] = field(default_factory=dict)
    # Whether a formula certainly tends to 0, asked where a ball about 0 does not tell.
    vanishes: Callable[[Formula], bool] | None = None

    def expand(self, formula: Formula) -> Expansion:
        """The expansion of the formula. Errors: `Indeterminate`, `Undefined`."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._without_zero(formula, self._expand(formula))
        return found

    def _without_zero(self, formula: Formula, found: Expansion) -> Expansion:
        """Without a leading constant that is 0, though its ball does not tell."""
        if self.vanishes is None or not found.terms or found.terms[0][0] != UNIT:
            return found
        constant = found.terms[0][1]
        if constant.rational is not None or not constant.value.contains(0):
            return found
        if not self.moves(formula) or not self.vanishes(formula):
            return found
        return Expansion(found.terms[1:], found.error)

    def moves(self, formula: Formula) -> bool:
        return not free_symbols(formula).isdisjoint(self.places)

    def over(self, index: Symbol) -> Walk:
        """A walk on the same tail with the index of a sum as what moves, at whole numbers."""
        return Walk(self.tail, self.enclose, {index: self.tail.variable()}, integers=True)

    def _expand(self, formula: Formula) -> Expansion:
        tail = self.tail
        if self.rough and not self.moves(formula):
            return tail.constant(self.constant(formula))
        match formula:
            case Symbol() if formula in self.places:
                return self.places[formula]
            case Add(args=args):
                return tail.add(*map(self.expand, args))
            case Neg(arg=arg):
                return tail.negative(self.expand(arg))
            case Mul() | Div() if is_beyond_scale(self, formula):
                return by_logarithms(self, formula)
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
                if infinity_of(lower) or infinity_of(upper):
                    raise Indeterminate(f"the tail of a series is not supported: {formula}")
                if self.moves(upper):
                    return partial_sum(self, formula)
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
            case Product(lower=lower, upper=upper) if self.moves(upper):
                return partial_product(self, formula)
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
                return exp(self.tail, self.expand(formula.args[0]))
            if formula.head.name == "log" and len(formula.args) == 1:
                inner = self.expand(formula.args[0]).constant
                if inner is not None and inner.value > 0:
                    return self.tail.constant(log_of(inner))
        match formula:
            case Pow(base=base, exponent=Number(value=n)) if n <= _LARGEST_POWER:
                return self.tail.power(self.expand(base), Fraction(n))
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
        if is_beyond_scale(self, base):
            return exp(tail, tail.multiply(self.expand(exponent), logarithm(self, base)))
        u = self.expand(base)
        if self.integers and u.constant is not None and u.constant.sign() < 0:
            # (-b)**k has the size of b**k at whole k.
            size = exp(
                self.tail, tail.multiply(self.expand(exponent), log(self.tail, tail.negative(u)))
            )
            envelope = tail.envelope(size)
            return Expansion((), envelope)
        if u.constant is not None and u.constant.is_zero:
            if tail.sign(self.expand(exponent)) > 0:
                return Expansion(())
            raise Indeterminate("a power of 0 in the tail is not supported")
        return exp(self.tail, tail.multiply(self.expand(exponent), logarithm(self, base)))

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
        simpler = _BY_SIMPLER.get(head.name)
        if simpler is not None:
            return self.expand(simpler(call.args[0]))
        if head.name in {"binomial", "beta"}:
            return by_logarithms(self, call)
        if head.name == "Mod":
            a, b = call.args
            return self.expand(a - b * SPECIAL_FUNCTIONS["floor"](a / b))
        if head.name in FAMILIES and isinstance(call.args[0], Number):
            member = family_member(call, Place(Box({})))
            if member is not None:  # a polynomial of explicit degree
                return self.expand(member)
        found = self.special(head.name, call.args)
        if found is not None:
            return found
        if len(call.args) != 1:
            body = meaning(call)
            if body is not None:
                return self.expand(body)
            raise Indeterminate(f"the tail of {head.name} is not supported")
        u = self.expand(call.args[0])
        return function(tail, head.name, u)

    def special(self, name: str, args: tuple[Formula, ...]) -> Expansion | None:
        """A special function one of whose arguments moves, to where it is smooth; else None."""
        moving = [k for k, arg in enumerate(args) if self.moves(arg)]
        taylor = HEADS[name].taylor if name in HEADS else None
        if taylor is None or len(moving) != 1:
            return None
        (which,) = moving
        u = self.expand(args[which])
        if towards(self.tail, u) or (name == "zeta" and near(u)[0] == constants.ONE):
            return None
        values = [None if k == which else self.enclose(arg, {}) for k, arg in enumerate(args)]
        if any(isinstance(value, Infinity) for value in values):
            return None

        def function(x: arb_series) -> arb_series:
            numbers: list[Any] = list(values)
            numbers[which] = x[0]
            try:
                found = taylor(which, numbers, ctx.cap)
            except Undefined as error:  # at the limit, which is not reached
                raise Indeterminate(f"{name} is singular at the limit: {error}") from error
            if any(isinstance(c, acb) for c in found):
                raise Indeterminate(f"{name} is not real in the tail")
            return arb_series([real for c in found if not isinstance(real := ball(c), acb)])

        return self.tail.composed(function, *near(u))

    def derivative(self, node: Derivative | Prime) -> Expansion:
        # Along the moving variable a kink is passed before the tail, or the sign is not decided.
        if isinstance(node, Prime):
            along = self.expand(node.point).constant is None
        else:
            along = node.variable in self.places
        try:
            carried_out = differentiated(node, unfold=True, style=Style(kinks=along))
        except FormulaError as error:
            raise Indeterminate(f"{node} is not differentiated in a tail: {error}") from error
        if carried_out == node:
            raise Indeterminate(f"{node} is not differentiated in a tail")
        return self.expand(carried_out)

    def extreme(self, args: tuple[Formula, ...], direction: int) -> Expansion:
        best = self.expand(args[0])
        for arg in args[1:]:
            other = self.expand(arg)
            difference = self.tail.add(other, self.tail.negative(best))
            if self.tail.sign(difference) * direction > 0:
                best = other
        return best

    def holds(self, condition: Formula) -> bool:
        """Whether a condition holds on the whole tail (or fails on the whole tail)."""
        match condition:
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                if infinity_of(lhs) or infinity_of(rhs):
                    raise Indeterminate(f"a condition with infinity is not supported: {condition}")
                sign = self.tail.sign(self.expand(lhs + neg(rhs)))
                return holds(rel, sign)
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
