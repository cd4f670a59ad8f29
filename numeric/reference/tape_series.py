"""Power series whose coefficients are places on a tape: derivatives, as operations written down.

A `Series` is a truncated power series in a formal increment, one increment a level, the innermost
derivative's last. Its coefficients are places on the tape, series of lower levels, or `None`, the 0
that is there by construction (it is never the value of a formula).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias, Union

from numeric.reference import raw_floats
from numeric.reference.raw_floats import Operation

Place: TypeAlias = int
Value: TypeAlias = Union[Place, "Series"]
Coefficient: TypeAlias = "Value | None"


class NotOnTape(Exception):  # noqa: N818 (a message between evaluations, no error)
    """The formula holds more than a tape can."""


class Series:
    """The coefficients of 1, t, t**2, ... of one level."""

    __slots__ = ("level", "terms")

    def __init__(self, level: int, terms: tuple[Coefficient, ...]) -> None:
        self.level = level
        self.terms = terms


class Writer:
    """Writes operations down; equal ones once. `write` gives the place of the result."""

    def __init__(
        self,
        write: Callable[[Operation, Place, Place], Place],
        constant: Callable[[Fraction | str], Place],
    ) -> None:
        self.write = write
        self.constant = constant  # the place of a rational, or of a constant by its name

    def whole(self, value: int) -> Place:
        return self.constant(Fraction(value))

    # ------------------------------------------------------------------------------ arithmetic

    def add(self, a: Coefficient, b: Coefficient) -> Coefficient:
        if a is None:
            return b
        if b is None:
            return a
        if isinstance(a, Series) or isinstance(b, Series):
            level, one, two = _levelled(a, b)
            return Series(level, tuple(map(self.add, one, two)))
        return self.write(raw_floats.add, a, b)

    def negative(self, a: Coefficient) -> Coefficient:
        if a is None:
            return None
        if isinstance(a, Series):
            return Series(a.level, tuple(map(self.negative, a.terms)))
        return self.write(raw_floats.negative, a, a)

    def multiply(self, a: Coefficient, b: Coefficient) -> Coefficient:
        if a is None or b is None:
            return None
        if isinstance(a, Series) or isinstance(b, Series):
            level, one, two = _levelled(a, b)
            return Series(
                level, tuple(self.convolved(one, two, n, range(n + 1)) for n in range(len(one)))
            )
        return self.write(raw_floats.multiply, a, b)

    def divide(self, a: Coefficient, b: Coefficient) -> Coefficient:
        assert b is not None
        if a is None:
            return None
        if isinstance(a, Series) or isinstance(b, Series):
            level, one, two = _levelled(a, b)
            found: list[Coefficient] = []
            for n in range(len(one)):
                known = self.convolved(found, two, n, range(n))
                found.append(self.divide(self.add(one[n], self.negative(known)), two[0]))
            return Series(level, tuple(found))
        return self.write(raw_floats.divide, a, b)

    def convolved(
        self,
        a: tuple[Coefficient, ...] | list[Coefficient],
        b: tuple[Coefficient, ...] | list[Coefficient],
        n: int,
        steps: range,
    ) -> Coefficient:
        """The sum of a[k]*b[n - k] over the steps k."""
        total: Coefficient = None
        for k in steps:
            total = self.add(total, self.multiply(a[k], b[n - k]))
        return total

    def times(self, factor: int, a: Coefficient) -> Coefficient:
        return a if factor == 1 else self.multiply(self.whole(factor), a)

    def over(self, a: Coefficient, divisor: int) -> Coefficient:
        return a if divisor == 1 else self.divide(a, self.whole(divisor))

    # -------------------------------------------------------------------------------- functions

    def whole_power(self, base: Value, n: int) -> Value:
        """base**n for a natural n."""
        if not isinstance(base, Series):
            return self.write(raw_floats.whole_power(n), base, base)
        if n > _MOST_FACTORS:
            raise NotOnTape
        result: Coefficient = self.whole(1)
        for _ in range(n):
            result = self.multiply(result, base)
        assert result is not None
        return result

    def power(self, base: Value, exponent: Value) -> Value:
        if isinstance(exponent, Series):
            product = self.multiply(exponent, self.function("log", base))
            assert product is not None
            return self.function("exp", product)
        if not isinstance(base, Series):
            return self.write(raw_floats.power, base, exponent)
        # p = u**a solves u*p' = a*u'*p.
        u = base.terms
        assert u[0] is not None
        found: list[Coefficient] = [self.power(u[0], exponent)]
        for n in range(1, len(u)):
            total: Coefficient = None
            for k in range(1, n + 1):
                term = self.multiply(u[k], found[n - k])
                if term is None:
                    continue
                factor = self.times(k, exponent)
                if n > k:
                    factor = self.add(factor, self.whole(k - n))
                total = self.add(total, self.multiply(factor, term))
            found.append(self.divide(self.over(total, n), u[0]))
        return Series(base.level, tuple(found))

    def function(self, name: str, u: Value) -> Value:
        if not isinstance(u, Series):
            if name not in raw_floats.FUNCTIONS:
                raise NotOnTape
            return self.write(raw_floats.FUNCTIONS[name], u, u)
        if name not in _SLOPES:
            raise NotOnTape
        return _SLOPES[name](self, u)

    def integrated(self, start: Value, slope: Coefficient, u: Series) -> Series:
        """The series that begins with `start` and has the derivative slope * u'."""
        product = self.multiply(slope, self.moving(u))
        terms = product.terms if isinstance(product, Series) else (None,) * len(u.terms)
        rest = (self.over(c, n) for n, c in enumerate(terms[:-1], start=1))
        return Series(u.level, (start, *rest))

    def moving(self, u: Series) -> Series:
        """u', short of its last coefficient, which is not known and not needed."""
        return Series(u.level, (*(self.times(k, u.terms[k]) for k in range(1, len(u.terms))), None))

    def start(self, name: str, u: Series) -> Value:
        assert u.terms[0] is not None
        return self.function(name, u.terms[0])

    def reciprocal_square(self, name: str, u: Series) -> Coefficient:
        value = self.function(name, u)
        return self.divide(self.whole(1), self.multiply(value, value))

    def pair(self, first: Value, second: Value, u: Series, sign: int) -> tuple[Series, Series]:
        """f and g with f' = g*u' and g' = sign*f*u' that begin with two values."""
        moved = self.moving(u).terms
        f: list[Coefficient] = [first]
        g: list[Coefficient] = [second]
        for n in range(1, len(u.terms)):
            one = self.over(self.convolved(moved, g, n - 1, range(n)), n)
            two = self.over(self.convolved(moved, f, n - 1, range(n)), n)
            f.append(one)
            g.append(two if sign > 0 else self.negative(two))
        return Series(u.level, tuple(f)), Series(u.level, tuple(g))


