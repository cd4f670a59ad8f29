"""Wrong steps made from right ones, each in one small way, for the checkers to reject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from derivations.core import (
    Claim,
    Derivation,
    Formula,
    Limit,
    Prime,
    Reason,
    Step,
    algebra,
    atan,
    chain_rule,
    evaluate,
    exp_log_laws,
    num,
    oo,
    tanh,
)
from derivations.core.formula import ONE, ZERO, Add, Call, Mul, Neg, Number

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A step of a derivation with one thing changed; `name` is id, number of the step, kind."""

    derivation: Derivation
    number: int
    kind: str
    step: Step

    @property
    def name(self) -> str:
        return f"{self.derivation.id}/{self.number}/{self.kind}"

    @property
    def before(self) -> Formula:
        return self.derivation.lines[self.number - 1]

    @property
    def claim(self) -> Claim:
        """What the wrong step claims, on the derivation's domain."""
        whole = self.derivation.claim
        return Claim(
            whole.id,
            self.before,
            self.step.rel,
            self.step.line,
            on=whole.domains,
            where=whole.where,
        )


def nodes(formula: Formula, path: Path = ()) -> Iterator[tuple[Path, Formula]]:
    """The nodes where a change is felt: not those multiplied by a plain 0."""
    yield path, formula
    if isinstance(formula, Mul) and ZERO in formula.args:
        return
    for k, part in enumerate(formula.parts):
        yield from nodes(part, (*path, k))


def quantities(formula: Formula) -> Iterator[tuple[Path, Formula]]:
    """As `nodes`, but not the bodies of limits: a limit feels few changes of its body."""
    hidden: list[Path] = []
    for path, node in nodes(formula):
        if isinstance(node, Limit):
            hidden.append(path)
        if not any(path[: len(h)] == h for h in hidden):
            yield path, node


def put(formula: Formula, path: Path, new: Formula) -> Formula:
    if not path:
        return new
    parts = list(formula.parts)
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    return formula.rebuilt(tuple(parts))


NOTHING: Final = (ZERO, Neg(ZERO))


def is_infinite(formula: Formula) -> bool:
    return formula in (oo, Neg(oo))


# Each kind gives all its mutants of a line.


def flipped_signs(line: Formula) -> Iterator[Formula]:
    found = False
    for path, node in quantities(line):
        if isinstance(node, Add):
            for k, term in enumerate(node.args):
                if term not in NOTHING:
                    found = True
                    opposite = term.arg if isinstance(term, Neg) else Neg(term)
                    yield put(line, (*path, k), opposite)
    if not found and line not in NOTHING:
        yield line.arg if isinstance(line, Neg) else Neg(line)


def changed_coefficients(line: Formula) -> Iterator[Formula]:
    found = False
    for path, node in quantities(line):
        if isinstance(node, Number):
            found = True
            yield put(line, path, num(node.value + 1))
    if not found and not is_infinite(line):
        yield 2 * line


def dropped_terms(line: Formula) -> Iterator[Formula]:
    for path, node in quantities(line):
        if isinstance(node, Add):
            for k, term in enumerate(node.args):
                if term not in NOTHING:
                    rest = (*node.args[:k], *node.args[k + 1 :])
                    yield put(line, path, rest[0] if len(rest) == 1 else Add(rest))


def swapped_functions(line: Formula) -> Iterator[Formula]:
    for path, node in nodes(line):
        if isinstance(node, Call) and len(node.args) == 1 and node.args != (ONE,):
            other = atan if node.head == tanh else tanh
            yield put(line, path, other(node.args[0]))
        elif isinstance(node, Prime):
            other = atan if node.head == tanh else tanh
            yield put(line, path, replace(node, head=other))


LINES: Final[dict[str, Callable[[Formula], Iterator[Formula]]]] = {
    "flipped sign": flipped_signs,
    "changed coefficient": changed_coefficients,
    "dropped term": dropped_terms,
    "swapped function": swapped_functions,
}

# For each theory a label that says too little or something else.
WRONG_LABEL: Final[dict[str, tuple[Reason, ...]]] = {
    "algebra": (chain_rule, exp_log_laws),
    "evaluate": (chain_rule,),
    "linearity": (algebra, evaluate),
}
OTHERWISE: Final = (algebra, evaluate)


def mislabelled(step: Step) -> Iterator[Step]:
    for reason in WRONG_LABEL.get(step.reason.theory, OTHERWISE):
        yield replace(step, reason=reason)


REVERSED: Final = {"<": ">", "<=": ">", ">": "<", ">=": "<", "!=": "="}
TURNED: Final = "turned relation"
MISLABELLED: Final = "mislabelled reason"

# What changes a step so that it says something else, and all kinds.
WRONG: Final = (*LINES, TURNED)
KINDS: Final = (*WRONG, MISLABELLED)


def places(derivation: Derivation, number: int, kind: str) -> list[Mutant]:
    """All mutants of one kind of one step."""
    step = derivation.steps[number - 1]
    if kind == MISLABELLED:
        changed = list(mislabelled(step))
    elif kind == TURNED:
        changed = [] if step.rel == "=" else [replace(step, rel=REVERSED[step.rel])]
    else:
        changed = [replace(step, line=line) for line in LINES[kind](step.line)]
    return [Mutant(derivation, number, kind, one) for one in changed]


def mutants(derivation: Derivation, kind: str) -> list[Mutant]:
    """One mutant of a kind of every step that has a place for it, always the same."""
    found = []
    for number in range(1, len(derivation.steps) + 1):
        every = places(derivation, number, kind)
        if every:
            name = f"{derivation.id}/{number}/{kind}"
            found.append(every[crc32(name.encode()) % len(every)])
    return found
