"""Plain text to trees: what is read, how it groups, and the sentence about what is not."""
# ruff: noqa: E501  a sentence of a table stands on one line

from __future__ import annotations

import pytest

from derivations.core.calculus import D, Integral, integral, limit, subs
from derivations.core.conditions import And, Not, Or, cases
from derivations.core.formula import (
    Catalan,
    EulerGamma,
    Formula,
    GoldenRatio,
    I,
    Q,
    Relation,
    eq,
    ne,
    num,
    oo,
    pi,
    symbols,
)
from derivations.core.functions import E, Max, exp, gamma, log, sin, sqrt
from derivations.core.special_functions import FUNCTIONS, hypergeometric
from derivations.reading import ReadingError, read_condition, read_formula, read_relation

x, y, z, n, k, beta = symbols("x y z n k beta")
NAMES = ("x", "y", "z", "n", "k", "beta")

READ: list[tuple[str, Formula]] = [
    ("x", x),
    ("  x\t", x),
    ("12", num(12)),
    ("-3", num(-3)),
    ("+x", x),
    ("x + y - z", (x + y) - z),
    ("x - (y - z)", x - (y - z)),
    ("x*y/z", x * y / z),
    ("x/(y*z)", x / (y * z)),
    ("-x*y", -x * y),
    ("-x**2", -(x**2)),
    ("(-x)**2", (-x) ** 2),
    ("x**y**z", x ** (y**z)),
    ("2**-x", num(2) ** -x),
    ("x - -y", x - (-y)),
    ("((-(x)))*((y))", -(x * y)),
    ("Rational(1, 2)", Q(1, 2)),
    ("Rational(-3, 6)", Q(-3, 6)),
    ("Rational(5)", num(5)),
    ("Rational(1, 10**30)", 1 / num(10) ** 30),
    ("Rational(-10**30, 3*2**5)", -(num(10) ** 30 / (num(3) * num(2) ** 5))),
    ("Integer(10**30 + 1)", num(10) ** 30 + 1),
    ("Integer(-7)", num(-7)),
    ("1/2", Q(1, 2)),
    ("Add(x, y, z)", x + y + z),
    ("Mul(x, y)", x * y),
    ("Pow(x, -1)", x ** num(-1)),
    ("E", E),
    ("E**x", exp(x)),
    ("exp(1)", E),
    ("pi*I + EulerGamma - Catalan/GoldenRatio", pi * I + EulerGamma - Catalan / GoldenRatio),
    ("ln(x)", log(x)),
    ("log(x, 2)", log(x, 2)),
    ("abs(x)", FUNCTIONS["Abs"](x)),
    ("max(x, y, 0)", Max(x, y, 0)),
    ("ff(x, n) + rf(x, n)", FUNCTIONS["FallingFactorial"](x, n) + FUNCTIONS["RisingFactorial"](x, n)),
    ("hyper([1, x], [Rational(1, 2)], z)", hypergeometric(2, 1)(1, x, Q(1, 2), z)),
    ("hyper((), (x,), z)", hypergeometric(0, 1)(x, z)),
    ("beta + gamma(beta)", beta + gamma(beta)),
    ("Derivative(sin(x), x)", D(sin(x), x)),
    ("Derivative(sin(x), (x, 1))", D(sin(x), x)),
    ("Derivative(sin(x), x, 2)", D(sin(x), x, 2)),
    ("Derivative(sin(x), (x, 2))", D(sin(x), x, 2)),
    ("Derivative(x*y, x, y)", D(D(x * y, x), y)),
    ("Derivative(x*y, x, 2, (y, 3))", D(D(x * y, x, 2), y, 3)),
    ("Subs(Derivative(gamma(z), z), z, 1)", subs(D(gamma(z), z), z, 1)),
    ("Subs(x + y, (x, y), (1, 2))", subs(subs(x + y, x, 1), y, 2)),
    ("Subs(t**2, t, x)", subs(symbols("t")[0] ** 2, symbols("t")[0], x)),
    ("Integral(exp(-x), (x, 0, oo))", integral(exp(-x), x, 0, oo)),
    ("Integral(x*y, (x, 0, y), (y, 0, 1))", integral(integral(x * y, x, 0, y), y, 0, 1)),
    ("Integral(u, (u, 0, x))", Integral(symbols("u")[0], symbols("u")[0], num(0), x)),
    ("Limit(1/x, x, 0)", limit(1 / x, x, 0, "+")),
    ("Limit(1/x, x, 0, '-')", limit(1 / x, x, 0, "-")),
    ('Limit(1/x, x, 0, dir="+-")', limit(1 / x, x, 0, "+-")),
    ("Limit(1/x, x, oo)", limit(1 / x, x, oo)),
    ("Limit(1/x, x, -oo)", limit(1 / x, x, -oo)),
    ("Piecewise((x, x > 0), (-x, True))", cases((x, x > 0), (-x, None))),
    ("Piecewise((x, (x > 0) & (y > 0)))", cases((x, And((x > 0, y > 0))))),
    ("Piecewise((x, Eq(x, y)), (y, x == 1), (0, True))", cases((x, eq(x, y)), (y, eq(x, 1)), (0, None))),
    ("sqrt(x)**2", sqrt(x) ** 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "formula"), READ, ids=[text for text, _ in READ])
