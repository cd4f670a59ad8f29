"""Proof of a claim on its whole domain: an identity or a sign, and every condition it needs.

Where both sides are undefined a claim says nothing, where exactly one is, it is false: so each
demand of one side (a denominator, the argument of a logarithm) must hold on the domain, or be
made by the other side too. `x/x = 1` is no theorem on the reals; on (0, oo) it is.

>>> from derivations.core.claim import Claim
>>> from derivations.core.domain import Positive, Reals
>>> from derivations.core.formula import num, symbol
>>> x = symbol("x")
>>> prove(Claim("one", x / x, "=", num(1), on={x: Positive}))
Proof(method='algebra', conditions=('x > 0',))
>>> prove(Claim("one", x / x, "=", num(1), on={x: Reals})) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from derivations.core.claim import Claim, Variable
from derivations.core.domain import Domain, FiniteSet
from derivations.core.formula import (
    ZERO,
    Formula,
    FormulaError,
    Number,
    Relation,
    Symbol,
)
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.alternatives import stated
from derivations.proving.bounds import range_of
from derivations.proving.carry import carried_out, has_derivatives
from derivations.proving.cartesian import in_real_parts
from derivations.proving.casework import (
    count_of_conditions,
    decided,
    open_conditions,
    plain,
    settled,
    sides_of_holes,
)
from derivations.proving.conditions import holds, negation
from derivations.proving.continuity import holds_by_continuity
from derivations.proving.demands import Demand, demands
from derivations.proving.derivatives import NotDifferentiable
from derivations.proving.equalities import equality, is_real
from derivations.proving.factors import factors_are_nonzero
from derivations.proving.field import Field, equal_by_algebra
from derivations.proving.hopeless import fails_somewhere
from derivations.proving.kinks import with_slopes_at_points
from derivations.proving.obstructions import never_equal
from derivations.proving.orders import sign_in_order
from derivations.proving.places import SIGN_OF_RELATION, Place, Sign, isolated, place
from derivations.proving.power_series import has_series, summed
from derivations.proving.remainders import holds_by_remainders
from derivations.proving.signs import sign_at
from derivations.proving.whole_parts import Stated, by_periods
from derivations.proving.work import MOST_WORK, OutOfWork, budget

MOST_CASES: Final = 32
DEEPEST_SPLIT: Final = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """How a claim was proved, and the conditions that were proved on the way."""

    method: str
    conditions: tuple[str, ...] = ()


def prove(claim: Claim) -> Proof | None:
    """A proof of the claim on its whole domain, or None. Never a false one."""
    try:
        with budget(MOST_WORK):
            found = _proved(claim.statement, claim.domains, claim.where) or _by_members(claim)
            if found is None and holds_by_remainders(claim):
                found = Proof("remainders")
            if found is None and never_equal(claim):
                found = Proof("remainders that differ")
            return found or _by_periods(claim) or _by_real_parts(claim)
    except (FormulaError, RecursionError, OutOfWork):
        return None


def _proved(statement: Relation, on: dict[Variable, Domain], where: Formula | None) -> Proof | None:
    """A proof at each of the places where the condition holds."""
    proofs: list[Proof] = []
    for changed, here in stated(statement, on, where):
        proof = prove_at(changed, here)
        if proof is None:
            return None
        proofs.append(proof)
    return proofs[0] if len(proofs) == 1 else Proof("cases", _union(proofs))


def prove_at(statement: Relation, here: Place, depth: int = DEEPEST_SPLIT) -> Proof | None:
    """A proof at a place; conditions that split it are tried both ways."""
    statement, here = settled(with_slopes_at_points(statement, here), here)
    if has_series(statement):
        closed = summed(Relation(plain(statement.lhs), statement.rel, plain(statement.rhs)), here)
        if closed is not None:
            proof = prove_at(closed[0], here, depth)
            if proof is not None:
                return _with(Proof(f"series, {proof.method}", proof.conditions), closed[1])
    found = _directly(statement, here)
    if found is not None or not depth:
        return found
    holes = list(sides_of_holes(statement, here))
    undecided = list(open_conditions(statement, here)) or holes
    if not undecided:
        return None
    # A condition without others inside, and one that bounds a variable, may decide the others.
    condition = min(
        undecided,
        key=lambda c: (
            count_of_conditions(c),
            not isinstance(c.lhs, Symbol),
            not isolated(c, here),
        ),
    )
    otherwise = negation(condition, here)
    if condition in holes:
        otherwise = Relation(condition.lhs, "<", condition.rhs)
    if otherwise is None:
        return None
    proofs: list[Proof] = []
    # Where an equation holds comes last: it may follow by continuity.
    for case in sorted((condition, otherwise), key=_is_equation):
        part = here.given(case)
        if part is None:
            continue
        proof = _in_case(statement, case, part, depth - 1)
        if proof is None and _is_equation(case) and proofs:
            exception = condition.lhs - condition.rhs
            if holds_by_continuity(statement, exception, here):
                proof = Proof("continuity")
        if proof is None:
            return None
        proofs.append(proof)
    return Proof("cases", _union(proofs))


def _is_equation(case: Formula) -> bool:
    return isinstance(case, Relation) and case.rel == "="


def _in_case(statement: Relation, case: Formula, part: Place, depth: int) -> Proof | None:
    """A proof where the case holds; an equation replaces a variable by what it equals."""
    if isinstance(case, Relation) and case.rel == "=":
        for variable, _, value in isolated(case, part):
            if range_of(value, part.box) is None or free_symbols(value):
                continue
            try:
                changed = substitute(statement, {variable: value})
            except FormulaError:
                continue
            assert isinstance(changed, Relation)
            return prove_at(changed, part, depth)
    return prove_at(statement, part, depth)


def _union(proofs: list[Proof]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for proof in proofs for c in proof.conditions))


def _by_periods(claim: Claim) -> Proof | None:
    """Whole parts of each variable in turn, by their periods."""
    open_: list[Stated] = [(claim.statement, claim.domains, claim.where)]
    proofs: list[Proof] = []
    for _ in claim.on:
        parted = [by_periods(*stated) for stated in open_]
        if all(part is None for part in parted):
            break
        open_ = [
            new
            for old, part in zip(open_, parted, strict=True)
            for new in ([old] if part is None else part)
        ]
    if len(open_) > MOST_CASES or open_[0][0] == claim.statement:
        return None
    for statement, on, where in open_:
        proof = _proved(statement, on, where)
        if proof is None:
            return None
        proofs.append(proof)
    return Proof("periods", _union(proofs))


def _by_real_parts(claim: Claim) -> Proof | None:
    changed = in_real_parts(claim)
    if changed is None:
        return None
    proof = _proved(changed.statement, changed.domains, changed.where)
    return None if proof is None else Proof("real and imaginary parts", proof.conditions)


def _by_members(claim: Claim) -> Proof | None:
    """Every choice of members of the finite domains."""
    finite = [(v, d.members) for v, d in claim.on if isinstance(d, FiniteSet)]
    symbols = [(v, members) for v, members in finite if isinstance(v, Symbol)]
    count = 1
    for _, members in symbols:
        count *= len(members)
    if not symbols or count > MOST_CASES:
        return None
    proofs: list[Proof] = []
    for choice in product(*(members for _, members in symbols)):
        values = {v: member for (v, _), member in zip(symbols, choice, strict=True)}
        statement = substitute(claim.statement, values)
        assert isinstance(statement, Relation)
        rest = {v: d for v, d in claim.on if v not in values}
        where = None if claim.where is None else substitute(claim.where, values)
        if where is not None and holds(where, place(rest)) is False:
            continue
        proof = _proved(statement, rest, where)
        if proof is None:
            return None
        proofs.append(proof)
    return Proof("cases", _union(proofs))


def _directly(statement: Relation, here: Place) -> Proof | None:
    lhs, rel, rhs = statement.lhs, statement.rel, statement.rhs
    attempt = _equal if rel == "=" else _ordered
    if fails_somewhere(plain(lhs) - plain(rhs), SIGN_OF_RELATION[rel], here):
        return None
    proof = attempt(decided(plain(lhs), here), rel, decided(plain(rhs), here), here)
    if proof is not None:
        left_needs, right_needs = _all(lhs, here), _all(rhs, here)
        conditions = _alike(left_needs, right_needs, left_needs, right_needs)
        if conditions is not None:
            return _with(proof, conditions)
    if not (has_derivatives(lhs) or has_derivatives(rhs)):
        return None
    try:
        left, right = carried_out(plain(lhs), here), carried_out(plain(rhs), here)
    except NotDifferentiable:
        return None
    proof = attempt(decided(left.formula, here), rel, decided(right.formula, here), here)
    if proof is None:
        return None
    conditions = _alike(
        [*_all(left.formula, here), *left.demands],
        [*_all(right.formula, here), *right.demands],
        _all(lhs, here),
        _all(rhs, here),
    )
    if conditions is None:
        return None
    return _with(Proof(f"derivatives, {proof.method}", proof.conditions), conditions)


def _with(proof: Proof, conditions: tuple[str, ...]) -> Proof:
    return Proof(proof.method, tuple(dict.fromkeys((*proof.conditions, *conditions))))


def _all(formula: Formula, here: Place) -> list[Demand]:
    return demands(plain(formula), here)


def _equal(lhs: Formula, rel: str, rhs: Formula, here: Place) -> Proof | None:
    found = equality(lhs, rhs, here)
    return None if found is None else Proof(found.method, found.conditions)


def _ordered(lhs: Formula, rel: str, rhs: Formula, here: Place) -> Proof | None:
    wanted = SIGN_OF_RELATION[rel]
    if rel != "!=" and not (is_real(lhs, here) and is_real(rhs, here)):
        return None
    difference = lhs if rhs == ZERO else lhs - rhs
    sign = sign_at(difference, here, wanted=wanted)
    if rel != "!=" and (sign is Sign.IMPOSSIBLE or sign not in wanted):
        sign = sign_in_order(difference, here, wanted)
    return Proof("signs") if sign is not Sign.IMPOSSIBLE and sign in wanted else None


def _alike(
    left: list[Demand], right: list[Demand], left_needs: list[Demand], right_needs: list[Demand]
) -> tuple[str, ...] | None:
    """The conditions under which the sides are defined at the same points, all proved."""
    conditions: list[str] = []
    for own, other in ((left, right_needs), (right, left_needs)):
        for demand in own:
            if isinstance(demand.formula, Number) and demand.formula != ZERO:
                continue
            if is_met(demand):
                conditions.append(_said(demand))
            elif not _implies(other, demand):
                return None
    return tuple(dict.fromkeys(conditions))


def is_met(demand: Demand) -> bool:
    """Whether a demand is certainly met, wherever it is made."""
    if demand.wanted is Sign.IMPOSSIBLE:
        return False
    sign = sign_at(demand.formula, demand.here, wanted=demand.wanted)
    return sign is not Sign.IMPOSSIBLE and sign in demand.wanted


def _said(demand: Demand) -> str:
    if demand.wanted is Sign.NONZERO and sign_at(demand.formula, demand.here) is Sign.POSITIVE:
        return f"{demand.formula} > 0"
    return str(demand)


def _implies(needs: list[Demand], demand: Demand) -> bool:
    """Whether a side that makes all these demands certainly fulfils a demand of the other."""
    own = [need for need in needs if need.necessary and need.here is demand.here]
    if demand.wanted is Sign.IMPOSSIBLE:
        return any(
            need.wanted is Sign.IMPOSSIBLE and equal_by_algebra(need.formula, demand.formula)
            for need in own
        )
    if any(_is_multiple(need, demand) for need in own if need.wanted is demand.wanted):
        return True
    if demand.wanted is not Sign.NONZERO:
        return False
    nonzero = [n.formula for n in own if n.wanted in (Sign.NONZERO, Sign.POSITIVE)]
    return bool(nonzero) and factors_are_nonzero(demand.formula, nonzero, demand.here)


def _is_multiple(need: Demand, demand: Demand) -> bool:
    try:
        ratio = Field().fractional(demand.formula / need.formula)[0].constant
    except FormulaError:
        return False
    if ratio is None:
        return False
    return ratio > 0 or (ratio != 0 and need.wanted is Sign.NONZERO)
