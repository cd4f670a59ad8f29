"""An exhaustive audit on the terminal: a progress bar, and what was found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from numeric.accuracy.called import AuditError
from numeric.accuracy.exhaustive import INPUTS, Exhausted, Work, exhaust, judged
from numeric.accuracy.imported import function_named
from numeric.accuracy.named import argument_map, claim_named
from numeric.accuracy.target import target_of
from numeric.cache import Cache
from numeric.kernels.kernel import KernelError, kernel
from numeric.workers import Failure, Limits, each
from reports.command import FAILED, PASSED, fail, say


@dataclass(frozen=True, slots=True)
class Request:
    """What is audited, as what, and how the claim's variables become arguments."""

    function: str
    id: str
    argument_map: str

    @property
    def name(self) -> str:
        return " with ".join(filter(None, (self.function, self.argument_map)))


def exhausted(
    request: Request, max_ulp: float, timeout: float, state: Path | None, form: str
) -> int:
    """Run the audit of all float32 in a worker process, and print what it found; the exit status.

    `timeout` is for each million inputs.
    """
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>5.1f} %"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )

    def through(
        judge: Callable[[range], Exhausted], chunks: Iterable[range]
    ) -> Iterator[Exhausted | Failure]:
        return each(judge, chunks, Limits(timeout, memory=8192))

    try:
        _reference(request)  # once, and the workers have it
        steps = exhaust(
            partial(_judged, request),
            id=request.id,
            name=request.name,
            state=state,
            through=through,
        )
        with progress:
            task = progress.add_task(f"{request.name} as {request.id}", total=INPUTS)
            for found in steps:
                progress.update(task, completed=found.done)
    except KernelError as error:
        fail(f"An exhaustive audit needs a kernel: {error}.")
    except AuditError as error:
        fail(str(error))
    except OSError as error:
        fail(f"Cannot keep the state in {state}: {error.strerror}.")
    passes = found.max_ulp <= max_ulp and not found.wrong_nonfinite
    if form == "json":
        from reports.json_documents import dumps

        say(dumps({"exhaustive": asdict(found), "max_ulp_allowed": max_ulp, "passes": passes}))
        return PASSED if passes else FAILED
    say(f"{request.name} as {request.id}: all float32 of the domain, {found.judged:,} inputs")
    say(f"  largest error  {found.max_ulp:g} ULP of a float32 at {found.worst!r}")
    say(f"  not nearest    {found.wrong:,}; off by more than 1 ULP: {found.faithless:,}")
    say(f"  not finite     {found.wrong_nonfinite:,} wrong inf, nan or finite values")
    say(f"  certified      {found.certified:,} that the double of the kernel did not decide")
    say("passes" if passes else "fails")
    return PASSED if passes else FAILED


@lru_cache(maxsize=1)
def _reference(request: Request) -> Callable[..., Any]:
    """The kernel as a function of the one variable that is given no number.

    Errors: `AuditError`, `KernelError`.
    """
    claim = claim_named(request.id)
    fixed, _ = argument_map(request.argument_map, claim)
    target = target_of(claim, fixed)
    for name, number in fixed.items():
        if float(number) != number:
            raise AuditError(f"{name} = {number} is no double: an exhaustive audit needs one")
    whole = kernel(request.id, cache=Cache())
    if not fixed:
        return whole
    order = [variable.name for variable, _ in claim.on]
    moving = {variable.name for variable in target.variables}

    def of_one(values: Any) -> Any:
        return whole(*(values if name in moving else float(fixed[name]) for name in order))

    return of_one


@lru_cache(maxsize=1)
def _work(request: Request) -> Work:
    claim = claim_named(request.id)
    fixed, arrange = argument_map(request.argument_map, claim)
    function = function_named(request.function)

    def arranged(values: Any) -> Any:
        positional, named = arrange([values])
        return function(*positional, **named)

    return Work(request.name, arranged, _reference(request), target_of(claim, fixed))


def _judged(request: Request, chunk: range) -> Exhausted:
    """In the worker: what the function prints goes nowhere."""
    with redirect_stdout(sys.stderr):
        return judged(_work(request), chunk)
