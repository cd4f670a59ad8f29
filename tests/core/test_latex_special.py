"""LaTeX of the functions beyond the elementary core, of values at a point, of two constants."""

from __future__ import annotations

from itertools import combinations

import pytest

from derivations.core import D, Formula, I, Q, exp, gamma, log, num, sqrt, symbol, symbols
from derivations.core.calculus import subs
from derivations.core.formula import Catalan, EulerGamma, GoldenRatio
from derivations.core.latex import to_latex
from derivations.core.special_functions import FUNCTIONS, SPECIAL_FUNCTIONS, hypergeometric

a, b, c, k, m, n, x, y, z = symbols("a b c k m n x y z")


def call(name: str, *args: Formula | int) -> Formula:
    return SPECIAL_FUNCTIONS[name](*args)


TABLE: list[tuple[Formula, str]] = [
    (call("cot", x), r"\cot(x)"),
    (call("acot", x), r"\operatorname{arccot}(x)"),
    (call("asech", x), r"\operatorname{arsech}(x)"),
    (call("atan2", y, x), r"\operatorname{atan2}(y, x)"),
    (call("sinc", x) ** 2, r"\operatorname{sinc}(x)^{2}"),
    (call("re", z) + I * call("im", z), r"\operatorname{Re}(z) + \mathrm{i} \operatorname{Im}(z)"),
    (z * call("conjugate", z), r"z \overline{z}"),
    (call("conjugate", z) ** 2, r"\overline{z}^{2}"),
    (call("conjugate", z**2), r"\overline{z^{2}}"),
    (call("floor", x / 2), r"\left\lfloor \frac{x}{2} \right\rfloor"),
    (call("ceiling", x), r"\lceil x \rceil"),
    (call("Mod", n, 2), r"\operatorname{mod}(n, 2)"),
    (call("binomial", n, k) * (x + 1), r"\binom{n}{k} (x + 1)"),
    (call("RisingFactorial", x, n), "(x)_{n}"),
    (call("RisingFactorial", x + 1, n), "(x + 1)_{n}"),
    (call("RisingFactorial", x, n) ** 2, "((x)_{n})^{2}"),
    (call("RisingFactorial", x / 2, n), r"\left(\frac{x}{2}\right)_{n}"),
    (call("FallingFactorial", x, n), r"(x)^{\underline{n}}"),
    ((x + 1) ** call("conjugate", n), r"(x + 1)^{\overline{n}}"),
    (call("factorial2", n) ** 2, "(n!!)^{2}"),
    (call("fibonacci", n + 1) * (x + 1), r"\mathrm{F}_{n + 1} (x + 1)"),
    (call("lucas", n), r"\mathrm{L}_{n}"),
    (call("bernoulli", 2 * n), r"\mathrm{B}_{2 n}"),
    (call("bernoulli", n, x), r"\mathrm{B}_{n}(x)"),
    (call("bernoulli", n) * (x + 1), r"\mathrm{B}_{n} \cdot (x + 1)"),
    (call("euler", n), r"\mathrm{E}_{n}"),
    (call("harmonic", n), r"\mathrm{H}_{n}"),
    (call("harmonic", n, 2), r"\mathrm{H}_{n}^{(2)}"),
    (call("catalan", n), r"\mathrm{C}_{n}"),
    (call("cbrt", x / 2), r"\sqrt[3]{\frac{x}{2}}"),
    (call("root", x, n + 1), r"\sqrt[n + 1]{x}"),
    (call("cbrt", x) ** 2, r"(\sqrt[3]{x})^{2}"),
    (call("Heaviside", x), "H(x)"),
    (call("digamma", x), r"\psi(x)"),
    (call("polygamma", 1, x), r"\psi^{(1)}(x)"),
    (call("polygamma", n, x / 2) ** 2, r"\left(\psi^{(n)}\left(\frac{x}{2}\right)\right)^{2}"),
    (call("beta", a, b), r"\mathrm{B}(a, b)"),
    (call("lowergamma", a, x) + call("uppergamma", a, x), r"\gamma(a, x) + \Gamma(a, x)"),
    (call("zeta", 2), r"\zeta(2)"),
    (call("zeta", x, a), r"\zeta(x, a)"),
    (call("dirichlet_eta", x), r"\eta(x)"),
    (call("polylog", 2, x), r"\operatorname{Li}_{2}(x)"),
    (call("Li", x) - call("li", x), r"\operatorname{Li}(x) - \operatorname{li}(x)"),
    (call("lerchphi", z, x, a), r"\Phi(z, x, a)"),
    (call("erfinv", x), r"\operatorname{erf}^{-1}(x)"),
    (FUNCTIONS["erf"](x) ** num(-1), r"\operatorname{erf}(x)^{-1}"),
    (call("expint", n, x), "E_{n}(x)"),
    (call("LambertW", x), "W(x)"),
    (call("LambertW", x, num(-1)), "W_{-1}(x)"),
    (call("besselj", 0, x) ** 2, "J_{0}(x)^{2}"),
    (call("besselj", Q(1, 2), x / 2), r"J_{\frac{1}{2}}\left(\frac{x}{2}\right)"),
    (call("hankel1", n, x), "H^{(1)}_{n}(x)"),
    (call("hankel1", n, x / 2), r"H^{(1)}_{n}\left(\frac{x}{2}\right)"),
    (call("jn", n, x) + call("yn", n, x), r"\mathsf{j}_{n}(x) + \mathsf{y}_{n}(x)"),
    (call("airyaiprime", x), r"\operatorname{Ai}'(x)"),
    (call("legendre", n, x), "P_{n}(x)"),
    (call("assoc_legendre", n, m, x), "P_{n}^{m}(x)"),
    (call("jacobi", n, a, b, x), "P_{n}^{(a, b)}(x)"),
    (call("elliptic_k", m), "K(m)"),
    (call("elliptic_f", x, m), r"F(x \mid m)"),
    (call("elliptic_e", m), "E(m)"),
    (call("elliptic_e", x, m), r"E(x \mid m)"),
    (call("elliptic_pi", n, m), r"\Pi(n \mid m)"),
    (call("elliptic_pi", n, x, m), r"\Pi(n; x \mid m)"),
    (hypergeometric(2, 1)(a, b, c, z), "{}_{2}F_{1}(a, b; c; z)"),
    (hypergeometric(2, 1)(a, b, c, z / 2), r"{}_{2}F_{1}\left(a, b; c; \frac{z}{2}\right)"),
    (hypergeometric(0, 1)(a, z) ** 2, "({}_{0}F_{1}(-; a; z))^{2}"),
    (Catalan * GoldenRatio - EulerGamma, r"\mathrm{G} \varphi_{\mathrm{g}} - \gamma_{\mathrm{E}}"),
    (subs(x**2, x, 3), "[x^{2}]_{x=3}"),
    (subs(D(gamma(z), z), z, 1), r"\left[\frac{d}{dz} \Gamma(z)\right]_{z=1}"),
    (y * subs(x + 1, x, y) * (x + 1), "y [x + 1]_{x=y} (x + 1)"),
    (subs(x, x, 2) ** 2, "([x]_{x=2})^{2}"),
    (exp(subs(log(x), x, y)), r"e^{[\log(x)]_{x=y}}"),
    # what would misread as a call has a dot
    (symbol("P_n") * (x + 1), r"P_{n} \cdot (x + 1)"),
    (symbol("K") * (x + 1), r"K \cdot (x + 1)"),
    (symbol("x_n") * (x + 1), "x_{n} (x + 1)"),
    (sqrt(call("besselj", 0, x)), r"\sqrt{J_{0}(x)}"),
]


