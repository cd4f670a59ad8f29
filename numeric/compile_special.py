"""Special functions in compiled code: by SciPy's and mpmath's names where SymPy's printers have
none, and which ones are not compiled.

An index that has to be an integer and is none gives nan in float64, a `ValueError` by mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mpmath
import numpy as np
import scipy.special

from derivations.core.formula import Call, Formula, FormulaError, walk
from derivations.core.special_functions import hypergeometric_counts

# Functions of the list that SciPy does not have (of the arguments that are meant here).
NOT_IN_SCIPY: Final = frozenset({
    "polylog", "lerchphi", "expint", "dirichlet_eta", "fibonacci", "lucas", "bernoulli", "euler",
    "elliptic_pi", "gcd", "lcm", "assoc_legendre",
})  # fmt: skip
# mpmath computes these of integers only, and SymPy has no expression to compile.
NOT_IN_MPMATH: Final = frozenset({"gcd", "lcm"})
_BY_SCIPY: Final[dict[tuple[int, int], Callable[..., Any]]] = {
    (0, 1): scipy.special.hyp0f1,
    (1, 1): scipy.special.hyp1f1,
    (2, 1): scipy.special.hyp2f1,
}


def require_compiled(formula: Formula, *, floats: bool) -> None:
    """Refuse what has no counterpart in SciPy (`floats`) or mpmath.

    Errors: `FormulaError`, which names the function.
    """
    missing = NOT_IN_SCIPY if floats else NOT_IN_MPMATH
    for node in walk(formula):
        if not isinstance(node, Call):
            continue
        name, library = node.head.name, "SciPy" if floats else "mpmath"
        counts = hypergeometric_counts(name)
        hyper = floats and counts is not None and counts not in _BY_SCIPY
        harmonic = floats and name == "harmonic" and len(node.args) == 2
        if name in missing or hyper or harmonic:
            raise FormulaError(f"{library} has no function for {node}: it is not compiled")


def _hermite(degree: Any, x: Any) -> Any:
    given = np.asarray(degree)
    whole = (given >= 0) & (given == np.floor(given))
    values = scipy.special.eval_hermite(np.where(whole, given, 0).astype(np.int64), x)
    return np.where(whole, values, np.nan)


def _spherical_float(bessel: Callable[..., Any], whole: Callable[..., Any]) -> Callable[..., Any]:
    def function(n: Any, z: Any) -> Any:
        given = np.asarray(n)
        index = (given >= 0) & (given == np.floor(given))
        among = whole(np.where(index, given, 0).astype(np.int64), z)
        return np.where(index, among, np.sqrt(np.pi / (2 * z)) * bessel(given + 0.5, z))

    return function


def _hyper(above: tuple[Any, ...], below: tuple[Any, ...], z: Any) -> Any:
    return _BY_SCIPY[len(above), len(below)](*above, *below, z)


def _elliptic_e(*args: Any) -> Any:
    return scipy.special.ellipe(*args) if len(args) == 1 else scipy.special.ellipeinc(*args)


FLOATS: Final[dict[str, Callable[..., Any]]] = {
    "elliptic_k": scipy.special.ellipk,
    "elliptic_f": scipy.special.ellipkinc,
    "elliptic_e": _elliptic_e,
    "li": lambda x: scipy.special.expi(np.log(x)),
    "Li": lambda x: scipy.special.expi(np.log(x)) - scipy.special.expi(np.log(2.0)),
    "Shi": lambda x: scipy.special.shichi(x)[0],
    "Chi": lambda x: scipy.special.shichi(x)[1],
    "hermite": _hermite,
    "FallingFactorial": lambda x, k: scipy.special.poch(x - k + 1, k),
    "hyper": _hyper,
    "jn": _spherical_float(scipy.special.jv, scipy.special.spherical_jn),
    "yn": _spherical_float(scipy.special.yv, scipy.special.spherical_yn),
}


def _index(value: Any, name: str) -> int:
    if value != mpmath.floor(value):
        raise ValueError(f"the index {value} of {name} is no integer")
    return int(value)


def _spherical(bessel: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def function(n: Any, z: Any) -> Any:
        return mpmath.sqrt(mpmath.pi / (2 * z)) * bessel(n + mpmath.mpf(1) / 2, z)

    return function


def _bernoulli(n: Any, x: Any = 1) -> Any:
    # The number is the polynomial at 1, so that the first is +1/2.
    return mpmath.bernpoly(_index(n, "bernoulli"), x)


def _euler(n: Any, *at: Any) -> Any:
    order = _index(n, "euler")
    return mpmath.eulerpoly(order, *at) if at else mpmath.eulernum(order)


def _harmonic(n: Any, order: Any = 1) -> Any:
    if order == 1:
        return mpmath.harmonic(n)
    return mpmath.zeta(order) - mpmath.zeta(order, n + 1)


MPMATH: Final[dict[str, Callable[..., Any]]] = {
    "binomial": mpmath.binomial,
    "RisingFactorial": mpmath.rf,
    "FallingFactorial": mpmath.ff,
    "lucas": lambda n: mpmath.fib(n - 1) + mpmath.fib(n + 1),
    "Li": lambda z: mpmath.li(z, offset=True),
    "erfcinv": lambda x: mpmath.erfinv(1 - x),
    "jn": _spherical(mpmath.besselj),
    "yn": _spherical(mpmath.bessely),
    "airyaiprime": lambda z: mpmath.airyai(z, derivative=1),
    "airybiprime": lambda z: mpmath.airybi(z, derivative=1),
    "laguerre": lambda n, x: mpmath.laguerre(n, 0, x),
    "assoc_laguerre": mpmath.laguerre,
    "bernoulli": _bernoulli,
    "euler": _euler,
    "harmonic": _harmonic,
    "polygamma": lambda n, z: mpmath.psi(_index(n, "polygamma"), z),
}
