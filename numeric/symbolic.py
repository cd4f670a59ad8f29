"""What the symbolic side offers to the judge (until it is complete, the judge works without)."""

from __future__ import annotations

try:
    from derivations.proving.prove import Proof, prove
except ImportError:
    from dataclasses import dataclass

    from derivations.core.claim import Claim

    @dataclass(frozen=True, slots=True)
    class Proof:  # type: ignore[no-redef]
        method: str
        conditions: tuple[str, ...] = ()

    def prove(claim: Claim) -> Proof | None:
        return None


try:
    from derivations.proving.reasons import rejection
except ImportError:
    from derivations.core.claim import Claim
    from derivations.core.derivation import Step
    from derivations.core.formula import Formula

    def rejection(before: Formula, step: Step, claim: Claim) -> str | None:
        return None


__all__ = ["Proof", "prove", "rejection"]
