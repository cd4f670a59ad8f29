"""A kernel: the NumPy function of a derived result, found, verified and measured.

Candidate rewritings of the result are compiled to float64 code and audited; those that are
accurate are judged as claims (candidate = result), cheapest first, and the first that is proved
or consistent is the kernel. Nothing else is emitted.

>>> softplus = kernel("softplus.stable_form")
>>> float(softplus(-745.0)), float(softplus(1e300))
(5e-324, 1e+300)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import inf
from typing import Any, Final

from derivations.core.claim import Claim
from derivations.core.formula import Formula
from numeric.accuracy.audit import audit
from numeric.accuracy.findings import Audit
from numeric.accuracy.named import claim_named
from numeric.accuracy.rows.target import is_of_rows, row_target_of
from numeric.accuracy.sentences import placed, ulp
from numeric.accuracy.target import Target, target_of
from numeric.cache import Cache
from numeric.judging.judge import check
from numeric.kernels.cancelling import share_marked
from numeric.kernels.candidates import candidates
from numeric.kernels.certificate import MAX_ULP, Certificate, Choice
from numeric.kernels.constants import NoProgramError
from numeric.kernels.emit import source_of
from numeric.kernels.guards import judged_beside_its_guard
from numeric.kernels.kept import keep, kept
from numeric.kernels.made import (
    Kernel,
    KernelError,
    docstring,
    function_of,
    is_right,
    name_of,
    versions,
)
from numeric.kernels.ordinary import both_ways, shortened
from numeric.kernels.program import Program, program_of
from numeric.kernels.rows.kernel import OPTIONS as OF_ROWS
from numeric.kernels.rows.kernel import again, kernel_of_rows

__all__ = ["Kernel", "KernelError", "chosen", "found_kernel", "is_right", "kernel", "known_choice"]

_POINTS: Final = 20_000
_SEARCHED: Final = 500_000
# A first look that is enough to dismiss.
_FIRST_POINTS: Final = 2_000
_OPTIONS: Final = {
    "max_ulp": MAX_ULP, "points": _POINTS, "searched": _SEARCHED, "first_points": _FIRST_POINTS,
}  # fmt: skip


# What a recipe is called where constants are subtracted as one double.
_SHORT: Final = ", constants in one double"
# Between the recipes of a short way and of the one for all points.
_ELSE: Final = " for ordinary numbers, else "
# A short way is worth it that costs no more than this part of the other.
_WORTH: Final = 0.9


def kernel(id: str, *, cache: Cache | None = None) -> Callable[..., Any]:
    """The NumPy function of a claim's result: takes floats and arrays, gives float64.

    It is searched for and certified anew, which takes about a second, unless its certificate is in
    the `cache` (`numeric.cache.Cache()`).

    Errors: `KernelError` where no accurate rewriting was found, `AuditError` where the claim has
    no value to compute.
    """
    return _found(id, cache).compiled()


def chosen(id: str, cache: Cache | None = None) -> Choice:
    """Which candidate is the kernel of a claim's result, with its certificate (errors as for
    `kernel`)."""
    known = None if cache is None else known_choice(id, cache)
    return _found(id, cache).choice if known is None else known


def known_choice(id: str, cache: Cache) -> Choice | None:
    """The choice of an earlier run."""
    claim = claim_named(id)
    if is_of_rows(claim):
        return kept(cache, row_target_of(claim, {}), OF_ROWS)
    return kept(cache, target_of(claim, {}), _OPTIONS)


def _found(id: str, cache: Cache | None) -> Kernel:
    """The same whether no cache is named or None is: what is remembered is remembered once."""
    return found_kernel(id) if cache is None else found_kernel(id, cache)


@lru_cache(maxsize=256)
def found_kernel(id: str, cache: Cache | None = None) -> Kernel:
    """The kernel of a claim's result, with its certificate (errors as for `kernel`)."""
    claim = claim_named(id)
    if is_of_rows(claim):
        return _found_of_rows(claim, cache)
    target = target_of(claim, {})
    known = None if cache is None else kept(cache, target, _OPTIONS)
    again = None if known is None else _again(claim, target, known)
    if again is not None:
        return again
    found = kernel_of(claim, target)
    if cache is not None:
        keep(cache, target, _OPTIONS, found.choice)
    return found


