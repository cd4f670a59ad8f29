"""Certificates of kernels on disk."""

from __future__ import annotations

import json

import pytest

from numeric.cache import Cache
from numeric.evidence import Report
from numeric.judging.verify import verify
from numeric.kernels import kernel as searching
from numeric.kernels.kernel import chosen, found_kernel
from numeric.kernels.shelf import with_kernels

ID = "squashing.areas.arctan"


class SearchedError(Exception):
    pass


@pytest.fixture
def no_search(monkeypatch):
    def refuse(*_):
        raise SearchedError

    monkeypatch.setattr(searching, "kernel_of", refuse)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("kept")
    found_kernel(ID, Cache(place))
    return place


def test_a_kernel_that_is_kept_is_the_one_that_was_found(folder, no_search):
    with pytest.raises(SearchedError):
        found_kernel.__wrapped__(ID)
    again = found_kernel(ID, Cache(folder))
    searching.found_kernel.cache_clear()
    assert again == found_kernel(ID, Cache(folder))
    assert again.choice == chosen(ID, Cache(folder))
    assert "Certificate" in again.source


def test_it_is_the_same_without_a_cache(folder):
    assert found_kernel(ID) == found_kernel(ID, Cache(folder))


def test_documents_get_the_same_note_with_and_without(folder):
    report = verify(claim(), points=5)
    assert isinstance(report, Report)
    assert with_kernels([report]) == with_kernels([report], cache=Cache(folder))


def claim():
    from derivations import catalogue

    return catalogue.find(ID)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["audit"].pop("worst"),
        lambda answer: answer.update(verdict="surely"),
        lambda answer: answer.update(computed_as="x"),
        lambda answer: answer.update(recipe="by magic"),
    ],
)
def test_an_entry_that_says_something_else_is_searched_again(folder, tmp_path, spoil, no_search):
    kept = Cache(folder)
    (path,) = kept.place.glob("answers/*/*.json")
    entry = json.loads(path.read_text(encoding="utf-8"))
    spoil(entry["answer"])
    Cache(tmp_path).put(entry["question"], entry["answer"])
    with pytest.raises(SearchedError):
        found_kernel(ID, Cache(tmp_path))


def test_another_processor_has_other_certificates(folder, monkeypatch, no_search):
    from numeric.kernels import kept

    monkeypatch.setattr(kept, "_instructions", lambda: ["NEON"])
    with pytest.raises(SearchedError):
        found_kernel(ID, Cache(folder))
