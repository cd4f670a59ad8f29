"""The command: what it prints where, its exit statuses, and one sentence for every fault."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivations import catalogue
from reports.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, [str(a) for a in arguments], "derivations")


def command(*arguments: str, program: str = "from reports.cli import main; main()") -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def assert_one_sentence(result: Result, status: int = 2) -> str:
    """The command failed with one line on standard error and nothing on standard output."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("derivations: ")
    assert line.endswith((".", "?"))
    assert "Traceback" not in result.stderr
    return line


# --------------------------------------------------------------------------- list and show


def test_list_prints_every_id() -> None:
    result = run("list")
    assert result.exit_code == 0
    words = {line.split()[0] for line in result.stdout.splitlines() if line}
    assert {member.id for member in catalogue.members()} <= words
    assert result.stderr == ""


def test_list_as_json_is_one_document_with_its_schema() -> None:
    result = run("list", "--format", "json")
    document = json.loads(result.stdout)
    assert document["schema"] == 1
    ids = [member["id"] for chapter in document["chapters"] for member in chapter["members"]]
    assert ids == [member.id for member in catalogue.members()]
    assert result.stderr == ""


def test_show_prints_the_claim_and_its_steps() -> None:
    result = run("show", "sigmoid.derivative")
    assert result.exit_code == 0
    assert "Derivative(sigma(x), x) = sigma(x)*(1 - sigma(x))" in result.stdout
    assert "(algebra: add and subtract 1)" in result.stdout
    assert "for x in R" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_show_as_json_tells_the_claim_in_full() -> None:
    document = json.loads(run("show", "sigmoid.derivative", "--format", "json").stdout)
    assert document["schema"] == 1
    (member,) = document["members"]
    assert member["domain"] == {"x": "R"}
    assert member["definitions"] == {"sigma(x)": "1/(1 + exp(-x))"}
    assert member["steps"][-1] == {
        "rel": "=",
        "line": "sigma(x)*(1 - sigma(x))",
        "theory": "fold",
        "reason": "definition of sigma, read backwards",
    }


def test_show_as_latex_has_one_row_for_each_step() -> None:
    result = run("show", "sigmoid.derivative", "--format", "latex")
    assert result.stdout.count(r"&& \text{") == 7
    assert r"\begin{align*}" in result.stdout


def test_show_of_a_prefix_shows_all_below_it() -> None:
    document = json.loads(run("show", "sigmoid", "--format", "json").stdout)
    ids = [member["id"] for member in document["members"]]
    assert ids == [m.id for m in catalogue.members() if m.id.startswith("sigmoid.")]


# --------------------------------------------------------------------------------- versions


def test_the_versions_that_matter_are_printed() -> None:
    result = run("--version")
    names = [line.rpartition(" ")[0] for line in result.stdout.splitlines()]
    assert names == ["derivations", "Python", "SymPy", "mpmath", "python-flint", "NumPy"]
    assert result.exit_code == 0


# ---------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["list", "--no-such-option"],
        ["list", "--format", "xml"],
        ["no-such-command"],
        ["show"],
        ["show", "no.such.id"],
        ["show", "no_such_file.py"],
        ["show", "textwrap"],
        ["verify", "no.such.id"],
        ["verify", "--digits", "many"],
        ["verify", "--points", "0"],
        ["verify", "--jobs", "0"],
        ["verify", "--seed"],
        ["report", "no.such.id"],
        ["report", "--pdf", "perhaps"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_and_status_2(arguments: list[str]) -> None:
    assert_one_sentence(run(*arguments))


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    line = assert_one_sentence(run("show", "sigmoid.derivativ"))
    assert "did you mean sigmoid.derivative" in line


def test_a_call_without_a_command_prints_the_help_on_standard_error() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: derivations")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: derivations {name}")


def test_a_fault_of_the_toolkit_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(targets: object) -> None:
        raise RuntimeError("impossible")

    monkeypatch.setattr(catalogue, "select", broken)
    result = run("list")
    assert result.exit_code == 2
    assert "please report it" in result.stderr


# -------------------------------------------------------------------------- the environment


def test_list_loads_no_heavy_library() -> None:
    program = (
        "import sys, click\n"
        "from reports.cli import main\n"
        "try:\n    main(['list'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'sympy', 'mpmath', 'flint', 'numpy', 'scipy', 'matplotlib', 'jinja2', 'pebble'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(command(program=program), capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_a_reader_that_goes_away_is_met_in_silence() -> None:
    with subprocess.Popen(
        command("list"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name != "posix", reason="closes a stream as a shell does")
@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_closed_stream_is_no_fault(closed: str) -> None:
    words = shlex.join(command("list"))
    done = subprocess.run(["sh", "-c", f"{words} {closed}>&-"], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command("list"), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (
        2,
        "derivations: Cannot go on: no space left on device.\n",
    )


def test_a_narrow_encoding_does_not_stop_the_output(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from derivations.core import *\nN = Remark('a.b', 'é', 'Gauß')\n", encoding="utf-8"
    )
    done = subprocess.run(
        command("show", "mine.py"),
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert r"Gau\xdf" in done.stdout


def test_what_a_chapter_prints_goes_to_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("from derivations.core import *\nprint('hello')\nN = Remark('a.b', 'c', 'd')\n")
    result = run("show", path, "--format", "json")
    assert json.loads(result.stdout)["members"][0]["id"] == "a.b"
    assert result.stderr == "hello\n"


def test_a_broken_published_chapter_is_told_and_the_others_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "fake_broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[derivations.chapters]\nbroken = fake_broken_module\n")
    (tmp_path / "fake_broken_module.py").write_text("raise KeyError('lost')\n")
    monkeypatch.syspath_prepend(tmp_path)
    result = run("list")
    assert result.exit_code == 0
    assert "sigmoid.derivative" in result.stdout
    (line,) = result.stderr.splitlines()
    assert "broken = fake_broken_module" in line
    assert "KeyError" in line
    assert_one_sentence(run("show", "broken"))
