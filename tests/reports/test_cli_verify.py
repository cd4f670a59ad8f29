"""`derivations verify` and `report` on somebody's own chapter: verdicts, statuses, documents."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from reports.cli import main
from reports.files import OutputError

ROOT = Path(__file__).parent.parent.parent

TRUE = '''"""Squares of sums."""

from derivations.core import Claim, Reals, Remark, algebra, derive, symbol

a, b = symbol("a"), symbol("b")

SQUARE = derive(
    Claim("mine.square", (a + b) ** 2, "=", a**2 + 2 * a * b + b**2, on={a: Reals, b: Reals}),
    (a**2 + 2 * a * b + b**2, algebra("expand")),
)
'''
FALSE = TRUE.replace("2 * a * b", "3 * a * b").replace("mine.", "false.")
MISLABELLED = TRUE.replace("algebra", "chain_rule").replace("mine.", "mislabelled.")
CIRCLE = TRUE + (
    "from derivations.core import using\n"
    "ONE = Claim('c.one', a, '=', a + 0, on={a: Reals})\n"
    "TWO = derive(Claim('c.two', a, '=', a + 0, on={a: Reals}), (a + 0, using(ONE)))\n"
    "BACK = derive(ONE, (a + 0, using(TWO)))\n"
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def verify(path: Path, *options: str) -> Result:
    return run("verify", path, "--points", "20", "--jobs", "1", *options)


# -------------------------------------------------------------------------------- verdicts


def test_a_true_chapter_passes_with_a_line_for_its_claim(tmp_path: Path) -> None:
    result = verify(write(tmp_path / "mine.py", TRUE))
    assert result.exit_code == 0
    heading, line, _, closing = result.stdout.splitlines()
    assert heading == "mine  Squares of sums"
    assert re.match(r"  (proved    |consistent)  mine\.square  ", line)
    assert re.match(r"1 claim: \d proved, \d consistent, 0 refuted, 0 unknown; ", closing)
    assert closing.endswith("seed 0")
    assert result.stderr == ""


def test_a_false_chapter_fails_with_both_lines_and_a_witness(tmp_path: Path) -> None:
    result = verify(write(tmp_path / "mine.py", FALSE))
    assert result.exit_code == 1
    assert "refuted     false.square" in result.stdout
    assert re.search(r"false\.square, step 1 \(expand\) is refuted at a = ", result.stdout)
    assert re.search(r"^ +\(a \+ b\)\*\*2 +[=:] ", result.stdout, re.MULTILINE)
    assert re.search(r"^ +a\*\*2 \+ 3\*a\*b \+ b\*\*2 +[=:] ", result.stdout, re.MULTILINE)
    assert ", 1 refuted," in result.stdout


def test_a_mislabelled_reason_fails(tmp_path: Path) -> None:
    result = verify(write(tmp_path / "mine.py", MISLABELLED))
    assert result.exit_code == 1
    assert "mislabelled.square, step 1" in result.stdout


def test_true_and_false_chapters_together_fail(tmp_path: Path) -> None:
    paths = (write(tmp_path / "one.py", TRUE), write(tmp_path / "two.py", FALSE))
    result = run("verify", *paths, "--points", "20", "--jobs", "1")
    assert result.exit_code == 1
    assert "mine.square" in result.stdout
    assert "2 claims:" in result.stdout


def test_json_is_one_document_and_tells_the_witness(tmp_path: Path) -> None:
    result = verify(write(tmp_path / "mine.py", FALSE), "--format", "json", "--seed", "7")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["schema"] == 1
    assert document["settings"] == {"digits": 50, "points": 20, "seed": 7}
    assert document["summary"] == {"proved": 0, "consistent": 0, "refuted": 1, "unknown": 0}
    (claim,) = document["claims"]
    assert claim["id"] == "false.square"
    assert claim["verdict"] == "refuted"
    assert set(claim["witness"]) == {"a", "b"}
    assert len(claim["steps"]) == 1
    assert result.stderr == ""


def test_the_verdicts_do_not_depend_on_the_number_of_jobs(tmp_path: Path) -> None:
    paths = [write(tmp_path / "one.py", TRUE), write(tmp_path / "two.py", FALSE)]
    documents = []
    for jobs in ("1", "2"):
        result = run("verify", *paths, "--points", "20", "--jobs", jobs, "--format", "json")
        text = re.sub(r'"seconds": [\d.]+', '"seconds": 0', result.stdout)
        documents.append(json.loads(text))
    assert documents[0] == documents[1]


# ------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TRUE.replace(", b: Reals", ""), "no domain for b"),
        ("x = 1\n", "defines no claim"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("x = = 1\n", "line 1: invalid syntax"),
        ("from derivations.core import *\nN = Remark('a.b', 'c', 'd')\n", "No claim found"),
    ],
    ids=["no domain", "no claim", "raises", "syntax", "only remarks"],
)
@pytest.mark.parametrize("name", ["verify", "report"])
def test_a_bad_chapter_is_one_sentence_and_nothing_is_written(
    name: str, text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "mine.py", text)
    result = run(name, "mine.py")
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_claims_that_use_each_other_are_one_sentence(tmp_path: Path) -> None:
    result = verify(write(tmp_path / "mine.py", CIRCLE))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line == "derivations: claims use each other in a circle: c.two -> c.one -> c.two."


def test_a_published_chapter_that_cannot_be_loaded_is_no_pass_of_everything() -> None:
    from reports.cli import _status

    broken = SimpleNamespace(broken=(("it", "is broken."),))
    assert _status([], broken, ()) == 2  # type: ignore[arg-type]
    assert _status([], broken, ("sigmoid",)) == 0  # type: ignore[arg-type]


# ------------------------------------------------------------------------------ the terminal


def test_a_bar_is_shown_only_where_somebody_watches(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.py", TRUE)
    arguments = ["verify", str(path), "--points", "20", "--jobs", "1", "--format", "json"]
    program = "from reports.cli import main; main()"
    watcher, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=terminal,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm"},
        check=True,
    )
    os.close(terminal)
    assert json.loads(done.stdout)["schema"] == 1
    assert b"Verifying" in os.read(watcher, 100_000)
    os.close(watcher)


def test_ctrl_c_ends_in_one_word(tmp_path: Path) -> None:
    program = "from reports.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "verify", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # What runs in the background of a shell is deaf to Ctrl-C from its start.
        preexec_fn=lambda: signal.signal(  # noqa: PLW1509  (no threads here)
            signal.SIGINT, signal.default_int_handler
        ),
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the first chapter's heading: it has begun
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert said.strip() == "derivations: Interrupted."
    assert process.returncode == 130


# --------------------------------------------------------------------------------- report


def test_an_unwritable_folder_is_one_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.py", TRUE)
    result = run("report", path, "--out", path, "--jobs", "1")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("derivations: Cannot write ")
    assert path.read_text(encoding="utf-8") == TRUE


def test_a_failing_writer_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> list[Path]:
        raise OutputError("Cannot write book.tex: no space left on device.")

    monkeypatch.setitem(sys.modules, "reports.book", SimpleNamespace(write_report=fails))
    result = run("report", write(tmp_path / "m.py", TRUE), "--out", tmp_path / "o", "--jobs", "1")
    assert result.exit_code == 2
    assert result.stderr == "derivations: Cannot write book.tex: no space left on device.\n"


def test_the_writer_gets_chapters_reports_folder_and_wish_for_pdfs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []

    def write_report(*arguments: object) -> list[Path]:
        seen.append(arguments)
        return [tmp_path / "book.tex"]

    monkeypatch.setitem(sys.modules, "reports.book", SimpleNamespace(write_report=write_report))
    out = tmp_path / "out"
    result = run("report", write(tmp_path / "m.py", FALSE), "--out", out, "--pdf", "never")
    ((chapters, reports, folder, pdf),) = seen
    assert [chapter.name for chapter in chapters] == ["m"]  # type: ignore[attr-defined]
    assert [report.id for report in reports] == ["false.square"]  # type: ignore[attr-defined]
    assert (folder, pdf) == (out, "never")
    assert result.exit_code == 1  # written, and still not all passes
    assert "refuted     false.square" in result.stdout
