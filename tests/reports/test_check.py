"""`derivations check`: verdicts, statuses, the JSON document, what goes where."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reports.cli import main

ROOT = Path(__file__).parent.parent.parent

PROVED = {"id": "square", "claim": "(x + 1)**2 = x**2 + 2*x + 1", "domain": {"x": "R"}}
CONSISTENT = {"id": "zeta", "claim": "zeta(3, 2) = zeta(3) - 1"}
REFUTED = {"id": "root", "claim": "sqrt(x**2) = x", "domain": {"x": "R"}}
HOLE = {"id": "hole", "claim": "x/x = 1", "domain": {"x": "R"}}
UNREADABLE = {"id": "odd", "claim": "x.real = 1", "domain": {"x": "R"}}
SLOW = {"id": "slow", "claim": "Product(1 + 1/k**2, (k, 1, 90000)) = 3"}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DERIVATIONS_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def write(path: Path, *lines: dict[str, Any] | str) -> Path:
    text = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    command = ["check", *(str(a) for a in arguments), "--points", "20"]
    return CliRunner().invoke(main, command, "derivations" if stdin is None else stdin)


def document(*arguments: str | Path, stdin: bytes | None = None) -> Any:
    result = run(*arguments, "--format", "json", stdin=stdin)
    assert result.stderr == ""
    return json.loads(result.stdout)


def verdicts(found: Any) -> list[tuple[str, str]]:
    return [(claim["id"], claim["verdict"]) for claim in found["claims"]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.jsonl"


# ---------------------------------------------------------------------------------- statuses


@pytest.mark.parametrize(
    ("claims", "require", "status"),
    [
        ([PROVED], "consistent", 0),
        ([PROVED], "proved", 0),
        ([PROVED, CONSISTENT], "consistent", 0),
        ([PROVED, CONSISTENT], "proved", 1),
        ([PROVED, REFUTED], "consistent", 1),
        ([PROVED, UNREADABLE], "consistent", 1),
    ],
)
def test_the_exit_status(path: Path, claims: list[Any], require: str, status: int) -> None:
    assert run(write(path, *claims), "--require", require).exit_code == status


def assert_wrong(result: Result, *words: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("derivations: ")
    assert all(word in line for word in words)


def test_a_file_that_is_missing_is_wrong_usage(tmp_path: Path) -> None:
    assert_wrong(run(tmp_path / "none.jsonl"), "none.jsonl", "no such file")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert_wrong(run(tmp_path), "Cannot read")


@pytest.mark.parametrize("text", ["", "\n\n  \n"])
def test_a_file_without_a_claim_is_an_error(path: Path, text: str) -> None:
    path.write_text(text)
    assert_wrong(run(path), "No claim found")


def test_one_empty_file_among_others_is_an_error(path: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert_wrong(run(write(path, PROVED), empty), "empty.jsonl")


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--timeout", "0"],
        ["--timeout", "nan"],
        ["--timeout", "inf"],
        ["--memory", "1"],
        ["--jobs", "0"],
        ["--digits", "0"],
        ["--require", "refuted"],
        ["--format", "xml"],
    ],
)
def test_wrong_options_are_wrong_usage(path: Path, options: list[str]) -> None:
    arguments = [str(write(path, PROVED)), *options] if options else []
    assert_wrong(CliRunner().invoke(main, ["check", *arguments]))


# ------------------------------------------------------------------------------------- JSON

KEYS = {
    "id", "verdict", "method", "digits", "points", "effective_points", "witness", "lhs", "rhs",
    "conditions", "reason", "seconds", "file", "line", "did_you_mean", "exceptions",
}  # fmt: skip


def test_the_document_has_what_it_promises(path: Path) -> None:
    found = document(write(path, PROVED, "", REFUTED, UNREADABLE, "{"))
    assert found["schema"] == 1
    assert found["summary"] == {"proved": 1, "consistent": 0, "refuted": 1, "unknown": 2}
    assert found["settings"]["points"] == 20
    assert verdicts(found) == [
        ("square", "proved"),
        ("root", "refuted"),
        ("odd", "unknown"),
        ("line-5", "unknown"),
    ]
    for claim, line in zip(found["claims"], (1, 3, 4, 5), strict=True):
        assert claim.keys() >= KEYS
        assert claim["file"] == str(path)
        assert claim["line"] == line
        assert isinstance(claim["conditions"], list)
        assert claim["seconds"] >= 0
    proved, refuted, odd, bad = found["claims"]
    assert proved["witness"] is proved["lhs"] is proved["did_you_mean"] is None
    assert proved["effective_points"] == 20
    assert refuted["witness"] == {"x": "-1"}
    assert (refuted["lhs"], refuted["rhs"]) == ("1", "-1")
    assert refuted["did_you_mean"] == "sqrt(x**2) = Abs(x)"
    assert odd["reason"]
    assert bad["reason"].startswith("line 5: ")


def test_other_keys_are_carried_through_untouched(path: Path) -> None:
    extra = {"source": ["a", {"b": 1.5}], "title": "für ß", "truth": False, "weight": 10**20}
    found = document(write(path, {**PROVED, **extra, "witness": {"x": 7}, "seconds": "many"}))
    (claim,) = found["claims"]
    assert {key: claim[key] for key in extra} == extra
    assert claim["claim"] == PROVED["claim"]
    assert claim["domain"] == {"x": "R"}
    assert claim["witness"] is None
    assert claim["record"] == {"witness": {"x": 7}, "seconds": "many"}


def test_ids_may_be_missing_or_odd(path: Path) -> None:
    nameless = {key: value for key, value in PROVED.items() if key != "id"}
    found = document(write(path, nameless, {**PROVED, "id": "any text, 100 %"}))
    assert verdicts(found) == [("line-1", "proved"), ("any text, 100 %", "proved")]


def test_several_files_and_standard_input_keep_their_order(path: Path, tmp_path: Path) -> None:
    second = write(tmp_path / "second.jsonl", REFUTED)
    found = document(write(path, PROVED), "-", second, stdin=json.dumps(HOLE).encode())
    assert verdicts(found) == [("square", "proved"), ("hole", "refuted"), ("root", "refuted")]
    assert [claim["file"] for claim in found["claims"]] == [
        str(path),
        "standard input",
        str(second),
    ]


def test_the_answers_do_not_depend_on_the_number_of_jobs(path: Path) -> None:
    kinds = (PROVED, REFUTED, HOLE, CONSISTENT)
    claims = [{**claim, "id": f"{claim['id']}{n}"} for n in range(3) for claim in kinds]
    write(path, *claims, "{", UNREADABLE)
    documents = []
    for jobs in ("1", "3"):
        found = document(path, "--jobs", jobs, "--no-cache")
        for claim in found["claims"]:
            del claim["seconds"]
        del found["seconds"]
        documents.append(found)
    assert documents[0] == documents[1]


def test_bad_lines_cost_their_own_answer_only(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(json.dumps(PROVED).encode() + b"\n")
        stream.write(b"\xff\xfe\x00\n")
        stream.write(b"[" * 10_000 + b"\n")
        stream.write(b'{"id": "long", "claim": "' + b"1+" * 5_000_000 + b'1 = 1"}\n')
        stream.write(b'{"id": "tower", "claim": "9**9**9**9 = 1"}\n')
        stream.write(
            b'{"id": "deep", "claim": "' + b"(" * 10_000 + b"1" + b")" * 10_000 + b' = 1"}\n'
        )
        stream.write(b'{"id": "call", "claim": "__import__(\'os\').getpid() = 1"}\n')
        stream.write(json.dumps(REFUTED).encode())
    start = time.monotonic()
    found = document(path)
    assert time.monotonic() - start < 20
    assert [claim["verdict"] for claim in found["claims"]] == [
        "proved",
        *["unknown"] * 6,
        "refuted",
    ]
    assert all(claim["reason"] for claim in found["claims"][1:7])


# ------------------------------------------------------------------------------------- limits


def test_a_claim_that_takes_too_long_is_unknown_in_time(path: Path) -> None:
    write(path, PROVED, SLOW, REFUTED)
    start = time.monotonic()
    found = document(path, "--timeout", "0.5", "--digits", "5000")
    assert time.monotonic() - start < 15
    (slow,) = (claim for claim in found["claims"] if claim["id"] == "slow")
    assert slow["verdict"] == "unknown"
    assert "time" in slow["reason"]
    assert slow["seconds"] < 2.5


def test_in_general_exceptions_are_listed(path: Path) -> None:
    found = document(write(path, HOLE), "--generic")
    (claim,) = found["claims"]
    assert claim["verdict"] == "proved"
    assert claim["exceptions"] == [{"point": "x = 0", "where": "x != 0"}]
    assert run(path, "--generic").exit_code == 0
    assert run(path).exit_code == 1


# -------------------------------------------------------------------------------------- text


def test_the_text_tells_both_values_the_witness_and_what_was_meant(path: Path) -> None:
    result = run(write(path, PROVED, REFUTED, HOLE, UNREADABLE))
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"  proved      square  .*20 points.*", lines[0])
    assert lines[1] == "  refuted     root    at x = -1"
    assert [line.strip() for line in lines[2:6]] == [
        "sqrt(x**2) = x",
        "left   1",
        "right  -1",
        "did you mean  sqrt(x**2) = Abs(x)",
    ]
    assert any('"where": "x != 0"' in line for line in lines)
    assert re.fullmatch(
        r"4 claims: 1 proved, 0 consistent, 2 refuted, 1 unknown; \d+\.\d s, seed 0", lines[-1]
    )
    assert result.stderr == ""


def test_the_text_fits_the_page(path: Path) -> None:
    long = " + ".join(f"sin({n}*x)" for n in range(1, 30))
    result = run(write(path, {"id": "long", "claim": f"{long} = 0", "domain": {"x": "R"}}))
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_text_from_outside_cannot_command_the_terminal(path: Path) -> None:
    claim = {"id": "a", "claim": "x\x1b[2J = 1", "domain": {"x": "R"}}
    result = run(write(path, claim, {"id": "\x1b]0;evil\x07", "claim": "1 = 1"}))
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


def test_several_files_have_headings(path: Path, tmp_path: Path) -> None:
    second = write(tmp_path / "second.jsonl", REFUTED)
    lines = run(write(path, PROVED), second).stdout.splitlines()
    assert str(path) in lines
    assert str(second) in lines


# ------------------------------------------------------------------------------------- cache


def test_a_second_run_takes_the_answers_from_disk(path: Path, own_cache: Path) -> None:
    write(path, PROVED, REFUTED)
    first = document(path)
    assert len(list((own_cache / "answers").glob("*/*.json"))) == 2
    second = document(path)
    del first["seconds"], second["seconds"]
    assert first == second


def test_no_cache_leaves_no_trace(path: Path, own_cache: Path) -> None:
    document(write(path, PROVED), "--no-cache")
    assert not own_cache.exists()


def test_a_cache_that_cannot_be_written_costs_one_sentence(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DERIVATIONS_CACHE", str(tmp_path / "file" / "below"))
    result = run(write(path, PROVED), "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["summary"]["proved"] == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("derivations: answers are not kept: ")


# --------------------------------------------------------------------------- the command line


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "reports.cli", "check", *map(str, arguments)]


def test_a_reader_who_goes_away_is_no_fault(path: Path) -> None:
    write(path, *({**PROVED, "id": f"a{n}"} for n in range(400)))
    shell = f"{' '.join(command(path, '--points', '5'))} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 141
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def hear_interruptions() -> None:
    """What runs in the background of a shell is deaf to Ctrl-C from its start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interruption_ends_at_once_and_leaves_no_worker(path: Path) -> None:
    text = (
        "Sum(sin(k)*log(k), (k, 1, {0})) = Sum(sin(k)*log(k), (k, 1, {0} - 1)) + sin({0})*log({0})"
    )
    slow = [{"id": f"s{end}", "claim": text.format(end)} for end in range(90000, 90008)]
    running = subprocess.Popen(
        command(write(path, *slow), "--timeout", "60", "--jobs", "2"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interruptions,  # noqa: PLW1509  (no threads here)
    )
    time.sleep(4)
    assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=15)
    assert running.returncode == 130
    assert errors.strip() == "derivations: Interrupted."
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_terminal_gets_colour_and_no_color_takes_it_away(path: Path) -> None:
    write(path, PROVED, REFUTED)
    coloured = on_a_terminal(path, NO_COLOR=None)
    assert "\x1b[" in coloured
    assert "\x1b[" not in on_a_terminal(path, NO_COLOR="1")
    assert "refuted" in coloured


def on_a_terminal(path: Path, **environment: str | None) -> str:
    outer, inner = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    for name, value in environment.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    running = subprocess.Popen(
        command(path, "--points", "5"), cwd=ROOT, env=env, stdout=inner, stderr=inner
    )
    os.close(inner)
    written = b""
    try:
        while part := os.read(outer, 4096):
            written += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(outer)
    assert running.wait() == 1
    return written.decode()
