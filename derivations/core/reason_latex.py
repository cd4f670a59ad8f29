r"""A reason in words, in LaTeX text mode, as it stands at the right of a line.

Notes and titles are plain text in which `$...$` is mathematics; everything else is escaped.

>>> from derivations.core.reason import algebra, chain_rule
>>> reason_latex(chain_rule), reason_latex(algebra("100% of $x_1$"))
('chain rule', '100\\% of $x_1$')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from derivations.core.claim import Claim
from derivations.core.formula import Relation
from derivations.core.latex import to_latex
from derivations.core.latex_names import definiendum_latex
from derivations.core.reason import DERIVATIVE_RULES, Reason

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "%": r"\%", "&": r"\&",
    "_": r"\_", "$": r"\$", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
}  # fmt: skip
# As in Pandoc: no space just inside the dollars.
_MATH: Final = re.compile(r"\$(?!\s)((?:[^$\\]|\\.)+)(?<!\s)\$", re.DOTALL)

_WORDS: Final = {
    "algebra": "algebra",
    "exp_log_laws": r"laws of $\exp$ and $\log$",
    "differentiate": "differentiate",
    "chain_rule": "chain rule",
    "product_rule": "product rule",
    "quotient_rule": "quotient rule",
    "power_rule": "power rule",
    "linearity": "linearity",
    "sum_rules": "rules for sums",
    "cases": "case by case",
    "evaluate": "evaluate",
    "limit_laws": "limit of each part",
    "positivity": "signs of the parts",
    "monotonicity": "monotonicity",
    "entries": "matrix product by entries",
}


def text_latex(text: str) -> str:
    r"""Plain text for LaTeX's text mode; `$...$` stays mathematics, a lone dollar is a dollar.

    >>> text_latex("a_b costs 5 $, $x_1$ nothing")
    'a\\_b costs 5 \\$, $x_1$ nothing'
    """
    out, end = [], 0
    for match in _MATH.finditer(text):
        if _is_balanced(match[1]):
            out += [_escaped(text[end : match.start()]), match[0]]
            end = match.end()
    return "".join((*out, _escaped(text[end:])))


def _is_balanced(inner: str) -> bool:
    depth = 0
    for token in re.findall(r"\\.|[{}]", inner):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def claim_reference(claim: Claim) -> str:
    r"""A claim as other claims cite it: its title in quotes, else its statement."""
    if not claim.title:
        return f"${to_latex(claim.statement)}$"
    return f"``{text_latex(claim.title)}''"


def reason_latex(reason: Reason, reference: Callable[[Claim], str] = claim_reference) -> str:
    r"""The reason in a few words of LaTeX. `reference` names an earlier claim, by its title or,
    in a document that numbers its theorems, by `\ref`.

    Errors: `KeyError` for a theory without words.
    """
    note = text_latex(reason.note)
    match reason.theory:
        case "unfold" | "fold":
            return _with_note(f"definition of {_listed(reason)}", note)
        case "using":
            assert reason.claim is not None
            return _with_note(f"by {reference(reason.claim)}{_instance(reason)}", note)
        case "given":
            return _with_note(f"for ${_formula(reason)}$", note)
        case "antiderivative":
            return _with_note(f"antiderivative ${_formula(reason)}$", note)
        case "substitution":
            return _with_note(f"substitute{_bindings(reason)}", note)
        case "cited":
            source = text_latex(reason.source)
            return f"cited: {note} ({source})" if source else f"cited: {note}"
        case theory if theory in DERIVATIVE_RULES:
            return _with_note(_WORDS[theory], note)
        case theory:
            return note or _WORDS[theory]


def _with_note(words: str, note: str) -> str:
    return f"{words}, {note}" if note else words


def _listed(reason: Reason) -> str:
    names = list(dict.fromkeys(f"${definiendum_latex(head)}$" for head in reason.heads))
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _formula(reason: Reason) -> str:
    assert reason.formula is not None
    return to_latex(reason.formula)


def _instance(reason: Reason) -> str:
    return f" with{_bindings(reason)}" if reason.at else ""


def _bindings(reason: Reason) -> str:
    equations = (to_latex(Relation(old, "=", new)) for old, new in reason.at)
    return f" ${', '.join(equations)}$"
