"""The kernel of a result of rows: candidates around the largest score, audited and verified.

>>> import numpy as np
>>> from numeric.kernels.kernel import kernel
>>> softmax = kernel("softmax.shift")
>>> softmax([1000.0, 1000.0]).tolist(), softmax([0.0, -np.inf]).tolist()
([0.5, 0.5], [1.0, 0.0])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from math import nan
from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from derivations.core.domain import Domain, Sizes
from derivations.core.formula import Formula, Symbol
from derivations.core.substitute import free_symbols, fresh_symbol
from numeric.accuracy.findings import Audit
from numeric.accuracy.rows.audit import audit_rows
from numeric.accuracy.rows.target import RowTarget
from numeric.accuracy.sentences import placed, ulp
from numeric.compile import numpy_function
from numeric.evidence import Verdict
from numeric.kernels.certificate import MAX_ULP, Certificate, Choice
from numeric.kernels.constants import NoProgramError
from numeric.kernels.made import (
    Kernel,
    KernelError,
    docstring,
    function_of,
    is_right,
    name_of,
    versions,
)
from numeric.kernels.rows.alone import largest_alone
from numeric.kernels.rows.denominators import over_one_denominator, split_at_the_diagonal
from numeric.kernels.rows.emit import is_left_short, source_of
from numeric.kernels.rows.judged import judged
from numeric.kernels.rows.operations import RowProgram
from numeric.kernels.rows.pivot import NoPivotError, pivoted
from numeric.kernels.rows.program import program_of
from numeric.kernels.rows.quick import quick_forms
from numeric.kernels.rows.scaled import scaled
from numeric.kernels.rows.shifts import freely_shifted
from numeric.kernels.rows.words import of_rows

_POINTS: Final = 6_000
# A first look that is enough to dismiss.
_FIRST_POINTS: Final = 400
OPTIONS: Final = {"max_ulp": MAX_ULP, "points": _POINTS, "first_points": _FIRST_POINTS}

# An error so many times that of another candidate is avoided, at some cost.
_MUCH: Final = 8.0

# What a recipe is called where scores that are infinite alike have the difference 0.
_FREELY: Final = ", where exponentials need it"
_SCALED: Final = ", scaled"
_TIED: Final = ", infinite ties at distance 0"


def kernel_of_rows(claim: Claim, target: RowTarget) -> Kernel:
    """The cheapest accurate candidate that is proved or consistent; of those that keep their bound
    beside the condition number, one that is not much worse than another.

    Errors: `KernelError` where there is none.
    """
    right: list[tuple[_Trial, Audit]] = []
    wrong: list[Audit] = []
    has_limits: set[Formula] = set()
    for trial in _trials(target):
        if trial.formula in has_limits:  # as it is, without another rule for ties
            continue
        found = _audited(trial, target, _FIRST_POINTS)
        if not found.at_infinity:
            has_limits.add(trial.formula)
        if _is_right(found):
            right.append((trial, found))
        else:
            wrong.append(found)
    least = min((found.max_ulp for _, found in right), default=0.0)
    right.sort(key=lambda pair: pair[1].max_ulp > _MUCH * least)
    for trial, first in right:
        certificate = _certificate(trial, claim, target, wrong)
        if certificate is not None:
            for quick in _quick_trials(target, trial):
                found = _audited(quick, target, _FIRST_POINTS)
                if _is_right(found) and found.max_ulp <= _MUCH * first.max_ulp:
                    both = _certificate(quick, claim, target, wrong, certificate)
                    if both is not None:
                        return _emitted(claim, target, quick, both)
            return _emitted(claim, target, trial, certificate)
    if not wrong:
        raise KernelError(f"{target.id} has no rewriting that NumPy can compute: {target.formula}")
    raise KernelError(
        f"no rewriting of {target.id} is accurate to {MAX_ULP:g} times (1 + condition number) ULP "
        f"and right everywhere: the nearest {_lack(min(wrong, key=_rank))}"
    )


def _certificate(
    trial: _Trial,
    claim: Claim,
    target: RowTarget,
    wrong: list[Audit],
    other: Certificate | None = None,
) -> Certificate | None:
    """What is known of a candidate (that leaves some rows to another with a certificate), None
    where it is not shown to be equal, or not right."""
    program = trial.program if trial.quick is None else trial.quick
    evidence = judged(trial.formula, target, program.names, claim.where)
    found = _audited(trial, target, _POINTS)
    if not (evidence.verdict.is_pass and _is_right(found)):
        wrong.append(found)
        return None
    verdict, methods = evidence.verdict, [evidence.method]
    if other is not None:
        verdict = verdict if verdict is other.verdict else Verdict.CONSISTENT
        methods.append(other.method)
    return Certificate(verdict, "; ".join(dict.fromkeys(methods)), found, versions())


def _lack(found: Audit) -> str:
    """What is wrong with a candidate."""
    if found.wrong_nonfinite:
        return f"gives a wrong inf, nan or finite value at {placed(found.first_nonfinite)}"
    if found.bounded > MAX_ULP:
        return f"has {ulp(found.bounded)} at {placed(found.worst)}"
    if found.at_infinity:
        return found.at_infinity[0].replace("it gives", "gives")
    return "warns, loses nan, is not shown to be equal, or gives a row alone another value"


def again(claim: Claim, target: RowTarget, known: Choice) -> Kernel | None:
    """The kernel of a choice that was made before."""
    for trial in _trials(target):
        for one in (trial, *_quick_trials(target, trial)):
            if one.recipe == known.recipe and str(one.formula) == known.computed_as:
                return _emitted(claim, target, one, known.certificate)
    return None


@dataclass(frozen=True, slots=True)
class _Trial:
    recipe: str
    formula: Formula
    program: RowProgram
    ties_are_one: bool
    # Goes first, and leaves some rows to the program; `formula` is what it computes.
    quick: RowProgram | None = None
    elsewhere: Formula | None = None

    @property
    def leaves_short_rows(self) -> bool:
        return self.quick is not None and is_left_short(self.program, self.quick)

    def source(self, target: RowTarget, words: str) -> str:
        return source_of(
            self.program,
            name_of(target.id),
            words,
            empty=_at_none(target),
            ties_are_one=self.ties_are_one,
            quick=self.quick,
        )


def _trials(target: RowTarget) -> list[_Trial]:
    """The candidates that compile, cheapest first."""
    taken = free_symbols(target.formula) | {target.size}
    p, c, b = (_another(Symbol(name), taken) for name in "pcb")
    found: list[_Trial] = []
    for formula, recipe in {f: recipe for recipe, f in _candidates(target, p, c, b)}.items():
        try:
            program = program_of(formula, target, (p, c, b))
        except NoProgramError:
            continue
        found.append(_Trial(recipe, formula, program, ties_are_one=False))
        if program.is_shifted:
            found.append(_Trial(recipe + _TIED, formula, program, ties_are_one=True))
    return sorted(found, key=lambda trial: trial.program.cost)


def _quick_trials(target: RowTarget, trial: _Trial) -> Iterator[_Trial]:
    """Candidates without a shift that leave the rows that need one to a trial."""
    p, c, _ = trial.program.names
    for recipe, formula in quick_forms(target.formula, target.arrays[0], target.indices, p, c):
        with suppress(NoProgramError):
            yield replace(
                trial,
                recipe=f"{recipe}; {trial.recipe}",
                formula=formula,
                quick=program_of(formula, target, trial.program.names, quick=True),
                elsewhere=trial.formula,
            )


def _another(like: Symbol, taken: frozenset[Symbol]) -> Symbol:
    return fresh_symbol(like, taken) if like in taken else like


def _candidates(
    target: RowTarget, p: Symbol, c: Symbol, b: Symbol
) -> Iterator[tuple[str, Formula]]:
    """Equals of the formula for every class p and numbers c and b > 0, with how they were found."""
    scores = target.arrays[0]
    for formula in target.equals:
        split = None
        if len(target.indices) == 2:
            split = split_at_the_diagonal(formula, *target.indices)
        written = formula if split is None else split
        yield "as it is derived", written
        with suppress(NoPivotError):
            for recipe, apart in (
                ("shifted by the largest score", False),
                ("the largest score apart", True),
            ):
                found = pivoted(written, scores, p, apart=apart)
                freely = freely_shifted(found, scores, p, c)
                for how, form in ((recipe + _FREELY, freely), (recipe, found)):
                    if form is not None:
                        yield how, form
                        smaller = scaled(form, scores, p, b)
                        if smaller is not None:
                            yield how + _SCALED, smaller
            if len(target.indices) == 1:
                yield from largest_alone(written, scores, target.indices[0], p, c)
            joined = over_one_denominator(found, scores, p)
            if joined is not None:
                yield "the largest score apart, over one denominator", joined


def _audited(trial: _Trial, target: RowTarget, points: int) -> Audit:
    """The audit of a candidate's code; the worst rows are climbed from where there are many."""
    name = name_of(target.id)
    function = function_of(trial.source(target, ""), name)
    climbing = points > _FIRST_POINTS
    return audit_rows(function, target, name=name, points=points, climbing=climbing)


def _rank(found: Audit) -> tuple[bool, float, int]:
    return found.wrong_nonfinite > 0, found.bounded, len(found.at_infinity)


def _is_right(found: Audit) -> bool:
    """As for every kernel; a zero is wrong where it is too far off for the condition there."""
    return is_right(replace(found, wrong_zeros=0))


def _at_none(target: RowTarget) -> float:
    """What an empty row gives, where the value is a number: its sums are 0."""
    if target.indices:
        return nan
    function = numpy_function(target.formula, target.arrays)
    return float(function(*(np.zeros(0) for _ in target.arrays)))


def _emitted(claim: Claim, target: RowTarget, trial: _Trial, certificate: Certificate) -> Kernel:
    domains: Mapping[Any, Domain] = dict(zip(target.arrays, target.domains, strict=True))
    where = (*domains.items(), (target.size, Sizes))
    words = docstring(claim, where, trial.formula, certificate)
    words += of_rows(
        target, trial.formula, trial.elsewhere, trial.program, short=trial.leaves_short_rows
    )
    return Kernel(
        target.id,
        name_of(target.id),
        tuple(domains.items()),
        target.formula,
        trial.formula,
        trial.recipe,
        certificate,
        trial.source(target, words),
    )
