"""What sign analysis tells of a formula, as a relation to 0 and as the truth of a condition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from derivations.core.claim import Claim, Variable
from derivations.core.domain import Domain
from derivations.core.formula import Formula, FormulaError, Relation
from derivations.proving.places import Sign, place
from derivations.proving.quick_signs import quick_sign
from derivations.proving.signs import sign_of

_RELATIONS: Final = (
    (Sign.ZERO, "="),
    (Sign.POSITIVE, ">"),
    (Sign.NEGATIVE, "<"),
    (Sign.NONNEGATIVE, ">="),
    (Sign.NONPOSITIVE, "<="),
    (Sign.NONZERO, "!="),
)
_IMPLIED: Final = {
    "=": {"=": True, "<=": True, ">=": True, "<": False, ">": False, "!=": False},
    "<": {"<": True, "<=": True, "!=": True, ">": False, ">=": False, "=": False},
    ">": {">": True, ">=": True, "!=": True, "<": False, "<=": False, "=": False},
    "<=": {"<=": True, ">": False},
    ">=": {">=": True, "<": False},
    "!=": {"!=": True, "=": False},
    "": {},
}  # fmt: skip


def relation_to_zero(
    formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None
) -> str:
    """The strongest relation of the formula to 0 that is known on the domain; "" for none."""
    return _quick(formula, tuple(on.items()), where)


@lru_cache(maxsize=4096)
def _quick(formula: Formula, on: tuple[tuple[Variable, Domain], ...], where: Formula | None) -> str:
    try:
        return _relation(quick_sign(formula, place(dict(on), where)))
    except FormulaError:
        return ""


def proved_relation(
    formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None
) -> str:
    """The same with all means of sign analysis, bisection and monotonicity included; slower."""
    try:
        return _relation(sign_of(formula, on, where))
    except FormulaError:
        return ""


def _relation(sign: Sign) -> str:
    if sign is Sign.IMPOSSIBLE:
        return ""
    return next((relation for signs, relation in _RELATIONS if sign in signs), "")


def truth(known: str, asked: str) -> bool | None:
    """Whether `u known 0` makes `u asked 0` true or false; None where it leaves it open."""
    return _IMPLIED[known].get(asked)


def decided_by_signs(condition: Formula, claim: Claim) -> bool | None:
    """Whether the domain and the condition of a claim decide a relation."""
    if not isinstance(condition, Relation):
        return None
    known = relation_to_zero(condition.lhs - condition.rhs, claim.domains, claim.where)
    return truth(known, condition.rel)
