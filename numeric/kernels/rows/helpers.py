"""The functions that kernels of rows call: their source, copied into the kernels that need them."""

from __future__ import annotations

from typing import Final

from numeric.kernels.rows.quick import LARGEST_SUM, LEAST_SCORE, LEAST_SUM, LEAST_VALUE

# Rows of so many numbers and more are added up and searched one by one.
LONG: Final = 16
# So many where no largest number is searched.
LONG_QUICK: Final = 4
# In shorter ones what is done once a row counts.
SHORT: Final = 12
# Scores that are smaller in size have differences and products with weights that do not overflow.
LARGE: Final = 1e280
# NumPy adds up so many numbers one after another in few lanes before it goes on in pairs.
PAIRS: Final = 128

_FRONT: Final = '''def _front(x):
    """The largest number of each column, and where in memory it stands first."""
    size, many = x.shape
    if size >= {long}:
        first = x.argmax(axis=0) + size * np.arange(many)
        return x.ravel("K")[first], first
    top = x.max(axis=0)
    mark = x == top
    if np.count_nonzero(mark) != many or np.isnan(top).any():
        return top, x.argmax(axis=0) * many + np.arange(many)
    # One mark a column: its place by arithmetic with bytes, which is faster than any search.
    place = np.max(mark.view(np.uint8) * np.arange(size, dtype=np.uint8)[:, None], axis=0)
    return top, place.astype(np.intp) * many + np.arange(many)
'''
_LESS: Final = '''def _less(x, top, out=None):
    """x - top; {what}."""
    d = np.subtract(x, top, out=out)
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
_SCALE: Final = '''def _scale(x):
    """1, or a power of 2 where differences of scores, or their products, may overflow."""
    return np.where(np.abs(x).max(axis=0) < {large}, 1.0, 2.0**64)
'''
_POWER: Final = '''def _power(x, c, out=None):
    """exp(x - c)"""
    some = np.flatnonzero(c != 0.0)
    if 32 * len(some) >= len(c):
        d = _less(x, c, out)
        return np.exp(d, out=d)
    e = np.exp(x, out=out)
    if len(some):
        e[:, some] = np.exp(_less(x[:, some], c[some]))
    return e
'''
_OTHERS: Final = '''def _others(x, first):
    """x with 0 for what stands first; nan stays, also where it stands alone."""
    if len(x) > 1:
        x.ravel("K")[first] = 0.0
    else:
        x *= 0.0
    return x
'''
_MARK: Final = '''def _mark(x, first):
    """1 where first says, else 0."""
    mark = np.zeros_like(x)
    mark.ravel("K")[first] = 1.0
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
_TOTAL: Final = '''def _total(x, long):
    """The sums of the columns; of short ones, and very long ones, added up in pairs."""
    if len(x) > {pairs}:
        return np.add.reduce(x, axis=0)
    if len(x) >= long:
        return np.einsum("kn->n", x)
    while len(x) > 1:
        half = len(x) // 2
        last = x[2 * half :]
        x = x[:half] + x[half : 2 * half]
        if len(last):
            x[0] += last[0]
    return x[0].copy()
'''
_FAR: Final = '''def _far(x, total):
    """The columns whose sums of exponentials are too large, lost, or rest on some that are."""
    far = np.flatnonzero(~((total >= {least_sum}) & (total < {largest_sum})))
    if len(far):
        low = x.min()
        if not low >= {least_score}:
            low = np.ascontiguousarray(x[:, far]).min(axis=0)
        far = far[~((low >= {least_score}) & (total[far] < {largest_sum}))]
    return far
'''
_ENDS: Final = '''def _far_or_at_an_end(far, value):
    """Those, and where the value is near a root, or not finite."""
    size = np.abs(value)
    marked = ~((size >= {least_value}) & (size < np.inf))
    marked[far] = True
    return np.flatnonzero(marked)
'''
_MORE: Final = '''def _more_than(x, least):
    """Where in memory the number of each column stands that is larger, if there is one (else the
    first), these places alone, and their columns."""
    size, many = x.shape
    places = np.flatnonzero(x.ravel("K") > least)
    in_rows = x.flags.f_contiguous
    owners = places // size if in_rows else places - places // many * many
    first = np.arange(0, size * many, size) if in_rows else np.arange(many)
    first[owners] = places
    return first, places, owners
'''


def helpers_of(lines: list[str], ties_are_one: bool) -> list[str]:
    """The functions that the lines call."""
    text = "\n".join(lines)
    if "_power(" in text:
        text += "_less("
    what, do = _TIES[ties_are_one]
    known = {
        "_front": _FRONT, "_less": _LESS.replace("{what}", what).replace("{do}", do),
        "_shift": _SHIFT, "_scale": _SCALE, "_power": _POWER, "_others": _OTHERS, "_mark": _MARK,
        "_weighted": _WEIGHTED, "_total": _TOTAL, "_far": _FAR, "_far_or_at_an_end": _ENDS,
        "_more_than": _MORE,
    }  # fmt: skip
    numbers = {
        "long": LONG, "pairs": PAIRS, "least_sum": LEAST_SUM, "largest_sum": LARGEST_SUM,
        "least_score": LEAST_SCORE, "least_value": LEAST_VALUE, "large": LARGE,
    }  # fmt: skip
    found = [known[name] for name in known if f"{name}(" in text]
    for word, number in numbers.items():
        found = [source.replace(f"{{{word}}}", str(number)) for source in found]
    return found
