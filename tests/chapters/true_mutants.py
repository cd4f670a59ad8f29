"""Mutants that are no fault of the checkers, by the reason, then by name.

A name is the claim's id, the number of the step, and what was changed.
"""

from typing import Final

# Changed lines that are in relation to the line before all the same.
WHY_TRUE: Final[dict[str, tuple[str, ...]]] = {
    "the limit is 0, and so is every multiple of it": (
        "sigmoid.limit_at_minus_infinity/1/flipped sign",
        "sigmoid.derivative_limit_at_infinity/1/flipped sign",
        "softplus.limit_at_minus_infinity/1/changed coefficient",
        "softplus.asymptote/2/flipped sign",
        "softplus.asymptote/1/changed coefficient",
        "logistic_loss.limit_at_infinity/1/flipped sign",
        "logistic_loss.limit_at_infinity/1/changed coefficient",
        "base2_loss.limit_at_infinity/2/flipped sign",
        "base2_loss.limit_at_infinity/2/changed coefficient",
        "squared_error.gradient_vanishes_for_one/1/flipped sign",
        "cross_entropy.limit_zero/1/flipped sign",
        "squashing.steep.step_left/1/flipped sign",
        "squashing.steep.left_of/1/changed coefficient",
        "training.margin_limit/1/flipped sign",
        "distributions.logistic.limit_minus/1/flipped sign",
        "distributions.normal.limit_minus/1/flipped sign",
        "distributions.normal.limit_minus/1/changed coefficient",
    ),
    "the term is 0: without it, or with the other sign, nothing changes": (
        "sigmoid.integral_from_minus_infinity/2/flipped sign",
        "sigmoid.density_total/2/flipped sign",
        "sigmoid.cdf/2/dropped term",
        "logistic_loss.gradient_stays_for_one/2/flipped sign",
        "logistic_loss.gradient_stays_for_one/2/dropped term",
        "exponential_family.bernoulli.mean_value/1/changed coefficient",
        "exponential_family.bernoulli.mean_value/3/dropped term",
        "squashing.tanh.slope_at_zero/2/dropped term",
        "squashing.steep.left_of/2/dropped term",
        "exponential_family.gaussian.mean_value/7/flipped sign",
    ),
    "tanh tends to 1 like the sigmoid": (
        "sigmoid.density_total/2/swapped function",
        "sigmoid.derivative_limit_at_infinity/1/swapped function",
        "squared_error.gradient_vanishes_for_zero/1/swapped function",
        "squashing.steep.right_of/1/swapped function",
        "squashing.saturation.sigmoid/1/swapped function",
        "distributions.logistic.limit_plus/1/swapped function",
    ),
    "another factor is 0": (
        "sigmoid.second_derivative_at_zero/1/dropped term",
        "sigmoid.inflection_on_right/2/changed coefficient",
        "sigmoid.inflection_on_right/1/dropped term",
        "sigmoid.inflection_on_right/1/swapped function",
        "sigmoid.inflection_on_left/2/changed coefficient",
        "sigmoid.inflection_on_left/1/dropped term",
        "cross_entropy.hard_one/1/changed coefficient",
        "cross_entropy.slope_at_the_label/1/changed coefficient",
        "squashing.arctan.normalised_slope/1/changed coefficient",
        "squashing.algebraic.value_at_zero/1/flipped sign",
        "squashing.algebraic.value_at_zero/1/changed coefficient",
        "squashing.algebraic.value_at_zero/1/swapped function",
        "squashing.softsign.value_at_zero/1/flipped sign",
        "squashing.softsign.value_at_zero/1/changed coefficient",
        "squashing.softsign.value_at_zero/1/swapped function",
        "squashing.softsign.slope_at_zero/1/swapped function",
        "squashing.tanh.value_at_zero/1/changed coefficient",
        "squashing.tanh.value_at_zero/1/dropped term",
    ),
    "0 is every multiple of itself": (
        "sigmoid.limit_at_minus_infinity/2/changed coefficient",
        "sigmoid.derivative_limit_at_minus_infinity/2/flipped sign",
        "sigmoid.derivative_limit_at_minus_infinity/2/changed coefficient",
        "log_sigmoid.limit_at_infinity/2/flipped sign",
        "logistic_loss.upper_bound_on_right/2/changed coefficient",
        "cross_entropy.limit_one/2/flipped sign",
        "cross_entropy.slope_at_the_label/2/flipped sign",
        "squashing.gudermannian.value_at_zero/1/flipped sign",
        "squashing.steep.left_of/3/flipped sign",
    ),
    "a constant has no derivative": (
        "log_sigmoid.second_derivative/1/changed coefficient",
        "log_sigmoid.second_derivative/1/dropped term",
        "log_sigmoid.concave/1/dropped term",
        "logistic_loss.convex/1/changed coefficient",
        "exponential_family.gaussian2.slope_2/1/changed coefficient",
        "glm.gaussian.least_squares/1/dropped term",
        "glm.gaussian.least_squares/1/swapped function",
    ),
    "the indicator is 0, or keeps its value, on this domain": (
        "zero_one_loss.otherwise/1/flipped sign",
        "zero_one_loss.ties_otherwise/1/flipped sign",
        "logistic_loss.not_upper_bound_at_minus_half/2/changed coefficient",
        "squared_error.not_upper_bound/3/changed coefficient",
    ),
    "a square does not see the sign": (
        "squared_error.reflection/1/flipped sign",
        "squared_error.four_times_for_zero/1/flipped sign",
        "squared_error.least_factor/2/flipped sign",
        "exponential_family.gaussian2.mean_2/2/flipped sign",
    ),
    "the exponent is 0, and every power with it is 1": (
        "likelihood.mass_of_one/1/flipped sign",
        "likelihood.mass_of_one/1/dropped term",
    ),
    "both functions are 0 at 0": (
        "squashing.tanh.slope_at_zero/1/swapped function",
        "squashing.gudermannian.value_at_zero/1/swapped function",
        "squashing.softsign.derivative_continuous/1/swapped function",
    ),
    "the changed term does not depend on the variable": (
        "exponential_family.gaussian2.slope_1/1/dropped term",
        "exponential_family.gaussian2.slope_1/1/swapped function",
        "exponential_family.gaussian2.hessian_12/1/swapped function",
    ),
    "the limit is the same for every positive factor": (
        "squashing.erf.normalised_limit_plus/1/swapped function",
        "squashing.erf.normalised_limit_minus/1/swapped function",
        "distributions.normal.limit_plus/1/swapped function",
    ),
    "1 to any power is 1": ("squashing.algebraic.slope_at_zero/1/changed coefficient",),
    "an integral over the whole line does not feel a shift": (
        "exponential_family.gaussian2.normalised/1/flipped sign",
        "exponential_family.gaussian2.normalised/1/dropped term",
    ),
    "tanh tends to -1 like erf": ("distributions.normal.limit_minus/1/swapped function",),
    "the integral of t phi(t) is 0": (
        "exponential_family.gaussian2.mean_2/5/changed coefficient",
        "exponential_family.gaussian2.mean_2/5/dropped term",
        "exponential_family.gaussian2.mean_1/4/dropped term",
        "exponential_family.gaussian2.covariance_12/7/dropped term",
    ),
    "a covariance does not feel a constant": (
        "exponential_family.gaussian2.covariance_12/1/flipped sign",
        "exponential_family.gaussian2.covariance_12/2/changed coefficient",
        "exponential_family.gaussian2.hessian_12/7/flipped sign",
        "exponential_family.gaussian2.hessian_12/7/dropped term",
    ),
}

