"""The budget of work: proofs end, the same claim takes the same work, and limits nest."""

from __future__ import annotations

import time

import pytest

from derivations.core import Claim, Reals, exp, sqrt, symbols
from derivations.proving import work
from derivations.proving.chains.carried import attempt
from derivations.proving.prove import prove
from derivations.proving.work import OutOfWork, budget, spend
from derivations.reading.claims import read_claim

x, y, z, u, v, w = symbols("x y z u v w")
ON = dict.fromkeys((x, y, z, u, v, w), Reals)
EASY = Claim("easy", exp(x + y), "=", exp(x) * exp(y), on=ON)
ROOTS = [sqrt(1 + exp(s)) for s in (x, y, z, u, v, w)]
HARD = Claim(
    "hard",
    1 / sum(ROOTS[1:5], start=ROOTS[0]),
    "<",
    1 / (ROOTS[0] * ROOTS[1] + ROOTS[2] * ROOTS[3] + ROOTS[4])
    + ROOTS[5]
    - exp(w / 2) * sqrt(exp(w) + x**2 + 1) / (1 + x**2),
    on=ON,
)


def used(claim: Claim) -> int:
    with budget(10**9):
        prove(claim)
        left = work._account.left
    assert left is not None
    return 10**9 - left


def test_the_same_claim_takes_the_same_work():
    assert used(EASY) == used(EASY) > 0


def test_a_proof_within_a_budget_that_suffices_is_found_and_in_a_smaller_one_is_not():
    enough = used(EASY)
    with budget(enough):
        assert prove(EASY) is not None
    with budget(enough - 1), pytest.raises(OutOfWork):
        spend(enough)
    with budget(enough // 2):
        assert prove(EASY) is None


@pytest.mark.parametrize("prover", [prove, attempt])
def test_a_hard_claim_ends(prover):
    start = time.process_time()
    assert prover(HARD) is None
    assert time.process_time() - start < 60


def test_what_is_spent_inside_counts_outside():
    with budget(10):
        with budget(6):
            spend(5)
        spend(5)
        with pytest.raises(OutOfWork):
            spend(1)


def test_an_inner_budget_is_no_larger_than_what_is_left():
    with budget(3), budget(100), pytest.raises(OutOfWork):
        spend(4)


def test_nothing_is_counted_without_a_budget():
    spend(10**12)
    assert work._account.left is None


def test_polynomials_of_a_very_high_degree_are_not_factored() -> None:
    # exp(1/65536) is the generator, of a degree that no factoring ends for.
    text = "log(exp(123457/65536) + exp(98765/65536)) = 2"
    start = time.process_time()
    assert prove(read_claim({"id": "c", "claim": text})) is None
    assert time.process_time() - start < 10
