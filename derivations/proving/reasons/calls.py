"""Two calls of one function: monotone where it is real, a definition by its body or its slope."""

from __future__ import annotations

from typing import Final

from derivations.core.domain import Reals
from derivations.core.formula import ONE, ZERO, Call, Formula, FormulaError, Neg
from derivations.core.functions import Definition
from derivations.core.meaning import meaning
from derivations.proving.derivatives import derivative
from derivations.proving.places import place
from derivations.proving.reasons.comparing import Comparing
from derivations.proving.reasons.known import relation_to_zero
from derivations.proving.reasons.relations import FLIPPED, weak
from derivations.proving.smooth import is_smooth

_INCREASING: Final = frozenset(
    {"exp", "log", "sqrt", "sinh", "tanh", "asin", "atan", "asinh", "acosh", "atanh", "erf"}
)
_DECREASING: Final = frozenset({"erfc", "acos"})
_EVEN: Final = frozenset({"cosh", "Abs"})  # increasing on [0, oo)
# Where the others are real: their argument's relation to an end.
_REAL_FROM: Final[dict[str, tuple[Formula, str]]] = {
    "log": (ZERO, ">"), "sqrt": (ZERO, ">="), "acosh": (ONE, ">="),
    "asin": (Neg(ONE), ">="), "acos": (Neg(ONE), ">="), "atanh": (Neg(ONE), ">"),
}  # fmt: skip
_REAL_TO: Final[dict[str, tuple[Formula, str]]] = {
    "asin": (ONE, ">="), "acos": (ONE, ">="), "atanh": (ONE, ">"),
}  # fmt: skip


def calls_compared(order: Comparing, u: Call, v: Call, depth: int) -> str:
    head = u.head
    if isinstance(head, Definition):
        return _definitions_compared(order, u, v, depth)
    if head.name == "log" and len(u.args) == len(v.args) == 2:
        return _definitions_compared(order, u, v, depth)
    if not head.builtin or len(u.args) != 1 or len(v.args) != 1:
        return ""
    found = order.compare(u.args[0], v.args[0], depth)
    if not _has_real_values(order, head.name, u.args[0], v.args[0], found):
        return ""
    if head.name in _INCREASING:
        return found
    if head.name in _DECREASING:
        return FLIPPED.get(found, "")
    if head.name in _EVEN and found:
        signs = {order.sign(u.args[0]), order.sign(v.args[0])}
        if signs <= {">", ">=", "="}:
            return found
        if signs <= {"<", "<=", "="}:
            return FLIPPED[found]
    return ""


def _has_real_values(order: Comparing, name: str, one: Formula, two: Formula, found: str) -> bool:
    """Whether a monotone function is real at both arguments, which are so related."""
    if name not in _REAL_FROM or found == "=":
        return True
    low, high = (two, one) if found in (">", ">=") else (one, two)
    (least, at_least), most = _REAL_FROM[name], _REAL_TO.get(name)
    lows = (low,) if found in FLIPPED and found != "!=" else (low, high)
    if not all(order.known(end, least, at_least) for end in lows):
        return False
    return most is None or order.known(most[0], high, most[1])


def _definitions_compared(order: Comparing, u: Call, v: Call, depth: int) -> str:
    one, two = meaning(u), meaning(v)
    if one is None or two is None:
        return ""
    found = order.compare(one, two, depth)
    if found or len(u.args) != 1 or not isinstance(u.head, Definition):
        return found
    return _by_slope(order, u, v, depth)


def _by_slope(order: Comparing, u: Call, v: Call, depth: int) -> str:
    """A definition is monotone where its derivative has one sign on the reals."""
    assert isinstance(u.head, Definition)
    x = u.head.params[0]
    if not is_smooth(u.head.body, x, place({**order.on, x: Reals})):
        return ""
    try:
        slope = derivative(u.head.body, x)
    except FormulaError:
        return ""
    sign = relation_to_zero(slope, {**order.on, x: Reals}, None)
    found = order.compare(u.args[0], v.args[0], depth) if sign else ""
    match sign:
        case ">":
            return found
        case "<":
            return FLIPPED.get(found, "")
        case ">=":
            return weak(found)
        case "<=":
            return weak(FLIPPED.get(found, ""))
    return ""
