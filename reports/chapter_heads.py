"""The heading and the first words of a chapter in the book.

The shipped chapters have theirs, in LaTeX, in `templates/chapters.toml`; any other chapter is
headed by its docstring, printed as it stands.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from derivations.core.reason_latex import text_latex
from derivations.loading import Chapter
from reports.words import plain


@dataclass(frozen=True, slots=True)
class Head:
    """In LaTeX; `bookmark` is the title without mathematics."""

    title: str
    bookmark: str
    text: str


@cache
def _written() -> dict[str, Any]:
    text = (files("reports") / "templates" / "chapters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def head_of(chapter: Chapter) -> Head:
    """The heading of a chapter."""
    shipped = chapter.origin == f"derivations.{chapter.name}"
    written = _written().get(chapter.name) if shipped else None
    if written is not None:
        title: str = written["title"]
        return Head(title, text_latex(plain(title)), _filled(chapter.name, written["text"].strip()))
    title = text_latex(chapter.title)
    return Head(title, text_latex(plain(chapter.title)), _paragraphs(chapter.text))


def _filled(name: str, text: str) -> str:
    """What the text of a chapter says about a computation is computed."""
    if name != "training":
        return text
    from numeric.training import train

    run = train()
    theta = ", ".join(f"{value:.5f}" for value in run.theta)
    return text.replace("(THETA)", f"({theta})").replace("TESTLOSS", f"{run.test_loss:.8f}")


def _paragraphs(text: str) -> str:
    """Plain text: names in backquotes in typewriter letters, indented lines kept as they are."""
    printed = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = paragraph.splitlines()
        if lines and all(line.startswith("    ") for line in lines):
            kept = (rf"\texttt{{{text_latex(line.strip())}}}" for line in lines)
            printed.append("\\begin{quote}\n" + "\\\\\n".join(kept) + "\n\\end{quote}")
            continue
        pieces = re.split(r"`([^`\n]+)`", paragraph)
        words = (
            rf"\texttt{{{text_latex(piece)}}}" if n % 2 else text_latex(piece)
            for n, piece in enumerate(pieces)
        )
        printed.append("".join(words))
    return "\n\n".join(printed)
