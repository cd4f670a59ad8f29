"""Claims files: JSON lines, one claim a line, to claims.

`{"id": "log-product", "claim": "log(x*y) = log(x) + log(y)",
"domain": {"x": "(0, oo)", "y": "(0, oo)"}, "where": "x != y"}`

A line that cannot be read has an error and does not touch the others.

>>> claim = read_claim({"id": "square", "claim": "x**2 >= 0", "domain": {"x": "R"}})
>>> claim.id, claim.statement, claim.domains
('square', x**2 >= 0, {x: R})
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from derivations.core.claim import Claim, ClaimError
from derivations.core.domain import Domain
from derivations.core.formula import FormulaError, Symbol, symbol
from derivations.reading.bounds import MAX_VARIABLES
from derivations.reading.domains import read_domain
from derivations.reading.errors import ReadingError
from derivations.reading.names import require_variable_name
from derivations.reading.plain import read_condition, read_relation
from derivations.reading.records import (
    Record,
    json_kind,
    lines_of,
    read_records,
    refuse_slips,
    require_id,
)

_NOT_IN_AN_ID: Final = re.compile(r"[^A-Za-z0-9_.:/-]", re.ASCII)
_NO_BEGINNING: Final = re.compile(r"[^A-Za-z0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a claims file: its claim, or why there is none (`error`, one sentence).

    `id` is the id as written, `line-N` where none is; two lines may have the same. `extra` has the
    keys that the format does not know, untouched.
    """

    number: int
    id: str
    claim: Claim | None
    error: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


def read_claim(record: Mapping[str, object], *, number: int = 1) -> Claim:
    """The claim that one JSON object of a claims file states.

    Without an `id` it is called `line-N` by its number. The claim's own id has a hyphen in place
    of what an id of this library may not have (blanks, for one).

    Errors: `ReadingError`, one sentence.
    """
    refuse_slips(record)
    name = require_id(record["id"]) if "id" in record else f"line-{number}"
    domains = _domains(record.get("domain", {}))
    variables = [variable.name for variable in domains]
    if "claim" not in record:
        raise ReadingError('the record has no "claim"')
    try:
        statement = read_relation(_text(record["claim"]), variables)
    except ReadingError as error:
        raise error.within("claim") from None
    where = None
    if "where" in record:
        try:
            where = read_condition(_text(record["where"]), variables)
        except ReadingError as error:
            raise error.within("where") from None
    try:
        return Claim(
            _claim_id(name), statement.lhs, statement.rel, statement.rhs, on=domains, where=where
        )
    except (ClaimError, FormulaError) as error:
        raise ReadingError(str(error)) from None


def read_lines(path: str | Path) -> Iterator[Line]:
    """The lines of a claims file in their order; blank ones are passed over.

    Errors: `OSError` where the file cannot be opened. What is wrong with a line stands in it.
    """
    with Path(path).open("rb") as file:
        yield from lines_from(lines_of(file))


def lines_from(lines: Iterable[bytes]) -> Iterator[Line]:
    """The same, from the bytes of each line."""
    for record in read_records(lines):
        yield _line(record)


def _line(record: Record) -> Line:
    claim, error = None, record.error
    if not error:
        try:
            claim = read_claim(record.content, number=record.number)
        except ReadingError as found:
            error = str(found)
    return Line(record.number, record.id, claim, error, record.extra)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ReadingError(f"a text is expected, not {json_kind(value)}")
    return value


def _claim_id(name: str) -> str:
    plain = _NOT_IN_AN_ID.sub("-", name)
    return f"id{plain}" if _NO_BEGINNING.match(plain) else plain


def _domains(value: object) -> dict[Symbol, Domain]:
    if not isinstance(value, Mapping):
        raise ReadingError(
            f'domain: an object is expected, such as {{"x": "R"}}, not {json_kind(value)}'
        )
    if len(value) > MAX_VARIABLES:
        raise ReadingError(f"domain: there are {len(value)} variables, at most {MAX_VARIABLES}")
    found: dict[Symbol, Domain] = {}
    for key, text in value.items():
        name = str(key)
        try:
            require_variable_name(name)
            found[symbol(name)] = read_domain(_text(text))
        except ReadingError as error:
            raise error.within(f"domain of {name[:50]!a}") from None
    return found
