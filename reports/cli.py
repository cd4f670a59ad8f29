"""The one command, `derivations`.

A command imports what it needs when it needs it: `derivations list` loads no SymPy.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import click

from derivations import catalogue
from derivations.loading import CatalogueError, Chapter
from reports.command import PASSED, WRONG, Command, complain, fail, say

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
    chapters = select(())
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
    chapters = select(targets)
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


def select(targets: Sequence[str]) -> tuple[Chapter, ...]:
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
    return shelf.chapters


if __name__ == "__main__":
    main()
