"""A formula as source that computes it in two doubles, and in decimal digits where that is little.

The functions on pairs are those of `numeric.kernels.pairs`; their source is copied. Where a sum
loses more than the pairs can spare, or a value is so small that their products round, a point is
computed once more with Python's `decimal`, as long as the formula is made of exp, log and roots.

>>> from derivations.core.formula import symbols
>>> from derivations.core.functions import exp
>>> x, y = symbols("x y")
>>> print(extended("near", exp(x) - y, (x, y), ("x", "y")))
def near_in_digits(x, y):
    v0 = x.exp()
    v1 = -y
    v2 = v0 + v1
    return v2
<BLANKLINE>
<BLANKLINE>
def near(x, y):
    v0 = exp((x, 0.0))
    v1 = negative((y, 0.0))
    v2 = plus(v0, v1[0])
    value = v2[0]
    sure = np.abs(value) > 1e-240
    sure &= np.abs(v2[0]) > 9.094947017729282e-13 * np.abs(v0[0])
    for k in np.flatnonzero(~sure):
        value[k] = rounded(near_in_digits, x[k], y[k])
    return value
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from derivations.core.conditions import Cases
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    num,
    pi,
)
from derivations.core.functions import Abs, Definition
from derivations.core.meaning import meaning
from derivations.core.substitute import free_symbols
from numeric.kernels.branches import leaves_chosen
from numeric.kernels.constants import COMPARED, MOST_POWER, NoProgramError, pieces
from numeric.kernels.signs import looks_positive

# A sum that is smaller than this part of its last term has lost too much for pairs.
_KEPT: Final = 2.0**-40
# Products of what is smaller round at the end of the doubles.
_SMALL: Final = 1e-240


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How one kind of number is written: templates, and the text of a constant (None: as it is
    written, from its parts)."""

    variable: str
    functions: Mapping[str, str]
    negative: str
    sum: str
    product: str
    quotient: str
    case: str
    constant: Callable[[Formula], str | None]
    # What is cheaper for numbers that are one double, given these: |a|, pair + double, a + b.
    absolute_double: str = ""
    sum_with_double: str = ""
    sum_of_doubles: str = ""


def _pair(formula: Formula) -> str | None:
    high, *low = pieces(formula)
    return f"({high!r}, {low[0] if low else 0.0!r})"


def _decimal(formula: Formula) -> str | None:
    if isinstance(formula, Constant):
        return "pi()" if formula == pi else None
    return f"Decimal({formula.value})" if isinstance(formula, Number) else None


# Pairs of doubles.
PAIRS: Final = Arithmetic(
    variable="({0}, 0.0)",
    functions={
        **{name: f"{name}({{0}})" for name in ("exp", "expm1", "log", "log1p", "sqrt")},
        "Abs": "absolute({0})",
        "Max": "maximum({0}, {1})",
        "Min": "minimum({0}, {1})",
    },
    negative="negative({0})",
    sum="add({0}, {1})",
    product="multiply({0}, {1})",
    quotient="divide({0}, {1})",
    case="choose(np.{2}({0}[0], {1}[0]), {4}, {5})",
    constant=_pair,
    absolute_double="(np.abs({0}), 0.0)",
    sum_with_double="plus({0}, {1})",
    sum_of_doubles="two_sum({0}, {1})",
)
_DIGITS: Final = Arithmetic(
    variable="{0}",
    functions={
        "exp": "{0}.exp()",
        "expm1": "{0}.exp() - 1",
        "log": "{0}.ln()",
        "log1p": "(1 + {0}).ln()",
        "sqrt": "{0}.sqrt()",
        "Abs": "abs({0})",
        "Max": "max({0}, {1})",
        "Min": "min({0}, {1})",
    },
    negative="-{0}",
    sum="{0} + {1}",
    product="{0} * {1}",
    quotient="{0} / {1}",
    case="{4} if {0} {3} {1} else {5}",
    constant=_decimal,
)


def extended(
    name: str, formula: Formula, variables: tuple[Symbol, ...], arguments: tuple[str, ...]
) -> str:
    """The source of a function `name` of arrays of one dimension that gives the formula to about
    an ULP, without the functions of `pairs` that it calls.

    Errors: `NoProgramError` where the formula holds what pairs do not compute.
    """
    line = Line(PAIRS, variables, arguments)
    result = line.rounded(leaves_chosen(formula))
    rows = [*line.lines, f"value = {result}"]
    digits = _in_digits(f"{name}_in_digits", formula, variables, arguments)
    if digits:
        rows.append(f"sure = np.abs(value) > {_SMALL}")
        for total, part in line.sums:
            rows.append(f"sure &= np.abs({total}[0]) > {_KEPT!r} * np.abs({part}[0])")
        given = ", ".join(f"{argument}[k]" for argument in arguments)
        rows.append("for k in np.flatnonzero(~sure):")
        rows.append(f"    value[k] = rounded({name}_in_digits, {given})")
    return digits + defined(name, arguments, [*rows, "return value"])


def exponential(
    name: str, exponent: Formula, variables: tuple[Symbol, ...], arguments: tuple[str, ...]
) -> str:
    """The source of a function `name` of an array that gives exp(exponent), the exponent in pairs:
    its rounding to one double would be multiplied by its size.

    Errors: `NoProgramError` where it holds what pairs do not compute.
    """
    line = Line(PAIRS, variables, arguments)
    result = line.value(exponent)
    rows = (
        # Beyond, products overflow on the way to an exponent that is infinite for exp anyway.
        *(f"{argument} = np.clip({argument}, -1e100, 1e100)" for argument in arguments),
        *line.lines,
        f"high, low = {result}",
        "value = np.exp(high)",
        "return value * (1.0 + np.where(np.abs(high) < 1000.0, low, 0.0))",
    )
    return defined(name, arguments, rows)


