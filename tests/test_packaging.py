"""The wheel holds the three packages and nothing else, and works far from the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from derivations.catalogue import shipped
from reports.book import write_report
from tests.kept import DERIVATIONS, kept_report

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("derivations", "numeric", "reports")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside of this process's Python settings; fail with all it said."""
    settings = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COLUMNS")
    environment = {k: v for k, v in os.environ.items() if k not in settings}
    environment["PYTHONHASHSEED"] = "1"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    said = f"\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, f"{command} gave exit status {done.returncode}{said}"
    return done


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packaged, with a report lying where `make report` writes it.

    .gitignore stays behind: what keeps the report out must be the project's own settings.
    """
    copy = tmp_path_factory.mktemp("source")
    unwanted = shutil.ignore_patterns("__pycache__", "build")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=unwanted)
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    build = copy / "reports" / "build"
    build.mkdir()
    (build / "book.tex").write_text("written by make report", encoding="utf-8")
    (build / "stray.py").write_text("raise SystemExit", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", dist, cwd=source)
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names_in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_has_exactly_three_packages_at_its_top(names_in_wheel: set[str]) -> None:
    top = {name.split("/")[0] for name in names_in_wheel}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert top == {*PACKAGES, f"derivations-{version}.dist-info"}


def test_the_wheel_holds_every_file_of_the_packages_and_no_built_report(
    source: Path, names_in_wheel: set[str]
) -> None:
    built = source / "reports" / "build"
    wanted = {
        path.relative_to(source).as_posix()
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file() and built not in path.parents
    }
    assert {name for name in names_in_wheel if ".dist-info/" not in name} == wanted


def test_the_wheel_carries_templates_and_type_markers(names_in_wheel: set[str]) -> None:
    assert {f"{package}/py.typed" for package in PACKAGES} <= names_in_wheel
    data = {n for n in names_in_wheel if n.startswith("reports/") and not n.endswith(".py")}
    assert data - {"reports/py.typed"}, "templates and styles are package data"


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {n.partition(".dist-info/")[2]: n for n in archive.namelist() if ".dist-info/" in n}
        assert "licenses/LICENSE" in info
        commands = archive.read(info["entry_points.txt"]).decode()
    assert "derivations = reports.cli:main" in commands


def test_the_source_distribution_holds_the_packages_and_no_built_report(
    source: Path, tmp_path: Path
) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "-o", tmp_path, cwd=source)
    (found,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", *(f"{p}/py.typed" for p in PACKAGES)} <= names
    assert not {name for name in names if name.startswith("reports/build")}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new virtual environment that holds the wheel.

    The wheel is installed for real. Its dependencies are seen where they already are, through a
    .pth file, which keeps this fast and off the network; such a file does not make Python read
    the .pth files beside the dependencies, so the checkout stays out of sight. It is written
    last: pip shall find nothing there to uninstall.
    """
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python", "--quiet")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    site = run(
        scripts / "python",
        *("-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"),
        cwd=home,
    ).stdout.strip()
    here = dict.fromkeys(sysconfig.get_path(key) for key in ("purelib", "platlib"))
    Path(site, "dependencies.pth").write_text("\n".join(here) + "\n", encoding="utf-8")
    return scripts


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_an_installed_wheel_is_what_python_imports(
    installed: Path, package: str, tmp_path: Path
) -> None:
    ask = f"import {package}; print({package}.__file__)"
    imported = Path(run(installed / "python", "-I", "-c", ask, cwd=tmp_path).stdout.strip())
    assert installed.parent.resolve() in imported.resolve().parents


@pytest.mark.slow
def test_an_installed_wheel_lists_the_chapters(installed: Path, tmp_path: Path) -> None:
    listed = run(installed / "derivations", "list", cwd=tmp_path).stdout
    assert "sigmoid.derivative" in listed
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_an_installed_wheel_writes_the_report_beside_its_caller(
    installed: Path, tmp_path: Path
) -> None:
    """The main job: every file is the same as this process makes it, with another hash seed and
    from another folder."""
    caller = tmp_path / "caller"
    caller.mkdir()
    job = (installed / "derivations", "report", "--pdf", "never", "--no-kernels", "--jobs", "2")
    run(*job, cwd=caller)
    assert [path.name for path in caller.iterdir()] == ["derivations-report"]
    report = caller / "derivations-report"
    here = tmp_path / "here"
    reports = [kept_report(id) for id in DERIVATIONS]
    written = write_report(shipped(), reports, here, "never")
    names = {path.relative_to(here) for path in written}
    assert names == {path.relative_to(report) for path in report.rglob("*") if path.is_file()}
    assert {Path("book.tex"), Path("summary.md"), Path("sigmoid.derivative.tex")} <= names
    differing = [n for n in names if (report / n).read_bytes() != (here / n).read_bytes()]
    assert not sorted(differing)
