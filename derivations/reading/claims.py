"""Claims files: JSON lines, one claim a line, to claims.

`{"id": "log-product", "claim": "log(x*y) = log(x) + log(y)",
"domain": {"x": "(0, oo)", "y": "(0, oo)"}, "where": "x != y"}`

A line that cannot be read has an error and does not touch the others.

>>> claim = read_claim({"id": "square", "claim": "x**2 >= 0", "domain": {"x": "R"}})
>>> claim.id, claim.statement, claim.domains
('square', x**2 >= 0, {x: R})
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from derivations.core.claim import Claim, ClaimError
from derivations.core.domain import Domain
from derivations.core.formula import FormulaError, Symbol, symbol
from derivations.reading.bounds import MAX_LINE
from derivations.reading.domains import read_domain
from derivations.reading.errors import ReadingError
from derivations.reading.names import require_variable_name
from derivations.reading.plain import read_condition, read_relation

KEYS: Final = ("id", "claim", "domain", "where")
MAX_ID: Final = 200
MAX_VARIABLES: Final = 50

_BOM: Final = b"\xef\xbb\xbf"
_NOT_IN_AN_ID: Final = re.compile(r"[^A-Za-z0-9_.:/-]")


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
    name = _id(record, number)
    text = _text(record, "claim")
    domains = _domains(record.get("domain", {}))
    variables = [variable.name for variable in domains]
    try:
        statement = read_relation(text, variables)
    except ReadingError as error:
        raise error.within("claim") from None
    where = None
    if "where" in record:
        try:
            where = read_condition(_text(record, "where"), variables)
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
        for number, raw in _numbered(file):
            if raw.strip():
                yield read_line(raw, number)


def read_line(raw: bytes, number: int) -> Line:
    """One line of a claims file, as its bytes."""
    name, extra = f"line-{number}", {}
    try:
        record = _record(raw)
        extra = {key: value for key, value in record.items() if key not in KEYS}
        name = _id(record, number)
        return Line(number, name, read_claim(record, number=number), extra=extra)
    except ReadingError as error:
        return Line(number, name, None, str(error), extra)


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, each cut after one byte more than is allowed."""
    number = 0
    while True:
        number += 1
        raw = file.readline(MAX_LINE + 1)
        if not raw:
            return
        if number == 1:
            raw = raw.removeprefix(_BOM)
        more = raw
        while len(more) > MAX_LINE and not more.endswith(b"\n"):
            more = file.readline(MAX_LINE + 1)
            if not more:
                break
        yield number, raw


def _record(raw: bytes) -> dict[str, object]:
    if len(raw.rstrip(b"\r\n")) > MAX_LINE:
        raise ReadingError(f"the line is too long: at most {MAX_LINE} bytes")
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise ReadingError(f"the line is not UTF-8: byte {error.start + 1} is wrong") from None
    if text.startswith(("#", "//", ";", "%")):
        raise ReadingError("a claims file has no comments: each line is one JSON object")
    try:
        record = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except ReadingError:
        raise
    except json.JSONDecodeError as error:
        raise ReadingError(f"the line is no JSON: {error.msg}", error.colno) from None
    except RecursionError:
        raise ReadingError("the line's JSON is nested too deeply") from None
    except ValueError:
        raise ReadingError("the line's JSON has a number too long to read") from None
    if not isinstance(record, dict):
        raise ReadingError("the line is no JSON object: a claim stands in curly brackets")
    return record


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ReadingError(f"the key {key[:50]!a} occurs twice")
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ReadingError(f"{name} is no JSON")


def _text(record: Mapping[str, object], key: str) -> str:
    if key not in record:
        raise ReadingError(f"the key {key!r} is missing")
    value = record[key]
    if not isinstance(value, str):
        raise ReadingError(f"the value of {key!r} is a text, not {_kind(value)}")
    return value


def _id(record: Mapping[str, object], number: int) -> str:
    if "id" not in record:
        return f"line-{number}"
    name = _text(record, "id")
    if not name.strip() or len(name) > MAX_ID or not name.isprintable():
        raise ReadingError(f"an id is a text of 1 to {MAX_ID} printable characters")
    return name


def _claim_id(name: str) -> str:
    plain = _NOT_IN_AN_ID.sub("-", name)
    return plain if plain[0].isalnum() else f"id{plain}"


def _domains(value: object) -> dict[Symbol, Domain]:
    if not isinstance(value, Mapping):
        raise ReadingError(f"the value of 'domain' is an object, not {_kind(value)}")
    if len(value) > MAX_VARIABLES:
        raise ReadingError(f"there are {len(value)} variables: at most {MAX_VARIABLES}")
    found: dict[Symbol, Domain] = {}
    for name, text in value.items():
        try:
            require_variable_name(str(name))
            if not isinstance(text, str):
                raise ReadingError(f"a text, not {_kind(text)}, such as 'R' or '(0, oo)'")
            found[symbol(str(name))] = read_domain(text)
        except ReadingError as error:
            raise error.within(f"domain of {str(name)[:50]}") from None
    return found


def _kind(value: object) -> str:
    """What JSON calls a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"
