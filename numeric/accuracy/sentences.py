"""What an audit found, in words and numbers for a reader."""

from __future__ import annotations

from numeric.accuracy.audit import Audit, Place


def complaints(found: Audit, max_ulp: float) -> list[str]:
    """Why it does not pass; nothing when it does."""
    wrong: list[str] = []
    if found.wrong_nonfinite:
        wrong.append(
            f"a wrong inf, nan or finite value at {found.wrong_nonfinite} of {found.points} "
            f"points, first at {placed(found.first_nonfinite)}"
        )
    if found.max_ulp > max_ulp:
        wrong.append(
            f"{ulp(found.max_ulp)} ULP at {placed(found.worst)}, where it gives {found.got!r} and "
            f"{found.correct!r} is right; at most {max_ulp:g} are allowed"
        )
    if found.failures:
        wrong.append(f"it raises at {found.failures} points, first {found.first_failure}")
    return wrong


def placed(place: Place) -> str:
    return ", ".join(f"{name} = {number!r}" for name, number in place)


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
    rows = [
        ("largest error", f"{ulp(found.max_ulp)} ULP at {placed(found.worst)}"),
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
    if found.failures:
        rows.append(("raises", f"at {found.failures} points, first {found.first_failure}"))
    rows += [("warns", f"{text} ({count} calls)") for text, count in found.warnings]
    searched = f", {found.searched:,} more looked at" if found.searched else ""
    rows.append(("points", f"{found.points:,} certified{searched}; seed {found.seed}"))
    return rows


def reproducer(found: Audit) -> str:
    """One line of shell that shows the worst point."""
    home, _, path = found.function.rpartition(":")
    arguments = ", ".join(_literal(number) for _, number in found.worst)
    if not home or home.endswith(".py"):
        return f"{path}({arguments})"
    return f'python -c "import {home} as m; print(repr(m.{path}({arguments})))"'


def _literal(number: float) -> str:
    return repr(number) if number - number == 0 else f"float('{number}')"
