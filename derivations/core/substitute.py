"""Free names, capture-avoiding substitution, equality up to the names of bound variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from derivations.core.calculus import BINDERS, Derivative, Prime, Subs
from derivations.core.formula import Array, Call, Formula, FormulaError, Item, Symbol
from derivations.core.functions import Definition
from derivations.core.matrix import Family

_BINDING = (*BINDERS, Family)


def bound_variable(formula: Formula) -> Symbol | None:
    """The variable that a node binds in its first part, if it binds one."""
    return formula.variable if isinstance(formula, _BINDING) else None


@lru_cache(maxsize=2**14)
def free_names(formula: Formula) -> frozenset[Symbol | Array]:
    """The symbols and arrays that occur free, those inside called definitions included."""
    match formula:
        case Symbol():
            return frozenset({formula})
        case Array(sizes=sizes):
            return frozenset({formula}).union(*(free_names(size) for size in sizes))
    found: frozenset[Symbol | Array] = frozenset().union(
        *(free_names(part) for part in formula.parts)
    )
    variable = bound_variable(formula)
    if variable is not None:
        body, *rest = formula.parts
        found = (free_names(body) - {variable}).union(*(free_names(part) for part in rest))
    if isinstance(formula, Item):
        found |= free_names(formula.array)
    head = getattr(formula, "head", None)
    if isinstance(head, Definition):
        found |= free_names(head.body) - set(head.params)
    return found


def free_symbols(formula: Formula) -> frozenset[Symbol]:
    """The free symbols, array names left out."""
    return frozenset(name for name in free_names(formula) if isinstance(name, Symbol))


def substitute(formula: Formula, values: Mapping[Symbol, Formula]) -> Formula:
    """The formula with the free symbols replaced, all at once, bound variables renamed where a
    value would be captured.

    Errors: `FormulaError` where the variable of a derivative would be replaced by a value.
    """
    if not values:
        return formula
    if isinstance(formula, Symbol):
        return values.get(formula, formula)
    if isinstance(formula, Array):
        sizes = tuple(substitute(size, values) for size in formula.sizes)
        return formula if sizes == formula.sizes else replace(formula, sizes=sizes)
    if isinstance(formula, Item):
        array = substitute(formula.array, values)
        assert isinstance(array, Array)
        return Item(array, tuple(substitute(i, values) for i in formula.indices))
    if isinstance(formula, Derivative):
        _refuse_hidden_variable(formula, values)
    if isinstance(formula, Call | Prime) and isinstance(formula.head, Definition):
        hidden = free_symbols(formula.head.body) - set(formula.head.params)
        if not hidden.isdisjoint(values):
            return _substitute_in_body(formula, formula.head, values)
    variable = bound_variable(formula)
    if variable is None:
        parts = tuple(substitute(part, values) for part in formula.parts)
        return formula if parts == formula.parts else formula.rebuilt(parts)
    return _substitute_under_binder(formula, variable, values)


def _substitute_in_body(
    formula: Call | Prime, head: Definition, values: Mapping[Symbol, Formula]
) -> Formula:
    """A definition that depends on a replaced symbol besides its parameters is written out."""
    if isinstance(formula, Prime):
        raise FormulaError(
            f"{formula} depends on {', '.join(map(str, values))} through the body of {head.name}: "
            "unfold it before replacing"
        )
    args = {p: substitute(a, values) for p, a in zip(head.params, formula.args, strict=True)}
    return substitute(head.body, {**values, **args})


def _refuse_hidden_variable(formula: Derivative, values: Mapping[Symbol, Formula]) -> None:
    """The variable of a derivative may only be renamed, and no value may depend on it: with
    y := x, the x-derivative of x*y would become that of x*x."""
    variable = formula.variable
    if isinstance(variable, Symbol) and variable in values:
        new = values[variable]
        if not isinstance(new, Symbol) or new in free_symbols(formula.body) - {variable}:
            raise FormulaError(
                f"{variable} is the variable of {formula} and cannot become {new}: "
                "write prime(f, point) for a derivative at a point"
            )
        variable = new
    moving = _moving(replace(formula, variable=variable))
    free = free_symbols(formula.body) - {formula.variable}
    for old, new in values.items():
        if old in free and moving in free_names(new):
            raise FormulaError(
                f"{old} cannot become {new} in {formula}: it would depend on {moving}"
            )


def _substitute_under_binder(
    formula: Formula, variable: Symbol, values: Mapping[Symbol, Formula]
) -> Formula:
    body, *rest = formula.parts
    outer = [substitute(part, values) for part in rest]
    free = free_symbols(body)
    inner = {old: new for old, new in values.items() if old != variable and old in free}
    incoming = {s for new in inner.values() for s in free_symbols(new)}
    if variable in incoming:
        fresh = fresh_symbol(variable, incoming | free | set(inner))
        body = substitute(body, {variable: fresh})
        formula = replace(formula, variable=fresh)  # type: ignore[type-var]
    return formula.rebuilt((substitute(body, inner), *outer))


def fresh_symbol(like: Symbol, taken: set[Symbol] | frozenset[Symbol]) -> Symbol:
    """A symbol with a name near to `like` that is not taken."""
    names = {s.name for s in taken}
    letters = "klpqrsij" if like.name in "ijklpqrs" else "tuvws" if len(like.name) == 1 else ""
    for name in chain(letters, (f"{like.name}{n}" for n in range(1, 10_000))):
        if name not in names:
            return Symbol(name)
    raise FormulaError(f"no fresh name like {like.name}")


def values_at(body: Formula, variables: Sequence[Symbol], points: Sequence[Formula]) -> Formula:
    """The value of a body where several variables take their points all at once: a `Subs` in a
    `Subs`, and a variable that occurs in the point of an earlier one renamed.

    >>> from derivations.core.formula import symbols
    >>> x, y = symbols("x y")
    >>> values_at(x - y, (x, y), (y, x))
    Subs(Subs(x - t, x, y), t, x)
    """
    names = list(variables)
    taken = set(names).union(free_symbols(body), *map(free_symbols, points))
    for n, variable in enumerate(variables):
        if any(variable in free_symbols(earlier) for earlier in points[:n]):
            names[n] = fresh_symbol(variable, taken)
            taken.add(names[n])
            body = substitute(body, {variable: names[n]})
    for name, point in zip(names, points, strict=True):
        body = Subs(body, name, point)
    return body


def rewrite(formula: Formula, rule: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with `rule` applied to every node from the leaves up; None leaves a node."""
    parts = formula.parts
    if parts:
        new = tuple(rewrite(part, rule) for part in parts)
        if new != parts:
            formula = formula.rebuilt(new)
    changed = rule(formula)
    return formula if changed is None else changed


