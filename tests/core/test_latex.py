"""LaTeX as a mathematician would typeset it: a table of formulas and what is printed."""

from __future__ import annotations

import pytest

from derivations.core import (
    Abs,
    And,
    Binary,
    Claim,
    Complex,
    D,
    Domain,
    E,
    Entry,
    EulerGamma,
    Family,
    Formula,
    FormulaError,
    I,
    Integers,
    Matmul,
    Max,
    Negative,
    Not,
    Or,
    Positive,
    Q,
    Reals,
    Sizes,
    Transpose,
    UnitInterval,
    acos,
    algebra,
    antiderivative,
    array,
    atanh,
    cases,
    chain_rule,
    cited,
    closed,
    define,
    delta,
    derive,
    eq,
    erf,
    exp,
    exp_log_laws,
    factorial,
    fold,
    gamma,
    given,
    indicator,
    integers,
    integral,
    interval,
    limit,
    log,
    loggamma,
    ne,
    num,
    oo,
    opaque,
    pi,
    prime,
    product,
    sign,
    sqrt,
    substitution,
    symbol,
    symbols,
    total,
    unfold,
    using,
)
from derivations.core.domain import indices
from derivations.core.latex import (
    domain_latex,
    hypotheses_latex,
    hypotheses_sentence,
    to_latex,
)
from derivations.core.latex_names import name_latex
from derivations.core.reason import Reason
from derivations.core.reason_latex import claim_reference, reason_latex, text_latex

x, y, z, i, j, k, m, n, d, f, phi = symbols("x y z i j k m n d f phi")
theta_1, rate = symbols("theta_1 rate")
theta = array("theta", n)
X, v = array("X", m, n), array("y", m)
data = array("x", m, n, latex=r"x^{(#1)}_{#2}")
sigma = define("sigma", x, 1 / (1 + exp(-x)), latex=r"\sigma")
h = define("h", x, sigma(x), latex=r"h_\theta(#1)")
score = define("z", i, total(X[i, j] * theta[j], j, 1, n), latex="z_{#1}")
mass = define("p", (y, phi), phi**y * (1 - phi) ** (1 - y), latex=r"p(#1; #2)")
updated = define("updated", j, theta[j] + 1, latex=r"\theta_{#1}^{+}")
eta = define("eta", (), log(phi / (1 - phi)))
hs = Family(h(v[i]), i, m, "h")

