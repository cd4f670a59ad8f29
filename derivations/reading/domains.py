"""Plain text to a domain: `R`, `C`, `Z`, `Z[1, oo)`, `Z[0, 5]`, `{0, 1}`, `(0, 1)`, `[0, oo)`.

>>> read_domain("Z[1, oo)"), read_domain("(-log(2), oo)"), read_domain("{0, 1}")
(Z[1, oo), (-log(2), oo), {0, 1})
"""

from __future__ import annotations

import re
from typing import Final

from derivations.core.calculus import BINDERS
from derivations.core.domain import Complex, Domain, FiniteSet, Integers, Interval, Reals, interval
from derivations.core.formula import ZERO, Div, Formula, I, neg, oo, walk
from derivations.core.rational import written_rational
from derivations.reading.errors import ReadingError
from derivations.reading.plain import read_formula
from derivations.reading.tokens import scan

_WHOLE: Final[dict[str, Domain]] = {"R": Reals, "C": Complex, "Z": Integers()}
_MEANT: Final = {
    "N": "Z[1, oo) or Z[0, oo)",
    "Q": "R (the rationals are not among the domains)",
    "R+": "(0, oo)",
    "R-": "(-oo, 0)",
    "Z+": "Z[1, oo)",
    "Z-": "Z(-oo, -1]",
    "reals": "R",
    "real": "R",
    "Reals": "R",
    "integer": "Z",
    "integers": "Z",
    "Integers": "Z",
    "positive": "(0, oo)",
    "complex": "C",
    "Complexes": "C",
}
_UNION: Final = re.compile(r"[)\]}RZC]\s*(?:U\b|\||\\|\u222a|\u2216|union\b|-\s*\{)", re.IGNORECASE)
_KINDS: Final = "R, C, Z, Z[1, oo), Z[0, 5], {0, 1}, (0, 1), [0, oo)"
_ENDS: Final = (oo, neg(oo))


def read_domain(text: str) -> Domain:
    """The domain that a text stands for.

    Errors: `ReadingError`, one sentence.
    """
    text = text.strip(" \t")
    if text in _WHOLE:
        return _WHOLE[text]
    if text in _MEANT:
        raise ReadingError(f"{text} is no domain here: write {_MEANT[text]}")
    if _UNION.search(text):
        raise ReadingError(
            "a union or difference is no domain: take the larger set, and say the rest in where"
        )
    if text[:1] == "{" and text[-1:] == "}":
        return _finite(text)
    if text[:1] == "Z":
        return _integers(text)
    if text[:1] in ("(", "[") and text[-1:] in (")", "]"):
        low, high = _two_ends(text, 0)
        return _interval(low, high, text[0] == "(", text[-1] == ")")
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    raise ReadingError(f"{shown!a} is no domain: one of {_KINDS}")


def _finite(text: str) -> FiniteSet:
    members = [_value(part) for part in _parts(text, 0)]
    if not members:
        raise ReadingError("the domain {} is empty")
    if any(member in _ENDS for member in members):
        raise ReadingError("oo is no member of a set")
    return FiniteSet(tuple(dict.fromkeys(members)))


def _two_ends(text: str, opening: int) -> tuple[Formula, Formula]:
    parts = _parts(text, opening)
    if len(parts) != 2:
        raise ReadingError(f"an interval has two ends, not {len(parts)}: (0, 1), [0, oo)")
    return _value(parts[0]), _value(parts[1])


def _parts(text: str, opening: int) -> list[str]:
    """The texts between the commas outside of all inner brackets, with blanks for what goes
    before them: an error then names the column in the whole."""
    inside = text[opening + 1 : -1]
    if not inside.strip(" \t"):
        return []
    # Round brackets around it, so that the commas are in order.
    tokens = scan(f"{' ' * opening}({inside})")
    commas = [t.at for t in tokens if t.text == "," and t.level == 1]
    starts = [opening + 1, *(at + 1 for at in commas)]
    ends = [*commas, len(text) - 1]
    return [" " * a + text[a:b] for a, b in zip(starts, ends, strict=True)]


def _value(text: str) -> Formula:
    value = read_formula(text, ())
    if value not in _ENDS and _is_no_number(value):
        raise ReadingError(f"{text.strip()} is no number")
    return value


def _is_no_number(formula: Formula) -> bool:
    """Whether infinity, or a division by a written 0, is part of it; the end of a sum or an
    integral, and the point of a limit, may be infinite."""
    if formula == oo:
        return True
    if isinstance(formula, Div) and formula.denominator == ZERO:
        return True
    parts = formula.parts[:1] if isinstance(formula, BINDERS) else formula.parts
    return any(map(_is_no_number, parts))


def _interval(low: Formula, high: Formula, lower_open: bool, upper_open: bool) -> Interval:
    if I in (*walk(low), *walk(high)):
        raise ReadingError("an interval of real numbers has real ends")
    if low == oo or high == neg(oo):
        raise ReadingError("an interval goes from the smaller end to the larger one")
    if (low == neg(oo) and not lower_open) or (high == oo and not upper_open):
        raise ReadingError("infinity is no real number: write (-oo, ... or ..., oo)")
    smaller, larger = written_rational(low), written_rational(high)
    if smaller is not None and larger is not None:
        if smaller > larger:
            raise ReadingError("the interval is empty: its first end is larger than its second")
        if smaller == larger and (lower_open or upper_open):
            raise ReadingError("the interval is empty: its ends are equal and not both included")
    return interval(low, high, lower_open=lower_open, upper_open=upper_open)


def _integers(text: str) -> Integers:
    opening = len(text) - len(text[1:].lstrip(" \t"))
    if text[opening : opening + 1] not in ("(", "[") or text[-1:] not in (")", "]"):
        raise ReadingError("integers are written Z, Z[1, oo), Z[0, 5], Z(-oo, 3]")
    low, high = _two_ends(text, opening)
    if low == oo or high == neg(oo):
        raise ReadingError("a range of integers goes from the smaller end to the larger one")
    # Z(0, 5) are the integers 1 to 4: an open end is left out.
    lower = _whole(low, text[opening] == "(", 1)
    upper = _whole(high, text[-1] == ")", -1)
    if lower is not None and upper is not None and lower > upper:
        raise ReadingError("the range of integers is empty")
    return Integers(lower, upper)


def _whole(end: Formula, is_open: bool, step: int) -> int | None:
    if end in _ENDS:
        if not is_open:
            raise ReadingError("infinity is no integer: write Z(-oo, ... or ..., oo)")
        return None
    value = written_rational(end)
    if value is None or value.denominator != 1:
        raise ReadingError(f"{end} is no integer: the ends of Z[...] are written in digits")
    return int(value) + (step if is_open else 0)
