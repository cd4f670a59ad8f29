"""docs/claims.md names what the reader knows, no more and no less, and its examples read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivations.core.special_functions import FUNCTIONS
from derivations.reading import bounds, lines_from, read_domain, read_formula
from derivations.reading.names import ALIASES, CONDITIONS, CONSTANTS, FORMS

TEXT = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")


def rows(heading: str, until: str) -> list[tuple[str, str]]:
    """The rows of the tables from one heading to another, as first and second cell."""
    part = TEXT[TEXT.index(f"\n{heading}\n") : TEXT.index(f"\n{until}\n")]
    found = re.findall(r"^\| (.*?) \| (.*) \|$", part, re.MULTILINE)
    return [(first, second) for first, second in found if first not in ("name", "text", "what")]


SIGNATURES = [
    signature
    for first, _ in rows("## Formulas", "## Domains")
    for signature in re.findall(r"`(.*?)`", first)
]
NAMES = [re.match(r"\w+", signature)[0] for signature in SIGNATURES]  # type: ignore[index]
KNOWN = {*FUNCTIONS, *ALIASES, *FORMS, *CONDITIONS, *CONSTANTS}


def test_every_name_that_is_read_is_documented() -> None:
    assert KNOWN - set(NAMES) == set()


def test_every_name_that_is_documented_is_read() -> None:
    assert set(NAMES) - KNOWN == set()


def test_no_signature_is_documented_twice() -> None:
    assert len(SIGNATURES) == len(set(SIGNATURES))


@pytest.mark.parametrize("name", [*FUNCTIONS, *ALIASES])
def test_the_documented_arguments_are_those_that_a_function_takes(name: str) -> None:
    head = FUNCTIONS.get(name) or ALIASES[name]
    shown = [s for s in SIGNATURES if s.startswith(f"{name}(")]
    if head.name in ("Max", "Min"):
        assert shown == [f"{name}(x, ...)"]
        return
    counts = {signature.count(",") + 1 for signature in shown}
    if name == "ln":
        counts.add(2)
    assert counts == set(head.arities)


@pytest.mark.parametrize("signature", [s for s in SIGNATURES if s.split("(")[0] in FUNCTIONS])
def test_a_documented_signature_reads(signature: str) -> None:
    letters = set(re.findall(r"\b[a-z]\b", signature))
    text = signature.replace(", ...", "")
    assert str(read_formula(text, letters)) == text


@pytest.mark.parametrize("text", ["Derivative", "Subs", "Integral", "Sum", "Product", "Limit"])
def test_a_documented_form_reads(text: str) -> None:
    (signature,) = (s for s in SIGNATURES if s.startswith(f"{text}("))
    body = signature.replace("(f,", "(sin(x),").replace("b))", "5))")
    assert str(read_formula(body, {"x", "k", "a"})).startswith(f"{text}(sin(x), ")


def test_every_name_has_a_meaning() -> None:
    for first, meaning in rows("## Formulas", "## Domains"):
        assert re.search(r"\w", meaning), first


def test_the_examples_read() -> None:
    block = re.search(r"```jsonl\n(.*?)```", TEXT, re.DOTALL)
    assert block
    lines = list(lines_from(line.encode() for line in block[1].splitlines()))
    assert len(lines) == 5
    assert [line.error for line in lines] == [""] * 5


@pytest.mark.parametrize(
    "text",
    [
        text
        for first, _ in rows("## Domains", "## Limits")
        for text in re.findall(r"`(.*?)`", first)
    ],
)
def test_a_documented_domain_reads(text: str) -> None:
    assert str(read_domain(text)) == text


def test_the_documented_limits_are_those_that_are_held() -> None:
    part = TEXT[TEXT.index("\n## Limits\n") :]
    shown = sorted(int(n) for n in re.findall(r"\| (\d+) \|$", part, re.MULTILINE))
    held = [
        v for name, v in vars(bounds).items() if name.startswith("MAX_") and name != "MAX_DEPTH"
    ]
    assert bounds.MAX_DEPTH == bounds.MAX_BRACKETS
    assert shown == sorted(held)
