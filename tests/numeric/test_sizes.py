"""Every claim with two symbolic sizes meets (2, 2), (2, 3) and (3, 2), early."""

from itertools import islice

import pytest

from derivations.catalogue import SHIPPED
from derivations.core import Claim, Integers, symbols, total
from derivations.loading import load_module
from numeric.points.sample import points_of, size_symbols

_ASKED = 16
_DERIVATIONS = {
    derivation.id: derivation
    for name in SHIPPED
    for derivation in load_module(f"derivations.{name}").derivations
    if len(size_symbols(derivation.claim)) == 2
}


@pytest.mark.parametrize("id", _DERIVATIONS)
def test_the_first_points_meet_all_three_sizes(id):
    derivation = _DERIVATIONS[id]
    sizes = size_symbols(derivation.claim)
    points = islice(points_of(derivation.claim, derivation.lines), _ASKED)
    seen = {tuple(point[size] for size in sizes) for point in points}
    assert {(2, 2), (2, 3), (3, 2)} <= seen


def test_the_catalogue_has_such_claims():
    assert len(_DERIVATIONS) > 20


def test_sizes_are_cycled_where_other_variables_are_finite_too():
    m, n, i, k, c = symbols("m n i k c")
    claim = Claim(
        "count",
        total(total(c, k, 1, n), i, 1, m),
        "=",
        m * n * c,
        on={c: Integers(0, 900), m: Integers(1, None), n: Integers(1, None)},
    )
    points = islice(points_of(claim), _ASKED)
    assert {(2, 2), (2, 3), (3, 2)} <= {(point[m], point[n]) for point in points}
