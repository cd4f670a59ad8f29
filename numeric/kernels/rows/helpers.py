"""The functions that kernels of rows call: their source, copied into the kernels that need them."""

from __future__ import annotations

from typing import Final

# Rows of so many numbers and more are added up and searched one by one.
LONG: Final = 32

_FRONT: Final = '''def _front(x):
    """The largest number of each column, and where it stands first."""
    if len(x) >= {long}:
        first = x.argmax(axis=0), np.arange(x.shape[1])
        return x[first], first
    top = x.max(axis=0)
    first = x == top
    if np.count_nonzero(first) != first.shape[1] or np.isnan(top).any():
        first &= np.cumsum(first, axis=0) == 1
    return top, first
'''
_LESS: Final = '''def _less(x, top):
    """x - top; {what}."""
    d = x - top
    if not np.isfinite(top).all():
        {do}
    return d
'''
_TIES: Final = (
    (
        "where both are infinite, 0 at the first and nan at others",
        "tied = x == top\n        d[tied & (np.cumsum(tied, axis=0) == 1)] = 0.0",
    ),
    ("0 where both are infinite", "d[x == top] = 0.0"),
)
_SHIFT: Final = '''def _shift(top):
    """The largest, but 0 where no exponential needs it: none overflows, none is lost."""
    return np.where((top >= 0.0) & (top < 600.0), 0.0, top)
'''
_POWER: Final = '''def _power(x, c):
    """exp(x - c)"""
    if not c.any():
        return np.exp(x)
    d = _less(x, c)
    return np.exp(d, out=d)
'''
_OTHERS: Final = '''def _others(x, first):
    """x with 0 for what stands first."""
    if isinstance(first, tuple):
        x[first] = 0.0
        return x
    return np.multiply(x, ~first, out=x)
'''
_CHOSEN: Final = '''def _chosen(x, first):
    """What stands first in each column."""
    if isinstance(first, tuple):
        return x[first]
    return np.where(first, x, 0.0).sum(axis=0)
'''
_MARK: Final = '''def _mark(x, first):
    """1 where first says, else 0."""
    mark = np.zeros_like(x)
    mark[first] = 1.0
    return mark
'''
_WEIGHTED: Final = '''def _weighted(w, x):
    """w*x, and 0 where w is 0 and x is infinite."""
    product = w * x
    endless = np.isinf(x)
    if endless.any():
        product[endless & (w == 0.0)] = 0.0
    return product
'''
_TOTAL: Final = '''def _total(x):
    """The sums of the columns, added up in pairs."""
    if len(x) >= {long}:
        return x.sum(axis=0)
    while len(x) > 1:
        half = len(x) // 2
        last = x[2 * half :]
        x = x[:half] + x[half : 2 * half]
        if len(last):
            x[0] += last[0]
    return x[0].copy()
'''


def helpers_of(lines: list[str], ties_are_one: bool) -> list[str]:
    """The functions that the lines call."""
    text = "\n".join(lines)
    if "_power(" in text:
        text += "_less("
    what, do = _TIES[ties_are_one]
    known = {
        "_front": _FRONT, "_less": _LESS.replace("{what}", what).replace("{do}", do),
        "_shift": _SHIFT, "_power": _POWER, "_others": _OTHERS, "_chosen": _CHOSEN, "_mark": _MARK,
        "_weighted": _WEIGHTED,
        "_total": _TOTAL,
    }  # fmt: skip
    return [known[name].replace("{long}", str(LONG)) for name in known if f"{name}(" in text]
