"""A formula at many points at once, in float64: where to look, never what is true.

The tree is walked on whole arrays; every sub-formula is kept, so that its own zeros and turns can
be seen. Overflow is infinite, what has no real value is nan, and nothing is said of accuracy.

>>> from derivations.core import exp, symbol
>>> x = symbol("x")
>>> Glance({x: np.array([0.0, 1.0])}).at(1 / (1 + exp(-x)))
array([0.5       , 0.73105858])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from derivations.core.calculus import Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
)
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.exact.rational import rational_of


class NotSeen(Exception):  # noqa: N818 (a message between evaluations, no error)
    """The formula holds something that has no glance."""


# Terms of a sum or a product that are looked at.
_MOST_TERMS: Final = 200_000

_CONSTANTS: Final[dict[str, Any]] = {
    "pi": np.pi, "E": np.e, "e": np.e, "I": 1j, "EulerGamma": np.euler_gamma,
    "Catalan": 0.915965594177219, "GoldenRatio": (1 + 5**0.5) / 2, "oo": np.inf,
}  # fmt: skip


def _compared(rel: str, a: Any, b: Any) -> Any:
    match rel:
        case "=":
            return a == b
        case "!=":
            return a != b
        case "<":
            return np.less(a, b)
        case "<=":
            return np.less_equal(a, b)
        case ">":
            return np.greater(a, b)
    return np.greater_equal(a, b)


def _of_parts(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def applied(u: Any) -> Any:
        return function(u.real) + 1j * function(u.imag) if np.iscomplexobj(u) else function(u)

    return applied


def _sign(u: Any) -> Any:
    return np.where(u == 0, 0, u / np.abs(u)) if np.iscomplexobj(u) else np.sign(u)


def _whole(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A function of two whole numbers, of floats: nan where they are none."""

    def applied(a: Any, b: Any) -> Any:
        good = (np.abs(a) < 2.0**53) & (np.abs(b) < 2.0**53)
        one, other = (np.where(good, part, 0.0).astype(np.int64) for part in (a, b))
        return np.where(good, function(one, other).astype(float), np.nan)

    return applied


_GOLDEN: Final = (1 + 5**0.5) / 2


def _fibonacci(n: Any) -> Any:
    value = (np.power(_GOLDEN, n) - np.cos(np.pi * n) * np.power(_GOLDEN, -n)) / 5**0.5
    return np.where(np.abs(n) < 70, np.rint(value), value)


def _lucas(n: Any) -> Any:
    value = np.power(_GOLDEN, n) + np.cos(np.pi * n) * np.power(_GOLDEN, -n)
    return np.where(np.abs(n) < 70, np.rint(value), value)


_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "exp": np.exp, "log": lambda u, *b: np.log(u) / np.log(b[0]) if b else np.log(u),
    "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh,
    "cosh": np.cosh, "tanh": np.tanh, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh, "Abs": np.abs, "sign": _sign,
    "cot": lambda u: 1 / np.tan(u), "sec": lambda u: 1 / np.cos(u), "csc": lambda u: 1 / np.sin(u),
    "coth": lambda u: 1 / np.tanh(u), "sech": lambda u: 1 / np.cosh(u),
    "csch": lambda u: 1 / np.sinh(u), "acot": lambda u: np.arctan(1 / u),
    "asec": lambda u: np.arccos(1 / u), "acsc": lambda u: np.arcsin(1 / u),
    "acoth": lambda u: np.arctanh(1 / u), "asech": lambda u: np.arccosh(1 / u),
    "acsch": lambda u: np.arcsinh(1 / u), "floor": _of_parts(np.floor),
    "ceiling": _of_parts(np.ceil), "frac": lambda u: u - _of_parts(np.floor)(u),
    "Mod": lambda a, b: a - b * np.floor(a / b), "cbrt": lambda u: np.power(u, 1 / 3),
    "root": lambda u, n: np.power(u, 1 / n), "atan2": np.arctan2, "re": np.real, "im": np.imag,
    "conjugate": np.conj, "arg": np.angle, "sinc": lambda u: np.sinc(u / np.pi),
    "Heaviside": lambda u: np.heaviside(u, 0.5), "KroneckerDelta": lambda a, b: 1.0 * (a == b),
    "gcd": _whole(np.gcd), "lcm": _whole(np.lcm), "fibonacci": _fibonacci, "lucas": _lucas,
}  # fmt: skip