@pytest.mark.parametrize(("formula", "latex"), TABLE, ids=[latex for _, latex in TABLE])
def test_a_special_function_is_printed_as_a_textbook_does(formula: Formula, latex: str) -> None:
    assert to_latex(formula) == latex


def test_no_two_functions_print_alike() -> None:
    letters = symbols("a b c d p q r s")
    printed: dict[str, Formula] = {}
    for head in FUNCTIONS.values():
        for arity in head.arities:
            formula = head(*letters[:arity])
            for shown in (formula, formula**2, 1 / formula, formula * (x + 1), -formula):
                assert printed.setdefault(to_latex(shown).replace(" ", ""), shown) == shown


@pytest.mark.parametrize("head", FUNCTIONS.values(), ids=lambda head: head.name)
def test_brackets_and_braces_are_balanced_around_what_is_tall(head: object) -> None:
    for arity in head.arities:  # type: ignore[attr-defined]
        latex = to_latex(head(*(letter / 2 for letter in symbols("a b c d p q r s")[:arity])))  # type: ignore[operator]
        assert latex.count(r"\left") == latex.count(r"\right")
        assert latex.count("{") == latex.count("}")
        assert r"\sqrt\left" not in latex


def test_a_number_of_a_sequence_is_no_variable_with_an_index() -> None:
    for name in ("fibonacci", "lucas", "bernoulli", "euler", "harmonic", "catalan"):
        latex = to_latex(call(name, n))
        letter = latex.removeprefix(r"\mathrm{")[0]
        assert latex != to_latex(symbol(f"{letter}_n"))


def test_the_table_has_no_two_formulas_alike() -> None:
    for (one, first), (other, second) in combinations(TABLE, 2):
        assert one == other or first != second
