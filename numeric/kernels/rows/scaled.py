"""Weighted sums of differences of scores, computed with all scores divided by some number b > 0.

sum_k w_k (z_k - z_p + a) is b sum_k w_k ((z_k/b - z_p/b) + a/b). For b = 2**64 no difference of two
doubles overflows, nor its product with a weight of ordinary size.
"""

from __future__ import annotations

from derivations.core.calculus import Sum
from derivations.core.formula import Add, Array, Formula, Item, Mul, Neg, Symbol
from derivations.core.substitute import rewrite
from derivations.proving.assembled import minus, over, plus, times


def scaled(formula: Formula, scores: Array, p: Symbol, b: Symbol) -> Formula | None:
    """The formula with its weighted sums of differences of scores scaled; None where it has none.

    >>> from derivations.core import array, symbols, total
    >>> K, k, p, b = symbols("K k p b")
    >>> y, z = array("y", K), array("z", K)
    >>> scaled(total(y[k] * (1 - (z[k] - z[p])), k, 1, K), z, p, b)
    b*Sum(y[k]*(1/b - (z[k]/b - z[p]/b)), (k, 1, K))
    """

    def rule(node: Formula) -> Formula | None:
        match node:
            case Sum(body=Mul(args=(Item() as weight, Add(args=terms))), variable=k):
                parts = [_over(term, scores[k], scores[p], b) for term in terms]
                divided = [over(term, b) for term in terms]
                if weight.array == scores or parts == divided:
                    return None
                body = times(weight, plus(*parts))
                return times(b, Sum(body, k, node.lower, node.upper))
        return None

    found = rewrite(formula, rule)
    return None if found == formula else found


def _over(term: Formula, score: Formula, top: Formula, b: Symbol) -> Formula:
    """A term divided by b, a difference of scores term by term."""
    match term:
        case Neg(arg=arg):
            return minus(_over(arg, score, top, b))
        case Add(args=(first, Neg(arg=last))) if (first, last) == (score, top):
            return over(first, b) - over(last, b)
    return over(term, b)
