"""Wrong steps, made from every chapter's right ones, are rejected by both checkers.

The judge looks at the two lines alone; the reason checker looks at the label too. What they accept
is listed here by name, with why it is no fault of theirs; a name that is not needed is one too.
"""

from __future__ import annotations

import pytest

from derivations.catalogue import shipped
from derivations.core import Definition, Derivation, Formula, Integral
from derivations.core.formula import Call, walk
from derivations.proving.reasons import rejection
from numeric.judge import check
from tests.chapters.mutants import KINDS, LINES, Mutant, chosen, mutants
from tests.chapters.true_mutants import FITTING, TRUE

CHAPTERS = {chapter.name: chapter.derivations for chapter in shipped()}
POINTS = 40

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


def of_chapter(chapter: str, kind: str) -> list[Mutant]:
    return [mutant for d in CHAPTERS[chapter] for mutant in chosen(d, kind)]


def listing(passing: list[Mutant]) -> str:
    return "\n".join(f"{m.name}:\n    {m.before}\n    {m.step.rel} {m.step.line}" for m in passing)


def has_integral(formula: Formula) -> bool:
    """Whether an integral stands in the line, or in a definition that it uses."""
    for node in walk(formula):
        head = node.head if isinstance(node, Call) else None
        if isinstance(node, Integral) or (isinstance(head, Definition) and has_integral(head.body)):
            return True
    return False


def judged_right(chapter: str, kind: str, *, integrals: bool) -> list[Mutant]:
    return [
        mutant
        for mutant in of_chapter(chapter, kind)
        if mutant.name not in TRUE
        and (has_integral(mutant.before) or has_integral(mutant.step.line)) is integrals
        and check(mutant.claim, points=POINTS).verdict.is_pass
    ]


@each_chapter
@pytest.mark.parametrize("kind", LINES)
def test_wrong_line_is_not_judged_right(chapter: str, kind: str) -> None:
    passing = judged_right(chapter, kind, integrals=False)
    assert not passing, listing(passing)


@pytest.mark.slow  # a quadrature at each point
@each_chapter
@pytest.mark.parametrize("kind", LINES)
def test_wrong_line_with_an_integral_is_not_judged_right(chapter: str, kind: str) -> None:
    passing = judged_right(chapter, kind, integrals=True)
    assert not passing, listing(passing)


@each_chapter
@pytest.mark.parametrize("kind", KINDS)
def test_wrong_step_is_not_carried_by_its_reason(chapter: str, kind: str) -> None:
    passing = [
        mutant
        for mutant in of_chapter(chapter, kind)
        if mutant.name not in FITTING
        and mutant.step.reason.theory != "cited"  # of a cited fact only the numbers are checked
        and rejection(mutant.before, mutant.step, mutant.derivation.claim) is None
    ]
    assert not passing, listing(passing)


def all_names() -> dict[str, Mutant]:
    return {
        mutant.name: mutant
        for chapter in CHAPTERS
        for kind in KINDS
        for mutant in of_chapter(chapter, kind)
    }


def test_no_name_is_listed_in_vain() -> None:
    made = all_names()
    assert not [name for name in (*TRUE, *FITTING) if name not in made]


@pytest.mark.parametrize("name", TRUE)
def test_a_listed_mutant_is_true(name: str) -> None:
    assert check(all_names()[name].claim, points=POINTS).verdict.is_pass


@pytest.mark.parametrize("name", FITTING)
def test_a_listed_label_fits(name: str) -> None:
    mutant = all_names()[name]
    assert rejection(mutant.before, mutant.step, mutant.derivation.claim) is None


def test_every_derivation_with_steps_has_mutants_of_its_labels() -> None:
    def mutated(derivation: Derivation) -> bool:
        return bool(mutants(derivation, "mislabelled reason"))

    derivations = [d for chapter in CHAPTERS.values() for d in chapter if d.steps]
    assert all(mutated(d) for d in derivations)
