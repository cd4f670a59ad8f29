"""The lines of a claims file as records: JSON is read here, formulas are not.

One bad line is a record with an `error`; the lines beside it are read all the same.

>>> good, bad = read_records([b'{"id": "one", "claim": "1 = 1", "note": 7}', b"", b"{"])
>>> good.id, good.content, good.extra
('one', {'id': 'one', 'claim': '1 = 1'}, {'note': 7})
>>> bad.number, bad.id, bad.error
(3, 'line-3', 'the line is no JSON: expecting property name enclosed in double quotes (column 2)')
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final, NoReturn

from derivations.reading.bounds import MAX_ID, MAX_LINE
from derivations.reading.errors import ReadingError

# What a record says about its claim; all other keys are carried through.
KEYS: Final = ("id", "claim", "domain", "where")

_BOM: Final = b"\xef\xbb\xbf"
_COMMENT: Final = ("#", "//", ";", "%")


@dataclass(frozen=True, slots=True)
class Record:
    """One line: `content` has the keys that make its claim, `extra` all others; `error` says, as
    a sentence without its full stop, why it cannot be a claim."""

    number: int
    id: str
    content: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a binary stream, each cut a little behind `MAX_LINE` bytes."""
    while line := stream.readline(MAX_LINE + 2):
        yield line
        while not line.endswith(b"\n") and len(line) == MAX_LINE + 2:
            line = stream.readline(MAX_LINE + 2)


def read_records(lines: Iterable[bytes]) -> Iterator[Record]:
    """The record of each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(_BOM) if number == 1 else line
        if text.strip():
            yield _record(number, text)


def _record(number: int, line: bytes) -> Record:
    name = f"line-{number}"
    extra: dict[str, Any] = {}
    try:
        found = _json(line)
        extra = {key: value for key, value in found.items() if key not in KEYS}
        if "id" in found:
            name = require_id(found["id"])
        refuse_slips(found)
        if "claim" not in found:
            raise ReadingError('the line has no "claim"')
    except ReadingError as error:
        return Record(number, name, error=str(error), extra=extra)
    content: dict[str, Any] = {key: found[key] for key in KEYS if key in found}
    return Record(number, name, {**content, "id": name}, extra=extra)


def refuse_slips(found: Mapping[str, object]) -> None:
    """A condition under a misspelt key would be no condition, and nobody would notice.

    Errors: `ReadingError`.
    """
    for known in ("claim", "domain", "where"):
        if known in found and known != "where":
            continue
        for key in found:
            if key not in KEYS and is_slip(key, known):
                raise ReadingError(
                    f'the key {key[:50]!a} looks like "{known}": write "{known}", or call it '
                    "something else"
                )


def is_slip(written: str, meant: str) -> bool:
    """Whether a word is another one but for capitals, blanks, and one letter that is wrong, too
    much, missing, or in the place of its neighbour.

    >>> [is_slip(word, "where") for word in ("Where", "wher", "hwere", "were ", "witness")]
    [True, True, True, True, False]
    """
    one, two = sorted((written.strip().casefold(), meant), key=len)
    if len(two) - len(one) > 1:
        return False
    wrong = next((k for k, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    if len(one) < len(two):
        return one[wrong:] == two[wrong + 1 :]
    swapped = one[:wrong] + one[wrong : wrong + 2][::-1] + one[wrong + 2 :]
    return one[wrong + 1 :] == two[wrong + 1 :] or swapped == two


def require_id(value: object) -> str:
    """The id of a record: any text that can be printed on a line.

    Errors: `ReadingError`.
    """
    if not isinstance(value, str):
        raise ReadingError(f"an id is a text, not {json_kind(value)}")
    if not value.strip() or len(value) > MAX_ID or not value.isprintable():
        raise ReadingError(f"an id is a text of 1 to {MAX_ID} printable characters")
    return value


def json_kind(value: object) -> str:
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


def _json(line: bytes) -> dict[str, Any]:
    if len(line.rstrip(b"\r\n")) > MAX_LINE:
        raise ReadingError(f"the line is too long: at most {MAX_LINE} bytes")
    try:
        text = line.decode("utf-8").rstrip()
    except UnicodeDecodeError as error:
        raise ReadingError(f"the line is not UTF-8: byte {error.start + 1} is wrong") from None
    if text.lstrip().startswith(_COMMENT):
        raise ReadingError("a claims file has no comments: each line is one JSON object")
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite
        )
    except ReadingError:
        raise
    except json.JSONDecodeError as error:
        why = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise ReadingError(f"the line is no JSON: {why}", error.colno) from None
    except RecursionError:
        raise ReadingError("the JSON of the line is nested too deeply") from None
    except ValueError:  # an integer with thousands of digits
        raise ReadingError("the JSON of the line has a number that is too long") from None
    if not isinstance(found, dict):
        raise ReadingError("the line is no JSON object: a claim stands in curly brackets")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ReadingError(f"the key {key[:50]!a} is given twice")
        found[key] = value
    return found


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ReadingError(f"the number {text[:20]} of the line is too large")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ReadingError(f"{name} is no JSON")
