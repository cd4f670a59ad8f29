"""No mutant of a true claim passes, near misses and dropped assumptions included."""

import pytest

from numeric import Verdict, check
from tests.numeric.claim_mutants import mutants_of
from tests.numeric.test_own_corpus import TRUE, claim_of

# Changed claims that are true as well, and why.
TRUE_MUTANTS = {
    "ends-13/assumption/0": "where x = 0 neither side has a value",
    "finite-01/coefficient/0": "1**3 = 1",
    "piecewise-09/coefficient/0": "both cases are x**2",
    "floor-12/function/0": "n is an integer",
    "mod-03/sign/0": "n*(n - 1) is even too",
    "mod-03/sign/1": "n*(1 - n) is even too",
    "cut-40/assumption/0": "both cuts are the reals from 1 on, approached alike",
    "cut-44/assumption/0": "y is an integer, and 0 to the power 0 is 1 on both sides",
    "piece-03/function/0": "the arches of the cosine have the same area",
    "product-01/coefficient/0": "the factor 1 may be left out",
    "sum-15/function/1": "1/gamma(0) is 0, and the rest is the same series",
    "limit-06/coefficient/1": "Abs(t)/t is 1 at 1",
    "limit-09/coefficient/0": "log(1) is 0",
    "limit-09/dropped/0": "t tends to 0",
    "limit-09/function/0": "t*sqrt(t) tends to 0",
    "complex-derivative-03/assumption/0": "neither side has a value at 0",
    "derivative-12/assumption/0": "log(x) = log(-x) + I*pi for x < 0",
    "special-15/assumption/0": "both sides have the same cut",
    "special-16/assumption/0": "the continuation of the geometric series",
    "special-18/assumption/0": "both are 0 where k > n",
    "special-21/assumption/0": "neither side has a value at integers",
    "special-31/assumption/0": "the definition of the function",
    "special-44/assumption/0": "the value at 0 is 1/2",
    "special-47/assumption/0": "the definition of the function",
    "identity-06/assumption/0": "neither side has a value at 0 and -1",
    "identity-07/assumption/0": "neither side has a value at 0 and -1",
    "identity-17/dropped/1": "sin(pi) is 0",
}


@pytest.mark.parametrize("name", TRUE)
def test_no_mutant_passes(name):
    for mutant in mutants_of(claim_of(name)):
        evidence = check(mutant.claim, seconds=10)
        accepted = evidence.verdict in {Verdict.PROVED, Verdict.CONSISTENT}
        refuted = evidence.verdict is Verdict.REFUTED
        assert not (refuted if mutant.name in TRUE_MUTANTS else accepted), (mutant.name, evidence)


def test_each_true_mutant_is_made():
    made = {mutant.name for name in TRUE for mutant in mutants_of(claim_of(name))}
    assert made >= set(TRUE_MUTANTS)
    assert len(made) > 1100
