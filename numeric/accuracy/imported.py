"""Somebody's function by its name: `scipy.special:expit`, `losses.py:Loss.gradient`.

What a module does while it is imported is no concern of the audit's: whatever goes wrong becomes
one sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module, invalidate_caches
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from numeric.accuracy.called import AuditError, is_from_the_keyboard, said


def function_named(name: str) -> Callable[..., Any]:
    """The function that `MODULE:FUNCTION` or `FILE.py:FUNCTION` names; dots in FUNCTION are
    attributes.

    A module may lie in the current folder, as for `python -m`, and a file may import what lies
    beside it, now and when the function is called.

    Errors: `AuditError` where the import fails, or there is no such function.
    """
    home, colon, path = name.rpartition(":")
    if not colon or not home or not path:
        raise AuditError(
            f"{name!r} names no function: write MODULE:FUNCTION, as scipy.special:expit"
        )
    found: Any = _module(home)
    for part in path.split("."):
        try:
            found = getattr(found, part)
        except AttributeError as error:
            raise AuditError(f"{home} has no {path}") from error
        except Exception as error:  # a module or class that looks its names up itself
            raise AuditError(f"{home} has no {path}: {said(error)}") from error
    if not callable(found):
        raise AuditError(f"{name} is no function but of type {type(found).__name__}")
    return found


def _module(home: str) -> Any:
    path = Path(home)
    if path.suffix == ".py" and not path.is_file():
        reason = "it is a folder" if path.is_dir() else "there is no such file"
        raise AuditError(f"{home} cannot be imported: {reason}")
    try:
        if path.suffix == ".py":
            return _module_of(path)
        with suppress(OSError):  # the folder was removed meanwhile
            _look_in(Path.cwd())
        return import_module(home)
    except BaseException as error:  # whatever somebody's module does while it is imported
        if isinstance(error, KeyboardInterrupt) and is_from_the_keyboard():
            raise
        raise AuditError(f"{home} cannot be imported: {said(error)}") from error


def _module_of(path: Path) -> Any:
    _look_in(path.resolve().parent)
    name = f"audited_file_{path.stem}"
    spec = spec_from_file_location(name, path)
    assert spec is not None  # of a name that ends in .py
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _look_in(folder: Path) -> None:
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    invalidate_caches()
