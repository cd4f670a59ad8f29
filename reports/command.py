"""How the command behaves whatever it is asked: one sentence for an error, and its exit status.

0 is for all claims proved or consistent, 1 for at least one refuted or unknown, 2 for wrong usage,
unreadable input or no claim found. Besides: 130 after Ctrl-C, 141 when the reader of the output
has gone, as the shell reports these.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, NoReturn

import click

from derivations.core import ClaimError

PASSED: Final = 0
FAILED: Final = 1
WRONG: Final = 2
INTERRUPTED: Final = 130
READER_GONE: Final = 141


class ReaderGone(Exception):
    """Whoever read the output has closed it: `derivations list | head -1`."""


class Command(click.Group):
    """A group of commands whose errors are one sentence on standard error."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        _print_whatever_the_encoding()
        sys.exit(_status(run))


def _status(run: Callable[[], Any]) -> int:
    """Run a command; tell its error, if it has one; give its exit status."""
    try:
        result = run()
        sys.stdout.flush()
        return result if isinstance(result, int) else PASSED
    except click.ClickException as error:
        complain(error.format_message())
        return WRONG
    except ClaimError as error:  # found only while judging: claims that use each other
        complain(f"{error}.")
        return WRONG
    except click.Abort:
        complain("Interrupted.")
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        _discard_output()
        return READER_GONE
    except OSError as error:  # a full disk, a stream that is closed
        complain(f"Cannot go on: {(error.strerror or str(error)).lower()}.")
        _discard_output()
        return WRONG
    except Exception:
        traceback.print_exc()
        complain("This is a fault of the toolkit; please report it with the lines above.")
        return WRONG


def fail(sentence: str) -> NoReturn:
    """End the command with one sentence and exit status 2; a missing full stop is added."""
    raise click.ClickException(sentence if sentence.endswith((".", "?")) else f"{sentence}.")


def complain(sentence: str) -> None:
    """One line on standard error."""
    click.echo(f"derivations: {sentence}", err=True)


def say(text: str) -> None:
    """Text on standard output, and a line feed."""
    try:
        click.echo(text)
    except BrokenPipeError:
        raise ReaderGone from None


def _print_whatever_the_encoding() -> None:
    # Streams that are closed by a caller who wants the exit status only.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """What is still buffered goes nowhere, or Python would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):  # a stream without a file cannot complain at the end either
        os.dup2(nowhere, sys.stdout.fileno())
