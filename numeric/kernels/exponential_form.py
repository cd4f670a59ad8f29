"""A formula for x >= 0 in t = exp(-c*x), in which nothing large cancels and nothing overflows.

The logistic family consists of rational functions of exp(x) and of logarithms of these. On one
side of 0 everything is written in the exponential that is at most 1:

- a rational function of t is factored over Q; a factor whose coefficients have one sign is
  evaluated as it stands, the factor 1 - t becomes -expm1(-c*x), powers of t stay exponentials
  (exp(-2*x), which is not the square of a number that has become 0),
- a logarithm of a rational function of t loses its power of t, which is a multiple of x, and
  becomes log1p of what differs from 1.

SymPy does the algebra; what comes out is no more than a candidate, and is checked as a claim.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import Any, Final

import sympy

from derivations.core.formula import Formula, FormulaError, Symbol, num
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import exp, log
from derivations.core.meaning import unfolded
from derivations.core.to_sympy import to_sympy
from numeric.kernels.stable import expm1, log1p

# The distance from 0, and the exponential, as SymPy sees them.
_W: Final = sympy.Symbol("w", positive=True)
_T: Final = sympy.Symbol("t", positive=True)
_MOST_DEGREE: Final = 12


class NoFormError(ValueError):
    """The formula is no rational function of an exponential and of logarithms of such."""


def on_side(
    formula: Formula,
    variable: Symbol,
    side: int,
    distance: Symbol,
    *,
    expanded: bool = False,
    rooted: bool = True,
) -> Formula:
    """The formula at `variable = side*distance`, for distance >= 0, in the form described above.

    `expanded` multiplies the factors of positive coefficients together, which rounds less often
    than a power does. `rooted` writes polynomials by their roots other than 1.

    Errors: `NoFormError` where the formula is not of this kind.
    """
    try:
        given = to_sympy(unfolded(formula))
    except FormulaError as error:
        raise NoFormError(str(error)) from error
    names = {s: _parameter(s) for s in given.free_symbols if s.name != variable.name}
    moved = given.subs({sympy.Symbol(variable.name): side * _W, **names})
    plain = sympy.expand_power_exp(moved.rewrite(sympy.exp).doit())
    steps = [_step(atom) for atom in plain.atoms(sympy.exp) if atom.has(_W)]
    if not steps:
        raise NoFormError("there is no exponential")
    base = sympy.S.One if all(s.is_Rational for s in steps) else abs(steps[0])
    ratios = [sympy.radsimp(s / base) for s in steps]
    if not all(ratio.is_Rational for ratio in ratios):
        raise NoFormError("exponentials whose ratios of exponents are irrational")
    unit = base * sympy.Rational(gcd(*(r.p for r in ratios)), lcm(*(r.q for r in ratios)))
    in_t = plain.replace(
        lambda e: isinstance(e, sympy.exp) and e.has(_W), lambda e: _T ** (-_step(e) / unit)
    )
    back = {name.name: Symbol(symbol.name) for symbol, name in names.items()}
    try:
        return _Writer(distance, unit, back, expanded, rooted).whole(in_t)
    except sympy.PolynomialError as error:
        raise NoFormError(f"not rational in the exponential: {error}") from error


def _parameter(symbol: Any) -> Any:
    return sympy.Symbol(f"parameter_{symbol.name}", real=True)


def _step(atom: Any) -> Any:
    """k in exp(k*w)."""
    slope = sympy.simplify(atom.args[0] / _W)
    if slope.free_symbols or not slope.is_real:
        raise NoFormError(f"{atom} is no exponential of a multiple of the variable")
    return slope


class _Writer:
    def __init__(
        self,
        distance: Symbol,
        unit: Any,
        names: dict[str, Symbol],
        expanded: bool,
        rooted: bool,
    ) -> None:
        self.expanded = expanded
        self.rooted = rooted
        self.distance = distance
        self.unit = unit
        self.names = names

    def whole(self, expr: Any) -> Formula:
        """R + sum of R_k*log(...), each R a rational function of t and w."""
        moving = (a for a in expr.atoms(sympy.log) if a.has(_T, _W))
        logs = sorted(moving, key=sympy.default_sort_key)
        if any(a.args[0].has(sympy.log) for a in logs):
            raise NoFormError("a logarithm of a logarithm")
        marks = {a: sympy.Dummy(f"log{k}") for k, a in enumerate(logs)}
        rational = expr.xreplace(marks)
        try:
            poly = sympy.Poly(rational, *marks.values()) if marks else None
        except sympy.PolynomialError as error:
            raise NoFormError("a logarithm under a fraction or a root") from error
        rest = rational if poly is None else poly.coeff_monomial(1)
        linear = sympy.S.Zero  # what the powers of t leave of the logarithms
        terms: list[Formula] = []
        for atom, mark in marks.items():
            assert poly is not None
            if poly.degree(mark) > 1 or poly.total_degree() > 1:
                raise NoFormError("a product of logarithms")
            factor = poly.coeff_monomial(mark)
            slope, kept = self.logarithm(atom.args[0])
            linear += factor * slope * _W
            if kept is not None:
                sign = -1 if factor.could_extract_minus_sign() else 1
                term = _product(self.rational(sign * factor), kept)
                terms.append(term if sign > 0 else -term)
        rest = sympy.together(rest + linear)
        if rest != 0:
            terms.insert(0, self.rational(rest))
        if not terms:
            return num(0)
        first, *others = terms
        for term in others:
            first = first + term
        return first

    def logarithm(self, argument: Any) -> tuple[Any, Formula | None]:
        """log(argument) as slope*w and the rest."""
        above, below = sympy.fraction(sympy.together(argument))
        if above.has(_W) or below.has(_W):
            return sympy.S.Zero, log(self.rational(argument))
        p, q = _poly(above), _poly(below)
        power = _low(p) - _low(q)
        p, q = _shifted(p), _shifted(q)
        constant = sympy.nsimplify(p.eval(0)) / q.eval(0)
        if not constant.is_positive:
            raise NoFormError("the logarithm of what is not positive far out")
        slope = -power * self.unit  # log(t**power) = -power*unit*w
        over = p.as_expr() / constant - q.as_expr()
        kept = log1p(self.rational(over / q.as_expr())) if sympy.expand(over) != 0 else None
        if constant != 1:
            constant_log = log(from_sympy(constant))
            kept = constant_log if kept is None else constant_log + kept
        return slope, kept

    def rational(self, expr: Any) -> Formula:
        """A rational function of t, w and parameters as a quotient of its factors."""
        above, below = sympy.fraction(sympy.cancel(sympy.together(expr)))
        sign_above, top, power_above = self.factors(above)
        sign_below, bottom, power_below = self.factors(below)
        power = power_above - power_below
        if power > 0 and power % 2 == 0 and self.expanded:
            # A square keeps subnormals that exp(-2*x) loses where a constant follows.
            top[:0] = [self.power(power // 2)] * 2
        elif power > 0:
            top.insert(0, self.power(power))
        elif power < 0:
            raise NoFormError("it grows like an exponential")
        over = _times(top)
        whole = over if not bottom else over / _times(bottom)
        return -whole if sign_above * sign_below < 0 else whole

    def factors(self, expr: Any) -> tuple[int, list[Formula], int]:
        """The sign, the factors, and the power of t of a polynomial."""
        constant, found = sympy.factor_list(expr)
        sign = -1 if constant.is_negative else 1
        size = abs(constant)
        written: list[Formula] = [] if size == 1 else [self.constant(size)]
        power = 0
        if self.expanded:
            found = _multiplied_out(found)
        for base, exponent in found:
            if base == _T:
                power += exponent
                continue
            factor_sign, factor = self.factor(base)
            sign *= factor_sign**exponent
            written.append(factor if exponent == 1 else factor**exponent)
        return sign, written, power

    def factor(self, base: Any) -> tuple[int, Formula]:
        """The sign and the rest of an irreducible polynomial."""
        if not base.has(_T):
            return 1, self.constant(base)
        poly = sympy.Poly(base, _T)
        if poly.degree() > _MOST_DEGREE:
            raise NoFormError("the degree is too high")
        coefficients = poly.all_coeffs()
        if all(c.is_negative for c in coefficients if c != 0):
            return -1, self.horner([-c for c in coefficients])
        found = self.by_roots(poly)
        return (1, self.horner(coefficients)) if found is None else found

    def by_roots(self, poly: Any) -> tuple[int, Formula] | None:
        """A polynomial with roots in (0, 1], which are sign changes of the whole formula:
        t - r is r*expm1(-c*(w - x0)) at the root x0 = -log(r)/c. None where there is none."""
        if poly.degree() > 2 or not all(c.is_Rational for c in poly.all_coeffs()):
            return None
        roots = sympy.roots(poly, multiple=True)
        if len(set(roots)) != poly.degree() or not any(r.is_real and 0 < r <= 1 for r in roots):
            return None
        if not self.rooted and any(root != 1 for root in roots):
            return None
        sign = -1 if poly.LC().is_negative else 1
        size = abs(poly.LC())
        written: list[Formula] = []
        for root in roots:
            if not root.is_real:
                return None
            if root > 1:
                sign = -sign
                written.append(self.constant(root) - self.power(1))
            elif root > 0:
                size *= root
                written.append(self.vanishing(root))
            else:
                written.append(self.constant(-root) + self.power(1))
        size = sympy.radsimp(sympy.nsimplify(size))
        if size != 1:
            written.insert(0, self.constant(size))
        return sign, _times(written)

    def vanishing(self, root: Any) -> Formula:
        """t/root - 1."""
        if root == 1:
            return self.minus_one(1)
        distance = self.distance - _over(
            log(from_sympy(sympy.radsimp(1 / root))), from_sympy(self.unit)
        )
        return expm1(-_product(from_sympy(self.unit), distance))

    def horner(self, coefficients: list[Any]) -> Formula:
        """The polynomial in the power of t by which its exponents are divisible."""
        highest = len(coefficients) - 1
        powers = [highest - k for k, c in enumerate(coefficients) if c != 0]
        stride = gcd(*powers) or 1
        first, *rest = coefficients[::stride]
        value = self.constant(first)
        for coefficient in rest:
            value = _product(value, self.power(stride))
            if coefficient != 0:
                value = self.constant(coefficient) + value
        return value

    def power(self, n: int) -> Formula:
        """t**n = exp(-n*c*w)."""
        return exp(-self.multiple(n))

    def minus_one(self, n: int) -> Formula:
        """t**n - 1."""
        return expm1(-self.multiple(n))

    def multiple(self, n: int) -> Formula:
        slope = n * self.unit
        return _product(from_sympy(slope), self.distance)

    def constant(self, expr: Any) -> Formula:
        """What holds no t: numbers, w, parameters."""
        if expr.has(_T):
            raise NoFormError("no constant")
        known = {"w": self.distance}
        named = {
            s: sympy.Symbol(known[s.name].name if s.name in known else self.names[s.name].name)
            for s in expr.free_symbols
        }
        try:
            return from_sympy(expr.xreplace(named))
        except FormulaError as error:
            raise NoFormError(str(error)) from error


def _poly(expr: Any) -> Any:
    try:
        return sympy.Poly(expr, _T)
    except sympy.PolynomialError as error:
        raise NoFormError(f"{expr} is no polynomial of the exponential") from error


def _multiplied_out(factors: list[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """The factors in t whose coefficients are all positive as one polynomial."""
    positive = [
        (base, n)
        for base, n in factors
        if base != _T and base.has(_T) and all(c.is_positive for c in sympy.Poly(base, _T).coeffs())
    ]
    if not positive:
        return factors
    product = sympy.expand(sympy.prod([base**n for base, n in positive]))
    return [*(pair for pair in factors if pair not in positive), (product, 1)]


def _low(poly: Any) -> int:
    return min(power for (power,) in poly.monoms())


def _shifted(poly: Any) -> Any:
    return sympy.Poly(sympy.cancel(poly.as_expr() / _T ** _low(poly)), _T)


def _over(above: Formula, below: Formula) -> Formula:
    return above if below == num(1) else above / below


def _product(left: Formula, right: Formula) -> Formula:
    return right if left == num(1) else left * right


def _times(factors: list[Formula]) -> Formula:
    if not factors:
        return num(1)
    first, *rest = factors
    for factor in rest:
        first = first * factor
    return first
