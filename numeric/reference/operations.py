"""The operations of the second evaluation, on mpmath's floats."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, TypeAlias

import mpmath
from mpmath import mp, mpc, mpf

from derivations.core.formula import Array, Symbol
from numeric.balls.values import Exact, Gaussian, Indeterminate, Point, Undefined
from numeric.reference.series import NotSmooth, Series, applied, difference_of
from numeric.reference.series import power as power_of_series
from numeric.special.reference import special_function

Name: TypeAlias = "Symbol | str"
Step: TypeAlias = "Callable[[Scope], Any]"


class Scope:
    """Names with their values (exact, or floats where an algorithm chose them), and a memory that
    is valid at one precision."""

    __slots__ = ("level", "memory", "names", "numbers", "outer", "values")

    def __init__(self, values: dict[Name, Any], outer: Scope | None = None) -> None:
        self.values = values
        self.names = frozenset(values)
        self.outer = outer
        self.memory: dict[int, Any] = {}
        self.numbers: dict[Name, Any] = {}
        # How many derivatives are being taken, by series, of what is evaluated here.
        self.level: int = 0 if outer is None else outer.level

    def exactly(self, name: Name) -> Any:
        """The value as it was given."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.outer
        raise Indeterminate(f"{name} has no value")

    def number(self, name: Name) -> Any:
        """The value as a float of the current precision."""
        if name not in self.values and self.outer is not None:
            return self.outer.number(name)
        if name not in self.numbers:
            self.numbers[name] = as_float(self.exactly(name))
        return self.numbers[name]

    def flat(self) -> dict[Name, Any]:
        return {**(self.outer.flat() if self.outer is not None else {}), **self.values}


def scope_of(point: Point, ground: Scope | None = None) -> Scope:
    """The scope of a point; valid at one precision, as its memory is. What depends on no name is
    remembered in the `ground`, which points share."""
    return Scope({v.name if isinstance(v, Array) else v: x for v, x in point.items()}, ground)


# A derivative so small is taken for 0.
_MOST_LOST_BITS: Final = 4096
# So many bits below 1 are nothing that is lost.
_GUARD: Final = 16


def memorised(step: Step, key: int, uses: frozenset[Name]) -> Step:
    def value_in(scope: Scope) -> Any:
        while scope.outer is not None and scope.names.isdisjoint(uses):
            scope = scope.outer
        memory = scope.memory
        if key not in memory:
            memory[key] = step(scope)
        return memory[key]

    return value_in


def unsupported(sentence: str) -> Step:
    def step(scope: Scope) -> Any:
        raise Indeterminate(sentence)

    return step


def constant(name: str) -> Step:
    match name:
        case "pi":
            return lambda s: +mp.pi
        case "I":
            return lambda s: mpc(0, 1)
        case "oo":
            return lambda s: mp.inf
        case "EulerGamma":
            return lambda s: +mp.euler
        case "Catalan":
            return lambda s: +mp.catalan
        case "GoldenRatio":
            return lambda s: +mp.phi
    return unsupported(f"the constant {name} is not known")


def as_float(value: Any) -> Any:
    if isinstance(value, Series):
        return value
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    if isinstance(value, Exact):
        return value.estimated()
    if isinstance(value, Gaussian):
        return mpc(as_float(value.real), as_float(value.imag))
    return mpmath.mpmathify(value)


def total(steps: list[Step], scope: Scope) -> Any:
    result = steps[0](scope)
    for step in steps[1:]:
        result = result + step(scope)
    return result


def times(steps: list[Step], scope: Scope) -> Any:
    result = steps[0](scope)
    for step in steps[1:]:
        result = result * step(scope)
    return result


def power(base: Any, exponent: Any) -> Any:
    if isinstance(base, Series) or isinstance(exponent, Series):
        return power_of_series(base, exponent)
    if base == 0 and exponent != 0 and mpmath.re(exponent) <= 0:
        raise Undefined(f"0 to the power {exponent}")
    return base**exponent


