"""Claims made wrong from true ones, each in one small way, for the judge to refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from derivations.core import Claim, Formula, Interval, Reals, num
from derivations.core.calculus import BINDERS, Derivative
from derivations.core.formula import ZERO, Add, Call, Mul, Neg, Number
from derivations.core.functions import BUILTINS
from derivations.core.special_functions import SPECIAL_FUNCTIONS

Path = tuple[int, ...]
FUNCTIONS: Final = {**BUILTINS, **SPECIAL_FUNCTIONS}
SWAPS: Final = {
    "sin": "cos", "cos": "sin", "tan": "sin", "exp": "cosh", "log": "sqrt", "sqrt": "Abs",
    "sinh": "cosh", "cosh": "exp", "tanh": "atan", "asin": "atan", "acos": "asin", "atan": "tanh",
    "Abs": "sqrt", "floor": "ceiling", "ceiling": "floor", "Max": "Min", "Min": "Max",
    "gamma": "factorial", "factorial": "gamma", "erf": "tanh", "erfc": "erf", "asinh": "sinh",
    "acosh": "asinh", "atanh": "tanh", "conjugate": "re", "re": "im", "sign": "tanh",
}  # fmt: skip
EXCESSES: Final = (6, 9, 12, 15, 18, 20, 22, 25)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed claim; `name` is the claim's id, the kind, and which of its kind it is."""

    name: str
    claim: Claim


def mutants_of(claim: Claim) -> Iterator[Mutant]:
    """At most two of each kind, chosen by the claim's id."""
    for kind, made in KINDS.items():
        found = list(made(claim))
        if found:
            start = crc32(f"{claim.id}/{kind}".encode()) % len(found)
            for turn in range(min(2, len(found))):
                mutant = found[(start + turn * max(1, len(found) // 2)) % len(found)]
                yield Mutant(f"{claim.id}/{kind}/{turn}", mutant)


def with_sides(claim: Claim, lhs: Formula, rhs: Formula) -> Claim:
    return Claim(claim.id, lhs, claim.rel, rhs, on=claim.domains, where=claim.where)


def places(formula: Formula, path: Path = ()) -> Iterator[tuple[Path, Formula]]:
    yield path, formula
    if isinstance(formula, Derivative):
        yield from places(formula.body, (*path, 0))
        return
    for k, part in enumerate(formula.parts):
        yield from places(part, (*path, k))


def put(formula: Formula, path: Path, new: Formula) -> Formula:
    if not path:
        return new
    parts = list(formula.parts)
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    return formula.rebuilt(tuple(parts))


def equations(made: Callable[[Formula], Iterator[Formula]]) -> Callable[[Claim], Iterator[Claim]]:
    """A change of the right side of an equation, or of its left side where that is longer."""

    def changed(claim: Claim) -> Iterator[Claim]:
        if claim.rel != "=":
            return
        for side in made(claim.rhs):
            yield with_sides(claim, claim.lhs, side)
        for side in made(claim.lhs):
            yield with_sides(claim, side, claim.rhs)

    return changed


def flipped_signs(side: Formula) -> Iterator[Formula]:
    for path, node in places(side):
        if isinstance(node, Add):
            for k, term in enumerate(node.args):
                if term != ZERO:
                    yield put(side, (*path, k), term.arg if isinstance(term, Neg) else Neg(term))


def changed_coefficients(side: Formula) -> Iterator[Formula]:
    for path, node in places(side):
        if isinstance(node, Number):
            yield put(side, path, num(node.value + 1))


def dropped_terms(side: Formula) -> Iterator[Formula]:
    for path, node in places(side):
        if isinstance(node, Add | Mul) and len(node.args) > 1:
            for k in range(len(node.args)):
                rest = node.args[:k] + node.args[k + 1 :]
                yield put(side, path, rest[0] if len(rest) == 1 else replace(node, args=rest))


def swapped_functions(side: Formula) -> Iterator[Formula]:
    for path, node in places(side):
        if isinstance(node, Call) and node.head.name in SWAPS:
            other = FUNCTIONS[SWAPS[node.head.name]]
            if not other.arities or len(node.args) in other.arities:
                yield put(side, path, Call(other, node.args))


def near_misses(claim: Claim) -> Iterator[Claim]:
    if claim.rel == "=" and claim.rhs != ZERO:
        for digits in EXCESSES:
            factor = 1 + num(10) ** (-num(digits))
            yield with_sides(claim, claim.lhs, claim.rhs * factor)


def reversed_orders(claim: Claim) -> Iterator[Claim]:
    opposite = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "!=": "="}
    if claim.rel in opposite:
        yield Claim(
            claim.id, claim.lhs, opposite[claim.rel], claim.rhs, on=claim.domains, where=claim.where
        )


def dropped_assumptions(claim: Claim) -> Iterator[Claim]:
    """Without the condition, or on all reals instead of a part of them."""
    if claim.where is not None:
        yield Claim(claim.id, claim.lhs, claim.rel, claim.rhs, on=claim.domains)
    wide = {v: Reals if isinstance(d, Interval) else d for v, d in claim.on}
    binders = any(
        isinstance(node, BINDERS) for side in (claim.lhs, claim.rhs) for _, node in places(side)
    )
    if wide != claim.domains and not binders:
        yield Claim(claim.id, claim.lhs, claim.rel, claim.rhs, on=wide, where=claim.where)


KINDS: Final[dict[str, Callable[[Claim], Iterator[Claim]]]] = {
    "sign": equations(flipped_signs),
    "coefficient": equations(changed_coefficients),
    "dropped": equations(dropped_terms),
    "function": equations(swapped_functions),
    "near-miss": near_misses,
    "reversed": reversed_orders,
    "assumption": dropped_assumptions,
}