def defined(name: str, arguments: tuple[str, ...], rows: Sequence[str]) -> str:
    """The source of a function."""
    return "\n    ".join([f"def {name}({', '.join(arguments)}):", *rows])


def _in_digits(
    name: str, formula: Formula, variables: tuple[Symbol, ...], arguments: tuple[str, ...]
) -> str:
    """The function of decimals, nothing where there is none."""
    line = Line(_DIGITS, variables, arguments)
    try:
        result = line.value(formula)
    except NoProgramError:
        return ""
    return defined(name, arguments, [*line.lines, f"return {result}"]) + "\n\n\n"


def high_of(name: str) -> str:
    """The double of a pair that is one."""
    return name[1:-6] if name.endswith(", 0.0)") else f"{name}[0]"


class Line:
    """A straight line of assignments, every part of the formula once. `sums` are the names of sums
    that may have lost digits, each with that of its last term."""

    def __init__(
        self, kind: Arithmetic, variables: tuple[Symbol, ...], arguments: tuple[str, ...]
    ) -> None:
        self.kind = kind
        self.known: dict[Formula, str] = {
            variable: kind.variable.format(argument)
            for variable, argument in zip(variables, arguments, strict=True)
        }
        self.doubles = set(self.known.values()) if kind.sum_of_doubles else set[str]()
        self.lines: list[str] = []
        self.made = 0
        self.sums: list[tuple[str, str]] = []

    def value(self, formula: Formula) -> str:
        """The name that holds the value of a formula."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._made(formula)
        return found

    def rounded(self, formula: Formula) -> str:
        """The text of a double, the formula but for an error of 1.5 ULP."""
        match formula:
            case Neg(arg=Div() as quotient):
                return f"-({self.rounded(quotient)})"
            case Div(numerator=over, denominator=under):
                return f"{high_of(self.value(over))} / {high_of(self.value(under))}"
        return high_of(self.value(formula))

    def assigned(self, template: str, *parts: str) -> str:
        """The name that is given to a value."""
        name = self._fresh()
        self.lines.append(f"{name} = {template.format(*parts)}")
        return name

    def two(self, text: str) -> tuple[str, str]:
        """The names that are given to two values."""
        names = self._fresh(), self._fresh()
        self.lines.append(f"{', '.join(names)} = {text}")
        return names

    def _fresh(self) -> str:
        self.made += 1
        return f"v{self.made - 1}"

    def _made(self, formula: Formula) -> str:
        if not free_symbols(formula):
            constant = self.kind.constant(formula)
            if constant is not None:
                if constant.endswith(" 0.0)"):
                    self.doubles.add(constant)
                return constant
        match formula:
            case Call(head=head, args=(arg,)) if head == Abs and self.value(arg) in self.doubles:
                size = self.assigned(self.kind.absolute_double, high_of(self.value(arg)))
                self.doubles.add(size)
                return size
            case Call(head=head, args=args) if head.name in self.kind.functions:
                return self.assigned(self.kind.functions[head.name], *map(self.value, args))
            case Call(head=Definition()):
                written = meaning(formula)
                assert written is not None
                return self.value(written)
            case Neg(arg=arg):
                value = self.value(arg)
                negative = self.assigned(self.kind.negative, value)
                self.doubles |= {negative} if value in self.doubles else set()
                return negative
            case Add(args=(first, *rest)):
                total = self.value(first)
                for k, term in enumerate(rest):
                    may_cancel = not all(map(looks_positive, formula.args[: k + 2]))
                    total = self._sum(total, self.value(term), may_cancel)
                return total
            case Mul(args=args):
                return self._product([self.value(arg) for arg in args])
            case Div(numerator=over, denominator=under):
                return self.assigned(self.kind.quotient, self.value(over), self.value(under))
            case Pow(base=base, exponent=Number(value=n)) if 1 <= n <= MOST_POWER:
                return self._product([self.value(base)] * n)
            case Pow(base=base, exponent=Neg(arg=Number(value=n))) if 1 <= n <= MOST_POWER:
                power = self._product([self.value(base)] * n)
                return self.assigned(self.kind.quotient, self.value(num(1)), power)
            case Cases(values=(first, second), conditions=(Relation(rel=rel) as test,)):
                if rel in COMPARED:
                    sides = self.value(test.lhs), self.value(test.rhs), COMPARED[rel], rel
                    values = self.value(first), self.value(second)
                    return self.assigned(self.kind.case, *sides, *values)
        raise NoProgramError(f"{formula} has no value in two doubles")

    def _sum(self, a: str, b: str, may_cancel: bool) -> str:
        single = {a, b} & self.doubles
        if len(single) == len({a, b}):  # exact
            return self.assigned(self.kind.sum_of_doubles, high_of(a), high_of(b))
        pair, other = (b, a) if a in single else (a, b)
        if single:
            total = self.assigned(self.kind.sum_with_double, pair, high_of(other))
        else:
            total = self.assigned(self.kind.sum, a, b)
        if may_cancel:
            self.sums.append((total, pair if single else b))
        return total

    def _product(self, factors: list[str]) -> str:
        product, *rest = factors
        for factor in rest:
            product = self.assigned(self.kind.product, product, factor)
        return product
