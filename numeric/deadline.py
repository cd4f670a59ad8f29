"""A deadline that interrupts what is under way, softly: by an exception, in this process.

It reaches Python code only; a call into a library that does not return is ended from outside, see
`numeric.workers`.

>>> with within(0.05) as clock:
...     while True:
...         pass
>>> clock.ended
True
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

# A time that is over already still lets so many seconds of the block run.
_SHORTEST: Final = 1e-3
_AGAIN: Final = 0.25
_CONTEXTS: Final = (("mpmath", "mp"), ("flint", "ctx"))
_OWN_FILES: Final = frozenset({__file__, contextlib.__file__})


class OutOfTime(BaseException):
    """The time is over. No `Exception`: who mends a failed evaluation must not mend this."""


@dataclass(slots=True)
class Clock:
    """Whether the time that was given was used up; how much is left of it, None for no limit.

    `of_work` counts the time of the processor alone, so that it does not matter what else the
    machine does.
    """

    seconds: float | None
    of_work: bool = False
    ended: bool = False
    start: float = field(init=False)

    def __post_init__(self) -> None:
        # Without a limit the time is not asked for, which would take longer than what is limited.
        self.start = 0.0 if self.seconds is None else self._now()

    def _now(self) -> float:
        return time.process_time() if self.of_work else time.monotonic()

    @property
    def left(self) -> float | None:
        if self.seconds is None:
            return None
        return max(0.0, self.seconds - (self._now() - self.start))

    def share(self, part: float) -> float | None:
        """A part of the time that is left."""
        left = self.left
        return None if left is None else part * left


# The signal and the timer of each kind of clock, by `of_work`.
_ALARMS: Final[dict[bool, tuple[int, int]]] = (
    {
        False: (signal.SIGALRM, signal.ITIMER_REAL),
        True: (signal.SIGPROF, signal.ITIMER_PROF),
    }
    if hasattr(signal, "setitimer")
    else {}
)
# The clocks of the blocks under way, the outermost first.
_running: Final[list[Clock]] = []


@contextmanager
def within(seconds: float | None, *, of_work: bool = False) -> Iterator[Clock]:
    """Leave the block when `seconds` are over (of this processor's work alone, if told so);
    `clock.ended` tells whether it was left so.

    None is no limit. Blocks may be nested: an outer one ends the inner ones with it. Where no
    signal can be caught (another thread than the main one, Windows) the block is not interrupted.
    """
    clock = Clock(seconds, of_work)
    if seconds is None or not _can_interrupt():
        yield clock
        return
    number, timer = _ALARMS[of_work]
    precisions = _precisions()
    before = signal.signal(number, _interrupt)
    _running.append(clock)
    try:
        _arm()
        yield clock
    except (OutOfTime, SystemError) as error:
        # A callback of compiled code that is interrupted becomes a SystemError.
        if any(outer.ended for outer in _running[:-1]):
            raise OutOfTime from None
        if not clock.ended:
            raise error from None
    finally:
        signal.setitimer(timer, 0)
        _running.pop()
        signal.signal(number, before)
        _arm()
        # What is interrupted while it sets a precision back leaves its own.
        for context, bits in precisions if clock.ended else ():
            if context.prec != bits:
                context.prec = bits


def _precisions() -> list[tuple[Any, int]]:
    """The contexts of the libraries that are loaded, and their precisions."""
    contexts = [getattr(sys.modules.get(name), inside, None) for name, inside in _CONTEXTS]
    return [(context, context.prec) for context in contexts if context is not None]


def _interrupt(number: int, frame: FrameType | None) -> None:
    if frame is not None and frame.f_code.co_filename in _OWN_FILES:
        # On the way into a block or out of it nobody could catch the exception.
        signal.setitimer(_timer_of(number), _SHORTEST)
        return
    over = [clock for clock in _running if not clock.left]
    if not over:
        _arm()
        return
    for clock in over:
        clock.ended = True
    # Should somebody on the way swallow the exception, it comes again.
    signal.setitimer(_timer_of(number), _AGAIN)
    raise OutOfTime


def _timer_of(number: int) -> int:
    return next(timer for own, timer in _ALARMS.values() if own == number)


def _arm() -> None:
    """Let each alarm ring when the first of its clocks is over."""
    for of_work, (_, timer) in _ALARMS.items():
        left = [
            clock.left for clock in _running if clock.of_work is of_work and clock.left is not None
        ]
        if left:
            signal.setitimer(timer, max(min(left), _SHORTEST))


def _can_interrupt() -> bool:
    return bool(_ALARMS) and threading.current_thread() is threading.main_thread()
