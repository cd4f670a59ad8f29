"""An earlier claim used at an instance: found in the line, and replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import permutations
from typing import TypeAlias

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.derivation import Step, implies
from derivations.core.domain import FiniteSet, Integers, Interval
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    as_formula,
    mul,
    num,
    oo,
    walk,
)
from derivations.core.functions import Definition
from derivations.core.substitute import (
    bound_variable,
    free_names,
    free_symbols,
    rewrite,
    substitute,
)
from derivations.proving.chains.domains import applies
from derivations.proving.chains.spots import whole
from derivations.proving.derivatives import hidden_in
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.known import relation_to_zero, truth
from derivations.proving.reasons.lines import (
    factors,
    joined_product,
    joined_sum,
    terms,
    without_common,
)
from derivations.proving.reasons.ordering import order_of
from derivations.proving.reasons.relations import FLIPPED
from derivations.proving.reasons.values import decided, evaluated, rational_value
from derivations.proving.similar import key, similar

_MOST_INSTANCES = 48


def using_claim(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts the line before with instances of the claim's one side replaced by its other side;
    for an order claim, the instance itself, or one in a place that keeps the order."""
    used, after = step.reason.claim, step.line
    assert used is not None  # a using(...) has its claim
    theory = f"using({used.id})"
    if before == after:
        return f"{theory}: the line did not move"
    one, two = primes(before), primes(after)
    if similar(one, two):
        return f"{theory}: the lines differ by order and sign only; algebra suffices"
    try:
        found = instances(used, dict(step.reason.at), (one, two))
    except FormulaError as error:
        return f"{theory}: {error}"
    allowed = [i for i in found if not i.violated(claim)]
    if not allowed:
        return f"{theory}: {found[0].violated(claim)}"
    outside = [i for i in allowed if not _is_certain(i, claim, (one, two))]
    allowed = [i for i in allowed if i not in outside]
    if not allowed:
        where = outside[0].statement
        return f"{theory}: its instance {where} is not known to lie in its domain"
    if used.rel == "=" and implies("=", step.rel):
        if replaces(allowed, one, two):
            return None
    elif used.rel != "=":
        if _orders(allowed, one, step.rel, two, claim):
            return None
    else:
        return f"{theory}: the claim is an equation and the step says {step.rel}"
    if equal_by_algebra(one, two) and step.rel == "=":
        return f"{theory}: the claim is not needed; algebra suffices"
    stated = allowed[0].statement
    return f"{theory}: replacing by its instance {stated} does not lead from {before} to {after}"


@dataclass(frozen=True, slots=True)
class Instance:
    """A claim's statement with values for its variables."""

    claim: Claim
    values: tuple[tuple[Symbol, Formula], ...]
    statement: Relation

    def violated(self, current: Claim) -> str | None:
        """A sentence where a value certainly lies outside of the used claim's domain."""
        values = dict(self.values)
        domains = self.claim.domains
        for symbol, value in values.items():
            if _is_outside(value, domains.get(symbol), current):
                return f"{symbol} = {value} lies outside of {domains[symbol]}"
        if self.claim.where is None:
            return None
        try:
            condition = substitute(self.claim.where, values)
        except FormulaError:
            return None

        def by_sign(c: Formula) -> bool | None:
            if not isinstance(c, Relation):
                return None
            known = relation_to_zero(c.lhs - c.rhs, current.domains, current.where)
            return truth(known, c.rel)

        if decided(condition, by_sign) is False:
            return f"its condition {condition} does not hold here"
        return None


def _is_certain(instance: Instance, current: Claim, lines: tuple[Formula, ...]) -> bool:
    """Whether the instance lies in the used claim's domain, as far as the current claim's domain
    tells: what is bound in a line has its own."""
    bound = {b for line in lines for node in walk(line) if (b := bound_variable(node)) is not None}
    names = free_names(instance.statement)
    if names & bound or not names <= current.domains.keys():
        return True
    return applies(instance.claim, dict(instance.values), whole(current))


def _is_outside(value: Formula, domain: object, current: Claim) -> bool:
    number = rational_value(value)
    match domain:
        case FiniteSet(members=members):
            return number is not None and all(rational_value(m) != number for m in members)
        case Integers(lower=lower, upper=upper) if number is not None:
            below = lower is not None and number < lower
            return number.denominator != 1 or below or (upper is not None and number > upper)
        case Interval(lower=low, upper=high, lower_open=low_open, upper_open=high_open):
            known = "" if low == Neg(oo) else relation_to_zero(
                value - low, current.domains, current.where
            )  # fmt: skip
            if known == "<" or (known in ("=", "<=") and low_open):
                return True
            known = "" if high == oo else relation_to_zero(
                value - high, current.domains, current.where
            )  # fmt: skip
            return known == ">" or (known in ("=", ">=") and high_open)
    return False


