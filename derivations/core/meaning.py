"""What a call stands for: definitions, and built-in functions by exponentials.

>>> from derivations.core.formula import symbol
>>> from derivations.core.functions import define, exp
>>> x = symbol("x")
>>> sigma = define("sigma", x, 1 / (1 + exp(-x)))
>>> unfolded(sigma(2 * x))
1/(1 + exp(-2*x))
"""

from __future__ import annotations

from functools import lru_cache

from derivations.core.calculus import Derivative, Prime, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import ONE, Array, Call, Formula, Q, Symbol, eq, num, walk
from derivations.core.functions import Definition, Head, erf, exp, log
from derivations.core.matrix import Entry, Family, Matmul, Transpose, sizes
from derivations.core.substitute import bound_variable, free_symbols, fresh_symbol, substitute


def meaning(call: Call) -> Formula | None:
    """What a call stands for, one level down: a definition's body at the arguments, or a
    built-in by exponentials (tanh, sinh, cosh, a logarithm to a base, a square root, |u|).

    None where there is nothing to unfold.
    """
    head, args = call.head, call.args
    if isinstance(head, Definition):
        return substitute(head.body, dict(zip(head.params, args, strict=True)))
    if not head.builtin:
        return None
    u = args[0]
    match head.name:
        case "sinh":
            return (exp(u) - exp(-u)) / 2
        case "cosh":
            return (exp(u) + exp(-u)) / 2
        case "tanh":
            return (exp(u) - exp(-u)) / (exp(u) + exp(-u))
        case "log" if len(args) == 2:
            return log(u) / log(args[1])
        case "sqrt":
            return u ** Q(1, 2)
        case "erfc":
            return num(1) - erf(u)
        case "Abs":  # of a real argument
            return Cases((u, -u), (u >= 0,))
        case "KroneckerDelta":
            return Indicator(eq(u, args[1]))
    return None


def derivative_meaning(formula: Prime) -> Formula | None:
    """sigma'(z) as the derivative of sigma's body by z; None where z is no fresh symbol."""
    head, point = formula.head, formula.point
    if not isinstance(head, Definition) or not isinstance(point, Symbol):
        return None
    if point in free_symbols(head.body) - set(head.params):
        return None
    return Derivative(substitute(head.body, {head.params[0]: point}), point, formula.order)


def unfolded(formula: Formula, *heads: Head) -> Formula:
    """The formula with every call of the heads replaced by its meaning, again and again.

    Without heads all definitions are unfolded (built-ins are not). `sigma'(z)` becomes the
    derivative of sigma's body where z is a symbol, and stays otherwise.
    """
    return _unfolded(formula, heads) if isinstance(formula, Call) or formula.parts else formula


# The lines of a chain are unfolded again and again, and share their parts.
@lru_cache(maxsize=2**14)
def _unfolded(formula: Formula, heads: tuple[Head, ...]) -> Formula:
    if formula.parts:
        formula = formula.rebuilt(tuple(unfolded(part, *heads) for part in formula.parts))
    if not isinstance(formula, Call | Prime):
        return formula
    if formula.head not in heads and (heads or not isinstance(formula.head, Definition)):
        return formula
    body = meaning(formula) if isinstance(formula, Call) else derivative_meaning(formula)
    return formula if body is None else unfolded(body, *heads)


def entry_meaning(entry: Entry) -> Formula:
    """The entry of a tensor formula written out; a matrix product is a sum over a fresh index.

    >>> from derivations.core.formula import array, symbols
    >>> from derivations.core.matrix import Matmul, Transpose
    >>> m, n, j = symbols("m n j")
    >>> X, y = array("X", m, n), array("y", m)
    >>> entry_meaning(Entry(Matmul(Transpose(X), y), (j,)))
    Sum(X[k, j]*y[k], (k, 1, m))
    """
    taken = set(free_symbols(entry))
    taken |= {b for node in walk(entry) if (b := bound_variable(node)) is not None}

    def component(tensor: Formula, indices: tuple[Formula, ...]) -> Formula:
        match tensor:
            case Array():
                return tensor[indices]
            case Family(body=body, variable=variable):
                return substitute(body, {variable: indices[0]})
            case Transpose(arg=arg):
                return component(arg, tuple(reversed(indices)))
            case Matmul(left=left, right=right):
                k = fresh_symbol(Symbol("k"), taken)
                taken.add(k)
                split = len(sizes(left)) - 1
                one = component(left, (*indices[:split], k))
                return Sum(one * component(right, (k, *indices[split:])), k, ONE, sizes(right)[0])
        parts = (component(part, indices) if sizes(part) else part for part in tensor.parts)
        return tensor.rebuilt(tuple(parts))

    return component(entry.tensor, entry.indices)