def _found_of_rows(claim: Claim, cache: Cache | None) -> Kernel:
    target = row_target_of(claim, {})
    known = None if cache is None else kept(cache, target, OF_ROWS)
    found = None if known is None else again(claim, target, known)
    if found is None:
        found = kernel_of_rows(claim, target)
        if cache is not None:
            keep(cache, target, OF_ROWS, found.choice)
    return found


def _again(claim: Claim, target: Target, known: Choice) -> Kernel | None:
    """The kernel of a choice that was made before."""
    for trial in _trials(target, known.recipe):
        if str(trial.formula) == known.computed_as:
            return _emitted(claim, target, trial, known.certificate)
    return None


def kernel_of(claim: Claim, target: Target) -> Kernel:
    """The cheapest accurate candidate that is proved or consistent, one without blemishes where
    there is one."""
    trials = _trials(target)
    if not trials:
        raise KernelError(f"{target.id} has no rewriting that NumPy can compute: {target.formula}")
    right: list[tuple[_Trial, Audit]] = []
    nearest: Audit | None = None
    least = inf  # the error of what is right so far
    for trial in trials:
        if trial.program.patch is not None and any(_is_sure(*made) for made in right):
            continue  # more digits at a few points would mend nothing
        found = _audited(trial, claim, _FIRST_POINTS, 0)
        promising = is_right(found) and (found.max_ulp <= MAX_ULP or found.max_ulp < least)
        if promising:
            found = _audited(trial, claim, _POINTS, _SEARCHED)
        if nearest is None or found.max_ulp < nearest.max_ulp:
            nearest = found
        if promising and is_right(found):
            right.append((trial, found))
            least = min(least, found.max_ulp)
            if not _blemishes(found) and _is_sure(trial, found):
                break
    for trial, found in sorted(right, key=lambda pair: _order(*pair)):
        certificate = _certified(target, trial, found)
        if certificate is not None:
            shorter = _shorter(claim, target, trial, found, trials)
            return shorter or _emitted(claim, target, trial, certificate)
    assert nearest is not None
    raise KernelError(
        f"no rewriting of {target.id} is accurate to {MAX_ULP:g} ULP and right everywhere: the "
        f"nearest has {ulp(nearest.max_ulp)} at {placed(nearest.worst)}"
    )


def _certified(target: Target, trial: _Trial, found: Audit) -> Certificate | None:
    evidence = check(_as_claim(target, both_ways(trial.formula)))
    if not evidence.verdict.is_pass:
        return None
    return Certificate(evidence.verdict, evidence.method, found, versions())


def _shorter(
    claim: Claim, target: Target, everywhere: _Trial, right: Audit, trials: Sequence[_Trial]
) -> Kernel | None:
    """The cheapest that is no worse, takes a shorter way where that is enough, and is worth it."""
    second: tuple[_Trial, Certificate] | None = None
    for trial in _with_short_ways(target, trials, [everywhere]):
        if trial.cost > _WORTH * everywhere.cost:
            break
        found = _audited(trial, claim, _FIRST_POINTS, 0)
        if is_right(found) and found.max_ulp <= MAX_ULP:
            found = _audited(trial, claim, _POINTS, _SEARCHED)
            if is_right(found) and _is_no_worse(found, right):
                certificate = _certified(target, trial, found)
                if certificate is None:
                    continue
                if _is_sure(trial, found):
                    return _emitted(claim, target, trial, certificate)
                if not _is_sure(everywhere, right):
                    second = second or (trial, certificate)
    return None if second is None else _emitted(claim, target, *second)


