"""A function of its own inverse, in numbers: sin(asin(c) + 2*pi) is c, exp(log(c) + 2*pi*I) is c.

>>> from derivations.core import Q, asin, pi, sin
>>> undone(sin(pi - 2 * (asin(Q(1, 3)) / 2)))
1/3
"""

from __future__ import annotations

from typing import Final

from flint import acb, arb, ctx, fmpq

from derivations.core.formula import Call, Formula, I, num, pi, walk
from derivations.core.functions import Definition
from derivations.proving.field import equal_by_algebra
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, the_integer_in

# name: (inverse, [(sign of the inverse, multiples of pi that may be added: 2*k + shift), ...])
_TURNING: Final[dict[str, tuple[str, tuple[tuple[int, int, int], ...]]]] = {
    "sin": ("asin", ((1, 2, 0), (-1, 2, 1))),
    "cos": ("acos", ((1, 2, 0), (-1, 2, 0))),
    "tan": ("atan", ((1, 1, 0),)),
}


def undone(node: Formula) -> Formula | None:
    """What a call is the value of by the meaning of an inverse function; None where it is none.

    The identities hold for all complex numbers: f(f^-1(c)) = c wherever the inverse has a value.
    """
    if not isinstance(node, Call) or isinstance(node.head, Definition) or len(node.args) != 1:
        return None
    name, (argument,) = node.head.name, node.args
    if name in _TURNING:
        inverse, kinds = _TURNING[name]
        for call in _calls(argument, inverse):
            for sign, step, shift in kinds:
                if _is_turned(argument, sign * call, step, shift):
                    return call.args[0]
    elif name == "exp":
        for call in _calls(argument, "log"):
            if _is_turned(argument / I, call / I, 2, 0):
                return call.args[0]
    elif name in {"sinh", "cosh", "tanh"}:
        for call in _calls(argument, "a" + name):
            if equal_by_algebra(argument, call):
                return call.args[0]
    return None


def _calls(formula: Formula, name: str) -> list[Call]:
    return [
        node
        for node in walk(formula)
        if isinstance(node, Call)
        and not isinstance(node.head, Definition)
        and node.head.name == name
        and len(node.args) == 1
    ]


def _is_turned(argument: Formula, base: Formula, step: int, shift: int) -> bool:
    """Whether argument = base + (step*k + shift)*pi for an integer k."""
    turns = _value((argument - base) / pi)
    if turns is None or isinstance(turns, fmpq):
        whole = turns
    else:
        real = turns.real if isinstance(turns, acb) else turns
        found = the_integer_in(arb(real))
        whole = None if found is None else fmpq(found)
    if whole is None or whole.q != 1 or (int(whole.p) - shift) % step:
        return False
    return equal_by_algebra(argument, base + num(int(whole.p)) * pi)


def _value(formula: Formula) -> Scalar | None:
    with ctx.workprec(128):
        try:
            value = evaluated(Compiler().compile(formula), root_frame({}))
        except (Undefined, Indeterminate):
            return None
    return None if isinstance(value, Infinity) else value
