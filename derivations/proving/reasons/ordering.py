"""Inequalities carried through sums, products, powers and monotone functions.

`Order.compare(u, v)` finds a relation of u to v from facts (a hypothesis, an instance of a claim)
and from signs: terms and factors that the two share are set aside, and the rest is compared part
by part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.claim import Claim, Variable
from derivations.core.derivation import implies
from derivations.core.domain import (
    Domain,
)
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Pow,
    Relation,
    oo,
)
from derivations.core.functions import exp, log
from derivations.core.substitute import free_names
from derivations.proving.reasons.binders import binders_compared, extremes_compared
from derivations.proving.reasons.calls import calls_compared
from derivations.proving.reasons.facts import stated
from derivations.proving.reasons.known import relation_to_zero, truth
from derivations.proving.reasons.lines import (
    factors,
    joined_sum,
    terms,
    without_common,
)
from derivations.proving.reasons.products import MOST_PAIRS, products_compared
from derivations.proving.reasons.relations import (
    FLIPPED,
    bound_domain,
    combined,
    constants_gathered,
    domain_facts,
    exponentials,
    sharper,
    times_sign,
    weak,
)
from derivations.proving.reasons.values import evaluated, rational_value
from derivations.proving.similar import similar

_BINDERS = (Sum, Integral, Product, Limit)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Order:
    """What is known: facts, and (where `by_signs`) the sign of every difference."""

    on: Mapping[Variable, Domain]
    where: Formula | None = None
    facts: tuple[Relation, ...] = ()
    by_signs: bool = False

    def sign(self, formula: Formula, depth: int = 0) -> str:
        """The relation of the formula to 0 by its value, a fact, or sign analysis; "" unknown."""
        value = rational_value(formula)
        if value is not None:
            return "=" if value == 0 else ">" if value > 0 else "<"
        known = self.fact(ZERO, formula)
        if known:
            return FLIPPED[known]
        known = relation_to_zero(formula, self.on, self.where)
        if known in ("<", ">", "=") or depth > _DEEPEST:
            return known
        return sharper(known, self.sign_inside(formula, depth + 4))

    def sign_inside(self, formula: Formula, depth: int) -> str:
        """The sign of a product from its factors, of a difference by comparing its parts."""
        if isinstance(formula, Integral | Sum):
            inner = self.under(formula).sign(formula.body, depth)
            if inner not in ("<", "<=", ">", ">="):
                return ""
            if isinstance(formula, Integral):
                ends = self.ends(formula)
                return inner if ends == "<" else weak(inner) if ends == "<=" else ""
            return weak(inner)
        coefficient, powers = factors(formula)
        if len(powers) > 1 or coefficient < 0 or (powers and powers[0][1] != ONE):
            sign = ">" if coefficient > 0 else "<"
            for base, exponent in powers:
                sign = times_sign(sign, self.sign_of_power(base, exponent, depth))
            return sign
        many = list(terms(formula))
        if len(many) < 2:
            return ""
        above = [t for t in many if not isinstance(t, Neg)]
        below = [t.arg for t in many if isinstance(t, Neg)]
        left, right = without_common(above, below)
        if len(left) < len(above):
            return FLIPPED.get(self.compare(joined_sum(right), joined_sum(left), depth), "")
        plus, minus = joined_sum(above), joined_sum(below)
        order = replace(self, by_signs=False)
        return order.inside(plus, minus, depth) or order.compare(plus, minus, depth)

    def sign_of_power(self, base: Formula, exponent: Formula, depth: int) -> str:
        sign, n = self.sign(base, depth), rational_value(exponent)
        if sign == ">":
            return ">"
        if n is None or n.denominator != 1:
            return ">=" if sign == ">=" and n is not None and n > 0 else ""
        if n % 2 == 0:
            return ">" if sign in ("<", "!=") else ">="
        return sign

    def compare(self, u: Formula, v: Formula, depth: int = 0) -> str:
        """A relation that holds for `u rel v`, the strongest found; "" where none is."""
        if similar(u, v):
            return "="
        found = self.fact(u, v) or self.numbers(u, v)
        if not found and self.by_signs:
            difference = v if u == ZERO else v - u
            found = FLIPPED.get(self.sign(difference, depth), "")
        if found or depth > _DEEPEST:
            return found
        return self.inside(u, v, depth + 1)

    def decided(self, condition: Formula) -> bool | None:
        """Whether a condition holds by a fact, or fails by one; None where none decides it."""
        if not isinstance(condition, Relation):
            return None
        return truth(self.fact(condition.lhs, condition.rhs), condition.rel)

    def fact(self, u: Formula, v: Formula) -> str:
        """What the facts tell of the two."""
        return stated(self.facts, u, v)

    def numbers(self, u: Formula, v: Formula) -> str:
        """Two formulas that differ by a number."""
        one, two = rational_value(u), rational_value(v)
        if one is not None and two is not None:
            return "<" if one < two else ">" if one > two else "="
        return ""

    def inside(self, u: Formula, v: Formula, depth: int) -> str:
        if isinstance(u, Add) or isinstance(v, Add):
            found = self.sums(u, v, depth)
            if found:
                return found
        if isinstance(u, Neg) and isinstance(v, Neg):
            return FLIPPED.get(self.compare(u.arg, v.arg, depth), "")
        if any(isinstance(w, Mul | Div | Pow | Neg) for w in (u, v)):
            found = products_compared(self, u, v, depth)
            if found:
                return found
        if isinstance(u, Call) and isinstance(v, Call) and u.head == v.head:
            found = calls_compared(self, u, v, depth)
            if found:
                return found
        if isinstance(u, _BINDERS) and isinstance(v, _BINDERS) and type(u) is type(v):
            return binders_compared(self, u, v, depth)
        return self.inverses(u, v, depth) or extremes_compared(self, u, v, depth)

    def inverses(self, u: Formula, v: Formula, depth: int) -> str:
        """exp(a) against v as a against log(v), log(a) against v as a against exp(v)."""
        for one, two, turned in ((u, v, False), (v, u, True)):
            if not isinstance(one, Call) or len(one.args) != 1 or isinstance(two, Call):
                continue
            if one.head == exp and self.sign(two, depth) == ">":
                found = self.compare(one.args[0], evaluated(log(two)), depth + 4)
            elif one.head == log and not free_names(two) and self.known(one.args[0], ZERO, ">"):
                found = self.compare(one.args[0], evaluated(exp(two)), depth + 4)
            else:
                continue
            if found:
                return FLIPPED[found] if turned else found
        return ""

    def sums(self, u: Formula, v: Formula, depth: int) -> str:
        one, two = list(terms(u)), list(terms(v))
        left, right = constants_gathered(*without_common(one, two))
        if len(left) == len(one) and len(right) == len(two) and 1 in (len(one), len(two)):
            return ""
        found = self.pairs(left, right, depth)
        if found or (len(left) == len(one) and len(right) == len(two)):
            return found
        return self.compare(joined_sum(left), joined_sum(right), depth)

    def pairs(self, left: list[Formula], right: list[Formula], depth: int) -> str:
        """Terms compared two by two, in some order."""
        if len(left) != len(right) or not 0 < len(left) <= MOST_PAIRS:
            return ""
        for order in permutations(right):
            found = self.together(zip(left, order, strict=True), depth)
            if found:
                return found
        return ""

    def together(self, pairs: Iterable[tuple[Formula, Formula]], depth: int) -> str:
        result = "="
        for one, two in pairs:
            found = self.compare(one, two, depth)
            result = combined(result, found)
            if not result:
                return ""
        return result

    def known(self, one: Formula, two: Formula, relation: str) -> bool:
        """Whether `one relation two` by the signs of the difference."""
        difference = one if two == ZERO else one - two
        return implies(self.sign(evaluated(difference)) or "none", relation)

    def ends(self, node: Integral) -> str:
        if node.upper == oo or node.lower == Neg(oo):
            return "<"
        return replace(self, by_signs=True).compare(node.lower, node.upper)

    def under(self, node: Sum | Integral | Product | Limit) -> Order:
        """The same knowledge where the bound variable has its range."""
        facts = tuple(f for f in self.facts if node.variable not in free_names(f))
        return replace(self, on={**self.on, node.variable: bound_domain(node)}, facts=facts)


def order_of(claim: Claim, facts: tuple[Relation, ...] = (), *, by_signs: bool = False) -> Order:
    """What the domain of a claim tells, with facts besides."""
    known = (*facts, *domain_facts(claim))
    return Order(claim.domains, claim.where, (*known, *exponentials(known)), by_signs)