TABLE: list[tuple[Formula, str]] = [
    # numbers, names, constants
    (num(12), "12"),
    (num(-2), "-2"),
    (x, "x"),
    (theta_1, r"\theta_{1}"),
    (rate * x, r"\mathrm{rate} x"),
    (symbol("alpha", r"\boldsymbol\alpha"), r"\boldsymbol\alpha"),
    (pi * I * EulerGamma, r"\pi \mathrm{i} \gamma_{\mathrm{E}}"),
    (E + symbol("e"), r"e + \mathsf{e}"),
    (-oo, r"-\infty"),
    # sums and signs
    (x - y + 1, "x - y + 1"),
    (x - (y + 1), "x - (y + 1)"),
    (x - (y - 1), "x - (y - 1)"),
    (x + (-y), "x - y"),
    (x - (-y), "x - (-y)"),
    (-x + y, "-x + y"),
    (-(x + y), "-(x + y)"),
    (-(-x), "-(-x)"),  # noqa: B002  (two signs)
    (-x * y, "-x y"),
    (-(x * y), "-x y"),
    # products
    (2 * x, "2 x"),
    (num(2) * 3, r"2 \cdot 3"),
    (x * 2, r"x \cdot 2"),
    ((-1) * x, r"-1 \cdot x"),
    (1 * x, r"1 \cdot x"),
    (0 * log(x), r"0 \cdot \log(x)"),
    (x * (-1), r"x \cdot (-1)"),
    (x * (-1) * y, r"x \cdot (-1) y"),
    (x * (y * z), "x (y z)"),
    (x * (1 - x), "x (1 - x)"),
    (f * (x + 1), r"f \cdot (x + 1)"),
    (opaque("f")(x + 1), "f(x + 1)"),
    (phi * opaque("phi")(x) * (phi * (x + 1)), r"\phi \phi(x) (\phi \cdot (x + 1))"),
    (sigma(x) * (1 - sigma(x)), r"\sigma(x) (1 - \sigma(x))"),
    # fractions
    (Q(1, 2), r"\frac{1}{2}"),
    (-x / y, r"-\frac{x}{y}"),
    (x / (-y), r"\frac{x}{-y}"),
    (x / y / z, r"\frac{\frac{x}{y}}{z}"),
    (x / (y / z), r"\frac{x}{\frac{y}{z}}"),
    (x * y / z, r"\frac{x y}{z}"),
    (x * (y / z), r"x \frac{y}{z}"),
    (num(2) * Q(1, 2), r"2 \cdot \frac{1}{2}"),
    (Q(1, 2) * (x / y), r"\frac{1}{2} \cdot \frac{x}{y}"),
    (
        1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))),
        r"\frac{1}{1 + e^{-x}} \left(1 - \frac{1}{1 + e^{-x}}\right)",
    ),
    (d / (d * x), r"\frac{d}{d \cdot x}"),
    # powers
    (x**2, "x^{2}"),
    (x ** (-1), "x^{-1}"),
    ((-x) ** 2, "(-x)^{2}"),
    (-(x**2), "-x^{2}"),
    ((x**y) ** z, "(x^{y})^{z}"),
    (x ** (y**z), "x^{y^{z}}"),
    ((x * y) ** 2, "(x y)^{2}"),
    ((x / y) ** 2, r"\left(\frac{x}{y}\right)^{2}"),
    (x ** Q(1, 2), "x^{1/2}"),
    (x ** (-(y / 2)), "x^{-y/2}"),
    (x ** (y / z + 1), r"x^{\frac{y}{z} + 1}"),
    (theta_1**2, r"\theta_{1}^{2}"),
    (v[i] ** 2, "y_{i}^{2}"),
    (sigma(x) ** 2, r"\sigma(x)^{2}"),
    (h(x) ** 2, r"h_\theta(x)^{2}"),
    (score(i) ** 2, "z_{i}^{2}"),
    (updated(j) ** 2, r"(\theta_{j}^{+})^{2}"),
    (data[i, j] ** 2, "(x^{(i)}_{j})^{2}"),
    (symbol("t", r"\theta^{*}") ** 2, r"(\theta^{*})^{2}"),
    (num(10) ** 3 * num(10) ** 2, r"10^{3} \cdot 10^{2}"),
    (-((1 + exp(-x)) ** -2) * (exp(-x) * (-1)), r"-(1 + e^{-x})^{-2} (e^{-x} \cdot (-1))"),
    # the exponential
    (E, "e"),
    (E**x, "e^{x}"),
    (exp(x) ** 2, "(e^{x})^{2}"),
    (exp(x / 2), "e^{x/2}"),
    (exp(-(y**2) / 2), "e^{-y^{2}/2}"),
    (exp(-((y - x) ** 2) / 2), "e^{-(y - x)^{2}/2}"),
    (exp(exp(-x)), "e^{e^{-x}}"),
    (exp(x * y / 2 + z / 3), r"\exp\left(\frac{x y}{2} + \frac{z}{3}\right)"),
    (exp(x + y + z + 1), r"\exp(x + y + z + 1)"),
    (exp(total(v[i], i, 1, m)), r"\exp\left(\sum_{i=1}^{m} y_{i}\right)"),
    # functions
    (log(1 + exp(-x)), r"\log(1 + e^{-x})"),
    (log(x * y), r"\log(x y)"),
    (log(x) * y, r"\log(x) y"),
    (log(x) ** 2, r"\log(x)^{2}"),
    (log(x / y), r"\log\left(\frac{x}{y}\right)"),
    (log(x, 2), r"\log_{2}(x)"),
    (sqrt(x + 1), r"\sqrt{x + 1}"),
    (sqrt(x) ** 2, r"(\sqrt{x})^{2}"),
    (Abs(x), r"\lvert x \rvert"),
    (Abs(x / y) ** 2, r"\left\lvert \frac{x}{y} \right\rvert^{2}"),
    (sign(x), r"\operatorname{sgn}(x)"),
    (erf(x), r"\operatorname{erf}(x)"),
    (acos(x) + atanh(x), r"\arccos(x) + \operatorname{artanh}(x)"),
    (gamma(x), r"\Gamma(x)"),
    (loggamma(x), r"\log\Gamma(x)"),
    (symbol("Gamma") * (x + 1), r"\Gamma \cdot (x + 1)"),
    (factorial(n), "n!"),
    (factorial(n + 1), "(n + 1)!"),
    (factorial(n) ** 2, "(n!)^{2}"),
    (factorial(factorial(n)), "(n!)!"),
    (Max(x, 1 / y), r"\max\left(x, \frac{1}{y}\right)"),
    (mass(1, phi), r"p(1; \phi)"),
    (eta(), r"\eta"),
    (eta() * (1 - eta()), r"\eta (1 - \eta)"),
    (delta(i, j), r"\delta_{i j}"),
    (delta(i, j + 1), r"\delta_{i, j + 1}"),
    (delta(1, 2), r"\delta_{1, 2}"),
    # data
    (X[i, j], "X_{i j}"),
    (X[1, 2], "X_{1, 2}"),
    (X[i, j + 1], "X_{i, j + 1}"),
    (array("w", m, latex="w_h")[i], "{w_h}_{i}"),
    (array("x_test", m)[i], r"x_{\mathrm{test}, i}"),
    (data[i, j], "x^{(i)}_{j}"),
    # derivatives
    (D(sigma(x), x), r"\frac{d}{dx} \sigma(x)"),
    (D(x * y, x), r"\frac{\partial}{\partial x} (x y)"),
    (D(x**2, x, 2), r"\frac{d^{2}}{dx^{2}} x^{2}"),
    (D(theta[k] * 2, theta[j]), r"\frac{\partial}{\partial \theta_{j}} (\theta_{k} \cdot 2)"),
    (D(1 / x, x) * x, r"\left(\frac{d}{dx} \frac{1}{x}\right) x"),
    (x * D(1 / x, x), r"x \frac{d}{dx} \frac{1}{x}"),
    (1 / x * D(log(x), x), r"\frac{1}{x} \cdot \frac{d}{dx} \log(x)"),
    (D(sigma(x) + 1, x), r"\frac{d}{dx} (\sigma(x) + 1)"),
    (D(-sigma(x), x), r"\frac{d}{dx} (-\sigma(x))"),
    (D(sigma(x), x) + 1, r"\frac{d}{dx} \sigma(x) + 1"),
    (prime(sigma, z), r"\sigma'(z)"),
    (prime(sigma, z, 2), r"\sigma''(z)"),
    (prime(sigma, z, 4), r"\sigma^{(4)}(z)"),
    (prime(h, x / 2), r"h_\theta'\left(\frac{x}{2}\right)"),
    (prime(log, x), r"\log'(x)"),
    (prime(sqrt, x), r"(\sqrt{\cdot})'(x)"),
    # sums, products, integrals, limits
    (total(v[i], i, 1, m), r"\sum_{i=1}^{m} y_{i}"),
    (total(v[i] + 1, i, 1, m), r"\sum_{i=1}^{m} (y_{i} + 1)"),
    (total(-v[i], i, 1, m), r"\sum_{i=1}^{m} (-y_{i})"),
    (total(v[i], i, 1, m) + 1, r"\left(\sum_{i=1}^{m} y_{i}\right) + 1"),
    (1 + total(v[i], i, 1, m), r"1 + \sum_{i=1}^{m} y_{i}"),
    (-total(v[i], i, 1, m), r"-\sum_{i=1}^{m} y_{i}"),
    (x * total(v[i], i, 1, m), r"x \sum_{i=1}^{m} y_{i}"),
    (total(v[i], i, 1, m) * x, r"\left(\sum_{i=1}^{m} y_{i}\right) x"),
    (x * total(v[i], i, 1, m) - 1, r"x \left(\sum_{i=1}^{m} y_{i}\right) - 1"),
    (total(v[i], i, 1, m) ** 2, r"\left(\sum_{i=1}^{m} y_{i}\right)^{2}"),
    (
        total(total(X[i, j], j, 1, n), i, 1, m),
        r"\sum_{i=1}^{m} \sum_{j=1}^{n} X_{i j}",
    ),
    (product(v[i], i, 1, m), r"\prod_{i=1}^{m} y_{i}"),
    (total(1 / factorial(k), k, 0, oo), r"\sum_{k=0}^{\infty} \frac{1}{k!}"),
    (integral(exp(-(x**2)), x, -oo, oo), r"\int_{-\infty}^{\infty} e^{-x^{2}} \,dx"),
    (integral(x, x, 0, 1) + 1, r"\int_{0}^{1} x \,dx + 1"),
    (integral(x, x, 0, 1) * y, r"\left(\int_{0}^{1} x \,dx\right) y"),
    (integral(x + 1, x, 0, y), r"\int_{0}^{y} (x + 1) \,dx"),
    (limit(sigma(x), x, -oo), r"\lim_{x \to -\infty} \sigma(x)"),
    (limit(1 / x, x, 0, "+"), r"\lim_{x \to 0^{+}} \frac{1}{x}"),
    (limit(1 / x, x, y + 1, "-"), r"\lim_{x \to (y + 1)^{-}} \frac{1}{x}"),
    (limit(x + 1, x, 0), r"\lim_{x \to 0} (x + 1)"),
    (limit(x, x, 0) + 1, r"\left(\lim_{x \to 0} x\right) + 1"),
    # conditions
    (x < y, "x < y"),
    (eq(x, y + 1), "x = y + 1"),
    (ne(x, 0), r"x \ne 0"),
    (And((num(0) <= x, x < y)), r"0 \le x < y"),
    (And((x < y, z > y)), r"x < y \text{ and } z > y"),
    (And((x < y, y > z)), r"x < y \text{ and } y > z"),
    (Or((x < 0, And((y < 0, z > 1)))), r"x < 0 \text{ or } (y < 0 \text{ and } z > 1)"),
    (Not(x < 0), r"\lnot (x < 0)"),
    (indicator(z < 0), r"\mathbf{1}[z < 0]"),
    (indicator(z < 0) ** 2, r"\mathbf{1}[z < 0]^{2}"),
    (
        cases((log(x), x > 0), (-x, None)),
        r"\begin{cases} \log(x) & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
    ),
    (
        cases((x, x > 0)) * 2,
        r"\left(\begin{cases} x & \text{if } x > 0 \end{cases}\right) \cdot 2",
    ),
    # matrices
    (Matmul(Transpose(X), hs - v), r"X^{\top} (h - y)"),
    (Matmul(Transpose(X), hs - v) / m, r"\frac{X^{\top} (h - y)}{m}"),
    (1 / m * Matmul(Transpose(X), v), r"\frac{1}{m} X^{\top} y"),
    (Entry(Matmul(Transpose(X), v), (j,)), r"(X^{\top} y)_{j}"),
    (Entry(v, (i,)), "y_{i}"),
    (Entry(hs, (i,)), "h_{i}"),
]


