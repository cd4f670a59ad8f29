"""Text in: plain-text formulas, conditions, domains and claims files to claims.

No text is ever run: it is scanned, bounded, given a tree by Python's grammar, and built into a
formula by a whitelist. `docs/claims.md` documents the notation.
"""

from derivations.reading.claims import Line, lines_from, read_claim, read_lines
from derivations.reading.domains import read_domain
from derivations.reading.errors import ReadingError
from derivations.reading.plain import read_condition, read_formula, read_relation

__all__ = [
    "Line",
    "ReadingError",
    "lines_from",
    "read_claim",
    "read_condition",
    "read_domain",
    "read_formula",
    "read_lines",
    "read_relation",
]
