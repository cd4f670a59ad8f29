"""Mutants of what the methods prove: a perturbation is never proved, and what still is proved
where a variable is replaced or a domain is widened is not refuted at any point.
"""

from __future__ import annotations

import random

import pytest

from derivations.core import Complex, Reals, closed, integers, interval, num, pi
from derivations.core.claim import Claim, ClaimError
from derivations.core.domain import Interval
from derivations.core.formula import Formula, FormulaError, Symbol
from derivations.core.functions import Abs, atan, cos, exp, log, sqrt, tan
from derivations.core.special_functions import FUNCTIONS
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.prove import prove
from numeric.judging.judge import Verdict, check
from tests.proving.test_methods import TRUE, claim

CLAIMS = [claim(*case) for cases in TRUE.values() for case in cases]
EQUATIONS = [c for c in CLAIMS if c.rel == "="]
ORDERS = [c for c in CLAIMS if c.rel in ("<", ">")]


def changed(c: Claim, rhs: Formula, rel: str = "=") -> Claim:
    return Claim(c.id, c.lhs, rel, rhs, on=c.domains, where=c.where)


@pytest.mark.parametrize("c", EQUATIONS, ids=str)
def test_a_perturbed_truth_is_not_proved(c: Claim) -> None:
    tiny = num(1) / num(10) ** 30
    for rhs in (c.rhs + tiny, c.rhs - exp(tiny) + 1):
        assert prove(changed(c, rhs)) is None, rhs
    assert prove(changed(c, c.rhs, "!=")) is None
    assert prove(changed(c, c.rhs, "<")) is None


@pytest.mark.parametrize("c", ORDERS, ids=str)
def test_a_reversed_order_is_not_proved(c: Claim) -> None:
    assert prove(changed(c, c.rhs, {"<": ">=", ">": "<="}[c.rel])) is None
    assert prove(changed(c, c.rhs)) is None


def _replacements(x: Symbol) -> list[Formula]:
    gamma, floor = FUNCTIONS["gamma"], FUNCTIONS["floor"]
    return [
        -x, x**2, 1 / x, sqrt(x), log(x), tan(x), x + pi, Abs(x), x * (x - 1), floor(x), cos(x),
        gamma(x), atan(x), exp(x),
    ]  # fmt: skip


DOMAINS = [Reals, Complex, integers(), closed(-1, 1), interval(0, pi), closed(-2, 0)]


def _mutant(c: Claim, rng: random.Random) -> Claim | None:
    """One variable replaced, or one domain, or the condition dropped."""
    on, lhs, rhs, where = c.domains, c.lhs, c.rhs, c.where
    real = [s for s, d in on.items() if isinstance(s, Symbol) and isinstance(d, Interval)]
    if not real:
        return None
    x = rng.choice(real)
    try:
        match rng.randrange(3):
            case 0:
                new = {x: rng.choice(_replacements(x))}
                lhs, rhs = substitute(lhs, new), substitute(rhs, new)
                where = None if where is None else substitute(where, new)
                on[x] = Reals
            case 1:
                on[x] = rng.choice(DOMAINS)
            case _:
                where = None
        used = free_symbols(lhs) | free_symbols(rhs)
        used |= frozenset() if where is None else free_symbols(where)
        return Claim("m", lhs, c.rel, rhs, on={s: on.get(s, Reals) for s in used}, where=where)
    except (FormulaError, ClaimError):
        return None


@pytest.mark.parametrize("seed", range(24))
def test_what_is_proved_of_a_mutant_is_not_refuted(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(8):
        mutant = _mutant(rng.choice(CLAIMS), rng)
        if mutant is None or prove(mutant) is None:
            continue
        found = check(mutant, digits=20, points=12, prover=lambda _: None)
        assert found.verdict is not Verdict.REFUTED, (mutant, mutant.on, mutant.where)
