"""Real and imaginary parts, arguments, magnitudes, whole parts, parity."""

from __future__ import annotations

from fractions import Fraction
from math import floor as floor_of

from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Formula,
    I,
    Q,
    Relation,
    num,
)
from derivations.core.special_functions import FUNCTIONS
from derivations.proving.angles import (
    by_quadrant,
)
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.complexes import conjugated
from derivations.proving.field import Fractional
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.radicals import Radicals
from derivations.proving.rebuild import formula_of
from derivations.proving.relations import reduced
from derivations.proving.whole_parts import without_whole_terms


class Parts(Radicals):
    """What a function takes from its argument."""

    __slots__ = ()

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

    def _floor(self, call: Call, u: Formula, here: Place) -> Formula:
        """floor(u + n) = floor(u) + n for whole n."""
        if range_of(u, here.box) is None:
            return call
        if is_integer(u, here.box):
            return u
        whole, rest = without_whole_terms(u, here.box, self.field)
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
