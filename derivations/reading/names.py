"""The published list of names: functions, constants, and the words that build formulas."""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Collection
from typing import Final

from derivations.core.formula import Catalan, EulerGamma, Formula, GoldenRatio, I, oo, pi
from derivations.core.functions import E, Function
from derivations.core.special_functions import FUNCTIONS
from derivations.reading.bounds import MAX_NAME
from derivations.reading.errors import ReadingError

CONSTANTS: Final[dict[str, Formula]] = {
    "pi": pi,
    "E": E,
    "I": I,
    "oo": oo,
    "EulerGamma": EulerGamma,
    "Catalan": Catalan,
    "GoldenRatio": GoldenRatio,
}

# Other names of functions of the list.
ALIASES: Final[dict[str, Function]] = {
    "ln": FUNCTIONS["log"],
    "abs": FUNCTIONS["Abs"],
    "ff": FUNCTIONS["FallingFactorial"],
    "rf": FUNCTIONS["RisingFactorial"],
    "max": FUNCTIONS["Max"],
    "min": FUNCTIONS["Min"],
}

# Words that build a formula or a condition from others.
FORMS: Final = (
    "Rational", "Integer", "Add", "Mul", "Pow", "hyper",
    "Derivative", "Subs", "Integral", "Sum", "Product", "Limit", "Piecewise", "Indicator",
)  # fmt: skip
CONDITIONS: Final = ("Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or", "Not")
RESERVED: Final = frozenset({*CONSTANTS, *FORMS, *CONDITIONS, "dir"})

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)

# What people write for a name of the list.
_MEANT: Final = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "arcsec": "asec",
    "arccsc": "acsc", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arctan2": "atan2",
    "tg": "tan", "ctg": "cot", "sgn": "sign", "fabs": "Abs", "Ln": "log", "Log": "log",
    "Gamma": "gamma", "psi": "digamma", "lgamma": "loggamma", "Beta": "beta", "Zeta": "zeta",
    "ceil": "ceiling", "mod": "Mod", "binom": "binomial", "comb": "binomial",
    "conj": "conjugate", "Re": "re", "Im": "im", "infinity": "oo", "inf": "oo", "Infinity": "oo",
    "Pi": "pi", "PI": "pi", "phi": "GoldenRatio", "e": "E", "i": "I", "j": "I",
    "diff": "Derivative", "D": "Derivative", "integrate": "Integral", "summation": "Sum",
    "sum": "Sum", "product": "Product", "prod": "Product", "C": "binomial", "nCr": "binomial",
    "limit": "Limit", "cases": "Piecewise", "ellipk": "elliptic_k", "ellipe": "elliptic_e",
    "log10": "log(x, 10)", "log2": "log(x, 2)", "log1p": "log(1 + x)", "expm1": "exp(x) - 1",
    "sigmoid": "1/(1 + exp(-x))", "S": "Rational", "Float": "Rational", "zoo": "oo",
}  # fmt: skip


def is_listed(name: str) -> bool:
    """Whether a text may call this name."""
    return name in FUNCTIONS or name in ALIASES or name in FORMS or name in CONDITIONS


def require_variable_name(name: str) -> None:
    """Refuse what may not name a variable.

    Names of functions may (`beta` and `gamma` are parameters everywhere); then they cannot be
    called in the same claim.

    Errors: `ReadingError`.
    """
    if len(name) > MAX_NAME:
        raise ReadingError(f"a variable's name is too long: at most {MAX_NAME} characters")
    if not _NAME.match(name) or "__" in name:
        raise ReadingError(
            f"{name!a} is no name of a variable: a letter of the alphabet a to z, "
            "then letters, digits, single underscores"
        )
    if keyword.iskeyword(name):
        raise ReadingError(f"{name} is a word of Python's and names no variable; call it {name}_")
    if name in CONSTANTS:
        raise ReadingError(f"{name} is a constant and names no variable")
    if name in RESERVED:
        raise ReadingError(f"{name} is a word of the notation and names no variable")


def unknown_name(name: str, variables: Collection[str]) -> str:
    """The sentence about a name that stands for nothing here."""
    if name in FUNCTIONS or name in ALIASES:
        return f"{name} is a function: write {name}(...), or declare a variable of that name"
    if name in FORMS or name in CONDITIONS:
        return f"{name} builds a formula from others: write {name}(...)"
    return f"{name} has no domain: declare it{_meant(name, (*variables, *CONSTANTS))}"


def unknown_function(name: str, variables: Collection[str]) -> str:
    """The sentence about a name that is called and is no function of the list."""
    if name in CONSTANTS or name in variables:
        what = "a constant" if name in CONSTANTS else "declared as a variable"
        return f"{name} is {what} and cannot be called: write {name}*(...) for a product"
    known = (*FUNCTIONS, *ALIASES, *FORMS, *CONDITIONS)
    return f"{name} is not on the list of functions{_meant(name, known)}"


def _meant(name: str, known: Collection[str]) -> str:
    guess = _MEANT.get(name) or next((k for k in known if k.lower() == name.lower()), None)
    if guess is None:
        near = difflib.get_close_matches(name[:MAX_NAME], list(known), n=1, cutoff=0.75)
        guess = near[0] if near else None
    return f" (did you mean {guess}?)" if guess else ""
