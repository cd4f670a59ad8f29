"""The results that have a kernel: functions of scalars that people compute every day.

Every id here gives a kernel (a test holds that); other claims may have one too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from numeric.evidence import KernelNote, Report
from numeric.kernels.kernel import found_kernel
from numeric.workers import Limits, each

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


def with_kernels(reports: Sequence[Report], jobs: int = 1) -> list[Report]:
    """The reports, those of passing results on the shelf with the certificate of their kernel,
    found by several workers. A kernel that is not found in time is left out."""
    wanted = [report.id for report in reports if report.id in KERNELS and report.verdict.is_pass]
    answers = each(_note, wanted, Limits(_SECONDS, memory=4096), jobs)
    found = dict(zip(wanted, answers, strict=True))
    return [
        replace(report, kernel=note)
        if isinstance(note := found.get(report.id), KernelNote)
        else report
        for report in reports
    ]


def _note(id: str) -> KernelNote:
    made = found_kernel(id)
    found = made.certificate.audit
    return KernelNote(
        str(made.rewritten),
        made.certificate.verdict.value,
        found.max_ulp,
        found.max_conditioned,
        found.worst,
        found.points,
        found.searched,
        found.seed,
        made.certificate.versions,
    )
