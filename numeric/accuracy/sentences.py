"""What an audit found, in words and numbers for a reader."""

from __future__ import annotations

import shlex
from pathlib import PurePath
from typing import Final

from numeric.accuracy.called import Arrange, in_order
from numeric.accuracy.findings import Audit, Place

_ENTRIES: Final = 10  # of a row that is shown
# What a shell reads between double quotes.
_READ_BY_A_SHELL: Final = frozenset('"$`\\!')


def complaints(found: Audit, max_ulp: float) -> list[str]:
    """Why it does not pass; nothing when it does."""
    wrong: list[str] = []
    if found.wrong_nonfinite:
        wrong.append(
            f"a wrong inf, nan or finite value at {found.wrong_nonfinite} of {found.points} "
            f"points, first at {placed(found.first_nonfinite)}"
        )
    if found.bounded > max_ulp:
        unit = "times (1 + condition number) ULP" if found.relative else "ULP"
        wrong.append(
            f"{ulp(found.bounded)} {unit} at {placed(found.worst)}, where it gives "
            f"{found.got!r} and {found.correct!r} is right; at most {max_ulp:g} are allowed"
        )
    if found.failures:
        wrong.append(f"it raises at {found.failures} points, first {found.first_failure}")
    return wrong


def placed(place: Place) -> str:
    """The place in words; of a long row its first numbers.

    >>> placed((("z", (0.5, 1.0)), ("i", 2.0)))
    'z = (0.5, 1.0), i = 2'
    """
    return ", ".join(f"{name} = {_shown(entry, place)}" for name, entry in place)


def _shown(entry: float | tuple[float, ...], place: Place) -> str:
    if isinstance(entry, tuple):
        dots = ["..."] if len(entry) > _ENTRIES else []
        return f"({', '.join([*map(repr, entry[:_ENTRIES]), *dots])})"
    # Beside rows a number is an index.
    return f"{entry:g}" if any(isinstance(other, tuple) for _, other in place) else repr(entry)


def ulp(error: float) -> str:
    """An error in ULPs with as many digits as matter.

    >>> ulp(2.0), ulp(9007199254740932.0), ulp(float("inf"))
    ('2', '9.01e+15', 'infinitely many')
    """
    if error == float("inf"):
        return "infinitely many"
    return f"{error:.0f}" if error < 1e6 else f"{error:.3g}"


def lines(found: Audit, max_ulp: float) -> list[tuple[str, str]]:
    """The report as pairs of a heading and a sentence."""
    over = "; ".join(
        f"over {bound}: {100 * share:.3g} %"
        for bound, share in zip((1, 4, 8), found.shares, strict=True)
    )
    largest = f"{ulp(found.max_ulp)} ULP"
    if found.relative:
        largest += f"; {ulp(found.max_conditioned)} times (1 + condition number) ULP"
    rows = [
        ("largest error", f"{largest} at {placed(found.worst)}"),
        ("", f"gives {found.got!r}, right is {found.correct!r}"),
        ("mean error", f"{found.mean_ulp:.3g} ULP; {over}"),
    ]
    if found.wrong_nonfinite:
        count = f"{found.wrong_nonfinite} wrong inf, nan or finite values"
        rows.append(("not finite", f"{count}, first at {placed(found.first_nonfinite)}"))
    if found.wrong_zeros:
        rows.append(("zeros", f"{found.wrong_zeros} where a normal number is right"))
    if found.subnormal_losses or found.max_ulp_subnormal > max_ulp:
        rows.append(
            (
                "subnormal",
                f"{found.subnormal_losses} results lost to 0, largest error "
                f"{ulp(found.max_ulp_subnormal)} of the smallest subnormal",
            )
        )
    if found.out_of_bounds:
        rows.append(("bounds", f"{found.out_of_bounds} values beyond all correct ones"))
    if found.not_monotone:
        rows.append(("monotone", f"{found.not_monotone} neighbouring points in the wrong order"))
    rows += [("at infinity", sentence) for sentence in found.at_infinity]
    if not found.nan_kept:
        rows.append(("nan", "nan is not handed on"))
    if found.scalar_differs:
        rows.append(("floats", f"{found.scalar_differs} calls with floats differ from arrays"))
    if found.scalar_raises:
        rows.append(("floats", f"{found.scalar_raises} calls with floats raise"))
    if found.failures:
        rows.append(("raises", f"at {found.failures} points, first {found.first_failure}"))
    rows += [("warns", f"{text} ({count} calls)") for text, count in found.warnings]
    searched = f", {found.searched:,} more looked at" if found.searched else ""
    rows.append(("points", f"{found.points:,} certified{searched}; seed {found.seed}"))
    return rows


def reproducer(found: Audit, arrange: Arrange = in_order) -> str:
    """One line of shell that shows the worst point; `arrange` is the audit's."""
    home, _, path = found.function.rpartition(":")
    # Beside rows a number is an index: it tells which entry of the value is meant.
    rows = any(isinstance(value, tuple) for _, value in found.worst)
    values = [_literal(v) for _, v in found.worst if isinstance(v, tuple) or not rows]
    if found.only_in_arrays:
        values = [f"np.array([{value}])" for value in values]
    positional, named = arrange(values)
    arguments = ", ".join([*positional, *(f"{name}={value}" for name, value in named.items())])
    if not home:
        return f"{path}({arguments})"
    before = "import numpy as np; " if rows or found.only_in_arrays else ""
    if home.endswith(".py"):
        folder = str(PurePath(home).parent)
        if folder != ".":
            before += f"import sys; sys.path.insert(0, {folder!r}); "
        first, *rest = path.split(".")
        called = ".".join((f"run_path({home!r})[{first!r}]", *rest))
        code = f"{before}from runpy import run_path; print(repr({called}({arguments})))"
    else:
        code = f"{before}import {home} as m; print(repr(m.{path}({arguments})))"
    return "python -c " + (shlex.quote(code) if _READ_BY_A_SHELL & set(code) else f'"{code}"')


def _literal(number: float | tuple[float, ...]) -> str:
    if isinstance(number, tuple):
        return f"np.array([{', '.join(map(_literal, number))}])"
    return repr(number) if number - number == 0 else f"float('{number}')"
