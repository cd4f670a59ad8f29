"""Tails of integrals of waves whose height falls slowly: `sin(t)/t`, `cos(t)/(1 + t**2)`.

A power of t times exp(i*w*t) has the exponential integral E_s for its tail,

    integral of t**p*exp(i*w*t) over [T, oo) = T**(p + 1) * E_{-p}(-i*w*T)    for p < 0, w != 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import acb, arb, fmpq

from derivations.core.formula import ONE, ZERO, Add, Call, Div, Formula, Mul, Neg, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.constants import as_arb
from numeric.expansions import Error, Expansion, Tail
from numeric.growth import real_power, tail_integral
from numeric.tails import Walk
from numeric.values import Indeterminate
from numeric.waves import slope_factors


@dataclass(frozen=True, slots=True)
class Wave:
    """height * sin(argument) or cos(argument), the argument linear in the variable."""

    height: Formula
    name: str
    argument: Formula


def waves_in(formula: Formula, t: Symbol) -> tuple[Wave, ...] | None:
    """The formula as a sum of waves; None where a term is none, or has two."""
    terms = formula.args if isinstance(formula, Add) else (formula,)
    found = [_wave(term, t) for term in terms]
    known = tuple(wave for wave in found if wave is not None)
    return known if len(known) == len(found) else None


def _wave(f: Formula, t: Symbol) -> Wave | None:
    match f:
        case Neg(arg=arg):
            inner = _wave(arg, t)
            return None if inner is None else Wave(-inner.height, inner.name, inner.argument)
        case Div(numerator=over, denominator=under):
            inner = _wave(over, t)
            if inner is None:
                return None
            return Wave(inner.height / under, inner.name, inner.argument)
        case Mul(args=args):
            for k, arg in enumerate(args):
                inner = _wave(arg, t)
                if inner is not None:
                    rest = (*args[:k], inner.height, *args[k + 1 :])
                    kept = tuple(factor for factor in rest if factor != ONE)
                    height = Mul(kept) if len(kept) > 1 else kept[0] if kept else ONE
                    return Wave(height, inner.name, inner.argument)
        case Call(head=head, args=(u,)) if not isinstance(head, Definition):
            if head.name in {"sin", "cos"} and t in free_names(u):
                return Wave(ONE, head.name, u) if slope_factors(u, t) is not None else None
    return None


def integral_of_waves(waves: tuple[Wave, ...], t: Symbol, walk: Walk) -> tuple[arb, arb]:
    """The integral over the tail of the walk, in which t goes to oo, and a bound on its error.

    Errors: `Indeterminate`.
    """
    total, bound = arb(0), arb(0)
    for wave in waves:
        phase = _real(walk, wave.argument, t, ZERO)
        speed = _real(walk, wave.argument, t, ONE) - phase
        if speed.contains(0):
            raise Indeterminate("the length of a wave is not decided")
        value, error = _of_height(walk.tail, walk.expand(wave.height), phase, speed, wave.name)
        total, bound = total + value, bound + error
    return total, bound.upper()


def _real(walk: Walk, formula: Formula, t: Symbol, at: Formula) -> arb:
    value = walk.enclose(formula, {t: fmpq(0 if at == ZERO else 1)})
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