def test_a_text_is_the_formula_that_its_author_wrote(text: str, formula: Formula) -> None:
    assert read_formula(text, NAMES) == formula


CONDITIONS: list[tuple[str, Formula]] = [
    ("x > 0", x > 0),
    ("x != y", ne(x, y)),
    ("x == y", eq(x, y)),
    ("0 < x < 1", And((num(0) < x, x < 1))),
    ("0 <= x == y", And((num(0) <= x, eq(x, y)))),
    ("x > 0 and y > 0 and z > 0", And((x > 0, y > 0, z > 0))),
    ("x > 0 or y > 0 and z > 0", Or((x > 0, And((y > 0, z > 0))))),
    ("(x > 0 or y > 0) and z > 0", And((Or((x > 0, y > 0)), z > 0))),
    ("not x > 0", Not(x > 0)),
    ("not (x > 0 and y > 0)", Not(And((x > 0, y > 0)))),
    ("not x > 0 and y > 0", And((Not(x > 0), y > 0))),
    ("And(x > 0, Or(y > 0, Not(Eq(z, 0))))", And((x > 0, Or((y > 0, Not(eq(z, 0))))))),
    ("(x > 0) & (y > 0) | ~(z > 0)", Or((And((x > 0, y > 0)), Not(z > 0)))),
    ("Lt(x, 1) and Le(x, 1)", And((x < 1, x <= 1))),
    ("Gt(x, 1) or Ge(x, 1) or Ne(x, 1)", Or((x > 1, x >= 1, ne(x, 1)))),
    ("(((x + 1)) > (0))", x + 1 > 0),
]


