"""A line with its limits carried out, its integrals taken apart, its derivatives of integrals
taken: each exchange is an equality in the sense of a claim, where the part is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flint import fmpq

from derivations.core.calculus import Derivative, Integral, Limit, Prime
from derivations.core.claim import Claim, Variable
from derivations.core.domain import Domain, Reals
from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Formula,
    Symbol,
    walk,
)
from derivations.core.functions import Function
from derivations.core.substitute import free_names, fresh_symbol
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.alike import are_alike
from derivations.proving.chains.euler import eulers_value
from derivations.proving.chains.integrals import (
    exists,
    gaussian_value,
    limit_of,
    limit_of_integral,
    moving_end,
    value_by_guess,
)
from derivations.proving.chains.scales import NoGrowth, Undecided
from derivations.proving.chains.spots import Spot, inside, is_defined, rewritten_at
from derivations.proving.chains.sums import slope_of_sum
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.places import Place, Sign
from derivations.proving.polynomials import factored
from derivations.proving.quick_signs import quick_sign
from derivations.proving.reasons.values import evaluated, rational_value
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.signs import sign_at
from derivations.proving.similar import key

_SPECIAL = frozenset({
    "exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan",
    "asinh", "acosh", "atanh", "erf", "erfc", "gamma",
})  # fmt: skip


@dataclass(slots=True)
class Carrying:
    """What carrying out two lines found: names for integrals that exist, signs that would help."""

    spot: Spot
    names: dict[str, Symbol] = field(default_factory=dict)
    real: dict[Symbol, bool] = field(default_factory=dict)
    undecided: list[Formula] = field(default_factory=list)
    moved: bool = False  # a derivative is taken, at whose place magnitudes have kinks

    def lines(self, one: Formula, two: Formula) -> tuple[Formula, Formula]:
        """Both lines with everything carried out that can be."""
        self.moved = any(isinstance(n, Derivative | Prime) for f in (one, two) for n in walk(f))
        return self.line(one), self.line(two)

    def line(self, formula: Formula) -> Formula:
        """The line with everything carried out that can be."""
        return rewritten_at(formula, self.spot, self._rule)

    def valued(self, formula: Formula) -> Formula:
        """The line with the Gaussian integrals in it, split off from sums, and those whose
        antiderivative is guessed, by their values."""
        split = rewritten_at(plain(formula), self.spot, self._split)
        return rewritten_at(split, self.spot, _valued)

    def guessed(self, formula: Formula) -> Formula:
        """The line with its integrals, as they are written, by a guessed antiderivative."""
        return rewritten_at(plain(formula), self.spot, _guessed)

    def named(self, formula: Formula) -> Formula:
        """The line with integrals split into those of single terms, each that exists by a name."""
        split = rewritten_at(plain(formula), self.spot, self._split)
        return rewritten_at(split, self.spot, self._name, topmost=True)

    def claim(self) -> Claim:
        """The claim with the names as variables besides."""
        own = self.spot.claim
        on: dict[Variable, Domain] = dict(own.domains)
        on.update(dict.fromkeys(self.names.values(), Reals))
        return Claim(own.id, ZERO, "=", ZERO, on=on, where=own.where)

    def _rule(self, node: Formula, here: Spot) -> Formula | None:
        match node:
            case Limit():
                return self._limit(node, here)
            case Derivative():
                slope = moving_end(node, here)
                return slope_of_sum(node, here) if slope is None else slope
            case Call(head=Function(builtin=True, name="Abs" | "sign" as name), args=(u,)):
                return self._magnitude(name, u, here)
            case Call(head=Function(builtin=True, name=name), args=(u,)) if name in _SPECIAL:
                return _special(node, u)
        return None

    def _limit(self, node: Limit, here: Spot) -> Formula | None:
        try:
            value = limit_of(node, here)
        except Undecided as error:
            self._note(error.coefficient)
            return limit_of_integral(node, here)
        except NoGrowth:
            return limit_of_integral(node, here)
        return None if value is None else rewritten_at(value, here, self._rule)

    def _magnitude(self, name: str, u: Formula, here: Spot) -> Formula | None:
        signs = [quick_sign(u, p) for p in here.places]
        if all(s is Sign.POSITIVE for s in signs):
            return u if name == "Abs" else ONE
        if all(s is Sign.NEGATIVE for s in signs):
            return -u if name == "Abs" else -ONE
        if self.moved:
            self._note(u)
        return None

    def _note(self, coefficient: Formula) -> None:
        free = free_names(coefficient)
        declared = self.spot.claim.domains
        if free and all(name in declared for name in free) and coefficient not in self.undecided:
            self.undecided.append(coefficient)

    def _split(self, node: Formula, here: Spot) -> Formula | None:
        if not isinstance(node, Integral):
            return None
        inner = inside(node, here)
        assert inner is not None  # an integral
        try:
            body = Field().fractional(node.body)[0]
        except FieldError:
            return None
        parts = _by_terms(body, node.variable)
        if len(parts) < 2 and (not parts or parts[0][0] == ONE):
            return None
        pieces = [(c, Integral(m, node.variable, node.lower, node.upper)) for c, m in parts]
        # A constant factor that is not 0 goes through any integral, a sum through convergent ones.
        alone = len(pieces) == 1 and all(_is_nonzero(pieces[0][0], p) for p in here.places)
        if not all(is_defined(c, p) for c, _ in pieces for p in here.places):
            return None
        if not alone and not all(_exists(piece, here) for _, piece in pieces):
            return None
        if not are_alike(node.body, _combined(parts), inner):
            return None
        return _combined(pieces)

    def _name(self, node: Formula, here: Spot) -> Formula | None:
        if not isinstance(node, Integral) or here is not self.spot:
            return None
        text = key(node)
        if text in self.names:
            return self.names[text]
        if not _exists(node, here):
            return None
        inner = inside(node, here)
        assert inner is not None  # an integral
        if any(range_of(node.body, p.box) is None for p in inner.places):
            return None
        taken = {s for s in self.spot.claim.domains if isinstance(s, Symbol)}
        taken |= set(self.names.values())
        name = fresh_symbol(Symbol("Int"), taken)
        self.names[text] = name
        return name


def _exists(node: Integral, here: Spot) -> bool:
    try:
        return all(exists(node, p) for p in here.places)
    except NoGrowth:
        return False


def _valued(node: Formula, here: Spot) -> Formula | None:
    if not isinstance(node, Integral):
        return None
    for rule in (gaussian_value, eulers_value, value_by_guess):
        value = rule(node, here)
        if value is not None:
            return value
    return None


def _guessed(node: Formula, here: Spot) -> Formula | None:
    if not isinstance(node, Integral):
        return None
    value = eulers_value(node, here)
    return value_by_guess(node, here) if value is None else value


def _combined(parts: Sequence[tuple[Formula, Formula]]) -> Formula:
    """The sum of coefficients times terms."""
    result: Formula = ZERO
    for c, piece in parts:
        term = piece if c == ONE else c * piece
        result = term if result == ZERO else result + term
    return result


def _is_nonzero(c: Formula, here: Place) -> bool:
    sign = sign_at(c, here, wanted=Sign.NONZERO)
    return sign is not Sign.IMPOSSIBLE and sign in Sign.NONZERO


def _special(node: Formula, u: Formula) -> Formula | None:
    """A special value at a number, such as atan(1) = pi/4."""
    if rational_value(u) is None:
        return None
    value = evaluated(node)
    return None if value == node else value


def _by_terms(body: Fractional, variable: Symbol) -> list[tuple[Formula, Formula]]:
    """The coefficients, free of the variable, and the terms that move, of a normal form."""
    moves = [variable in free_names(atom) for atom in body.atoms]
    one = fmpq(1)
    below_free, below_moving = _split_denominator(body, moves)
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for powers, c in body.numerator.terms():
        bound = tuple(int(n) if m else 0 for n, m in zip(powers, moves, strict=True))
        free = tuple(0 if m else int(n) for n, m in zip(powers, moves, strict=True))
        groups.setdefault(bound, {})[free] = c
    context = body.numerator.context()
    found = []
    for bound, terms in groups.items():
        factor = formula_of_polynomial(context.from_dict(terms), body.atoms)
        m = formula_of_polynomial(context.from_dict({bound: one}), body.atoms)
        if below_free != ONE:
            factor = factor / below_free
        if below_moving != ONE:
            m = m / below_moving
        found.append((factor, m))
    return found


def _split_denominator(body: Fractional, moves: list[bool]) -> tuple[Formula, Formula]:
    if body.denominator.is_constant():
        return ONE, ONE
    free: Formula = ONE
    moving: Formula = ONE
    unit, factors = factored(body.denominator)
    if unit != 1:
        context = body.denominator.context()
        free = formula_of_polynomial(context.constant(unit), body.atoms)
    for factor, power in factors:
        piece = formula_of_polynomial(factor, body.atoms)
        piece = piece if int(power) == 1 else piece ** int(power)
        if any(n and m for n, m in zip(factor.degrees(), moves, strict=True)):
            moving = piece if moving == ONE else moving * piece
        else:
            free = piece if free == ONE else free * piece
    return free, moving
