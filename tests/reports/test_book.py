"""What the command `report` leaves in its folder, and what it never leaves there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from derivations.core import Claim, Reals, Remark, derive, symbol
from derivations.core.reason import algebra
from reports.book import file_names, write_report
from reports.files import ReportError
from tests.reports.made import chapter, needs_latex, reports_of

x = symbol("x")
GOOD = derive(Claim("good/one:a", x + 0, "=", x, on={x: Reals}, title="Good"), (x, algebra))
WRONG = derive(Claim("wrong", x + 1, "=", x, on={x: Reals}), (x, algebra))
BROKEN = Remark("broken", r"\nosuchmacro", "")


def test_all_files_are_written_without_latex(tmp_path: Path) -> None:
    written = write_report((chapter(GOOD, WRONG),), reports_of(GOOD, WRONG), tmp_path, "never")
    names = {str(path.relative_to(tmp_path)) for path in written}
    assert names == {
        "good-one-a.tex", "fragments/good-one-a.tex", "wrong.tex", "fragments/wrong.tex",
        "book.tex", "derivations-preamble.tex", "summary.md",
    }  # fmt: skip
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(written)
    assert not (tmp_path / "figures").exists(), "there are none"


def test_the_summary_puts_what_fails_first(tmp_path: Path) -> None:
    write_report((chapter(GOOD, WRONG),), reports_of(GOOD, WRONG), tmp_path, "never")
    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "2 claims: 1 proved, 0 consistent, 1 refuted, 0 unknown." in text
    assert (
        text.index("`wrong`") < text.index("## A chapter") < text.index("| `wrong` | **refuted**")
    )
    assert text.index("| `wrong`") < text.index("| `good/one:a` | proved")


def test_pdfs_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    (tmp_path / "wrong.pdf").write_bytes(b"%PDF of a theorem")
    write_report((chapter(WRONG),), reports_of(WRONG), tmp_path, "never")
    assert not (tmp_path / "wrong.pdf").exists()


def test_without_latex_pdfs_are_left_out_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    write_report((chapter(GOOD),), reports_of(GOOD), tmp_path / "out", "auto")
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "not installed" in err
    with pytest.raises(ReportError, match="latexmk or pdflatex is not installed"):
        write_report((chapter(GOOD),), reports_of(GOOD), tmp_path / "out", "always")


def test_a_folder_that_cannot_be_written_costs_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReportError, match=r"Cannot write .*file"):
        write_report((chapter(GOOD),), reports_of(GOOD), tmp_path / "file" / "out", "never")


def test_file_names_are_distinct_on_every_file_system() -> None:
    names = file_names(["a/b", "a-b", "A-B", "book", "summary"])
    assert len({name.lower() for name in names.values()}) == 5
    assert names["a-b"] == "a-b" or names["A-B"] == "A-B"
    assert "book" not in names.values()


@needs_latex
def test_a_failing_latex_run_is_told_and_leaves_no_half_written_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"LaTeX failed on book.tex: .*Undefined control") as told:
        write_report((chapter(GOOD, BROKEN),), reports_of(GOOD), tmp_path, "always")
    log = tmp_path / "book.log"
    assert str(log) in str(told.value)
    assert "nosuchmacro" in log.read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("*.pdf"))
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


@needs_latex
def test_a_latex_that_cannot_be_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("latexmk", "pdflatex"):
        (programs / name).write_text(
            "#!/bin/sh\necho '! It is Sunday.'\nexit 3\n", encoding="utf-8"
        )
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    with pytest.raises(ReportError, match="It is Sunday"):
        write_report((chapter(GOOD),), reports_of(GOOD), tmp_path / "out", "always")
    assert not list((tmp_path / "out").rglob("*.pdf"))


# Algebra, cases, arrays and sizes, limits, integrals, counterexamples, sources, a figure.
OF_MANY_KINDS = (
    "sigmoid.derivative", "sigmoid.odds", "sigmoid.cdf", "softplus.stable_form",
    "logistic_loss.not_upper_bound_at_minus_half", "squared_error.least_factor",
    "likelihood.sample_gradient", "exponential_family.gaussian.normalised",
    "squashing.softsign.second_right", "softmax.jacobian", "training.start",
)  # fmt: skip


@needs_latex
def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, with another hash seed and another number of jobs."""
    found = []
    for seed, jobs in (("1", "1"), ("2", "2")):
        out = tmp_path / f"folder-{seed}" / "out"
        out.parent.mkdir()
        subprocess.run(
            [sys.executable, "-m", "reports.cli", "report", *OF_MANY_KINDS,
             "--out", str(out), "--pdf", "always", "--jobs", jobs],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )  # fmt: skip
        files = (path for path in sorted(out.rglob("*")) if path.is_file())
        found.append({path.relative_to(out): path.read_bytes() for path in files})
    one, two = found
    assert [str(name) for name in one if one[name] != two.get(name)] == []
    assert one.keys() == two.keys()
    assert Path("figures/training.pdf") in one
    assert Path("book.pdf") in one
    for name, content in one.items():
        assert str(tmp_path).encode() not in content, name
