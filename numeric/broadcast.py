"""A formula with indices, sums and arrays as operations on whole NumPy arrays.

Every index that a sum binds is an axis of its own in front of the others, so that the summand is
computed for all its values at once and then added up along that axis. The same walk runs on
float64 arrays and, for mpmath, on object arrays of mpf.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import mpmath
import numpy as np
import scipy.special

from derivations.core.calculus import Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    Add,
    Array,
    Call,
    Constant,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
)
from derivations.core.functions import Definition
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning

Values: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Functions: TypeAlias = Mapping[str, Callable[..., Any]]


def _least(*values: Any) -> Any:
    return np.minimum.reduce(np.broadcast_arrays(*values))


def _greatest(*values: Any) -> Any:
    return np.maximum.reduce(np.broadcast_arrays(*values))


_SAME: Final[Functions] = {
    "Abs": np.abs,
    "sign": np.sign,
    "Max": _greatest,
    "Min": _least,
    "KroneckerDelta": lambda a, b: np.where(np.equal(a, b), 1, 0),
}

_PLAIN: Final = "exp log sqrt sin cos tan sinh cosh tanh"
_INVERSE: Final = "asin acos atan asinh acosh atanh"

FLOATS: Final[Functions] = {
    **_SAME,
    **{name: getattr(np, name) for name in _PLAIN.split(" ")},
    **{name: getattr(np, "arc" + name[1:]) for name in _INVERSE.split(" ")},
    "erf": scipy.special.erf,
    "erfc": scipy.special.erfc,
    "gamma": scipy.special.gamma,
    "loggamma": scipy.special.gammaln,
    "factorial": lambda n: scipy.special.gamma(np.add(n, 1.0)),
}

_NAMES: Final = f"{_PLAIN} {_INVERSE} erf erfc gamma loggamma factorial sign"
MPMATH: Final[Functions] = {
    **_SAME,
    **{name: np.frompyfunc(getattr(mpmath, name), 1, 1) for name in _NAMES.split(" ")},
}

_COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Evaluates formulas on arrays. `number` makes a scalar of the field, `axes` counts the axes
    that are in use."""

    functions: Functions
    number: Callable[[Any], Any]
    constants: Mapping[str, Callable[[], Any]]
    values: Mapping[Symbol | str, Any]  # an array goes by its name
    axes: int

    def of(self, formula: Formula) -> Any:
        """The value, an array whose last axes are those of the arguments."""
        match formula:
            case Number(value=value):
                return self.number(value)
            case Constant(name=name) if name in self.constants:
                return self.constants[name]()
            case Symbol():
                if formula not in self.values:
                    raise FormulaError(f"{formula} is no argument, and no size of one")
                return self.values[formula]
            case Neg(arg=arg):
                return -self.of(arg)
            case Add(args=args):
                total = self.of(args[0])
                for arg in args[1:]:
                    total = total + self.of(arg)
                return total
            case Mul(args=args):
                result = self.of(args[0])
                for arg in args[1:]:
                    result = result * self.of(arg)
                return result
            case Div(numerator=numerator, denominator=denominator):
                return np.divide(self.of(numerator), self.of(denominator))
            case Pow(base=base, exponent=exponent):
                return np.power(self.of(base), self.of(exponent))
            case Call(head=head):
                if isinstance(head, Definition) or (head.name == "log" and len(formula.args) == 2):
                    body = meaning(formula)
                    assert body is not None
                    return self.of(body)
                if head.name not in self.functions or not head.builtin:
                    raise FormulaError(f"{head.name} has no numerical function")
                return self.functions[head.name](*map(self.of, formula.args))
            case Item(array=array, indices=indices):
                return self.item(array, tuple(_index(self.of(n), array) for n in indices))
            case Entry():
                return self.of(entry_meaning(formula))
            case Sum() | Product():
                return self.summed(formula)
            case Indicator(condition=condition):
                return np.where(self.holds(condition), self.number(1), self.number(0))
            case Cases():
                return self.cases(formula)
        raise FormulaError(f"a {type(formula).__name__} is not compiled: {formula}")

    def item(self, array: Array, places: tuple[Any, ...]) -> Any:
        """The entries of an array at places that count from 0."""
        return self.values[array.name][places]

    def summed(self, node: Sum | Product) -> Any:
        first, last = (_whole(self.of(end), node) for end in (node.lower, node.upper))
        count = max(last - first + 1, 0)
        index = np.arange(first, first + count).reshape((count,) + (1,) * self.axes)
        inner = replace(self, values={**self.values, node.variable: index}, axes=self.axes + 1)
        body = np.asarray(inner.of(node.body))
        full = np.broadcast_to(body, np.broadcast_shapes(body.shape, index.shape))
        return full.sum(axis=0) if isinstance(node, Sum) else full.prod(axis=0)

    def cases(self, node: Cases) -> Any:
        result: Any = self.number("nan")
        values = [self.of(value) for value in node.values]
        if len(values) > len(node.conditions):
            result = values.pop()
        tests = [self.holds(condition) for condition in node.conditions]
        for value, test in reversed(list(zip(values, tests, strict=True))):
            result = np.where(test, value, result)
        return result

    def holds(self, condition: Formula) -> Any:
        match condition:
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                return np.asarray(_COMPARE[rel](self.of(lhs), self.of(rhs)), dtype=bool)
            case And(args=args):
                return np.logical_and.reduce(np.broadcast_arrays(*map(self.holds, args)))
            case Or(args=args):
                return np.logical_or.reduce(np.broadcast_arrays(*map(self.holds, args)))
            case Not(arg=arg):
                return np.logical_not(self.holds(arg))
        raise FormulaError(f"{condition} is no condition")


def _whole(value: Any, node: Formula) -> int:
    if np.ndim(value) or value != (whole := int(float(value))):
        raise FormulaError(f"ends that are not the same for all values are not compiled: {node}")
    return whole


def _index(value: Any, array: Array) -> Any:
    """Indices from 1 as NumPy counts them; an index below 1 is an error, not the last element."""
    places = np.asarray(value, dtype=np.intp) - 1
    if places.size and places.min() < 0:
        raise FormulaError(f"the indices of {array.name} begin at 1")
    return places
