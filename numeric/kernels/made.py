"""What a kernel is: its code, its certificate, and when it may be emitted at all."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from textwrap import fill
from typing import Any

from derivations.core.claim import Claim, Variable
from derivations.core.domain import Domain
from derivations.core.formula import Formula
from numeric.accuracy.findings import Audit
from numeric.kernels.certificate import MAX_ULP, Certificate, Choice


class KernelError(ValueError):
    """There is no kernel for that result; one sentence says why."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """The code for a result, and why it may be trusted."""

    id: str
    name: str
    variables: tuple[tuple[Variable, Domain], ...]
    formula: Formula
    rewritten: Formula
    recipe: str
    certificate: Certificate
    source: str

    @property
    def choice(self) -> Choice:
        return Choice(self.recipe, str(self.rewritten), self.certificate)

    def compiled(self) -> Callable[..., Any]:
        """The function, a new one with every call."""
        return function_of(self.source, self.name)


def is_right(found: Audit) -> bool:
    """Whether a function may be emitted: accurate (a function of several variables: relative to
    the condition number), right where it is not finite, no wrong zero, nan to nan, the same for
    floats and arrays, and silent."""
    return (
        found.max_conditioned <= MAX_ULP
        and not found.wrong_nonfinite
        and not found.failures
        and not found.wrong_zeros
        and not found.at_infinity
        and found.nan_kept
        and not found.scalar_differs
        and not found.warnings
    )


def name_of(id: str) -> str:
    """The name of the function for a claim.

    >>> name_of("softplus.stable_form")
    'softplus_stable_form'
    """
    return re.sub(r"\W", "_", id)


def function_of(source: str, name: str) -> Callable[..., Any]:
    """The function of that name in a source of ours."""
    namespace: dict[str, Any] = {}
    exec(compile(source, f"<kernel {name}>", "exec"), namespace)  # noqa: S102  (our own source)
    made: Callable[..., Any] = namespace[name]
    return made


def versions() -> tuple[tuple[str, str], ...]:
    """The versions that a certificate depends on."""
    names = ("derivations", "numpy", "scipy", "python-flint", "mpmath")
    return (("Python", platform.python_version()), *((name, version(name)) for name in names))


def docstring(
    claim: Claim,
    domains: Sequence[tuple[Variable, Domain]],
    formula: Formula,
    certificate: Certificate,
) -> str:
    """What a kernel says of itself: what it computes, how, and how well."""
    where = ", ".join(f"{variable.name} in {domain}" for variable, domain in domains)
    libraries = ", ".join(f"{name} {number}" for name, number in certificate.versions)
    lines = (
        f"{claim.statement}, for {where}.",
        "",
        f"Claim        {claim.id}",
        f"Computed as  {formula}",
        f"Certificate  {certificate.sentence}.",
        f"Made with    {libraries}.",
    )
    wrapped = (fill(line, 92, subsequent_indent=" " * 13) for line in lines)
    return "\n".join(wrapped).replace("\\", "\\\\") + "\n"
