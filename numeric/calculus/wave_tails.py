"""Tails of integrals of waves whose height falls slowly: `sin(t)/t`, `cos(t)/(1 + t**2)`.

A power of t times exp(i*w*t) has the exponential integral E_s for its tail,

    integral of t**p*exp(i*w*t) over [T, oo) = T**(p + 1) * E_{-p}(-i*w*T)    for p < 0, w != 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flint import acb, arb, fmpq

from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate
from numeric.calculus.waves import slope_factors
from numeric.exact.constants import as_arb
from numeric.tails.expand import Walk
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.growth import real_power, tail_integral
from numeric.tails.integrals import integral_of_tail

_NAMES: Final = frozenset({"sin", "cos"})


@dataclass(frozen=True, slots=True)
class Wave:
    """height * sin(argument) or cos(argument), the argument linear in the variable; `name` is empty
    for the height alone."""

    height: Formula
    name: str
    argument: Formula


def waves_in(formula: Formula, t: Symbol) -> tuple[Wave, ...] | None:
    """The formula as a sum of waves and of terms without one; None where there is no wave, or a
    product of two."""
    found = tuple(_waves(formula, t))
    if not any(wave.name for wave in found) or any(_is_wavy(wave.height, t) for wave in found):
        return None
    return found


def _is_wavy(f: Formula, t: Symbol) -> bool:
    return any(
        isinstance(g, Call) and g.head.name in _NAMES and t in free_names(g) for g in walk(f)
    )


def _waves(f: Formula, t: Symbol) -> list[Wave]:
    match f:
        case Add(args=args):
            return [wave for arg in args for wave in _waves(arg, t)]
        case Neg(arg=arg):
            return [Wave(-w.height, w.name, w.argument) for w in _waves(arg, t)]
        case Div(numerator=over, denominator=under):
            return [Wave(w.height / under, w.name, w.argument) for w in _waves(over, t)]
        case Mul(args=args):
            for k, arg in enumerate(args):
                inner = _waves(arg, t)
                if any(wave.name for wave in inner):
                    others = tuple(factor for factor in (*args[:k], *args[k + 1 :]))
                    rest = Mul(others) if len(others) > 1 else others[0]
                    return [Wave(rest * w.height, w.name, w.argument) for w in inner]
        case Call(head=head, args=(u,)) if not isinstance(head, Definition):
            if head.name in _NAMES and slope_factors(u, t) is not None:
                return [Wave(ONE, head.name, u)]
        case Pow(base=Call(head=head, args=(u,)), exponent=Number(value=2)):
            if head.name in _NAMES and slope_factors(u, t) is not None:
                sign = -1 if head.name == "sin" else 1
                half = ONE / num(2)
                return [Wave(half, "", ZERO), Wave(sign * half, "cos", 2 * u)]
    return [Wave(f, "", ZERO)]


def integral_of_waves(waves: tuple[Wave, ...], t: Symbol, here: Walk) -> tuple[arb, arb]:
    """The integral over the tail of the walk, in which t goes to oo, and a bound on its error.

    Errors: `Indeterminate`.
    """
    total, bound = arb(0), arb(0)
    for wave in waves:
        if not wave.name:
            value, error = integral_of_tail(here.tail, here.expand(wave.height))
            total, bound = total + value, bound + error
            continue
        phase = _real(here, wave.argument, t, ZERO)
        speed = _real(here, wave.argument, t, ONE) - phase
        if speed.contains(0):
            raise Indeterminate("the length of a wave is not decided")
        value, error = _of_height(here.tail, here.expand(wave.height), phase, speed, wave.name)
        total, bound = total + value, bound + error
    return total, bound.upper()


def _real(here: Walk, formula: Formula, t: Symbol, at: Formula) -> arb:
    value = here.enclose(formula, {t: fmpq(0 if at == ZERO else 1)})
    if not isinstance(value, fmpq | arb):
        raise Indeterminate("a wave is not real")
    return arb(value)


def _of_height(tail: Tail, height: Expansion, phase: arb, speed: arb, name: str) -> tuple[arb, arb]:
    start = tail.start
    total = acb(0)
    rest = [] if height.error is None else [height.error]
    turn = acb(0, phase).exp()
    for growth, constant in height.terms:
        if growth.exponent or growth.logs:
            rest.append(Error(growth, abs(constant.value).upper()))
            continue
        if growth.power >= 0:
            raise Indeterminate("a wave does not fall")
        order = acb(as_arb(-growth.power))
        integral = acb(0, -speed * start).expint(order)
        total += constant.value * real_power(start, growth.power + 1) * turn * integral
    bound = arb(0)
    for error in rest:
        factor, growth = tail_integral(error.growth, start)
        bound += (error.bound * factor * growth.at(start)).upper()
    return (total.imag if name == "sin" else total.real), bound
