"""Our own differentiation agrees with SymPy's where both apply, and never captures an index."""

from __future__ import annotations

import random

import pytest
import sympy

from derivations.core import (
    Abs,
    D,
    Max,
    Q,
    array,
    cases,
    define,
    delta,
    exp,
    indicator,
    integral,
    log,
    num,
    opaque,
    prime,
    product,
    sign,
    sqrt,
    symbols,
    tan,
    tanh,
    total,
)
from derivations.core.calculus import Product, Sum
from derivations.core.formula import (
    ZERO,
    Add,
    Call,
    Constant,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from derivations.core.functions import BUILTINS
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import substitute
from derivations.proving.deltas import collapsed
from derivations.proving.derivatives import (
    NotDifferentiable,
    Style,
    derivative,
    differentiated,
)
from derivations.proving.similar import similar

i, j, k, l, m, n, p, x, y, z = symbols("i j k l m n p x y z")
t, a, X = array("t", n), array("a", n), array("X", m, n)
sigma = define("sigma", x, 1 / (1 + exp(-x)))
linear = define("h", i, total(t[k] * X[i, k], k, 1, n))

SMOOTH = [
    "exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh",
    "asin", "acos", "atan", "asinh", "acosh", "atanh", "erf", "erfc",
]  # fmt: skip


def sym(f: Formula) -> sympy.Expr:
    """A SymPy expression of a formula with numbers as sizes."""
    match f:
        case Number(value=value):
            return sympy.Integer(value)
        case Constant(name="pi"):
            return sympy.pi
        case Symbol(name=name):
            return sympy.Symbol(name)
        case Item(array=array_, indices=indices):
            return sympy.Symbol(f"{array_.name}_{'_'.join(str(sym(q)) for q in indices)}")
        case Neg(arg=arg):
            return -sym(arg)
        case Add(args=args):
            return sympy.Add(*map(sym, args))
        case Mul(args=args):
            return sympy.Mul(*map(sym, args))
        case Div(numerator=top, denominator=bottom):
            return sym(top) / sym(bottom)
        case Pow(base=base, exponent=exponent):
            return sym(base) ** sym(exponent)
        case Call(head=head, args=args):
            return getattr(sympy, head.name)(*map(sym, args))
        case Sum(body=body, variable=v, lower=low, upper=high):
            values = range(int(sym(low)), int(sym(high)) + 1)
            return sympy.Add(*(sym(substitute(body, {v: num(q)})) for q in values))
        case Product(body=body, variable=v, lower=low, upper=high):
            values = range(int(sym(low)), int(sym(high)) + 1)
            return sympy.Mul(*(sym(substitute(body, {v: num(q)})) for q in values))
    raise NotImplementedError(f"{type(f).__name__}")


def close(one: sympy.Expr, two: sympy.Expr, seed: int = 0) -> bool:
    """Equal to 40 digits at three points; complex values are welcome."""
    rng = random.Random(seed)
    names = sorted(one.free_symbols | two.free_symbols, key=str)
    for _ in range(3):
        at = {name: sympy.Rational(rng.randint(11, 79), 80) for name in names}
        u, v = one.subs(at).evalf(50), two.subs(at).evalf(50)
        if abs(u - v) > 1e-40 * max(1, abs(u)):
            return False
    return True


@pytest.mark.parametrize("style", [Style(), Style(split_quotients=True, other_forms=True)])
@pytest.mark.parametrize("name", SMOOTH)
def test_a_built_in_is_differentiated_like_sympy(name: str, style: Style) -> None:
    f = BUILTINS[name](x * y + Q(1, 8))
    assert close(sym(derivative(f, x, style=style)), sym(f).diff(sympy.Symbol("x")))


def random_formula(rng: random.Random, depth: int) -> Formula:
    if depth == 0:
        return rng.choice([x, x, x, y, num(2), Q(1, 3)])
    f, g = random_formula(rng, depth - 1), random_formula(rng, depth - 1)
    match rng.randrange(8):
        case 0:
            return f + g
        case 1:
            return f - g
        case 2:
            return f * g
        case 3:
            return f / (3 + g)
        case 4:
            return (1 + f) ** rng.choice([num(2), num(-3), Q(1, 2), y])
        case 5:
            return (3 + y) ** f
        case _:
            return BUILTINS[rng.choice(["exp", "sin", "atan", "tanh", "erf", "asinh"])](f)


@pytest.mark.parametrize("seed", range(40))
def test_a_random_formula_is_differentiated_like_sympy(seed: int) -> None:
    f = random_formula(random.Random(seed), 3)
    style = Style(split_quotients=bool(seed % 2))
    assert close(sym(derivative(f, x, style=style)), sym(f).diff(sympy.Symbol("x")), seed)


def test_both_base_and_exponent_may_depend_on_the_variable() -> None:
    f = (1 + x**2) ** (x * y)
    assert close(sym(derivative(f, x)), sym(f).diff(sympy.Symbol("x")))


SERIES = [
    total(t[k] * a[k], k, 1, 3),
    total(exp(t[k] ** 2) / (1 + a[k] * t[k]), k, 1, 3),
    log(total(exp(t[k]), k, 1, 3)),
    total(total(t[k] * t[l], k, 1, 3), l, 1, 3),
    exp(t[j]) / total(exp(t[k]), k, 1, 3),
    product(a[k] + t[k], k, 1, 3),
    t[2] * t[j] + t[1],
]


@pytest.mark.parametrize("style", [Style(), Style(other_forms=True)])
@pytest.mark.parametrize("where", [1, 2, 3])
@pytest.mark.parametrize("f", SERIES, ids=str)
def test_sums_are_differentiated_like_their_instances(f: Formula, where: int, style: Style) -> None:
    for index in (j, k, l):
        if f == SERIES[4] and index != j:
            continue
        ours = substitute(derivative(f, t[index], style=style), {index: num(where), j: num(where)})
        theirs = sym(substitute(f, {j: num(where)})).diff(sympy.Symbol(f"t_{where}"))
        assert close(sym(ours), theirs)


def test_the_index_of_a_sum_is_not_captured() -> None:
    f = total(t[k] * a[k], k, 1, n)
    assert similar(derivative(f, t[k]), total(delta(l, k) * a[l], l, 1, n))
    assert collapsed(derivative(f, t[k])) == a[k]
    assert collapsed(derivative(f, t[j])) == a[j]


def test_a_definition_follows_the_chain_rule() -> None:
    assert derivative(sigma(2 * x + 1), x) == prime(sigma, 2 * x + 1) * 2
    assert derivative(prime(sigma, x**2), x) == prime(sigma, x**2, 2) * (2 * x)


def test_a_hidden_dependence_is_unfolded_never_zero() -> None:
    assert collapsed(derivative(linear(i), t[j])) == X[i, j]
    weight = define("w", (), exp(-y))
    assert similar(derivative(weight() * x, y), -exp(-y) * x)


def test_an_opaque_function_keeps_its_name() -> None:
    f = opaque("f")
    assert derivative(f(exp(x)), x) == prime(f, exp(x)) * exp(x)


def test_the_fundamental_theorem_and_leibniz() -> None:
    assert derivative(integral(exp(-(z**2)), z, 0, x), x) == exp(-(x**2))
    assert derivative(integral(exp(-(x**2)), x, 0, x), x) == exp(-(x**2))
    moving = integral(exp(x * z), z, x, x**2)
    expected = exp(x * x**2) * (2 * x) - exp(x * x) + integral(exp(x * z) * z, z, x, x**2)
    assert similar(derivative(moving, x), expected)


@pytest.mark.parametrize(
    "f",
    [
        Abs(x),
        sign(x),
        Max(0, x),
        indicator(x > 0),
        cases((x, x > 0), (0, None)),
        total(x, k, 1, x),
        X[x, k],
        SPECIAL_FUNCTIONS["besselj"](1, x),
        delta(x, 1),
    ],
    ids=str,
)
def test_a_kink_or_an_unnamed_derivative_is_refused(f: Formula) -> None:
    with pytest.raises(NotDifferentiable, match=r"\w"):
        derivative(f, x)


def test_kinks_elsewhere_do_no_harm_and_may_be_allowed() -> None:
    assert derivative(Abs(y) * x, x) == Abs(y)
    assert derivative(Abs(x), x, kinks=True) == sign(x)
    assert derivative(cases((x, y > 0), (0, None)), x) == cases((1, y > 0), (0, None))


def test_derivatives_are_carried_out_wherever_they_stand() -> None:
    assert differentiated(1 + D(x**2, x)) == 1 + 2 * x
    assert differentiated(D(sigma(x), x)) == prime(sigma, x)
    assert differentiated(prime(tanh, 2 * y)) == 1 - tanh(2 * y) ** 2
    assert similar(differentiated(D(sigma(x), x), unfold=True), exp(-x) / (1 + exp(-x)) ** 2)
    assert similar(
        differentiated(prime(sigma, 0), unfold=True), exp(-num(0)) / (1 + exp(-num(0))) ** 2
    )
    assert derivative(sqrt(x), y) == ZERO
    assert close(sym(differentiated(D(tan(x), x, 2))), sympy.tan(sympy.Symbol("x")).diff("x", 2))
    assert differentiated(prime(sigma, p)) == prime(sigma, p)
