"""Verdicts on derivations, each after those on the claims that it uses."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import closing
from importlib import import_module
from multiprocessing import get_context

from pebble import ProcessFuture, ProcessPool

from derivations.core.claim import Claim, ClaimError
from derivations.core.derivation import Derivation
from numeric.evidence import Report, Verdict
from numeric.judging.chain import judged, uses_of
from numeric.points.sample import walk_all

# What takes longer than an operation, and how much.
_WEIGHTS = {"Integral": 400, "Limit": 200, "Derivative": 20, "Prime": 20, "Sum": 10, "Product": 10}
_EACH_LINE = 20
# When a worker looks for garbage.
_SELDOM = (50_000, 20, 50)
# So many verdicts on used claims are remembered between calls of `verify`.
_MOST_REMEMBERED = 2_000


def verify(derivation: Derivation, *, digits: int = 50, points: int = 200, seed: int = 0) -> Report:
    """Judge a derivation, and before it, once each, the derivations of the claims that it uses.

    What it uses is found through its reasons: `using(other)` keeps the derivation `other`; a bare
    claim is judged as it stands.

    Errors: `numeric.judging.judge.ContradictionError` where a witness contradicts a proof.
    """
    options = {"digits": digits, "points": points, "seed": seed}
    plan = _Plan((derivation,))
    for number in plan.order:
        if number and not plan.recalled(number, options):
            report = judged(plan.nodes[number], plan.known(number), **options)
            plan.note(number, report.verdict, options)
    report = judged(derivation, plan.known(0), **options)
    plan.note(0, report.verdict, options)
    return report


# The verdicts of used derivations: the derivation itself is kept, so that its number stays its own.
_remembered: dict[tuple[int, int, int, int], tuple[Derivation, Verdict]] = {}


class _Plan:
    """Derivations and all that they use, with what is known of each so far.

    The first nodes are the given derivations, in their order; those that they use follow.
    """

    def __init__(self, derivations: Sequence[Derivation]) -> None:
        self.nodes: list[Derivation] = list(derivations)
        self.verdicts: dict[int, Verdict] = {}
        self._by_claim: dict[Claim, int] = {}
        for number, derivation in enumerate(self.nodes):
            self._by_claim.setdefault(derivation.claim, number)
        self.needs: dict[int, tuple[int, ...]] = {}
        self.order: list[int] = []
        for start in range(len(derivations)):
            self._visit(start)

    def _visit(self, start: int) -> None:
        """What is used comes before what uses it; without recursion, for chains may be long."""
        if start in self.needs:
            return
        stack = [(start, iter(self._needs_of(start)))]
        while stack:
            number, rest = stack[-1]
            following = next((n for n in rest if n not in self.needs), None)
            if following is None:
                self.order.append(number)
                stack.pop()
            else:
                stack.append((following, iter(self._needs_of(following))))

    def _needs_of(self, number: int) -> tuple[int, ...]:
        self.needs[number] = tuple(dict.fromkeys(self._used_by(self.nodes[number])))
        return self.needs[number]

    def _used_by(self, derivation: Derivation) -> Iterator[int]:
        for step in derivation.steps:
            used, origin = step.reason.claim, step.reason.origin
            if used is None or used.id == derivation.id:
                continue  # what uses itself is a problem of its own
            if used not in self._by_claim:
                self._by_claim[used] = len(self.nodes)
                self.nodes.append(origin if isinstance(origin, Derivation) else Derivation(used))
            yield self._by_claim[used]

    def known(self, number: int) -> dict[Claim, Verdict]:
        """The verdicts on what a derivation uses."""
        return {
            self.nodes[n].claim: self.verdicts[n] for n in self.needs[number] if n in self.verdicts
        }

    def is_ready(self, number: int) -> bool:
        return all(n in self.verdicts for n in self.needs[number])

    def recalled(self, number: int, options: Mapping[str, int]) -> bool:
        """Whether the verdict is known from before."""
        found = _remembered.get((id(self.nodes[number]), *options.values()))  # type: ignore[arg-type]
        if found is not None:
            self.verdicts[number] = found[1]
        return found is not None

    def note(self, number: int, verdict: Verdict, options: Mapping[str, int]) -> None:
        self.verdicts[number] = verdict
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        derivation = self.nodes[number]
        _remembered[id(derivation), *options.values()] = (derivation, verdict)  # type: ignore[index]


# ------------------------------------------------------------------------------- many at once

# What the workers see: it is set before they are forked, so that nothing has to be pickled.
_work: list[Derivation] = []
_options: dict[str, int] = {}


def verify_all(
    derivations: Sequence[Derivation],
    *,
    jobs: int = 1,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
) -> Iterator[Report]:
    """The reports of many derivations, in their order, as they become known.

    Claims are judged before those that use them. `jobs` processes work at once; the reports do not
    depend on how many.

    Errors: `ClaimError` where claims use each other in a circle.
    """
    options = {"digits": digits, "points": points, "seed": seed}
    plan = _Plan(derivations)
    refuse_circles(plan.nodes)
    reports = _one_by_one(plan, options) if jobs <= 1 else _side_by_side(plan, options, jobs)
    found: dict[int, Report] = {}
    wanted = 0
    with closing(reports):
        for number, report in reports:
            found[number] = report
            while wanted in found and wanted < len(derivations):
                yield found.pop(wanted)
                wanted += 1


def _one_by_one(
    plan: _Plan, options: Mapping[str, int]
) -> Generator[tuple[int, Report], None, None]:
    for number in plan.order:
        report = judged(plan.nodes[number], plan.known(number), **options)
        plan.verdicts[number] = report.verdict
        yield number, report


def _side_by_side(
    plan: _Plan, options: Mapping[str, int], jobs: int
) -> Generator[tuple[int, Report], None, None]:
    global _work, _options
    _work, _options = plan.nodes, dict(options)
    # What every worker needs is imported once, before they are forked.
    import_module("numeric.ulp")
    pool = ProcessPool(max_workers=jobs, initializer=_begin, context=get_context("fork"))
    try:
        # What takes long comes first, so that the workers end together.
        waiting = sorted(plan.order, key=lambda number: _effort(plan.nodes[number]), reverse=True)
        running: dict[ProcessFuture[Report], int] = {}
        while waiting or running:
            for number in [n for n in waiting if plan.is_ready(n)]:
                waiting.remove(number)
                verdicts = tuple(plan.known(number).values())
                future = pool.schedule(_judged_there, args=[number, plan.needs[number], verdicts])
                running[future] = number
            wait(running, return_when=FIRST_COMPLETED)
            for future in [future for future in running if future.done()]:
                number = running.pop(future)
                report = future.result()
                plan.verdicts[number] = report.verdict
                yield number, report
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        # Whoever interrupts, or reads no further, does not wait for what is under way.
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _effort(derivation: Derivation) -> int:
    """How long a derivation may take, by a rough count of what is evaluated at each point."""
    lines = (derivation.claim.lhs, *derivation.lines, derivation.claim.rhs)
    return sum(
        _WEIGHTS.get(type(node).__name__, 1) for line in lines for node in walk_all(line)
    ) + _EACH_LINE * len(lines)


def _begin() -> None:
    """What a worker does first: what was there before it began is no garbage, and little of what
    it makes is."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _judged_there(number: int, needs: Sequence[int], verdicts: Sequence[Verdict]) -> Report:
    known = {_work[n].claim: verdict for n, verdict in zip(needs, verdicts, strict=True)}
    return judged(_work[number], known, **_options)


def refuse_circles(derivations: Sequence[Derivation]) -> None:
    """Errors: `ClaimError` naming a circle, where claims rest on each other."""
    uses = {derivation.id: uses_of(derivation) for derivation in derivations}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            raise ClaimError(f"claims use each other in a circle: {circle}")
        if name in done:
            return
        for other in uses.get(name, ()):
            visit(other, (*path, name))
        done.add(name)

    for name in uses:
        visit(name, ())
