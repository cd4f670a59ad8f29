"""Worker processes: limits that truly end, deaths that cost one answer, order, interruption."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from flint import acb, ctx, fmpz
from mpmath import mp

from numeric.deadline import OutOfTime, within
from numeric.workers import Failure, Limits, each, keep

ROOT = Path(__file__).parent.parent.parent


def square(n: int) -> int:
    return n * n


def misbehave(what: str) -> str:
    """What may go wrong in a worker."""
    match what:
        case "sleep":
            time.sleep(60)
        case "loop in C":
            fmpz(3) ** (6 * 10**8)
        case "eat in Python":
            return str(len([0] * 10**10))
        case "eat in C":
            return str(fmpz(2) ** (8 * 10**10))[:1]
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "exit as if all were well":
            os._exit(0)
        case "ignore the signal":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        case "keep, then sleep":
            keep("known early")
            time.sleep(60)
        case "keep, then die":
            keep("known early")
            os.kill(os.getpid(), signal.SIGSEGV)
    return f"{what} is done"


def naptime(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def only(what: str, **limits: float) -> object:
    """The answer for one item that misbehaves, with good ones around it that are answered."""
    bounds = Limits(seconds=limits.get("seconds", 5.0), memory=int(limits.get("memory", 512)))
    before, answer, after = each(misbehave, ["good", what, "better"], bounds)
    assert (before, after) == ("good is done", "better is done")
    return answer


def test_answers_come_in_the_order_of_the_items_whatever_the_jobs() -> None:
    naps = [0.2, 0.0, 0.1, 0.0, 0.05, 0.0]
    for jobs in (1, 2, 3):
        assert list(each(naptime, naps, Limits(), jobs)) == naps


def test_many_items_cost_little_each() -> None:
    start = time.perf_counter()
    assert list(each(square, range(2000))) == [n * n for n in range(2000)]
    assert time.perf_counter() - start < 10


def test_items_are_asked_for_as_they_are_needed() -> None:
    asked = []

    def items() -> object:
        for n in range(10**9):
            asked.append(n)
            yield n

    answers = each(square, items())  # type: ignore[arg-type]
    assert next(answers) == 0
    answers.close()  # type: ignore[attr-defined]
    assert len(asked) < 1000


@pytest.mark.parametrize("what", ["sleep", "loop in C", "ignore the signal"])
def test_the_limit_of_time_truly_ends(what: str) -> None:
    start = time.perf_counter()
    assert only(what, seconds=0.5) == Failure("out of time after 0.5 s")
    if what != "ignore the signal":
        assert time.perf_counter() - start < 2.5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's RLIMIT_AS")
@pytest.mark.parametrize("what", ["eat in Python", "eat in C"])
def test_memory_is_limited(what: str) -> None:
    assert only(what) == Failure("out of memory, 512 MB")


def test_a_crash_costs_one_answer_and_tells_the_signal() -> None:
    assert only("segfault") == Failure("the worker process died of SIGSEGV")


def test_a_worker_that_ends_costs_one_answer_and_tells_the_status() -> None:
    assert only("exit") == Failure("the worker process ended with status 3")
    well = only("exit as if all were well")
    assert well == Failure("it ended its process without an error")


@pytest.mark.parametrize("what", ["keep, then sleep", "keep, then die"])
def test_what_was_known_before_the_end_is_the_answer(what: str) -> None:
    assert only(what, seconds=0.5) == "known early"


def test_nothing_is_kept_outside_a_worker() -> None:
    keep("nowhere")


def test_an_exception_is_raised_to_the_caller() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(each(int, ["no number"]))


def test_what_a_worker_says_is_not_said_by_us(capfd: pytest.CaptureFixture[str]) -> None:
    only("eat in C")
    assert capfd.readouterr() == ("", "")


def test_every_death_is_survived_when_all_items_die() -> None:
    answers = list(each(misbehave, ["segfault"] * 6, Limits(), 2))
    assert answers == [Failure("the worker process died of SIGSEGV")] * 6


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from numeric.workers import each\n"
        "def nap(n):\n"
        f"    Path({str(tmp_path)!r}, str(os.getpid())).touch()\n"
        "    time.sleep(60)\n"
        "print(list(each(nap, [1, 2], jobs=2)))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    try:
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        workers = [int(path.name) for path in tmp_path.iterdir()]
    finally:
        parent.kill()
        parent.wait()
    if sys.platform.startswith("linux"):
        wait_until(lambda: not any(map(is_alive, workers)))


def test_an_interrupted_run_leaves_no_worker(tmp_path: Path) -> None:
    answers = each(partial(note_and_nap, str(tmp_path)), [1, 2], Limits(seconds=60), 2)
    with within(2.0) as clock:
        next(answers)
    assert clock.ended
    with pytest.raises(StopIteration):
        next(answers)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert workers
    assert not any(map(is_alive, workers))


def note_and_nap(folder: str, _number: int) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(60)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_until(condition: object, seconds: float = 20.0) -> None:
    assert callable(condition)
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds
        time.sleep(0.05)


# --------------------------------------------------------------------------------- deadlines


def forever() -> None:
    while True:
        pass


def test_a_deadline_leaves_its_block() -> None:
    with within(0.05) as clock:
        forever()
    assert clock.ended


def test_a_block_in_time_is_not_touched() -> None:
    with within(60) as clock:
        pass
    assert not clock.ended
    assert clock.left is not None
    assert clock.left > 59


def test_a_limit_of_work_does_not_count_what_others_do() -> None:
    with within(0.05, of_work=True) as clock:
        time.sleep(0.2)
    assert not clock.ended
    with within(0.05, of_work=True) as clock:
        forever()
    assert clock.ended


def test_what_is_interrupted_leaves_no_precision_of_its_own() -> None:
    before = mp.prec, ctx.prec
    with within(0.05) as clock:
        mp.prec, ctx.prec = 999, 999
        forever()
    assert clock.ended
    assert (mp.prec, ctx.prec) == before


@pytest.mark.parametrize(("outer", "inner"), [(0.05, 5.0), (5.0, 0.05)])
def test_limits_of_both_kinds_nest(outer: float, inner: float) -> None:
    with within(outer) as first, within(inner, of_work=True) as second:
        forever()
    assert (first.ended, second.ended) == (outer < inner, inner < outer)
    with within(outer, of_work=True) as first, within(inner) as second:
        forever()
    assert (first.ended, second.ended) == (outer < inner, inner < outer)


def test_no_limit_is_no_limit() -> None:
    with within(None) as clock:
        pass
    assert clock.left is None
    assert clock.share(0.5) is None


@pytest.mark.parametrize(("outer", "inner"), [(0.05, 60.0), (60.0, 0.05)])
def test_deadlines_nest(outer: float, inner: float) -> None:
    reached = False
    with within(outer) as first:
        with within(inner) as second:
            forever()
        reached = True
    assert first.ended is (outer < inner)
    assert second.ended is (inner < outer)
    assert reached is (inner < outer)


def test_the_outer_deadline_still_holds_after_an_inner_block() -> None:
    with within(0.1) as clock:
        with within(0.02):
            forever()
        with within(60):
            pass
        forever()
    assert clock.ended


def test_a_deadline_strikes_inside_its_block_only() -> None:
    """Whenever the time is over, nothing escapes from the block."""
    for number in range(3000):
        with within((number % 7) * 3e-4):
            for _ in range(number % 100 * 10):
                pass


def test_the_exception_is_no_exception_that_is_mended() -> None:
    assert not issubclass(OutOfTime, Exception)
    with within(0.05) as clock:
        while True:
            try:
                forever()
            except Exception:
                continue
    assert clock.ended


def test_a_deadline_inside_a_callback_of_compiled_code_is_a_deadline() -> None:
    def integrand(z: object, _analytic: bool) -> object:
        forever()
        return z

    with within(0.1) as clock:
        acb.integral(integrand, 0, 1)
    assert clock.ended


def test_an_exception_that_is_swallowed_comes_again() -> None:
    swallowed = []
    with within(0.05) as clock:
        while len(swallowed) < 2:
            try:
                forever()
            except OutOfTime:
                swallowed.append(1)
    assert len(swallowed) == 2
    assert clock.ended


def test_another_fault_of_compiled_code_is_no_deadline() -> None:
    with pytest.raises(SystemError), within(5):
        raise SystemError("a fault")


def test_the_handler_of_the_alarm_is_put_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(5):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
