"""Inequalities carried through sums, products, powers and monotone functions.

`Order.compare(u, v)` finds a relation of u to v from facts (a hypothesis, an instance of a claim)
and from signs: terms and factors that the two share are set aside, and the rest is compared part
by part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, permutations
from typing import Final

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.claim import Claim, Variable
from derivations.core.derivation import implies
from derivations.core.domain import (
    Domain,
    IndexRange,
    Reals,
)
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Pow,
    Relation,
    Symbol,
    as_formula,
    num,
    oo,
)
from derivations.core.functions import Definition, exp, log
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names, substitute
from derivations.proving.derivatives import derivative
from derivations.proving.places import place
from derivations.proving.reasons.known import relation_to_zero, truth
from derivations.proving.reasons.lines import (
    factors,
    joined_product,
    joined_sum,
    terms,
    without_common,
)
from derivations.proving.reasons.relations import (
    FLIPPED,
    bound_domain,
    combined,
    constants_compared,
    constants_gathered,
    domain_facts,
    exponentials,
    product_of,
    scaled,
    sharper,
    times_sign,
    weak,
)
from derivations.proving.reasons.values import evaluated, rational_value
from derivations.proving.similar import direction, similar
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
_BINDERS = (Sum, Integral, Product, Limit)
_DEEPEST = 12
_MOST_PAIRS = 3


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
        """A fact whose difference of sides is that of u and v, up to a positive factor."""
        wanted, turned, found = direction(v - u), direction(u - v), ""
        for fact in self.facts:
            known = direction(fact.rhs - fact.lhs)
            if known == wanted:
                found = sharper(found, fact.rel)
            elif known == turned:
                found = sharper(found, FLIPPED[fact.rel])
        if found in ("<", ">", "="):
            return found
        return sharper(found, self.by_way_of(u, v) or self.by_two(u, v))

    def by_two(self, u: Formula, v: Formula) -> str:
        """u < v from u < w and w < v."""
        if len(self.facts) > 12:
            return ""
        wanted = direction(v - u)
        for one, two in combinations(self.facts, 2):
            for turned in (two, Relation(two.rhs, FLIPPED[two.rel], two.lhs)):
                rel = combined(one.rel, turned.rel)
                if not rel:
                    continue
                gap = direction(one.rhs - one.lhs + turned.rhs - turned.lhs)
                if gap == wanted:
                    return rel
                if gap == direction(-(v - u)):
                    return FLIPPED[rel]
        return ""

    def by_way_of(self, u: Formula, v: Formula) -> str:
        """u < c from a fact and c <= v between constants."""
        if free_names(u) and free_names(v):
            return ""
        for fact in self.facts:
            for a, b, rel in (
                (fact.lhs, fact.rhs, fact.rel),
                (fact.rhs, fact.lhs, FLIPPED[fact.rel]),
            ):
                if similar(a, u) and not free_names(b) and not free_names(v):
                    found = combined(rel, constants_compared(b, v))
                elif similar(b, v) and not free_names(a) and not free_names(u):
                    found = combined(constants_compared(u, a), rel)
                else:
                    continue
                if found:
                    return found
        return ""

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
            found = self.products(u, v, depth)
            if found:
                return found
        if isinstance(u, Call) and isinstance(v, Call) and u.head == v.head:
            found = self.calls(u, v, depth)
            if found:
                return found
        if isinstance(u, _BINDERS) and isinstance(v, _BINDERS) and type(u) is type(v):
            return self.binders(u, v, depth)
        return self.inverses(u, v, depth) or self.extremes(u, v, depth)

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
        if len(left) != len(right) or not 0 < len(left) <= _MOST_PAIRS:
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

    def products(self, u: Formula, v: Formula, depth: int) -> str:
        (c, one), (d, two) = factors(u), factors(v)
        if c == 0 or d == 0:
            return ""
        if (c > 0) != (d > 0):
            c, one = abs(c), one if c > 0 else [*one, (num(-1), ONE)]
            d, two = abs(d), two if d > 0 else [*two, (num(-1), ONE)]
        if c < 0:
            rest = (joined_product(-c, one), joined_product(-d, two))
            return FLIPPED.get(self.products(*rest, depth), "")
        first = [joined_product(Fraction(1), [power]) for power in one]
        second = [joined_product(Fraction(1), [power]) for power in two]
        left, right = without_common(first, second)
        shared, _ = without_common(first, left)
        if c != d:
            small = min(c, d)
            left, right = scaled(c / small, left), scaled(d / small, right)
        if shared or c == d != 1:
            sign = self.sign(joined_product(Fraction(1), [(f, ONE) for f in shared]))
            rest = product_of(left), product_of(right)
            found = self.compare(*rest, depth) if sign in (">", ">=", "<", "<=") else ""
            if sign in ("<", "<="):
                found = FLIPPED.get(found, "")
            return found if sign in ("<", ">") else weak(found)
        if len(left) == len(right) == 1:
            return self.powers(left[0], right[0], depth)
        if len(left) != len(right):
            found = self.without_denominators(left, right, depth)
            if found:
                return found
        return self.positive_products(left, right, depth)

    def without_denominators(self, left: list[Formula], right: list[Formula], depth: int) -> str:
        """a/b against c as a against b*c, for b > 0."""
        (c, one), (d, two) = factors(product_of(left)), factors(product_of(right))
        sides: list[list[tuple[Formula, Formula]]] = [[], []]
        moved = False
        for index, powers in enumerate((one, two)):
            for base, exponent in powers:
                n = rational_value(exponent)
                if n is not None and n < 0:
                    if self.sign(base, depth) != ">":
                        return ""
                    sides[1 - index].append((base, as_formula(-n)))
                    moved = True
                else:
                    sides[index].append((base, exponent))
        if not moved:
            return ""
        return self.compare(joined_product(c, sides[0]), joined_product(d, sides[1]), depth)

    def positive_products(self, left: list[Formula], right: list[Formula], depth: int) -> str:
        if len(left) != len(right) or not 0 < len(left) <= _MOST_PAIRS:
            return ""
        signs = {self.sign(f) for f in (*left, *right)}
        if not signs <= {">", ">="}:
            return ""
        found = self.pairs(left, right, depth)
        return found if signs == {">"} else weak(found)

    def powers(self, u: Formula, v: Formula, depth: int) -> str:
        if isinstance(u, Pow) and isinstance(v, Pow) and similar(u.base, v.base):
            against = {">": "", "<": "flip"}.get(self.sign(u.base - 1))
            found = self.compare(u.exponent, v.exponent, depth) if against is not None else ""
            if against == "flip":
                return FLIPPED.get(found, "") if self.sign(u.base) == ">" else ""
            return found
        (_, one), (_, two) = factors(u), factors(v)
        if len(one) != 1 or len(two) != 1 or one[0][1] != two[0][1]:
            return ""
        exponent = rational_value(one[0][1])
        if exponent is None and one[0][0] != u:
            a, b = one[0][0], two[0][0]
            direction = self.sign(one[0][1], depth)
            found = self.compare(a, b, depth) if direction in ("<", ">") else ""
            if {self.sign(a), self.sign(b)} != {">"}:
                return ""
            return found if direction == ">" else FLIPPED.get(found, "")
        if exponent is None or (one[0][0] == u and exponent == 1):
            return ""
        a, b = one[0][0], two[0][0]
        found, signs = self.compare(a, b, depth), {self.sign(a), self.sign(b)}
        odd = exponent.denominator == 1 and exponent.numerator % 2 == 1
        even = exponent.denominator == 1 and not odd
        if exponent > 0 and (signs <= {">", ">=", "="} or odd):
            return found
        if exponent > 0 and even and signs <= {"<", "<=", "="}:
            return FLIPPED.get(found, "")
        if exponent < 0 and (signs == {">"} or (odd and signs == {"<"})):
            return FLIPPED.get(found, "")
        return found if exponent < 0 and even and signs == {"<"} else ""

    def calls(self, u: Call, v: Call, depth: int) -> str:
        head = u.head
        if isinstance(head, Definition):
            return self.definitions(u, v, depth)
        if head.name == "log" and len(u.args) == len(v.args) == 2:
            return self.definitions(u, v, depth)
        if not head.builtin or len(u.args) != 1 or len(v.args) != 1:
            return ""
        found = self.compare(u.args[0], v.args[0], depth)
        if not self.has_real_values(head.name, u.args[0], v.args[0], found):
            return ""
        if head.name in _INCREASING:
            return found
        if head.name in _DECREASING:
            return FLIPPED.get(found, "")
        if head.name in _EVEN and found:
            signs = {self.sign(u.args[0]), self.sign(v.args[0])}
            if signs <= {">", ">=", "="}:
                return found
            if signs <= {"<", "<=", "="}:
                return FLIPPED[found]
        return ""

    def has_real_values(self, name: str, one: Formula, two: Formula, found: str) -> bool:
        """Whether a monotone function is real at both arguments, which are so related."""
        if name not in _REAL_FROM or found == "=":
            return True
        low, high = (two, one) if found in (">", ">=") else (one, two)
        (least, at_least), most = _REAL_FROM[name], _REAL_TO.get(name)
        lows = (low,) if found in FLIPPED and found != "!=" else (low, high)
        if not all(self.known(end, least, at_least) for end in lows):
            return False
        return most is None or self.known(most[0], high, most[1])

    def known(self, one: Formula, two: Formula, relation: str) -> bool:
        """Whether `one relation two` by the signs of the difference."""
        difference = one if two == ZERO else one - two
        return implies(self.sign(evaluated(difference)) or "none", relation)

    def definitions(self, u: Call, v: Call, depth: int) -> str:
        one, two = meaning(u), meaning(v)
        if one is None or two is None:
            return ""
        found = self.compare(one, two, depth)
        if found or len(u.args) != 1 or not isinstance(u.head, Definition):
            return found
        return self.by_slope(u, v, depth)

    def by_slope(self, u: Call, v: Call, depth: int) -> str:
        """A definition is monotone where its derivative has one sign on the reals."""
        assert isinstance(u.head, Definition)
        x = u.head.params[0]
        if not is_smooth(u.head.body, x, place({**self.on, x: Reals})):
            return ""
        try:
            slope = derivative(u.head.body, x)
        except FormulaError:
            return ""
        sign = relation_to_zero(slope, {**self.on, x: Reals}, None)
        found = self.compare(u.args[0], v.args[0], depth) if sign else ""
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

    def binders(
        self, u: Sum | Integral | Product | Limit, v: Sum | Integral | Product | Limit, depth: int
    ) -> str:
        if not all(similar(a, b) for a, b in zip(u.parts[1:], v.parts[1:], strict=True)):
            return ""
        body = v.body if u.variable == v.variable else substitute(v.body, {v.variable: u.variable})
        inner = self.under(u)
        found = inner.compare(u.body, body, depth)
        if isinstance(u, Product):
            signs = {inner.sign(u.body), inner.sign(body)}
            if not signs <= {">", ">="}:
                return ""
            found = found if signs == {">"} else weak(found)
        if isinstance(u, Limit):
            return weak(found)
        if isinstance(u, Integral):
            ends = self.ends(u)
            return found if ends == "<" else weak(found) if ends == "<=" else ""
        count = self.sign(u.upper - u.lower) if oo not in (u.upper, u.lower) else ""
        return found if count in (">", ">=", "=") else weak(found)

    def ends(self, node: Integral) -> str:
        if node.upper == oo or node.lower == Neg(oo):
            return "<"
        return replace(self, by_signs=True).compare(node.lower, node.upper)

    def under(self, node: Sum | Integral | Product | Limit) -> Order:
        """The same knowledge where the bound variable has its range."""
        facts = tuple(f for f in self.facts if node.variable not in free_names(f))
        return replace(self, on={**self.on, node.variable: bound_domain(node)}, facts=facts)

    def extremes(self, u: Formula, v: Formula, depth: int) -> str:
        """u <= Max(u, w), Min(u, w) <= u, u <= |u|."""
        for one, two, flip in ((u, v, False), (v, u, True)):
            if isinstance(two, Sum) and self.is_a_term(one, two):
                return ">=" if flip else "<="
            if not isinstance(two, Call):
                continue
            name, args = two.head.name, two.args
            if name == "Abs" and (similar(one, args[0]) or similar(one, -args[0])):
                return ">=" if flip else "<="
            if name == "Max" and any(similar(one, arg) for arg in args):
                return ">=" if flip else "<="
            if name == "Min" and any(similar(one, arg) for arg in args):
                return "<=" if flip else ">="
        return ""

    def is_a_term(self, term: Formula, whole: Sum) -> bool:
        """A term of a sum of terms that are not negative, s(i) of Sum(s(k)), i an index."""
        if self.under(whole).sign(whole.body) not in (">", ">=", "="):
            return False
        return any(
            similar(substitute(whole.body, {whole.variable: index}), term)
            for index, domain in self.on.items()
            if isinstance(index, Symbol)
            and isinstance(domain, IndexRange)
            and similar(domain.upper, whole.upper)
            and whole.lower == ONE
        )


def order_of(claim: Claim, facts: tuple[Relation, ...] = (), *, by_signs: bool = False) -> Order:
    """What the domain of a claim tells, with facts besides."""
    known = (*facts, *domain_facts(claim))
    return Order(claim.domains, claim.where, (*known, *exponentials(known)), by_signs)
