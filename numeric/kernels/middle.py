"""A sum whose terms nearly cancel, in one double and a short rest: between a double and two.

Where some digits are lost, and not most of them, a few more bits are enough: exp(x) as a head of
26 bits and a tail (61 bits in all, from a table), a double as 26 bits and the others. Products of
heads are exact, and so is their sum where it is small; the tails are added in the end. What is not
small beside the tails is sure; the rest is left to `numeric.kernels.extended`. It takes a fifth of
the time of two doubles.

>>> from derivations.core.formula import symbols
>>> from derivations.core.functions import exp
>>> x, y = symbols("x y")
>>> sum = y * exp(-x) - 1
>>> print(middle("beside", sum / (1 + exp(-x)), sum, (x, y), ("x", "y")))
def beside(x, y):
    v0 = -x
    v1, v2 = exp_in_parts(v0)
    v3 = y * v2
    v4 = high_bits(y)
    v5 = (y - v4) * v1
    v6 = v5 + v3
    v7 = -1.0 + v4 * v1
    v8 = v7 + v6
    v9 = v1 + v2
    v10 = 1.0 + v9
    v11 = v8 / v10
    return v11, ~(np.abs(v8) > 8.0 * (np.abs(v3) + np.abs(v5)))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from derivations.core.formula import Add, Call, Formula, Mul, Neg, Number, Symbol
from derivations.core.functions import exp
from derivations.core.substitute import free_symbols, fresh_symbol, replaced
from numeric.kernels.constants import NoProgramError, double
from numeric.kernels.extended import Arithmetic, Line, defined
from numeric.kernels.signs import is_plain, is_signed_variable, signs_moved

# How much larger than a tail a sum is sure. Each operation on tails is off by 2**-53 of them.
_SURE: Final = 8.0
# Natural numbers that are exact as a factor of 26 bits.
_SMALL: Final = 1 << 20

_DOUBLES: Final = Arithmetic(
    variable="{0}",
    functions={
        **{name: f"np.{name}({{0}})" for name in ("exp", "expm1", "log", "log1p", "sqrt")},
        "Abs": "np.abs({0})",
        "Max": "np.maximum({0}, {1})",
        "Min": "np.minimum({0}, {1})",
    },
    negative="-{0}",
    sum="{0} + {1}",
    product="{0} * {1}",
    quotient="{0} / {1}",
    case="np.where(np.{2}({0}, {1}), {4}, {5})",
    constant=lambda formula: repr(double(formula)),
)


def middle(
    name: str,
    formula: Formula,
    total: Formula,
    variables: tuple[Symbol, ...],
    arguments: tuple[str, ...],
) -> str:
    """The source of a function `name` of arrays of one dimension that gives the formula, in which
    the sum `total` may have lost digits, and where that is not sure.

    Errors: `NoProgramError` where the sum has other terms than variables, numbers, and exponentials
    of a variable with such a factor or a sum of two.
    """
    terms = _terms(total)
    writer = _Sum(Line(_DOUBLES, variables, arguments))
    text, sizes = writer.written(terms)
    line = writer.line
    rest, sums = formula, fresh_symbol(Symbol("total"), frozenset(variables))
    rest = signs_moved(replaced(rest, total, sums))
    line.known[sums] = text
    for exponent in dict.fromkeys(term.exponent for term in terms if term.exponent is not None):
        line.known[exp(exponent)] = writer.together(exponent)
    result = line.value(rest)
    unsure = f"~(np.abs({text}) > {_SURE} * {sizes})"
    return defined(name, arguments, [*line.lines, f"return {result}, {unsure}"])


@dataclass(frozen=True, slots=True)
class _Term:
    """sign * factor * exp(exponent); of what is plain there is no exponent."""

    sign: int
    factor: Formula | None
    exponent: Formula | None


def _terms(total: Formula) -> list[_Term]:
    """The terms of a sum, what is plain first."""
    if not isinstance(total, Add):
        raise NoProgramError(f"{total} is no sum")
    terms = [_term(term) for term in total.args]
    terms.sort(key=lambda term: term.exponent is not None)
    if all(term.exponent is None for term in terms):
        raise NoProgramError(f"{total} has no exponential")
    return terms


def _term(term: Formula) -> _Term:
    sign, inner = (-1, term.arg) if isinstance(term, Neg) else (1, term)
    if is_plain(inner):
        return _Term(sign, inner, None)
    factor, power = None, inner
    if isinstance(inner, Mul) and len(inner.args) == 2:
        one, other = inner.args
        factor, power = (other, one) if isinstance(one, Call) else (one, other)
    match power:
        case Call(head=head, args=(exponent,)) if head == exp and is_signed_variable(exponent):
            if factor is None or _is_factor(factor):
                return _Term(sign, factor, exponent)
    raise NoProgramError(f"{term} has no head")


def _is_factor(factor: Formula) -> bool:
    if isinstance(factor, Add) and len(factor.args) == 2:
        return all(map(is_plain, factor.args))
    return isinstance(factor, Symbol) or (isinstance(factor, Number) and factor.value <= _SMALL)


class _Sum:
    """Heads are added in the order of the terms, each but the last exactly; then the tails."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.parts: dict[Formula, tuple[str, str]] = {}
        self.heads: dict[Formula, str] = {}
        self.lost: dict[Formula, str] = {}
        self.sizes: list[str] = []
        self.tails: list[tuple[int, str]] = []

    def written(self, terms: list[_Term]) -> tuple[str, str]:
        """The name of the sum, and the text of what its rounding is measured by."""
        first, *rest = terms
        head = self.head(first)
        total = head if first.sign > 0 else f"-{head}"
        for place, term in enumerate(rest):
            part, plus = self.head(term), term.sign > 0
            if place == len(rest) - 1:
                total = self.assigned(f"{total} {'+' if plus else '-'} {part}")
            else:
                total, error = self.two(f"two_sum({total}, {part if plus else f'-({part})'})")
                self.tails.append((1, error))
        (sign, tail), *others = self.tails
        for other_sign, other in others:
            tail = self.assigned(f"{tail} {'+' if other_sign == sign else '-'} {other}")
        total = self.assigned(f"{total} {'+' if sign > 0 else '-'} {tail}")
        sizes = " + ".join(f"np.abs({size})" for size in self.sizes)
        return total, f"({sizes})" if len(self.sizes) > 1 else sizes

    def head(self, term: _Term) -> str:
        """The text of a term's head; its tail is kept for later."""
        factor, exponent = term.factor, term.exponent
        if exponent is None:
            assert factor is not None
            return self.line.value(factor)
        high, low = self.exponential(exponent)
        if factor is None:
            self.sizes.append(low)
            self.tails.append((term.sign, low))
            return high
        name = self.rounded(factor)
        self.sizes.append(small := self.assigned(f"{name} * {low}"))
        if not free_symbols(factor):
            self.tails.append((term.sign, small))
            return f"{name} * {high}"
        start, others = self.factor_in_parts(factor, name)
        beside = self.assigned(f"{others} * {high}")
        self.sizes.append(beside)
        self.tails.append((term.sign, self.assigned(f"{beside} + {small}")))
        return f"{start} * {high}"

    def exponential(self, exponent: Formula) -> tuple[str, str]:
        if exponent not in self.parts:
            argument = self.line.value(exponent)
            self.parts[exponent] = self.two(f"exp_in_parts({argument})")
        return self.parts[exponent]

    def together(self, exponent: Formula) -> str:
        """The exponential as one double."""
        high, low = self.parts[exponent]
        return self.assigned(f"{high} + {low}")

    def rounded(self, factor: Formula) -> str:
        """A factor as one double; what a sum of two misses is kept."""
        if isinstance(factor, Add) and factor not in self.lost:
            first, second = (self.line.value(term) for term in factor.args)
            self.line.known[factor], self.lost[factor] = self.two(f"two_sum({first}, {second})")
        return self.line.value(factor)

    def factor_in_parts(self, factor: Formula, name: str) -> tuple[str, str]:
        """Its first 26 bits, and the text of the others."""
        if factor not in self.heads:
            self.heads[factor] = self.assigned(f"high_bits({name})")
        start = self.heads[factor]
        lost = self.lost.get(factor)
        return start, f"({name} - {start}{f' + {lost}' if lost else ''})"

    def assigned(self, text: str) -> str:
        return self.line.assigned(text)

    def two(self, text: str) -> tuple[str, str]:
        return self.line.two(text)
