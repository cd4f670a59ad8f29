"""The numbers: compile, sample, enclose, compare, judge.

What is named here is imported when it is asked for: an answer that is on disk already needs no
evaluation.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numeric.accuracy.asserting import assert_accurate
    from numeric.answers import check_file
    from numeric.evidence import Evidence, Report, StepEvidence, Verdict, Witness, as_json
    from numeric.judge import ContradictionError, check
    from numeric.kernels.kernel import kernel
    from numeric.repair import repair
    from numeric.verify import verify, verify_all

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
    "ContradictionError": "judge",
    "Evidence": "evidence",
    "Report": "evidence",
    "StepEvidence": "evidence",
    "Verdict": "evidence",
    "Witness": "evidence",
    "as_json": "evidence",
    "assert_accurate": "accuracy.asserting",
    "check": "judge",
    "check_file": "answers",
    "kernel": "kernels.kernel",
    "repair": "repair",
    "verify": "verify",
    "verify_all": "verify",
}


class _Room(ModuleType):
    """A package in which `verify` is the function, also after the module `numeric.verify`, which
    has it, was imported."""

    def __getattr__(self, name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"{self.__name__}.{_HOMES[name]}"), name)
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Room