@pytest.mark.parametrize(("formula", "latex"), TABLE, ids=[str(row[0]) for row in TABLE])
def test_a_formula_is_printed_as_a_mathematician_writes_it(formula: Formula, latex: str) -> None:
    assert to_latex(formula) == latex
    assert formula._repr_latex_() == f"${latex}$"


def test_the_table_has_no_two_formulas_that_print_alike() -> None:
    trees: dict[str, Formula] = {}
    for formula, latex in TABLE:
        assert trees.setdefault(latex, formula) == formula


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("theta", r"\theta"),
        ("Sigma", r"\Sigma"),
        ("theta_j", r"\theta_{j}"),
        ("eta_1", r"\eta_{1}"),
        ("x_12", "x_{12}"),
        ("x_a_1", "x_{a,1}"),
        ("x_test", r"x_{\mathrm{test}}"),
        ("x1", r"\mathrm{x1}"),
        ("learning_rate", r"\mathrm{learning}_{\mathrm{rate}}"),
        ("x_", r"\mathrm{x\_}"),
        ("_0", r"\mathrm{\_0}"),
        ("pi", r"\mathrm{pi}"),
        ("e", r"\mathsf{e}"),
    ],
)
def test_a_name_is_printed_as_letter_greek_or_word(name: str, latex: str) -> None:
    assert name_latex(name) == latex


