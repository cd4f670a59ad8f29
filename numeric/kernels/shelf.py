"""The results that have a kernel: functions of scalars that people compute every day.

Every id here gives a kernel (a test holds that); other claims may have one too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from numeric.kernels.kernel import Certificate, found_kernel
from numeric.workers import Failure, Limits, each

KERNELS: Final = (
    # the sigmoid, its derivatives and its inverse
    "sigmoid.exp_form",
    "sigmoid.derivative",
    "sigmoid.second_derivative",
    "logit.difference",
    "logit.derivative",
    # its logarithm, softplus and the logistic loss
    "log_sigmoid.softplus_form",
    "softplus.stable_form",
    "logistic_loss.log_form",
    "logistic_loss.derivative",
    "logistic_loss.second_derivative",
    "base2_loss.log_form",
    # losses of a score and a label
    "soft_label.one_softplus",
    "soft_label.second_derivative",
    "signed_label.log_form",
    "signed_label.derivative",
    "signed_label.second_derivative",
    "squared_error.derivative",
    # other sigmoid functions and their derivatives
    "squashing.tanh.fraction",
    "squashing.tanh.derivative",
    "squashing.areas.arctan",
    "squashing.arctan.derivative",
    "squashing.areas.erf",
    "squashing.erf.derivative",
    "squashing.areas.algebraic",
    "squashing.algebraic.derivative",
    "squashing.areas.softsign",
    "squashing.softsign.derivative",
    "squashing.areas.gudermannian",
    "squashing.gudermannian.derivative",
    # exponential families: log-densities, slopes and curvatures of log-partitions
    "exponential_family.bernoulli.log_partition_slope",
    "exponential_family.log_mass.bernoulli",
    "exponential_family.log_density.normal",
    "exponential_family.log_density.gaussian",
    "exponential_family.log_density.gaussian2",
    "exponential_family.gaussian2.gradient_1",
    "exponential_family.gaussian2.gradient_2",
    "exponential_family.gaussian2.curvature_1",
)
_SECONDS: Final = 300.0


def certificates(ids: Sequence[str], jobs: int = 1) -> dict[str, Certificate]:
    """The certificates of kernels, found by several workers; an id without a kernel is left out."""
    found = each(_certificate, ids, Limits(_SECONDS, memory=4096), jobs)
    return {
        id: answer
        for id, answer in zip(ids, found, strict=True)
        if not isinstance(answer, Failure) and answer is not None
    }


def _certificate(id: str) -> Certificate:
    return found_kernel(id).certificate
