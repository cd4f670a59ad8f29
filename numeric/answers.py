"""The claims of a file, judged: each in a worker process under its limits, or known from disk.

Importing this module loads neither SymPy nor mpmath nor flint; they are loaded for the first claim
whose answer is not on disk.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, Final

from derivations.reading.records import Record, lines_of, read_records
from numeric.cache import Cache
from numeric.evidence import Evidence, Verdict, Witness

# A worker stops of itself when so much of the time is over, and says what it has found; what does
# not stop is ended a little later.
_SOFTLY: Final = 0.9
_AT_LEAST_FOR_ENDING: Final = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """How thoroughly to look at each claim: digits of agreement, effective points, the seed that
    chooses them; whether isolated points at which exactly one side is undefined are exceptions
    instead of witnesses."""

    digits: int = 50
    points: int = 200
    seed: int = 0
    generic: bool = False


def check_file(
    path: str | os.PathLike[str],
    *,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
    generic: bool = False,
    seconds: float = 10.0,
    memory: int = 2048,
    jobs: int = 1,
    cache: Cache | None = None,
) -> Generator[Evidence, None, None]:
    """The evidence for each claim of a claims file, in order, as it becomes known.

    `seconds` and `memory` (in MB) are the limits of each claim. Answers are kept on disk only
    where a `cache` is given. The claims are judged in worker processes: where these cannot be
    forked (Windows, macOS), call this under `if __name__ == "__main__":`.

    Errors: `OSError` where the file cannot be read.
    """
    with Path(path).open("rb") as stream:
        records = list(read_records(lines_of(stream)))
    asked = Asked(digits, points, seed, generic)
    yield from answers(records, asked, seconds=seconds, memory=memory, jobs=jobs, cache=cache)


def answers(
    records: Iterable[Record],
    asked: Asked = Asked(),
    *,
    seconds: float = 10.0,
    memory: int = 2048,
    jobs: int = 1,
    cache: Cache | None = None,
) -> Generator[Evidence, None, None]:
    """The evidence for each record, in their order, as it becomes known."""
    coming = iter(records)
    for record in coming:
        found = _known(record, asked, cache)
        if found is None:
            yield from _worked_out(chain((record,), coming), asked, seconds, memory, jobs, cache)
            return
        yield found


def _worked_out(
    records: Iterable[Record],
    asked: Asked,
    seconds: float,
    memory: int,
    jobs: int,
    cache: Cache | None,
) -> Generator[Evidence, None, None]:
    from numeric.workers import Failure, Limits, each

    # What every worker needs is imported once, before they are forked.
    for name in ("derivations.reading.claims", "numeric.judging.generic", "numeric.judging.repair"):
        import_module(name)
    order: deque[tuple[Record, Evidence | None]] = deque()

    def questions() -> Iterator[dict[str, Any]]:
        for record in records:
            found = _known(record, asked, cache)
            order.append((record, found))
            if found is None:
                yield record.content

    soft = max(0.0, min(_SOFTLY * seconds, seconds - _AT_LEAST_FOR_ENDING))
    work = partial(judged, asked=asked, seconds=soft)
    for result in each(work, questions(), Limits(seconds, memory), jobs):
        while (known := order[0][1]) is not None:
            order.popleft()
            yield known
        record, _ = order.popleft()
        if isinstance(result, Failure):
            yield _unknown(record.id, result.reason, asked, limited=True)
            continue
        if cache is not None and not result.limited:
            cache.put(_question(record, asked), as_entry(result))
        yield result
    yield from (found for _, found in order if found is not None)


def _known(record: Record, asked: Asked, cache: Cache | None) -> Evidence | None:
    if record.error:
        return _unknown(record.id, f"line {record.number}: {record.error}", asked)
    kept = None if cache is None else cache.get(_question(record, asked))
    return None if kept is None else from_entry(kept)


def _question(record: Record, asked: Asked) -> dict[str, Any]:
    return {"record": record.content, "asked": asdict(asked)}


def _unknown(id: str, reason: str, asked: Asked, limited: bool = False) -> Evidence:
    return Evidence(
        id,
        Verdict.UNKNOWN,
        digits=asked.digits,
        seed=asked.seed,
        reason=reason,
        limited=limited,
    )


# ----------------------------------------------------------------------------- in the worker


def judged(record: Mapping[str, Any], asked: Asked, seconds: float | None = None) -> Evidence:
    """Read the claim of a record and judge it. Whatever goes wrong is an `unknown` with a reason,
    never an exception, but for a lack of memory."""
    from derivations.core.claim import ClaimError
    from derivations.reading.claims import read_claim
    from derivations.reading.errors import ReadingError
    from numeric.deadline import Clock, OutOfTime
    from numeric.judging.generic import check_in_general
    from numeric.judging.judge import ContradictionError, check
    from numeric.judging.repair import with_repair
    from numeric.workers import keep

    id = str(record["id"])
    clock = Clock(seconds)
    try:
        claim = read_claim(record)
        look = check_in_general if asked.generic else check
        found = look(
            claim,
            digits=asked.digits,
            points=asked.points,
            seed=asked.seed,
            seconds=clock.left,
        )
        found = replace(found, id=id)
        if found.verdict is Verdict.REFUTED:
            # Whatever becomes of the search for what was meant, this is refuted.
            keep(replace(found, limited=True))
        return with_repair(claim, found, clock)
    except (ReadingError, ClaimError) as error:
        return _unknown(id, str(error), asked)
    except OutOfTime:
        return _unknown(id, "out of time", asked, limited=True)
    except RecursionError:
        return _unknown(id, "the formula is nested too deeply to be judged", asked)
    except ContradictionError as error:
        return _unknown(id, f"a fault of the toolkit, please report it: {error}", asked)
    except MemoryError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return _unknown(id, f"a fault of the toolkit, please report it: {what}", asked)


# ---------------------------------------------------------------------------------- on disk


def as_entry(evidence: Evidence) -> dict[str, Any]:
    """Evidence as plain JSON, and back by `from_entry`."""
    return {**asdict(evidence), "verdict": evidence.verdict.value}


def from_entry(entry: Mapping[str, Any]) -> Evidence | None:
    """The evidence of an entry, or None where it is none."""
    witness = entry.get("witness")
    try:
        return Evidence(
            **{
                **entry,
                "verdict": Verdict(entry["verdict"]),
                "conditions": tuple(entry["conditions"]),
                "sizes": tuple(entry["sizes"]),
                "exceptions": tuple((point, condition) for point, condition in entry["exceptions"]),
                "witness": None
                if witness is None
                else Witness(
                    tuple((name, value) for name, value in witness["point"]),
                    witness["lhs"],
                    witness["rhs"],
                ),
            }
        )
    except (KeyError, TypeError, ValueError):
        return None
