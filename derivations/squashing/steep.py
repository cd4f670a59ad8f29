r"""Differences of steep sigmoids tend to the indicator of an interval.

Claims
------
squashing.steep.step_right   sigma(k u) tends to 1 as k -> oo, for u > 0
squashing.steep.step_left    sigma(k u) tends to 0 as k -> oo, for u < 0
squashing.steep.step         sigma(k u) tends to 1[u > 0], for u != 0
squashing.steep.inside       sigma(k(x - a)) - sigma(k(x - b)) tends to 1 for a < x < b
squashing.steep.left_of      it tends to 0 for x < a < b
squashing.steep.right_of     it tends to 0 for a < b < x
squashing.steep.at_end       at the end x = a it tends to 1/2
squashing.steep.indicator    for x other than a and b it tends to 1[a < x < b]
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Claim,
    Negative,
    Positive,
    Q,
    Reals,
    Remark,
    algebra,
    both,
    by_cases,
    derive,
    evaluate,
    exp,
    indicator,
    limit,
    limit_laws,
    linearity,
    ne,
    num,
    oo,
    symbols,
    unfold,
    using,
)
from derivations.sigmoid import sigma

x, a, b, k, u = symbols("x a b k u")

STEP_RIGHT = derive(
    Claim(
        "squashing.steep.step_right",
        limit(sigma(k * u), k, oo),
        "=",
        1,
        on={u: Positive},
        title="A steep sigmoid to the right of 0",
        says="To the right of 0, ever steeper sigmoids tend to 1.",
    ),
    (limit(1 / (1 + exp(-(k * u))), k, oo), unfold(sigma)),
    (1 / (num(1) + 0), limit_laws("$k u$ rises without bound")),
    (1, algebra),
)

STEP_LEFT = derive(
    Claim(
        "squashing.steep.step_left",
        limit(sigma(k * u), k, oo),
        "=",
        0,
        on={u: Negative},
        title="A steep sigmoid to the left of 0",
        says="To the left of 0, ever steeper sigmoids tend to 0.",
    ),
    (limit(1 / (1 + exp(-(k * u))), k, oo), unfold(sigma)),
    (0, limit_laws("$-k u$, and with it the denominator, rises without bound")),
)

STEP = derive(
    Claim(
        "squashing.steep.step",
        limit(sigma(k * u), k, oo),
        "=",
        indicator(u > 0),
        on={u: Reals},
        where=ne(u, 0),
        title="A steep sigmoid",
        says="Away from 0, ever steeper sigmoids tend to the unit step.",
    ),
    (limit(1 / (1 + exp(-(k * u))), k, oo), unfold(sigma)),
    (indicator(u > 0), by_cases),
)

UNIVERSAL_APPROXIMATION = Remark(
    "squashing.steep.universal_approximation",
    r"Sums of sigmoids approximate every continuous function on a compact set uniformly. This is "
    r"a theorem of others; what is derived here is that the difference of two steep sigmoids "
    r"tends to the indicator of an interval, from which step functions are built.",
    "Cybenko (1989), Approximation by superpositions of a sigmoidal function, "
    "Mathematics of Control, Signals, and Systems 2",
    title="Universal approximation",
)


DIFFERENCE = limit(sigma(k * (x - a)) - sigma(k * (x - b)), k, oo)
TWO_LIMITS = limit(sigma(k * (x - a)), k, oo) - limit(sigma(k * (x - b)), k, oo)
POINTS = {x: Reals, a: Reals, b: Reals}

INSIDE = derive(
    Claim(
        "squashing.steep.inside",
        DIFFERENCE,
        "=",
        1,
        on=POINTS,
        where=both(a < x, x < b),
        title="Inside the interval",
        says="Between $a$ and $b$ the difference of steep sigmoids tends to 1.",
    ),
    (TWO_LIMITS, linearity),
    (1 - limit(sigma(k * (x - b)), k, oo), using(STEP_RIGHT, u=x - a)),
    (num(1) - 0, using(STEP_LEFT, u=x - b)),
    (1, evaluate),
)

LEFT_OF = derive(
    Claim(
        "squashing.steep.left_of",
        DIFFERENCE,
        "=",
        0,
        on=POINTS,
        where=both(x < a, a < b),
        title="To the left of the interval",
        says="To the left of both ends the difference tends to 0.",
    ),
    (TWO_LIMITS, linearity),
    (0 - limit(sigma(k * (x - b)), k, oo), using(STEP_LEFT, u=x - a)),
    (num(0) - 0, using(STEP_LEFT, u=x - b)),
    (0, evaluate),
)

RIGHT_OF = derive(
    Claim(
        "squashing.steep.right_of",
        DIFFERENCE,
        "=",
        0,
        on=POINTS,
        where=both(a < b, b < x),
        title="To the right of the interval",
        says="To the right of both ends the difference tends to 0.",
    ),
    (TWO_LIMITS, linearity),
    (1 - limit(sigma(k * (x - b)), k, oo), using(STEP_RIGHT, u=x - a)),
    (num(1) - 1, using(STEP_RIGHT, u=x - b)),
    (0, evaluate),
)

AT_END = derive(
    Claim(
        "squashing.steep.at_end",
        limit(sigma(k * (a - a)) - sigma(k * (a - b)), k, oo),
        "=",
        Q(1, 2),
        on={a: Reals, b: Reals},
        where=a < b,
        title="At the left end of the interval",
        says="At an end of the interval the difference tends to one half.",
    ),
    (limit(sigma(k * (a - a)), k, oo) - limit(sigma(k * (a - b)), k, oo), linearity),
    (limit(sigma(k * (a - a)), k, oo) - 0, using(STEP_LEFT, u=a - b)),
    (limit(sigma(0), k, oo) - 0, algebra),
    (sigma(0) - 0, limit_laws),
    (Q(1, 2) - 0, using(sigmoid.AT_ZERO)),
    (Q(1, 2), algebra),
)

INDICATOR = derive(
    Claim(
        "squashing.steep.indicator",
        DIFFERENCE,
        "=",
        indicator(both(a < x, x < b)),
        on=POINTS,
        where=both(a < b, ne(x, a), ne(x, b)),
        title="The indicator of the interval",
        says="The difference of steep sigmoids tends to the indicator of the interval.",
    ),
    (TWO_LIMITS, linearity),
    (indicator(x - a > 0) - limit(sigma(k * (x - b)), k, oo), using(STEP, u=x - a)),
    (indicator(x - a > 0) - indicator(x - b > 0), using(STEP, u=x - b)),
    (indicator(both(a < x, x < b)), by_cases),
)
