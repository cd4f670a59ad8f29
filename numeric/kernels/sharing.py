"""The test of a guard in those parts that the guarded formula is computed from.

A guard compares the size of a sum with the sizes of its terms. In the code the terms stand with
their signs moved to where they cost nothing; the sizes are then those of these terms, and a term
whose sign is known is its size already, but for that sign.
"""

from __future__ import annotations

from derivations.core.formula import Call, Formula, Relation, walk
from derivations.core.functions import Abs
from derivations.core.substitute import rewrite
from numeric.kernels.signs import never_negative, signs_moved


def in_shared_terms(near: Relation, formula: Formula) -> Relation:
    """The relation with the sizes of what `formula`, whose signs are moved, computes anyway.

    >>> from derivations.core.formula import symbols
    >>> from derivations.core.functions import log
    >>> s, x = symbols("s x")
    >>> total = -(x / s / 2 * (x / s)) - log(s)
    >>> near = Relation(Abs(total), "<", Abs(x / s / 2 * (x / s)) + Abs(log(s)))
    >>> print(in_shared_terms(near, signs_moved(total)))
    Abs(x/s/(-2)*(x/s) - log(s)) < -x/s/(-2)*(x/s) + Abs(log(s))
    """
    there = frozenset(walk(formula))

    def shared(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=(inner,)) if head == Abs:
                for moved in (signs_moved(inner), signs_moved(-inner)):
                    if moved in there:
                        return _size(moved)
        return None

    changed = rewrite(near, shared)
    assert isinstance(changed, Relation)
    return changed


def _size(term: Formula) -> Formula:
    if never_negative(term, ()):
        return term
    return -term if never_negative(-term, ()) else Abs(term)
