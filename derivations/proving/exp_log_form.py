"""Rewriting into the field that exponentials, logarithms and roots generate on a place.

Every rewriting is an equality at each point of the place where the formula is defined; where it
needs a sign, the sign is proved first and recorded. Exponents are split into monomials that are
linearly independent over the rationals, `exp(2*x + y) = exp(x)**2 * exp(y)`; logarithms into
those of the positive factors of their argument; a root is a power of one generator,
`u**(p/q) = (u**(1/q))**p`; circular functions are exponentials of `I*u`.
"""

from __future__ import annotations

from typing import Final

from derivations.core.calculus import Integral, Product, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Constant,
    Div,
    Formula,
    GoldenRatio,
    I,
    Mul,
    Neg,
    Number,
    Q,
    Relation,
    Symbol,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Definition, Function, asin, erf, sqrt
from derivations.core.meaning import meaning
from derivations.proving.angles import (
    composition,
    is_in_unit,
)
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.conditions import holds
from derivations.proving.heads import expanded
from derivations.proving.ladders import ORDERED
from derivations.proving.parts import Parts
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import by_entire, quick_sign
from derivations.proving.relations import lowered
from derivations.proving.work import spend

_WORK_OF_NODE: Final = 20
_ODD: Final = frozenset({"atan", "asin", "atanh", "asinh", "erf", "sign", "erfi"})
CONSTANTS: Final[dict[Formula, Formula]] = {GoldenRatio: (ONE + sqrt(5)) / 2}


class Rewriting(Parts):
    """The formulas over common generators."""

    __slots__ = ()

    def rewritten(self, formula: Formula, here: Place) -> Formula:
        spend(_WORK_OF_NODE)
        match formula:
            case Number() | Symbol():
                return formula
            case Constant():
                exact = CONSTANTS.get(formula)
                return formula if exact is None else self.rewritten(exact, here)
            case Call():
                return self._call(formula, here)
            case Power(base, exponent):
                return self._power(self.rewritten(base, here), self.rewritten(exponent, here), here)
            case Sum() | Product() | Integral():
                return self._binder(formula, here)
            case Indicator(condition=condition):
                truth = holds(condition, here)
                if truth is not None:
                    self._note(condition, truth)
                    return ONE if truth else ZERO
            case Cases(values=values, conditions=conditions):
                branch = self._cases(values, conditions, here)
                return formula if branch is None else branch
            case Div(above, below) if (product := by_entire(below)) is not None:
                return self.rewritten(above * product, here)
            case Neg() | Add() | Mul() | Div() | Relation():
                return formula.rebuilt(tuple(self.rewritten(p, here) for p in formula.parts))
        return formula

    def _cases(
        self, values: tuple[Formula, ...], conditions: tuple[Formula, ...], here: Place
    ) -> Formula | None:
        """The branch that certainly holds, if all before it certainly do not."""
        for value, condition in zip(values, conditions, strict=False):
            truth = holds(condition, here)
            if truth is None:
                return None
            self._note(condition, truth)
            if truth:
                return self.rewritten(value, here)
        return self.rewritten(values[-1], here) if len(values) > len(conditions) else None

    def _call(self, call: Call, here: Place) -> Formula:
        head = call.head
        if isinstance(head, Definition):
            body = meaning(call)
            return call if body is None else self.rewritten(body, here)
        composed = composition(call, here, self.sign)
        if composed is None and head.name == "chebyshevt":  # of a cosine
            composed = expanded(call, here)
        if composed is not None:
            return self.rewritten(composed, here)
        args = tuple(lowered(self.rewritten(arg, here), self.field) for arg in call.args)
        if not head.builtin or not args:
            return Call(head, args)
        simpler = expanded(Call(head, args), here)
        if simpler is not None:
            return self.rewritten(simpler, here)
        return self._builtin(Call(head, args), head, args, here)

    def _builtin(
        self, call: Call, head: Function, args: tuple[Formula, ...], here: Place
    ) -> Formula:
        u = args[0]
        match head.name:
            case "exp":
                return self.exponential(u, here)
            case "log" if len(args) == 2:
                return self.logarithm(u, here) / self.logarithm(args[1], here)
            case "log":
                return self.logarithm(u, here)
            case "sqrt":
                return self._power(u, Q(1, 2), here)
            case "sinh" | "cosh" | "tanh":
                up, down = self.exponential(u, here), self.exponential(-u, here)
                if head.name == "tanh":
                    return (up - down) / (up + down)
                return (up - down if head.name == "sinh" else up + down) / 2
            case "sin" | "cos" | "tan":
                up, down = self.exponential(I * u, here), self.exponential(-(I * u), here)
                if head.name == "tan":
                    return (up - down) / (I * (up + down))
                return (up - down) / (2 * I) if head.name == "sin" else (up + down) / 2
            case "erfc":
                return ONE - self._odd(erf(u), here)
            case "Abs" | "sign":
                return self._magnitude(call, head.name, u, here)
            case "re" | "im" | "conjugate":
                return self._part(call, head.name, u, here)
            case "Max" | "Min":
                return self._extreme(call, head.name, args, here)
            case "KroneckerDelta":
                truth = holds(Relation(u, "=", args[1]), here)
                return call if truth is None else ONE if truth else ZERO
            case "asinh" if range_of(u, here.box) is not None:
                return self.logarithm(u + self._power(u**2 + 1, Q(1, 2), here), here)
            case "acosh":
                roots = [self._power(u + sign, Q(1, 2), here) for sign in (-ONE, ONE)]
                return self.logarithm(u + roots[0] * roots[1], here)
            case "atanh" if self.positive(ONE - u, here) and self.positive(ONE + u, here):
                return (self.logarithm(ONE + u, here) - self.logarithm(ONE - u, here)) / 2
            case "acos" if is_in_unit(u, here, self.sign):
                return pi / 2 - self._odd(asin(u), here)
            case "gamma" | "factorial" | "rgamma":
                return self._gamma(head.name, u, here)
            case "loggamma" if self.positive(u, here):
                return -self.logarithm(self._gamma("rgamma", u, here), here)
            case "arg" | "atan2":
                return self._argument(call, here)
            case "floor":
                return self._floor(call, u, here)
            case "sinc":
                return self._even(call)
        if head.name in ORDERED:
            return self._ordered(call, here)
        return self._odd(call, here) if head.name in _ODD else call

    def _ordered(self, call: Call, here: Place) -> Formula:
        """What shifts by whole numbers, by its generator of the least index or argument."""
        found = self.ladders.lowered(call, here)
        return call if found is None else self.rewritten(found, here)

    def _gamma(self, name: str, u: Formula, here: Place) -> Formula:
        whole = is_integer(u, here.box)
        if name == "rgamma" and whole and quick_sign(u, here) in Sign.NONPOSITIVE:
            return ZERO
        normal = self.field.fractional(u + 1 if name == "factorial" else u)[0]
        found = self.gammas.reciprocal(normal, lambda f: self.rewritten(f, here))
        return found if name == "rgamma" else ONE / found
