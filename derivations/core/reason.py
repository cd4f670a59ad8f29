"""Why a line follows from the line before.

A reason is a theory, the set of equalities it may use; `derivations.proving.reasons` performs it
and rejects a line that is not equal to the line before in that theory, that did not move, or that
a weaker theory reaches.

=====================  ==================================================================
reason                 two lines are related when
=====================  ==================================================================
`unfold(f)`            unfolding f in the first gives the second, and nothing else
`fold(f)`              unfolding f in the second gives the first, and nothing else
`algebra`              equal in the field of rational functions, all other heads opaque
`exp_log_laws`         algebra, and the laws of exp, log and powers (arguments positive)
`differentiate`        equal after carrying out derivatives (also `chain_rule`, ...)
`linearity`            D, Sum, Integral, Limit taken through sums and constant factors
`sum_rules`            sums and products split, shifted, evaluated, collapsed by a delta
`using(claim, x=z)`    equal after replacing an instance of the claim
`by_cases`             equal for each member of a finite domain or on each side of a case
`given(hypothesis)`    the hypothesis is the claim's condition; replaces or compares by it
`evaluate`             special values: exp(0) = 1, log(1) = 0, tanh(0) = 0, finite arithmetic
`limit_laws`           the limit of each part, by continuity
`positivity`           an inequality from the signs of the parts
`monotonicity`         an inequality of arguments carried through a monotone function
`antiderivative(F)`    the fundamental theorem: F' is the integrand, the value F(b) - F(a)
`substitution(...)`    a change of the variable of an integral or a limit
`entries`              a matrix product written out with indices
`cited(fact, source)`  a fact from elsewhere; only its numbers are checked
=====================  ==================================================================
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from derivations.core.claim import Claim
from derivations.core.formula import Formula, FormulaLike, Symbol, as_formula
from derivations.core.functions import Head


class HasClaim(Protocol):
    """A derivation, or anything else that carries its claim."""

    @property
    def claim(self) -> Claim: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """A named theory with what it is about. Call it with a note to say it in words:
    `algebra("add and subtract 1")`."""

    theory: str
    note: str = ""
    heads: tuple[Head, ...] = ()  # unfold, fold
    claim: Claim | None = None  # using
    at: tuple[tuple[Symbol, Formula], ...] = ()  # using, substitution
    formula: Formula | None = None  # given: the hypothesis; antiderivative: F
    source: str = ""  # cited
    # using: what carries the claim and tells how it is derived; the claim alone is the theory.
    origin: HasClaim | None = field(default=None, compare=False, repr=False)

    def __call__(self, note: str) -> Reason:
        return replace(self, note=note)


algebra: Final = Reason("algebra")
exp_log_laws: Final = Reason("exp_log_laws")
differentiate: Final = Reason("differentiate")
chain_rule: Final = Reason("chain_rule")
product_rule: Final = Reason("product_rule")
quotient_rule: Final = Reason("quotient_rule")
power_rule: Final = Reason("power_rule")
linearity: Final = Reason("linearity")
sum_rules: Final = Reason("sum_rules")
by_cases: Final = Reason("cases")
evaluate: Final = Reason("evaluate")
limit_laws: Final = Reason("limit_laws")
positivity: Final = Reason("positivity")
monotonicity: Final = Reason("monotonicity")
entries: Final = Reason("entries")

DERIVATIVE_RULES: Final = frozenset(
    {"differentiate", "chain_rule", "product_rule", "quotient_rule", "power_rule"}
)


def unfold(*heads: Head) -> Reason:
    """Replace functions by their definitions: `unfold(sigma)`, `unfold(tanh)`."""
    return Reason("unfold", heads=heads)


def fold(*heads: Head) -> Reason:
    """Recognise definitions: `fold(sigma)` for 1/(1 + exp(-x)) -> sigma(x)."""
    return Reason("fold", heads=heads)


def using(claim: Claim | HasClaim, note: str = "", **at: FormulaLike) -> Reason:
    """By an earlier claim, at an instance: `using(sigmoid.DERIVATIVE, x=z)`."""
    stated = claim if isinstance(claim, Claim) else claim.claim
    by_name = {variable.name: variable for variable, _ in stated.on}
    unknown = sorted(set(at) - set(by_name))
    if unknown:
        raise ValueError(f"{stated.id} has no variable {', '.join(unknown)}")
    bindings: list[tuple[Symbol, Formula]] = []
    for name, value in at.items():
        variable = by_name[name]
        if not isinstance(variable, Symbol):
            raise ValueError(f"{stated.id}: {name} is an array; only symbols are instantiated")
        bindings.append((variable, as_formula(value)))
    origin = None if isinstance(claim, Claim) else claim
    return Reason("using", note, claim=stated, at=tuple(bindings), origin=origin)


def given(hypothesis: Formula, note: str = "") -> Reason:
    """By a hypothesis of the claim: `given(a < b)`."""
    return Reason("given", note, formula=hypothesis)


def antiderivative(formula: Formula, note: str = "") -> Reason:
    """By the fundamental theorem of calculus, with this antiderivative of the integrand."""
    return Reason("antiderivative", note, formula=formula)


def substitution(old: Symbol, new: FormulaLike, note: str = "") -> Reason:
    """By a change of variable, old = new: `substitution(x, 1 / t)`."""
    return Reason("substitution", note, at=((old, as_formula(new)),))


def cited(fact: str, source: str) -> Reason:
    """By a fact proved elsewhere; the line is checked numerically like every other."""
    return Reason("cited", fact, source=source)
