"""Plain text to domains."""
# ruff: noqa: E501  a sentence of a table stands on one line

from __future__ import annotations

import pytest

from derivations.core.calculus import total
from derivations.core.domain import (
    Complex,
    Domain,
    Integers,
    Reals,
    closed,
    finite_set,
    integers,
    interval,
)
from derivations.core.formula import I, Q, neg, num, oo, pi, symbol
from derivations.core.functions import exp, log, sqrt
from derivations.reading import ReadingError, read_domain

k = symbol("k")

READ: list[tuple[str, Domain]] = [
    ("R", Reals),
    (" R ", Reals),
    ("(-oo, oo)", Reals),
    ("C", Complex),
    ("Z", Integers()),
    ("Z[1, oo)", integers(1)),
    ("Z[0, 5]", integers(0, 5)),
    ("Z(-oo, 3]", integers(None, 3)),
    ("Z(-oo, oo)", Integers()),
    ("Z[-3, -1]", integers(-3, -1)),
    ("Z(0, 5)", integers(1, 4)),
    ("Z(0, oo)", integers(1)),
    ("Z [1, 2]", integers(1, 2)),
    ("Z[7, 7]", integers(7, 7)),
    ("{0, 1}", finite_set(0, 1)),
    ("{1}", finite_set(1)),
    ("{-1, Rational(1, 2), sqrt(2), I}", finite_set(-1, Q(1, 2), sqrt(2), I)),
    ("{0, 1, 0}", finite_set(0, 1)),
    ("(0, 1)", interval(0, 1)),
    ("[0, 1]", closed(0, 1)),
    ("[0, 1)", interval(0, 1, lower_open=False)),
    ("(0, 1]", interval(0, 1, upper_open=False)),
    ("[0,oo)", interval(0, oo, lower_open=False)),
    ("(-oo, 0]", interval(-oo, 0, upper_open=False)),
    ("(-log(2), oo)", interval(neg(log(2)), oo)),
    ("(-pi/2, pi/2)", interval(-pi / 2, pi / 2)),
    ("[exp(-1), log(3, 2)]", closed(exp(num(-1)), log(3, 2))),
    ("[1/2, 1/2]", closed(Q(1, 2), Q(1, 2))),
    ("(1/3, 1/2)", interval(Q(1, 3), Q(1, 2))),
    ("(0, Sum(2**(-k), (k, 1, oo)))", interval(0, total(num(2) ** -k, k, 1, oo))),
]


@pytest.mark.parametrize(("text", "domain"), READ, ids=[text for text, _ in READ])
def test_a_text_is_the_domain_that_it_says(text: str, domain: Domain) -> None:
    assert read_domain(text) == domain


@pytest.mark.parametrize("domain", [domain for _, domain in READ], ids=str)
def test_a_printed_domain_reads_as_the_same(domain: Domain) -> None:
    assert read_domain(str(domain)) == domain


UNION = "a union or difference is no domain: take the larger set, and say the rest in where"
SHAPES = "one of R, C, Z, Z[1, oo), Z[0, 5], {0, 1}, (0, 1), [0, oo)"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", f"'' is no domain: {SHAPES}"),
        ("N", "N is no domain here: write Z[1, oo) or Z[0, oo)"),
        ("Q", "Q is no domain here: write R (the rationals are not among the domains)"),
        ("R+", "R+ is no domain here: write (0, oo)"),
        ("real", "real is no domain here: write R"),
        ("x", f"'x' is no domain: {SHAPES}"),
        ("R[0, 1]", f"'R[0, 1]' is no domain: {SHAPES}"),
        ("(0, 1", f"'(0, 1' is no domain: {SHAPES}"),
        ("\u211d", f"'\\u211d' is no domain: {SHAPES}"),
        ("R" * 50, f"'{'R' * 37}...' is no domain: {SHAPES}"),
        ("(-oo, 0) U (0, oo)", UNION),
        ("(-oo, 0) \u222a (0, oo)", UNION),
        ("R \\ {0}", UNION),
        ("R - {0}", UNION),
        ("Z[1, 2] | {5}", UNION),
        ("{}", "the domain {} is empty"),
        ("{0, oo}", "oo is no member of a set"),
        ("{x}", "x has no domain: declare it (column 2)"),
        ("()", "an interval has two ends, not 0: (0, 1), [0, oo)"),
        ("(1)", "an interval has two ends, not 1: (0, 1), [0, oo)"),
        ("(0, 1, 2)", "an interval has two ends, not 3: (0, 1), [0, oo)"),
        ("(1, 0)", "the interval is empty: its first end is larger than its second"),
        ("(-1/3, -1/2)", "the interval is empty: its first end is larger than its second"),
        ("(0, 0)", "the interval is empty: its ends are equal and not both included"),
        ("[0, 0)", "the interval is empty: its ends are equal and not both included"),
        ("(oo, 0)", "an interval goes from the smaller end to the larger one"),
        ("(0, -oo)", "an interval goes from the smaller end to the larger one"),
        ("[0, oo]", "infinity is no real number: write (-oo, ... or ..., oo)"),
        ("[-oo, 0]", "infinity is no real number: write (-oo, ... or ..., oo)"),
        ("(0, 2*oo)", "2*oo is no number"),
        ("(0, exp(-oo))", "exp(-oo) is no number"),
        ("(0, 1/0)", "1/0 is no number"),
        ("{1, sin(1/0)}", "sin(1/0) is no number"),
        ("(0, I)", "an interval of real numbers has real ends"),
        ("(0, y)", "y has no domain: declare it (column 5)"),
        ("Z [0, y]", "y has no domain: declare it (column 7)"),
        ("(0, 0.5)", "0.5 is not exact: write Rational(1, 2) or 1/2 for one half, 10**-3 for 1e-3 (column 5)"),
        ("(0, 9**9**9)", "the exponent 9**9 is too large: at most 1000000 in size"),
        ("Z1", "integers are written Z, Z[1, oo), Z[0, 5], Z(-oo, 3]"),
        ("Z[1/2, 3]", "1/2 is no integer: the ends of Z[...] are written in digits"),
        ("Z[pi, 3]", "pi is no integer: the ends of Z[...] are written in digits"),
        ("Z[1, oo]", "infinity is no integer: write Z(-oo, ... or ..., oo)"),
        ("Z[-oo, 1]", "infinity is no integer: write Z(-oo, ... or ..., oo)"),
        ("Z[oo, 1]", "a range of integers goes from the smaller end to the larger one"),
        ("Z[5, 0]", "the range of integers is empty"),
        ("Z(0, 1)", "the range of integers is empty"),
    ],
)  # fmt: skip
def test_what_is_no_domain_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as found:
        read_domain(text)
    assert str(found.value) == sentence
