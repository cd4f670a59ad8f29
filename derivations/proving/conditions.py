"""Whether a condition certainly holds, or certainly fails, at every point of a place."""

from __future__ import annotations

from derivations.core.conditions import And, Not, Or
from derivations.core.formula import Formula, Relation
from derivations.proving.bounds import range_of
from derivations.proving.places import NEGATED, SIGN_OF_RELATION, Place
from derivations.proving.quick_signs import quick_sign


def holds(condition: Formula, here: Place) -> bool | None:
    """True: wherever its sides are defined; False: nowhere; None: not decided."""
    match condition:
        case Relation(lhs, rel, rhs):
            return _relation_holds(lhs, rel, rhs, here)
        case And(args):
            truths = [holds(arg, here) for arg in args]
            return False if False in truths else None if None in truths else True
        case Or(args):
            truths = [holds(arg, here) for arg in args]
            return True if True in truths else None if None in truths else False
        case Not(arg):
            truth = holds(arg, here)
            return None if truth is None else not truth
    return None


def _relation_holds(lhs: Formula, rel: str, rhs: Formula, here: Place) -> bool | None:
    sign = quick_sign(lhs - rhs, here)
    wanted = SIGN_OF_RELATION[rel]
    if not sign & wanted:
        return False
    if rel in ("=", "!="):
        return True if sign in wanted else None
    # An order relation with a side that is not real is false, whatever the difference is.
    real = range_of(lhs, here.box) is not None and range_of(rhs, here.box) is not None
    return True if real and sign in wanted else None


def negation(condition: Formula, here: Place) -> Formula | None:
    """A condition that holds wherever this one fails; None where nothing simple does."""
    match condition:
        case Relation(lhs, rel, rhs):
            real = range_of(lhs, here.box) is not None and range_of(rhs, here.box) is not None
            return Relation(lhs, NEGATED[rel], rhs) if real else None
        case Not(arg):
            return arg
        case Or(args):
            parts = [negation(arg, here) for arg in args]
            known = tuple(part for part in parts if part is not None)
            return And(known) if known else None
    return None