def test_a_name_that_latex_cannot_print_is_refused() -> None:
    with pytest.raises(FormulaError, match="give the symbol its latex"):
        to_latex(symbol("θ"))
    assert to_latex(symbol("θ", r"\theta")) == r"\theta"


def test_a_template_with_a_slot_too_many_is_refused() -> None:
    with pytest.raises(FormulaError, match="more slots"):
        to_latex(define("g", x, x, latex="g(#1; #2)")(x))


@pytest.mark.parametrize(
    ("domain", "latex"),
    [
        (Reals, r"\mathbb{R}"),
        (Complex, r"\mathbb{C}"),
        (UnitInterval, "(0, 1)"),
        (closed(0, 1), "[0, 1]"),
        (interval(0, 1, upper_open=False), "(0, 1]"),
        (interval(-log(E - 1), 0), r"(-\log(e - 1), 0)"),
        (closed(Q(1, 2), 1), r"\left[\frac{1}{2}, 1\right]"),
        (Positive, r"(0, \infty)"),
        (Binary, r"\{0, 1\}"),
        (Integers(), r"\mathbb{Z}"),
        (Sizes, r"\{1, 2, \dots\}"),
        (integers(0, 2), r"\{0, 1, 2\}"),
        (integers(1, 9), r"\{1, 2, \dots, 9\}"),
        (integers(upper=-1), r"\{\dots, -2, -1\}"),
        (indices(m), r"\{1, \dots, m\}"),
    ],
    ids=str,
)
def test_a_domain_is_printed(domain: Domain, latex: str) -> None:
    assert domain_latex(domain) == latex


