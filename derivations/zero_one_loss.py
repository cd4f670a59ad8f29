r"""The zero-one loss 1[z < 0] of a margin z, and which logistic loss bounds it from above.

The natural-log loss L does not: it is below 1 between -log(e - 1) and 0. The base-2 loss L_2 does,
and touches it, at 0, only if ties count as errors (1[z <= 0]).

Claims
------
zero_one_loss.on_negative                     1[z < 0] is 1 for z < 0
zero_one_loss.otherwise                       1[z < 0] is 0 for z >= 0
zero_one_loss.ties_on_nonpositive             1[z <= 0] is 1 for z <= 0
zero_one_loss.ties_otherwise                  1[z <= 0] is 0 for z > 0
logistic_loss.one                             L(-log(e - 1)) = 1
logistic_loss.at_least_one                    L(z) >= 1 for z <= -log(e - 1)
logistic_loss.less_than_one                   L(z) < 1 for -log(e - 1) < z < 0
logistic_loss.not_upper_bound                 L(z) < 1[z < 0] for -log(e - 1) < z < 0
logistic_loss.not_upper_bound_at_minus_half   L(-1/2) < 1[-1/2 < 0], a witness
logistic_loss.upper_bound_on_left             L(z) >= 1[z < 0] for z <= -log(e - 1)
logistic_loss.upper_bound_on_right            L(z) > 1[z < 0] for z >= 0
base2_loss.above_one                          L_2(z) > 1 for z < 0
base2_loss.upper_bound                        L_2(z) > 1[z < 0]
base2_loss.upper_bound_with_ties              L_2(z) >= 1[z <= 0]
base2_loss.touches_at_zero                    L_2(0) = 1[0 <= 0]
base2_loss.touches_only_at_zero               L_2(z) > 1[z <= 0] where z is not 0
"""

from derivations.base2_loss import AT_ZERO as BASE2_AT_ZERO
from derivations.base2_loss import BARTLETT, L2
from derivations.base2_loss import LOG_FORM as BASE2_LOG_FORM
from derivations.core import (
    Claim,
    E,
    Negative,
    NonNegative,
    Positive,
    Q,
    Reals,
    algebra,
    by_cases,
    cases,
    define,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    indicator,
    interval,
    log,
    monotonicity,
    ne,
    num,
    oo,
    symbol,
    unfold,
    using,
)
from derivations.logistic_loss import LOG_FORM, LOSS_POSITIVE, L, NonPositive

z = symbol("z")
zero_one = define("zero_one", z, indicator(z < 0), latex=r"\ell_{01}")
with_ties = define("zero_one_ties", z, indicator(z <= 0), latex=r"\ell_{01}^{=}")

one_at = -log(E - 1)  # the margin where the natural-log loss is 1

# -------------------------------------------------------------------------- the zero-one loss

ON_NEGATIVE = derive(
    Claim(
        "zero_one_loss.on_negative",
        zero_one(z),
        "=",
        1,
        on={z: Negative},
        title="The zero-one loss of an error",
        says="A negative margin is an error.",
    ),
    (indicator(z < 0), unfold(zero_one)),
    (1, by_cases),
)

OTHERWISE = derive(
    Claim(
        "zero_one_loss.otherwise",
        zero_one(z),
        "=",
        0,
        on={z: NonNegative},
        title="The zero-one loss without an error",
        says="Any other margin is none.",
    ),
    (indicator(z < 0), unfold(zero_one)),
    (0, by_cases),
)

TIES_ON_NONPOSITIVE = derive(
    Claim(
        "zero_one_loss.ties_on_nonpositive",
        with_ties(z),
        "=",
        1,
        on={z: NonPositive},
        title="The zero-one loss of an error or a tie",
        says="A negative margin is an error, and so is a tie.",
    ),
    (indicator(z <= 0), unfold(with_ties)),
    (1, by_cases),
)

TIES_OTHERWISE = derive(
    Claim(
        "zero_one_loss.ties_otherwise",
        with_ties(z),
        "=",
        0,
        on={z: Positive},
        title="The zero-one loss without an error or a tie",
        says="A positive margin is neither.",
    ),
    (indicator(z <= 0), unfold(with_ties)),
    (0, by_cases),
)

# ----------------------------------------------------------------------- the natural-log loss

ONE = derive(
    Claim(
        "logistic_loss.one",
        L(one_at),
        "=",
        1,
        on={},
        title="Where the logistic loss is 1",
        says=r"At $-\log(e - 1)$, about $-0.54$, the loss is 1.",
    ),
    (log(1 + exp(-one_at)), using(LOG_FORM, z=one_at)),
    (log(1 + (E - 1)), exp_log_laws),
    (log(E), algebra),
    (1, exp_log_laws),
)