def whole(steps: list[Step], scope: Scope) -> list[int]:
    return [int(plain(step(scope))) for step in steps]


def plain(number: Any) -> Any:
    """A number that must not move with a derivative.

    Errors: `NotSmooth` where it does.
    """
    if isinstance(number, Series):
        raise NotSmooth("an index or an end of a sum moves")
    return number


def refuse_series(scope: Scope) -> None:
    """Errors: `NotSmooth` while a derivative is being taken by series."""
    if scope.level:
        raise NotSmooth("what is bound is not developed in a series")


def element(data: Any, where: list[int]) -> Any:
    for k in where:
        if not 1 <= k <= len(data):
            raise Undefined(f"there is no element number {k}")
        data = data[k - 1]
    return data


def replaced(data: Any, where: list[int], value: Any) -> Any:
    if not where:
        return value
    k = where[0] - 1
    return (*data[:k], replaced(data[k], where[1:], value), *data[k + 1 :])


def shifted(at: Any, step: Any) -> Any:
    """A value plus a small float, exactly."""
    if isinstance(at, int | Fraction | mpf) and isinstance(step, mpf | int):
        return _fraction(at) + _fraction(step)
    return as_float(at) + step


def _fraction(value: Any) -> Fraction:
    if isinstance(value, mpf):
        return Fraction(*map(int, mpmath.libmp.to_rational(value._mpf_)))
    return Fraction(value)


def derivative(moved: Callable[[Any], Any], order: int) -> Any:
    """The derivative at 0 by finite differences, as precise relative to its own size as mpmath's
    precision: a small one is asked again with as many bits more as it lost."""
    return _levelled(lambda: mpmath.diff(moved, 0, order))


def _levelled(evaluate: Callable[[], Any]) -> Any:
    bits, extra = mp.prec, 0
    while True:
        with mpmath.workprec(bits + extra):
            value = evaluate()
        lost = max(0, -int(mpmath.mag(value))) if value else max(bits, 4 * extra)
        if lost <= extra or extra >= _MOST_LOST_BITS:
            return +value
        extra = lost + 16


def by_series(
    inner: Step,
    order: int,
    scope: Scope,
    at: Any,
    put: Callable[[Any], dict[Name, Any]],
    differences: Callable[[], Any],
) -> Any:
    """The derivative of `inner` where the names of `put(at)` move, by a power series, to the same
    relative precision as `derivative`; by differences where there is no series.

    Errors: `NotSmooth` inside another series, which is then not known either.
    """
    level = scope.level + 1

    def coefficient(around: Scope) -> Any:
        moving = Series(level, (as_float(at), mp.one, *(0,) * (order - 1)))
        inside = Scope(put(moving), around)
        inside.level = level
        value = inner(inside)
        if not isinstance(value, Series) or value.level < level:
            return 0
        term = value.terms[order]
        return term if isinstance(term, int) else term * mp.factorial(order)

    if scope.level:
        return coefficient(scope)
    try:
        found = coefficient(scope)
        # An integer 0 is no sum that happens to vanish at this precision.
        # A slope far smaller than any bits that are kept is no rest of a cancellation: those of
        # erf at 700 would take 700,000 bits, and the series loses none of them.
        lost = -mpmath.mag(found) if found else 0
        if isinstance(found, int) or (found and not _GUARD < lost <= _MOST_LOST_BITS):
            return mp.zero + found
        names = scope.flat()
        return _levelled(lambda: mp.zero + coefficient(Scope(names)))
    except NotSmooth:
        return differences()


def difference(inner: Step, order: int, at: Step, variable: Symbol, levelled: Step | None) -> Step:
    """The derivative of `inner` at the value of `at`; `levelled` is the same but for a constant,
    if its differences are better behaved than those of `inner`."""

    def step(scope: Scope) -> Any:
        here = at(scope)

        def by_differences() -> Any:
            names, body = scope.flat(), levelled or inner

            def moved(t: Any) -> Any:
                return body(Scope({**names, variable: shifted(here, t)}))

            return mpmath.diff(moved, 0, order) if levelled else derivative(moved, order)

        return by_series(inner, order, scope, here, lambda v: {variable: v}, by_differences)

    return step


