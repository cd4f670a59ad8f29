"""Differentiation as in a textbook, on the inert tree.

Sums, products and integrals are differentiated under the sign, with fresh indices where the
variable would be captured; `d theta[k] / d theta[j]` is Kronecker's delta. A definition that
depends on the variable through its argument alone follows the chain rule, `sigma'(u) * u'`; one
that hides the variable in its body is unfolded. What has a kink is refused.

>>> from derivations.core.formula import array, symbols
>>> from derivations.core.calculus import total
>>> from derivations.core.functions import exp
>>> x, j, k, n = symbols("x j k n")
>>> derivative(1 / (1 + exp(-x)), x)
exp(-x)/(1 + exp(-x))**2
>>> t, a = array("t", n), array("a", n)
>>> derivative(total(t[k] * a[k], k, 1, n), t[k])
Sum(KroneckerDelta(l, k)*a[l], (l, 1, n))
>>> derivative(total(t[k] * a[k], k, 1, n), t[j])
Sum(KroneckerDelta(k, j)*a[k], (k, 1, n))
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from derivations.core.calculus import (
    Derivative,
    Integral,
    Prime,
    Product,
    Sum,
)
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    as_formula,
    num,
    walk,
)
from derivations.core.functions import (
    Abs,
    Definition,
    Head,
    delta,
    log,
    sign,
)
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning
from derivations.core.substitute import (
    bound_variable,
    free_names,
    free_symbols,
    fresh_symbol,
    rewrite,
    substitute,
)
from derivations.proving.assembled import minus, over, plus, times
from derivations.proving.head_slopes import slope_of_head
from derivations.proving.similar import rational


class NotDifferentiable(FormulaError):
    """The formula has a kink or a jump, or its derivative has no name; the message says which."""


@dataclass(frozen=True, slots=True)
class Style:
    """Which of two textbook forms a rule takes, and whether kinks are passed over.

    `split_quotients`: u'/v - u*v'/v**2 instead of (u'*v - u*v')/v**2.
    `other_forms`: 1 + tan**2 for 1/cos**2, 1/cosh**2 for 1 - tanh**2, and
    P * Sum(f'/f) for the derivative of a product P over an index.
    `kinks`: the derivative away from the kinks of Abs, Max, Min, sign, an indicator, cases.
    `keep`: what cannot be differentiated stays, as D(f, x), instead of an error.
    """

    split_quotients: bool = False
    other_forms: bool = False
    kinks: bool = False
    keep: bool = False


TEXTBOOK: Final = Style()


def depends(formula: Formula, variable: Symbol | Item) -> bool:
    """Whether the variable (for x[i]: its array) occurs free, definitions looked into."""
    name = variable.array if isinstance(variable, Item) else variable
    return name in free_names(formula)


def hidden_in(head: Head, variable: Symbol | Item) -> bool:
    """Whether the body of a definition holds the variable free, beside its parameters."""
    if not isinstance(head, Definition):
        return False
    name = variable.array if isinstance(variable, Item) else variable
    return name in free_names(head.body) - set(head.params)


def differentiated(formula: Formula, *, unfold: bool = False, style: Style = TEXTBOOK) -> Formula:
    """The formula with all its derivatives carried out.

    `sigma'(z)` of a definition stays, and `D(sigma(z), z)` becomes it, unless `unfold` asks to
    go into the definition's body.

    Errors: `NotDifferentiable` at a kink or where a derivative has no name.
    """

    def carry_out(node: Formula) -> Formula | None:
        if isinstance(node, Derivative):
            body = node.body
            if unfold:
                body = rewrite(body, lambda c: _body_of(c, node.variable))
            for _ in range(node.order):
                body = derivative(body, node.variable, style=style)
            # What the rules left as sigma'(u) is carried out too, where that was asked for.
            return rewrite(body, _prime) if unfold else body
        return _prime(node)

    def _prime(node: Formula) -> Formula | None:
        if not isinstance(node, Prime):
            return None
        head = node.head
        if isinstance(head, Definition):
            if not unfold:
                return None
            return _at_point(head.body, head.params[0], node)
        if not head.builtin:
            return None
        return _at_point(head(_POINT), _POINT, node)

    def _at_point(body: Formula, variable: Symbol, node: Prime) -> Formula:
        for _ in range(node.order):
            body = derivative(body, variable, style=style)
        body = rewrite(body, _prime)
        return substitute(body, {variable: node.point})

    return rewrite(formula, carry_out)


_POINT: Final = Symbol("_point")


def _body_of(node: Formula, variable: Symbol | Item) -> Formula | None:
    if isinstance(node, Call) and isinstance(node.head, Definition) and depends(node, variable):
        return meaning(node)
    return None


def derivative(
    formula: Formula, variable: Symbol | Item, *, kinks: bool = False, style: Style = TEXTBOOK
) -> Formula:
    """The derivative of the formula by a symbol or an array's element.

    Errors: `NotDifferentiable` for Abs, Max, Min, sign, indicators and cases that depend on the
    variable (unless `kinks`), for functions whose derivative has no name here, and for formulas
    of which the variable is an index or a size.
    """
    return _Rules(variable, replace(style, kinks=True) if kinks else style).of(formula)


@dataclass(frozen=True, slots=True)
class _Rules:
    variable: Symbol | Item
    style: Style

    def of(self, f: Formula) -> Formula:
        v = self.variable
        if f == v:
            return ONE
        if not depends(f, v):
            return ZERO
        try:
            return self.by_head(f)
        except NotDifferentiable:
            if self.style.keep:
                return Derivative(f, v)
            raise

    def by_head(self, f: Formula) -> Formula:
        v = self.variable
        match f:
            case Item():
                return self.item(f)
            case Neg(arg=arg):
                return minus(self.of(arg))
            case Add(args=args):
                return plus(*(self.of(arg) for arg in args))
            case Mul(args=args):
                return self.product(args)
            case Div(numerator=top, denominator=bottom):
                return self.quotient(top, bottom)
            case Pow(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Call():
                return self.call(f)
            case Prime(head=head, point=point, order=order):
                if hidden_in(head, v):
                    raise NotDifferentiable(f"{f} hides {v} in {head.name}: unfold it before")
                return times(Prime(head, point, order + 1), self.of(point))
            case Derivative(body=body, variable=inner, order=order):
                return self.again(body, inner, order)
            case Sum() | Product():
                return self.series(f)
            case Integral():
                return self.integral(f)
            case Entry():
                return self.of(entry_meaning(f))
            case Cases(values=values, conditions=conditions):
                self.allow(f, *conditions)
                return Cases(tuple(self.of(value) for value in values), conditions)
            case Indicator(condition=condition):
                self.allow(f, condition)
                return ZERO
        raise NotDifferentiable(f"no rule differentiates the {type(f).__name__} {f} by {v}")

    def allow(self, f: Formula, *conditions: Formula) -> None:
        if not self.style.kinks and any(depends(c, self.variable) for c in conditions):
            raise NotDifferentiable(
                f"{f} may have a kink or a jump in {self.variable}: treat the cases one by one"
            )

    def item(self, f: Item) -> Formula:
        v = self.variable
        if not isinstance(v, Item) or any(depends(i, v) for i in f.indices) or f.array != v.array:
            raise NotDifferentiable(f"{v} is an index or a size of {f}, no real variable")
        deltas = []
        for one, two in zip(f.indices, v.indices, strict=True):
            if one == two:
                continue
            if isinstance(one, Number) and isinstance(two, Number):
                return ZERO
            deltas.append(delta(one, two))
        return times(*deltas)

    def product(self, args: tuple[Formula, ...]) -> Formula:
        terms = []
        for i, arg in enumerate(args):
            inner = self.of(arg)
            terms.append(times(*args[:i], inner, *args[i + 1 :]))
        return plus(*terms)

    def quotient(self, top: Formula, bottom: Formula) -> Formula:
        if not depends(bottom, self.variable):
            return over(self.of(top), bottom)
        one, two = self.of(top), self.of(bottom)
        if one == ZERO:
            return minus(over(times(top, two), Pow(bottom, num(2))))
        if self.style.split_quotients:
            return plus(over(one, bottom), minus(over(times(top, two), Pow(bottom, num(2)))))
        return over(plus(times(one, bottom), minus(times(top, two))), Pow(bottom, num(2)))

    def power(self, base: Formula, exponent: Formula) -> Formula:
        if not depends(exponent, self.variable):
            lower = _one_less(exponent)
            outer = base if lower == ONE else ONE if lower == ZERO else Pow(base, lower)
            return times(exponent, outer, self.of(base))
        if not depends(base, self.variable):
            return times(Pow(base, exponent), log(base), self.of(exponent))
        inner = plus(
            times(self.of(exponent), log(base)), over(times(exponent, self.of(base)), base)
        )
        return times(Pow(base, exponent), inner)

    def call(self, f: Call) -> Formula:
        head, args = f.head, f.args
        if isinstance(head, Definition):
            if len(args) != 1 or hidden_in(head, self.variable):
                body = meaning(f)
                assert body is not None  # a definition has a body
                return self.of(body)
            return times(Prime(head, args[0]), self.of(args[0]))
        if head.name == "log" and len(args) == 2 and head.builtin:
            if depends(args[1], self.variable):
                return self.of(log(args[0]) / log(args[1]))
            return times(1 / (args[0] * log(args[1])), self.of(args[0]))
        if len(args) != 1:
            return self.several(f)
        u = args[0]
        if not head.builtin:
            return times(Prime(head, u), self.of(u))
        outer = self.outer(head.name, u, f)
        return times(outer, self.of(u))

    def several(self, f: Call) -> Formula:
        self.allow(f, f)
        if f.head.name in ("Max", "Min") and len(f.args) == 2:
            a, b = f.args
            condition = a > b if f.head.name == "Max" else a < b
            return Cases((self.of(a), self.of(b)), (condition,))
        raise NotDifferentiable(f"no rule differentiates {f} by {self.variable}")

    def outer(self, name: str, u: Formula, f: Call) -> Formula:
        """The derivative of a built-in function at u."""
        if name in ("Abs", "sign"):
            self.allow(f, f)
            return sign(u) if f.head == Abs else ZERO
        found = slope_of_head(name, u, other_forms=self.style.other_forms)
        if found is None:
            raise NotDifferentiable(f"the derivative of {name} has no name here")
        return found

    def again(self, body: Formula, inner: Symbol | Item, order: int) -> Formula:
        for _ in range(order):
            body = derivative(body, inner, style=self.style)
        return self.of(body)

    def fresh(self, f: Sum | Product | Integral) -> Sum | Product | Integral:
        """The node with its bound variable renamed where it is the variable's, or its index."""
        if f.variable not in free_symbols(self.variable):
            return f
        taken = free_symbols(f.body) | free_symbols(self.variable)
        taken |= {b for node in walk(f.body) if (b := bound_variable(node)) is not None}
        new = fresh_symbol(f.variable, taken)
        return replace(f, body=substitute(f.body, {f.variable: new}), variable=new)

    def series(self, f: Sum | Product) -> Formula:
        if depends(f.lower, self.variable) or depends(f.upper, self.variable):
            raise NotDifferentiable(f"the number of terms of {f} depends on {self.variable}")
        f = self.fresh(f)  # type: ignore[assignment]  # the same kind of node
        k, inner = f.variable, self.of(f.body)
        if inner == ZERO:
            return ZERO
        if isinstance(f, Sum):
            return Sum(inner, k, f.lower, f.upper)
        if self.style.other_forms:
            return times(f, Sum(over(inner, f.body), k, f.lower, f.upper))
        taken = free_symbols(f) | free_symbols(inner) | {k}
        other = fresh_symbol(k, taken)
        body = substitute(f.body, {k: other})
        before = Product(body, other, f.lower, k - 1)
        after = Product(body, other, k + 1, f.upper)
        return Sum(times(before, inner, after), k, f.lower, f.upper)

    def integral(self, f: Integral) -> Formula:
        ends = []
        f = self.fresh(f)  # type: ignore[assignment]  # the same kind of node
        for end, factor in ((f.upper, ONE), (f.lower, minus(ONE))):
            rate = self.of(end)
            if rate != ZERO:
                ends.append(times(factor, substitute(f.body, {f.variable: end}), rate))
        inner = self.of(f.body)
        if inner != ZERO:
            ends.append(Integral(inner, f.variable, f.lower, f.upper))
        return plus(*ends)


def _one_less(exponent: Formula) -> Formula:
    value = rational(exponent)
    return as_formula(value - 1) if value is not None else exponent - 1
