"""An exhaustive audit on the terminal: a progress bar, and what was found."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from numeric.accuracy.called import AuditError
from numeric.accuracy.exhaustive import INPUTS, Exhausted, exhaust
from numeric.accuracy.imported import function_named
from numeric.accuracy.named import claim_named
from numeric.cache import Cache
from numeric.kernels.kernel import KernelError, kernel
from reports.command import FAILED, PASSED, fail, say


def exhausted(name: str, id: str, max_ulp: float, state: Path | None, form: str) -> int:
    """Run the audit of all float32, and print what it found; the exit status."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>5.1f} %"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )
    found: Exhausted | None = None
    try:
        claim, function = claim_named(id), function_named(name)
        steps = exhaust(function, kernel(id, cache=Cache()), claim, name=name, state=state)
        with progress:
            task = progress.add_task(f"{name} as {id}", total=INPUTS)
            for found in steps:
                progress.update(task, completed=found.done)
    except KernelError as error:
        fail(f"An exhaustive audit needs a kernel: {error}.")
    except AuditError as error:
        fail(str(error))
    except OSError as error:
        fail(f"Cannot keep the state in {state}: {error.strerror}.")
    if found is None:
        fail(f"Nothing is left to try: {state} says that the audit has ended. Remove it.")
    passes = found.max_ulp <= max_ulp and not found.wrong_nonfinite
    if form == "json":
        from reports.json_documents import dumps

        say(dumps({"exhaustive": asdict(found), "max_ulp_allowed": max_ulp, "passes": passes}))
        return PASSED if passes else FAILED
    say(f"{name} as {id}: all float32 of the domain, {found.judged:,} inputs")
    say(f"  largest error  {found.max_ulp:g} ULP of a float32 at {found.worst!r}")
    say(f"  not nearest    {found.wrong:,}; off by more than 1 ULP: {found.faithless:,}")
    say(f"  not finite     {found.wrong_nonfinite:,} wrong inf, nan or finite values")
    say(f"  certified      {found.certified:,} that the double of the kernel did not decide")
    say("passes" if passes else "fails")
    return PASSED if passes else FAILED