# Changed lines, or labels, that the reason carries all the same.
WHY_FITTING: Final[dict[str, tuple[str, ...]]] = {
    "the wrong line is true, and the reason gives it as well": (
        "sigmoid.limit_at_minus_infinity/2/changed coefficient",
        "sigmoid.density_total/2/flipped sign",
        "sigmoid.density_total/2/swapped function",
        "sigmoid.cdf/2/dropped term",
        "sigmoid.derivative_limit_at_minus_infinity/2/flipped sign",
        "sigmoid.derivative_limit_at_minus_infinity/2/changed coefficient",
        "sigmoid.inflection_on_right/2/changed coefficient",
        "sigmoid.inflection_on_left/2/changed coefficient",
        "logistic_loss.upper_bound_on_right/2/changed coefficient",
        "squared_error.not_upper_bound/3/changed coefficient",
        "squared_error.least_factor/2/flipped sign",
        "cross_entropy.limit_one/2/flipped sign",
        "cross_entropy.slope_at_the_label/2/flipped sign",
        "squashing.tanh.slope_at_zero/2/dropped term",
        "squashing.arctan.normalised_slope/1/changed coefficient",
        "squashing.algebraic.slope_at_zero/1/changed coefficient",
        "squashing.steep.left_of/3/flipped sign",
        "exponential_family.gaussian2.covariance_12/7/dropped term",
    ),
    "the line follows by evaluating too": (
        "logistic_loss.not_upper_bound_at_minus_half/2/mislabelled reason",
        "squared_error.least_factor/6/mislabelled reason",
        "exponential_family.bernoulli.normalised/1/mislabelled reason",
        "squashing.arctan.odd/1/mislabelled reason",
    ),
}

TRUE: Final = {name: why for why, names in WHY_TRUE.items() for name in names}
FITTING: Final = {name: why for why, names in WHY_FITTING.items() for name in names}
