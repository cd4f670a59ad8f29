"""Worker processes with a limit of time that kills, and a limit of memory.

One item that hangs, eats memory or crashes a library costs its own answer, never the run. The
answers come in the order of the items, and do not depend on how many workers there are.

>>> list(each(abs, [-1, 2], Limits(seconds=5)))
[1, 2]
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any, Final, Generic, NoReturn, TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")
R = TypeVar("R")

# A worker that ran out of memory in Python ends with this status: what it holds is in doubt.
_OUT_OF_MEMORY: Final = 86
# And with this one where an item ended it with status 0, which pebble would take for a good end.
_ENDED_ITSELF: Final = 87
# So many items for each worker are under way or wait, so that one slow item stops no other.
_AHEAD: Final = 32
# How often an item is tried again when the workers broke down without a word about it.
_TRIES: Final = 2
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
# What a C library says, before it aborts, when it gets no memory.
_MEMORY_WORDS: Final = ("allocate memory", "out of memory", "bad_alloc")


@dataclass(frozen=True, slots=True)
class Limits:
    """For each item: the seconds that it may take, and the MB that it may use besides what the
    worker starts with."""

    seconds: float = 10.0
    memory: int = 2048


@dataclass(frozen=True, slots=True)
class Failure:
    """An item without an answer, and why, as the end of a sentence."""

    reason: str


@dataclass(slots=True)
class _Waiting(Generic[T]):
    serial: int
    item: T
    future: Future[Any]
    tries: int = 0


def each(
    function: Callable[[T], R],
    items: Iterable[T],
    limits: Limits = Limits(),
    jobs: int = 1,
) -> Iterator[R | Failure]:
    """What `function` makes of each item, or why there is no answer, in the order of the items.

    `function` is a module's own function (or a partial of one); it runs in one of `jobs` worker
    processes, which are forked where the system can do that, so that what is imported already is
    there at once. Where it is ended by a limit or dies, its answer is the one that it gave to
    `keep`, if it did.
    """
    coming = enumerate(items)
    waiting: deque[_Waiting[T]] = deque()
    with tempfile.TemporaryDirectory(prefix="derivations-") as folder:
        last_words = Path(folder)
        pool = _pool(jobs, limits, last_words)

        def start(serial: int, item: T) -> Future[Any]:
            future: Future[Any] = pool.schedule(
                _served,
                args=(function, item, str(last_words / f"answer-{serial}")),
                timeout=limits.seconds,
            )
            return future

        try:
            while True:
                for serial, item in islice(coming, _AHEAD * jobs - len(waiting)):
                    waiting.append(_Waiting(serial, item, start(serial, item)))
                if not waiting:
                    break
                first = waiting[0]
                try:
                    answer = first.future.result()
                except TimeoutError:
                    answer = Failure(f"out of time after {limits.seconds:g} s")
                except ProcessExpired as error:
                    answer = Failure(_why(error, limits, last_words))
                except _BROKEN as error:
                    first.tries += 1
                    if first.tries < _TRIES:
                        _end(pool)
                        pool = _pool(jobs, limits, last_words)
                        for one in waiting:
                            one.future = start(one.serial, one.item)
                        continue
                    answer = Failure(f"the workers broke down ({type(error).__name__}): {error}")
                waiting.popleft()
                early = last_words / f"answer-{first.serial}"
                yield _or_early(answer, early) if isinstance(answer, Failure) else answer
                early.unlink(missing_ok=True)
            pool.close()  # type: ignore[no-untyped-call]
            pool.join()
        finally:
            # Whoever interrupts, or reads no further, does not wait for what is under way.
            _end(pool)


# pebble ends a pool of which all workers died at once by a RuntimeError in each future, and
# refuses new work by another.
_BROKEN: Final = (RuntimeError, OSError)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _pool(jobs: int, limits: Limits, last_words: Path) -> ProcessPool:
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    return ProcessPool(
        max_workers=jobs,
        initializer=_begin,
        initargs=(limits.memory, str(last_words), os.getpid()),
        context=get_context(method),
    )


# ------------------------------------------------------------------------------ in the worker


def _begin(memory: int, last_words: str, parent: int) -> None:
    """What a worker does first: bound its memory, and keep what it says to itself."""
    # A call into a library would keep Python from hearing of it.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()  # a signal is told in one sentence
    _die_with(parent)
    with suppress(OSError):
        words = os.open(Path(last_words, str(os.getpid())), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):  # FLINT speaks on standard output
            os.dup2(words, stream)
        os.close(words)
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    most = _size() + memory * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard not in (resource.RLIM_INFINITY, -1):
        most = min(most, hard)
    with suppress(ValueError, OSError):  # macOS refuses a limit below what it counts itself
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _size() -> int:
    """The bytes of address space that this process has already."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE
    except (OSError, ValueError):
        return 0


def _die_with(parent: int) -> None:
    """On Linux: let the kernel end this process when its parent is killed."""
    with suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.name == "posix" and os.getppid() != parent:
        os._exit(1)


# Where the answer goes that is known before the work is done.
_early: Path | None = None


def keep(answer: object) -> None:
    """Remember an answer, should the work that follows be ended by a limit, or crash.

    Outside a worker process this does nothing.
    """
    if _early is not None:
        half = _early.with_suffix(".half")
        half.write_bytes(pickle.dumps(answer))
        half.replace(_early)


def _served(function: Callable[[T], R], item: T, early: str) -> R:
    global _early  # noqa: PLW0603 (a worker has one item at a time)
    _early = Path(early)
    try:
        with _no_silent_end():
            return function(item)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


@contextmanager
def _no_silent_end() -> Iterator[None]:
    """An item that ends its process with status 0 is not to be waited for."""
    end, own = os._exit, os.getpid()

    def ended(status: int) -> NoReturn:
        end(_ENDED_ITSELF if status == 0 and os.getpid() == own else status)

    os._exit = ended
    try:
        yield
    finally:
        os._exit = end


def _or_early(failure: Failure, early: Path) -> Any:
    """The answer that was kept, if any; the folder is this process's own."""
    try:
        return pickle.loads(early.read_bytes())
    except FileNotFoundError:
        return failure


# ------------------------------------------------------------------------------ why it died


def _why(error: ProcessExpired, limits: Limits, last_words: Path) -> str:
    status = error.exitcode
    words = _words(last_words / str(error.pid))
    if status == _OUT_OF_MEMORY or any(sign in words.lower() for sign in _MEMORY_WORDS):
        return f"out of memory, {limits.memory} MB"
    if status == _ENDED_ITSELF:
        return "it ended its process without an error"
    if status is not None and status < 0:
        return f"the worker process died of {_signal_name(-status)}{': ' * bool(words)}{words}"
    return f"the worker process ended with status {status}{': ' * bool(words)}{words}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _words(path: Path) -> str:
    """The last line that the worker wrote, if any."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip()]
    return said[-1][:200] if said else ""
