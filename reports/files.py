"""Files appear whole or not at all: written beside, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


class ReportError(Exception):
    """A report cannot be made as asked; the message is one clear sentence."""


class OutputError(ReportError):
    """A folder or file cannot be written."""


def write_text(path: Path, text: str) -> Path:
    """Write a text file (UTF-8, line feeds) whole or not at all; give its path back.

    Errors: `OutputError`.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; give its path back.

    Errors: `OutputError`.
    """

    def put(beside: Path) -> None:
        beside.write_bytes(content)

    return write_with(path, put)


def write_with(path: Path, writer: Callable[[Path], object]) -> Path:
    """Let `writer` write to a path beside (with the same suffix), and rename it when it is done.

    What `writer` raises goes through, and no file is left; an `OSError` becomes `OutputError`.
    """
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise _output_error(path, error) from error
    beside = Path(name)
    try:
        writer(beside)
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise _output_error(path, error) from error
    finally:
        beside.unlink(missing_ok=True)
    return path


def make_folder(path: Path) -> Path:
    """Create a folder with its parents, and make sure that files can be written there.

    Errors: `OutputError`.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise _output_error(path, error) from error
    return path


def _output_error(path: Path, error: OSError) -> OutputError:
    return OutputError(f"Cannot write {path}: {(error.strerror or str(error)).lower()}.")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
