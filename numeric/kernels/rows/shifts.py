"""The same with any number c taken away from the scores, instead of the largest of them.

Where a result holds the largest score in exponentials alone, exp(z_i - z_p), the class p may be
left for any real c; and the sum of the others, sum_{k != p} exp(z_k - z_p), is that of
exp(z_k - c) over exp(z_p - c). For c = 0 nothing is rounded before the exponential.
"""

from __future__ import annotations

from derivations.core.calculus import Sum
from derivations.core.formula import Add, Array, Call, Formula, Item, Mul, Neg, Symbol, walk
from derivations.core.functions import exp
from derivations.core.substitute import free_names, replaced, rewrite


def freely_shifted(formula: Formula, scores: Array, p: Symbol, c: Symbol) -> Formula | None:
    """The formula with the largest score in its exponentials replaced by c; None where it does not
    say the same.

    >>> from derivations.core import array, exp, symbols, total
    >>> K, i, k, p, c = symbols("K i k p c")
    >>> z = array("z", K)
    >>> share = exp(z[i] - z[p]) / total(exp(z[k] - z[p]), k, 1, K)
    >>> freely_shifted(share, z, p, c)
    exp(z[i] - c)/Sum(exp(z[k] - c), (k, 1, K))
    """
    top = scores[p]
    if not any(_is_exponential(node, top) for node in walk(formula)):
        return None
    if p not in free_names(replaced(formula, top, c)):
        shifted = rewrite(formula, lambda node: _moved(node, top, c))
        return None if p in free_names(shifted) else shifted
    others = rewrite(formula, lambda node: _others_moved(node, top, c))
    left = rewrite(others, lambda node: c if _is_moved(node, c) else None)
    return None if any(_is_exponential(node, top) for node in walk(left)) else others


def _is_exponential(node: Formula, top: Item) -> bool:
    """exp(z_k - z_p)"""
    if not isinstance(node, Call) or node.head != exp:
        return False
    match node.args[0]:
        case Add(args=(Item(array=array), Neg(arg=last))):
            return array == top.array and last == top
    return False


def _is_moved(node: Formula, c: Symbol) -> bool:
    return isinstance(node, Call) and node.head == exp and c in free_names(node)


def _moved(node: Formula, top: Item, c: Symbol) -> Formula | None:
    return replaced(node, top, c) if _is_exponential(node, top) else None


def _others_moved(node: Formula, top: Item, c: Symbol) -> Formula | None:
    """A sum of (1 - delta_kp) exp(z_k - z_p)."""
    match node:
        case Sum(body=Mul(args=(mark, power)), variable=k, lower=lower, upper=upper):
            if _is_exponential(power, top) and k in free_names(power):
                moved = Mul((mark, replaced(power, top, c)))
                return Sum(moved, k, lower, upper) / exp(top - c)
    return None
