"""Cases told apart: members of finite domains, conditions of indicators and branches; and a
hypothesis put to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from derivations.core.calculus import BINDERS, Limit
from derivations.core.claim import Claim, Variable
from derivations.core.conditions import And, Cases, Indicator, Or
from derivations.core.derivation import Step, implies
from derivations.core.domain import Domain, FiniteSet, IndexRange, Integers
from derivations.core.formula import (
    ZERO,
    Array,
    Call,
    Formula,
    FormulaError,
    Item,
    Relation,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Definition
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_symbols, replaced, rewrite, substitute
from derivations.proving.exp_log import equal_by_exp_log
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.identities import equal_by_laws
from derivations.proving.reasons.known import decided_by_signs, proved_relation, truth
from derivations.proving.reasons.limiting import with_limits
from derivations.proving.reasons.lines import (
    contains,
    joined_sum,
    notation,
    only_unfolded,
    size,
    terms,
)
from derivations.proving.reasons.ordering import Order
from derivations.proving.reasons.relations import bound_domain, conjuncts, exponentials, sharper
from derivations.proving.reasons.replacing import replaced_modulo
from derivations.proving.reasons.values import decided, evaluated
from derivations.proving.similar import direction, similar

_MOST_CASES = 128
_SIGNED = frozenset({"Abs", "sign", "Max", "Min", "KroneckerDelta"})


@dataclass(frozen=True, slots=True)
class Case:
    """Two lines in one case, with what is known there."""

    one: Formula
    two: Formula
    on: Mapping[Variable, Domain]
    where: Formula | None
    facts: tuple[Relation, ...] = ()


def by_cases_told_apart(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts lines that are in relation in each case, by values, algebra and the laws of exp and
    log; the cases are the members of finite domains and the sides of the conditions."""
    if before == step.line:
        return "by_cases: the line did not move"
    one, two = notation(before), notation(step.line)
    if equal_by_algebra(one, two):
        return "by_cases: no case needs to be told apart; algebra suffices"
    if only_unfolded(one, two):
        return "by_cases: no case needs to be told apart; unfold or fold suffices"
    conditional = any(contains(_with_conditions(line), (Indicator, Cases)) for line in (one, two))
    if step.rel == "=" and not conditional and equal_by_laws(one, two, claim):
        return "by_cases: no case needs to be told apart; exp_log_laws or unfold suffices"
    try:
        found = list(_all_cases(Case(one, two, claim.domains, claim.where)))
    except FormulaError as error:
        return f"by_cases: {error}"
    if not found:
        return "by_cases: there is no finite domain and no condition to tell cases apart by"
    if len(found) > _MOST_CASES:
        return f"by_cases: there are more than {_MOST_CASES} cases"
    for case in found:
        if not _holds(case, step.rel):
            return f"by_cases: in one case the lines are {case.one} and {case.two}"
    return None


def _all_cases(start: Case) -> Iterator[Case]:
    cases = [_under_binders(start)]
    told = 0
    for _ in range(8):
        split = [(case, _split(case)) for case in cases]
        if all(parts is None for _, parts in split):
            break
        told += 1
        cases = [c for case, parts in split for c in ([case] if parts is None else parts)]
        if len(cases) > _MOST_CASES:
            break
    if told:
        yield from cases


def _under_binders(case: Case) -> Case:
    """The bodies, where both lines are one sum (integral, product) of different bodies."""
    one, two = case.one, case.two
    while isinstance(one, BINDERS) and isinstance(two, BINDERS) and type(one) is type(two):
        if isinstance(one, Limit) or not all(
            similar(a, b) for a, b in zip(one.parts[1:], two.parts[1:], strict=True)
        ):
            break
        body = two.body
        if two.variable != one.variable:
            body = substitute(body, {two.variable: one.variable})
        case = Case(one.body, body, {**case.on, one.variable: bound_domain(one)}, case.where)
        one, two = case.one, case.two
    return case


