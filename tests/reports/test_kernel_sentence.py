"""The certificate of a kernel stands beside the derivation."""

from __future__ import annotations

from dataclasses import replace

from click.testing import CliRunner

from derivations import catalogue
from numeric.evidence import KernelNote
from numeric.judging.verify import verify
from numeric.kernels.shelf import SHELF, with_kernels
from reports.bibliography import Bibliography
from reports.book_text import book_text
from reports.cli import main
from reports.document import document
from reports.kernel_notes import kernel_sentence
from reports.pdf import Job, compiled_book
from tests.reports.made import assert_clean, chapter, needs_latex, taken_as_consistent

NOTE = KernelNote(
    "1/(1 + exp(-x))", "proved", 2.0, 2.0, (("x", -1.25e-8),), 20123, 500000, 0, (("numpy", "2.4"),)
)
DERIVATION = catalogue.find("sigmoid.exp_form")


def test_the_sentence_gives_the_bound_the_place_the_points_and_the_versions():
    said = kernel_sentence(NOTE, DERIVATION.claim)
    for part in (
        "proved",
        "at most $2$ units",
        r"x = -1.25 \cdot 10^{-8}",
        r"20\,123",
        "numpy 2.4",
    ):
        assert part in said


def test_one_unit_is_no_plural():
    said = kernel_sentence(replace(NOTE, max_ulp=0.99, max_conditioned=0.99), DERIVATION.claim)
    assert "at most $0.99$ units" in said
    said = kernel_sentence(replace(NOTE, max_ulp=1.0, max_conditioned=1.0), DERIVATION.claim)
    assert "at most $1$ unit in" in said


def test_a_bound_relative_to_the_condition_number_is_said_to_be_one():
    said = kernel_sentence(replace(NOTE, max_ulp=1e16, max_conditioned=1.5), DERIVATION.claim)
    assert r"1.5 times $1 + \kappa$" in said


def test_a_document_carries_the_certificate_of_its_kernel():
    report = verify(DERIVATION, points=5)
    assert "derivations kernel" not in document(DERIVATION, report).text
    (noted,) = with_kernels([report])
    assert noted.kernel is not None
    assert noted.kernel.max_ulp <= 4
    assert r"\texttt{derivations kernel sigmoid" in document(DERIVATION, noted).text


@needs_latex
def test_the_book_has_a_table_of_the_kernels_of_a_chapter():
    notes = {
        "exponential_family.log_density.gaussian2": replace(
            NOTE, max_ulp=1e16, max_conditioned=1.5
        ),
        "exponential_family.gaussian2.gradient_1": replace(
            NOTE,
            worst=(("eta1", -567.266), ("eta2", (-1.25e-300, 2.0, 3.0, 4.0))),
            verdict="consistent",
        ),
        "exponential_family.gaussian2.gradient_2": replace(NOTE, worst=()),
    }
    derivations = [catalogue.find(id) for id in notes]
    reports = {d.id: replace(taken_as_consistent(d), kernel=notes[d.id]) for d in derivations}
    text = book_text((chapter(*derivations),), reports, Bibliography(), [])
    for part in (
        r"1.5\,(1 + \kappa)",
        r"(-1.25 \cdot 10^{-300}$, $2$, $3$, $\dots)$",
        "consistent",
    ):
        assert part in text
    assert text.count("seed 0; numpy 2.4") == 1
    assert_clean(compiled_book(Job("book", text), {}).log)


def test_every_kernel_on_the_shelf_belongs_to_a_shipped_claim():
    assert all(catalogue.find(id).id == id for id in SHELF)
    assert len(set(SHELF)) == len(SHELF)


def test_the_command_lists_them():
    result = CliRunner().invoke(main, ["kernel", "--list"])
    assert result.exit_code == 0
    assert tuple(result.stdout.split()) == SHELF
    assert CliRunner().invoke(main, ["kernel"]).exit_code == 2


def test_an_error_is_one_sentence_with_one_full_stop():
    for id, end in (("sigmoid.derivativ", "?\n"), ("sigmoid", "sigmoid.exp_form.\n")):
        result = CliRunner().invoke(main, ["kernel", id])
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert result.stderr.endswith(end)
