"""The named functions: the built-in ones, and those that a chapter defines.

A built-in `Function` is a name with a published meaning (principal branches, see the design).
A `Definition` has a body, `sigma(x) := 1 / (1 + exp(-x))`. A `Function` made by `opaque(...)`
has neither: it stands for any function, and is never evaluated.

>>> from derivations.core.formula import symbol
>>> x = symbol("x")
>>> sigma = define("sigma", x, 1 / (1 + exp(-x)), latex=r"\\sigma")
>>> sigma(2 * x)
sigma(2*x)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derivations.core.formula import (
    ONE,
    Call,
    Formula,
    FormulaError,
    FormulaLike,
    Symbol,
    as_formula,
)


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in or opaque function: its name, how many arguments it takes, how it is printed.

    `latex` is a macro (`\\sin`), or a template with `#1`, `#2` for the arguments; empty means
    `\\operatorname{name}`. `styles` are the templates of single numbers of arguments, where one
    does not fit all.
    """

    name: str
    arities: tuple[int, ...] = (1,)
    latex: str = ""
    builtin: bool = True
    styles: tuple[tuple[int, str], ...] = ()

    def __call__(self, *args: FormulaLike) -> Formula:
        if self.arities and len(args) not in self.arities:
            first, last = self.arities[0], self.arities[-1]
            in_a_row = len(self.arities) > 2 and last - first == len(self.arities) - 1
            wanted = f"{first} to {last}" if in_a_row else " or ".join(map(str, self.arities))
            many = "argument" if wanted == "1" else "arguments"
            raise FormulaError(f"{self.name} takes {wanted} {many}, not {len(args)}")
        return Call(self, tuple(as_formula(a) for a in args))


@dataclass(frozen=True, slots=True)
class Definition:
    """A named function and its meaning.

    `params` may be empty (`eta := log(phi / (1 - phi))`; then `eta()` is the formula).
    `latex` is the printed style: a macro (`\\sigma`, printed `\\sigma(x)`), or a template with
    `#1`, `#2` for the arguments (`z_{#1}`, `h_\\theta(#1)`, `p(#1; #2)`).
    """

    name: str
    params: tuple[Symbol, ...]
    body: Formula
    latex: str = ""

    def __call__(self, *args: FormulaLike) -> Formula:
        if len(args) != len(self.params):
            raise FormulaError(f"{self.name} takes {len(self.params)} arguments, not {len(args)}")
        return Call(self, tuple(as_formula(a) for a in args))

    @property
    def generic(self) -> Formula:
        """The definition at its own parameters: sigma(x)."""
        return Call(self, self.params)


Head: TypeAlias = Function | Definition


def define(
    name: str,
    params: Symbol | tuple[Symbol, ...],
    body: FormulaLike,
    *,
    latex: str = "",
) -> Definition:
    """A named function and its meaning: `define("sigma", x, 1 / (1 + exp(-x)))`."""
    return Definition(
        name, (params,) if isinstance(params, Symbol) else tuple(params), as_formula(body), latex
    )


def opaque(name: str, arity: int = 1, *, latex: str = "") -> Function:
    """A function about which nothing is known but its name."""
    return Function(name, (arity,), latex, builtin=False)


exp = Function("exp", latex=r"\exp")
log = Function("log", (1, 2), r"\log")  # log(x, b) is the logarithm to base b
sqrt = Function("sqrt", latex=r"\sqrt{#1}")
Abs = Function("Abs", latex=r"\lvert #1 \rvert")
sign = Function("sign", latex=r"\operatorname{sgn}")
sin = Function("sin", latex=r"\sin")
cos = Function("cos", latex=r"\cos")
tan = Function("tan", latex=r"\tan")
sinh = Function("sinh", latex=r"\sinh")
cosh = Function("cosh", latex=r"\cosh")
tanh = Function("tanh", latex=r"\tanh")
asin = Function("asin", latex=r"\arcsin")
acos = Function("acos", latex=r"\arccos")
atan = Function("atan", latex=r"\arctan")
asinh = Function("asinh", latex=r"\operatorname{arsinh}")
acosh = Function("acosh", latex=r"\operatorname{arcosh}")
atanh = Function("atanh", latex=r"\operatorname{artanh}")
erf = Function("erf")
erfc = Function("erfc")
gamma = Function("gamma", latex=r"\Gamma")
loggamma = Function("loggamma", latex=r"\log\Gamma")
factorial = Function("factorial", latex=r"#1!")
Max = Function("Max", tuple(range(1, 9)), r"\max")
Min = Function("Min", tuple(range(1, 9)), r"\min")
# delta(i, j) is 1 where i = j and 0 elsewhere (Kronecker).
delta = Function("KroneckerDelta", (2,), r"\delta_{#1 #2}")

BUILTINS: dict[str, Function] = {
    f.name: f
    for f in (
        exp, log, sqrt, Abs, sign, sin, cos, tan, sinh, cosh, tanh, asin, acos, atan,
        asinh, acosh, atanh, erf, erfc, gamma, loggamma, factorial, Max, Min, delta,
    )
}  # fmt: skip

E: Formula = exp(ONE)
