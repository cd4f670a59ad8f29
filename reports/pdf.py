"""PDFs from LaTeX: many small documents from one precompiled preamble, and the book.

Everything is compiled in a temporary folder and handed back as bytes, so that nothing half-written
is ever seen. The same input gives the same bytes: the date is fixed, and no path gets into a PDF.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from reports.files import ReportError
from reports.templating import MARKER

_SECONDS: Final = 600
_MOST_RUNS: Final = 4
_FORMAT: Final = "derivations-format"
_OPTIONS: Final = (
    "-interaction=nonstopmode",
    "-halt-on-error",
    "-file-line-error",
    "-no-shell-escape",
)
_AGAIN: Final = re.compile(
    r"Rerun to get|Rerun LaTeX|Label\(s\) may have changed|There were undefined references"
    r"|There were undefined citations"
)


class LatexError(ReportError):
    """A LaTeX run failed; `log` is what it wrote."""

    def __init__(self, name: str, line: str, log: str) -> None:
        super().__init__(f"LaTeX failed on {name}.tex: {line}")
        self.name = name
        self.log = log


@dataclass(frozen=True, slots=True)
class Job:
    """A document to compile: its name without suffix, its text, the keys of its bibliography."""

    name: str
    text: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    name: str
    pdf: bytes
    log: str


def has_latex() -> bool:
    """Whether PDFs can be made here."""
    return shutil.which("latexmk") is not None and shutil.which("pdflatex") is not None


def compiled_documents(preamble: str, jobs: Sequence[Job], workers: int) -> list[Compiled]:
    """The PDFs of documents that share a preamble, in order.

    Errors: `LatexError` for the first one that fails.
    """
    if not jobs:
        return []
    with TemporaryDirectory(prefix="derivations-") as name:
        folder = Path(name)
        _write(folder / f"{_FORMAT}.tex", f"{preamble}\\dump\n")
        _run(folder, _FORMAT, ["pdflatex", "-ini", *_OPTIONS, "&pdflatex", f"{_FORMAT}.tex"])
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(lambda job: _document(folder, job), jobs))


def _document(folder: Path, job: Job) -> Compiled:
    _write(folder / f"{job.name}.tex", job.text.partition(MARKER)[2])
    # The numbers of the citations are known beforehand: one run is enough, as a rule.
    numbers = (f"\\bibcite{{{key}}}{{{n}}}" for n, key in enumerate(job.cited, start=1))
    _write(folder / f"{job.name}.aux", "\n".join(("\\relax", *numbers, "")))
    command = ["pdflatex", *_OPTIONS, f"-fmt={_FORMAT}", f"{job.name}.tex"]
    for _ in range(_MOST_RUNS):
        _run(folder, job.name, command)
        log = _log(folder, job.name)
        if not _AGAIN.search(log):
            break
    return Compiled(job.name, (folder / f"{job.name}.pdf").read_bytes(), log)


def compiled_book(job: Job, figures: Mapping[str, bytes]) -> Compiled:
    """The PDF of a document with its own preamble, and figures in a folder beside it.

    Errors: `LatexError`.
    """
    with TemporaryDirectory(prefix="derivations-") as name:
        folder = Path(name)
        _write(folder / f"{job.name}.tex", job.text)
        (folder / "figures").mkdir()
        for figure, content in figures.items():
            (folder / "figures" / figure).write_bytes(content)
        _run(folder, job.name, ["latexmk", "-norc", "-pdf", *_OPTIONS, f"{job.name}.tex"])
        _settle(folder, job.name)
        return Compiled(job.name, (folder / f"{job.name}.pdf").read_bytes(), _log(folder, job.name))


def _settle(folder: Path, name: str) -> None:
    """Run LaTeX until what it remembers no longer changes.

    latexmk stops when the references are right; the widths of long tables may still be moving
    then, and how far they got would depend on how it read the clock.
    """
    remembered = folder / f"{name}.aux"
    for _ in range(_MOST_RUNS):
        before = remembered.read_bytes()
        _run(folder, name, ["pdflatex", *_OPTIONS, f"{name}.tex"])
        if remembered.read_bytes() == before:
            return


def _run(folder: Path, name: str, command: Sequence[str]) -> None:
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": "0",
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "1000",
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LatexError(name, f"{command[0]} {_why(error)}", _log(folder, name)) from error
    if done.returncode != 0 or not _has_output(folder, name):
        log = _log(folder, name) or done.stdout.decode("utf-8", "replace")
        raise LatexError(name, first_error(log) or f"{command[0]} gave no PDF", log)


def _has_output(folder: Path, name: str) -> bool:
    return (folder / f"{name}.pdf").exists() or (folder / f"{name}.fmt").exists()


def _why(error: OSError | subprocess.TimeoutExpired) -> str:
    if isinstance(error, OSError):
        return f"cannot be run ({(error.strerror or str(error)).lower()})"
    return f"took more than {_SECONDS} seconds"


def first_error(log: str) -> str:
    """The first line of a log that tells of an error.

    >>> first_error("This is pdfTeX\\n./a.tex:3: Undefined control sequence.\\nl.3 \\\\x")
    'a.tex:3: Undefined control sequence'
    """
    for line in log.splitlines():
        if line.startswith("!") or re.match(r"\S+:\d+: ", line):
            return line.removeprefix("./").removeprefix("! ").rstrip(". ")
    return ""


def overfull(log: str) -> list[str]:
    """The lines of a log that tell of what sticks out, or of what is referred to and not there."""
    bad = re.compile(
        r"Overfull \\hbox|Reference `.*undefined|Citation `.*undefined|multiply defined"
    )
    return [line for line in log.splitlines() if bad.search(line)]


def _log(folder: Path, name: str) -> str:
    path = folder / f"{name}.log"
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
