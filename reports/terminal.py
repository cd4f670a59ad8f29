"""What the commands `list` and `show` print on a terminal.

Every formula is shown in the notation of a claims file, exactly as the tree stands.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from derivations.core import Definition, Derivation, Remark
from derivations.loading import Chapter, formulas_of, used_definitions
from reports.command import ReaderGone
from reports.words import definition_words, domain_words, plain, reason_words, sources
from reports.wrap import wrapped

INDENT = "    "


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise ReaderGone


def console(*, stderr: bool = False) -> Console:
    """Where text goes: styled on a terminal unless NO_COLOR is set, never re-wrapped."""
    return _Console(
        stderr=stderr,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


def width_of(to: Console) -> int:
    """The width to write for: a terminal's own, 80 columns elsewhere."""
    return max(40, min(to.width, 120)) if to.is_terminal else 80


# ---------------------------------------------------------------------------------- list


def list_lines(chapters: Iterable[Chapter]) -> Iterator[Text]:
    """A heading for each chapter, a line for each member: its id and what it states."""
    for number, chapter in enumerate(chapters):
        if number:
            yield Text()
        yield Text.assemble((chapter.name, "bold"), f"  {chapter.title}")
        widest = max(len(member.id) for member in chapter.members)
        for member in chapter.members:
            yield Text.assemble("  ", (member.id.ljust(widest), "cyan"), f"  {_stated(member)}")


def _stated(member: Derivation | Remark) -> str:
    if isinstance(member, Remark):
        return f"remark: {member.title or member.source}"
    return str(member.claim.statement)


# ---------------------------------------------------------------------------------- show


def show_lines(member: Derivation | Remark, width: int) -> Iterator[Text]:
    """A member readably: statement, hypotheses, definitions, steps with reasons, sources."""
    if isinstance(member, Remark):
        yield from _heading(member.id, member.title, width)
        yield from _paragraph(member.text, width)
        yield from _sources((member.source,), width)
        return
    claim = member.claim
    yield from _heading(claim.id, claim.title, width)
    yield from _paragraph(claim.says, width)
    if claim.falsehood:
        yield from _paragraph(f"A counterexample to: {claim.falsehood}", width)
    yield Text()
    yield from _formula(str(claim.statement), width, "bold")
    yield from _formula(domain_words(claim), width)
    definitions = used_definitions(formulas_of(member))
    if definitions:
        yield from _definitions(definitions, width)
    if member.steps:
        yield from _steps(member, width)
    yield from _sources(sources(member), width)


def _heading(id: str, title: str, width: int) -> Iterator[Text]:
    if title and len(id) + 2 + len(title) > width:
        yield Text(id, "bold cyan")
        yield from _paragraph(title, width)
    else:
        yield Text.assemble((id, "bold cyan"), f"  {title}" if title else "")


def _paragraph(words: str, width: int) -> Iterator[Text]:
    line = ""
    for word in plain(words).split():
        if line and len(INDENT) + len(line) + 1 + len(word) > width:
            yield Text(INDENT + line)
            line = ""
        line = f"{line} {word}".lstrip()
    if line:
        yield Text(INDENT + line)


def _formula(text: str, width: int, style: str = "") -> Iterator[Text]:
    if not text:
        return
    first, *rest = wrapped(text, width - 2 * len(INDENT))
    yield Text(INDENT + first, style)
    for line in rest:
        yield Text(2 * INDENT + line, style)


def _definitions(definitions: tuple[Definition, ...], width: int) -> Iterator[Text]:
    yield Text()
    yield Text("Definitions", "dim")
    for definition in definitions:
        yield from _formula(definition_words(definition), width)


def _steps(derivation: Derivation, width: int) -> Iterator[Text]:
    yield Text()
    yield Text("Derivation", "dim")
    margin = 3 + max(len(step.rel) for step in derivation.steps)
    lines = wrapped(str(derivation.claim.lhs), width - margin)
    yield from (Text(margin * " " + line) for line in lines)
    for step in derivation.steps:
        yield from _step(step.rel, str(step.line), reason_words(step.reason), margin, width)


def _step(rel: str, line: str, reason: str, margin: int, width: int) -> Iterator[Text]:
    """A line with its relation; the reason at its right where there is room, else below."""
    lines = wrapped(line, width - margin)
    texts = [Text(f"{rel if k == 0 else '':>{margin - 1}} {part}") for k, part in enumerate(lines)]
    if len(texts[-1]) + len(reason) + 4 > width:
        reasons = _right(f"({reason})", width)
        yield from texts
        for text in reasons:
            text.stylize("green")
            yield text
        return
    *before, last = texts
    yield from before
    space = width - len(last) - len(reason) - 2
    yield Text.assemble(last, " " * space, (f"({reason})", "green"))


def _right(words: str, width: int) -> Iterator[Text]:
    for text in _paragraph(words, width - 2 * len(INDENT)):
        yield Text(str(text).strip().rjust(width))


def _sources(found: tuple[str, ...], width: int) -> Iterator[Text]:
    if found:
        yield Text()
        yield Text("Sources", "dim")
    for source in found:
        yield from _paragraph(source, width)
