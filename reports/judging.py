"""Claims on their way to `numeric`, with a progress bar where somebody watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from derivations.core import Derivation
from numeric.evidence import Report
from numeric.judging.verify import verify_all
from reports.terminal import console


@dataclass(frozen=True, slots=True)
class Settings:
    """How thoroughly to look: digits of agreement, points for each claim, the seed that chooses
    them, worker processes."""

    digits: int = 50
    points: int = 200
    seed: int = 0
    jobs: int = 1


def is_watched() -> bool:
    """Whether a progress bar is shown: standard error is a terminal."""
    return console(stderr=True).is_terminal


def judged(derivations: Sequence[Derivation], settings: Settings) -> Iterator[Report]:
    """The reports in the order of the derivations, as they become ready.

    Errors: `ClaimError` where claims use each other in a circle.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
        disable=not is_watched(),
    )
    with bar:
        task = bar.add_task("Verifying", total=len(derivations))
        for report in verify_all(
            derivations,
            digits=settings.digits,
            points=settings.points,
            seed=settings.seed,
            jobs=settings.jobs,
        ):
            bar.advance(task)
            yield report
