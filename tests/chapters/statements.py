"""The pinned statements of the shipped claims: `statements.txt`, one line a claim, in book order.

No test writes the file. `python -m tests.golden.accept` shows what differs, together with the
golden files; with `--write` a person who has read the difference accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from derivations.core import Claim

FILE = Path(__file__).with_name("statements.txt")


def written(claim: Claim) -> str:
    """The statement with its domain, as plain text."""
    text = str(claim.statement)
    if claim.on:
        text += " for " + ", ".join(f"{variable} in {domain}" for variable, domain in claim.on)
    if claim.where is not None:
        text += f" where {claim.where}"
    return f"counterexample: {text}" if claim.falsehood else text


def listed(claims: Iterable[Claim]) -> str:
    """What the file should say of these claims."""
    return "".join(f"{claim.id}: {written(claim)}\n" for claim in claims)


def pinned() -> dict[str, str]:
    """The statements that the file pins, by id."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {id: statement for id, _, statement in (line.partition(": ") for line in lines)}
