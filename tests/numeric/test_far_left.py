"""The second opinion on the Hurwitz zeta function far to the left agrees with mpmath's own."""

import mpmath
import pytest
from mpmath import mp, mpf

from numeric.special.reference import FUNCTIONS


@pytest.mark.parametrize(
    ("s", "a"), [("-61.5", (5, 6)), ("-90", (7, 2)), ("-100.25", (25, 2)), ("-131.5", (1, 6))]
)
def test_hurwitz_far_to_the_left(s, a):
    with mpmath.workdps(50):
        at = mpf(a[0]) / a[1]
        mine, theirs = FUNCTIONS["zeta"](mpf(s), at), mp.zeta(mpf(s), at)
        assert abs(mine - theirs) <= abs(theirs) * mpf(10) ** -48
