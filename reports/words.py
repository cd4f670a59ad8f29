"""Reasons, domains and sources in plain words, for a terminal."""

from __future__ import annotations

import re
from typing import Final

from derivations.core import Array, Claim, Definition, Derivation, Reason, Variable
from derivations.core.functions import Head

_THEORIES: Final = {
    "algebra": "algebra",
    "exp_log_laws": "laws of exp and log",
    "differentiate": "differentiate",
    "chain_rule": "chain rule",
    "product_rule": "product rule",
    "quotient_rule": "quotient rule",
    "power_rule": "power rule",
    "linearity": "linearity",
    "sum_rules": "rules of sums and products",
    "cases": "by cases",
    "evaluate": "evaluate",
    "limit_laws": "laws of limits",
    "positivity": "signs of the parts",
    "monotonicity": "monotonicity",
    "entries": "entries of the matrix product",
    "antiderivative": "fundamental theorem of calculus",
}


def reason_words(reason: Reason) -> str:
    """Why a line follows, as a short phrase.

    >>> from derivations.core import algebra, exp, unfold
    >>> reason_words(algebra("add and subtract 1"))
    'algebra: add and subtract 1'
    >>> reason_words(unfold(exp))
    'definition of exp'
    """
    phrase = _phrase(reason)
    if reason.note and reason.theory != "cited":
        phrase = f"{phrase}: {plain(reason.note)}"
    return phrase


def _phrase(reason: Reason) -> str:
    at = ", ".join(f"{old} := {new}" for old, new in reason.at)
    match reason.theory:
        case "unfold":
            return f"definition of {_names(reason.heads)}"
        case "fold":
            return f"definition of {_names(reason.heads)}, read backwards"
        case "using" if reason.claim is not None:
            return f"by {reason.claim.id}" + (f" at {at}" if at else "")
        case "given":
            return f"given {reason.formula}"
        case "antiderivative" if reason.formula is not None:
            return f"{_THEORIES['antiderivative']}, antiderivative {reason.formula}"
        case "substitution":
            return f"substitute {at}"
        case "cited":
            return f"{plain(reason.note)} [{reason.source}]"
    return _THEORIES.get(reason.theory, reason.theory.replace("_", " "))


def _names(heads: tuple[Head, ...]) -> str:
    return ", ".join(head.name for head in heads)


def plain(latex: str) -> str:
    """A sentence with a little LaTeX in it as it can be read on a terminal.

    >>> plain(r"the point $(0, \\frac{1}{2})$, where $e^{-x} = 1$ and $\\sigma(x) \\le y$")
    'the point (0, 1/2), where e^(-x) = 1 and sigma(x) <= y'
    """
    text = re.sub(r"\\[td]?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", latex)
    text = re.sub(r"\\(?:emph|text|mathrm|operatorname)\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(?<=[_^])\{([^{}])\}", r"\1", text)
    text = re.sub(r"\\([a-zA-Z]+)", lambda match: _SIGNS.get(match[1], match[1]), text)
    text = re.sub(r"\\[,;! ]", " ", text)
    return text.replace("$", "").replace("{", "(").replace("}", ")").replace("~", " ")


_SIGNS: Final = {
    "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "infty": "oo", "cdot": "*",
    "to": "->", "top": "T", "left": "", "right": "",
}  # fmt: skip


def domain_words(claim: Claim) -> str:
    """The hypotheses on one line; empty where there is none.

    >>> from derivations.core import Claim, Reals, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> domain_words(Claim("a", x + y, "=", y + x, on={x: Reals, y: Reals}, where=x < y))
    'for x, y in R where x < y'
    """
    by_domain: dict[str, list[str]] = {}
    for variable, domain in claim.on:
        by_domain.setdefault(str(domain), []).append(_sized(variable))
    parts = [f"{', '.join(names)} in {domain}" for domain, names in by_domain.items()]
    words = f"for {'; '.join(parts)}" if parts else ""
    if claim.where is not None:
        words = f"{words} where {claim.where}".lstrip()
    return words


def _sized(variable: Variable) -> str:
    if isinstance(variable, Array):
        return f"{variable.name} ({' x '.join(str(size) for size in variable.sizes)})"
    return variable.name


def definition_words(definition: Definition) -> str:
    """A definition on one line: `sigma(x) := 1/(1 + exp(-x))`."""
    return f"{definition.generic} := {definition.body}"


def sources(derivation: Derivation) -> tuple[str, ...]:
    """What a derivation cites, each source once, in order."""
    cited = (derivation.claim.source, *(step.reason.source for step in derivation.steps))
    return tuple(dict.fromkeys(source for source in cited if source))
