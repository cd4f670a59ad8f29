"""Conditions and what depends on them: And, Or, Not, indicator, definition by cases."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.core.formula import Formula, FormulaError, FormulaLike, Relation, as_formula


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class And(Formula):
    args: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.args

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return And(parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Or(Formula):
    args: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.args

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Or(parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Not(Formula):
    arg: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.arg,)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Not(parts[0])


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Indicator(Formula):
    """1 where the condition holds, 0 elsewhere: 1[z < 0]."""

    condition: Formula

    def __post_init__(self) -> None:
        require_condition(self.condition)

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.condition,)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Indicator(parts[0])


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Cases(Formula):
    """The value of the first branch whose condition holds; the last may be `None` (otherwise).

    Where no condition holds the formula is undefined.
    """

    values: tuple[Formula, ...]
    conditions: tuple[Formula, ...]  # as many as values, or one fewer: then the last is 'otherwise'

    def __post_init__(self) -> None:
        if len(self.values) - len(self.conditions) not in (0, 1) or not self.values:
            raise FormulaError("cases need a condition for each value; only the last may lack it")
        for condition in self.conditions:
            require_condition(condition)

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (*self.values, *self.conditions)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        n = len(self.values)
        return Cases(parts[:n], parts[n:])


CONDITIONS = (Relation, And, Or, Not)


def require_condition(formula: Formula) -> None:
    if not isinstance(formula, CONDITIONS):
        raise FormulaError(f"{formula} is no condition: write z < 0, eq(z, 0), And(...)")


def both(*conditions: Formula) -> Formula:
    """All conditions hold."""
    for condition in conditions:
        require_condition(condition)
    return conditions[0] if len(conditions) == 1 else And(tuple(conditions))


def either(*conditions: Formula) -> Formula:
    """At least one condition holds."""
    for condition in conditions:
        require_condition(condition)
    return conditions[0] if len(conditions) == 1 else Or(tuple(conditions))


def indicator(condition: Formula) -> Formula:
    """1 where the condition holds, 0 elsewhere."""
    return Indicator(condition)


def cases(*branches: tuple[FormulaLike, Formula | None]) -> Formula:
    """A definition by cases: `cases((log(1 + exp(-z)), z > 0), (-z + log(1 + exp(z)), None))`."""
    values = tuple(as_formula(value) for value, _ in branches)
    conditions = tuple(condition for _, condition in branches if condition is not None)
    if any(condition is None for _, condition in branches[:-1]):
        raise FormulaError("only the last case may lack a condition")
    return Cases(values, conditions)
