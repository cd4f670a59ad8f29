r"""The squared error s(y, z) = (y - sigma(z))^2 of a label y in {0, 1}, against the zero-one error.

The prediction is 1 where sigma(z) >= 1/2. The squared error is no upper bound of the error, four
times it is, and no smaller factor will do. Its slope is the chapter `squared_error_gradient`.

Claims
------
squared_error.prediction                 1[sigma(z) >= 1/2] = 1[z >= 0]
squared_error.error_for_one              with the label 1 the error is 1[z < 0]
squared_error.error_for_zero             with the label 0 the error is 1[z >= 0]
squared_error.reflection                 s(0, z) = s(1, -z)
squared_error.not_upper_bound            s(1, z) < error(1, z) for z < 0: a counterexample
squared_error.not_upper_bound_for_zero   s(0, z) < error(0, z) for z >= 0: a counterexample
squared_error.four_times_for_one         4 s(1, z) > 1 for z < 0
squared_error.four_times_for_zero        4 s(0, z) >= 1 for z >= 0
squared_error.four_times                 4 s(y, z) >= error(y, z)
squared_error.four_times_touches         4 s(0, 0) = error(0, 0)
squared_error.least_factor               c s(0, 0) < error(0, 0) for c < 4: a counterexample
"""

from derivations.base2_loss import BARTLETT
from derivations.core import (
    Binary,
    Claim,
    Negative,
    NonNegative,
    Q,
    Reals,
    algebra,
    by_cases,
    cases,
    define,
    derive,
    eq,
    fold,
    indicator,
    interval,
    monotonicity,
    ne,
    num,
    oo,
    positivity,
    symbols,
    unfold,
    using,
)
from derivations.sigmoid import (
    AT_ZERO,
    REFLECTION,
    sigma,
)

BRIER = (
    "Brier (1950), Verification of forecasts expressed in terms of probability, Monthly "
    "Weather Review 78, 1-3"
)

y, z, c = symbols("y z c")

squared = define("s", (y, z), (y - sigma(z)) ** 2)
predicted = define("predicted", z, indicator(sigma(z) >= Q(1, 2)), latex=r"\hat y(#1)")
error = define("error", (y, z), indicator(ne(y, predicted(z))), latex=r"\operatorname{err}")

# --------------------------------------------------------------------- prediction and error

PREDICTION = derive(
    Claim(
        "squared_error.prediction",
        predicted(z),
        "=",
        indicator(z >= 0),
        on={z: Reals},
        title="The prediction",
        says="The sigmoid is at least one half where its argument is not negative.",
    ),
    (indicator(sigma(z) >= Q(1, 2)), unfold(predicted)),
    (indicator(z >= 0), by_cases("the sigmoid rises through one half at 0")),
)

ERROR_FOR_ONE = derive(
    Claim(
        "squared_error.error_for_one",
        error(1, z),
        "=",
        indicator(z < 0),
        on={z: Reals},
        title="The error with the label 1",
        says="With the label 1 the error is the zero-one loss of $z$.",
    ),
    (indicator(ne(1, predicted(z))), unfold(error)),
    (indicator(ne(1, indicator(z >= 0))), using(PREDICTION)),
    (indicator(z < 0), by_cases),
)

ERROR_FOR_ZERO = derive(
    Claim(
        "squared_error.error_for_zero",
        error(0, z),
        "=",
        indicator(z >= 0),
        on={z: Reals},
        title="The error with the label 0",
        says="With the label 0 a tie is an error, for it is predicted to be 1.",
    ),
    (indicator(ne(0, predicted(z))), unfold(error)),
    (indicator(ne(0, indicator(z >= 0))), using(PREDICTION)),
    (indicator(z >= 0), by_cases),
)

MIRROR = derive(
    Claim(
        "squared_error.reflection",
        squared(0, z),
        "=",
        squared(1, -z),
        on={z: Reals},
        title="The two labels mirror each other",
        says="With the label 0 the squared error is that of the label 1 at the mirror image.",
    ),
    ((0 - sigma(z)) ** 2, unfold(squared)),
    ((1 - (1 - sigma(z))) ** 2, algebra("the square of the opposite")),
    ((1 - sigma(-z)) ** 2, using(REFLECTION, x=z)),
    (squared(1, -z), fold(squared)),
)

# ----------------------------------------------------------------------------- the upper bound

