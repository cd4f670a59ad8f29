"""A claim about complex numbers as one about their real and imaginary parts.

z is a + I*b with real a and b: re(z) is a, im(z) is b, the conjugate a - I*b, and Abs(z) the root
of a**2 + b**2. What is proved for all real a and b is proved for all z.

>>> from derivations.core.domain import Complex
>>> from derivations.core.formula import symbol
>>> from derivations.core.special_functions import FUNCTIONS
>>> z = symbol("z")
>>> claim = Claim("c", FUNCTIONS["re"](z), "<=", FUNCTIONS["Abs"](z), on={z: Complex})
>>> found = in_real_parts(claim)
>>> found.statement, found.on
(t <= sqrt(t**2 + u**2), ((t, R), (u, R)))
"""

from __future__ import annotations

from typing import Final

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim, Variable
from derivations.core.domain import Complexes, Domain, Reals
from derivations.core.formula import Call, Formula, I, Relation, Symbol, walk
from derivations.core.functions import Function, sqrt
from derivations.core.substitute import free_symbols, fresh_symbol, rewrite, substitute

PARTS: Final = frozenset({"re", "im", "conjugate", "Abs"})
MOST_VARIABLES: Final = 3


def in_real_parts(claim: Claim) -> Claim | None:
    """The claim with two real variables for each complex one; None where it has none, or where
    parts of complex numbers do not occur, so that nothing is gained."""
    complex_ones = [v for v, domain in claim.on if isinstance(domain, Complexes)]
    if not 1 <= len(complex_ones) <= MOST_VARIABLES:
        return None
    formulas = [claim.statement] if claim.where is None else [claim.statement, claim.where]
    nodes = [node for formula in formulas for node in walk(formula)]
    if any(isinstance(node, (Derivative, Prime, *BINDERS)) for node in nodes):
        return None
    if not any(isinstance(node, Call) and node.head.name in PARTS for node in nodes):
        return None
    taken = {s for v, _ in claim.on if isinstance(v, Symbol) for s in (v, *free_symbols(v))}
    on: dict[Variable, Domain] = {}
    parts: dict[Symbol, tuple[Symbol, Symbol]] = {}
    for variable, domain in claim.on:
        if variable not in complex_ones:
            on[variable] = domain
            continue
        if not isinstance(variable, Symbol):
            return None
        x = fresh_symbol(Symbol("x"), taken)
        y = fresh_symbol(Symbol("y"), taken | {x})
        taken |= {x, y}
        parts[variable] = x, y
        on[x] = on[y] = Reals

    def part(node: Formula) -> Formula | None:
        match node:
            case Call(head=Function(builtin=True, name=name), args=(Symbol() as z,)) if (
                name in PARTS and z in parts
            ):
                x, y = parts[z]
                return {"re": x, "im": y, "conjugate": x - I * y, "Abs": sqrt(x**2 + y**2)}[name]
        return None

    values = {z: x + I * y for z, (x, y) in parts.items()}

    def changed(formula: Formula) -> Formula:
        return substitute(rewrite(formula, part), values)

    statement = changed(claim.statement)
    assert isinstance(statement, Relation)
    where = None if claim.where is None else changed(claim.where)
    return Claim(claim.id, statement.lhs, statement.rel, statement.rhs, on=on, where=where)
