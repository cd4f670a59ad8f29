"""What the command `verify` prints: a line for each claim, the complaints, the counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from typing import Final

from rich.text import Text

from derivations.loading import Chapter
from numeric.evidence import Evidence, Report, Verdict

STYLES: Final = {
    Verdict.PROVED: "bold green",
    Verdict.CONSISTENT: "green",
    Verdict.REFUTED: "bold red",
    Verdict.UNKNOWN: "bold yellow",
}
_LONGEST_POINT: Final = 60
WIDEST_VERDICT: Final = max(len(verdict.value) for verdict in Verdict)


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
    told = ", ".join(filter(None, (*method_and_points(report.claim), worst(report.claim))))
    yield Text.assemble(
        "  ",
        (verdict.value.ljust(WIDEST_VERDICT), STYLES[verdict]),
        f"  {report.id.ljust(widest)}  {told}".rstrip(),
    )
    for message in report.messages:
        yield from (Text(f"      {line}") for line in message.splitlines())


def method_and_points(evidence: Evidence) -> tuple[str, str]:
    tried, used = evidence.points, evidence.effective_points
    unit = "point" if tried == 1 else "points"
    points = f"{tried} {unit}" if used == tried else f"{used} of {tried} {unit}"
    method = evidence.method.removesuffix(f" at {used} points")
    return method, points if tried else ""


def worst(evidence: Evidence) -> str:
    if not evidence.worst_error:
        return ""
    place = f" at {readable(evidence.worst_point)}" if evidence.worst_point else ""
    return f"worst {evidence.worst_error}{place}"


def readable(point: str) -> str:
    """A point with its long fractions rounded, marked by ~, and cut where it is long (the JSON
    document has it exactly and whole).

    >>> readable("a = -973/1180591620717411303424, b = 1/2")
    'a = ~-8.242e-19, b = 1/2'
    """
    text = re.sub(r"-?\d+/\d+", _rounded, point)
    if len(text) <= _LONGEST_POINT:
        return text
    return f"{text[: _LONGEST_POINT - 4].rpartition(' ')[0]} ..."


def _rounded(match: re.Match[str]) -> str:
    if len(match[0]) <= 10:
        return match[0]
    with localcontext(prec=4):
        numerator, denominator = map(Decimal, match[0].split("/"))
        return f"~{numerator / denominator:.4g}"


def closing_line(reports: Sequence[Report], seconds: float, seed: int) -> Text:
    """How many claims have which verdict, the time it took, and the seed of the points."""
    return counts_line([report.verdict for report in reports], seconds, seed)


def counts_line(verdicts: Sequence[Verdict], seconds: float, seed: int) -> Text:
    """The same from the verdicts alone."""
    counts = Counter(verdicts)
    line = Text(f"{len(verdicts)} {'claim' if len(verdicts) == 1 else 'claims'}: ")
    for verdict in Verdict:
        if verdict is not Verdict.PROVED:
            line.append(", ")
        style = STYLES[verdict] if counts[verdict] else ""
        line.append(f"{counts[verdict]} {verdict.value}", style)
    return line.append(f"; {seconds:.1f} s, seed {seed}")
