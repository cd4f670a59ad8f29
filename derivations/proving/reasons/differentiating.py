"""Derivatives carried out, wholly or in part, by the rule that the reason names."""

from __future__ import annotations

from itertools import product
from typing import Final

from derivations.core.calculus import Derivative, Prime, Sum
from derivations.core.claim import Claim
from derivations.core.derivation import Step
from derivations.core.formula import Call, Div, Formula, FormulaError, Item, Mul, Pow, Symbol, walk
from derivations.core.functions import Definition, sqrt
from derivations.core.meaning import unfolded
from derivations.proving.deltas import collapsed
from derivations.proving.derivatives import Style, depends, differentiated
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.linearity import spread_alike
from derivations.proving.reasons.lines import expanded, notation, same_lines, size
from derivations.proving.similar import similar

# Away from a kink |x| has the derivative sign(x); that the step is true elsewhere is for others.
_STYLES: Final = tuple(
    Style(split_quotients=split, other_forms=other, kinks=kinks, keep=True)
    for kinks, split, other in product((False, True), repeat=3)
)


def differentiating(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts lines that are one once all derivatives are carried out, where some were."""
    theory, after = step.reason.theory, step.line
    if before == after:
        return f"{theory}: the line did not move"
    one, two = notation(before), notation(after)
    if not any(isinstance(node, Derivative | Prime) for line in (one, two) for node in walk(line)):
        return f"{theory}: there is no derivative in either line"
    if similar(one, two):
        # sigma''(z) written as D(D(sigma(z), z), z) is notation, and no named rule.
        renamed = theory == "differentiate" and _weight(before) != _weight(after)
        return None if renamed else f"{theory}: the lines differ by order and sign only: algebra"
    if equal_by_algebra(one, two):
        return f"{theory}: no derivative was carried out; algebra suffices"
    if theory != "differentiate" and not (_occurs(theory, one) or _occurs(theory, two)):
        return f"{theory}: {_WHAT[theory]} is differentiated in {before}"
    if spread_alike(one, two):
        return f"{theory}: no rule but linearity is used"
    if same_lines(unfolded(one), unfolded(two)):
        return f"{theory}: no derivative was carried out; unfold or fold suffices"
    used = _kinds(one) - _kinds(two) or _kinds(two) - _kinds(one)
    other = used & _OTHERS.get(theory, frozenset())
    if other:
        return f"{theory}: {min(other)} is used as well; say that, or differentiate"
    try:
        return _compared(one, two, theory)
    except FormulaError as error:
        return f"{theory}: {error}"


def _compared(one: Formula, two: Formula, theory: str) -> str | None:
    carried = [
        (differentiated(one, style=style), differentiated(two, style=style)) for style in _STYLES
    ]
    for left, right in carried:
        if similar(left, right):
            return None
        if _same_ranges(left, right) and similar(collapsed(left), collapsed(right)):
            return None
    # Two forms of one rule: the forms of the first line against those of the second.
    for left, _ in carried:
        for _, right in carried:
            if similar(left, right) or similar(expanded(left), expanded(right)):
                return None
    for left, right in carried:
        if equal_by_algebra(left, right):
            return (
                f"{theory}: {two} is reached only by algebra after the derivative; "
                f"carried out, the line is {left}"
            )
    left, right = carried[0]
    if left == one and right == two:
        return f"{theory}: no rule carries out a derivative of {one}"
    return f"{theory}: carrying out the derivatives gives {left}, not {right}"


# The kinds of rules that a named rule does not include.
_OTHERS: Final = {
    "chain_rule": frozenset({"the product rule", "the quotient rule"}),
    "power_rule": frozenset(
        {"the product rule", "the quotient rule", "the derivative of a function"}
    ),
}


def _kinds(line: Formula) -> frozenset[str]:
    """The kinds of rules for all that stands under a derivative in the line."""
    found = set()
    for node in walk(line):
        if isinstance(node, Derivative):
            for part in walk(node.body):
                if _applies("product_rule", part, node.variable):
                    found.add("the product rule")
                if isinstance(part, Div) and all(depends(p, node.variable) for p in part.parts):
                    found.add("the quotient rule")
                if isinstance(part, Call) and part.head != sqrt and depends(part, node.variable):
                    found.add("the derivative of a function")
    return frozenset(found)


def _same_ranges(one: Formula, two: Formula) -> bool:
    """Whether the sums of one line run over ranges of the other: a sum over a delta is its one
    term only where the range has that term."""
    left, right = (
        {(node.lower, node.upper) for node in walk(line) if isinstance(node, Sum)}
        for line in (one, two)
    )
    return left <= right or right <= left


def _weight(formula: Formula) -> int:
    """The size of all that is still to be differentiated."""
    return sum(
        size(node.body) * node.order if isinstance(node, Derivative) else 2 * node.order
        for node in walk(formula)
        if isinstance(node, Derivative | Prime)
    )


_WHAT: Final = {
    "chain_rule": "no function of a function",
    "product_rule": "no product of two factors that depend on the variable",
    "quotient_rule": "no quotient whose denominator depends on the variable",
    "power_rule": "no power",
}


def _occurs(theory: str, line: Formula) -> bool:
    """Whether what the rule is about stands under a derivative in the line."""
    for node in walk(line):
        if isinstance(node, Derivative) and any(
            _applies(theory, part, node.variable) for part in walk(node.body)
        ):
            return True
    return False


def _applies(theory: str, node: Formula, variable: Symbol | Item) -> bool:
    def inner(part: Formula) -> bool:
        return part != variable and depends(part, variable)

    match theory, node:
        case "chain_rule", Call(args=args):
            return any(inner(arg) for arg in args)
        case "chain_rule", Call(head=Definition()) | Prime():
            return depends(node, variable)
        case "chain_rule", Pow(base=base, exponent=exponent):
            return inner(base) or inner(exponent)
        case "chain_rule", Div(denominator=bottom):
            return inner(bottom)
        case "product_rule", Mul(args=args):
            return sum(depends(arg, variable) for arg in args) > 1
        case "quotient_rule", Div(denominator=bottom):
            return depends(bottom, variable)
        case "power_rule", Symbol() | Item():
            return node == variable
        case "power_rule", Pow(base=base):
            return depends(base, variable)
        case "power_rule", Div(denominator=bottom):
            return depends(bottom, variable)
        case "power_rule", Call(head=head, args=(arg,)):
            return head == sqrt and depends(arg, variable)
    return False
