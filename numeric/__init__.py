"""The numbers: compile, sample, enclose, compare, judge.

What is named here is imported when it is asked for: an answer that is on disk already needs no
evaluation.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numeric.accuracy.asserting import assert_accurate
    from numeric.answers import check_file
    from numeric.evidence import Evidence, Report, StepEvidence, Verdict, Witness, as_json
    from numeric.judging.judge import ContradictionError, check
    from numeric.judging.repair import repair
    from numeric.judging.verify import verify, verify_all
    from numeric.kernels.kernel import kernel

__all__ = [
    "ContradictionError",
    "Evidence",
    "Report",
    "StepEvidence",
    "Verdict",
    "Witness",
    "as_json",
    "assert_accurate",
    "check",
    "check_file",
    "kernel",
    "repair",
    "verify",
    "verify_all",
]

_HOMES: Final = {
    "ContradictionError": "judging.judge",
    "Evidence": "evidence",
    "Report": "evidence",
    "StepEvidence": "evidence",
    "Verdict": "evidence",
    "Witness": "evidence",
    "as_json": "evidence",
    "assert_accurate": "accuracy.asserting",
    "check": "judging.judge",
    "check_file": "answers",
    "kernel": "kernels.kernel",
    "repair": "judging.repair",
    "verify": "judging.verify",
    "verify_all": "judging.verify",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
