"""Nothing that is read is run, nothing that is read is big, and every answer comes at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivations.core.claim import Claim
from derivations.core.domain import Complexes, FiniteSet, Integers, Interval
from derivations.core.formula import Formula
from derivations.core.text import to_text
from derivations.core.to_sympy import to_sympy
from derivations.reading import (
    ReadingError,
    lines_from,
    read_claim,
    read_condition,
    read_domain,
    read_formula,
    read_lines,
    read_relation,
)

NAMES = ("x", "y", "k", "n")

INJECTED = [
    "__import__('os').system('touch broken')",
    "__import__",
    "__builtins__",
    "__x__",
    "_",
    "_x",
    "x__y",
    "eval('1')",
    "exec('1')",
    "open('/etc/passwd')",
    "globals()",
    "getattr(x, 'y')",
    "compile('1', '', 'eval')",
    "print(x)",
    "os",
    "sympy",
    "Symbol('x')",
    "sympify('x')",
    "S('x')",
    "Function('f')(x)",
    "Lambda(x, x)",
    "x.real",
    "x.__class__",
    "().__class__.__bases__[0].__subclasses__()",
    "(1).real",
    "exp.__call__(x)",
    "x[0]",
    "x[0:1]",
    "[x][0]",
    "[x for x in (1, 2)]",
    "{x for x in (1, 2)}",
    "{x: 1}",
    "{1, 2}",
    "(x for x in (1, 2))",
    "lambda: 1",
    "(lambda x: x)(1)",
    "x if y else k",
    "(x := 1)",
    "f'{x}'",
    "f''",
    "b'x'",
    "r'x'",
    "'x'",
    '"x"',
    "'+'",
    "'''+'''",
    "'+' '-'",
    "exp(*x)",
    "exp(**x)",
    "exp(x=1)",
    "exp(x, evaluate=1)",
    "Max(*(x, y))",
    "Limit(x, x, 0, dir='x')",
    "Limit(x, x, 0, dir=x)",
    "Limit(x, x, 0, side='+')",
    "Limit(x, x, z0='+')",
    "await x",
    "yield x",
    "import os",
    "del x",
    "x; y",
    "x\ny",
    "x\\\ny",
    "x # y",
    "x @ y",
    "x % y",
    "x // y",
    "x << y",
    "x >> y",
    "x ^ y",
    "x | y",
    "x & y",
    "~x",
    "not x",
    "x and y",
    "x or y",
    "x in y",
    "x is y",
    "x < y",
    "True",
    "False",
    "None",
    "Ellipsis",
    "...",
    "0.5",
    ".5",
    "5.",
    "1e5",
    "1E5",
    "1e400",
    "2j",
    "0x10",
    "0b1",
    "1_0",
    "01",
    "nan",
    "inf",
    "zoo",
    "x,",
    "()",
    "[]",
    "(x, y)",
    "((x, y))",
    "exp((x, y))",
    "\x00",
    "x\x00",
    "\x1b[31mx",
    "x\u00a0+ y",  # a blank that is none
    "\u2212x",  # a minus that is none
    "x\u00d7y",
    "\uff58",  # a wide x, which Python takes for x
    "\u212f",  # a script e
    "\u03c0",
    "\u0435xp(x)",  # a Cyrillic e
    "\u1d49xp(x)",
    "x\u0301",
    "x\u00b2",
    "\U0001d465",
    "\u0661",  # a digit one, Arabic
    "\ud800",
    "x\ufeff",
    "\u202ex",
]


@pytest.mark.parametrize("text", INJECTED, ids=ascii)
def test_what_is_not_of_the_notation_is_one_clear_error(text: str) -> None:
    with pytest.raises(ReadingError) as found:
        read_formula(text, NAMES)
    sentence = str(found.value)
    assert 10 < len(sentence) < 200
    assert sentence.isascii()
    assert sentence.isprintable()


N = 10_000
BIG = {
    "9**9**9": "exponent 9**9 is too large",
    "9**9**9**9": "exponent 9**9 is too large",
    "x**(10**(10**10))": "exponent 10**10 is too large",
    "x**(-(10**(10**10)))": "exponent 10**10 is too large",
    "x**(10**7)": "exponent 10**7 is too large",
    "x**(2*10**6/1)": "too large",
    "2**10**6": "about 301030 digits",
    "(2**50000)**50": "about 752",
    "(1/3)**10**6": "about 477121 digits",
    "(10**1000)**1000": "about 10",
    "x**(10**3000)": "too large",
    "x**(10**3000/10**2999)": "too large",
    "factorial(10**8)": "factorial at 10**8 is too large",
    "factorial(10**9/10)": "too large",
    "factorial(factorial(9))": "too large",
    "factorial(factorial(1000))": "too large",
    "x**factorial(100)": "too large",
    "x**gamma(100)": "too large",
    "2**binomial(1000, 500)": "too large",
    "x**fibonacci(10000)": "too large",
    "gamma(10**9)": "gamma at 10**9 is too large",
    "gamma(1/2 + 10**9)": "too large",
    "fibonacci(-10**9)": "too large",
    "binomial(10**9, 5*10**8)": "binomial coefficient is too large",
    "RisingFactorial(x, 10**9)": "too large",
    "bernoulli(10**9)": "too large",
    "harmonic(10**9)": "too large",
    "legendre(10**9, x)": "too large",
    "chebyshevt(10**9, x)": "too large",
    "polygamma(10**9, x)": "too large",
    "Derivative(x, (x, 10))" + " + Derivative(x, (x, 1000000))": "order 1000000 is too high",
    "1" * 1001: "1001 digits",
    "1" * 15_000: "15000 digits",
    "(" * N + "x" + ")" * N: "20001 characters",
    "(" * 101 + "x" + ")" * 101: "nested too deeply",
    "[" * 101 + "x" + "]" * 101: "nested too deeply",
    "exp(" * 101 + "x" + ")" * 101: "nested too deeply",
    "(" * N: "nested too deeply",
    ")" * N: "closes no bracket",
    "-" * N + "x": "chain of operators",
    "+" * 21 + "x": "signs in a row",
    "not " * 3_000 + "x": "chain of operators",
    "-" * 21 + "x": "signs in a row",
    "~" * 30 + "x": "signs in a row",
    "x" + "+x" * 1001: "chain of operators",
    "x" + "/x" * 400: "nested too deeply",
    "x" + "**x" * 400: "nested too deeply",
    "x" + " - x*y/k" * 5000: "40001 characters",
    "x" * 15_000: "a name has 15000 characters",
    "f" * 51 + "(x)": "a name has 51 characters",
    "x + " * 400: "something is missing after",
    " " * 30_000 + "x": "30001 characters",
    "x" * (10 * 2**20): "characters",
}


@pytest.mark.parametrize("text", BIG, ids=lambda text: f"{text[:30]}-{len(text)}")
def test_what_is_too_big_is_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ReadingError) as found:
        read_formula(text, NAMES)
    assert BIG[text] in str(found.value)
    assert len(str(found.value)) < 200
    assert time.process_time() - start < 1


WITHIN_THE_LIMITS = [
    "x**1000000",
    "2**100000",
    "10**(-25)*x",
    "(1 + 1/10**25)**3",
    "x**(1/10**25)",
    "factorial(20000)",
    "binomial(10**9, 3)",
    "binomial(10**9, 10**9 - 3)",
    "gamma(x)**factorial(5)",
    "exp(10**10)",
    "exp(exp(exp(x)))",
    "Sum(1/k**2, (k, 1, 10**9))",
    "1" * 1000,
    "(" * 100 + "x" + ")" * 100,
    "exp(" * 90 + "x" + ")" * 90,
    "-" * 20 + "x",
    "x" + "+x" * 999,
    "x" + "*x" * 999,
    "x" + "/x" * 90,
    "x" + "**x" * 90,
    "x" + " - x*y/k" * 160,
    "factorial(k)**(10**5)",
    "factorial(factorial(7))",
    "2**factorial(8)",
    "x**binomial(5, 2)*x**gamma(0)*x**fibonacci(7)",
    "binomial(3, 10**4) + x**binomial(3, 10**4)",
    "0**1000000",
    "(-1)**1000000",
]


@pytest.mark.parametrize("text", WITHIN_THE_LIMITS, ids=lambda text: f"{text[:30]}-{len(text)}")
def test_what_stays_within_the_limits_is_read_printed_and_translated(text: str) -> None:
    formula = read_formula(text, NAMES)
    assert read_formula(to_text(formula), NAMES) == formula
    if len(text) < 100:
        to_sympy(formula)


CHECKED = """
import sys
from derivations.reading import ReadingError, lines_from, read_formula
lines_from([b"{}"])  # what reading imports, it has imported
try:
    read_formula("warmed(0.5)", ())
