"""Formulas of whole numbers at many points at once, modulo 2**64: exact where it matters.

Sums, products and powers of unsigned 64-bit numbers wrap around, and so do factorials, Fibonacci
numbers, binomials and sums up to n, out of tables: two sides that are equal have equal residues,
however large they are. Sides with equal residues and nearly equal floats are worth a look.

>>> from derivations.core import num, symbol
>>> n = symbol("n")
>>> Residues({n: np.array([1, 2, 64])}).at(num(3) ** n - 5).tolist()
[18446744073709551614, 4, 8733086111712066812]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from derivations.core.calculus import Product, Sum
from derivations.core.formula import Add, Call, Formula, Mul, Neg, Number, Pow, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.exact.rational import rational_of
from numeric.hunting.glance import Glance, NotSeen

_WORD: Final = 2**64
# Whole numbers up to this are what their floats say.
_PLAIN: Final = 2.0**53
# Arguments of tables, and of binomials of two moving arguments.
_LONGEST: Final = 200_000
_LARGEST_ROW: Final = 600
_SMALL_PART: Final = 12


class Residues:
    """The residues of formulas where the variables have the given whole numbers."""

    def __init__(self, values: Mapping[Symbol, Any], glance: Glance | None = None) -> None:
        self._glance = Glance(dict(values)) if glance is None else glance
        self._seen: dict[Formula, Any] = {
            v: np.asarray(value).astype(np.int64).astype(np.uint64) for v, value in values.items()
        }

    def at(self, formula: Formula) -> Any:
        """An array of unsigned 64-bit numbers, of one element where nothing moves.

        Errors: `NotSeen`.
        """
        found = self._seen.get(formula)
        if found is None:
            with np.errstate(over="ignore"):
                found = self._seen[formula] = self._made(formula)
        return found

    def _made(self, formula: Formula) -> Any:
        match formula:
            case Number(value=value):
                return _constant(value)
            case Neg(arg=arg):
                return _constant(0) - self.at(arg)
            case Add(args=args) | Mul(args=args):
                total = self.at(args[0])
                for arg in args[1:]:
                    other = self.at(arg)
                    total = total * other if isinstance(formula, Mul) else total + other
                return total
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Sum(body=body, variable=k, lower=lower, upper=upper):
                return self._added_up(body, k, lower, upper, np.add)
            case Product(body=body, variable=k, lower=lower, upper=upper):
                return self._added_up(body, k, lower, upper, np.multiply)
            case Call(head=head, args=args) if not isinstance(head, Definition):
                return self._called(head.name, args, formula)
        return self._plain(formula)

    def whole(self, formula: Formula) -> Any:
        """The values themselves, which floats tell exactly."""
        values = np.atleast_1d(np.asarray(self._glance.at(formula)))
        if np.iscomplexobj(values) or not (np.abs(values) < _PLAIN).all():
            raise NotSeen
        rounded = np.rint(values)
        if not (rounded == values).all():
            raise NotSeen
        return rounded.astype(np.int64)

    def _plain(self, formula: Formula) -> Any:
        return self.whole(formula).astype(np.uint64)

    def _power(self, base: Formula, exponent: Formula) -> Any:
        below, n = self.at(base), self.whole(exponent)
        if (n < 0).any() or n.max(initial=0) > 10**6:
            raise NotSeen
        shape = np.broadcast_shapes(below.shape, n.shape)
        result = np.ones(shape, dtype=np.uint64)
        square = below
        while n.any():
            result = np.where(n & 1, result * square, result)
            square, n = square * square, n >> 1
        return result

    def _added_up(
        self, body: Formula, k: Symbol, lower: Formula, upper: Formula, operation: Any
    ) -> Any:
        start, ends = rational_of(lower), self.whole(upper)
        if start is None or start.denominator != 1 or free_names(body) - {k}:
            raise NotSeen
        first = int(start)
        last = int(ends.max(initial=first))
        if last - first > _LONGEST:
            raise NotSeen
        values = np.arange(first, max(last, first) + 1)
        terms = np.broadcast_to(Residues({k: values}).at(body), values.shape)
        total = operation.accumulate(terms)
        empty = np.uint64(operation is np.multiply)
        return np.where(ends < first, empty, total[np.maximum(ends - first, 0)])

    def _called(self, name: str, args: tuple[Formula, ...], formula: Formula) -> Any:
        if name == "factorial":
            return self._of_table(args[0], _products)
        if name in {"fibonacci", "lucas"}:
            return self._of_table(args[0], lambda size: _recurring(size, name))
        if name == "binomial":
            return self._binomial(*args)
        return self._plain(formula)

    def _of_table(self, argument: Formula, table: Callable[[int], Any]) -> Any:
        n = self.whole(argument)
        if (n < 0).any() or n.max(initial=0) > _LONGEST:
            raise NotSeen
        return table(int(n.max(initial=0)) + 1)[n]

    def _binomial(self, over: Formula, under: Formula) -> Any:
        n, part = self.whole(over), rational_of(under)
        if (n < 0).any():
            raise NotSeen
        if part is not None and part.denominator == 1 and 0 <= part <= _SMALL_PART:
            # Of one lower number all by sums: C(n, k) = C(0, k - 1) + ... + C(n - 1, k - 1).
            size = int(n.max(initial=0)) + 1
            if size > 4 * _LONGEST:
                raise NotSeen
            column = np.ones(size, dtype=np.uint64)
            for _ in range(int(part)):
                column = np.concatenate([[np.uint64(0)], np.cumsum(column)[:-1]])
            return column[n]
        k = self.whole(under)
        if n.max(initial=0) > _LARGEST_ROW:
            raise NotSeen
        triangle = np.zeros((_LARGEST_ROW + 1, _LARGEST_ROW + 2), dtype=np.uint64)
        triangle[0, 0] = 1
        for row in range(1, int(n.max(initial=0)) + 1):
            triangle[row, 0] = 1
            triangle[row, 1:] = triangle[row - 1, 1:] + triangle[row - 1, :-1]
        inside = (k >= 0) & (k <= n)
        return np.where(inside, triangle[n, np.clip(k, 0, _LARGEST_ROW)], np.uint64(0))


def _constant(value: int) -> Any:
    return np.array([value % _WORD], dtype=np.uint64)


def _products(size: int) -> Any:
    numbers = np.arange(size, dtype=np.uint64)
    numbers[:1] = 1
    return np.multiply.accumulate(numbers)


def _recurring(size: int, name: str) -> Any:
    one, other = (0, 1) if name == "fibonacci" else (2, 1)
    found: list[int] = []
    for _ in range(size):
        found.append(one)
        one, other = other, (one + other) % _WORD
    return np.array(found, dtype=np.uint64)
