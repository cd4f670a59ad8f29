"""Documents: hypotheses first, only what was checked as a theorem, and whatever words there are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from derivations import (
    likelihood,
    sigmoid,
    squared_error,
    squared_error_gradient,
    zero_one_loss,
)
from derivations.catalogue import shipped
from derivations.core import (
    Claim,
    Derivation,
    Positive,
    Reals,
    Remark,
    Step,
    algebra,
    derive,
    log,
    symbol,
)
from derivations.core.derivation import Derivation as AnyDerivation
from numeric.evidence import Verdict
from reports.bibliography import Bibliography
from reports.book_text import book_text
from reports.checks import check_sentence
from reports.document import document, fragment, preamble, user_preamble
from reports.pdf import Job, compiled_book, compiled_documents, first_error
from tests.reports.made import (
    assert_clean,
    chapter,
    needs_latex,
    pdflatex,
    reports_of,
    taken_as_consistent,
)

x = symbol("x")
ODD_WORDS = r"50% of $x_1$ & a_b #1 {~^} \ <é> „π“ → ∞ 漢"

ODD = derive(
    Claim(
        "odd.words",
        x + 1 - 1,
        "=",
        x,
        on={x: Reals},
        title=ODD_WORDS,
        says=ODD_WORDS,
        source=ODD_WORDS,
    ),
    (x, algebra(ODD_WORDS)),
)
WRONG = derive(
    Claim("wrong.sum", x + 1, "=", x + 2, on={x: Reals}, title="A wrong sum", says="It is wrong."),
    (x + 2, algebra("add one")),
)
WRONG_STEP = derive(
    Claim("wrong.step", x + 1, "=", 1 + x, on={x: Reals}),
    (x + 2, algebra("add one")),
    (1 + x, algebra("subtract one")),
)
STATED = Derivation(Claim("stated.log", log(x), "<", x, on={x: Positive}, title="Only stated"))


def text_of(derivation: AnyDerivation) -> str:
    (report,) = reports_of(derivation)
    return document(derivation, report).text.partition(r"\begin{document}")[2]


def test_definition_hypotheses_statement_and_proof_come_in_order() -> None:
    text = text_of(sigmoid.DERIVATIVE)
    parts = (
        r"\begin{definition}", r"\begin{theorem}", r"Let $x \in \mathbb{R}$. Then",
        r"\sigma(x) (1 - \sigma(x)).", r"\begin{proof}", r"\qedhere", "Proved symbolically",
        r"\toprule", "step 7",
    )  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_table_has_a_row_for_the_claim_and_one_for_each_step() -> None:
    text = text_of(sigmoid.DERIVATIVE)
    table = text.partition(r"\midrule")[2].partition(r"\bottomrule")[0]
    assert [row.split(" & ")[0].strip() for row in table.strip().split("\\\\\n")] == [
        "claim", *(f"step {n}" for n in range(1, 8)),
    ]  # fmt: skip


@pytest.mark.parametrize("derivation", [WRONG, WRONG_STEP], ids=lambda d: d.id)
def test_a_claim_that_does_not_pass_is_no_theorem_and_has_no_proof(
    derivation: AnyDerivation,
) -> None:
    text = text_of(derivation)
    assert r"\begin{refutedclaim}" in text
    assert r"\begin{theorem}" not in text
    assert r"\begin{proof}" not in text
    assert "is refuted at" in text


def test_a_step_that_fails_is_named_with_both_lines() -> None:
    text = text_of(WRONG_STEP)
    assert "Step 1 (add one) is refuted at $x = 0$" in text
    assert "& x + 1 \\\\\n  & = x + 2" in text


def test_a_rejected_reason_leaves_the_claim_open() -> None:
    mislabelled = AnyDerivation(
        WRONG_STEP.claim, (Step(1 + x, "=", sigmoid.DERIVATIVE.steps[1].reason),)
    )
    text = text_of(mislabelled)
    assert r"\begin{openclaim}" in text
    assert "does not carry the step" in text


def test_a_claim_without_steps_says_how_it_was_checked_and_has_no_proof() -> None:
    text = text_of(STATED)
    assert r"\begin{theorem}" in text
    assert "There are no steps." in text
    assert r"\begin{proof}" not in text


def test_only_what_is_proved_is_a_theorem_and_has_a_proof() -> None:
    proved = text_of(sigmoid.DERIVATIVE)
    assert r"\begin{theorem}" in proved
    assert "\\begin{proof}\n" in proved
    report = taken_as_consistent(sigmoid.DERIVATIVE)
    consistent = document(sigmoid.DERIVATIVE, report).text
    assert r"\begin{proposition}" in consistent
    assert r"\begin{proof}[Derivation]" in consistent
    assert "Checked numerically, not proved symbolically" in consistent
    assert r"\begin{theorem}" not in consistent


def test_a_theorem_proved_by_another_way_than_its_lines_says_how_many_of_them_are() -> None:
    report = taken_as_consistent(sigmoid.DERIVATIVE)
    proved = replace(report.claim, verdict=Verdict.PROVED, method="signs")
    sentence = check_sentence(sigmoid.DERIVATIVE, replace(report, claim=proved))
    assert sentence.startswith("Proved symbolically (signs)")
    assert sentence.endswith("; 0 of 7 steps are proved.")


def test_a_counterexample_is_shown_at_the_integer_next_to_the_end_of_its_domain() -> None:
    text = text_of(squared_error.LEAST_FACTOR)
    assert "For instance, at $c = 3$:" in text


def test_a_number_is_not_said_to_be_itself() -> None:
    text = text_of(squared_error_gradient.NOT_CONVEX)
    assert "For instance, at $z = -1$:" in text
    assert "0 = 0" not in text


def test_a_counterexample_states_the_falsehood_and_shows_a_witness() -> None:
    text = text_of(zero_one_loss.NOT_UPPER_BOUND_AT_MINUS_HALF)
    assert r"\begin{counterexample}" in text
    assert r"not} true: ``The natural-log logistic loss bounds" in text
    assert r"\approx 0.974" in text
    assert "= 1$" in text


def test_definitions_are_printed_once_each_after_those_they_are_made_of() -> None:
    (report,) = reports_of(likelihood.SAMPLE_GRADIENT)
    text = document(likelihood.SAMPLE_GRADIENT, report).text
    body = text.partition(r"\begin{definition}")[2].partition(r"\end{definition}")[0]
    assert body.count(r"\sigma(") - body.count(r"= \sigma(") == 1
    assert body.index(r"\sigma(") < body.index(":= \\sigma(")


def test_words_with_latex_letters_are_printed_as_they_are() -> None:
    text = text_of(ODD)
    assert r"50\% of $x_1$ \& a\_b \#1" in text
    assert r"\cite{source1}" in text
    assert r"\bibitem{source1} 50\%" in text


def test_the_book_names_earlier_results_by_number_and_recalls_definitions() -> None:
    chapters = [c for c in shipped() if c.name in {"sigmoid", "log_sigmoid"}]
    reports = {d.id: taken_as_consistent(d) for c in chapters for d in c.derivations}
    text = book_text(chapters, reports, Bibliography(), [])
    assert r"by Proposition~\ref{claim:sigmoid.exp_form}" in text
    assert text.count("\\begin{definition}\nWe define\n\\begin{align*}\n  \\sigma(x) & :=") == 1
    assert "Recall from earlier chapters:" in text
    assert "seconds" not in text


# ----------------------------------------------------------------------------- with pdflatex


@needs_latex
def test_documents_compile_without_a_word_of_complaint() -> None:
    derivations = (
        sigmoid.DERIVATIVE,
        ODD,
        WRONG,
        WRONG_STEP,
        STATED,
        zero_one_loss.NOT_UPPER_BOUND,
    )
    made = [document(d, r) for d, r in zip(derivations, reports_of(*derivations), strict=True)]
    jobs = [
        Job(d.id, one.text, tuple(source.key for source in one.sources))
        for d, one in zip(derivations, made, strict=True)
    ]
    for compiled in compiled_documents(preamble(), jobs, 2):
        assert compiled.pdf.startswith(b"%PDF")
        assert_clean(compiled.log)


@needs_latex
def test_a_document_stands_alone(tmp_path: Path) -> None:
    (report,) = reports_of(ODD)
    (tmp_path / "odd.tex").write_text(document(ODD, report).text, encoding="utf-8")
    assert_clean(pdflatex(tmp_path, "odd"))


@needs_latex
def test_nothing_in_the_whole_book_is_too_wide_or_undefined() -> None:
    chapters = (*shipped(), chapter(ODD, WRONG, Remark("r", "$x$", ODD_WORDS), title=ODD_WORDS))
    derivations = [d for c in chapters for d in c.derivations]
    reports = {d.id: taken_as_consistent(d) for d in derivations}
    reports[WRONG.id] = reports_of(WRONG)[0]
    text = book_text(chapters, reports, Bibliography(), [])
    assert_clean(compiled_book(Job("book", text), {}).log)


@needs_latex
def test_all_fragments_fit_into_a_document_of_the_plain_article_class(tmp_path: Path) -> None:
    inputs = []
    for number, derivation in enumerate((*(d for c in shipped() for d in c.derivations), ODD)):
        text = fragment(derivation, taken_as_consistent(derivation))
        (tmp_path / f"f{number}.tex").write_text(text, encoding="utf-8")
        inputs.append(rf"\input{{f{number}}}")
    (tmp_path / "derivations-preamble.tex").write_text(user_preamble(), encoding="utf-8")
    lines = [
        r"\documentclass[11pt]{article}",
        r"\usepackage[T1]{fontenc}",
        r"\usepackage{lmodern,amsthm}",
        r"\newtheorem{theorem}{Satz}",
        r"\input{derivations-preamble}",
        r"\emergencystretch=3em",
        r"\begin{document}",
        *inputs,
        r"\end{document}",
    ]
    (tmp_path / "mine.tex").write_text("\n".join(lines), encoding="utf-8")
    assert_clean(pdflatex(tmp_path, "mine"))


def test_the_first_error_of_a_log_is_found() -> None:
    assert (
        first_error("a\n./d.tex:9: Missing $ inserted.\n! later") == "d.tex:9: Missing $ inserted"
    )
    assert first_error("all is well") == ""
