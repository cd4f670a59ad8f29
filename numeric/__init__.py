"""The numbers: compile, sample, enclose, compare, judge."""

from numeric.evidence import Evidence, Report, StepEvidence, Verdict, Witness, as_json
from numeric.judge import ContradictionError, check
from numeric.verify import verify, verify_all

__all__ = [
    "ContradictionError",
    "Evidence",
    "Report",
    "StepEvidence",
    "Verdict",
    "Witness",
    "as_json",
    "check",
    "verify",
    "verify_all",
]
