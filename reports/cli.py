"""The one command, `derivations`.

A command imports what it needs when it needs it: `derivations list` loads no SymPy.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from derivations import catalogue
from derivations.catalogue import Shelf
from derivations.core import Derivation
from derivations.loading import CatalogueError
from reports.audit_command import audit
from reports.check_command import check_command
from reports.command import FAILED, PASSED, WRONG, Command, complain, fail, say
from reports.kernel_command import kernel

if TYPE_CHECKING:
    from numeric.evidence import Report

VERSIONS: Final = (
    ("SymPy", "sympy"),
    ("mpmath", "mpmath"),
    ("python-flint", "python-flint"),
    ("NumPy", "numpy"),
)

_targets = click.argument("targets", nargs=-1, metavar="[ID | FILE.py | MODULE ...]")


def _formats(*names: str) -> click.Choice[str]:
    return click.Choice(names)


def _print_versions(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    say(f"derivations {_version('derivations')}")
    say(f"Python {platform.python_version()}")
    for name, distribution in VERSIONS:
        say(f"{name} {_version(distribution)}")
    context.exit()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "(not installed)"


@click.group(
    "derivations",
    cls=Command,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_versions,
    help="Print the versions that matter.",
)
@click.pass_context
def main(context: click.Context) -> int:
    """Derive mathematical results step by step, check every step, print what was checked.

    Exit status: 0 if all claims are proved or consistent, 1 if one is refuted or unknown, 2 for
    wrong usage, unreadable input or no claim found.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return WRONG
    return PASSED


@main.command("list")
@click.option("--format", "form", type=_formats("text", "json"), default="text")
def list_command(form: str) -> int:
    """List the chapters and what they claim."""
    chapters = select(()).chapters
    if form == "json":
        from reports.json_documents import dumps, list_document

        say(dumps(list_document(chapters)))
        return PASSED
    from reports.terminal import console, list_lines

    to = console()
    for line in list_lines(chapters):
        to.print(line)
    return PASSED


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="ID ...")
@click.option("--format", "form", type=_formats("text", "json", "latex"), default="text")
def show(targets: tuple[str, ...], form: str) -> int:
    """Show claims with their hypotheses, steps, reasons and sources."""
    chapters = select(targets).chapters
    members = [member for chapter in chapters for member in chapter.members]
    if form == "json":
        from reports.json_documents import dumps, show_document

        say(dumps(show_document(chapters)))
        return PASSED
    if form == "latex":
        from reports.show_latex import latex_lines

        say("\n\n".join("\n".join(latex_lines(member)) for member in members))
        return PASSED
    from reports.terminal import console, show_lines, width_of

    to = console()
    for number, member in enumerate(members):
        if number:
            to.print()
        for line in show_lines(member, width_of(to)):
            to.print(line)
    return PASSED


@main.command()
@_targets
@click.option("--digits", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--points", type=click.IntRange(1), default=200, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: processors]")
@click.option("--format", "form", type=_formats("text", "json"), default="text")
def verify(
    targets: tuple[str, ...], digits: int, points: int, seed: int, jobs: int | None, form: str
) -> int:
    """Check every claim, every step and every reason of the chapters."""
    shelf = select(targets)
    derivations = _claims(shelf)
    from reports.judging import Settings, is_watched, judged
    from reports.processors import processors
    from reports.terminal import console
    from reports.verdicts import closing_line, verdict_lines

    settings = Settings(digits, points, seed, jobs or processors())
    start = time.perf_counter()
    if form == "json":
        from reports.json_documents import dumps, verify_document

        reports = list(judged(derivations, settings))
        say(dumps(verify_document(reports, settings, time.perf_counter() - start)))
        return _status(reports, shelf, targets)
    to = console()
    reports = []
    lines = verdict_lines(shelf.chapters, _kept(judged(derivations, settings), reports))
    for line in list(lines) if is_watched() else lines:  # a line would break the progress bar
        to.print(line)
    to.print()
    to.print(closing_line(reports, time.perf_counter() - start, seed))
    return _status(reports, shelf, targets)


@main.command(short_help="Check the chapters and write them as documents.")
@_targets
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("derivations-report"),
    show_default=True,
    help="The folder to write.",
)
@click.option(
    "--pdf",
    type=_formats("auto", "always", "never"),
    default="auto",
    show_default=True,
    help="Compile PDFs: where latexmk is found, in any case, not at all.",
)
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: processors]")
@click.option(
    "--kernels/--no-kernels",
    default=True,
    show_default=True,
    help="Certify the float64 code of the results that have some, and say so in the documents.",
)
@click.option("--no-cache", is_flag=True, help="Certify that code anew, and keep nothing on disk.")
def report(
    targets: tuple[str, ...], out: Path, pdf: str, jobs: int | None, kernels: bool, no_cache: bool
) -> int:
    """Check the chapters, and write them as LaTeX documents with their evidence."""
    shelf = select(targets)
    derivations = _claims(shelf)
    from reports.files import ReportError, make_folder
    from reports.judging import Settings, judged
    from reports.processors import processors
    from reports.terminal import console
    from reports.verdicts import closing_line, report_lines

    start = time.perf_counter()
    settings = Settings(jobs=jobs or processors())
    try:
        make_folder(out)
        from reports.book import write_report

        reports = list(judged(derivations, settings))
        if kernels:
            from numeric.cache import Cache
            from numeric.kernels.shelf import with_kernels

            cache = None if no_cache else Cache()
            reports = with_kernels(reports, settings.jobs, cache)
            if cache is not None and cache.trouble:
                complain(f"{cache.trouble}.")
        written = write_report(shelf.chapters, reports, out, pdf)
    except ReportError as error:
        fail(str(error))
    to = console()
    for failed in (report for report in reports if not report.verdict.is_pass):
        for line in report_lines(failed):
            to.print(line)
    to.print(closing_line(reports, time.perf_counter() - start, settings.seed))
    to.print(f"Wrote {len(written)} files to {out}.")
    return _status(reports, shelf, targets)


main.add_command(check_command)
main.add_command(audit)
main.add_command(kernel)


def _claims(shelf: Shelf) -> list[Derivation]:
    derivations = [one for chapter in shelf.chapters for one in chapter.derivations]
    if not derivations:
        fail("No claim found: there are only remarks.")
    return derivations


def _kept(coming: Iterator[Report], kept: list[Report]) -> Iterator[Report]:
    for report in coming:
        kept.append(report)
        yield report


def _status(reports: Sequence[Report], shelf: Shelf, targets: Sequence[str]) -> int:
    """A published chapter that cannot be loaded is no pass of everything."""
    if not all(report.verdict.is_pass for report in reports):
        return FAILED
    return WRONG if shelf.broken and not targets else PASSED


def select(targets: Sequence[str]) -> Shelf:
    """The chapters that a command line asks for; what they print goes to standard error.

    A published chapter that cannot be loaded costs a sentence, unless it was asked for.
    """
    try:
        with redirect_stdout(sys.stderr):
            shelf = catalogue.select(targets)
    except CatalogueError as error:
        fail(str(error))
    for _, sentence in shelf.broken:
        complain(sentence)
    return shelf


if __name__ == "__main__":
    main()