def _split(case: Case) -> list[Case] | None:
    """The case by the members of one finite variable, or by the sign of one condition."""
    for node in (n for line in (case.one, case.two) for n in walk(line)):
        members = _members(node, case)
        if members is not None:
            return [_with_value(case, node, member) for member in members]
    told = {d for fact in case.facts for d in (direction(fact.lhs), direction(-fact.lhs))}
    found = {
        c
        for line in (case.one, case.two)
        for c in _conditions(line)
        if direction(c.lhs - c.rhs) not in told
    }
    if found:
        return _by_sign(case, min(found, key=lambda c: (size(c), str(c))))
    opened = tuple(_with_conditions(line) for line in (case.one, case.two))
    if opened != (case.one, case.two):
        return [Case(opened[0], opened[1], case.on, case.where, case.facts)]
    return None


def _with_conditions(line: Formula) -> Formula:
    """The definitions by cases written out, and no others."""

    def rule(node: Formula) -> Formula | None:
        if isinstance(node, Call) and isinstance(node.head, Definition):
            body = unfolded(node)
            if contains(body, (Indicator, Cases)):
                return body
        return None

    return rewrite(line, rule)


def _members(node: Formula, case: Case) -> tuple[Formula, ...] | None:
    """The values of a variable or an item, where they are few."""
    variable = node.array if isinstance(node, Item) else node
    if not isinstance(variable, Symbol | Array):
        return None
    if isinstance(node, Item) and any(s not in case.on for s in free_symbols(node)):
        return None
    if isinstance(node, Array):
        return None
    match case.on.get(variable):
        case FiniteSet(members=members):
            return members
        case Integers(lower=int() as low, upper=int() as high) if high - low < 8:
            return tuple(num(k) for k in range(low, high + 1))
        case IndexRange():
            return None
    return None


def _with_value(case: Case, node: Formula, member: Formula) -> Case:
    def put(line: Formula) -> Formula:
        if isinstance(node, Symbol):
            return evaluated(substitute(line, {node: member}))
        return evaluated(replaced(line, node, member))

    where = None if case.where is None else _put_in_condition(case.where, node, member)
    return Case(put(case.one), put(case.two), case.on, where, case.facts)


def _put_in_condition(where: Formula, node: Formula, member: Formula) -> Formula:
    return substitute(where, {node: member}) if isinstance(node, Symbol) else where


def _conditions(line: Formula) -> Iterator[Relation]:
    """The relations on which values depend, those hidden in |u|, Max and delta included."""
    for node in walk(line):
        match node:
            case Relation() if not contains(node, (Indicator, Cases)):
                yield node
            case Call(head=head, args=args) if head.name in _SIGNED and len(args) <= 2:
                yield Relation(args[0], ">=", args[1] if len(args) == 2 else ZERO)


def _by_sign(case: Case, condition: Relation) -> list[Case]:
    """The cases u < 0, u = 0 and u > 0 of the difference u of a condition's sides."""
    u = condition.lhs - condition.rhs
    result = []
    order = Order(case.on, case.where, (*case.facts, *conjuncts(case.where)), by_signs=True)
    known = _unfolded_relation(condition, order)
    for relation in ("<", "=", ">"):
        fact = Relation(u, relation, ZERO)
        if truth(known, relation) is False:
            continue
        known_here = Order({}, None, (*case.facts, fact))
        one = evaluated(case.one, known_here.decided)
        two = evaluated(case.two, known_here.decided)
        if relation == "=" and (solved := _solved(u)) is not None:
            one, two = (evaluated(substitute(line, solved)) for line in (one, two))
        where = Relation(condition.lhs, relation, condition.rhs)
        both = where if case.where is None else And((case.where, where))
        result.append(Case(one, two, case.on, both, (*case.facts, fact)))
    return result


def _unfolded_relation(condition: Relation, order: Order) -> str:
    """What the case tells of a condition's sides, their definitions written out if need be."""
    found = order.compare(condition.lhs, condition.rhs)
    if found in ("<", ">", "="):
        return found
    return sharper(found, order.compare(unfolded(condition.lhs), unfolded(condition.rhs)))


