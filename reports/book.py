"""What the command `report` writes: documents, fragments, the book, figures, the summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from derivations.core import Derivation
from derivations.loading import Chapter
from numeric.evidence import Report
from reports.bibliography import Bibliography
from reports.book_text import book_text
from reports.command import complain
from reports.document import Document, document, fragment, preamble, user_preamble
from reports.figures import figures_of
from reports.files import ReportError, make_folder, write_bytes, write_text
from reports.pdf import (
    Compiled,
    Job,
    LatexError,
    compiled_book,
    compiled_documents,
    has_latex,
)
from reports.processors import processors
from reports.summary import summary

BOOK: Final = "book"


def write_report(
    chapters: tuple[Chapter, ...], reports: list[Report], out: Path, pdf: str
) -> list[Path]:
    """Write the documents of the chapters into a folder, and give the paths of all files.

    `reports` are those of the chapters' derivations, in order. `pdf` is `always`, `auto` (PDFs
    where LaTeX is found; else a line on standard error) or `never`.

    Errors: `ReportError` where a file cannot be written, LaTeX fails, or is wanted and missing.
    """
    compiling = _is_compiling(pdf)
    figures = figures_of(chapters)
    for folder in (out, out / "fragments", *([out / "figures"] if figures else [])):
        make_folder(folder)
    pairs = _pairs(chapters, reports)
    names = file_names(derivation.id for derivation, _ in pairs)
    documents = {names[d.id]: document(d, report) for d, report in pairs}
    bibliography = Bibliography()
    book = book_text(chapters, {report.id: report for report in reports}, bibliography, figures)
    _remove_stale(out, (*documents, BOOK))
    written = [
        *(write_text(out / f"{name}.tex", made.text) for name, made in documents.items()),
        write_text(out / "derivations-preamble.tex", user_preamble()),
        *(
            write_text(out / "fragments" / f"{names[d.id]}.tex", fragment(d, report))
            for d, report in pairs
        ),
        *(write_bytes(out / "figures" / f.file, f.content) for f in figures),
        write_text(out / f"{BOOK}.tex", book),
        write_text(out / "summary.md", summary(chapters, reports)),
    ]
    if compiling:
        pictures = {figure.file: figure.content for figure in figures}
        compiled = _compiled(documents, Job(BOOK, book), pictures, out)
        written += [write_bytes(out / f"{one.name}.pdf", one.pdf) for one in compiled]
    return written


def _is_compiling(pdf: str) -> bool:
    if pdf == "never":
        return False
    if has_latex():
        return True
    if pdf == "always":
        raise ReportError("Cannot make PDFs: latexmk or pdflatex is not installed.")
    complain(
        "latexmk or pdflatex is not installed: the documents are written as .tex, without PDFs."
    )
    return False


def _pairs(
    chapters: Sequence[Chapter], reports: Sequence[Report]
) -> list[tuple[Derivation, Report]]:
    derivations = [derivation for chapter in chapters for derivation in chapter.derivations]
    return list(zip(derivations, reports, strict=True))


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A name for the files of each id: the id, but for what does not belong into such a name.

    >>> file_names(["sigmoid.derivative", "a/b", "a-b", "book"])
    {'sigmoid.derivative': 'sigmoid.derivative', 'a/b': 'a-b-2', 'a-b': 'a-b', 'book': 'book-2'}
    """
    wanted = list(ids)
    taken = {BOOK, "summary", "derivations-preamble"}
    names: dict[str, str] = {}
    for id in sorted(wanted, key=lambda id: (_plain(id) != id, id)):
        name, number = _plain(id), 2
        while name.lower() in taken:
            name, number = f"{_plain(id)}-{number}", number + 1
        taken.add(name.lower())
        names[id] = name
    return {id: names[id] for id in wanted}


def _plain(id: str) -> str:
    return id.replace("/", "-").replace(":", "-").rstrip(".")


def _remove_stale(out: Path, names: Iterable[str]) -> None:
    """PDFs and logs of an earlier run must not stand for what is written now."""
    for name in names:
        for suffix in (".pdf", ".log"):
            try:
                (out / f"{name}{suffix}").unlink(missing_ok=True)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise ReportError(f"Cannot remove {out / name}{suffix}: {reason}.") from error


def _compiled(
    documents: Mapping[str, Document], book: Job, figures: Mapping[str, bytes], out: Path
) -> list[Compiled]:
    jobs = [
        Job(name, made.text, tuple(source.key for source in made.sources))
        for name, made in documents.items()
    ]
    try:
        return [
            *compiled_documents(preamble(), jobs, processors()),
            compiled_book(book, figures),
        ]
    except LatexError as error:
        log = write_text(out / f"{error.name}.log", error.log)
        raise ReportError(f"{error}; its log is {log}.") from error