_MOST_FACTORS: Final = 16


def _level(a: Value) -> int:
    return a.level if isinstance(a, Series) else -1


def _levelled(a: Value, b: Value) -> tuple[int, tuple[Coefficient, ...], tuple[Coefficient, ...]]:
    """The two as series of the higher level."""
    level = max(_level(a), _level(b))
    length = len((a if _level(a) == level else b).terms)  # type: ignore[union-attr]
    one, two = (
        value.terms
        if isinstance(value, Series) and value.level == level
        else (value, *(None,) * (length - 1))
        for value in (a, b)
    )
    return level, one, two


def _exp(w: Writer, u: Series) -> Series:
    # e' = u'*e, one coefficient after the other.
    moved = w.moving(u).terms
    found: list[Coefficient] = [w.start("exp", u)]
    for n in range(1, len(u.terms)):
        found.append(w.over(w.convolved(moved, found, n - 1, range(n)), n))
    return Series(u.level, tuple(found))


def _trigonometric(first: str, second: str, sign: int, which: int) -> _Rule:
    def series(w: Writer, u: Series) -> Series:
        return w.pair(w.start(first, u), w.start(second, u), u, sign)[which]

    return series


def _by_slope(name: str, slope: Callable[[Writer, Series], Coefficient]) -> _Rule:
    return lambda w, u: w.integrated(w.start(name, u), slope(w, u), u)


def _square(w: Writer, u: Series, sign: int) -> Value:
    """1 + sign*u**2."""
    square = w.multiply(u, u)
    total = w.add(w.whole(1), square if sign > 0 else w.negative(square))
    assert total is not None
    return total


def _bell(w: Writer, u: Series, sign: int) -> Coefficient:
    square = w.negative(w.multiply(u, u))
    assert square is not None
    root = w.function("sqrt", w.constant("pi"))
    return w.divide(w.times(2 * sign, w.function("exp", square)), root)


def _absolute(w: Writer, u: Series) -> Value:
    assert u.terms[0] is not None
    if isinstance(u.terms[0], Series):
        raise NotOnTape
    side = w.write(raw_floats.sign_off_zero, u.terms[0], u.terms[0])
    found = w.multiply(side, u)
    assert found is not None
    return found


_Rule: TypeAlias = "Callable[[Writer, Series], Value]"
_SLOPES: Final[dict[str, _Rule]] = {
    "exp": _exp,
    "log": _by_slope("log", lambda w, u: w.divide(w.whole(1), u)),
    "sqrt": lambda w, u: w.power(u, w.constant(Fraction(1, 2))),
    "sin": _trigonometric("sin", "cos", -1, 0),
    "cos": _trigonometric("sin", "cos", -1, 1),
    "sinh": _trigonometric("sinh", "cosh", 1, 0),
    "cosh": _trigonometric("sinh", "cosh", 1, 1),
    "tan": _by_slope("tan", lambda w, u: w.reciprocal_square("cos", u)),
    "tanh": _by_slope("tanh", lambda w, u: w.reciprocal_square("cosh", u)),
    "atan": _by_slope("atan", lambda w, u: w.divide(w.whole(1), _square(w, u, 1))),
    "erf": _by_slope("erf", lambda w, u: _bell(w, u, 1)),
    "erfc": _by_slope("erfc", lambda w, u: _bell(w, u, -1)),
    "Abs": _absolute,
}