def _with_short_ways(
    target: Target, shorts: Sequence[_Trial], whole: Sequence[_Trial]
) -> list[_Trial]:
    """A short one where something is of ordinary size, a whole one elsewhere; cheapest first."""
    found: list[_Trial] = []
    for short, everywhere in product(shorts, whole):
        if short.program.patch is not None and everywhere.program.patch is None:
            continue
        if short.cost >= everywhere.cost:
            continue
        split = not everywhere.recipe.endswith(_SHORT)
        if short.recipe.endswith(_SHORT) and split:
            continue
        recipe = short.recipe + _ELSE + everywhere.recipe
        for formula in shortened(short.formula, everywhere.formula, target):
            with suppress(NoProgramError):
                program = program_of(formula, target.variables, split=split)
                found.append(_trial(recipe, formula, program, target))
    return sorted(found, key=lambda trial: trial.cost)


def _blemishes(found: Audit) -> int:
    """What a better candidate would not have: a bound that leans on the condition number, lost
    subnormals."""
    return 2 * (found.max_ulp > MAX_ULP) + (found.subnormal_losses > 0)


def _is_no_worse(found: Audit, than: Audit) -> bool:
    """Whether a shorter way has no blemish that the whole one has not."""
    lost = found.subnormal_losses - than.subnormal_losses
    return _blemishes(found) <= _blemishes(than) and lost <= 0


def _is_sure(trial: _Trial, found: Audit) -> bool:
    """Whether a form within the bound is so everywhere, for all that is seen. One with a guard has
    to leave an ULP to single points just outside it: among millions one is worse than any that a
    search meets."""
    return found.max_ulp <= (MAX_ULP if trial.program.patch is None else MAX_ULP - 1)


def _order(trial: _Trial, found: Audit) -> tuple[float, ...]:
    """Which of those that are right is taken: one without blemishes, of those that lean on the
    condition number the best, of those that lose subnormals one that loses few."""
    excess = found.max_ulp if found.max_ulp > MAX_ULP else 0.0
    return _blemishes(found), excess, found.subnormal_losses, not _is_sure(trial, found)


@dataclass(frozen=True, slots=True)
class _Trial:
    recipe: str
    formula: Formula
    program: Program
    cost: float


def _trial(recipe: str, formula: Formula, program: Program, target: Target) -> _Trial:
    patch = program.patch
    again = 0.0 if patch is None else share_marked(formula, target) * program.cost_of_patch
    return _Trial(recipe, formula, program, program.cost + again)


def _trials(target: Target, only: str = "") -> list[_Trial]:
    """The candidates that compile, cheapest first; those of one recipe, if it is named."""
    if _ELSE in only:
        first, _, second = only.partition(_ELSE)
        return _with_short_ways(target, _trials(target, first), _trials(target, second))
    found: list[_Trial] = []
    for recipe, formula in candidates(target, only.removesuffix(_SHORT)):
        try:
            program = program_of(formula, target.variables)
            short = program_of(formula, target.variables, split=False)
        except NoProgramError:
            continue
        found.append(_trial(recipe, formula, program, target))
        if short.operations != program.operations:
            found.append(_trial(recipe + _SHORT, formula, short, target))
    if only:
        found = [trial for trial in found if trial.recipe == only]
    return sorted(found, key=lambda trial: trial.cost)


def _audited(trial: _Trial, claim: Claim, points: int, searching: int) -> Audit:
    name = name_of(claim.id)
    function = function_of(source_of(trial.program, name, ""), name)
    found = audit(function, claim, name=name, points=points, searching=searching)
    if searching and trial.program.patch is not None and found.max_ulp <= MAX_ULP:
        return judged_beside_its_guard(found, function, trial.formula, target_of(claim, {}))
    return found


def _emitted(claim: Claim, target: Target, trial: _Trial, certificate: Certificate) -> Kernel:
    name = name_of(target.id)
    domains = tuple(zip(target.variables, target.domains, strict=True))
    words = docstring(claim, domains, trial.formula, certificate)
    return Kernel(
        target.id,
        name,
        domains,
        target.formula,
        trial.formula,
        trial.recipe,
        certificate,
        source_of(trial.program, name, words),
    )


def _as_claim(target: Target, candidate: Formula) -> Claim:
    domains = dict(zip(target.variables, target.domains, strict=True))
    return Claim(f"{target.id}.kernel", target.formula, "=", candidate, on=domains)
