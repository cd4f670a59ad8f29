"""The chapters in book order, and how to find a claim in them.

Shipped chapters come first, then those that installed distributions publish under the
entry-point group `derivations.chapters` (the name of an entry point is the chapter's, its value
the module). Nothing is imported before it is asked for.
"""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from derivations.loading import (
    CatalogueError,
    Chapter,
    Member,
    importable,
    load_entry_point,
    load_file,
    load_module,
    load_modules,
    require_distinct_ids,
)

# The book, in order; a chapter is added here by its module's name below `derivations`.
SHIPPED: Final = (
    "sigmoid",
    "sigmoid_derivative",
    "sigmoid_inflections",
    "logit",
    "log_sigmoid",
    "logistic_loss",
    "base2_loss",
    "zero_one_loss",
    "squared_error",
    "squared_error_gradient",
    "likelihood",
    "cross_entropy",
    "soft_labels",
    "mean_cross_entropy",
    "exponential_family.bernoulli",
    "exponential_family.gaussian_moments",
    "exponential_family.gaussian",
    "exponential_family.gaussian_two_parameters",
    "exponential_family.finite_support",
    "exponential_family.gaussian_covariance",
    "exponential_family.log_densities",
    "generalised_linear_models",
    "squashing.hyperbolic_tangent",
    "squashing.arctangent",
    "squashing.error_function",
    "squashing.algebraic",
    "squashing.softsign",
    "squashing.gudermannian",
    "squashing.areas",
    "squashing.saturation",
    "squashing.steep",
    "distributions",
    "student",
    "softmax",
    "training",
)

ENTRY_POINTS: Final = "derivations.chapters"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All chapters that could be loaded, and a sentence for each published one that could not.

    `broken` is by the name of the entry point.
    """

    chapters: tuple[Chapter, ...]
    broken: tuple[tuple[str, str], ...] = ()


def shipped() -> tuple[Chapter, ...]:
    """The chapters of this toolkit.

    Errors: `CatalogueError` where one cannot be loaded or two give the same id.
    """
    loaded = tuple(load_module(f"derivations.{name}", name) for name in SHIPPED)
    require_distinct_ids(_ids(loaded))
    return loaded


def shelf() -> Shelf:
    """The shipped chapters and the published ones; a broken published one costs a sentence."""
    loaded = list(shipped())
    broken: list[tuple[str, str]] = []
    for entry in _entries():
        try:
            chapter = load_entry_point(entry)
            require_distinct_ids(_ids([*loaded, chapter]))
            if chapter.name in {other.name for other in loaded}:
                raise CatalogueError(f"{chapter.origin}: there is a chapter of this name already.")
        except CatalogueError as error:
            broken.append((entry.name, str(error)))
        else:
            loaded.append(chapter)
    return Shelf(tuple(loaded), tuple(broken))


def chapters() -> tuple[Chapter, ...]:
    """The chapters that can be loaded, in book order."""
    return shelf().chapters


def members() -> tuple[Member, ...]:
    """All derivations and remarks, in book order."""
    return tuple(member for chapter in chapters() for member in chapter.members)


def find(id: str) -> Member:
    """The derivation or remark with this id.

    Errors: `CatalogueError` with the nearest ids where there is none.

    >>> find("sigmoid.derivative").id
    'sigmoid.derivative'
    """
    known = chapters()
    for chapter in known:
        for member in chapter.members:
            if member.id == id:
                return member
    inside = [m.id for chapter in known for m in chapter.members if _selects(id, chapter)(m)]
    if inside:
        raise CatalogueError(f"{id} is no single claim; name one, as {inside[0]}.")
    raise CatalogueError(_unknown(id, known))


def select(arguments: Sequence[str]) -> Shelf:
    """The chapters, cut down to what is asked for: ids, prefixes of ids (`sigmoid` for all that
    begin with `sigmoid.`), names of chapters, paths of files, names of modules.

    Without arguments everything is selected. `broken` tells of published chapters that could
    not be loaded.

    Errors: `CatalogueError` where an argument is none of these, or a chapter asked for cannot be
    loaded.
    """
    if not arguments:
        return shelf()
    known: Shelf | None = None
    chosen: list[Chapter] = []
    for argument in dict.fromkeys(arguments):
        if _is_path(argument):
            chosen.append(load_file(Path(argument)))
            continue
        known = known or shelf()
        chosen.extend(_named(argument, known))
    merged = _merged(chosen, known.chapters if known else ())
    require_distinct_ids(_ids(merged))
    return Shelf(merged, known.broken if known else ())


def _named(argument: str, known: Shelf) -> Sequence[Chapter]:
    for name, sentence in known.broken:
        if _within(argument, name):
            raise CatalogueError(sentence)
    found = [
        cut
        for chapter in known.chapters
        if (cut := _cut(chapter, _selects(argument, chapter))) is not None
    ]
    if found:
        return found
    with importable(Path.cwd()):
        if _is_module(argument):
            return load_modules(argument)
    raise CatalogueError(_unknown(argument, known.chapters))


def _selects(argument: str, chapter: Chapter) -> Callable[[Member], bool]:
    if _within(chapter.name, argument) or _within(chapter.origin, argument):
        return lambda member: True
    return lambda member: _within(member.id, argument)


def _within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def _cut(chapter: Chapter, wanted: Callable[[Member], bool]) -> Chapter | None:
    kept = tuple(member for member in chapter.members if wanted(member))
    return replace(chapter, members=kept) if kept else None


def _merged(chosen: Iterable[Chapter], known: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Each chapter once, with all members that were asked for, in the chapter's order; chapters
    of the catalogue in book order, then the others as they were given."""
    wanted: dict[str, dict[str, Member]] = {}
    others: dict[str, Chapter] = {}
    for chapter in chosen:
        wanted.setdefault(chapter.origin, {}).update((m.id, m) for m in chapter.members)
        others[chapter.origin] = chapter
    merged: list[Chapter] = []
    for chapter in known:
        if chapter.origin in wanted:
            ids = wanted[chapter.origin]
            del others[chapter.origin]
            kept = tuple(member for member in chapter.members if member.id in ids)
            merged.append(replace(chapter, members=kept))
    return (*merged, *others.values())


def _is_path(argument: str) -> bool:
    return argument.endswith(".py") or "/" in argument or "\\" in argument


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # a parent is missing, or this is no module's name
        return False


def _entries() -> list[EntryPoint]:
    return sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: (entry.name, entry.value))


def _ids(chapters: Iterable[Chapter]) -> Iterable[tuple[str, str]]:
    return ((member.id, chapter.origin) for chapter in chapters for member in chapter.members)


def _unknown(id: str, known: Sequence[Chapter]) -> str:
    names = {chapter.name for chapter in known}
    for member_id, _ in _ids(known):
        names.add(member_id)
    near = difflib.get_close_matches(id, sorted(names), n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else "see `derivations list`."
    return f"There is no claim, chapter, file or module {id}; {hint}"
