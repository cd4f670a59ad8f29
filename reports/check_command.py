"""The command `derivations check`: claims files in, verdicts out.

What is costly to import is imported when a claim asks for it: where every answer is on disk,
neither SymPy nor mpmath nor flint is loaded.
"""

from __future__ import annotations

import time
from contextlib import closing
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

import click

from reports.command import FAILED, PASSED, complain, fail, say

if TYPE_CHECKING:
    from reports.checking import Checked, Checking, Source


def _finite(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not isfinite(value):
        raise click.BadParameter("it must be finite.")
    return value


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE ...")
@click.option(
    "--require",
    type=click.Choice(("consistent", "proved")),
    default="consistent",
    show_default=True,
    help="What each claim needs to pass.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    default=10.0,
    show_default=True,
    help="Seconds for each claim.",
)
@click.option(
    "--memory",
    type=click.IntRange(16),
    default=2048,
    show_default=True,
    help="MB for each claim.",
)
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: processors]")
@click.option("--digits", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--points", type=click.IntRange(1), default=200, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--generic",
    is_flag=True,
    help="List isolated points at which exactly one side is undefined, instead of refuting.",
)
@click.option("--no-cache", is_flag=True, help="Neither look up answers on disk nor keep them.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def check_command(
    files: tuple[str, ...],
    require: str,
    timeout: float,
    memory: int,
    jobs: int | None,
    digits: int,
    points: int,
    seed: int,
    generic: bool,
    no_cache: bool,
    form: str,
) -> int:
    """Judge the claims of files.

    A FILE has one JSON object a line, {"id", "claim", "domain", "where"}; - is standard input.
    """
    from numeric.answers import Asked
    from numeric.cache import Cache
    from reports.checking import Checking, passes
    from reports.processors import processors

    sources = [_source(name) for name in files]
    work = Checking(
        Asked(digits, points, seed, generic),
        timeout,
        memory,
        jobs or processors(),
        None if no_cache else Cache(),
        require,
    )
    found = _as_json(sources, work) if form == "json" else _as_text(sources, work)
    if work.cache is not None and work.cache.trouble:
        complain(f"{work.cache.trouble}.")
    return PASSED if all(passes(one.evidence, require) for one in found) else FAILED


def _source(name: str) -> Source:
    from reports.checking import read_source

    try:
        source = read_source(name)
    except OSError as error:
        fail(f"Cannot read {name}: {(error.strerror or str(error)).lower()}.")
    if not source.records:
        fail(f"No claim found in {source.name}.")
    return source


def _as_json(sources: list[Source], work: Checking) -> list[Checked]:
    from reports.checking import check_document, checked, is_watched
    from reports.json_documents import dumps

    start = time.perf_counter()
    with closing(checked(sources, work, is_watched())) as coming:
        found = list(coming)
    say(dumps(check_document(found, work, time.perf_counter() - start)))
    return found


def _as_text(sources: list[Source], work: Checking) -> list[Checked]:
    from rich.text import Text

    from reports.checking import checked, claim_lines, is_watched, widest_id
    from reports.terminal import console, width_of
    from reports.verdicts import counts_line

    start = time.perf_counter()
    to = console()
    found: list[Checked] = []
    # On a terminal the lines themselves are the progress; a bar between them would break.
    with closing(checked(sources, work, is_watched() and not to.is_terminal)) as coming:
        for source in sources:
            if len(sources) > 1:
                to.print(Text(source.name, "bold"))
            widest = widest_id(source.records)
            for one in islice(coming, len(source.records)):
                found.append(one)
                for line in claim_lines(one, widest, width_of(to)):
                    to.print(line)
            to.print()
    verdicts = [one.evidence.verdict for one in found]
    to.print(counts_line(verdicts, time.perf_counter() - start, work.asked.seed))
    return found
