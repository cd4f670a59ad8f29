"""The fundamental theorem of calculus, and changes of variable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivations.core.calculus import Integral, Limit
from derivations.core.claim import Claim
from derivations.core.derivation import Step
from derivations.core.formula import Formula, FormulaError, Neg, Symbol, oo, walk
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.derivatives import Style, derivative, differentiated
from derivations.proving.reasons.identities import equal_by_laws
from derivations.proving.reasons.limiting import with_limits
from derivations.proving.reasons.lines import notation
from derivations.proving.reasons.ordering import Order, order_of
from derivations.proving.reasons.relations import bound_domain
from derivations.proving.reasons.replacing import replaced_modulo
from derivations.proving.reasons.tending import Limits, Tends
from derivations.proving.reasons.values import evaluated
from derivations.proving.similar import similar

_INFINITE = (oo, Neg(oo))


def by_antiderivative(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an integral replaced by F(b) - F(a), with limits at infinite ends, where F' is the
    integrand."""
    F, after = step.reason.formula, step.line
    assert F is not None  # antiderivative(...) has its F
    theory = f"antiderivative({F})"
    if before == after:
        return f"{theory}: the line did not move"
    nodes = [n for n in walk(before) if isinstance(n, Integral)]
    if not nodes:
        return f"{theory}: there is no integral in the line before"
    order = order_of(claim)
    complaint = ""
    for node in nodes:
        variable = _variable_of(F, node)
        here = substitute(F, {variable: node.variable}) if variable != node.variable else F
        slope = _slope(here, node, claim)
        if slope is not None:
            complaint = complaint or f"{theory}: its derivative is {slope}, not {node.body}"
            continue
        value = _at(here, node, node.upper) - _at(here, node, node.lower)
        line = replaced_modulo(before, node, value)
        for form in (lambda f: f, evaluated, lambda f: evaluated(with_limits(f, order))):
            if similar(form(line), form(after)):
                return None
        complaint = f"{theory}: between the ends it gives {line}, not {after}"
    return complaint


def _variable_of(F: Formula, node: Integral) -> Symbol:
    """The variable of F: the integral's, or, under another name, the only one it has."""
    free = free_symbols(F)
    if node.variable in free:
        return node.variable
    others = free - free_symbols(node)
    return next(iter(others)) if len(others) == 1 else node.variable


def _slope(F: Formula, node: Integral, claim: Claim) -> Formula | None:
    """The derivative of F where it is not the integrand; None where it is."""
    inner = _inside(claim, node)
    slope: Formula = F
    for unfold in (False, True):
        for style in (Style(kinks=True), Style(kinks=True, other_forms=True)):
            try:
                body = unfolded(F) if unfold else F
                slope = differentiated(derivative(body, node.variable, style=style), style=style)
                wanted = unfolded(node.body) if unfold else node.body
            except FormulaError:
                continue
            if equal_by_laws(notation(slope), notation(wanted), inner):
                return None
    return slope


def _inside(claim: Claim, node: Integral) -> Claim:
    """The claim where the integral's variable has its domain."""
    on = {**claim.domains, node.variable: bound_domain(node)}
    return Claim(claim.id, claim.lhs, claim.rel, claim.rhs, on=on, where=claim.where)


def _at(F: Formula, node: Integral, end: Formula) -> Formula:
    if end in _INFINITE:
        return Limit(F, node.variable, end)
    return substitute(F, {node.variable: end})


def by_substitution(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an integral or a limit in a new variable, with its factor and its ends."""
    ((old, new),) = step.reason.at
    theory, after = f"substitution({old} = {new})", step.line
    if before == after:
        return f"{theory}: the line did not move"
    complaint = f"{theory}: no integral or limit over {old} stands in one line alone"
    for first, second in ((before, after), (after, before)):
        for node in _over(first, old):
            for other in _candidates(second, node, new):
                found = _changed(node, other, old, new, claim)
                if isinstance(found, int) and _fits(first, node, second, other, found):
                    return None
                problem = found if isinstance(found, str) else "its sign, or the rest, is wrong"
                complaint = f"{theory}: {problem}"
    return complaint


def _over(line: Formula, variable: Symbol) -> Iterator[Integral | Limit]:
    for node in walk(line):
        if isinstance(node, Integral | Limit) and node.variable == variable:
            yield node


def _candidates(line: Formula, node: Integral | Limit, new: Formula) -> Iterator[Integral | Limit]:
    free = free_symbols(new)
    for other in walk(line):
        if isinstance(other, Integral | Limit) and type(other) is type(node):
            if other.variable in free:
                yield other
            elif len(free) == 1:
                (variable,) = free
                if variable not in free_symbols(other.body):
                    body = substitute(other.body, {other.variable: variable})
                    yield replace(other, body=body, variable=variable)


def _fits(first: Formula, node: Formula, second: Formula, other: Formula, sign: int) -> bool:
    """The lines agree besides the node and its new form, which has the given sign."""
    hole = Symbol("_hole")
    one = replaced_modulo(first, node, hole)
    return similar(one, replaced_modulo(second, other, hole if sign > 0 else -hole))


def _changed(
    node: Integral | Limit, other: Integral | Limit, old: Symbol, new: Formula, claim: Claim
) -> int | str:
    """The sign with which `other` is `node` after old = new; a sentence where it is not."""
    t = other.variable
    order = order_of(claim)
    body = substitute(node.body, {old: new})
    if isinstance(node, Limit) and isinstance(other, Limit):
        if not equal_by_laws(notation(body), notation(other.body), claim):
            return f"the limit becomes that of {body}"
        try:
            reached = Limits(order, t, Limits(order).start(other.point, other.side)).of(new)
        except FormulaError as error:
            return str(error)
        if not similar(reached.formula, evaluated(node.point)):
            return f"{new} tends to {reached.formula} and not to {node.point}"
        return 1
    assert isinstance(node, Integral) and isinstance(other, Integral)  # noqa: PT018
    inner = _inside(claim, other)
    wanted = body * derivative(new, t)
    sign = 1 if equal_by_laws(notation(wanted), notation(other.body), inner) else -1
    if sign < 0 and not equal_by_laws(notation(-wanted), notation(other.body), inner):
        return f"the integrand becomes {wanted}"
    ends = [_end(new, t, end, order) for end in (other.lower, other.upper)]
    given = [evaluated(node.lower), evaluated(node.upper)]
    if None in ends:
        return f"the ends of the integral over {t} are not reached"
    straight = all(_same_end(a, b, claim) for a, b in zip(ends, given, strict=True))
    turned = all(_same_end(a, b, claim) for a, b in zip(ends, reversed(given), strict=True))
    if not straight and not turned:
        return f"the ends {other.lower} and {other.upper} of {t} do not fit those of {old}"
    return sign if straight else -sign


def _same_end(a: Formula | None, b: Formula, claim: Claim) -> bool:
    if a is None:
        return False
    if similar(a, b):
        return True
    return a not in _INFINITE and b not in _INFINITE and equal_by_laws(a, b, claim)


def _end(new: Formula, t: Symbol, end: Formula, order: Order) -> Formula | None:
    side = "-" if end == oo else "+"
    start = Tends(end, side) if end not in _INFINITE else Limits(order).start(end, "+-")
    for one in (start, replace(start, side="-"), replace(start, side="+")):
        try:
            return evaluated(Limits(order, t, one).of(new).formula)
        except FormulaError:
            continue
    return None