AT_LEAST_ONE = derive(
    Claim(
        "logistic_loss.at_least_one",
        L(z),
        ">=",
        1,
        on={z: interval(-oo, one_at, upper_open=False)},
        title="Where the logistic loss is at least 1",
        says=r"Up to $-\log(e - 1)$ the loss is at least 1.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (">=", log(1 + exp(-one_at)), monotonicity("the loss falls")),
    (L(one_at), using(LOG_FORM, z=one_at)),
    (1, using(ONE)),
)

LESS_THAN_ONE = derive(
    Claim(
        "logistic_loss.less_than_one",
        L(z),
        "<",
        1,
        on={z: interval(one_at, 0)},
        title="Where the logistic loss is less than 1",
        says=r"From $-\log(e - 1)$ to 0 the loss is less than 1.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    ("<", log(1 + exp(-one_at)), monotonicity("the loss falls")),
    (L(one_at), using(LOG_FORM, z=one_at)),
    (1, using(ONE)),
)

NOT_UPPER_BOUND = derive(
    Claim(
        "logistic_loss.not_upper_bound",
        L(z),
        "<",
        zero_one(z),
        on={z: interval(one_at, 0)},
        title="The natural-log loss is no upper bound",
        says=r"From $-\log(e - 1)$ to 0 the loss of an error is less than 1.",
        falsehood="The natural-log logistic loss bounds the zero-one loss from above.",
    ),
    ("<", 1, using(LESS_THAN_ONE)),
    (zero_one(z), using(ON_NEGATIVE)),
)

NOT_UPPER_BOUND_AT_MINUS_HALF = derive(
    Claim(
        "logistic_loss.not_upper_bound_at_minus_half",
        L(-Q(1, 2)),
        "<",
        zero_one(-Q(1, 2)),
        on={},
        title="A witness",
        says=r"At $-\frac{1}{2}$ the loss is $\log(1 + \sqrt{e})$, about 0.974.",
        falsehood="The natural-log logistic loss bounds the zero-one loss from above.",
    ),
    ("<", 1, using(LESS_THAN_ONE, z=-Q(1, 2))),
    (zero_one(-Q(1, 2)), using(ON_NEGATIVE, z=-Q(1, 2))),
)

UPPER_BOUND_ON_LEFT = derive(
    Claim(
        "logistic_loss.upper_bound_on_left",
        L(z),
        ">=",
        zero_one(z),
        on={z: interval(-oo, one_at, upper_open=False)},
        title="Where the natural-log loss is an upper bound, on the left",
        says=r"Up to $-\log(e - 1)$ the loss is at least the zero-one loss.",
    ),
    (">=", 1, using(AT_LEAST_ONE)),
    (zero_one(z), using(ON_NEGATIVE)),
)

UPPER_BOUND_ON_RIGHT = derive(
    Claim(
        "logistic_loss.upper_bound_on_right",
        L(z),
        ">",
        zero_one(z),
        on={z: NonNegative},
        title="Where the natural-log loss is an upper bound, on the right",
        says="From 0 on the loss exceeds the zero-one loss.",
    ),
    (">", 0, using(LOSS_POSITIVE)),
    (zero_one(z), using(OTHERWISE)),
)

# -------------------------------------------------------------------------------- the base-2 loss

BASE2_ABOVE_ONE = derive(
    Claim(
        "base2_loss.above_one",
        L2(z),
        ">",
        1,
        on={z: Negative},
        title="The base-2 loss of an error",
        says="An error costs more than one bit.",
    ),
    (log(1 + exp(-z), 2), using(BASE2_LOG_FORM)),
    (">", log(1 + exp(-num(0)), 2), monotonicity("the loss falls")),
    (log(num(1) + 1, 2), evaluate),
    (1, evaluate),
)

BASE2_UPPER_BOUND = derive(
    Claim(
        "base2_loss.upper_bound",
        L2(z),
        ">",
        zero_one(z),
        on={z: Reals},
        title="The base-2 loss is an upper bound",
        says="The base-2 loss exceeds the zero-one loss everywhere.",
        source=BARTLETT,
    ),
    (log(1 + exp(-z), 2), using(BASE2_LOG_FORM)),
    (
        ">",
        cases((log(1 + exp(-num(0)), 2), z < 0), (0, None)),
        by_cases("for $z < 0$ the exponential is more than $e^0$; the loss is positive"),
    ),
    (cases((1, z < 0), (0, None)), evaluate),
    (indicator(z < 0), by_cases("these are the values of the indicator")),
    (zero_one(z), fold(zero_one)),
)

BASE2_UPPER_BOUND_WITH_TIES = derive(
    Claim(
        "base2_loss.upper_bound_with_ties",
        L2(z),
        ">=",
        with_ties(z),
        on={z: Reals},
        title="The base-2 loss is an upper bound, ties counted",
        says="The base-2 loss is at least the zero-one loss that counts ties as errors.",
        source=BARTLETT,
    ),
    (log(1 + exp(-z), 2), using(BASE2_LOG_FORM)),
    (
        ">=",
        cases((log(1 + exp(-num(0)), 2), z <= 0), (0, None)),
        by_cases(r"for $z \le 0$ the exponential is at least $e^0$; the loss is positive"),
    ),
    (cases((1, z <= 0), (0, None)), evaluate),
    (indicator(z <= 0), by_cases("these are the values of the indicator")),
    (with_ties(z), fold(with_ties)),
)

BASE2_TOUCHES = derive(
    Claim(
        "base2_loss.touches_at_zero",
        L2(0),
        "=",
        with_ties(0),
        on={},
        title="Where the base-2 loss touches",
        says="At 0 the base-2 loss is the zero-one loss that counts ties as errors.",
    ),
    (1, using(BASE2_AT_ZERO)),
    (with_ties(0), using(TIES_ON_NONPOSITIVE, z=0)),
)

BASE2_TOUCHES_ONLY = derive(
    Claim(
        "base2_loss.touches_only_at_zero",
        L2(z),
        ">",
        with_ties(z),
        on={z: Reals},
        where=ne(z, 0),
        title="It touches at zero only",
        says="Away from 0 the base-2 loss exceeds the zero-one loss, ties counted or not.",
    ),
    (log(1 + exp(-z), 2), using(BASE2_LOG_FORM)),
    (
        ">",
        cases((log(1 + exp(-num(0)), 2), z <= 0), (0, None)),
        by_cases("for $z < 0$ the exponential is more than $e^0$; the loss is positive"),
    ),
    (cases((1, z <= 0), (0, None)), evaluate),
    (indicator(z <= 0), by_cases("these are the values of the indicator")),
    (with_ties(z), fold(with_ties)),
)