def replaced(formula: Formula, old: Formula, new: Formula) -> Formula:
    """Every sub-formula identical to `old` replaced by `new`, unless a binder inside captures, or
    the variable of a derivative is concerned."""
    if formula == old:
        return new
    if isinstance(formula, Derivative):
        moving = _moving(formula)
        if moving in free_names(old) or moving in free_names(new):
            return formula
    variable = bound_variable(formula)
    if variable is not None and (variable in free_names(old) or variable in free_names(new)):
        body, *rest = formula.parts
        return formula.rebuilt((body, *(replaced(part, old, new) for part in rest)))
    if not formula.parts:
        return formula
    parts = tuple(replaced(part, old, new) for part in formula.parts)
    return formula if parts == formula.parts else formula.rebuilt(parts)


def _moving(formula: Derivative) -> Symbol | Array:
    """The name that moves while a derivative is taken."""
    variable = formula.variable
    return variable.array if isinstance(variable, Item) else variable


@lru_cache(maxsize=2**13)
def canonical_names(formula: Formula) -> Formula:
    """The formula with its bound variables renamed by depth: equal iff equal up to their names.

    A formula taken from inside a renamed one has such names free; they are not captured.
    """
    taken = [s.name[1:] for s in free_symbols(formula) if s.name[:1] == "_"]
    return _canonical(formula, max((int(n) + 1 for n in taken if n.isdecimal()), default=0))


def _canonical(formula: Formula, depth: int) -> Formula:
    variable = bound_variable(formula)
    if variable is None:
        if not formula.parts:
            return formula
        return formula.rebuilt(tuple(_canonical(part, depth) for part in formula.parts))
    name = Symbol(f"_{depth}")
    body, *rest = formula.parts
    body = _canonical(substitute(body, {variable: name}), depth + 1)
    renamed = replace(formula, variable=name)  # type: ignore[type-var]
    return renamed.rebuilt((body, *(_canonical(part, depth) for part in rest)))


def same_up_to_bound_names(left: Formula, right: Formula) -> bool:
    """Structural equality up to the names of bound variables.

    >>> from derivations.core.calculus import total
    >>> from derivations.core.formula import symbols
    >>> i, k, m = symbols("i k m")
    >>> same_up_to_bound_names(total(i, i, 1, m), total(k, k, 1, m))
    True
    """
    return left == right or canonical_names(left) == canonical_names(right)