except ReadingError:
    pass
read_formula("Piecewise((sin(x), x > 0), (Limit(x, x, 0), True))", {"x"})

def watch(event, args):
    if watch.on and event.split(".")[0] in (
        "exec", "open", "os", "import", "subprocess", "socket", "ctypes", "code", "pickle"
    ):
        raise SystemExit(f"{event} {args}")
    # Python's grammar gives a tree, and is asked for nothing else
    if watch.on and event == "compile" and not isinstance(args[0], (str, bytes)):
        raise SystemExit(f"{event} {args}")

watch.on = False
sys.addaudithook(watch)
for text in sys.stdin.read().split("\\0"):
    watch.on = True
    try:
        read_formula(text, {"x", "y", "k", "n"})
    except ReadingError:
        pass
    finally:
        watch.on = False
print("nothing ran")
"""


def test_reading_runs_opens_and_imports_nothing() -> None:
    texts = [text for text in INJECTED if "\0" not in text and text.isprintable()]
    done = subprocess.run(
        [sys.executable, "-c", CHECKED],
        input="\0".join(texts),
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
    )
    assert done.stdout == "nothing ran\n", done.stdout + done.stderr


def test_no_line_of_the_reader_runs_text() -> None:
    import derivations.reading as room

    for file in sorted(Path(room.__path__[0]).glob("*.py")):
        source = file.read_text()
        for word in ("eval(", "exec(", "sympify", "parse_expr", "__import__(", "globals("):
            # The doctest of `plain` shows that such a text is refused.
            found = [line for line in source.splitlines() if word in line and ">>>" not in line]
            assert not found, f"{file.name}: {found}"


class Refused:
    """A ReadingError with one printable sentence."""


def outcome(read: Callable[[], object]) -> object:
    try:
        return read()
    except ReadingError as error:
        return Refused() if str(error).isprintable() else error


def is_sound(text: str) -> None:
    """Reading gives what it promises, or a ReadingError with one printable sentence."""
    for read, kinds in (
        (lambda: read_formula(text, NAMES), (Formula,)),
        (lambda: read_condition(text, NAMES), (Formula,)),
        (lambda: read_relation(text, NAMES), (Formula,)),
        (lambda: read_domain(text), (Interval, Integers, FiniteSet, Complexes)),
    ):
        assert isinstance(outcome(read), (*kinds, Refused))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    is_sound(text)


pieces = st.sampled_from(
    [
        *"xykn0123456789+-*/()[]{},=<>&|~!'\"._ :@^%#$\\",
        *("**", "==", "<=", "!=", "and ", "or ", "not ", "True", "exp(", "sin", "Sum(", "Limit("),
        *("Derivative(", "Subs(", "Piecewise((", "Rational(", "hyper(", "oo", "pi", "'+-'", "dir"),
        *("Integral(", "And(", "Eq(", ", (k, 1, n))", ", x, 0)", "Z[", "Pow(", "lambda", "if "),
        *("factorial(", "10", "e5", "__", "x0", "Indicator(", "Max(", "gamma"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join))
@example("Limit(x, x, 0, dir='+', dir='-')")
@example("Limit(dir='+')")
@example("dir='+'")
@example("exp(dir='+')")
@example("Piecewise((x, dir='+'))")
@example("Subs(x, (), ())")
@example("hyper((), (), x)")
@example("x = dir='+'")
def test_any_order_of_words_is_read_or_refused(text: str) -> None:
    is_sound(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
texts = st.sampled_from(["x = x", "x > 0", "R", "x", "", "Z[1, oo)", "line"])
domains = st.dictionaries(st.sampled_from(["x", "E", "", "x y", "1"]), json_values | texts)
records = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("id", "claim", "domain", "where", "a"), json_values | texts | domains),
)


@settings(max_examples=400, deadline=None)
@given(records)
def test_any_record_is_a_claim_or_refused(record: dict[str, object]) -> None:
    assert isinstance(outcome(lambda: read_claim(record)), (Claim, Refused))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=60) | records.map(lambda r: json.dumps(r).encode()), max_size=4))
def test_any_bytes_are_lines_with_a_claim_or_an_error(raw: list[bytes]) -> None:
    for line in lines_from(raw):
        assert (line.claim is None) == bool(line.error)
        assert line.error.isprintable()
        assert line.id.isprintable()


def test_a_line_of_ten_megabytes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    good = b'{"claim": "1 = 1"}\n'
    huge = b'{"claim": "' + b"1+" * (5 * 2**20) + b'1 = 1"}\n'
    file.write_bytes(good + huge + good + huge.rstrip(b"\n"))
    start = time.process_time()
    first, second, third, fourth = read_lines(file)
    assert time.process_time() - start < 1
    assert [line.number for line in (first, second, third, fourth)] == [1, 2, 3, 4]
    assert first.claim
    assert third.claim
    assert second.error == fourth.error == "the line is too long: at most 1000000 bytes"


def test_deep_json_is_refused() -> None:
    (line,) = lines_from([b'{"claim": "1 = 1", "note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"])
    assert line.error == "the JSON of the line is nested too deeply"


def test_many_keys_are_read_at_once() -> None:
    many = ",".join(f'"k{n}": 0' for n in range(50_000))
    start = time.process_time()
    (line,) = lines_from([f'{{{many}, "claim": "1 = 1", "k49999": 1}}'.encode()])
    assert line.error == "the key 'k49999' is given twice"
    assert time.process_time() - start < 1


def test_the_reader_stands_on_the_vocabulary_alone() -> None:
    code = (
        "import sys, derivations.reading;"
        "print([m for m in sys.modules if m.split('.')[0] in ('sympy', 'flint', 'mpmath', 'numpy')"
        " or m.startswith('derivations.proving')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
