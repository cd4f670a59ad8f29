"""Answers on disk, by content: what was asked, how, of which versions of which libraries.

An entry is a small file, written beside its place and renamed, so that two runs at once and a run
that is killed leave whole entries only. An entry that cannot be read, or is not the answer to the
question it should be, is passed over and written again. Nothing of it is executed: it is JSON.

The folder is `$DERIVATIONS_CACHE`, or else `derivations` in the platform's folder for caches. It
may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

_LIBRARIES: Final = ("derivations", "sympy", "mpmath", "python-flint", "gmpy2")
_PACKAGES: Final = ("derivations", "numeric")
# Answers that nobody asked for in so many days are thrown away, once a day.
_DAYS_KEPT: Final = 30
_DAY: Final = 86_400

Json = Mapping[str, Any]


def folder() -> Path:
    """Where answers are kept: `$DERIVATIONS_CACHE`, `$XDG_CACHE_HOME/derivations`, or the
    platform's own place."""
    own = os.environ.get("DERIVATIONS_CACHE")
    if own:
        return Path(own)
    caches = os.environ.get("XDG_CACHE_HOME")
    if caches:
        return Path(caches, "derivations")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "derivations"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local" / "derivations"
    return Path.home() / ".cache" / "derivations"


@cache
def fingerprint() -> str:
    """The versions of all that takes part in an answer, and the toolkit's own source."""
    found = hashlib.sha256()
    for part in (platform.python_version(), sys.platform, platform.machine()):
        found.update(part.encode() + b"\0")
    for library in _LIBRARIES:
        try:
            found.update(f"{library} {version(library)}".encode() + b"\0")
        except PackageNotFoundError:
            found.update(f"{library} is a checkout".encode() + b"\0")
    root = Path(__file__).resolve().parent.parent
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0")
            found.update(path.read_bytes() + b"\0")
    return found.hexdigest()


class Cache:
    """Answers by their questions. A folder that cannot be written costs one sentence, in
    `trouble`, and no answer."""

    def __init__(self, place: Path | None = None) -> None:
        self.trouble = ""
        try:
            self.place = folder() if place is None else place
            (self.place / "answers").mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: there is no home
            self.trouble = _said(error)
        else:
            self._throw_away()

    def get(self, question: Json) -> Json | None:
        """The answer to the question, if it was kept."""
        if self.trouble:
            return None
        path = self._path(question)
        try:
            text = path.read_bytes()
            entry = json.loads(text)
            known = entry["digest"] == _digest(entry["answer"]) and entry["question"] == question
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if not known or not isinstance(entry["answer"], dict):
            return None
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY:
                os.utime(path)
        return entry["answer"]

    def put(self, question: Json, answer: Json) -> None:
        """Keep an answer."""
        if self.trouble:
            return
        path = self._path(question)
        entry = {"question": question, "answer": answer, "digest": _digest(answer)}
        beside = path.with_name(f"{path.stem}.{os.getpid()}-{time.time_ns()}")
        try:
            path.parent.mkdir(exist_ok=True)
            beside.write_text(json.dumps(entry), encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            self.trouble = _said(error)
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def _path(self, question: Json) -> Path:
        name = _digest([fingerprint(), question])
        return self.place / "answers" / name[:2] / f"{name[2:]}.json"

    def _throw_away(self) -> None:
        """Once a day: what was not asked for in a month, and what a killed run left half done."""
        stamp = self.place / "swept"
        now = time.time()
        with suppress(OSError):
            if stamp.exists() and now - stamp.stat().st_mtime < _DAY:
                return
            stamp.touch()
            for path in (self.place / "answers").glob("*/*"):
                with suppress(OSError):
                    age = now - path.stat().st_mtime
                    if age > _DAYS_KEPT * _DAY or (path.suffix != ".json" and age > _DAY):
                        path.unlink()


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _said(error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    where = f" ({error.filename})" if isinstance(error, OSError) and error.filename else ""
    return f"answers are not kept: {why.lower()}{where}"
