"""Definitions unfolded and folded; matrix entries written out."""

from __future__ import annotations

from derivations.core.claim import Claim
from derivations.core.derivation import Step
from derivations.core.formula import Formula, FormulaError
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, unfolded
from derivations.core.substitute import rewrite
from derivations.proving.reasons.lines import contains, notation, occurrences, same_lines, size
from derivations.proving.similar import similar


def unfolding(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts what unfolding some or all calls of the heads makes of the first line."""
    return _between(before, step.line, step)


def folding(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts what becomes the first line when the heads are unfolded."""
    return _between(step.line, before, step)


def _between(folded: Formula, opened: Formula, step: Step) -> str | None:
    theory, heads = step.reason.theory, step.reason.heads
    names = ", ".join(head.name for head in heads)
    one, two = notation(folded), notation(opened)
    where = "the line before" if theory == "unfold" else "the new line"
    count = occurrences(one, heads)
    if not count:
        return f"{theory}({names}): {names} does not occur in {where}, {folded}"
    for head in heads:
        if not occurrences(one, (head,)):
            return f"{theory}({names}): {head.name} does not occur in {where}, {folded}"
    try:
        meanings = unfolded(one, *heads), unfolded(two, *heads)
    except FormulaError as error:
        return f"{theory}({names}): {error}"
    if not same_lines(*meanings):
        also = "it also rearranges" if similar(*meanings) else "more than that is changed"
        return f"{theory}({names}): {also}; unfolded, the lines are {meanings[0]} and {meanings[1]}"
    left = occurrences(two, heads)
    if left > count or (left == count and size(two) <= size(one)):
        direction = "less" if theory == "unfold" else "more"
        return f"{theory}({names}): {names} occurs no {direction} often than before"
    return None


def writing_entries(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts matrix entries written out with indices, or indices gathered into an entry."""
    if not contains(before, Entry) and not contains(step.line, Entry):
        return "entries: there is no entry of a matrix in either line"

    def rule(node: Formula) -> Formula | None:
        return entry_meaning(node) if isinstance(node, Entry) else None

    if before == step.line:
        return "entries: the line did not move"
    try:
        one, two = rewrite(before, rule), rewrite(step.line, rule)
    except FormulaError as error:
        return f"entries: {error}"
    if similar(one, two):
        return None
    return f"entries: written out, the lines are {one} and {two}"
