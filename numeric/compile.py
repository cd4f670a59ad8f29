"""Formulas as fast functions: float64 for NumPy, and mpmath.

Formulas of scalars are compiled by `sympy.lambdify` from their SymPy meaning; formulas with arrays
and indices are walked on whole arrays (`numeric.broadcast`), which lambdify cannot do. Derivatives
are carried out on the tree first.

Not compiled, by `FormulaError`: limits, integrals and sums with an infinite end, opaque functions,
tensors without indices, special functions that SciPy (or mpmath) does not have. Nothing is
rewritten for accuracy: how far float64 goes wrong with the formula as it is written is what
`numeric.ulp` measures.

>>> from derivations.core import array, exp, log, symbols, total
>>> x, i, m = symbols("x i m")
>>> sigmoid = numpy_function(1 / (1 + exp(-x)), (x,))
>>> float(sigmoid(0.0))
0.5
>>> y = array("y", m)
>>> mean = numpy_function(total(y[i], i, 1, m) / m, (y,))
>>> float(mean(np.array([1.0, 2.0, 6.0])))
3.0
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import mpmath
import numpy as np

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.claim import Variable
from derivations.core.formula import (
    ONE,
    Array,
    Call,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Pow,
    Q,
    Symbol,
    walk,
)
from derivations.core.functions import Function
from derivations.core.matrix import Entry
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_names, rewrite, substitute
from derivations.proving.derivatives import differentiated
from numeric.broadcast import FLOATS, MPMATH, Broadcast
from numeric.compile_special import FLOATS as FLOATS_SPECIAL
from numeric.compile_special import MPMATH as MPMATH_SPECIAL
from numeric.compile_special import require_compiled
from numeric.written import infinity_of

_FLOAT_CONSTANTS: Final[dict[str, Callable[[], Any]]] = {
    "pi": lambda: np.float64(np.pi),
    "EulerGamma": lambda: np.float64(np.euler_gamma),
    "Catalan": lambda: np.float64(mpmath.catalan),
    "GoldenRatio": lambda: np.float64(mpmath.phi),
}
_MP_CONSTANTS: Final[dict[str, Callable[[], Any]]] = {
    "pi": lambda: +mpmath.pi,
    "EulerGamma": lambda: +mpmath.euler,
    "Catalan": lambda: +mpmath.catalan,
    "GoldenRatio": lambda: +mpmath.phi,
}


def numpy_function(formula: Formula, variables: Sequence[Variable]) -> Callable[..., Any]:
    """The formula as a function of its variables, in float64.

    A symbol takes a float or an array of them (all broadcast together), an `Array` an ndarray of
    its shape; sizes and indices are integers, and a size may be left out where it is the size of
    an array that is given. Overflow gives inf and invalid operations nan, without a warning.

    Errors: `FormulaError` where the formula is not compiled (see above) or has a variable that is
    not listed.
    """
    ready = _prepared(formula, variables)
    require_compiled(ready, floats=True)
    if _indexed(ready, variables):
        return _quiet(_broadcast(ready, variables, floats=True))
    run = _lambdified(ready, tuple(variables), floats=True)

    def function(*args: Any) -> Any:
        arrays = [np.asarray(arg, dtype=np.float64) for arg in args]
        value = np.asarray(run(*arrays))
        # A constant is the same for every argument.
        shape = np.broadcast_shapes(value.shape, *(array.shape for array in arrays))
        return np.broadcast_to(value, shape)[()]

    return _quiet(function)


def mpmath_function(formula: Formula, variables: Sequence[Variable]) -> Callable[..., Any]:
    """The formula as a function of its variables by mpmath, at the precision of the call.

    A symbol takes a number, an `Array` nested lists (or an array) of numbers.

    Errors: `FormulaError` as for `numpy_function`.
    """
    ready = _prepared(formula, variables)
    require_compiled(ready, floats=False)
    if _indexed(ready, variables):
        return _broadcast(ready, variables, floats=False)
    run = _lambdified(ready, tuple(variables), floats=False)
    return lambda *args: run(*(mpmath.mpmathify(arg) for arg in args))


def _prepared(formula: Formula, variables: Sequence[Variable]) -> Formula:
    """The formula without definitions and derivatives, if it can be compiled."""
    ready = formula
    if any(isinstance(node, Derivative | Prime | Subs) for node in walk(unfolded(formula))):
        ready = rewrite(unfolded(formula), _at_its_point)
        ready = differentiated(ready, unfold=True)
    ready = unfolded(ready)
    for node in walk(ready):
        if isinstance(node, Limit):
            raise FormulaError(f"a limit is not compiled: {node}")
        if isinstance(node, Derivative | Prime):
            raise FormulaError(f"a derivative that is not carried out is not compiled: {node}")
        if isinstance(node, Integral | Sum | Product) and (
            infinity_of(node.lower) or infinity_of(node.upper)
        ):
            raise FormulaError(f"what has an infinite end is not compiled: {node}")
        if isinstance(node, Call) and isinstance(node.head, Function) and not node.head.builtin:
            raise FormulaError(f"nothing is known about {node.head.name}: it is not compiled")
    known = set(variables) | _sizes(variables)
    missing = sorted(name.name for name in free_names(ready) - known)
    if missing:
        raise FormulaError(f"{formula} also depends on {', '.join(missing)}")
    return ready


def _at_its_point(node: Formula) -> Formula | None:
    """A value at a point with its derivatives carried out."""
    if not isinstance(node, Subs):
        return None
    return substitute(differentiated(node.body, unfold=True), {node.variable: node.point})


def _sizes(variables: Sequence[Variable]) -> set[Symbol | Array]:
    arrays = (variable for variable in variables if isinstance(variable, Array))
    return {size for array in arrays for size in array.sizes if isinstance(size, Symbol)}


def _indexed(formula: Formula, variables: Sequence[Variable]) -> bool:
    return any(isinstance(variable, Array) for variable in variables) or any(
        isinstance(node, Item | Entry | Sum | Product) for node in walk(formula)
    )


@lru_cache(maxsize=256)
def _lambdified(
    formula: Formula, variables: tuple[Variable, ...], floats: bool
) -> Callable[..., Any]:
    """By SymPy. The sides of many claims are the same once their definitions are unfolded."""
    import sympy

    from derivations.core.to_sympy import to_sympy

    modules = [FLOATS_SPECIAL, "scipy", "numpy"] if floats else [MPMATH_SPECIAL, "mpmath"]
    names = [to_sympy(variable) for variable in variables]
    # Nobody reads the text of the function, which would take as long to write as the function.
    written = to_sympy(rewrite(formula, _below_a_line))
    run: Callable[..., Any] = sympy.lambdify(names, written, modules=modules, docstring_limit=0)
    return run


def _below_a_line(node: Formula) -> Formula | None:
    """y/(1/x) as y/(1*(1/x)): SymPy prints the first as y/1/x, which is another number."""
    match node:
        case Div(numerator=over, denominator=under) if _is_reciprocal(under):
            return over / Mul((ONE, under))
        case Pow(base=base, exponent=power) if power == -ONE and _is_reciprocal(base):
            return Mul((ONE, base)) ** power
    return None


def _is_reciprocal(node: Formula) -> bool:
    """Whether it is printed as a quotient below 1: 1/x, x**(-1), x**(-1/2)."""
    match node:
        case Div(numerator=over):
            return over == ONE
        case Pow(exponent=power):
            return power in (-ONE, Q(-1, 2))
    return False


def _broadcast(
    formula: Formula, variables: Sequence[Variable], *, floats: bool
) -> Callable[..., Any]:
    def number(value: Any) -> Any:
        return np.float64(value) if floats else mpmath.mpf(value)

    def entered(value: Any) -> Any:
        given = np.asarray(value)
        if floats:
            return given if given.dtype.kind in "iu" else given.astype(np.float64)
        return given if given.dtype.kind in "iu" else np.vectorize(mpmath.mpmathify)(given)

    def function(*args: Any) -> Any:
        if len(args) != len(variables):
            raise TypeError(f"{len(variables)} arguments are needed, not {len(args)}")
        values: dict[Symbol | str, Any] = {}
        batch = 0
        for variable, arg in zip(variables, args, strict=True):
            value = entered(arg)
            if isinstance(variable, Symbol):
                values[variable] = value
                batch = max(batch, value.ndim)
                continue
            if value.ndim != len(variable.sizes):
                raise ValueError(
                    f"{variable.name} has {len(variable.sizes)} axes, the array {value.ndim}"
                )
            # Entries are numbers of the field, whole or not.
            values[variable.name] = value.astype(np.float64) if floats else _mp_array(value)
            for size, length in zip(variable.sizes, value.shape, strict=True):
                if isinstance(size, Symbol) and int(values.setdefault(size, length)) != length:
                    raise ValueError(f"{size} is {values[size]} and {length} at once")
        constants = _FLOAT_CONSTANTS if floats else _MP_CONSTANTS
        functions = FLOATS if floats else MPMATH
        result = Broadcast(functions, number, constants, values, batch).of(formula)
        return np.asarray(result)[()] if floats or np.ndim(result) else _item(result)

    return function


def _mp_array(value: Any) -> Any:
    converted = np.empty(value.shape, dtype=object)
    for place, entry in np.ndenumerate(value):
        converted[place] = mpmath.mpmathify(entry.item() if hasattr(entry, "item") else entry)
    return converted


def _item(value: Any) -> Any:
    return value.item() if isinstance(value, np.ndarray) else value


def _quiet(function: Callable[..., Any]) -> Callable[..., Any]:
    def quiet(*args: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(*args)

    return quiet
