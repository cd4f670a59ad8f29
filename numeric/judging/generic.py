"""A claim judged in general: the isolated points at which exactly one side is undefined are listed,
not held against it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from derivations.core.claim import Claim
from derivations.reading.plain import read_condition
from numeric.deadline import Clock
from numeric.evidence import Evidence, Verdict
from numeric.judging.judge import check
from numeric.points.holes import without

# More exceptions than these are not listed one by one.
_MOST_EXCEPTIONS: Final = 16


def check_in_general(
    claim: Claim,
    *,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
    seconds: float | None = None,
) -> Evidence:
    """The verdict where the exceptions are excluded, with the list of them.

    >>> from derivations.core import Reals, num, symbol
    >>> x = symbol("x")
    >>> found = check_in_general(Claim("one", x / x, "=", num(1), on={x: Reals}))
    >>> found.verdict.value, found.exceptions
    ('proved', (('x = 0', 'x != 0'),))
    """
    clock = Clock(seconds)
    exceptions: list[tuple[str, str]] = []
    names = {variable.name for variable, _ in claim.on}
    while True:
        found = check(claim, digits=digits, points=points, seed=seed, seconds=clock.left)
        if found.verdict is not Verdict.REFUTED or not found.excluding or found.witness is None:
            return replace(found, exceptions=tuple(exceptions))
        if len(exceptions) == _MOST_EXCEPTIONS:
            return replace(
                found,
                verdict=Verdict.UNKNOWN,
                method="",
                witness=None,
                excluding="",
                exceptions=tuple(exceptions),
                reason=f"there are more than {_MOST_EXCEPTIONS} points at which exactly one side "
                f"is undefined; the next one is {found.witness}",
            )
        exceptions.append((str(found.witness), found.excluding))
        claim = without(claim, read_condition(found.excluding, names))
