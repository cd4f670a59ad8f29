"""A proof of a step by its reason.

`derivations.proving.prove` proves a step from nothing but its two lines; here the reason helps: an
earlier claim is put in at an instance, an integral is taken by its antiderivative, a variable is
changed, limits are carried out. Every exchange of a part is an equality in the sense of a claim at
each point where the line looks at it (`derivations.proving.chains.spots`), so that the lines are
equal when what comes of them is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from derivations.core.calculus import BINDERS, Integral
from derivations.core.claim import Claim, ClaimError
from derivations.core.conditions import And
from derivations.core.derivation import Step
from derivations.core.formula import Call, Formula, FormulaError, Relation, Symbol, num, pi, walk
from derivations.core.functions import atan
from derivations.core.reason import algebra
from derivations.core.substitute import replaced, substitute
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.alike import proved, proved_at
from derivations.proving.chains.carried_out import Carrying
from derivations.proving.chains.changes import by_substitution
from derivations.proving.chains.domains import applies
from derivations.proving.chains.instances import replaced_by
from derivations.proving.chains.integrals import by_antiderivative, known_limit
from derivations.proving.chains.spots import Spot, is_defined, rewritten_at, whole
from derivations.proving.places import Sign, conjuncts
from derivations.proving.prove import Proof
from derivations.proving.reasons.instances import instances
from derivations.proving.reasons.matching import primes
from derivations.proving.signs import sign_at
from derivations.proving.work import MOST_WORK_OF_STEP, OutOfWork, budget

DEEPEST_SPLIT = 2
MOST_FACTS = 8


def carried(
    before: Formula,
    step: Step,
    claim: Claim,
    is_proved: Callable[[Claim], bool],
    beside: Sequence[Claim] = (),
) -> Proof | None:
    """A proof that `before` is in the step's relation to its line on the claim's whole domain, by
    the step's reason; None where there is none. Never a false one.

    `is_proved` answers for the claims that are used; `beside` are claims that the chain uses
    elsewhere, of which the proved ones may help.
    """
    try:
        with budget(MOST_WORK_OF_STEP):
            return _Chain(claim, is_proved, tuple(beside)).step(before, step, DEEPEST_SPLIT)
    except (FormulaError, ClaimError, RecursionError, OutOfWork):
        return None


def attempt(claim: Claim) -> Proof | None:
    """A proof of a claim from nothing but its statement: its limits, integrals and derivatives
    are carried out.

    >>> from derivations.core import limit, sin, symbol
    >>> x = symbol("x")
    >>> attempt(Claim("sinc", limit(sin(x) / x, x, 0), "=", 1))
    Proof(method='limits, the same line', conditions=())
    """
    return carried(claim.lhs, Step(claim.rhs, claim.rel, algebra), claim, lambda used: False)


class _Chain:
    def __init__(
        self, claim: Claim, is_proved: Callable[[Claim], bool], beside: tuple[Claim, ...]
    ) -> None:
        self.claim = claim
        self.is_proved = is_proved
        self.beside = tuple(c for c in beside if is_proved(c))
        self.spot = whole(claim)

    def step(self, before: Formula, step: Step, depth: int) -> Proof | None:
        rel = step.rel
        undecided: list[Formula] = []
        for one, two, how in self.pairs(before, step):
            found = proved(one, rel, two, self.spot)
            if found is not None:
                return Proof(_said(how, found.method), found.conditions)
            carrying = Carrying(self.spot)
            left, right = carrying.lines(one, two)
            if (left, right) != (one, two):
                found = proved(left, rel, right, self.spot)
                if found is not None:
                    return Proof(_said(how, f"limits, {found.method}"), found.conditions)
            if any(isinstance(n, Integral) for line in (left, right) for n in walk(plain(line))):
                found = self.by_integrals(carrying, left, rel, right)
                if found is not None:
                    return Proof(_said(how, f"integrals, {found.method}"), found.conditions)
            undecided += [c for c in carrying.undecided if c not in undecided]
        if rel != "=":
            found = self.by_order(before, step)
            if found is not None:
                return found
        return self.by_cases(before, step, undecided, depth)

    def pairs(self, before: Formula, step: Step) -> Iterator[tuple[Formula, Formula, str]]:
        """The lines as they are, and what the reason makes of them."""
        after, reason = step.line, step.reason
        match reason.theory:
            case "using" if reason.claim is not None:
                if reason.claim.rel == "=" and self.is_proved(reason.claim):
                    yield from self.used(before, after, reason.claim, dict(reason.at))
            case "antiderivative" if reason.formula is not None:
                line = self.integrated(before, reason.formula)
                if line != before:
                    yield line, after, "antiderivative"
            case "substitution":
                ((old, new),) = reason.at
                for one, two in by_substitution(before, after, old, new, self.spot):
                    yield one, two, "substitution"
            case "given":
                for condition in conjuncts(self.claim.where):
                    if condition.rel == "=" and condition == reason.formula:
                        yield from _given(before, after, condition)
        yield before, after, ""
        if any(isinstance(n, BINDERS) for line in (before, after) for n in walk(line)):
            for other in self.beside:
                if other.rel == "=" and other != reason.claim:
                    yield from self.used(before, after, other, {})

    def used(
        self, before: Formula, after: Formula, claim: Claim, at: dict[Symbol, Formula]
    ) -> Iterator[tuple[Formula, Formula, str]]:
        lines = replaced_by(before, after, claim, at, self.spot)
        others = replaced_by(after, before, claim, at, self.spot)
        how = "an earlier claim"
        for line in lines:
            yield line, after, how
        for line in others:
            yield before, line, how
        for one in lines:
            for two in others:
                yield one, two, how

    def integrated(self, line: Formula, F: Formula) -> Formula:
        from derivations.proving.reasons.integrating import _variable_of

        def rule(node: Formula, here: Spot) -> Formula | None:
            if not isinstance(node, Integral):
                return None
            variable = _variable_of(F, node)
            own = substitute(F, {variable: node.variable}) if variable != node.variable else F
            return by_antiderivative(node, own, here, known_limit)

        return rewritten_at(line, self.spot, rule, topmost=True)

    def by_integrals(
        self, carrying: Carrying, one: Formula, rel: str, two: Formula
    ) -> Proof | None:
        """By what sums under the integral are, then by the values of integrals."""
        left, right = carrying.named(one), carrying.named(two)
        if (left, right) != (one, two):
            found = proved(left, rel, right, whole(carrying.claim()))
            if found is not None:
                return found
        for value in (carrying.valued, carrying.guessed):
            left, right = value(one), value(two)
            if (left, right) != (one, two):
                # The value of a limit at an end may hold limits and special values.
                found = proved(left, rel, right, self.spot)
                if found is None:
                    found = proved(carrying.line(left), rel, carrying.line(right), self.spot)
                if found is not None:
                    return found
        return None

    def by_order(self, before: Formula, step: Step) -> Proof | None:
        """By instances of an order claim, and by the bounds of the arcus tangens, as facts."""
        used, after = step.reason.claim, step.line
        facts = list(_bounds(before, after))
        how = "bounds"
        if used is not None and used.rel != "=" and self.is_proved(used):
            found = instances(used, dict(step.reason.at), (primes(before), primes(after)))
            facts += [i.statement for i in found if applies(used, dict(i.values), self.spot)]
            how = "an earlier claim"
        (here,) = self.spot.places
        count = 0
        for fact in facts[:MOST_FACTS]:
            if is_defined(fact.lhs, here) and is_defined(fact.rhs, here):
                known = here.given(fact)
                here, count = (here, count) if known is None else (known, count + 1)
        if not count:
            return None
        proof = proved_at(before, step.rel, after, here)
        return None if proof is None else Proof(_said(how, proof.method), proof.conditions)

    def by_cases(
        self, before: Formula, step: Step, undecided: list[Formula], depth: int
    ) -> Proof | None:
        """By the signs of what a limit depends on."""
        if not depth or not undecided:
            return None
        c = undecided[0]
        conditions: dict[str, None] = {}
        (here,) = self.spot.places
        # What is undefined or not real at a point would belong to no case.
        if range_of(c, here.box) is None or not is_defined(c, here):
            return None
        for rel in (">", "=", "<"):
            case = Relation(c, rel, num(0))
            if sign_at(c, here) & _SIGNS[rel] is Sign.IMPOSSIBLE:
                continue
            own = self.claim
            where = case if own.where is None else And((own.where, case))
            part = Claim(own.id, own.lhs, own.rel, own.rhs, on=own.domains, where=where)
            found = _Chain(part, self.is_proved, self.beside).step(before, step, depth - 1)
            if found is None:
                return None
            conditions.update(dict.fromkeys(found.conditions))
        return Proof("cases", tuple(conditions))


_SIGNS = {">": Sign.POSITIVE, "=": Sign.ZERO, "<": Sign.NEGATIVE}


def _bounds(before: Formula, after: Formula) -> Iterator[Relation]:
    """-pi/2 < atan(u) < pi/2, for each u in the lines."""
    for line in (plain(before), plain(after)):
        for node in walk(line):
            if isinstance(node, Call) and node.head == atan:
                yield Relation(node, "<", pi / 2)
                yield Relation(node, ">", -pi / 2)


def _said(how: str, method: str) -> str:
    return f"{how}, {method}" if how else method


def _given(
    before: Formula, after: Formula, equation: Relation
) -> Iterator[tuple[Formula, Formula, str]]:
    """One side of a hypothesis written for the other, in both lines."""
    for old, new in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
        if isinstance(old, Symbol):
            one, two = substitute(before, {old: new}), substitute(after, {old: new})
        else:
            one, two = replaced(before, old, new), replaced(after, old, new)
        if (one, two) != (before, after):
            yield one, two, "the hypothesis"
