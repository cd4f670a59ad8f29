"""The tree keeps what was written, and refuses what is not exact."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from derivations.core import (
    E,
    Formula,
    FormulaError,
    Q,
    array,
    cases,
    define,
    exp,
    indicator,
    log,
    num,
    symbols,
)
from derivations.core.formula import Add, Call, Div, Mul, Neg, Number, Pow, walk
from tests.core.trees import everything

x, y, n = symbols("x y n")


@given(everything)
def test_an_equal_tree_has_an_equal_hash(formula: Formula) -> None:
    twin = copy.deepcopy(formula)
    assert twin == formula
    assert hash(twin) == hash(formula)


@given(everything)
def test_a_tree_survives_pickling(formula: Formula) -> None:
    hash(formula)  # the cached hash must not travel: strings hash differently elsewhere
    assert pickle.loads(pickle.dumps(formula)) == formula


def test_a_pickled_tree_is_found_in_a_dictionary_of_another_process() -> None:
    code = (
        "import pickle, sys; from derivations.core import *; x = symbol('x');"
        "f = pickle.loads(sys.stdin.buffer.read()); print({1/(1 + exp(-x)): 'found'}[f])"
    )
    formula = 1 / (1 + exp(-x))
    hash(formula)
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(formula),
        capture_output=True,
        check=True,
        timeout=60,
        env={"PYTHONHASHSEED": "12345", "PYTHONPATH": ":".join(filter(None, sys.path))},
    )
    assert done.stdout.strip() == b"found"


@given(everything)
def test_rebuilding_from_its_own_parts_changes_nothing(formula: Formula) -> None:
    for node in walk(formula):
        assert node.rebuilt(node.parts) == node


@given(everything)
def test_numbers_are_natural_and_signs_leave_products(formula: Formula) -> None:
    for node in walk(formula):
        match node:
            case Number(value=value):
                assert value >= 0
            case Mul(args=(first, *_)) | Div(numerator=first):
                assert not isinstance(first, Neg)
            case Pow(base=base):
                assert base != E


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (-x * y, -(x * y)),
        ((-1) * x, -(1 * x)),
        (-x / y, -(x / y)),
        (x - y, x + (-y)),
        (x + y + 1, (x + y) + 1),
        (x * y * 2, (x * y) * 2),
        (E**x, exp(x)),
        (exp(1) ** (x + 1), exp(x + 1)),
        (x + Fraction(1, 2), x + Q(1, 2)),
        (x + Fraction(4, 2), x + 2),
        (num(-2), -num(2)),
        (+x, x),
    ],
    ids=str,
)
def test_these_are_one_tree(one: Formula, other: Formula) -> None:
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x + (y + 1), x + y + 1),
        (x * (y * 2), x * y * 2),
        (x * (-1), (-1) * x),
        (x / x, num(1) / 1),
        (1 + x, x + 1),
        (num(1) + 1, num(2)),
        (0 * log(x), num(0)),
        (exp(x) ** 2, exp(x * 2)),
        ((-x) ** 2, -(x**2)),
        (Q(2, 4), Q(1, 2)),
        (x < y, y > x),
        (symbols("x")[0], log(x)),
    ],
    ids=str,
)
def test_these_stay_as_they_were_written(one: Formula, other: Formula) -> None:
    assert one != other


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("float", lambda: x + 0.5, "Q(1, 2)"),
    ("float on the left", lambda: 0.5 * x, "Q(1, 2)"),
    ("truth value", lambda: x + True, "truth value"),
    ("truth value on the left", lambda: True * x, "truth value"),
    ("text", lambda: x + "1", "no formula"),
    ("complex", lambda: x * 1j, "no formula"),
    ("NumPy float", lambda: np.float64(0.5) * x, "Q(1, 2)"),
    ("float as an argument", lambda: exp(0.5), "Q(1, 2)"),
    ("float as an exponent", lambda: x**0.5, "Q(1, 2)"),
    ("truth of a formula", lambda: bool(x), "no truth value"),
    ("truth of a relation", lambda: x if x < y else y, "no truth value"),
    ("chain of comparisons", lambda: 0 < x < 1, "And(a < b, b < c)"),
    ("iteration", lambda: list(x), "not a sequence"),
    ("negative Number", lambda: Number(-1), "natural number"),
    ("one argument too many", lambda: exp(x, y), "takes 1 argument, not 2"),
    ("one argument too few", lambda: define("f", (x, y), x * y)(x), "takes 2 arguments, not 1"),
    ("one index too few", lambda: array("X", n, n)[1], "has 2 indices, not 1"),
    ("array without a size", lambda: array("X"), "has no size"),
    ("indicator of a number", lambda: indicator(x), "no condition"),
    ("a case in the middle without condition", lambda: cases((x, None), (y, x < 0)), "last case"),
]


@pytest.mark.parametrize(("build", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_these_are_refused_with_a_sentence(build: Callable[[], object], says: str) -> None:
    with pytest.raises(FormulaError, match=says.replace("(", r"\(").replace(")", r"\)")):
        build()


def test_numpy_integers_are_exact() -> None:
    assert np.int64(2) * x == 2 * x
    assert x ** np.int32(3) == x**3


def test_formulas_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        (x + y).args = ()  # type: ignore[attr-defined]


def test_a_call_of_a_definition_is_not_its_body() -> None:
    sigma = define("sigma", x, 1 / (1 + exp(-x)))
    assert isinstance(sigma(x), Call)
    assert sigma(x) != sigma.body
    assert isinstance(x - y, Add)
