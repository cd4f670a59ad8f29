"""`derivations check` beside SymPy's `simplify(lhs - rhs) == 0` and `lhs.equals(rhs)`, on claims
of which the truth is known.

    python benchmarks/corpus.py [FILE.jsonl ...] [--limit N] [--only ours|simplify|equals]
                                [--timeout 10] [--memory 2048] [--jobs N] [--failures]

Every claim gets the same limits in the same killable workers. SymPy is given the variables with
the assumptions that the domain allows. A line needs `"truth": true` or `false`, and may have
`"core": true` (elementary functions of real variables). Without a file: those of tests/corpora.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sympy

from derivations.core.to_sympy import to_sympy
from derivations.proving.prove import prove
from derivations.reading.claims import read_claim
from derivations.reading.records import Record, lines_of, read_records
from numeric.answers import Asked, judged
from numeric.evidence import Evidence, Verdict
from numeric.workers import Failure, Limits, each
from reports.processors import processors

ACCEPTED, REFUTED, UNDECIDED = "accepted", "refuted", "undecided"
OWN = Path(__file__).resolve().parent.parent / "tests" / "corpora"


@dataclass(frozen=True, slots=True)
class Result:
    """What a judge said of a claim: one of three words, how, and after how many seconds."""

    answer: str
    how: str = ""
    seconds: float = 0.0


Judge = Callable[[Mapping[str, Any]], Result]


def ours(content: Mapping[str, Any], seconds: float) -> Result:
    start = time.perf_counter()
    return _result(judged(content, Asked(), 0.9 * seconds), time.perf_counter() - start)


def _result(found: Evidence, seconds: float) -> Result:
    if found.verdict.is_pass:
        return Result(ACCEPTED, found.verdict.value, seconds)
    if found.verdict is Verdict.REFUTED:
        return Result(REFUTED, found.reason, seconds)
    return Result(UNDECIDED, found.reason, seconds)


def by_simplify(content: Mapping[str, Any]) -> Result:
    start = time.perf_counter()
    lhs, rel, rhs = _sides(content)
    if rel == "=":
        accepted = sympy.simplify(lhs - rhs) == 0
        answer = ACCEPTED if accepted else UNDECIDED
    else:
        answer = _truth(sympy.simplify(_RELATIONS[rel](lhs, rhs)))
    return Result(answer, "", time.perf_counter() - start)


def by_equals(content: Mapping[str, Any]) -> Result:
    start = time.perf_counter()
    lhs, rel, rhs = _sides(content)
    answer = _truth(lhs.equals(rhs) if rel == "=" else _RELATIONS[rel](lhs, rhs))
    return Result(answer, "", time.perf_counter() - start)


_RELATIONS: dict[str, Any] = {
    "!=": sympy.Ne,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


def _truth(found: Any) -> str:
    if found in {True, sympy.true}:
        return ACCEPTED
    return REFUTED if found in {False, sympy.false} else UNDECIDED


def _sides(content: Mapping[str, Any]) -> tuple[Any, str, Any]:
    claim = read_claim(content)
    sides = (to_sympy(side, claim.domains) for side in (claim.lhs, claim.rhs))
    # Built without evaluation; `doit` is what its author would have written at the prompt.
    lhs, rhs = (sympy.sympify(side).doit(deep=False) for side in sides)
    return lhs, claim.rel, rhs


def _guarded(content: Mapping[str, Any], judge: Judge) -> Result:
    start = time.perf_counter()
    try:
        return judge(content)
    except MemoryError:
        raise
    except Exception as error:
        return Result(UNDECIDED, f"{type(error).__name__}: {error}", time.perf_counter() - start)


def results(
    records: Sequence[Record], judge: Judge, limits: Limits, jobs: int
) -> Iterator[tuple[Record, Result]]:
    contents = [record.content for record in records]
    work = partial(_guarded, judge=judge)
    for record, found in zip(records, each(work, contents, limits, jobs), strict=True):
        if isinstance(found, Failure):
            yield record, Result(UNDECIDED, found.reason, limits.seconds)
        elif isinstance(found, Evidence):  # kept before the limit
            yield record, _result(found, limits.seconds)
        else:
            yield record, found


def proof_seconds(content: Mapping[str, Any]) -> float | None:
    """The seconds of a proof by exponentials and logarithms, or None."""
    claim = read_claim(content)
    start = time.process_time()
    proof = prove(claim)
    seconds = time.process_time() - start
    return seconds if proof is not None and "exp_log" in proof.method else None


# ------------------------------------------------------------------------------------- table


def column(found: Sequence[tuple[Record, Result]], seconds: float) -> dict[str, str]:
    """What one judge did with all claims."""

    def share(truth: bool, answer: str, core: bool = False) -> str:
        wanted = [
            result.answer
            for record, result in found
            if record.extra.get("truth") is truth and (not core or record.extra.get("core") is True)
        ]
        return _share(wanted.count(answer), len(wanted))

    core = [
        result
        for record, result in found
        if record.extra.get("truth") is True and record.extra.get("core") is True
    ]
    proved = sum(result.how in {"proved", ""} and result.answer == ACCEPTED for result in core)
    took = [result.seconds for _, result in found]
    return {
        "true accepted": share(True, ACCEPTED),
        "true refuted": share(True, REFUTED),
        "true undecided": share(True, UNDECIDED),
        "false accepted": share(False, ACCEPTED),
        "false refuted": share(False, REFUTED),
        "false undecided": share(False, UNDECIDED),
        "core true proved": _share(proved, len(core)),
        "median seconds": f"{statistics.median(took):.4f}",
        "total seconds": f"{seconds:.1f}",
    }


def _share(count: int, whole: int) -> str:
    return f"{count:4d} of {whole:3d} {100 * count / max(1, whole):6.1f} %"


def print_table(columns: Mapping[str, Mapping[str, str]]) -> None:
    first = next(iter(columns.values()))
    print(" " * 18 + "".join(f"{name:>24}" for name in columns))
    for row in first:
        print(f"{row:<18}" + "".join(f"{values[row]:>24}" for values in columns.values()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=sys.maxsize, help="every k-th claim, N in all")
    parser.add_argument("--only", choices=("ours", "simplify", "equals"))
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--memory", type=int, default=2048)
    parser.add_argument("--jobs", type=int, default=processors())
    parser.add_argument("--failures", action="store_true", help="list what our judge got wrong")
    asked = parser.parse_args()
    records = []
    for path in asked.files or sorted(OWN.glob("*.jsonl")):
        with path.open("rb") as stream:
            records += [r for r in read_records(lines_of(stream)) if not r.error]
    if not records:
        parser.error("no claim found")
    step = max(1, -(-len(records) // asked.limit))
    records = records[::step]
    limits = Limits(asked.timeout, asked.memory)
    judges: dict[str, Judge] = {
        "ours": partial(ours, seconds=asked.timeout),
        "simplify": by_simplify,
        "equals": by_equals,
    }
    names = {
        "ours": "derivations check",
        "simplify": "simplify(a - b) == 0",
        "equals": "a.equals(b)",
    }
    columns = {}
    print(
        f"{len(records)} claims, {asked.timeout:g} s and {asked.memory} MB each, {asked.jobs} jobs"
    )
    for name, judge in judges.items():
        if asked.only in {None, name}:
            start = time.perf_counter()
            found = list(results(records, judge, limits, asked.jobs))
            columns[names[name]] = column(found, time.perf_counter() - start)
            if name == "ours":
                _tell_proofs(records, limits, asked.jobs)
                if asked.failures:
                    _tell_failures(found)
    print_table(columns)
    return 0


def _tell_proofs(records: Sequence[Record], limits: Limits, jobs: int) -> None:
    true = [record.content for record in records if record.extra.get("truth") is True]
    times = [t for t in each(proof_seconds, true, limits, jobs) if isinstance(t, float)]
    if times:
        middle = 1000 * statistics.median(times)
        print(f"{len(times)} proofs by exponentials and logarithms, median {middle:.1f} ms")


def _tell_failures(found: Sequence[tuple[Record, Result]]) -> None:
    for record, result in found:
        truth, core = record.extra.get("truth"), record.extra.get("core")
        good = result.answer == (ACCEPTED if truth is True else REFUTED)
        if not good or (truth is True and core is True and result.how != "proved"):
            kind = f"{'core ' if core else ''}{str(truth).lower()}"
            print(f"{result.answer:<10} {kind:<10} {record.id:<24} {result.seconds:6.2f} s "
                  f"{record.content['claim']}  {result.how}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
