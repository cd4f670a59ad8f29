"""The functions beyond the elementary core: their names, numbers of arguments and printed styles.

Names, orders of arguments, parameters and branches are SymPy's (and so mostly mpmath's):
`elliptic_k(m)` takes the parameter m = k^2, `polylog(s, z)` the order first, `besselj(n, z)` the
order first, `Mod(a, b)` has the sign of b. `docs/claims.md` gives the meaning of each.

>>> from derivations.core.formula import symbol
>>> z = symbol("z")
>>> hypergeometric(2, 1)(1, 1, 2, z)
hyper((1, 1), (2,), z)
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from derivations.core.functions import BUILTINS, Function

# name: (numbers of arguments, printed style, or one for each number of arguments)
_STYLES: Final[dict[str, tuple[tuple[int, ...], str | dict[int, str]]]] = {
    # reciprocal trigonometric and hyperbolic functions and their inverses
    "cot": ((1,), r"\cot"),
    "sec": ((1,), r"\sec"),
    "csc": ((1,), r"\csc"),
    "acot": ((1,), r"\operatorname{arccot}"),
    "asec": ((1,), r"\operatorname{arcsec}"),
    "acsc": ((1,), r"\operatorname{arccsc}"),
    "coth": ((1,), r"\coth"),
    "sech": ((1,), r"\operatorname{sech}"),
    "csch": ((1,), r"\operatorname{csch}"),
    "acoth": ((1,), r"\operatorname{arcoth}"),
    "asech": ((1,), r"\operatorname{arsech}"),
    "acsch": ((1,), r"\operatorname{arcsch}"),
    "atan2": ((2,), r"\operatorname{atan2}"),
    "sinc": ((1,), r"\operatorname{sinc}"),
    # parts of a complex number
    "re": ((1,), r"\operatorname{Re}"),
    "im": ((1,), r"\operatorname{Im}"),
    "arg": ((1,), r"\arg"),
    "conjugate": ((1,), r"\overline{#1}"),
    # whole numbers
    "floor": ((1,), r"\lfloor #1 \rfloor"),
    "ceiling": ((1,), r"\lceil #1 \rceil"),
    "frac": ((1,), r"\operatorname{frac}"),
    "Mod": ((2,), r"\operatorname{mod}"),
    "gcd": ((2,), r"\gcd"),
    "lcm": ((2,), r"\operatorname{lcm}"),
    "binomial": ((2,), r"\binom{#1}{#2}"),
    "RisingFactorial": ((2,), r"(#1)_{#2}"),
    "FallingFactorial": ((2,), r"(#1)^{\underline{#2}}"),
    "factorial2": ((1,), r"#1!!"),
    "fibonacci": ((1,), r"\mathrm{F}_{#1}"),
    "lucas": ((1,), r"\mathrm{L}_{#1}"),
    "bernoulli": ((1, 2), {1: r"\mathrm{B}_{#1}", 2: r"\mathrm{B}_{#1}(#2)"}),
    "euler": ((1, 2), {1: r"\mathrm{E}_{#1}", 2: r"\mathrm{E}_{#1}(#2)"}),
    "catalan": ((1,), r"\mathrm{C}_{#1}"),
    "harmonic": ((1, 2), {1: r"\mathrm{H}_{#1}", 2: r"\mathrm{H}_{#1}^{(#2)}"}),
    # roots
    "cbrt": ((1,), r"\sqrt[3]{#1}"),
    "root": ((2,), r"\sqrt[#2]{#1}"),
    "Heaviside": ((1,), r"H"),
    # the gamma function and its relatives
    "digamma": ((1,), r"\psi"),
    "polygamma": ((2,), r"\psi^{(#1)}(#2)"),
    "beta": ((2,), r"\mathrm{B}"),
    "lowergamma": ((2,), r"\gamma"),
    "uppergamma": ((2,), r"\Gamma"),
    # zeta functions
    "zeta": ((1, 2), r"\zeta"),
    "dirichlet_eta": ((1,), r"\eta"),
    "polylog": ((2,), r"\operatorname{Li}_{#1}(#2)"),
    "lerchphi": ((3,), r"\Phi"),
    # error functions and exponential integrals
    "erfi": ((1,), ""),
    "erfinv": ((1,), r"\operatorname{erf}^{-1}"),
    "erfcinv": ((1,), r"\operatorname{erfc}^{-1}"),
    "fresnels": ((1,), r"S"),
    "fresnelc": ((1,), r"C"),
    "Ei": ((1,), ""),
    "expint": ((2,), r"E_{#1}(#2)"),
    "li": ((1,), ""),
    "Li": ((1,), ""),
    "Si": ((1,), ""),
    "Ci": ((1,), ""),
    "Shi": ((1,), ""),
    "Chi": ((1,), ""),
    "LambertW": ((1, 2), {1: r"W(#1)", 2: r"W_{#2}(#1)"}),
    # Bessel and Airy functions
    "besselj": ((2,), r"J_{#1}(#2)"),
    "bessely": ((2,), r"Y_{#1}(#2)"),
    "besseli": ((2,), r"I_{#1}(#2)"),
    "besselk": ((2,), r"K_{#1}(#2)"),
    "hankel1": ((2,), r"H^{(1)}_{#1}(#2)"),
    "hankel2": ((2,), r"H^{(2)}_{#1}(#2)"),
    "jn": ((2,), r"\mathsf{j}_{#1}(#2)"),
    "yn": ((2,), r"\mathsf{y}_{#1}(#2)"),
    "airyai": ((1,), r"\operatorname{Ai}"),
    "airybi": ((1,), r"\operatorname{Bi}"),
    "airyaiprime": ((1,), r"\operatorname{Ai}'"),
    "airybiprime": ((1,), r"\operatorname{Bi}'"),
    # orthogonal polynomials: the degree first, the variable last
    "legendre": ((2,), r"P_{#1}(#2)"),
    "assoc_legendre": ((3,), r"P_{#1}^{#2}(#3)"),
    "chebyshevt": ((2,), r"T_{#1}(#2)"),
    "chebyshevu": ((2,), r"U_{#1}(#2)"),
    "hermite": ((2,), r"H_{#1}(#2)"),
    "laguerre": ((2,), r"L_{#1}(#2)"),
    "assoc_laguerre": ((3,), r"L_{#1}^{(#2)}(#3)"),
    "gegenbauer": ((3,), r"C_{#1}^{(#2)}(#3)"),
    "jacobi": ((4,), r"P_{#1}^{(#2, #3)}(#4)"),
    # elliptic integrals, by the parameter m = k^2; the characteristic n and the angle first
    "elliptic_k": ((1,), r"K"),
    "elliptic_f": ((2,), r"F(#1 \mid #2)"),
    "elliptic_e": ((1, 2), {1: r"E(#1)", 2: r"E(#1 \mid #2)"}),
    "elliptic_pi": ((2, 3), {2: r"\Pi(#1 \mid #2)", 3: r"\Pi(#1; #2 \mid #3)"}),
}


def _function(name: str, arities: tuple[int, ...], style: str | dict[int, str]) -> Function:
    if isinstance(style, str):
        return Function(name, arities, style)
    return Function(name, arities, style[arities[0]], styles=tuple(style.items()))


SPECIAL_FUNCTIONS: Final[dict[str, Function]] = {
    name: _function(name, arities, style) for name, (arities, style) in _STYLES.items()
}

# Every function that plain text may name, hyper aside.
FUNCTIONS: Final[dict[str, Function]] = {**BUILTINS, **SPECIAL_FUNCTIONS}

_HYPERGEOMETRIC: Final = re.compile(r"hyper_(\d+)_(\d+)\Z")


@cache
def hypergeometric(upper: int, lower: int) -> Function:
    """The generalised hypergeometric function pFq: the upper parameters, the lower ones, then z.

    Plain text writes it `hyper((a, b), (c,), z)`.
    """
    above = ", ".join(f"#{k}" for k in range(1, upper + 1)) or "-"
    below = ", ".join(f"#{k}" for k in range(upper + 1, upper + lower + 1)) or "-"
    style = rf"{{}}_{{{upper}}}F_{{{lower}}}({above}; {below}; #{upper + lower + 1})"
    return Function(f"hyper_{upper}_{lower}", (upper + lower + 1,), style)


def hypergeometric_counts(name: str) -> tuple[int, int] | None:
    """How many upper and lower parameters a head of that name has; None if it is none of these."""
    found = _HYPERGEOMETRIC.match(name)
    return (int(found[1]), int(found[2])) if found else None
