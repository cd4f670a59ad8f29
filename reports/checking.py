"""What the command `check` reads and prints: the claims of files, and a line for each verdict."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from derivations.reading.records import Record, lines_of, read_records
from numeric.answers import Asked, answers
from numeric.cache import Cache
from numeric.evidence import Evidence, Verdict
from reports.verdicts import STYLES, WIDEST_VERDICT, method_and_points, readable, worst
from reports.wrap import wrapped

_STANDARD_INPUT: Final = "-"
_INDENT: Final = 14
# Longer statements are cut on a terminal; the JSON document has them whole.
_LONGEST_STATEMENT: Final = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A claims file and its records; `name` is what the command line calls it."""

    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim of a file and its evidence."""

    file: str
    record: Record
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Checking:
    """How claims are checked: what is asked of each, its limits (seconds and MB), worker
    processes, answers on disk, and which verdict is good enough."""

    asked: Asked
    seconds: float = 10.0
    memory: int = 2048
    jobs: int = 1
    cache: Cache | None = None
    require: str = "consistent"


def read_source(name: str) -> Source:
    """The records of a claims file, `-` for standard input.

    Errors: `OSError` where it cannot be read.
    """
    if name == _STANDARD_INPUT:
        return Source("standard input", tuple(read_records(lines_of(sys.stdin.buffer))))
    with Path(name).open("rb") as stream:
        return Source(name, tuple(read_records(lines_of(stream))))


def is_watched() -> bool:
    """Whether a progress bar can be shown: standard error is a terminal."""
    return sys.stderr.isatty()


def checked(
    sources: Sequence[Source], work: Checking, with_bar: bool
) -> Generator[Checked, None, None]:
    """Each claim of the files with its evidence, in order, as it becomes known."""
    places = [(source.name, record) for source in sources for record in source.records]
    found = answers(
        [record for _, record in places],
        work.asked,
        seconds=work.seconds,
        memory=work.memory,
        jobs=work.jobs,
        cache=work.cache,
    )
    # Whoever interrupts waits for no worker.
    with closing(found):
        counted = _counted(found, len(places)) if with_bar else found
        for (name, record), evidence in zip(places, counted, strict=True):
            yield Checked(name, record, evidence)


def _counted(found: Iterable[Evidence], total: int) -> Iterator[Evidence]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from reports.terminal import console

    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("Checking", total=total)
        for evidence in found:
            bar.advance(task)
            yield evidence


def passes(evidence: Evidence, require: str) -> bool:
    """Whether a verdict is good enough: `consistent` asks for no refutation, `proved` for proof."""
    if require == Verdict.PROVED.value:
        return evidence.verdict is Verdict.PROVED
    return evidence.verdict.is_pass


# ------------------------------------------------------------------------------------- text


def widest_id(records: Iterable[Record]) -> int:
    """The column for the ids: a single long one moves only its own line."""
    return max((len(record.id) for record in records if len(record.id) <= 32), default=0)


def claim_lines(found: Checked, widest: int, width: int) -> Iterator[Text]:
    """Verdict, id, method and points; below it, for what does not pass, the statement and why."""
    evidence, verdict = found.evidence, found.evidence.verdict
    yield Text.assemble(
        "  ",
        (verdict.value.ljust(WIDEST_VERDICT), STYLES[verdict]),
        f"  {found.record.id.ljust(widest)}  {_told(evidence)}".rstrip(),
    )
    if not verdict.is_pass:
        statement = found.record.content.get("claim")
        if isinstance(statement, str):
            yield from _block(_short(statement), width)
    if evidence.witness is not None:
        yield from _values(evidence, width)
    if evidence.excluding:
        yield from _noted("excluded by", f'"where": "{evidence.excluding}"', width)
    for point, condition in evidence.exceptions:
        yield from _noted("except", f"{readable(point)}, excluded by {condition}", width)
    if evidence.did_you_mean:
        yield from _noted("did you mean", evidence.did_you_mean, width, "bold")


def _told(evidence: Evidence) -> str:
    match evidence.verdict:
        case Verdict.REFUTED if evidence.witness is not None:
            return f"at {readable(str(evidence.witness))}" if evidence.witness.point else ""
        case Verdict.UNKNOWN:
            return printable(evidence.reason)
    return ", ".join(filter(None, (*method_and_points(evidence), worst(evidence))))


def _values(evidence: Evidence, width: int) -> Iterator[Text]:
    assert evidence.witness is not None
    for side, value in (("left", evidence.witness.lhs), ("right", evidence.witness.rhs)):
        first, *rest = _cut(value, width - _INDENT - 7)
        yield Text.assemble(" " * _INDENT, (f"{side:<5}", "dim"), f"  {first}")
        yield from (Text(" " * (_INDENT + 7) + line) for line in rest)


def _noted(label: str, words: str, width: int, style: str = "") -> Iterator[Text]:
    first, *rest = wrapped(words, width - _INDENT - len(label) - 2)
    yield Text.assemble(" " * _INDENT, (label, "yellow"), "  ", (first, style))
    for line in rest:
        yield Text.assemble(" " * (_INDENT + len(label) + 2), (line, style))


def _block(text: str, width: int) -> Iterator[Text]:
    for line in wrapped(text, width - _INDENT):
        yield Text(" " * _INDENT + line)


def _cut(text: str, width: int) -> list[str]:
    """A long number on lines of its own."""
    return [text[k : k + width] for k in range(0, len(text), width)] or [""]


def _short(statement: str) -> str:
    text = printable(" ".join(statement.split()))
    return text if len(text) <= _LONGEST_STATEMENT else f"{text[: _LONGEST_STATEMENT - 4]} ..."


def printable(text: str) -> str:
    """Text from outside, with what would command the terminal written out.

    >>> printable("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


# ------------------------------------------------------------------------------------- JSON


def check_document(found: Sequence[Checked], work: Checking, seconds: float) -> dict[str, Any]:
    """The document of `check --format json`."""
    counts = Counter(one.evidence.verdict for one in found)
    return {
        "claims": [_claim(one) for one in found],
        "summary": {verdict.value: counts[verdict] for verdict in Verdict},
        "settings": {
            **asdict(work.asked),
            "require": work.require,
            "timeout": work.seconds,
            "memory": work.memory,
        },
        "seconds": round(seconds, 3),
    }


def _claim(found: Checked) -> dict[str, Any]:
    """The evidence; the record's own keys stay under their names. Where such a name is taken by
    the evidence, the record's value is in `record`."""
    evidence, record = found.evidence, found.record
    own = {
        **evidence.as_json(),
        "id": record.id,
        "file": found.file,
        "line": record.number,
        "did_you_mean": evidence.did_you_mean or None,
        "excluding": evidence.excluding or None,
        "exceptions": [
            {"point": point, "where": condition} for point, condition in evidence.exceptions
        ],
    }
    for unmeasured in ("max_ulp", "max_ulp_point"):
        del own[unmeasured]
    carried = {**record.content, **record.extra}
    clashing = {key: carried[key] for key in carried if key in own and key != "id"}
    others = {key: value for key, value in carried.items() if key not in own}
    return {**own, **others, **({"record": clashing} if clashing else {})}
