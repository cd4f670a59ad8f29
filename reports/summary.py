"""The report in one page of Markdown: what was claimed, and what was found out about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from derivations.loading import Chapter
from numeric.evidence import Report, Verdict
from reports.verdicts import readable


def summary(chapters: Sequence[Chapter], reports: Sequence[Report]) -> str:
    """Counts and settings, the claims that do not pass, then a table for each chapter."""
    return "\n".join(_lines(chapters, reports)) + "\n"


def _lines(chapters: Sequence[Chapter], reports: Sequence[Report]) -> Iterator[str]:
    yield "# Checked derivations"
    yield ""
    counts = Counter(report.verdict for report in reports)
    words = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    noun = "claim" if len(reports) == 1 else "claims"
    yield f"{len(reports)} {noun}: {words}."
    if reports:
        evidence = reports[0].claim
        points = max(report.claim.effective_points for report in reports)
        yield f"Digits: {evidence.digits}. Points: up to {points} a claim. Seed: {evidence.seed}."
    failing = [report for report in reports if not report.verdict.is_pass]
    if failing:
        yield from ("", "## Claims that do not pass", "")
        for report in failing:
            yield f"- **{report.verdict}** `{report.id}`"
            for message in report.messages:
                yield from ("", "  ```text")
                yield from (f"  {line}" for line in message.splitlines())
                yield "  ```"
    by_id = {report.id: report for report in reports}
    for chapter in chapters:
        yield from ("", f"## {_cell(chapter.title)}", "")
        if not chapter.derivations:
            yield "Remarks only."
            continue
        yield "| claim | verdict | method | steps proved | points | worst error |"
        yield "|---|---|---|---|---|---|"
        own = [by_id[derivation.id] for derivation in chapter.derivations]
        for report in sorted(own, key=lambda report: report.verdict.is_pass):
            yield _row(report)


def _row(report: Report) -> str:
    evidence = report.claim
    proved = sum(step.evidence.verdict is Verdict.PROVED for step in report.steps)
    worst = evidence.worst_error
    if worst and evidence.worst_point:
        worst = f"{worst} at {readable(evidence.worst_point)}"
    cells = (
        f"`{report.id}`",
        str(report.verdict) if report.verdict.is_pass else f"**{report.verdict}**",
        _cell(re.sub(r" at \d+ points?\Z", "", evidence.method)),
        f"{proved} of {len(report.steps)}" if report.steps else "",
        f"{evidence.effective_points} of {evidence.points}" if evidence.points else "",
        _cell(worst),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Text that neither ends a cell nor becomes markup; what is in backquotes stays."""
    if text.startswith("`"):
        return text
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_~<>|\[\]#])", r"\\\1", one_line)
