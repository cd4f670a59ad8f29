"""Where a pattern with variables meets a part of a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Formula,
    Item,
    Mul,
    Number,
    Symbol,
)
from derivations.core.functions import Definition
from derivations.core.substitute import (
    free_symbols,
    rewrite,
    substitute,
)
from derivations.proving.derivatives import hidden_in
from derivations.proving.similar import similar


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
