"""Certificates of kernels on disk: a kernel is searched for and audited once.

What is kept is which candidate it was and its certificate, never code: the source is written anew
from the candidate. An entry counts for the claim as it stands, the toolkit's own source, the
versions of the libraries and the instructions of the processor, on which the last digits depend.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from numeric.accuracy.findings import Audit
from numeric.accuracy.rows.target import RowTarget
from numeric.accuracy.target import Target
from numeric.cache import Cache, Json
from numeric.evidence import Verdict
from numeric.kernels.certificate import Certificate, Choice

_LIBRARIES: Final = ("numpy", "scipy")


def kept(cache: Cache, target: Target | RowTarget, options: Mapping[str, float]) -> Choice | None:
    """The choice that was kept for that target, if one was."""
    answer = cache.get(_question(target, options))
    try:
        return None if answer is None else _read(answer)
    except (KeyError, TypeError, ValueError):
        return None


def keep(
    cache: Cache, target: Target | RowTarget, options: Mapping[str, float], choice: Choice
) -> None:
    certificate = choice.certificate
    answer = {
        "recipe": choice.recipe,
        "computed_as": choice.computed_as,
        "verdict": certificate.verdict.value,
        "method": certificate.method,
        "audit": certificate.audit.as_json(),
        "versions": dict(certificate.versions),
    }
    cache.put(_question(target, options), answer)


def _read(answer: Json) -> Choice:
    certificate = Certificate(
        Verdict(answer["verdict"]),
        answer["method"],
        Audit.from_json(answer["audit"]),
        tuple(answer["versions"].items()),
    )
    return Choice(answer["recipe"], answer["computed_as"], certificate)


def _question(target: Target | RowTarget, options: Mapping[str, float]) -> dict[str, Any]:
    return {
        "question": "the kernel of a result",
        "id": target.id,
        "equals": [str(formula) for formula in target.equals],
        "domains": _domains(target),
        "options": dict(options),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "c library": list(platform.libc_ver()),
        "processor": _instructions(),
    }


def _domains(target: Target | RowTarget) -> dict[str, str]:
    if isinstance(target, RowTarget):
        return {v.name: str(d) for v, d in zip(target.arrays, target.domains, strict=True)}
    return {v.name: str(d) for v, d in zip(target.variables, target.domains, strict=True)}


def _instructions() -> list[str]:
    """The instructions that NumPy found: its functions round differently with others."""
    found: Any = np.show_config(mode="dicts")
    return sorted(found.get("SIMD Extensions", {}).get("found", []))
