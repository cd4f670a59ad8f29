"""Chains of lines on a page: one reason beside each line, nothing wider than the page."""

from __future__ import annotations

import re

import pytest

from derivations import sigmoid
from derivations.core import Formula, array, exp, log, symbols
from reports.layout import Line, chain_body, display
from reports.widths import width_em

a, b, c, x, i, m = symbols("a b c x i m")
v = array("v", m)


def long_sum(terms: int) -> Formula:
    total: Formula = log(1 + exp(x))
    for number in range(1, terms):
        total = total + log(1 + exp(x * number))
    return total


def test_every_line_has_one_reason_in_a_column_of_its_own() -> None:
    lines = [Line("=", b, "algebra"), Line("<=", c, "signs of the parts")]
    assert chain_body(a, lines, 37).splitlines() == [
        r"  a & = b && \text{algebra} \\*",
        r"  & \le c && \text{signs of the parts} \qedhere",
    ]


@pytest.mark.parametrize(
    ("relation", "printed"), [("<", "<"), (">=", r"\ge"), ("!=", r"\ne"), (">", ">")]
)
def test_relations_other_than_equality_are_printed_as_such(relation: str, printed: str) -> None:
    assert f"& {printed} b &&" in chain_body(a, [Line(relation, b, "why")], 37)


def test_the_end_of_proof_sign_is_in_the_last_row_and_no_tag_is_used() -> None:
    for derivation in (sigmoid.DERIVATIVE, sigmoid.TANH_FORM):
        lines = [Line(step.rel, step.line, "why") for step in derivation.steps]
        body = chain_body(derivation.claim.lhs, lines, 37)
        assert body.endswith(r" \qedhere")
        assert body.count(r"\qedhere") == 1
        assert r"\tag" not in body


def test_a_long_left_side_stands_on_a_row_of_its_own() -> None:
    body = chain_body(long_sum(4), [Line("=", long_sum(3), "a reason of some length")], 37)
    first, second, *_ = body.splitlines()
    assert "=" not in first
    assert second.lstrip("& ").startswith(r"\qquad =")


def test_a_line_that_reaches_over_the_reasons_has_its_reason_below() -> None:
    lines = [Line("=", b, "a reason that is not short at all"), Line("=", long_sum(4), "algebra")]
    rows = chain_body(a, lines, 37).splitlines()
    assert rows[-2].startswith(r"  & \wideline{")
    assert "&&" not in rows[-2]
    assert rows[-1] == r"  &  && \text{algebra} \qedhere"


def test_a_page_ends_after_the_reason_of_a_line_but_not_beside_the_first_or_the_last() -> None:
    wide = Line("=", long_sum(4), "a reason that is not short at all")
    rows = chain_body(a, [wide, wide, wide, wide], 37).splitlines()
    assert [row.endswith(r"\\*") for row in rows] == [True] * 3 + [False] + [True] * 3 + [False]
    assert rows[3].endswith(r"\text{a reason that is not short at all} \\")


def test_a_line_wider_than_the_page_is_broken() -> None:
    rows = chain_body(a, [Line("=", long_sum(9), "algebra")], 37).splitlines()
    assert len(rows) > 2
    assert all(r"\qquad {} + \log" in row for row in rows[1:-1])


def test_a_line_is_broken_between_factors_rather_than_inside_of_brackets() -> None:
    factor = (log(1 + exp(x)) + log(2 + exp(x))) ** 2 + c
    body = chain_body(a, [Line("=", (factor + a) * (factor + b), "a reason")], 30)
    assert all(row.count("(") == row.count(")") for row in body.splitlines())


def test_a_long_reason_is_set_as_a_paragraph() -> None:
    body = chain_body(a, [Line("=", long_sum(2), "words " * 30)], 37)
    assert r"\reasonbox{" in body


def test_what_cannot_be_broken_is_made_smaller() -> None:
    wide = 1 / exp(v[i]) ** long_sum(12)
    assert r"\resizebox{" in chain_body(a, [Line("=", wide, "algebra")], 37)


def test_a_wide_statement_is_broken_before_its_relation() -> None:
    printed = display(long_sum(4), "<=", long_sum(4), 30)
    assert printed.startswith(r"\begin{align*}")
    rows = re.findall(r"  & (.*?)(?: \\\\)?\n", printed)
    assert any(row.startswith(r"\qquad \le") for row in rows)
    assert all(width_em(row) <= 30 for row in rows)
    assert display(a, "<=", b, 30) == "\\[\n  a \\le b.\n\\]"