NOT_UPPER_BOUND = derive(
    Claim(
        "squared_error.not_upper_bound",
        squared(1, z),
        "<",
        error(1, z),
        on={z: Negative},
        title="The squared error is no upper bound",
        says="Every error with the label 1 has a squared error less than 1.",
        falsehood="The squared error bounds the zero-one error from above.",
        source=BRIER,
    ),
    ((1 - sigma(z)) ** 2, unfold(squared)),
    ("<", 1, positivity("the sigmoid is between 0 and 1")),
    (indicator(z < 0), by_cases),
    (error(1, z), using(ERROR_FOR_ONE)),
)

NOT_UPPER_BOUND_FOR_ZERO = derive(
    Claim(
        "squared_error.not_upper_bound_for_zero",
        squared(0, z),
        "<",
        error(0, z),
        on={z: NonNegative},
        title="The squared error is no upper bound with the label 0 either",
        says="Every error with the label 0 has a squared error less than 1.",
        falsehood="The squared error bounds the zero-one error from above.",
    ),
    ((0 - sigma(z)) ** 2, unfold(squared)),
    ("<", 1, positivity("the sigmoid is between 0 and 1")),
    (indicator(z >= 0), by_cases),
    (error(0, z), using(ERROR_FOR_ZERO)),
)

FOUR_TIMES_FOR_ONE = derive(
    Claim(
        "squared_error.four_times_for_one",
        4 * squared(1, z),
        ">",
        1,
        on={z: Negative},
        title="Four times the squared error of an error with the label 1",
        says="An error with the label 1 misses it by more than one half.",
    ),
    (4 * (1 - sigma(z)) ** 2, unfold(squared)),
    (">", 4 * (1 - sigma(0)) ** 2, monotonicity("the sigmoid rises")),
    (4 * (1 - Q(1, 2)) ** 2, using(AT_ZERO)),
    (1, algebra),
)

FOUR_TIMES_FOR_ZERO = derive(
    Claim(
        "squared_error.four_times_for_zero",
        4 * squared(0, z),
        ">=",
        1,
        on={z: NonNegative},
        title="Four times the squared error of an error with the label 0",
        says="An error with the label 0 misses it by at least one half.",
    ),
    (4 * (0 - sigma(z)) ** 2, unfold(squared)),
    (4 * sigma(z) ** 2, algebra),
    (">=", 4 * sigma(0) ** 2, monotonicity("the sigmoid rises")),
    (4 * Q(1, 2) ** 2, using(AT_ZERO)),
    (1, algebra),
)

FOUR_TIMES = derive(
    Claim(
        "squared_error.four_times",
        4 * squared(y, z),
        ">=",
        error(y, z),
        on={y: Binary, z: Reals},
        title="Four times the squared error is an upper bound",
        says="Four times the squared error is at least the error.",
        source=BARTLETT,
    ),
    (
        cases((4 * squared(1, z), eq(y, 1)), (4 * squared(0, z), eq(y, 0))),
        by_cases("the two labels"),
    ),
    (
        ">=",
        cases((indicator(z < 0), eq(y, 1)), (indicator(z >= 0), eq(y, 0))),
        by_cases("by the two claims before; without an error a square is not negative"),
    ),
    (
        cases((error(1, z), eq(y, 1)), (indicator(z >= 0), eq(y, 0))),
        using(ERROR_FOR_ONE),
    ),
    (cases((error(1, z), eq(y, 1)), (error(0, z), eq(y, 0))), using(ERROR_FOR_ZERO)),
    (error(y, z), by_cases("the two labels")),
)

TOUCHES = derive(
    Claim(
        "squared_error.four_times_touches",
        4 * squared(0, 0),
        "=",
        error(0, 0),
        on={},
        title="Where the bound is attained",
        says="A tie with the label 0 costs exactly one.",
    ),
    (4 * (0 - sigma(0)) ** 2, unfold(squared)),
    (4 * (0 - Q(1, 2)) ** 2, using(AT_ZERO)),
    (1, algebra),
    (indicator(num(0) >= 0), by_cases),
    (error(0, 0), using(ERROR_FOR_ZERO, z=0)),
)

LEAST_FACTOR = derive(
    Claim(
        "squared_error.least_factor",
        c * squared(0, 0),
        "<",
        error(0, 0),
        on={c: interval(-oo, 4)},
        title="Four is the least factor",
        says="With any smaller factor a tie with the label 0 costs less than one.",
        falsehood="A factor less than 4 makes the squared error an upper bound of the error.",
    ),
    (c * (0 - sigma(0)) ** 2, unfold(squared)),
    (c * (0 - Q(1, 2)) ** 2, using(AT_ZERO)),
    (c / 4, algebra),
    ("<", 1, monotonicity("$c$ is less than 4")),
    (indicator(num(0) >= 0), by_cases),
    (error(0, 0), using(ERROR_FOR_ZERO, z=0)),
)
