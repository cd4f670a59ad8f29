"""A chapter opens with the list of its claims, and the list is complete."""

from __future__ import annotations

import importlib
import re

import pytest

from derivations.catalogue import SHIPPED, shipped
from derivations.loading import Chapter

CHAPTERS = shipped()

# An id has a dot in it and stands at the margin; a line that goes on is indented.
LISTED = re.compile(r"^(?P<id>\S+\.\S+) +(?P<sentence>\S.*)$", re.MULTILINE)

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=[c.name for c in CHAPTERS])


def listing(chapter: Chapter) -> list[tuple[str, str]]:
    """The ids under the heading `Claims` of a chapter's docstring, with their sentences."""
    text = importlib.import_module(f"derivations.{chapter.name}").__doc__ or ""
    head, heading, body = text.partition("\nClaims\n------\n")
    assert heading, f"{chapter.name} has no heading Claims in its docstring"
    assert head.strip(), f"{chapter.name} does not say what it is about"
    return [(found["id"], found["sentence"]) for found in LISTED.finditer(body)]


@each_chapter
def test_docstring_lists_exactly_the_claims_in_order(chapter: Chapter) -> None:
    remarks = {member.id for member in chapter.members} - {d.id for d in chapter.derivations}
    listed = [id for id, _ in listing(chapter) if id not in remarks]  # a remark may be listed
    assert listed == [derivation.id for derivation in chapter.derivations]


@each_chapter
def test_every_claim_has_a_title_and_its_words_are_a_sentence(chapter: Chapter) -> None:
    for derivation in chapter.derivations:
        assert derivation.claim.title, f"{derivation.id} has no title"
        assert not derivation.claim.says or derivation.claim.says.endswith("."), derivation.id


def test_no_two_chapters_share_an_id() -> None:
    ids = [member.id for chapter in CHAPTERS for member in chapter.members]
    assert len(ids) == len(set(ids))


def test_every_shipped_chapter_is_loaded() -> None:
    assert tuple(chapter.name for chapter in CHAPTERS) == SHIPPED
