"""Truths are proved; traps are not, each for its own reason (a hole, a cut, a kink, an end)."""

import pytest

from derivations.core import Claim, Reals, num, symbol
from derivations.proving.prove import Proof, prove
from tests.proving.examples import FALSE, TRUE


@pytest.mark.parametrize("claim", TRUE, ids=lambda claim: claim.id)
def test_truth_is_proved(claim: Claim) -> None:
    assert isinstance(prove(claim), Proof)


@pytest.mark.parametrize("claim", FALSE, ids=lambda claim: claim.id)
def test_falsehood_is_never_proved(claim: Claim) -> None:
    assert prove(claim) is None


EQUATIONS = [claim for claim in TRUE if claim.rel == "="]


@pytest.mark.parametrize("claim", EQUATIONS, ids=lambda claim: claim.id)
def test_mutants_of_a_truth_are_not_proved(claim: Claim) -> None:
    on, where = claim.domains, claim.where
    for mutant in (claim.rhs + 1, claim.rhs * 2, -claim.rhs, claim.rhs + num(1) / 10**20):
        changed = Claim(claim.id, claim.lhs, "=", mutant, on=on, where=where)
        assert prove(changed) is None, mutant


ORDERS = [claim for claim in TRUE if claim.rel in ("<", ">")]


@pytest.mark.parametrize("claim", ORDERS, ids=lambda claim: claim.id)
def test_reversed_order_is_not_proved(claim: Claim) -> None:
    flipped = {"<": ">=", ">": "<="}[claim.rel]
    changed = Claim(claim.id, claim.lhs, flipped, claim.rhs, on=claim.domains, where=claim.where)
    assert prove(changed) is None


def test_conditions_are_named() -> None:
    x = symbol("x")
    found = prove(Claim("q", 1 / (1 + x**2), "=", (1 + x**2) ** -1, on={x: Reals}))
    assert found == Proof("algebra", ("1 + x**2 > 0",))
