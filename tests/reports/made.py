"""Chapters and reports for the tests of documents, and what a LaTeX log may not say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from derivations.core import Derivation, Remark
from derivations.loading import Chapter
from numeric.evidence import Evidence, Report, StepEvidence, Verdict
from numeric.judging.verify import verify
from reports.pdf import overfull

MISSING = shutil.which("latexmk") is None or shutil.which("pdflatex") is None


def needs_latex(test):  # type: ignore[no-untyped-def]
    skipped = pytest.mark.skipif(MISSING, reason="latexmk and pdflatex are not installed")
    return pytest.mark.pdf(skipped(test))


def chapter(*members: Derivation | Remark, title: str = "A chapter", text: str = "") -> Chapter:
    return Chapter("made", title, text, members, "made.py")


def reports_of(*derivations: Derivation) -> list[Report]:
    return [verify(derivation, points=8) for derivation in derivations]


def taken_as_consistent(derivation: Derivation) -> Report:
    """A report for tests of the typesetting alone, which would be the same with any evidence."""
    evidence = Evidence(
        derivation.id, Verdict.CONSISTENT, "Arb and mpmath", 50, 200, 200, "", "3.1e-57"
    )
    steps = (StepEvidence(n, "", evidence) for n, _ in enumerate(derivation.steps, 1))
    return Report(evidence, tuple(steps))


def pdflatex(folder: Path, name: str) -> str:
    """The log of the second run, in which references are known."""
    for _ in range(2):
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"],
            cwd=folder,
            env={"max_print_line": "1000", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:].decode("utf-8", "replace")
    return (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")


def assert_clean(log: str) -> None:
    assert not overfull(log)
    assert "undefined" not in log.lower().replace("undefined on input line 0", "")