def primes(formula: Formula) -> Formula:
    """`D(sigma(z), z)` written as `sigma'(z)`, so that an instance may have any point."""

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Derivative):
            return None
        match node.body:
            case Call(head=head, args=(arg,)) if arg == node.variable:
                if isinstance(head, Definition) and hidden_in(head, node.variable):
                    return None
                return Prime(head, arg, node.order)
            case Prime(head=head, point=point, order=order) if point == node.variable:
                return Prime(head, point, order + node.order)
        return None

    return rewrite(formula, rule)


def instances(
    claim: Claim, at: Mapping[Symbol, Formula], lines: tuple[Formula, ...]
) -> list[Instance]:
    """The statement at the given values; the other variables stand for themselves, or for what
    makes a side occur in the lines. Errors: `FormulaError` where a value does not fit."""
    lhs, rhs = primes(claim.lhs), primes(claim.rhs)
    variables = {v for v, _ in claim.on if isinstance(v, Symbol)} - at.keys()
    found: dict[str, Instance] = {}

    def note(values: Mapping[Symbol, Formula]) -> None:
        full = {**values, **at}
        statement = Relation(substitute(lhs, full), claim.rel, substitute(rhs, full))
        found.setdefault(key(statement), Instance(claim, tuple(full.items()), statement))

    note({})
    if variables:
        for side in (lhs, rhs):
            if isinstance(side, Symbol):
                continue
            fixed = _partly(side, at)
            for node in (part for line in lines for part in walk(line)):
                for values in matches(fixed, node, {}, variables):
                    if len(found) < _MOST_INSTANCES:
                        try:
                            note(values)
                        except FormulaError:
                            continue
    return list(found.values())


def _partly(side: Formula, at: Mapping[Symbol, Formula]) -> Formula:
    try:
        return substitute(side, at)
    except FormulaError:
        return side


def matches(
    pattern: Formula,
    node: Formula,
    values: dict[Symbol, Formula],
    variables: set[Symbol],
) -> Iterator[dict[Symbol, Formula]]:
    """The values of the variables that make the pattern the node, parts in order or permuted."""
    if isinstance(pattern, Symbol) and pattern in variables:
        if pattern not in values:
            yield {**values, pattern: node}
        elif similar(values[pattern], node):
            yield values
        return
    if not free_symbols(pattern) & variables:
        if similar(pattern, node):
            yield values
        return
    if isinstance(pattern, Item) and isinstance(node, Item) and pattern.array != node.array:
        return
    if type(pattern) is not type(node) or len(pattern.parts) != len(node.parts):
        return
    if isinstance(pattern, BINDERS) and isinstance(node, BINDERS):
        bound = pattern.variable
        body = pattern.body
        if node.variable != bound:
            if node.variable in free_symbols(body) | variables:
                return
            body = substitute(body, {bound: node.variable})
        inner = (body, *pattern.parts[1:])
        for found in _in_order(inner, node.parts, values, variables - {bound}):
            own = found.items() - values.items()
            if all(node.variable not in free_symbols(value) for _, value in own):
                yield found
        return
    if not _same_node(pattern, node):
        return
    yield from _in_order(pattern.parts, node.parts, values, variables)
    if isinstance(pattern, Add | Mul) and len(pattern.parts) <= 4:
        for order in list(permutations(node.parts))[1:]:
            yield from _in_order(pattern.parts, order, values, variables)


def _same_node(pattern: Formula, node: Formula) -> bool:
    """One kind of node, whatever its parts."""
    if isinstance(pattern, Number | Constant | Symbol):
        return pattern == node
    if isinstance(pattern, Derivative) and isinstance(node, Derivative):
        return pattern.order == node.order and type(pattern.variable) is type(node.variable)
    return pattern.rebuilt(node.parts) == node


def _in_order(
    patterns: tuple[Formula, ...],
    nodes: tuple[Formula, ...],
    values: dict[Symbol, Formula],
    variables: set[Symbol],
) -> Iterator[dict[Symbol, Formula]]:
    if not patterns:
        yield values
        return
    for found in matches(patterns[0], nodes[0], values, variables):
        yield from _in_order(patterns[1:], nodes[1:], found, variables)


