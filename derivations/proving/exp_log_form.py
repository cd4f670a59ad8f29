"""Rewriting into the field that exponentials, logarithms and roots generate on a place.

Every rewriting is an equality at each point of the place where the formula is defined; where it
needs a sign, the sign is proved first and recorded. Exponents are split into monomials that are
linearly independent over the rationals, `exp(2*x + y) = exp(x)**2 * exp(y)`; logarithms into
those of the positive factors of their argument; a root is a power of one generator,
`u**(p/q) = (u**(1/q))**p`; circular functions are exponentials of `I*u`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as own
from fractions import Fraction
from itertools import count
from math import floor as floor_of
from math import gcd, lcm
from typing import Final, TypeVar

from flint import fmpq, fmpz

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
    as_formula,
    num,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.functions import Abs, Definition, Function, asin, erf, exp, log, sqrt
from derivations.core.meaning import meaning
from derivations.core.special_functions import FUNCTIONS
from derivations.core.substitute import free_symbols, substitute
from derivations.proving import ranges
from derivations.proving.angles import (
    INVERSE_CIRCULAR,
    by_quadrant,
    composition,
    exponential_of_angle,
    is_in_unit,
)
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.complexes import conjugated
from derivations.proving.conditions import holds
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.gammas import Gammas
from derivations.proving.heads import expanded
from derivations.proving.ladders import ORDERED, Ladders
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import by_entire, quick_sign
from derivations.proving.ranges import LINE, Range
from derivations.proving.rebuild import formula_of, formula_of_polynomial
from derivations.proving.relations import TURN, lowered, reduced
from derivations.proving.sums import is_finite, linear_sum
from derivations.proving.work import spend

MOST_SUMMANDS: Final = 24
_WORK_OF_NODE: Final = 20
LONGEST_FACTORED: Final = 80  # bits of an integer whose prime factors are sought
_ODD: Final = frozenset({"atan", "asin", "atanh", "asinh", "erf", "sign", "erfi"})


@dataclass(slots=True)
class Rewriting:
    """The generators chosen so far: a common unit for the exponents of each monomial, and a
    common root for the powers of each base. It is repeated until they no longer change."""

    field: Field = own(default_factory=Field)
    units: dict[Formula, Fraction] = own(default_factory=dict)
    roots: dict[Formula, int] = own(default_factory=dict)
    gammas: Gammas = own(default_factory=Gammas)
    ladders: Ladders = own(default_factory=Ladders)
    conditions: dict[str, None] = own(default_factory=dict)
    changed: bool = False

    def __post_init__(self) -> None:
        self.field.fractional(_I_PI)  # I comes before pi in every monomial

    def restart(self) -> None:
        """Before the formulas are rewritten once more."""
        self.changed = self.ladders.changed = self.gammas.shifts.changed = False
        self.conditions.clear()

    @property
    def has_changed(self) -> bool:
        return self.changed or self.ladders.changed or self.gammas.shifts.changed

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

    def _note(self, condition: Formula, truth: bool = True) -> None:
        if any(s.name.startswith(("_", "index")) for s in free_symbols(condition)):
            return  # about generators under a sum, of no interest to a reader
        self.conditions[f"{condition}" if truth else f"not ({condition})"] = None

    def positive(self, formula: Formula, here: Place) -> bool:
        """Whether the formula is certainly positive; it is then a recorded condition."""
        if quick_sign(formula, here) is not Sign.POSITIVE:
            return False
        if not isinstance(formula, Number | Call | Power | Product):
            self._note(Relation(formula, ">", ZERO))
        return True

    def sign(self, formula: Formula, here: Place) -> Sign:
        """The signs that a formula can have, by its tree and by its generators."""
        found = quick_sign(formula, here)
        if found & Sign.ZERO or len(found) > 1:
            form = lowered(self.rewritten(formula, here), self.field)
            found &= quick_sign(self._in_lowest_terms(form), here)
        return found

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

    def _part(self, call: Call, name: str, u: Formula, here: Place) -> Formula:
        """The real part, the imaginary part, the conjugate."""
        mirror = conjugated(u, here)
        if mirror is None:
            return call
        mirror = self.rewritten(mirror, here)
        if name == "conjugate":
            return mirror
        return (u + mirror) / 2 if name == "re" else (u - mirror) / (2 * I)

    def _argument(self, call: Call, here: Place) -> Formula:
        """atan2(y, x) and arg by the arctangent, in the quadrant that is known."""
        if call.head.name == "atan2":
            y, x = call.args
        else:
            (u,) = call.args
            parts = self._parts(u, here)
            if parts is None:
                return call
            x, y = parts
        found = by_quadrant(y, x, lambda f: self.sign(f, here))
        if found is not None:
            return self.rewritten(found, here)
        return call if call.head.name == "atan2" else Call(FUNCTIONS["atan2"], (y, x))

    def _parts(self, u: Formula, here: Place) -> tuple[Formula, Formula] | None:
        """The real and the imaginary part of a rewritten formula."""
        mirror = conjugated(u, here)
        if mirror is None:
            return None
        mirror = self.rewritten(mirror, here)
        real = self._in_lowest_terms(lowered((u + mirror) / 2, self.field))
        imaginary = self._in_lowest_terms(lowered((u - mirror) / (2 * I), self.field))
        return real, self._in_lowest_terms(reduced(imaginary))

    def _floor(self, call: Call, u: Formula, here: Place) -> Formula:
        """floor(u + n) = floor(u) + n for whole n."""
        normal = self.field.fractional(u)[0]
        if range_of(u, here.box) is None:
            return call
        if is_integer(u, here.box):
            return u
        whole: Formula = ZERO
        rest: Formula = ZERO
        terms = [normal]
        if normal.denominator.is_constant():
            context, lead = normal.numerator.context(), normal.denominator.leading_coefficient()
            one = context.constant(1)
            terms = [
                Fractional(context.from_dict({powers: c / lead}), one, normal.atoms)
                for powers, c in normal.numerator.terms()
            ]
        for term in terms:
            formula, constant = formula_of(term), term.constant
            if constant is not None:
                below = Fraction(floor_of(constant))
                whole = whole + as_formula(below)
                rest = rest + as_formula(constant - below)
            elif is_integer(formula, here.box):
                whole = whole + formula
            else:
                rest = rest + formula
        values = range_of(rest, here.box)
        if values is not None and values.low is not None and values.high is not None:
            least = floor_of(Fraction(int(values.low.p), int(values.low.q)))
            if values.high < least + 1 or (values.high == least + 1 and values.high_open):
                return whole + num(least)
        return whole + Call(call.head, (self._in_lowest_terms(rest),))

    def _odd(self, call: Formula, here: Place) -> Formula:
        """An odd function of a real argument, with the sign of the argument's first term."""
        assert isinstance(call, Call)
        (u,) = call.args
        if range_of(call, here.box) is None:
            return call
        normal = self.field.fractional(u)[0]
        if normal.is_zero:
            return ZERO
        if normal.numerator.leading_coefficient() > 0:
            return Call(call.head, (formula_of(normal),))
        flipped = Fractional(-normal.numerator, normal.denominator, normal.atoms)
        return -Call(call.head, (formula_of(flipped),))

    def _even(self, call: Call) -> Formula:
        """An even function, with the sign of the argument's first term."""
        normal = self.field.fractional(call.args[0])[0]
        if normal.is_zero or normal.numerator.leading_coefficient() > 0:
            return Call(call.head, (formula_of(normal),))
        flipped = Fractional(-normal.numerator, normal.denominator, normal.atoms)
        return Call(call.head, (formula_of(flipped),))

    def _magnitude(self, call: Call, name: str, u: Formula, here: Place) -> Formula:
        sign = quick_sign(u, here)
        if sign in Sign.NONNEGATIVE and (name == "Abs" or sign in (Sign.POSITIVE, Sign.ZERO)):
            self._note(Relation(u, ">=", ZERO))
            return u if name == "Abs" else ONE if sign is Sign.POSITIVE else ZERO
        if sign in Sign.NONPOSITIVE and (name == "Abs" or sign is Sign.NEGATIVE):
            self._note(Relation(u, "<=", ZERO))
            return -u if name == "Abs" else num(-1)
        if name == "Abs" and range_of(u, here.box) is None:
            mirror = conjugated(u, here)
            if mirror is not None:
                square = self._in_lowest_terms(reduced(u * self.rewritten(mirror, here)))
                return self._power(square, Q(1, 2), here)
        return call

    def _extreme(self, call: Call, name: str, args: tuple[Formula, ...], here: Place) -> Formula:
        wanted = Sign.NONNEGATIVE if name == "Max" else Sign.NONPOSITIVE
        for best in args:
            if all(quick_sign(best - other, here) in wanted for other in args):
                return best
        return call

    def _gamma(self, name: str, u: Formula, here: Place) -> Formula:
        whole = is_integer(u, here.box)
        if name == "rgamma" and whole and quick_sign(u, here) in Sign.NONPOSITIVE:
            return ZERO
        normal = self.field.fractional(u + 1 if name == "factorial" else u)[0]
        found = self.gammas.reciprocal(normal, lambda f: self.rewritten(f, here))
        return found if name == "rgamma" else ONE / found

    def exponential(self, u: Formula, here: Place) -> Formula:
        """exp(u) as a product of powers of the chosen generators."""
        normal = self.field.fractional(lowered(u, self.field))[0]
        result: Formula = ONE
        context = normal.numerator.context()
        for powers, coefficient in normal.numerator.terms():
            term, over = context.from_dict({powers: fmpq(1)}), normal.denominator
            common = term.gcd(over)
            term, over = term // common, over // common
            lead = over.leading_coefficient()
            c = Fraction(int(coefficient.p), int(coefficient.q))
            c *= Fraction(int(lead.q), int(lead.p))
            monomial = formula_of_polynomial(term / term.leading_coefficient(), normal.atoms)
            if not over.is_constant():
                monomial = monomial / formula_of_polynomial(over / lead, normal.atoms)
            scale = term.leading_coefficient()
            c *= Fraction(int(scale.p), int(scale.q))
            result = result * self._exponential_of(c, monomial, here)
        return result

    def _exponential_of(self, c: Fraction, monomial: Formula, here: Place) -> Formula:
        """exp(c * monomial)."""
        match monomial:
            case Call(head=Function(name="log", builtin=True), args=(base,)):
                return self._root(base, c)  # exp(c log u) = u**c for u != 0, which log demands
        if monomial == _I_PI:
            return self._unit_root(c)
        special = self._turn(c, monomial, here)
        if special is not None:
            return special
        unit = self.units.setdefault(monomial, c)
        if (c / unit).denominator != 1:
            self.units[monomial] = _common_unit(unit, c)
            self.changed = True
        unit = abs(self.units[monomial])
        times = c / unit
        # Not exp(1), whose powers are written exp(2), exp(3) ..., generators of their own.
        whole = Q(1, 1) if monomial == ONE else monomial
        generator = exp(monomial * as_formula(unit) if unit != 1 else whole)
        return generator ** num(int(times)) if times.denominator == 1 else exp(u_of(c, monomial))

    def _turn(self, c: Fraction, monomial: Formula, here: Place) -> Formula | None:
        """exp(I*pi*k) for whole k, and exp(I*atan(u)) and the like; None for other monomials."""
        factors = monomial.args if isinstance(monomial, Mul) else (monomial,)
        if factors[0] != I or len(factors) < 2:
            return None
        angle = factors[1]
        if len(factors) == 2 and isinstance(angle, Call) and angle.head.name in INVERSE_CIRCULAR:
            found = exponential_of_angle(angle.head.name, angle.args, c, here, self.sign)
            return None if found is None else self.rewritten(found, here)
        if angle != pi or not all(is_integer(factor, here.box) for factor in factors[2:]):
            return None
        unit = self.units.get(monomial, Fraction(1))
        unit = Fraction(1, lcm(unit.denominator, c.denominator))
        if unit != self.units.setdefault(monomial, unit):
            self.units[monomial] = unit
            self.changed = True
        if unit != 1:
            turns = Call(TURN, (product_of(factors[2:]), as_formula(unit)))
            return turns ** num(int(c / unit))
        if c % 2 == 0:
            return ONE
        odd = [f.base if isinstance(f, Power) else f for f in factors[2:]]  # k**n has k's parity
        return Power(num(-1), product_of(tuple(odd)))

    def _unit_root(self, c: Fraction) -> Formula:
        """exp(I*pi*c): powers of I where they suffice."""
        quarter = c * 2
        if quarter.denominator == 1:
            return I ** num(int(quarter) % 4)
        unit = Fraction(1, lcm(c.denominator, self.units.get(_I_PI, Fraction(1, 2)).denominator))
        if unit != self.units.get(_I_PI):
            self.units[_I_PI] = unit
            self.changed = True
        return exp(as_formula(unit) * _I_PI) ** num(int(c / unit))

    def _root(self, base: Formula, c: Fraction) -> Formula:
        """base**c for base != 0, or c > 0."""
        if c.denominator == 1:
            return base ** num(int(c))
        degree = self.roots.get(base, 1)
        wanted = lcm(degree, c.denominator)
        if wanted != degree:
            self.roots[base] = wanted
            self.changed = True
        return Power(base, Q(1, wanted)) ** num(int(c * wanted))

    def _power(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        value = self.field.fractional(exponent)[0].constant
        if value is not None and value.denominator == 1:
            return base ** num(int(value))
        if value is not None:
            return self._rational_power(base, value, here)
        if self._has_sign(base, here):
            return self.exponential(exponent * self.logarithm(base, here), here)
        if Sign.ZERO not in quick_sign(base, here):
            if is_integer(exponent, here.box):
                return self.exponential(exponent * log(self._in_lowest_terms(base)), here)
            return self.exponential(exponent * self.logarithm(base, here), here)
        if is_integer(exponent, here.box):
            return self._natural_power(base, exponent, here)
        values = range_of(exponent, here.box)
        if normal_zero(self.field, base) and values is not None and values.positive:
            return ZERO
        return Power(base, exponent)

    def _has_sign(self, base: Formula, here: Place) -> bool:
        """Whether the base is certainly positive, or certainly negative: then its power is the
        exponential of the logarithm, log|u| or log|u| + I pi."""
        return self.positive(base, here) or self.positive(-base, here)

    def _natural_power(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        """u**(k + 2) = u**k * u**2 for whole k >= 0, where u may be 0; u**(2*k) = (u**k)**2."""
        normal = self.field.fractional(base)[0]
        result: Formula = ONE
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant = formula_of_polynomial(polynomial, normal.atoms)
                factors = [] if constant == ONE else [(constant, 1)]
            else:
                unit, found = polynomial.factor()
                factors = [(formula_of_polynomial(f, normal.atoms), int(n)) for f, n in found]
                if unit != 1:
                    factors.append((as_formula(Fraction(int(unit.p), int(unit.q))), 1))
            for factor, times in factors:
                root = self._power_of_factor(factor, exponent, here)
                result = result * root ** num(times * side)
        return result

    def _power_of_factor(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        if Sign.ZERO not in quick_sign(base, here):
            return self._power(base, exponent, here)
        normal = self.field.fractional(exponent)[0]
        if not normal.denominator.is_constant():
            return Power(base, exponent)
        context, lead = normal.numerator.context(), normal.denominator.leading_coefficient()
        shift = Fraction(0)
        parts: list[tuple[Formula, int, Fraction | None]] = []
        for powers, coefficient in normal.numerator.terms():
            c = Fraction(int(coefficient.p), int(coefficient.q))
            c /= Fraction(int(lead.p), int(lead.q))
            monomial = formula_of_polynomial(context.from_dict({powers: fmpq(1)}), normal.atoms)
            if monomial == ONE:
                shift += c
                continue
            values = range_of(monomial, here.box)
            if c.denominator != 1 or c < 0 or not is_integer(monomial, here.box):
                return Power(base, exponent)
            low = None if values is None or values.low is None else values.low
            least = None if low is None or low < 0 else Fraction(int(low.p), int(low.q))
            parts.append((monomial, int(c), least))
        if len(parts) == 1 and shift == 0:
            monomial, times, _ = parts[0]
            if parts[0][2] in (None, 0):
                return Power(base, monomial) ** num(times)
        result: Formula = ONE
        for monomial, times, least in parts:
            if least is None:
                return Power(base, exponent)
            shift += times * least
            rest = self._in_lowest_terms(monomial - as_formula(least))
            result = result * Power(base, rest) ** num(times)
        if shift.denominator != 1 or shift < 0:
            return Power(base, exponent)
        return result * base ** num(int(shift))

    def _in_lowest_terms(self, formula: Formula) -> Formula:
        return formula_of(self.field.fractional(formula)[0])

    def _rational_power(self, base: Formula, value: Fraction, here: Place) -> Formula:
        """base**(p/q); factors that are not negative go to their own roots, where the rest of the
        product keeps its branch: (a*b)**v = a**v * b**v for a >= 0, and for every b."""
        base = lowered(base, self.field)
        normal = self.field.fractional(base)[0]
        if normal.is_zero:
            return ZERO if value > 0 else Power(base, as_formula(value))
        if self._has_sign(base, here):
            return self.exponential(as_formula(value) * self.logarithm(base, here), here)
        if range_of(base, here.box) is None and normal.constant is None:
            return self._root(formula_of(normal), value)
        result: Formula = ONE
        rest: Formula = ONE
        constant = fmpq(1)
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant *= fmpq(polynomial.leading_coefficient()) ** side
                continue
            unit, factors = polynomial.factor()
            constant *= fmpq(unit) ** side
            for factor, power in factors:
                times = int(power) * side
                piece = formula_of_polynomial(factor, normal.atoms)
                root, kept = self._root_of_factor(piece, times, value, here)
                result = result * root
                rest = rest * kept
        if constant != 0:
            result = result * self._root_of_positive(abs(constant), value, here)
        if constant < 0:
            rest = -rest
        if rest == ONE:
            return result
        rest = self._in_lowest_terms(rest)
        if self._has_sign(rest, here):
            return result * self.exponential(as_formula(value) * self.logarithm(rest, here), here)
        return result * self._root(rest, value)

    def _root_of_positive(self, constant: fmpq, value: Fraction, here: Place) -> Formula:
        return self.exponential(as_formula(value) * _log_of_number(constant), here)

    def _root_of_factor(
        self, piece: Formula, times: int, value: Fraction, here: Place
    ) -> tuple[Formula, Formula]:
        """The root of piece**times, and what stays under the common root."""
        sign = quick_sign(piece, here)
        power = value * times
        if sign is Sign.POSITIVE:
            logarithm = self._log_of_atom(piece, here)
            self.positive(piece, here)
            return self.exponential(as_formula(power) * logarithm, here), ONE
        if sign is Sign.NEGATIVE:
            flipped = self._in_lowest_terms(-piece)
            root = self.exponential(as_formula(power) * self._log_of_atom(flipped, here), here)
            return root, num(-1) if times % 2 else ONE
        if sign in Sign.NONNEGATIVE:
            return self._root(piece, power), ONE
        if sign in Sign.NONPOSITIVE:
            return self._root(self._in_lowest_terms(-piece), power), num(-1) if times % 2 else ONE
        if times % 2 == 0 and power.denominator == 1 and sign in Sign.REAL:
            size = piece if power % 2 == 0 else self._even(Call(Abs, (piece,)))
            return size ** num(int(power)), ONE
        return ONE, piece ** num(times)

    def logarithm(self, u: Formula, here: Place) -> Formula:
        """log(u) as a sum over the positive factors of u, and the log of what is left.

        log(a*b) = log(a) + log(b) holds for a > 0 and every b != 0.
        """
        normal = self.field.fractional(u)[0]
        if normal.is_zero:
            raise FieldError(f"log({u}) is the logarithm of 0")
        result: Formula = ZERO
        rest: Formula = ONE
        constant = fmpq(1)
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant *= polynomial.leading_coefficient() ** side
                continue
            unit, factors = polynomial.factor()
            constant *= fmpq(unit) ** side
            for factor, power in factors:
                piece, times = formula_of_polynomial(factor, normal.atoms), int(power) * side
                if self.positive(piece, here):
                    result = result + times * self._log_of_atom(piece, here)
                elif self.positive(-piece, here):
                    constant *= fmpq(-1) ** times
                    flipped = formula_of_polynomial(-factor, normal.atoms)
                    result = result + times * self._log_of_atom(flipped, here)
                else:
                    rest = rest * piece ** num(times)
        result = result + _log_of_number(abs(constant))
        if constant < 0:
            rest = -rest
        if rest == ONE:
            return result
        if rest == Neg(ONE):
            return result + I * pi
        rest = self._in_lowest_terms(rest)
        complex_value = self._complex_logarithm(rest, here)
        return result + (log(rest) if complex_value is None else complex_value)

    def _complex_logarithm(self, u: Formula, here: Place) -> Formula | None:
        """log|u| + I arg(u), for a u that is not real and in a known quadrant."""
        if range_of(u, here.box) is not None:
            return None
        parts = self._parts(u, here)
        if parts is None or parts[1] == ZERO:
            return None
        x, y = parts
        angle = by_quadrant(y, x, lambda f: self.sign(f, here))
        square = self._in_lowest_terms(lowered(x**2 + y**2, self.field))
        if angle is None or not self.positive(square, here):
            return None
        return self.logarithm(square, here) / 2 + I * self.rewritten(angle, here)

    def _log_of_atom(self, piece: Formula, here: Place) -> Formula:
        """log of a positive factor."""
        match piece:
            case Call(head=Function(name="exp", builtin=True), args=(u,)):
                if range_of(u, here.box) is not None:
                    return u
            case Power(base, Div(Number(1), Number(degree))):
                return self.logarithm(base, here) / degree
            case Product():
                opened = _opened(piece)
                body, k, lower, upper = opened.body, opened.variable, piece.lower, piece.upper
                inner = self._inside(opened, here)
                if is_finite(lower, upper) and self.positive(body, inner):
                    return self._linear(self.logarithm(body, inner), k, lower, upper, here)
        return log(piece)

    def _inside(self, binder: Formula, here: Place) -> Place:
        assert isinstance(binder, Sum | Product | Integral)
        whole = not isinstance(binder, Integral)
        ends = [
            LINE if end in (infinity, Neg(infinity)) else range_of(end, here.box)
            for end in (binder.lower, binder.upper)
        ]
        low, high = ends
        if low is None or high is None:
            return here.inside(binder.variable, None, whole)
        span = Range(low.low, high.high, low.low_open, high.high_open)
        if not whole:
            span = ranges.hull(low, high)
        return here.inside(binder.variable, span, whole)

    def _binder(self, binder: Sum | Product | Integral, here: Place) -> Formula:
        binder = _opened(binder)
        inner = self._inside(binder, here)
        lower, upper = (
            end if end in (infinity, Neg(infinity)) else self.rewritten(end, here)
            for end in (binder.lower, binder.upper)
        )
        k = binder.variable
        if not isinstance(binder, Integral):
            written_out = self._finite(binder, lower, upper, here)
            if written_out is not None:
                return written_out
        body = self.rewritten(binder.body, inner)
        if isinstance(binder, Sum) and is_finite(lower, upper):
            return self._linear(body, k, lower, upper, here)
        return type(binder)(self._in_lowest_terms(body), k, lower, upper)

    def _finite(
        self, binder: Sum | Product, lower: Formula, upper: Formula, here: Place
    ) -> Formula | None:
        if not is_finite(lower, upper):
            return None
        first, last = (self.field.fractional(end)[0].constant for end in (lower, upper))
        if first is None or last is None or first.denominator != 1 or last.denominator != 1:
            return None
        if last - first >= MOST_SUMMANDS:
            return None
        result: Formula = ZERO if isinstance(binder, Sum) else ONE
        for value in range(int(first), int(last) + 1):
            term = self.rewritten(substitute(binder.body, {binder.variable: num(value)}), here)
            result = result + term if isinstance(binder, Sum) else result * term
        return result

    def _linear(
        self, body: Formula, k: Symbol, lower: Formula, upper: Formula, here: Place
    ) -> Formula:
        """A finite sum, term by term, constant factors in front."""
        return linear_sum(self.field.fractional(body)[0], k, lower, upper, here)


_I_PI: Final = I * pi
CONSTANTS: Final[dict[Formula, Formula]] = {GoldenRatio: (ONE + sqrt(5)) / 2}
_B = TypeVar("_B", bound=Sum | Product | Integral)


def _opened(binder: _B) -> _B:
    """The binder with a variable of a name that normal forms do not give: its body stands alone."""
    k = binder.variable
    if not k.name.startswith("_"):
        return binder
    taken = {s.name for s in free_symbols(binder.body)}
    new = next(s for n in count(1) if (s := Symbol(f"index{n}")).name not in taken)
    return replace(binder, body=substitute(binder.body, {k: new}), variable=new)


def product_of(factors: tuple[Formula, ...]) -> Formula:
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


def normal_zero(field: Field, base: Formula) -> bool:
    return field.fractional(base)[0].is_zero


def u_of(c: Fraction, monomial: Formula) -> Formula:
    return as_formula(c) * monomial


def _common_unit(one: Fraction, two: Fraction) -> Fraction:
    """The greatest rational of which both are integer multiples."""
    denominator = lcm(one.denominator, two.denominator)
    return Fraction(gcd(int(one * denominator), int(two * denominator)), denominator)


def _log_of_number(value: fmpq) -> Formula:
    """log of a positive rational, by primes where they are cheap to find."""
    result: Formula = ZERO
    for part, side in ((value.p, 1), (value.q, -1)):
        if part == 1:
            continue
        if part.bit_length() > LONGEST_FACTORED:
            result = result + side * log(num(int(part)))
            continue
        for prime, power in fmpz(part).factor():
            result = result + (side * int(power)) * log(num(int(prime)))
    return result
