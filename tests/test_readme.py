"""The README's tour is what a reader sees: its commands are run and its output compared."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAPTER = re.search(r'```python\n("""The square of a sum.*?)```', README, re.DOTALL)
CLAIMS = re.search(r"```json\n(.*?)```", README, re.DOTALL)
CONSOLE = re.findall(r"```console\n\$ derivations ([^\n]*)\n(.*?)```", README, re.DOTALL)


def without_seconds(text: str) -> str:
    return re.sub(r"\d+\.\d s\b", "0.0 s", text).strip()


def test_the_tour_has_commands_with_output() -> None:
    assert len(CONSOLE) >= 4
    assert all(output.strip() for _, output in CONSOLE)


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_a_command_of_the_tour_prints_what_the_readme_shows(
    command: str, output: str, tmp_path: Path
) -> None:
    assert CHAPTER is not None
    right = CHAPTER[1]
    wrong = right.replace("+ a * b + a * b", "+ a * b - a * b")
    assert wrong != right
    (tmp_path / "my_chapter.py").write_text(right, encoding="utf-8")
    (tmp_path / "wrong_chapter.py").write_text(wrong, encoding="utf-8")
    assert CLAIMS is not None
    (tmp_path / "claims.jsonl").write_text(CLAIMS[1], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "reports.cli", *command.split()],
        cwd=tmp_path,
        env=os.environ
        | {
            "COLUMNS": "80",
            "DERIVATIONS_CACHE": str(tmp_path / "kept"),
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert without_seconds(done.stdout) == without_seconds(output)
    refuted = re.search(r"\b[1-9]\d* (?:refuted|unknown)", output)
    assert done.returncode == (refuted is not None)


def test_the_python_of_the_readme_does_what_it_shows() -> None:
    found = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert found.attempted >= 5
    assert found.failed == 0