def test_hypotheses_name_variables_of_one_domain_together() -> None:
    claim = Claim(
        "q",
        x * y * z * v[i] * X[i, 1],
        "=",
        0,
        on={x: Reals, y: Reals, z: Positive, phi: Negative, m: Sizes, n: Sizes, i: indices(m)}
        | {v: Binary, X: Reals},
        where=ne(x, y),
    )
    assert hypotheses_latex(claim) == (
        r"x, y \in \mathbb{R}",
        "z > 0",
        r"\phi < 0",
        r"m, n \in \{1, 2, \dots\}",
        r"i \in \{1, \dots, m\}",
        r"y \in \{0, 1\}^{m}",
        r"X \in \mathbb{R}^{m \times n}",
        r"x \ne y",
    )
    assert hypotheses_sentence(claim).endswith(
        r"and $X \in \mathbb{R}^{m \times n}$ with $x \ne y$."
    )


def test_a_claim_without_variables_has_no_hypotheses() -> None:
    assert hypotheses_sentence(Claim("one", num(1) + 1, "=", 2, on={})) == ""


DERIVATIVE = Claim(
    "d", D(sigma(x), x), "=", sigma(x) * (1 - sigma(x)), on={x: Reals}, title="The 1st & last"
)
UNTITLED = Claim("u", sigma(0), "=", Q(1, 2), on={})


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (algebra, "algebra"),
        (algebra("add and subtract 1"), "add and subtract 1"),
        (algebra("100% of $x_1$ & more_or_less"), r"100\% of $x_1$ \& more\_or\_less"),
        (chain_rule, "chain rule"),
        (chain_rule("backwards"), "chain rule, backwards"),
        (exp_log_laws, r"laws of $\exp$ and $\log$"),
        (unfold(sigma), r"definition of $\sigma$"),
        (fold(sigma, h), r"definition of $\sigma$ and $h_\theta(x)$"),
        (unfold(score), r"definition of $z_{i}$"),
        (using(DERIVATIVE), r"by ``The 1st \& last''"),
        (using(DERIVATIVE, x=2 * z), r"by ``The 1st \& last'' with $x = 2 z$"),
        (using(UNTITLED), r"by $\sigma(0) = \frac{1}{2}$"),
        (given(x < y), "for $x < y$"),
        (antiderivative(x**2), "antiderivative $x^{2}$"),
        (substitution(x, 1 / z), r"substitute $x = \frac{1}{z}$"),
        (cited("a fact", "Knuth 1997, p. 5"), "cited: a fact (Knuth 1997, p. 5)"),
    ],
    ids=repr,
)
def test_a_reason_is_said_in_a_few_words(reason: Reason, words: str) -> None:
    assert reason_latex(reason) == words


def test_a_document_may_number_its_claims() -> None:
    assert reason_latex(using(DERIVATIVE), lambda c: rf"\cref{{{c.id}}}") == r"by \cref{d}"
    assert claim_reference(DERIVATIVE) == r"``The 1st \& last''"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("costs $5", r"costs \$5"),
        ("$5 and $6", r"\$5 and \$6"),
        ("$x$ and $y_1$", "$x$ and $y_1$"),
        ("{x} ~ a\\b", r"\{x\} \textasciitilde{} a\textbackslash{}b"),
        ("$x} y$", r"\$x\} y\$"),
        ("a < b", r"a \textless{} b"),
    ],
)
def test_words_are_escaped_around_their_mathematics(text: str, latex: str) -> None:
    assert text_latex(text) == latex


def test_claims_and_derivations_show_themselves_in_a_notebook() -> None:
    assert DERIVATIVE._repr_latex_() == (
        r"$\displaystyle \frac{d}{dx} \sigma(x) = \sigma(x) (1 - \sigma(x))$"
    )
    assert DERIVATIVE._repr_markdown_().startswith(r"**The 1st & last.** Let $x \in \mathbb{R}$.")
    shown = derive(UNTITLED, (1 / (1 + exp(-num(0))), unfold(sigma)), (Q(1, 2), algebra))
    assert shown._repr_latex_() == "\n".join(
        (
            r"$\displaystyle \begin{aligned}",
            r"\sigma(0) & = \frac{1}{1 + e^{-0}} && \text{definition of $\sigma$} \\",
            r"& = \frac{1}{2} && \text{algebra}",
            r"\end{aligned}$",
        )
    )
    assert shown._repr_markdown_().count("$$") == 4
    assert derive(UNTITLED)._repr_markdown_() == UNTITLED._repr_markdown_()