def erf_levelled(u: Any) -> Any:
    """erf(u) less its limit 1 or -1 where it is near that; the pieces part at 3*pi/7, which no
    rational point meets."""
    if abs(mpmath.re(u)) < 3 * mp.pi / 7:
        return mp.erf(u)
    return -mp.erfc(u) if mpmath.re(u) > 0 else mp.erfc(-u)


def gauss(f: Callable[[Any], Any], a: Any, b: Any) -> Any:
    """The integral over a tiny piece by the rule of three points, its error of order 7."""
    middle, half = (a + b) / 2, (b - a) / 2
    off = half * mp.sqrt(mpf(3) / 5)
    return half * (5 * f(middle - off) + 8 * f(middle) + 5 * f(middle + off)) / 9


def related(rel: str, left: Any, right: Any) -> bool:
    if isinstance(left, Series) or isinstance(right, Series):
        return related(rel, difference_of(left, right), 0)
    if rel == "=":
        return bool(left == right)
    if rel == "!=":
        return bool(left != right)
    if any(isinstance(v, mpc) and v.imag != 0 for v in (left, right)):
        return False
    a, b = mpmath.re(left), mpmath.re(right)
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[rel])


def chosen(values: list[Step], conditions: list[Step], scope: Scope) -> Any:
    for value, condition in zip(values, conditions, strict=False):
        if condition(scope):
            return value(scope)
    if len(values) > len(conditions):
        return values[-1](scope)
    raise Undefined("no case applies")


def reciprocal_gamma(x: Any) -> Any:
    if isinstance(x, Series):
        raise NotSmooth("1/gamma has no series here")
    return mp.rgamma(x)


def _finite(value: Any) -> Any:
    if not isinstance(value, Series) and not mpmath.isfinite(value):
        raise Undefined("a function is infinite")
    return value


_FUNCTIONS: Final[dict[str, Callable[[Any], Any]]] = {
    "exp": mp.exp, "log": mp.log, "sqrt": mp.sqrt, "Abs": mp.fabs, "sign": mp.sign,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sinh": mp.sinh, "cosh": mp.cosh,
    "tanh": mp.tanh, "asin": mp.asin, "acos": mp.acos, "atan": mp.atan, "asinh": mp.asinh,
    "acosh": mp.acosh, "atanh": mp.atanh, "erf": mp.erf, "erfc": mp.erfc, "gamma": mp.gamma,
    "loggamma": mp.loggamma, "factorial": mp.factorial,
}  # fmt: skip


def _real(value: Any) -> Any:
    if isinstance(value, mpc) and value.imag != 0:
        raise Undefined("the greatest of numbers that are not real")
    return value.real if isinstance(value, mpc) else value


def builtin(name: str, steps: list[Step]) -> Step:
    if name in {"Max", "Min"}:
        choose: Callable[..., Any] = max if name == "Max" else min
        return lambda s: choose(_real(step(s)) for step in steps)
    if name == "KroneckerDelta":
        return lambda s: mp.one if steps[0](s) == steps[1](s) else mp.zero
    if name == "log" and len(steps) == 2:
        logarithms = [builtin("log", [step]) for step in steps]
        return lambda s: logarithms[0](s) / logarithms[1](s)
    function = _FUNCTIONS.get(name)
    if function is None:
        special = special_function(name)
        if special is not None:
            return lambda s: special(*(step(s) for step in steps))
        return unsupported(f"{name} is not known to the reference evaluation")
    known = function

    def step(scope: Scope) -> Any:
        argument = steps[0](scope)
        if isinstance(argument, Series):
            return applied(name, argument)
        return _finite(known(argument))

    return step