def replaces(found: list[Instance], before: Formula, after: Formula) -> bool:
    """Whether replacing by one instance, or by all of them, makes the lines similar."""
    pairs = [(i.statement.lhs, i.statement.rhs) for i in found]
    for directed in (pairs, [(b, a) for a, b in pairs]):
        for old, new in directed:
            if _meets(before, after, [(old, new)]):
                return True
        if len(directed) > 1 and _meets(before, after, directed):
            return True
    return False


def _meets(before: Formula, after: Formula, pairs: list[tuple[Formula, Formula]]) -> bool:
    one, two = before, after
    for old, new in pairs:
        one, two = replaced_modulo(one, old, new), replaced_modulo(two, old, new)
    if one == before and two == after:
        return False
    return any(similar(a, b) for a in (one, before) for b in (two, after))


def replaced_modulo(line: Formula, old: Formula, new: Formula) -> Formula:
    """Every occurrence of `old` replaced: a part similar to it, terms of a sum, factors of a
    product. The claim holds for all values of its variables, so a bound one is replaced too."""
    wanted = key(old)

    def replace(node: Formula) -> Formula:
        if key(node) == wanted:
            return new
        if isinstance(node, Prime) and (further := _derived(node, old, new)) is not None:
            return further
        inside = _terms_replaced(node, old, new) or _factors_replaced(node, old, new)
        if inside is not None:
            rest, put = inside
            return put(replace(rest))
        if not node.parts or (isinstance(node, Neg) and isinstance(old, Neg)):
            return node
        parts = tuple(replace(part) for part in node.parts)
        if parts == node.parts:
            return node
        try:
            return node.rebuilt(parts)
        except FormulaError:
            return node

    return replace(line)


def _derived(node: Prime, old: Formula, new: Formula) -> Formula | None:
    """f'' where the claim is about f': the derivative of what f' is."""
    if not isinstance(old, Prime) or old.head != node.head or old.point != node.point:
        return None
    if not isinstance(node.point, Symbol) or node.order <= old.order:
        return None
    return Derivative(new, node.point, node.order - old.order)


# What is left of a node, and what puts the new part back beside it.
_Found: TypeAlias = "tuple[Formula, Callable[[Formula], Formula]]"


def _terms_replaced(node: Formula, old: Formula, new: Formula) -> _Found | None:
    if not isinstance(node, Add):
        return None
    many, wanted = list(terms(node)), list(terms(old))
    if len(wanted) < 2 or len(many) <= len(wanted):
        return None
    for turned, value in ((wanted, new), ([-t for t in wanted], -new)):
        rest, missing = without_common(many, turned)
        if not missing:
            return joined_sum(rest), partial(_added, value)
    return None


def _factors_replaced(node: Formula, old: Formula, new: Formula) -> _Found | None:
    if isinstance(node, Number | Symbol | Add | Call):
        return None
    coefficient, wanted = factors(old)
    if not wanted or (len(wanted) == 1 and coefficient == 1 and wanted[0][1] == num(1)):
        return None
    scale, powers = factors(node)
    rest = list(powers)
    for base, exponent in wanted:
        for index, (other, power) in enumerate(rest):
            if similar(base, other):
                left = _lowered(power, exponent)
                if left is None:
                    continue
                rest[index : index + 1] = [] if left == num(0) else [(other, left)]
                break
        else:
            return None
    remaining = joined_product(scale / coefficient, rest)
    return remaining, partial(mul, right=new)


def _added(value: Formula, rest: Formula) -> Formula:
    return joined_sum([*terms(rest), *terms(value)])


def _lowered(power: Formula, by: Formula) -> Formula | None:
    """The exponent that is left, where `by` is contained in the power."""
    if similar(power, by):
        return num(0)
    one, two = rational_value(power), rational_value(by)
    if one is None or two is None:
        return None
    contained = 0 < two <= one or one <= two < 0
    return as_formula(Fraction(one - two)) if contained else None


def _orders(found: list[Instance], one: Formula, rel: str, two: Formula, claim: Claim) -> bool:
    facts = tuple(i.statement for i in found)
    if rel == "=":
        # An order claim decides conditions: |u| for u > 0, an indicator.
        order = order_of(claim, facts)
        left, right = evaluated(one, order.decided), evaluated(two, order.decided)
        return (left, right) != (one, two) and similar(left, right)
    direct = any(
        similar(s.lhs, a) and similar(s.rhs, b) and implies(r, rel)
        for s in facts
        for a, b, r in ((one, two, s.rel), (two, one, FLIPPED[s.rel]))
    )
    return direct or implies(order_of(claim, facts).compare(one, two) or "none", rel)
