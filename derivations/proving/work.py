"""A budget of work for a proof, so that none hangs: the same amount for the same claim, whatever
the machine does besides.

Work is counted in steps of arithmetic on polynomials and of ranges; about a hundred thousand are
done in a second. Where there is no budget, nothing is counted.

>>> with budget(10):
...     spend(8)
...     spend(8)
Traceback (most recent call last):
    ...
derivations.proving.work.OutOfWork: the work for a proof is more than its budget
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MOST_WORK: Final = 600_000  # for the proof of one statement
MOST_WORK_OF_STEP: Final = 1_000_000  # for all that is tried for one step


class OutOfWork(Exception):  # noqa: N818 (it says that, and is no error of anybody)
    """The budget is spent. Not a `FormulaError`: nobody but who set the budget goes on."""


class _Account:
    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left: int | None = None


_account: Final = _Account()


def spend(amount: int) -> None:
    """Count work. Errors: `OutOfWork`."""
    left = _account.left
    if left is not None:
        _account.left = left = left - amount
        if left < 0:
            raise OutOfWork("the work for a proof is more than its budget")


def left() -> int | None:
    """What is left of the budget; None where there is none."""
    return _account.left


@contextmanager
def budget(amount: int) -> Iterator[None]:
    """No more work than so much inside; what is done there counts outside too."""
    outer = _account.left
    own = amount if outer is None else min(amount, outer)
    _account.left = own
    try:
        yield
    finally:
        done = own - (_account.left or 0)
        _account.left = None if outer is None else outer - done
