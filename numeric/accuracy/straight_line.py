"""A formula as a straight line of Python: one function without a tree to walk.

The same lines are written for Arb's balls and for NumPy's long doubles. The source is made from
our own tree, whose variables become `x0, x1, ...` and whose constants become parameters, so that
no text from outside is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

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
)
from derivations.core.functions import Definition
from derivations.core.meaning import meaning

_MOST_LINES: Final = 400


class NotStraightError(ValueError):
    """The formula holds what this evaluation does not know."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How one kind of number is written.

    `functions` are templates such as `{0}.exp()` by name, `constants` the values of numbers,
    `known` the names that the templates use. `case` writes a value chosen by a condition; without
    it a formula with cases is not straight.
    """

    functions: Mapping[str, str]
    number: Callable[[int], Any]
    constant: Callable[[str], Any]
    known: Mapping[str, Any]
    case: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """How an argument enters a line, a template, and what becomes of its result: templates of
    lines that append to `results`."""

    enter: str
    leave: tuple[str, ...]


@dataclass(slots=True)
class _Writer:
    arithmetic: Arithmetic
    places: dict[Formula, str]
    lines: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)

    def value(self, formula: Formula) -> str:
        """The name that holds a formula's value."""
        found = self.places.get(formula)
        if found is None:
            found = self.places[formula] = self._written(formula)
        return found

    def _written(self, formula: Formula) -> str:
        match formula:
            case Number(value=value):
                return self._constant(self.arithmetic.number(value))
            case Constant(name=name):
                return self._constant(self.arithmetic.constant(name))
            case Neg(arg=arg):
                return self._line(f"-{self.value(arg)}")
            case Add(args=args):
                return self._sum(args)
            case Mul(args=args):
                return self._line("*".join(map(self.value, args)))
            case Div(numerator=over, denominator=under):
                return self._line(f"{self.value(over)}/{self.value(under)}")
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Call():
                return self._call(formula)
            case Cases(values=values, conditions=conditions) if self.arithmetic.case:
                return self._cases(values, conditions)
        raise NotStraightError(f"a {type(formula).__name__} is not one line of arithmetic")

    def _line(self, expression: str) -> str:
        if len(self.lines) >= _MOST_LINES:
            raise NotStraightError("the formula is too long")
        name = f"v{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def _constant(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def _sum(self, args: tuple[Formula, ...]) -> str:
        first, *rest = args
        text = self.value(first)
        for term in rest:
            text += (
                f" - {self.value(term.arg)}" if isinstance(term, Neg) else f" + {self.value(term)}"
            )
        return self._line(text)

    def _power(self, base: Formula, exponent: Formula) -> str:
        sign, natural = (-1, exponent.arg) if isinstance(exponent, Neg) else (1, exponent)
        if not isinstance(natural, Number) or natural.value > 64:
            raise NotStraightError("a power has no small whole exponent")
        return self._line(f"{self.value(base)}**{sign * natural.value}")

    def _call(self, call: Call) -> str:
        if isinstance(call.head, Definition):
            if call.head.name not in self.arithmetic.functions:
                written = meaning(call)
                assert written is not None
                return self.value(written)
        elif not call.head.builtin:
            raise NotStraightError(f"nothing is known about {call.head.name}")
        template = self.arithmetic.functions.get(call.head.name)
        if template is None or template.count("{") != len(call.args):
            raise NotStraightError(f"{call.head.name} is not one line of arithmetic")
        return self._line(template.format(*map(self.value, call.args)))

    def _cases(self, values: tuple[Formula, ...], conditions: tuple[Formula, ...]) -> str:
        if len(values) != len(conditions) + 1:
            raise NotStraightError("the cases leave something open")
        text = self.value(values[-1])
        for value, condition in zip(reversed(values[:-1]), reversed(conditions), strict=True):
            if not isinstance(condition, Relation) or condition.rel in {"=", "!="}:
                raise NotStraightError("a case is told by no comparison")
            test = f"{self.value(condition.lhs)} {condition.rel} {self.value(condition.rhs)}"
            text = self._line(self.arithmetic.case.format(test, self.value(value), text))
        return text


def straight_line(
    formula: Formula,
    variables: Sequence[Symbol],
    arithmetic: Arithmetic,
    loop: Loop | None = None,
) -> Callable[..., Any]:
    """The formula as a function of its variables in this arithmetic, or with a `loop`, as one of
    columns of arguments that gives the list of results: a call for each would double the time.

    Errors: `NotStraightError` where it holds more than elementary operations.
    """
    arguments = [f"x{number}" for number in range(len(variables))]
    writer = _Writer(arithmetic, dict(zip(variables, arguments, strict=True)))
    result = writer.value(formula)
    names = ", ".join(arguments)
    if loop is None:
        body = _indented((*writer.lines, f"return {result}"))
        source = f"def line({names}):\n{body}"
    else:
        inner = _indented(
            (
                *(f"{name} = {loop.enter.format(name)}" for name in arguments),
                *writer.lines,
                *(line.format(result) for line in loop.leave),
            )
        )
        body = _indented(
            (f"for {names}, in zip({names}):\n{inner}".rstrip().replace("\n", "\n    "),)
        )
        source = f"def line({names}):\n    results = []\n{body}    return results\n"
    namespace: dict[str, Any] = {**arithmetic.known, **writer.names}
    exec(compile(source, "<straight line>", "exec"), namespace)  # noqa: S102  (our own source)
    made: Callable[..., Any] = namespace["line"]
    return made


def _indented(lines: Iterable[str]) -> str:
    return "".join(f"    {line}\n" for line in lines)
