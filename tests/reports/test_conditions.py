"""Side conditions are printed once each, as mathematics, and only where they say something."""

from __future__ import annotations

import pytest

from derivations import catalogue
from reports.condition_latex import conditions_sentence

DERIVATION = catalogue.find("sigmoid.sigmoid_of_logit")  # its variable is p


@pytest.mark.parametrize(
    ("conditions", "printed"),
    [
        (["p > 0", "1 - p > 0"], "on the domain: $p > 0$, $1 - p > 0$."),
        (["1 - p > 0", "p > 0", "-(p - 1) > 0", "p < 1", "2 - 2*p > 0"],
         "on the domain: $p < 1$, $p > 0$."),
        (["p >= 0", "p > 0"], "on the domain: $p \\ge 0$, $p > 0$."),
        (["2 - 1 > 0", "0 = 0", "not (0 = 1)", "1 + 0 != 0", "p > 0"], "on the domain: $p > 0$."),
        (["p is real", "0 is real", "log(p) is real"],
         "on the domain: $\\log(p) \\in \\mathbb{R}$."),
        (["p >= 0", "1 - p > 0", "p <= 0"],
         "where each is needed: $p \\ge 0$, $1 - p > 0$, $p \\le 0$."),
        (["rgamma(p) > 0"], r"on the domain: $\frac{1}{\Gamma(p)} > 0$."),
        (["1 - > p"], r"on the domain: \texttt{1 - \textgreater{} p}."),
    ],
)  # fmt: skip
def test_each_condition_is_printed_once(conditions: list[str], printed: str) -> None:
    assert conditions_sentence(DERIVATION, conditions) == f"Side conditions, discharged {printed}"


@pytest.mark.parametrize("conditions", [[], ["2 - 1 > 0"]])
def test_where_nothing_is_demanded_nothing_is_said(conditions: list[str]) -> None:
    assert conditions_sentence(DERIVATION, conditions) == ""


def test_of_conditions_too_wide_for_a_line_the_number_is_told() -> None:
    wide = " + ".join(f"exp(p**{number})" for number in range(2, 40))
    said = conditions_sentence(DERIVATION, [f"{wide} > 0", "p > 0"])
    assert said.endswith("$p > 0$, 1 that is too wide to print.")


def test_both_sides_of_a_case_are_said_to_be_cases() -> None:
    both = ["not (And(0 < p, p < 1))", "And(0 < p, p < 1)"]
    said = conditions_sentence(DERIVATION, both)
    assert said.startswith("Side conditions, discharged where each is needed")
    assert "texttt" not in said


def test_a_condition_of_one_case_is_not_said_to_hold_on_the_domain() -> None:
    stable = catalogue.find("softplus.stable_form")
    said = conditions_sentence(stable, ["x <= 0", "1 + exp(x) > 0"])
    assert said == (
        "Side conditions, discharged where each is needed: $x \\le 0$, $1 + e^{x} > 0$."
    )