@pytest.mark.parametrize(("text", "condition"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_a_text_is_the_condition_that_its_author_wrote(text: str, condition: Formula) -> None:
    assert read_condition(text, NAMES) == condition


@pytest.mark.parametrize("rel", ["=", "!=", "<=", "<", ">=", ">"])
@pytest.mark.parametrize("blank", ["", " "])
def test_a_claim_is_split_at_its_relation(rel: str, blank: str) -> None:
    found = read_relation(f"x + 1{blank}{rel}{blank}-y", NAMES)
    assert (found.lhs, found.rel, found.rhs) == (x + 1, rel, -y)


@pytest.mark.parametrize(
    ("text", "rel"),
    [
        ("Eq(x, y)", "="),
        ("Ne(x, y)", "!="),
        (" Lt(x, y)", "<"),
        ("Ge(x, y)", ">="),
        ("(x == y)", "="),
    ],
)
def test_a_claim_may_be_a_relation_as_sympy_prints_it(text: str, rel: str) -> None:
    assert read_relation(text, NAMES) == Relation(x, rel, y)


def test_a_double_equals_sign_is_an_equation() -> None:
    assert read_relation("x == y", NAMES) == eq(x, y)


@pytest.mark.parametrize(
    "text",
    [
        "Piecewise((1, x == y), (2, x <= 3)) = Limit(x, x, 0, dir='+')",
        "Piecewise((1, Eq(x, y)), (2, x <= 3)) == Limit(x, x, 0, dir = '+')",
    ],
)
def test_a_relation_in_brackets_is_not_the_claims(text: str) -> None:
    found = read_relation(text, NAMES)
    assert found.lhs == cases((1, eq(x, y)), (2, x <= 3))
    assert found.rhs == limit(x, x, 0, "+")


REFUSED = [
    # what a person writes otherwise
    ("2x", "an operator is missing: write 2*x (column 2)"),
    ("sin x", "a bracket is missing: write sin(x) (column 5)"),
    ("x y", "an operator or a bracket is missing: write x*y or x(y) (column 3)"),
    ("2 x", "an operator is missing between `2` and `x` (column 3)"),
    ("(x + 1)(x - 1)", "an operator is missing: write * for a product (column 8)"),
    ("2(x + 1)", "an operator is missing: write * for a product (column 2)"),
    ("x(y + 1)", "x is declared as a variable and cannot be called: write x*(...) for a product (column 1)"),
    ("x^2", "write ** for a power, as in x**2 (column 2)"),
    ("|x|", "something is missing before `|` (write Abs(x) for |x|) (column 1)"),
    ("2*|x|", "something is missing before `|` (write Abs(x) for |x|) (column 3)"),
    ("n!", "write factorial(n) for n!, Not(...) for a negation (column 2)"),
    ("x % 2", "write Mod(a, b) for the remainder (column 3)"),
    ("x//2", "write floor(a/b) for the quotient rounded down (column 2)"),
    ("e**x", "e has no domain: declare it (did you mean E?) (column 1)"),
    ("i*x", "i has no domain: declare it (did you mean I?) (column 1)"),
    ("Pi", "Pi has no domain: declare it (did you mean pi?) (column 1)"),
    ("arcsin(x)", "arcsin is not on the list of functions (did you mean asin?) (column 1)"),
    ("Sin(x)", "Sin is not on the list of functions (did you mean sin?) (column 1)"),
    ("Max()", "Max takes 1 to 8 arguments, not 0 (column 1)"),
    ("Gamma(x)", "Gamma is not on the list of functions (did you mean gamma?) (column 1)"),
    ("besslj(0, x)", "besslj is not on the list of functions (did you mean besselj?) (column 1)"),
    ("sum(x)", "sum is not on the list of functions (did you mean Sum?) (column 1)"),
    ("log10(x)", "log10 is not on the list of functions (did you mean log(x, 10)?) (column 1)"),
    ("w + 1", "w has no domain: declare it (column 1)"),
    ("\\frac{1}{x}", "this is no LaTeX: write exp(x), sqrt(x), pi (column 1)"),
    ("$x$", "this is no LaTeX: leave the dollar signs out (column 1)"),
    ("f'(x)", "write Derivative(f, x) for a derivative; texts in quotes are not part of the notation (column 2)"),
    ("x \u2264 y", "'\\u2264' is no character of the notation: write <= (column 3)"),
    ("x\u00b2", "'\\xb2' is no character of the notation: write **2 (column 2)"),
    ("\u03b1", "'\\u03b1' is no character of the notation: plain ASCII only (column 1)"),
    ("sin^2(x)", "write ** for a power, as in x**2 (column 4)"),
    ("x = y", "write == or Eq(a, b) for an equation inside (column 3)"),
    # brackets and order
    ("", "the text is empty"),
    (" \t ", "the text is empty"),
    ("(x", "`(` is never closed (column 1)"),
    ("x)", "`)` closes no bracket (column 2)"),
    ("(x]", "`]` closes a bracket of another kind (column 3)"),
    ("x +", "something is missing after `+` (column 4)"),
    ("* x", "something is missing before `*` (column 1)"),
    ("x * / y", "something is missing before `/` (column 5)"),
    ("sin(x +)", "something is missing before `)` (column 8)"),
    ("sin(,x)", "something is missing before `,` (column 5)"),
    ("x, y", "a comma stands outside of all brackets: `and` joins conditions (column 2)"),
    ("x[1]", "indexed names are not part of the notation (column 2)"),
    ("[1][0]", "indexed names are not part of the notation (column 4)"),
    ("x\ny", "a formula stands on one line (column 2)"),
    # numbers
    ("0.5", "0.5 is not exact: write Rational(1, 2) or 1/2 for one half, 10**-3 for 1e-3 (column 1)"),
    ("x + .5", ".5 is not exact: write Rational(1, 2) or 1/2 for one half, 10**-3 for 1e-3 (column 5)"),
    ("1e-3", "1e-3 is not exact: write Rational(1, 2) or 1/2 for one half, 10**-3 for 1e-3 (column 1)"),
    ("1_000", "a number is written with the digits 0 to 9 alone (column 1)"),
    ("0x1F", "a number is written with the digits 0 to 9 alone (column 1)"),
    ("007", "a number does not begin with 0 (column 1)"),
    ("2j", "an operator is missing: write 2*j (column 2)"),
    ("Rational(1, 0)", "the denominator of a Rational is not 0 (column 1)"),
    ("Rational(x, 2)", "an argument of Rational is an integer, in digits or such as 10**30 (column 10)"),
    ("Rational(1, 10**3 - 1000)", "the denominator of a Rational is not 0 (column 1)"),
    ("Rational(1/2, 3)", "an argument of Rational is an integer, in digits or such as 10**30 (column 10)"),
    ("Rational(1, pi)", "an argument of Rational is an integer, in digits or such as 10**30 (column 13)"),
    ("Rational(1, 10**(-3))", "an argument of Rational is an integer, in digits or such as 10**30 (column 13)"),
    ("Rational(1, 9**9**9)", "the exponent 9**9 is too large: at most 1000000 in size"),
    ("Rational(1, 2, 3)", "Rational takes 1 to 2 arguments, not 3 (column 1)"),
    ("Integer(x)", "the argument of Integer is an integer, in digits or such as 10**30 (column 9)"),
    # names
    ("sin", "sin is a function: write sin(...), or declare a variable of that name (column 1)"),
    ("Sum", "Sum builds a formula from others: write Sum(...) (column 1)"),
    ("beta(x, y)", "beta is declared as a variable and cannot be called: write beta*(...) for a product (column 1)"),
    ("pi(x)", "pi is a constant and cannot be called: write pi*(...) for a product (column 1)"),
    ("sin(x)(y)", "an operator is missing: write * for a product (column 7)"),
    ("sin()", "sin takes 1 argument, not 0 (column 1)"),
    ("atan2(x)", "atan2 takes 2 arguments, not 1 (column 1)"),
    ("log(x, 2, 3)", "log takes 1 or 2 arguments, not 3 (column 1)"),
    # forms
    ("Derivative(x**2)", "Derivative takes 2 or more arguments, not 1 (column 1)"),
    ("Derivative(x**2, 2)", "the variable of a derivative is a name (column 18)"),
    ("Derivative(x**2, w)", "w has no domain: declare it (column 18)"),
    ("Derivative(x**2, (x, n))", "the order of a derivative is an integer written in digits (column 22)"),
    ("Derivative(x**2, (x, 0))", "the order of a derivative is 1 or more, not 0 (column 1)"),
    ("Derivative(x**2, (x, 101))", "a derivative of order 101 is too high: at most 100"),
    ("Derivative(x**2, (x,))", "a variable and its order stand together, as in (x, 2) (column 18)"),
    ("Subs(x, (x, y), (1,))", "Subs takes as many points as variables (column 1)"),
    ("Subs(x, (x, x), (1, 2))", "Subs takes each variable once (column 1)"),
    ("Subs(x, 1, 2)", "the variable of Subs is a name (column 9)"),
    ("Integral(x, x)", "Integral takes a variable and two ends, as in (x, a, b) (column 13)"),
    ("Sum(k, (k, n))", "Sum takes a variable and two ends, as in (x, a, b) (column 8)"),
    ("Sum(k, (pi, 1, n))", "pi is a constant and names no variable (column 9)"),
    ("Sum(k, (k, 1, m))", "m has no domain: declare it (column 15)"),
    ("Limit(x, x, 0, '*')", "write Derivative(f, x) for a derivative; texts in quotes are not part of the notation (column 16)"),
    ("Limit(x, x, 0, n)", "the side of a limit is '+', '-' or '+-' (column 16)"),
    ("Limit(x, x, 0, '+', dir='-')", "Limit takes one side, as in dir='+-' (column 1)"),
    ("Piecewise(x, y)", "a branch of Piecewise is a pair, as in (x, x > 0) (column 11)"),
    ("Piecewise((x, True), (y, x > 0))", "the branch with True is the last one (column 11)"),
    ("Piecewise((x, y))", "a condition is expected here, such as x > 0 or Ne(x, y) (column 15)"),
    ("Piecewise((x, False), (y, True))", "False is no condition: leave it out, or write a comparison (column 15)"),
    ("hyper(1, 2, x)", "the parameters of hyper stand in brackets, as in (a, b) (column 7)"),
    ("x > 0", "a condition stands where a formula is expected (column 1)"),
    ("1 + (x > 0)", "a condition stands where a formula is expected (column 6)"),
    ("Eq(x, y)", "a condition stands where a formula is expected (column 1)"),
    ("not x", "a condition stands where a formula is expected (column 1)"),
    ("(x, y)", "a list in brackets stands where a formula is expected (column 1)"),
    ("'+'", "a text in quotes stands where a formula is expected (column 1)"),
    ("True", "True is no formula (column 1)"),
    ("x & y", "`|` and `&` join conditions; write Abs(x) for |x| (column 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_no_formula_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as found:
        read_formula(text, NAMES)
    assert str(found.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x", "the claim has no relation: write lhs = rhs, or != < <= > >="),
        ("And(x > 0, y > 0)", "the claim has no relation: write lhs = rhs, or != < <= > >="),
        ("(0 < x < 1)", "the claim has no relation: write lhs = rhs, or != < <= > >="),
        ("(x = y)", "write == or Eq(a, b) for an equation inside (column 4)"),
        ("(x + y)", "a condition is expected here, such as x > 0 or Ne(x, y) (column 2)"),
        ("x = y = z", "a claim has one relation: write two claims for a chain (column 7)"),
        ("0 < x < 1", "a claim has one relation: write two claims for a chain (column 7)"),
        ("x > 0 and y", "a claim is one relation, lhs = rhs: `and` belongs into where (column 7)"),
        ("x => y", "write >= for 'greater or equal' (column 3)"),
        ("x =< y", "write <= for 'less or equal' (column 3)"),
        ("x <> y", "write != for 'not equal' (column 3)"),
        ("x /= y", "write != for 'not equal' (column 3)"),
        ("x === y", "write == or = (column 3)"),
        ("x := y", "`:=` is not part of the notation (column 3)"),
        ("= x", "something is missing before `=` (column 1)"),
        ("x =", "something is missing after `=` (column 4)"),
        ("x = w", "w has no domain: declare it (column 5)"),
        ("sin(x=1) = 2", "write == or Eq(a, b) for an equation inside (column 6)"),
        ("x = y;", "`;` is not part of the notation: one statement in a line (column 6)"),
    ],
)
def test_what_is_no_relation_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as found:
        read_relation(text, NAMES)
    assert str(found.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x", "a condition is expected here, such as x > 0 or Ne(x, y) (column 1)"),
        ("x = 1", "write == or Eq(a, b) for an equation inside (column 3)"),
        ("True", "True is no condition: leave it out, or write a comparison (column 1)"),
        ("x in y", "the word `in` is not part of the notation (column 3)"),
        ("x is not y", "the word `is` is not part of the notation (column 3)"),
        ("0 < x != 1", "`!=` stands in no chain: write And(a != b, b != c) (column 1)"),
        ("x > 0 & y > 0", "`&` and `|` bind tighter than a comparison: write (a > 0) & (b > 0) (column 5)"),
        ("(x > 0) & y", "`&` and `|` bind tighter than a comparison: write (a > 0) & (b > 0) (column 11)"),
        ("And()", "And takes 1 or more arguments, not 0 (column 1)"),
        ("Xor(x > 0, y > 0)", "Xor is not on the list of functions (column 1)"),
        ("x > 0 && y > 0", "write `and`, or And(a, b) (column 7)"),
        ("x > 0 || y > 0", "write `or`, or Or(a, b) (column 7)"),
    ],
)  # fmt: skip
def test_what_is_no_condition_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as found:
        read_condition(text, NAMES)
    assert str(found.value) == sentence


def test_a_long_sum_keeps_its_order() -> None:
    text = " + ".join(f"{number}*x" for number in range(1, 201))
    assert str(read_formula(text, {"x"})) == text
