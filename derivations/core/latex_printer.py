"""The printer that `derivations.core.latex` speaks through: one method a kind of node."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Array,
    Call,
    Constant,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    neg,
    oo,
    walk,
)
from derivations.core.functions import BUILTINS, Definition, Head
from derivations.core.latex_names import (
    bare_slots,
    bracketed,
    filled,
    head_latex,
    indexed_latex,
    is_of_a_family,
    is_sum,
    is_tall,
    may_carry_exponent,
    name_latex,
    template_of,
)
from derivations.core.matrix import Entry, Family, Matmul, Transpose
from derivations.core.special_functions import FUNCTIONS
from derivations.core.substitute import free_names

# How tightly a node binds, loosest first. What stands at _BASE may carry an exponent.
_STATEMENT, _SUM, _SIGN, _PRODUCT, _FACTOR, _BASE = range(6)

_LEVEL: Final[dict[type[Formula], int]] = {
    Relation: _STATEMENT,
    And: _STATEMENT,
    Or: _STATEMENT,
    Not: _STATEMENT,
    Cases: _STATEMENT,
    Add: _SUM,
    Neg: _SIGN,
    Mul: _PRODUCT,
    Matmul: _PRODUCT,
}
RELATION_LATEX: Final = {"=": "=", "!=": r"\ne", "<=": r"\le", "<": "<", ">=": r"\ge", ">": ">"}
_CONSTANT: Final = {
    "pi": r"\pi",
    "I": r"\mathrm{i}",
    "oo": r"\infty",
    "EulerGamma": r"\gamma_{\mathrm{E}}",
    "Catalan": r"\mathrm{G}",
    "GoldenRatio": r"\varphi_{\mathrm{g}}",
}
_LIMIT_SIDE: Final = {"+": "^{+}", "-": "^{-}", "+-": ""}
_MINUS_INFINITY: Final = neg(oo)


class Printer:
    """Knows which letters are functions here, so that `f \\cdot (x + 1)` gets its dot."""

    def __init__(self, formula: Formula) -> None:
        used = {n.head for n in walk(formula) if isinstance(n, Call | Prime)}
        takes_arguments = [h for h in used if not isinstance(h, Definition) or h.params]
        heads = (*takes_arguments, *FUNCTIONS.values())
        self.functions = {"f", "g", "h", *map(head_latex, heads)}

    def at(self, formula: Formula, level: int, closed: bool = False) -> str:
        """The formula, in brackets if it binds looser than `level`, or if more follows on its
        right (`closed`) and it would swallow that."""
        if closed and isinstance(formula, Sum | Product | Limit):
            return bracketed(self.plain(formula, False))
        found = _LEVEL.get(type(formula), _FACTOR)
        if level > found < _FACTOR:
            return bracketed(self.plain(formula, False))
        latex = self.plain(formula, closed)
        if level < _BASE or isinstance(formula, Number) or self.is_base(formula, latex):
            if level > _SUM and isinstance(formula, Call) and is_sum(latex):
                return bracketed(latex)
            return latex
        return bracketed(latex)

    def is_base(self, formula: Formula, latex: str) -> bool:
        match formula:
            case Symbol() | Array() | Family() | Item() | Constant() | Entry() | Indicator():
                return may_carry_exponent(latex)
            case Call(head=head):
                if head.name == "exp" and not latex.startswith(r"\exp"):
                    return latex == "e"
                return may_carry_exponent(template_of(head, len(formula.args)))
        return False

    def plain(self, formula: Formula, closed: bool) -> str:
        match formula:
            case Number(value=value):
                return str(value)
            case Constant(name=name):
                return _CONSTANT.get(name) or name_latex(name)
            case Symbol(name=name, latex=latex):
                return latex or name_latex(name)
            case Array(name=name, latex=latex, sizes=sizes):
                # A matrix has a capital letter, its entries the small one: X with entries x_ij.
                whole = name.upper() if len(sizes) == 2 and len(name) == 1 else name
                return name_latex(whole) if "#" in latex or not latex else latex
            case Family(latex=latex):
                return latex
            case Item(array=array, indices=indices):
                return self.indexed(array.name, array.latex, indices)
            case Neg(arg=arg):
                return f"-{self.at(arg, _PRODUCT, closed)}"
            case Add(args=args):
                return self.sum(args, closed)
            case Mul(args=args):
                return self.product(args, closed)
            case Div(numerator=numerator, denominator=denominator):
                return rf"\frac{{{self.whole(numerator)}}}{{{self.whole(denominator)}}}"
            case Pow(base=base, exponent=exponent):
                return f"{self.at(base, _BASE)}^{{{self.exponent(exponent)}}}"
            case Call(head=head, args=args):
                return self.call(head, args)
            case Prime():
                return self.prime(formula)
            case Derivative():
                return self.derivative(formula, closed)
            case Integral(body=body, variable=v, lower=a, upper=b):
                inner = self.at(body, _PRODUCT)
                by = self.whole(v)
                return rf"\int_{{{self.whole(a)}}}^{{{self.whole(b)}}} {inner} \,d{by}"
            case Sum(body=body, variable=v, lower=a, upper=b):
                return rf"\sum{self.bounds(v, a, b)} {self.at(body, _PRODUCT)}"
            case Product(body=body, variable=v, lower=a, upper=b):
                return rf"\prod{self.bounds(v, a, b)} {self.at(body, _PRODUCT)}"
            case Limit(body=body, variable=v, point=point, side=side):
                to = self.whole(point)
                if point not in (oo, _MINUS_INFINITY) and side != "+-":
                    to = self.at(point, _BASE) + _LIMIT_SIDE[side]
                return rf"\lim_{{{self.whole(v)} \to {to}}} {self.at(body, _PRODUCT)}"
            case Subs(body=body, variable=v, point=point):
                inner = self.whole(body)
                left, right = (r"\left[", r"\right]") if is_tall(inner) else ("[", "]")
                return f"{left}{inner}{right}_{{{self.whole(v)}={self.whole(point)}}}"
            case Transpose(arg=arg):
                return rf"{self.at(arg, _BASE)}^{{\top}}"
            case Matmul(left=left, right=right):
                level = _PRODUCT if isinstance(left, Matmul) else _FACTOR
                one = self.at(left, level, True)
                return f"{one} {self.at(right, _FACTOR, closed)}"
            case Entry(tensor=Array(name=name, latex=latex), indices=indices):
                return self.indexed(name, latex, indices)
            case Entry(tensor=Family(latex=latex), indices=indices):
                return self.indexed("", latex, indices)
            case Entry(tensor=tensor, indices=indices):
                return f"{bracketed(self.whole(tensor))}_{{{self.indices(indices)}}}"
        return self.statement(formula)

    def whole(self, formula: Formula) -> str:
        """The formula where something closes it on both sides: in brackets, a fraction, a bound."""
        return self.at(formula, _STATEMENT)

    def sum(self, terms: tuple[Formula, ...], closed: bool) -> str:
        out = [self.at(terms[0], _SIGN, True)]
        for n, term in enumerate(terms[1:], start=2):
            more = closed or n < len(terms)
            if isinstance(term, Neg):
                out.append(f" - {self.at(term.arg, _PRODUCT, more)}")
            else:
                out.append(f" + {self.at(term, _PRODUCT, more)}")
        return "".join(out)

    def product(self, factors: tuple[Formula, ...], closed: bool) -> str:
        out = ""
        for n, factor in enumerate(factors):
            last = n == len(factors) - 1
            flat = isinstance(factor, Matmul) and (last or n == 0)
            latex = self.at(factor, _PRODUCT if flat else _FACTOR, closed or not last)
            if not last and isinstance(factor, Integral | Derivative):
                latex = bracketed(latex)
            if n == 0:
                out = latex
            else:
                dot = self.needs_dot(factors[n - 1], factor, out, latex)
                out += rf" \cdot {latex}" if dot else f" {latex}"
        return out

    def needs_dot(self, left: Formula, right: Formula, before: str, after: str) -> bool:
        """Whether two factors side by side would misread."""
        if after[0].isdigit() or re.match(r"(\\left)?\(-", after) or left in (ZERO, ONE):
            return True
        if isinstance(right, Div | Derivative) and isinstance(left, Div):
            return True
        if isinstance(left, Number) and isinstance(right, Div):
            return isinstance(right.numerator, Number) and isinstance(right.denominator, Number)
        name = self.plain(left, True) if isinstance(left, Symbol | Array | Family | Item) else ""
        if name == "d":
            return True
        if not re.match(r"(\\left)?[(\[]", after):
            return False
        # P_{n} (x) would be the polynomial, and \mathrm{B}_{n} (x) too.
        style = template_of(left.head, len(left.args)) if isinstance(left, Call) else name
        return name in self.functions or is_of_a_family(style)

    def exponent(self, exponent: Formula) -> str:
        """In an exponent a plain fraction is written with a slash."""
        sign, fraction = ("-", exponent.arg) if isinstance(exponent, Neg) else ("", exponent)
        match fraction:
            case Div(numerator=numerator, denominator=Number() | Symbol() | Constant() as below):
                above = self.at(numerator, _PRODUCT, True)
                plain = isinstance(
                    numerator, Number | Symbol | Constant | Item | Pow | Mul | Add | Call
                )
                if plain and not is_tall(above) and "/" not in above:
                    return f"{sign}{above}/{self.whole(below)}"
        return self.whole(exponent)

    def call(self, head: Head, args: tuple[Formula, ...]) -> str:
        if head.name == "exp" and head is BUILTINS["exp"]:
            if args == (ONE,):
                return "e"
            power = self.exponent(args[0])
            if _fits_above(args[0], power):
                return f"e^{{{power}}}"
            return rf"\exp{bracketed(self.whole(args[0]))}"
        if head.name == "log" and len(args) == 2 and head is BUILTINS["log"]:
            return rf"\log_{{{self.whole(args[1])}}}{bracketed(self.whole(args[0]))}"
        template = template_of(head, len(args))
        if not all(_is_single_index(a) for a in args):
            template = re.sub(r"(#[1-9]) (?=#[1-9])", r"\1, ", template)
        bare = bare_slots(template)
        printed = [
            self.at(a, _BASE) if n in bare else self.whole(a) for n, a in enumerate(args, start=1)
        ]
        return filled(template, printed)

    def prime(self, formula: Prime) -> str:
        name = head_latex(formula.head)
        if not may_carry_exponent(name):
            name = bracketed(name)
        order = formula.order
        mark = "'" * order if order <= 3 else f"^{{({order})}}"
        return f"{name}{mark}{bracketed(self.whole(formula.point))}"

    def derivative(self, formula: Derivative, closed: bool) -> str:
        body, variable, order = formula.body, formula.variable, formula.order
        others = free_names(body) - {variable}
        d = r"\partial" if others or isinstance(variable, Item) else "d"
        above = d if order == 1 else f"{d}^{{{order}}}"
        by = self.whole(variable) if order == 1 else f"{self.at(variable, _BASE)}^{{{order}}}"
        space = " " if d != "d" else ""
        return rf"\frac{{{above}}}{{{d}{space}{by}}} {self.at(body, _FACTOR, closed)}"

    def bounds(self, variable: Symbol, lower: Formula, upper: Formula) -> str:
        return f"_{{{self.whole(variable)}={self.whole(lower)}}}^{{{self.whole(upper)}}}"

    def indexed(self, name: str, latex: str, indices: tuple[Formula, ...]) -> str:
        single = all(_is_single_index(index) for index in indices)
        return indexed_latex(name, latex, [self.whole(i) for i in indices], juxtaposed=single)

    def indices(self, indices: tuple[Formula, ...]) -> str:
        joint = " " if all(map(_is_single_index, indices)) else ", "
        return joint.join(self.whole(i) for i in indices)

    def statement(self, formula: Formula) -> str:
        match formula:
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                left, right = (
                    self.whole(side) if isinstance(side, Cases) else self.at(side, _SUM)
                    for side in (lhs, rhs)
                )
                return f"{left} {RELATION_LATEX[rel]} {right}"
            case And(args=args):
                return self.chain(args) or r" \text{ and } ".join(map(self.condition, args))
            case Or(args=args):
                return r" \text{ or } ".join(map(self.condition, args))
            case Not(arg=arg):
                return rf"\lnot {bracketed(self.whole(arg))}"
            case Indicator(condition=condition):
                inner = self.whole(condition)
                tall = is_tall(inner)
                return rf"\mathbf{{1}}\left[{inner}\right]" if tall else rf"\mathbf{{1}}[{inner}]"
            case Cases(values=values, conditions=conditions):
                tests = [rf"\text{{if }} {self.whole(c)}" for c in conditions]
                tests += [r"\text{otherwise}"] * (len(values) - len(tests))
                rows = (f"{self.whole(v)} & {t}" for v, t in zip(values, tests, strict=True))
                return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"
        raise FormulaError(f"no LaTeX for a {type(formula).__name__}")

    def condition(self, formula: Formula) -> str:
        inner = self.whole(formula)
        return inner if isinstance(formula, Relation | Not) else bracketed(inner)

    def chain(self, args: tuple[Formula, ...]) -> str:
        """`a < b <= c` for And(a < b, b <= c); empty where the conditions are no such chain."""
        relations = [a for a in args if isinstance(a, Relation)]
        if len(relations) != len(args) or len(args) < 2:
            return ""
        kinds = {r.rel[0] for r in relations}
        linked = all(a.rhs == b.lhs for a, b in pairwise(relations))
        if not linked or len(kinds - {"="}) > 1 or "!" in kinds:
            return ""
        tail = "".join(f" {RELATION_LATEX[r.rel]} {self.at(r.rhs, _SUM)}" for r in relations)
        return self.at(relations[0].lhs, _SUM) + tail


def _is_single_index(index: Formula) -> bool:
    """Whether indices like this may stand side by side: a letter without a subscript."""
    return isinstance(index, Symbol) and re.fullmatch(
        r"[A-Za-z]|\\[A-Za-z]+", index.latex or name_latex(index.name)
    ) is not None  # fmt: skip


def _fits_above(exponent: Formula, latex: str) -> bool:
    """Whether e^{...} reads better than exp(...): one line, a few terms, little nested."""
    terms = len(exponent.args) if isinstance(exponent, Add) else 1
    leaves = sum(not node.parts for node in walk(exponent))
    return not is_tall(latex) and terms <= 3 and leaves <= 6 and latex.count("^") <= 2
