"""The results that have a kernel: functions of scalars that people compute every day.

Every id here gives a kernel (a test holds that); other claims may have one too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from numeric.cache import Cache
from numeric.evidence import KernelNote, Report
from numeric.kernels.certificate import Choice
from numeric.kernels.kernel import chosen, known_choice
from numeric.workers import Limits, each

KERNELS: Final = (
    # the sigmoid, its derivatives and its inverse
    "sigmoid.exp_form",
    "sigmoid.derivative",
    "sigmoid.second_derivative",
    "sigmoid.third_derivative",
    "logit.difference",
    "logit.derivative",
    # its logarithm, softplus and the logistic loss
    "log_sigmoid.softplus_form",
    "log_sigmoid.derivative",
    "log_sigmoid.second_derivative",
    "softplus.stable_form",
    "logistic_loss.log_form",
    "logistic_loss.derivative",
    "logistic_loss.second_derivative",
    "base2_loss.log_form",
    "base2_loss.derivative",
    "base2_loss.second_derivative",
    # losses of a score and a label
    "soft_label.one_softplus",
    "soft_label.derivative",
    "soft_label.second_derivative",
    "signed_label.log_form",
    "signed_label.derivative",
    "signed_label.second_derivative",
    "squared_error.derivative",
    "squared_error.second_derivative_for_one",
    "squared_error.second_derivative_for_zero",
    "cross_entropy.at_the_label",
    "cross_entropy.slope",
    # other sigmoid functions and their derivatives
    "squashing.tanh.fraction",
    "squashing.tanh.derivative",
    "squashing.areas.arctan",
    "squashing.arctan.derivative",
    "squashing.arctan.normalised_odd",
    "squashing.arctan.normalised_derivative",
    "squashing.areas.erf",
    "squashing.erf.derivative",
    "squashing.erf.normalised_odd",
    "squashing.erf.normalised_derivative",
    "squashing.areas.algebraic",
    "squashing.algebraic.derivative",
    "squashing.areas.softsign",
    "squashing.softsign.derivative",
    "squashing.areas.gudermannian",
    "squashing.gudermannian.derivative",
    "squashing.gudermannian.normalised_odd",
    "squashing.gudermannian.normalised_derivative",
    # distribution functions and densities
    "distributions.logistic.derivative",
    "distributions.normal.cdf",
    "distributions.normal.derivative",
    "distributions.student.cauchy",
    "distributions.student.cauchy_cdf",
    "distributions.student.two_degrees",
    "distributions.student.two_degrees_cdf",
    # exponential families: log-densities, slopes and curvatures of log-partitions
    "exponential_family.bernoulli.log_partition_at_phi",
    "exponential_family.bernoulli.log_partition_slope",
    "exponential_family.bernoulli.mean_value",
    "exponential_family.bernoulli.variance_value",
    "exponential_family.log_mass.bernoulli",
    "exponential_family.log_density.normal",
    "exponential_family.log_density.gaussian",
    "exponential_family.log_density.gaussian2",
    "exponential_family.gaussian2.log_partition_at",
    "exponential_family.gaussian.mean_value",
    "exponential_family.gaussian2.mean_1",
    "exponential_family.gaussian2.mean_2",
    "exponential_family.gaussian2.covariance_11",
    "exponential_family.gaussian2.covariance_12",
    "exponential_family.gaussian2.covariance_22",
    "exponential_family.gaussian2.gradient_1",
    "exponential_family.gaussian2.gradient_2",
    "exponential_family.gaussian2.curvature_1",
)
# Functions of rows.
ROW_KERNELS: Final = (
    "softmax.shift",
    "softmax.log",
    "softmax.logsumexp_others",
    "softmax.logsumexp_gradient",
    "softmax.jacobian",
    "softmax.jacobian_product",
    "softmax.log_jacobian",
    "softmax.cross_entropy_scores",
    "softmax.cross_entropy_slope",
    "softmax.cross_entropy_gradient",
)
SHELF: Final = (*KERNELS, *ROW_KERNELS)
_LIMITS: Final = Limits(seconds=300.0, memory=4096)


def with_kernels(
    reports: Sequence[Report], jobs: int = 1, cache: Cache | None = None
) -> list[Report]:
    """The reports, those of passing results on the shelf with the certificate of their kernel:
    from the cache, or found by several workers. A kernel that is not found in time is left out."""
    wanted = [report.id for report in reports if report.id in SHELF and report.verdict.is_pass]
    notes = {} if cache is None else _known(wanted, cache)
    missing = [id for id in wanted if id not in notes]
    work = partial(chosen, cache=cache)
    for id, answer in zip(missing, each(work, missing, _LIMITS, jobs), strict=True):
        if isinstance(answer, Choice):
            notes[id] = answer.note
    return [replace(r, kernel=notes[r.id]) if r.id in notes else r for r in reports]


def _known(ids: Sequence[str], cache: Cache) -> dict[str, KernelNote]:
    found = ((id, known_choice(id, cache)) for id in ids)
    return {id: choice.note for id, choice in found if choice is not None}
