"""What the command `verify` prints: a line for each claim, the complaints, the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.text import Text

from derivations.loading import Chapter
from numeric.evidence import Evidence, Report, Verdict

_STYLES: Final = {
    Verdict.PROVED: "bold green",
    Verdict.CONSISTENT: "green",
    Verdict.REFUTED: "bold red",
    Verdict.UNKNOWN: "bold yellow",
}
_WIDEST_VERDICT: Final = max(len(verdict.value) for verdict in Verdict)


def verdict_lines(chapters: Iterable[Chapter], reports: Iterable[Report]) -> Iterator[Text]:
    """Chapter by chapter, a line for each claim as soon as its report is there; the reports come
    in the order of the chapters' derivations."""
    coming = iter(reports)
    for number, chapter in enumerate(c for c in chapters if c.derivations):
        if number:
            yield Text()
        yield Text.assemble((chapter.name, "bold"), f"  {chapter.title}")
        widest = max(len(derivation.id) for derivation in chapter.derivations)
        for _ in chapter.derivations:
            yield from report_lines(next(coming), widest)


def report_lines(report: Report, widest: int = 0) -> Iterator[Text]:
    """Verdict, id, method, points and the worst of them; below it what is wrong, if anything."""
    verdict = report.verdict
    told = "  ".join(filter(None, (report.claim.method, _points(report.claim))))
    yield Text.assemble(
        "  ",
        (verdict.value.ljust(_WIDEST_VERDICT), _STYLES[verdict]),
        f"  {report.id.ljust(widest)}  {told}".rstrip(),
    )
    for message in report.messages:
        yield from (Text(f"      {line}") for line in message.splitlines())


def _points(evidence: Evidence) -> str:
    if not evidence.points:
        return ""
    tried, used = evidence.points, evidence.effective_points
    points = f"{used} points" if used == tried else f"{used} of {tried} points"
    if evidence.worst_error:
        points = f"{points}, worst {evidence.worst_error}"
        if evidence.worst_point:
            points = f"{points} at {evidence.worst_point}"
    return points


def closing_line(reports: Sequence[Report], seconds: float, seed: int) -> Text:
    """How many claims have which verdict, the time it took, and the seed of the points."""
    counts = Counter(report.verdict for report in reports)
    line = Text(f"{len(reports)} {'claim' if len(reports) == 1 else 'claims'}: ")
    for verdict in Verdict:
        if verdict is not Verdict.PROVED:
            line.append(", ")
        style = _STYLES[verdict] if counts[verdict] else ""
        line.append(f"{counts[verdict]} {verdict.value}", style)
    return line.append(f"; {seconds:.1f} s, seed {seed}")
