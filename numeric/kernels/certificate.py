"""What is known about a kernel: that it is equal to the result, and how large its errors are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from numeric.accuracy.findings import Audit
from numeric.accuracy.sentences import placed, ulp
from numeric.evidence import KernelNote, Verdict

MAX_ULP: Final = 4.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """The verdict on `candidate = result`, how it was reached, and the audit of the code."""

    verdict: Verdict
    method: str
    audit: Audit
    versions: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        found = self.audit
        bound = f"at most {ulp(found.max_ulp)} ULP, met at {placed(found.worst)}"
        if found.relative:
            bound = (
                f"at most {found.max_conditioned:.2g} times (1 + condition number) ULP, met at "
                f"{placed(found.worst)}; {ulp(found.max_ulp)} ULP where that is large"
            )
        elif found.max_ulp > MAX_ULP:
            bound = (
                f"at most {found.max_conditioned:.2g} times (1 + condition number) ULP; "
                f"{ulp(found.max_ulp)} ULP at {placed(found.worst)}"
            )
        return (
            f"equal to the result: {self.verdict} ({self.method}); {bound}, over "
            f"{found.points:,} certified points and {found.searched:,} searched "
            f"(seed {found.seed})"
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate that became a kernel: how it was found, what it says, its certificate."""

    recipe: str
    computed_as: str
    certificate: Certificate

    @property
    def note(self) -> KernelNote:
        """What stands beside the derivation in a document."""
        found = self.certificate.audit
        return KernelNote(
            self.computed_as,
            self.certificate.verdict.value,
            found.max_ulp,
            found.max_conditioned,
            found.worst,
            found.points,
            found.searched,
            found.seed,
            self.certificate.versions,
        )
