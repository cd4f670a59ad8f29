"""Wrong steps, made from every chapter's right ones, are rejected by both checkers.

Every step of every chapter is changed in each way that it has a place for. The judge looks at the
two lines alone; the reason checker looks at the label too, but of a cited fact at nothing: there
the judge is the only one. What they accept is listed by name in `true_mutants`, with why it is no
fault of theirs; a name that is not needed is a fault too.
"""

from __future__ import annotations

from functools import cache

import pytest

from derivations.catalogue import shipped
from derivations.core import Definition, Formula, Integral
from derivations.core.formula import Call, walk
from derivations.proving.reasons import rejection
from numeric.judging.judge import check
from tests.chapters.mutants import KINDS, MISLABELLED, WRONG, Mutant, mutants
from tests.chapters.true_mutants import FITTING, TRUE, WHY_FITTING, WHY_TRUE

CHAPTERS = {chapter.name: chapter.derivations for chapter in shipped()}
# Of points where each takes a quadrature there are fewer.
ALL, ALL_QUADRATURES = 100, 10
AMPLE = 120.0  # seconds

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


def of_chapter(chapter: str, kind: str) -> list[Mutant]:
    return [mutant for d in CHAPTERS[chapter] for mutant in mutants(d, kind)]


@cache
def all_names() -> dict[str, Mutant]:
    return {
        mutant.name: mutant
        for chapter in CHAPTERS
        for kind in KINDS
        for mutant in of_chapter(chapter, kind)
    }


def listing(passing: list[Mutant]) -> str:
    return "\n".join(f"{m.name}:\n    {m.before}\n    {m.step.rel} {m.step.line}" for m in passing)


def has_integral(formula: Formula) -> bool:
    """Whether an integral stands in the line, or in a definition that it uses."""
    for node in walk(formula):
        head = node.head if isinstance(node, Call) else None
        if isinstance(node, Integral) or (isinstance(head, Definition) and has_integral(head.body)):
            return True
    return False


def is_judged_right(mutant: Mutant) -> bool:
    # With a limit of time a few points come before the proof, which a false line has not.
    integrals = has_integral(mutant.before) or has_integral(mutant.step.line)
    points = ALL_QUADRATURES if integrals else ALL
    return check(mutant.claim, points=points, seconds=AMPLE).verdict.is_pass


def is_carried(mutant: Mutant) -> bool:
    return rejection(mutant.before, mutant.step, mutant.derivation.claim) is None


@each_chapter
@pytest.mark.parametrize("kind", WRONG)
def test_wrong_line_is_not_judged_right(chapter: str, kind: str) -> None:
    passing = [m for m in of_chapter(chapter, kind) if m.name not in TRUE and is_judged_right(m)]
    assert not passing, listing(passing)


@each_chapter
@pytest.mark.parametrize("kind", KINDS)
def test_wrong_step_is_not_carried_by_its_reason(chapter: str, kind: str) -> None:
    passing = [
        mutant
        for mutant in of_chapter(chapter, kind)
        if mutant.name not in TRUE
        and mutant.name not in FITTING
        and mutant.step.reason.theory != "cited"  # judged by its numbers, above
        and is_carried(mutant)
    ]
    assert not passing, listing(passing)


def test_no_name_is_listed_in_vain() -> None:
    made = all_names()
    assert not [name for name in (*TRUE, *FITTING) if name not in made]


def test_a_name_is_listed_once() -> None:
    listed = [name for why in (WHY_TRUE, WHY_FITTING) for names in why.values() for name in names]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("name", TRUE)
def test_a_listed_mutant_is_true(name: str) -> None:
    assert is_judged_right(all_names()[name])


@pytest.mark.parametrize("name", FITTING)
def test_a_listed_label_fits(name: str) -> None:
    assert name.endswith(MISLABELLED)
    assert is_carried(all_names()[name])


def test_every_step_has_a_wrong_line_and_a_wrong_label() -> None:
    made = all_names()
    for derivation in (d for chapter in CHAPTERS.values() for d in chapter):
        for number in range(1, len(derivation.steps) + 1):
            names = [name for kind in WRONG if (name := f"{derivation.id}/{number}/{kind}") in made]
            assert names, f"{derivation.id}, step {number} has no wrong line"
            assert f"{derivation.id}/{number}/{MISLABELLED}" in made
