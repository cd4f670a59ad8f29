"""What a formula tends to, part by part: by continuity and the behaviour of the known functions at
infinity and at the ends of their domains."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from derivations.core.calculus import Limit, Sum
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Pow,
    Symbol,
    as_formula,
    num,
    oo,
    pi,
    walk,
)
from derivations.core.functions import Definition, Head
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names
from derivations.proving.reasons.growing import leading_limit
from derivations.proving.reasons.ordering import Order
from derivations.proving.reasons.values import evaluated, rational_value


class NoLimit(FormulaError):
    """The rules here do not give the limit: an indeterminate form, an unknown sign."""


@dataclass(frozen=True, slots=True)
class Tends:
    """Towards a finite value, from above ("+"), below ("-") or unknown (""); or to infinity."""

    value: Formula
    side: str = ""
    infinite: int = 0  # 1 for oo, -1 for -oo

    @property
    def is_zero(self) -> bool:
        return not self.infinite and rational_value(self.value) == 0

    @property
    def formula(self) -> Formula:
        return {0: self.value, 1: oo, -1: -oo}[self.infinite]


def _infinity(sign: int) -> Tends:
    return Tends(ZERO, "", sign)


# Values at oo, and at -oo where the function is not odd; numbers are approached as marked.
_AT_INFINITY: Final[dict[str, tuple[Tends, Tends | None]]] = {
    "exp": (_infinity(1), Tends(ZERO, "+")),
    "log": (_infinity(1), None),
    "sqrt": (_infinity(1), None),
    "sinh": (_infinity(1), _infinity(-1)),
    "cosh": (_infinity(1), _infinity(1)),
    "tanh": (Tends(ONE, "-"), Tends(num(-1), "+")),
    "atan": (Tends(pi / 2, "-"), Tends(-pi / 2, "+")),
    "asinh": (_infinity(1), _infinity(-1)),
    "acosh": (_infinity(1), None),
    "erf": (Tends(ONE, "-"), Tends(num(-1), "+")),
    "erfc": (Tends(ZERO, "+"), Tends(num(2), "-")),
    "Abs": (_infinity(1), _infinity(1)),
    "sign": (Tends(ONE), Tends(num(-1))),
    "gamma": (_infinity(1), None),
    "loggamma": (_infinity(1), None),
    "factorial": (_infinity(1), None),
}
_INCREASING: Final = {"exp", "log", "sqrt", "sinh", "tanh", "atan", "asinh", "erf", "asin"}
CONTINUOUS: Final = _INCREASING | {"cosh", "sin", "cos", "erfc", "Abs", "acos"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What parts tend to, as the variable tends to the point."""

    order: Order
    variable: Symbol | None = None
    point: Tends | None = None

    def of(self, f: Formula) -> Tends:
        if f == self.variable:
            assert self.point is not None  # set together
            return self.point
        if f == oo:
            return _infinity(1)
        match f:
            case Limit(body=body, variable=variable, point=point, side=side):
                try:
                    return Limits(self.order, variable, self.start(point, side)).of(body)
                except NoLimit:
                    return self.by_growth(body, variable, point, side)
        if not self.moves(f):
            return Tends(f)
        match f:
            case Neg(arg=arg):
                return _negative(self.of(arg))
            case Add(args=args):
                return self.added([self.of(arg) for arg in args])
            case Mul(args=args):
                result = Tends(ONE)
                for arg in args:
                    result = self.times(result, self.of(arg))
                return result
            case Div(numerator=top, denominator=bottom):
                return self.times(self.of(top), self.inverse(self.of(bottom)))
            case Pow(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Call(head=head) if isinstance(head, Definition):
                written = meaning(f)
                assert written is not None  # a definition has a body
                return self.of(written)
            case Call(head=head, args=(arg,)):
                return self.call(head, self.of(arg))
            case Sum(body=body, variable=k, lower=low, upper=high) if high != oo:
                inner = self.of(body)
                if not inner.infinite and not self.moves(low) and not self.moves(high):
                    return Tends(Sum(inner.value, k, low, high))
        raise NoLimit(f"the limit laws here do not reach {f}")

    def by_growth(self, body: Formula, variable: Symbol, point: Formula, side: str) -> Tends:
        if self.moves(body) or (self.moves(point) and point not in (oo, Neg(oo))):
            raise NoLimit(f"the limit laws here do not reach {body}")
        end = leading_limit(body, variable, point, side, self.order)
        if end in (oo, Neg(oo)):
            return _infinity(1 if end == oo else -1)
        return Tends(end)

    def start(self, point: Formula, side: str) -> Tends:
        if point in (oo, Neg(oo)):
            return _infinity(1 if point == oo else -1)
        return Tends(self.of(point).formula, "" if side == "+-" else side)

    def moves(self, f: Formula) -> bool:
        names = free_names(f)
        return (
            (self.variable is not None and self.variable in names)
            or any(isinstance(n, Limit) or n == oo for n in walk(f))
        )  # fmt: skip

    def sign(self, t: Tends) -> int:
        if t.infinite:
            return t.infinite
        known = self.order.sign(evaluated(t.value))
        if known in (">", "<"):
            return 1 if known == ">" else -1
        if known == "=":
            return 0
        raise NoLimit(f"the sign of {t.value} is not known")

    def added(self, parts: list[Tends]) -> Tends:
        signs = {p.infinite for p in parts} - {0}
        if len(signs) == 2:
            raise NoLimit("oo - oo has no value")
        if signs:
            return _infinity(signs.pop())
        value = parts[0].value
        for part in parts[1:]:
            value = value + part.value
        sides = {p.side for p in parts if p.side or not _is_constant(p)}
        return Tends(evaluated(value), sides.pop() if len(sides) == 1 else "")

    def times(self, a: Tends, b: Tends) -> Tends:
        if a.infinite or b.infinite:
            if a.is_zero or b.is_zero:
                raise NoLimit("0 times oo has no value")
            return _infinity(self.sign(a) * self.sign(b))
        value, side = evaluated(a.value * b.value), ""
        for one, two in ((a, b), (b, a)):
            if one.side and not two.side:
                try:
                    sign = self.sign(two)
                except NoLimit:
                    continue
                side = one.side if sign > 0 else _turned(one.side) if sign < 0 else ""
        if a.side and b.side and a.is_zero and b.is_zero:
            side = "+" if a.side == b.side else "-"
        elif a.side and a.is_zero and b.side:
            side = a.side if self.sign(b) > 0 else _turned(a.side)
        elif b.side and b.is_zero and a.side:
            side = b.side if self.sign(a) > 0 else _turned(b.side)
        elif a.side and a.side == b.side and self.sign(a) > 0 and self.sign(b) > 0:
            side = a.side
        return Tends(value, side)

    def inverse(self, a: Tends) -> Tends:
        if a.infinite:
            return Tends(ZERO, "+" if a.infinite > 0 else "-")
        if a.is_zero:
            if not a.side:
                raise NoLimit("1/0 has no value")
            return _infinity(1 if a.side == "+" else -1)
        return Tends(ONE / a.value, _turned(a.side))

    def power(self, base: Formula, exponent: Formula) -> Tends:
        if self.moves(exponent):
            raise NoLimit(f"write {base}**({exponent}) as an exponential")
        n, limit = rational_value(exponent), self.of(base)
        if n is None:
            if limit.infinite or limit.is_zero:
                raise NoLimit(f"the exponent {exponent} has no known sign")
            return Tends(Pow(limit.value, exponent))
        if n < 0:
            return self.inverse(self.positive_power(limit, -n))
        return self.positive_power(limit, n)

    def positive_power(self, limit: Tends, n: Fraction) -> Tends:
        even = n.denominator == 1 and n.numerator % 2 == 0
        if limit.infinite:
            return _infinity(1 if even else limit.infinite)
        if limit.is_zero:
            return Tends(ZERO, "+" if even else limit.side)
        side = limit.side
        if even and side and self.sign(limit) < 0:
            side = _turned(side)
        return Tends(evaluated(limit.value ** _number(n)), side)

    def call(self, head: Head, at: Tends) -> Tends:
        assert not isinstance(head, Definition)
        if not head.builtin:
            raise NoLimit(f"nothing is known of {head.name}")
        if at.infinite:
            ends = _AT_INFINITY.get(head.name)
            found = None if ends is None else ends[0 if at.infinite > 0 else 1]
            if found is None:
                raise NoLimit(f"{head.name} has no limit here")
            return found
        if head.name == "log" and at.is_zero:
            return _infinity(-1)
        if head.name == "atanh" and rational_value(at.value) in (1, -1):
            return _infinity(1 if rational_value(at.value) == 1 else -1)
        side = at.side if head.name in _INCREASING else ""
        if head.name == "Abs" and at.is_zero:
            side = "+"
        if head.name not in CONTINUOUS and head.name not in ("log", "sqrt", "tan", "atanh"):
            raise NoLimit(f"{head.name} may jump at {at.value}")
        return Tends(evaluated(head(at.value)), side)


def _number(n: Fraction) -> Formula:
    return as_formula(n)


def _is_constant(t: Tends) -> bool:
    return not t.side


def _negative(t: Tends) -> Tends:
    return Tends(evaluated(-t.value), _turned(t.side), -t.infinite)


def _turned(side: str) -> str:
    return {"+": "-", "-": "+", "": ""}[side]


def limit_value(formula: Formula, order: Order) -> Formula | None:
    """The formula with its limits and infinities carried out in the extended reals; None where
    the limit laws here do not decide."""
    try:
        return evaluated(Limits(order).of(formula).formula)
    except FormulaError:
        return None
