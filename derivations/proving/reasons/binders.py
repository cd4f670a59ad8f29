"""Sums, products, integrals and limits by their bodies; a part against a maximum or a sum."""

from __future__ import annotations

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.domain import IndexRange
from derivations.core.formula import ONE, Call, Formula, Symbol, oo
from derivations.core.substitute import substitute
from derivations.proving.reasons.comparing import Comparing
from derivations.proving.reasons.relations import weak
from derivations.proving.similar import similar


def binders_compared(
    order: Comparing,
    u: Sum | Integral | Product | Limit,
    v: Sum | Integral | Product | Limit,
    depth: int,
) -> str:
    if not all(similar(a, b) for a, b in zip(u.parts[1:], v.parts[1:], strict=True)):
        return ""
    body = v.body if u.variable == v.variable else substitute(v.body, {v.variable: u.variable})
    inner = order.under(u)
    found = inner.compare(u.body, body, depth)
    if isinstance(u, Product):
        signs = {inner.sign(u.body), inner.sign(body)}
        if not signs <= {">", ">="}:
            return ""
        found = found if signs == {">"} else weak(found)
    if isinstance(u, Limit):
        return weak(found)
    if isinstance(u, Integral):
        ends = order.ends(u)
        return found if ends == "<" else weak(found) if ends == "<=" else ""
    count = order.sign(u.upper - u.lower) if oo not in (u.upper, u.lower) else ""
    return found if count in (">", ">=", "=") else weak(found)


def extremes_compared(order: Comparing, u: Formula, v: Formula, depth: int) -> str:
    """u <= Max(u, w), Min(u, w) <= u, u <= |u|."""
    for one, two, flip in ((u, v, False), (v, u, True)):
        if isinstance(two, Sum) and _is_a_term(order, one, two):
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


def _is_a_term(order: Comparing, term: Formula, whole: Sum) -> bool:
    """A term of a sum of terms that are not negative, s(i) of Sum(s(k)), i an index."""
    if order.under(whole).sign(whole.body) not in (">", ">=", "="):
        return False
    return any(
        similar(substitute(whole.body, {whole.variable: index}), term)
        for index, domain in order.on.items()
        if isinstance(index, Symbol)
        and isinstance(domain, IndexRange)
        and similar(domain.upper, whole.upper)
        and whole.lower == ONE
    )