def _solved(u: Formula) -> dict[Symbol, Formula] | None:
    """`x - value = 0` as a value of x, where the difference is that simple."""
    many = [t for t in terms(u) if t not in (ZERO, -ZERO)]
    for i, term in enumerate(many):
        rest = joined_sum(many[:i] + many[i + 1 :])
        if isinstance(term, Symbol) and term not in free_symbols(rest):
            return {term: evaluated(-rest)}
    return None


def _holds(case: Case, rel: str) -> bool:
    known = (*case.facts, *conjuncts(case.where))
    here = Order(case.on, case.where, known)
    one, two = (evaluated(with_limits(line, here)) for line in (case.one, case.two))
    if implies("=", rel):
        if similar(one, two) or equal_by_algebra(one, two):
            return True
        if equal_by_exp_log(one, two, case.on, case.where) is not None:
            return True
        if _undefined(one) and _undefined(two):
            return True
    if rel == "=":
        return False
    facts = (*case.facts, *conjuncts(case.where))
    facts = (*facts, *exponentials(facts))
    order = Order(case.on, case.where, facts, by_signs=True)
    opened = evaluated(unfolded(one)), evaluated(unfolded(two))
    if any(implies(order.compare(u, v) or "none", rel) for u, v in ((one, two), opened)):
        return True
    return implies(proved_relation(opened[0] - opened[1], case.on, case.where) or "none", rel)


def _undefined(line: Formula) -> bool:
    """A choice of no branch."""
    return isinstance(line, Cases) and all(
        decided(condition, lambda _: None) is False for condition in line.conditions
    )


def by_hypothesis(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts what a hypothesis of the claim gives: equals replaced by equals, conditions decided,
    an inequality carried through the line."""
    hypothesis, after = step.reason.formula, step.line
    assert hypothesis is not None  # given(...) has its hypothesis
    theory = f"given({hypothesis})"
    if before == after:
        return f"{theory}: the line did not move"
    if not _is_given(hypothesis, claim):
        return f"{theory}: this is no hypothesis of the claim and does not follow from its domain"
    facts = conjuncts(hypothesis)
    one, two = notation(before), notation(after)
    if implies("=", step.rel):
        for left, right in _by_facts(one, two, facts):
            if similar(left, right) or equal_by_algebra(left, right):
                return None
    order = Order(claim.domains, None, facts)
    if step.rel != "=" and implies(order.compare(one, two) or "none", step.rel):
        return None
    signs = Order(claim.domains, claim.where, facts, by_signs=True)
    if step.rel != "=" and implies(signs.compare(one, two) or "none", step.rel):
        return None
    return f"{theory}: it does not lead from {before} to {after}"


def _is_given(hypothesis: Formula, claim: Claim) -> bool:
    if claim.where is not None:
        given = (claim.where, *_and_parts(claim.where))
        if any(similar(hypothesis, g) for g in given):
            return True
    parts = _and_parts(hypothesis)
    if len(parts) > 1:
        return all(_is_given(part, claim) for part in parts)
    if isinstance(hypothesis, Or):
        return any(_is_given(part, claim) for part in hypothesis.args)
    order = Order(claim.domains, None, conjuncts(claim.where))
    if isinstance(hypothesis, Relation):
        known = order.fact(hypothesis.lhs, hypothesis.rhs)
        if truth(known, hypothesis.rel):
            return True
    return decided_by_signs(hypothesis, claim) is True


def _and_parts(condition: Formula) -> tuple[Formula, ...]:
    if isinstance(condition, And):
        return tuple(p for part in condition.args for p in _and_parts(part))
    return (condition,)


def _by_facts(
    one: Formula, two: Formula, facts: tuple[Relation, ...]
) -> Iterator[tuple[Formula, Formula]]:
    for fact in facts:
        if fact.rel == "=":
            for old, new in ((fact.lhs, fact.rhs), (fact.rhs, fact.lhs)):
                yield (
                    evaluated(replaced_modulo(one, old, new)),
                    evaluated(replaced_modulo(two, old, new)),
                )
    order = Order({}, None, facts)
    yield evaluated(one, order.decided), evaluated(two, order.decided)
