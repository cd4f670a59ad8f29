"""Wide formulas are broken where a mathematician breaks them, and fit."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.core import Formula, array, exp, log, symbols
from derivations.core.latex import to_latex
from reports.breaking import broken, broken_latex
from reports.widths import text_width_em, width_em
from tests.core.latex_reader import LatexReader
from tests.core.test_latex_reads_back import READER
from tests.core.trees import everything

a, b, c, x, i, m = symbols("a b c x i m")
v = array("v", m)


def test_a_line_that_fits_is_left_in_one_piece() -> None:
    assert broken_latex(a + b, 10) == ["a + b"]


@pytest.mark.parametrize(
    ("latex", "width", "rows"),
    [
        ("a + b = c + d", 5, ["a + b", "= c + d"]),
        ("a + b = c + d = e", 7.5, ["a + b = c + d", "= e"]),
        ("a + b - c + d", 4.5, ["a + b - c", "+ d"]),
        ("-a + b", 2, ["-a", "+ b"]),
        ("a = -b - c", 3.6, ["a", "= -b", "- c"]),
        (r"\log(x) \log(y) \log(z)", 6, [r"\log(x) \log(y)", r"\cdot \log(z)"]),
        (r"a \cdot (-1) b", 3, [r"a", r"\cdot (-1) b"]),
        (
            r"\sum_{i=1}^{m} (a + \log(b))",
            4.5,
            [r"\sum_{i=1}^{m} (a", r"+ \log(b))"],
        ),
        (
            r"2 \left(\frac{a}{b} + \frac{c}{d}\right)^{2}",
            3.5,
            [r"2 \biggl(\frac{a}{b}", r"+ \frac{c}{d}\biggr)^{2}"],
        ),
        (
            r"\frac{d}{dx} (a + b - c)",
            5.6,
            [r"\frac{d}{dx} (a + b", "- c)"],
        ),
        (
            r"\frac{a + b + c + d}{x}",
            6,
            [r"\frac{\begin{gathered} a + b + c \\ {} + d \end{gathered}}{x}"],
        ),
        (r"\begin{cases} a & \text{if } b > c \end{cases}", 3, None),
        (r"\operatorname{incompressible}(x)", 3, None),
        (r"m(\eta_{1}, \eta_{2})", 2, None),
    ],
)
def test_rows_end_before_relations_then_signs_then_factors_then_in_brackets(
    latex: str, width: float, rows: list[str] | None
) -> None:
    assert broken(latex, width) == ([latex] if rows is None else rows)


def test_the_first_row_may_be_narrower() -> None:
    assert broken("a + b + c", 10, 2) == ["a", "+ b + c"]


@given(everything, st.integers(3, 30))
def test_broken_rows_put_together_are_the_formula(formula: Formula, width: int) -> None:
    rows = broken_latex(formula, width)
    joined = " ".join(rows)
    joined = re.sub(r"\\[bB]igg?[lr]\b", "", joined).replace(r" \\ {} ", " ")
    joined = re.sub(r"\\(?:begin|end)\{gathered\}", "", joined)
    assert _meaning(joined) == formula
    assert all(row.count("{") == row.count("}") for row in rows)
    assert all(row.count(r"\left") == row.count(r"\right") for row in rows)


def _meaning(latex: str) -> Formula:
    reader: LatexReader = READER
    return reader.read(latex)


@given(everything, st.integers(8, 40))
def test_breaking_never_makes_a_line_wider(formula: Formula, width: int) -> None:
    rows = broken_latex(formula, width)
    assert max(map(width_em, rows)) <= max(width, width_em(to_latex(formula)))


def test_a_long_sum_fills_its_rows() -> None:
    terms = sum((log(1 + exp(v[k])) for k in range(2, 9)), log(1 + exp(v[1])))
    rows = broken_latex(terms, 30)
    assert len(rows) == 2
    assert all(width_em(row) <= 30 for row in rows)


CALIBRATION = [
    r"\frac{1}{1 + e^{-x}} \left(1 - \frac{1}{1 + e^{-x}}\right)",
    r"\frac{\partial}{\partial \theta_{j}} \sum_{i=1}^{m} y_{i} \log(h_\theta(x_{i}))",
    r"\exp\left(-\frac{(x - \mu)^{2}}{2 \sigma^{2}}\right)",
    r"\int_{-\infty}^{\infty} \frac{e^{-x^{2}/2}}{\sqrt{2 \pi}} \,dx",
    r"\begin{cases} \log(1 + e^{-z}) & \text{if } z > 0 \\ -z & \text{otherwise} \end{cases}",
    r"\left(\sum_{i=1}^{m} x_{i j}\right)^{2} \le \lim_{x \to \infty} \mathbf{1}[x < 0]",
    r"\prod_{i=1}^{m} \phi^{y_{i}} (1 - \phi)^{1 - y_{i}} = \lvert W M - \Gamma(m) \rvert",
    r"\frac{\begin{gathered} a + b \\ {} + c + d \end{gathered}}{\operatorname{softplus}(x)}",
    r"\biggl(\frac{a}{b} + \Bigg(\sqrt{\frac{x}{y}}\Bigg) \cdot \delta_{i j}\biggr)",
    r"X^{\top} (h - y), \quad p(y; \phi) \in \mathbb{R}",
]
WORDS = [r"by ``The derivative of the sigmoid'' with $x = \theta^{\top} x$", "add and subtract 1"]


@pytest.mark.pdf
@pytest.mark.parametrize("size", ["10pt", "11pt"])
def test_estimated_widths_are_a_little_above_those_of_tex(tmp_path: Path, size: str) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    for want, latex in zip(_typeset(tmp_path, size), (*CALIBRATION, *WORDS), strict=True):
        estimate = text_width_em(latex) if latex in WORDS else width_em(latex)
        assert want <= estimate <= 1.3 * want + 0.5, latex


def _typeset(folder: Path, size: str) -> list[float]:
    boxes = [rf"$\displaystyle {latex}$" for latex in CALIBRATION] + WORDS
    lines = [rf"\setbox0\hbox{{{box}}}\typeout{{WIDTH \the\wd0}}" for box in boxes]
    source = (
        rf"\documentclass[{size}]{{article}}\usepackage[T1]{{fontenc}}"
        r"\usepackage{lmodern,amsmath,amssymb}\begin{document}"
        r"\setbox0\hbox{$x$}\typeout{WIDTH \the\fontdimen6\textfont2}"
        + "\n".join(lines)
        + r"\end{document}"
    )
    (folder / "widths.tex").write_text(source, encoding="ascii")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "widths.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    quad, *widths = (float(w) for w in re.findall(r"WIDTH ([\d.]+)pt", done.stdout))
    return [width / quad for width in widths]