# By SciPy, which is imported when one of them is asked for.
_BY_SCIPY: Final[dict[str, str]] = {
    "gamma": "gamma", "loggamma": "loggamma", "digamma": "psi", "erf": "erf", "erfc": "erfc",
    "erfi": "erfi", "beta": "beta", "besselj": "jv", "bessely": "yv", "besseli": "iv",
    "besselk": "kv", "Ei": "expi", "binomial": "binom", "elliptic_k": "ellipk",
    "polygamma": "polygamma", "erfinv": "erfinv",
}  # fmt: skip


class Glance:
    """The values of formulas where the variables have the given arrays, all of one shape."""

    def __init__(self, values: Mapping[Symbol, Any]) -> None:
        self.seen: dict[Formula, Any] = dict(values.items())

    def at(self, formula: Formula) -> Any:
        """An array, or a number where nothing moves.

        Errors: `NotSeen`.
        """
        with np.errstate(all="ignore"):
            return self._at(formula)

    def _at(self, formula: Formula) -> Any:
        found = self.seen.get(formula)
        if found is None:
            try:
                found = self._made(formula)
            except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
                raise NotSeen from error
            self.seen[formula] = found
        return found

    def _made(self, formula: Formula) -> Any:
        match formula:
            case Number(value=value):
                return np.float64(value) if value.bit_length() < 1000 else np.float64("inf")
            case Constant(name=name) if name in _CONSTANTS:
                return _CONSTANTS[name]
            case Neg(arg=arg):
                return -self._at(arg)
            case Add(args=args):
                return self._folded(np.add, args)
            case Mul(args=args):
                return self._folded(np.multiply, args)
            case Div(numerator=over, denominator=under):
                return np.divide(self._at(over), self._at(under))
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                return _compared(rel, self._at(lhs), self._at(rhs))
            case And(args=args):
                return self._folded(np.logical_and, args)
            case Or(args=args):
                return self._folded(np.logical_or, args)
            case Not(arg=arg):
                return np.logical_not(self._at(arg))
            case Indicator(condition=condition):
                return 1.0 * self._at(condition)
            case Cases(values=values, conditions=conditions):
                return self._cases(values, conditions)
            case Sum(body=body, variable=k, lower=lower, upper=upper):
                return self._added_up(np.add, body, k, lower, upper)
            case Product(body=body, variable=k, lower=lower, upper=upper):
                return self._added_up(np.multiply, body, k, lower, upper)
            case Call(head=head, args=args) if not isinstance(head, Definition):
                return self._called(head.name, args)
        raise NotSeen

    def _added_up(
        self, operation: Any, body: Formula, k: Symbol, lower: Formula, upper: Formula
    ) -> Any:
        """A sum or a product of terms in which nothing but the index moves."""
        start, ends = rational_of(lower), np.asarray(self._at(upper), dtype=float)
        if start is None or start.denominator != 1 or free_names(body) - {k}:
            raise NotSeen
        last = np.nanmax(ends, initial=float(start))
        if not last - start < _MOST_TERMS:
            raise NotSeen
        values = np.arange(float(start), last + 1)
        total = operation.accumulate(np.broadcast_to(Glance({k: values}).at(body), values.shape))
        index = np.floor(ends) - float(start)
        found = total[np.clip(np.nan_to_num(index), 0, len(total) - 1).astype(int)]
        empty = float(operation is np.multiply)
        return np.where(np.isnan(ends), np.nan, np.where(index < 0, empty, found))

    def _folded(self, operation: Callable[[Any, Any], Any], args: tuple[Formula, ...]) -> Any:
        total = self._at(args[0])
        for arg in args[1:]:
            total = operation(total, self._at(arg))
        return total

    def _power(self, base: Formula, exponent: Formula) -> Any:
        n = rational_of(exponent)
        below = self._at(base)
        if n is not None and n.denominator == 1 and abs(n) < 64:
            return np.power(below, np.float64(int(n)))
        return np.power(below, self._at(exponent))

    def _cases(self, values: tuple[Formula, ...], conditions: tuple[Formula, ...]) -> Any:
        result = self._at(values[-1]) if len(values) > len(conditions) else np.nan
        for value, condition in reversed(list(zip(values, conditions, strict=False))):
            result = np.where(self._at(condition), self._at(value), result)
        return result

    def _called(self, name: str, args: tuple[Formula, ...]) -> Any:
        if name in {"Max", "Min"}:
            return self._folded(np.maximum if name == "Max" else np.minimum, args)
        function = _FUNCTIONS.get(name)
        if function is None and name in _BY_SCIPY:
            import scipy.special

            function = getattr(scipy.special, _BY_SCIPY[name])
        if name == "factorial":
            import scipy.special

            return scipy.special.gamma(self._at(args[0]) + 1)
        if function is None:
            raise NotSeen
        return function(*map(self._at, args))
