"""A reader of exactly the LaTeX that the printer writes, made for the tests alone.

It reads as a mathematician does: products bind tighter than sums, a sum sign reaches to the end
of its product, `f(` is a call of f and `f x` a product, letters side by side are factors. It knows
nothing of the printer but the printed names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from derivations.core import (
    Abs,
    Array,
    D,
    E,
    Formula,
    Item,
    Symbol,
    delta,
    exp,
    factorial,
    integral,
    limit,
    log,
    num,
    oo,
    pi,
    product,
    sqrt,
    total,
)
from derivations.core.formula import Mul
from derivations.core.functions import Head

_TOKEN = re.compile(r"\\(?:mathrm|mathsf|operatorname)\{[^{}]*\}|\\[A-Za-z]+|\\,|\d+|\S")

_DERIVATIVE = re.compile(
    r"\\frac \{ (?:d|\\partial) (?:\^ \{ \d+ \} )?\} \{ (?:d|\\partial) (?!\\cdot)"
)


@dataclass
class LatexReader:
    symbols: Mapping[str, Symbol]  # by printed form
    heads: Mapping[str, Head]  # printed `name(...)`
    indexed_heads: Mapping[str, Head]  # printed `name_{...}`
    arrays: Mapping[str, Array]

    def read(self, latex: str) -> Formula:
        flat = re.sub(r"\\(?:left|right)(?![A-Za-z])", "", latex)
        self.tokens, self.at = _TOKEN.findall(flat), 0
        formula = self.sum()
        assert self.at == len(self.tokens), f"stopped at {self.tokens[self.at :]} in {latex}"
        return formula

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        assert not wanted or token in wanted, f"{token!r}, not {wanted}, in {self.tokens}"
        self.at += 1
        return token

    def sum(self) -> Formula:
        formula = self.signed()
        while self.peek() in {"+", "-"}:
            formula = formula + self.term() if self.take() == "+" else formula - self.term()
        return formula

    def signed(self) -> Formula:
        if self.peek() == "-":
            self.take()
            return -self.quotient()
        return self.quotient()

    def quotient(self) -> Formula:
        above = self.term()
        if self.peek() == "/":
            self.take()
            return above / self.factor()
        return above

    def term(self) -> Formula:
        formula = self.factor()
        while self.peek() not in {"", "+", "-", ")", "}", "=", ",", "/", r"\,", r"\rvert", r"\to"}:
            if self.peek() == r"\cdot":
                self.take()
            formula = formula * self.factor()
        return formula

    def factor(self) -> Formula:
        match self.peek():
            case r"\sum" | r"\prod":
                make = total if self.take() == r"\sum" else product
                variable, lower, upper = self.bounds()
                return make(self.term(), variable, lower, upper)
            case r"\int":
                self.take()
                lower, upper = self.script("_"), self.script("^")
                body = self.term()
                self.take(r"\,")
                self.take("d")
                variable = self.factor()
                assert isinstance(variable, Symbol)
                return integral(body, variable, lower, upper)
            case r"\lim":
                return self.limit()
        ahead = " ".join(self.tokens[self.at : self.at + 12])
        if _DERIVATIVE.match(ahead) and not self.is_quotient():
            return self.derivative()
        base = self.base()
        while self.peek() == "!":
            self.take()
            base = factorial(base)
        return base ** self.script("^") if self.peek() == "^" else base

    def is_quotient(self) -> bool:
        """d over d alone is a fraction of the symbol d."""
        start = self.at
        self.take(r"\frac")
        self.group_tokens()
        below = self.group_tokens()
        self.at = start
        return below[1:] == [] or below[1] == "^"

    def group_tokens(self) -> list[str]:
        self.take("{")
        depth, found = 1, []
        while True:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if not depth:
                return found
            found.append(token)

    def derivative(self) -> Formula:
        self.take(r"\frac")
        above = self.group_tokens()
        self.take("{")
        self.take("d", r"\partial")
        variable = self.base()
        assert isinstance(variable, Symbol | Item)
        if self.peek() == "^":
            self.script("^")
        self.take("}")
        return D(self.factor(), variable, int(above[-2]) if len(above) > 1 else 1)

    def limit(self) -> Formula:
        self.take()
        self.take("_")
        self.take("{")
        variable = self.factor()
        assert isinstance(variable, Symbol)
        self.take(r"\to")
        side = "+-"
        if self.one_sided():
            point = self.base()
            self.take("^")
            self.take("{")
            side = self.take("+", "-")
            self.take("}")
        else:
            point = self.sum()
        self.take("}")
        return limit(self.term(), variable, point, side)

    def one_sided(self) -> bool:
        depth, place = 0, self.at
        while depth >= 0:
            depth += {"{": 1, "}": -1}.get(self.tokens[place], 0)
            place += 1
        return self.tokens[place - 4 : place - 1] in (["{", "+", "}"], ["{", "-", "}"])

    def bounds(self) -> tuple[Symbol, Formula, Formula]:
        self.take("_")
        self.take("{")
        variable = self.factor()
        assert isinstance(variable, Symbol)
        self.take("=")
        lower = self.sum()
        self.take("}")
        return variable, lower, self.script("^")

    def script(self, mark: str) -> Formula:
        self.take(mark)
        self.take("{")
        formula = self.sum()
        self.take("}")
        return formula

    def brackets(self) -> Formula:
        self.take("(")
        formula = self.sum()
        self.take(")")
        return formula

    def base(self) -> Formula:
        token = self.take()
        if token.isdigit():
            return num(int(token))
        match token:
            case "(":
                self.at -= 1
                return self.brackets()
            case r"\frac":
                self.take("{")
                above = self.sum()
                self.take("}")
                self.take("{")
                below = self.sum()
                self.take("}")
                return above / below
            case r"\sqrt":
                self.take("{")
                inside = self.sum()
                self.take("}")
                return sqrt(inside)
            case r"\lvert":
                inside = self.sum()
                self.take(r"\rvert")
                return Abs(inside)
            case "e":
                one_sided = self.peek(2) in {"+", "-"} and self.peek(3) == "}"  # x \to e^{+}
                return exp(self.script("^")) if self.peek() == "^" and not one_sided else E
            case r"\exp":
                return exp(self.brackets())
            case r"\log" if self.peek() == "_":
                base = self.script("_")
                return log(self.brackets(), base)
            case r"\delta" if self.peek() == "_":
                return delta(*self.indices(2))
            case r"\pi":
                return pi
            case r"\infty":
                return oo
        return self.named(token)

    def named(self, token: str) -> Formula:
        for length in (5, 3, 1):  # the longest printed name that fits: \alpha_{1}, h_\theta
            if self.at + length - 1 > len(self.tokens):
                continue
            name = "".join((token, *self.tokens[self.at : self.at + length - 1]))
            if name in self.heads and self.peek(length - 1) == "(":
                self.at += length - 1
                return self.heads[name](self.brackets())
            if name in self.symbols:
                self.at += length - 1
                return self.symbols[name]
        if token in self.indexed_heads:
            return self.indexed_heads[token](*self.indices(1))
        assert token in self.arrays, f"{token!r} is no name in {self.tokens}"
        array = self.arrays[token]
        return array[self.indices(len(array.sizes))]

    def indices(self, count: int) -> tuple[Formula, ...]:
        """Parted by commas, or two letters side by side."""
        self.take("_")
        self.take("{")
        found = [self.sum()]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.take("}")
        if len(found) == 1 and count == 2:
            assert isinstance(found[0], Mul)
            return found[0].args
        return tuple(found)
