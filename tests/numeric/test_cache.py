"""Answers on disk: found again, never wrong, whatever happened to the files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from derivations.reading.records import Record, read_records
from numeric import cache as cache_module
from numeric.answers import Asked, answers, as_entry, from_entry
from numeric.cache import Cache, folder
from numeric.evidence import Evidence, Verdict, Witness

ROOT = Path(__file__).parent.parent.parent
QUESTION = {"record": {"id": "a", "claim": "1 = 1"}, "asked": {"digits": 50}}
ANSWER = {"id": "a", "verdict": "proved"}

LINES = [
    b'{"id": "square", "claim": "(x + 1)**2 = x**2 + 2*x + 1", "domain": {"x": "R"}}',
    b'{"id": "root", "claim": "sqrt(x**2) = x", "domain": {"x": "R"}}',
    b'{"id": "bad", "claim": "x +", "domain": {"x": "R"}}',
]


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def entries(place: Path) -> list[Path]:
    return sorted((place / "answers").glob("*/*.json"))


def asked_of(records: list[Record], kept: Cache | None, **options: int) -> list[Evidence]:
    return list(answers(records, Asked(points=20, **options), cache=kept))


@pytest.fixture
def records() -> list[Record]:
    return list(read_records(LINES))


# ----------------------------------------------------------------------------------- entries


def test_what_was_put_is_got(kept: Cache) -> None:
    assert kept.get(QUESTION) is None
    kept.put(QUESTION, ANSWER)
    assert kept.get(QUESTION) == ANSWER
    assert Cache(kept.place).get(QUESTION) == ANSWER


@pytest.mark.parametrize(
    "other",
    [
        {**QUESTION, "asked": {"digits": 60}},
        {**QUESTION, "record": {"id": "b", "claim": "1 = 1"}},
        {**QUESTION, "record": {"id": "a", "claim": "1 = 2"}},
        {**QUESTION, "record": {"id": "a", "claim": "1 = 1", "where": "x > 0"}},
    ],
)
def test_another_question_has_no_answer(kept: Cache, other: dict[str, object]) -> None:
    kept.put(QUESTION, ANSWER)
    assert kept.get(other) is None


def test_other_versions_or_sources_have_no_answer(
    kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.put(QUESTION, ANSWER)
    monkeypatch.setattr(cache_module, "fingerprint", lambda: "another one")
    assert kept.get(QUESTION) is None


def test_the_fingerprint_tells_every_version_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_module.fingerprint()
    assert before == cache_module.fingerprint.__wrapped__()
    for name in ("derivations", "sympy", "mpmath", "python-flint"):
        with monkeypatch.context() as patched:
            right = cache_module.version
            patched.setattr(
                cache_module,
                "version",
                lambda library, right=right, name=name: (
                    "0.0.0" if library == name else right(library)
                ),
            )
            assert cache_module.fingerprint.__wrapped__() != before


def test_a_changed_source_changes_the_fingerprint(tmp_path: Path) -> None:
    """A developer who changes the toolkit never gets an answer of the toolkit before."""
    for package in ("derivations", "numeric"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    source = (ROOT / "numeric" / "cache.py").read_text(encoding="utf-8")
    copy = tmp_path / "numeric" / "cache.py"
    seen = set()
    for text in (source, source + "\n# changed\n"):
        copy.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-B", "-c", "from numeric.cache import *; print(fingerprint())"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 2


SPOILT = {
    "empty": b"",
    "cut": None,
    "not JSON": b"\x00\xff\xfe",
    "another shape": b"[1, 2]",
    "nested": b"[" * 100_000,
    "no answer": b'{"question": 1}',
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_entry_is_passed_over_and_written_again(kept: Cache, how: str) -> None:
    kept.put(QUESTION, ANSWER)
    (path,) = entries(kept.place)
    spoilt = SPOILT[how]
    path.write_bytes(path.read_bytes()[:-20] if spoilt is None else spoilt)
    assert kept.get(QUESTION) is None
    kept.put(QUESTION, ANSWER)
    assert kept.get(QUESTION) == ANSWER


def test_an_entry_with_another_verdict_is_passed_over(kept: Cache) -> None:
    kept.put(QUESTION, {**ANSWER, "verdict": "refuted"})
    (path,) = entries(kept.place)
    path.write_text(path.read_text(encoding="utf-8").replace("refuted", "proved"))
    assert kept.get(QUESTION) is None


def test_an_entry_in_the_place_of_another_is_passed_over(kept: Cache) -> None:
    other = {**QUESTION, "asked": {"digits": 60}}
    kept.put(QUESTION, ANSWER)
    (path,) = entries(kept.place)
    text = path.read_bytes()
    path.unlink()
    kept.put(other, ANSWER)
    (path,) = entries(kept.place)
    path.write_bytes(text)
    assert kept.get(other) is None


def test_evidence_survives_the_way_to_disk_and_back() -> None:
    full = Evidence(
        "a",
        Verdict.REFUTED,
        "m",
        witness=Witness((("x", "1"), ("y", "2")), "3", "4"),
        conditions=("x > 0",),
        sizes=("n = 1",),
        did_you_mean="x = x",
        exceptions=(("x = 0", "x != 0"),),
        seconds=0.25,
    )
    assert from_entry(json.loads(json.dumps(as_entry(full)))) == full
    assert from_entry({"verdict": "perhaps"}) is None
    assert from_entry({**as_entry(full), "unheard": 1}) is None


# ------------------------------------------------------------------------------------ places


def test_the_folder_is_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    monkeypatch.delenv("DERIVATIONS_CACHE", raising=False)
    assert folder() == Path("/somewhere/derivations")
    monkeypatch.setenv("DERIVATIONS_CACHE", "/own")
    assert folder() == Path("/own")


def test_a_folder_that_cannot_be_written_costs_a_sentence(
    tmp_path: Path, records: list[Record]
) -> None:
    (tmp_path / "file").touch()
    without = Cache(tmp_path / "file" / "below")
    assert without.trouble.startswith("answers are not kept: ")
    assert [one.verdict.value for one in asked_of(records, without)] == [
        "proved",
        "refuted",
        "unknown",
    ]
    assert without.get(QUESTION) is None


def test_a_folder_that_vanishes_costs_no_answer(kept: Cache, records: list[Record]) -> None:
    (kept.place / "answers").rmdir()
    assert len(asked_of(records, kept)) == 3
    assert kept.trouble


def test_old_answers_are_thrown_away_and_new_ones_stay(kept: Cache) -> None:
    kept.put(QUESTION, ANSWER)
    other = {**QUESTION, "asked": {"digits": 60}}
    kept.put(other, ANSWER)
    (kept.place / "swept").unlink()
    old = kept._path(QUESTION)
    os.utime(old, (0, 0))
    left_half_done = old.with_name("x.123-4")
    left_half_done.touch()
    os.utime(left_half_done, (0, 0))
    again = Cache(kept.place)
    assert entries(kept.place) == [kept._path(other)]
    assert not left_half_done.exists()
    assert again.get(other) == ANSWER


# ----------------------------------------------------------------------------------- answers


def test_an_answer_is_found_again_without_any_work(
    kept: Cache, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked_of(records, kept)
    monkeypatch.setattr("numeric.answers._worked_out", _no_work)
    assert asked_of(records, Cache(kept.place)) == first


def _no_work(*_: object) -> Iterator[Evidence]:
    raise AssertionError("this answer is on disk")
    yield


def test_what_is_on_disk_needs_neither_sympy_nor_mpmath_nor_flint(
    tmp_path: Path, records: list[Record]
) -> None:
    asked_of(records, Cache(tmp_path / "kept"))
    (tmp_path / "claims.jsonl").write_bytes(b"\n".join(LINES))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from derivations.reading.records import lines_of, read_records\n"
        "from numeric.answers import Asked, answers\n"
        "from numeric.cache import Cache\n"
        f"records = list(read_records(lines_of(open({str(tmp_path / 'claims.jsonl')!r}, 'rb'))))\n"
        f"kept = Cache(Path({str(tmp_path / 'kept')!r}))\n"
        "print(*(e.verdict for e in answers(records, Asked(points=20), cache=kept)))\n"
        "print({'sympy', 'mpmath', 'flint', 'pebble', 'numpy'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["proved refuted unknown", "set()"]


@pytest.mark.parametrize(
    "options", [{"seed": 1}, {"digits": 30}, {"generic": True}], ids=["seed", "digits", "generic"]
)
def test_other_options_are_other_questions(
    kept: Cache, records: list[Record], options: dict[str, int]
) -> None:
    asked_of(records, kept)
    count = len(entries(kept.place))
    asked_of(records, kept, **options)
    assert len(entries(kept.place)) == 2 * count


def test_what_ended_by_a_limit_is_not_kept(kept: Cache) -> None:
    slow = list(read_records([b'{"id": "s", "claim": "Sum(1/k**2, (k, 1, 90000)) = 1"}']))
    (found,) = answers(slow, Asked(), seconds=0.02, cache=kept)
    assert found.limited
    assert entries(kept.place) == []


def test_two_runs_at_once_leave_whole_answers(tmp_path: Path, records: list[Record]) -> None:
    claims = tmp_path / "claims.jsonl"
    many = [line.replace(b'"id": "', b'"id": "%d' % n) for n in range(12) for line in LINES]
    claims.write_bytes(b"\n".join(many))
    environment = {**os.environ, "DERIVATIONS_CACHE": str(tmp_path / "kept")}
    command = [sys.executable, "-m", "reports.cli", "check", str(claims), "--format", "json"]
    runs = [
        subprocess.Popen(
            [*command, "--points", "20"], cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    outputs = [run.communicate(timeout=300)[0] for run in runs]
    first, second = (_verdicts(output) for output in outputs)
    assert first == second
    for path in entries(tmp_path / "kept"):
        json.loads(path.read_bytes())
    assert {path.suffix for path in (tmp_path / "kept" / "answers").glob("*/*")} == {".json"}


def _verdicts(output: bytes) -> list[tuple[str, str]]:
    return [(claim["id"], claim["verdict"]) for claim in json.loads(output)["claims"]]


def test_a_killed_run_leaves_whole_answers(tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    many = [line.replace(b'"id": "', b'"id": "%d' % n) for n in range(200) for line in LINES[:2]]
    claims.write_bytes(b"\n".join(many))
    environment = {**os.environ, "DERIVATIONS_CACHE": str(tmp_path / "kept")}
    run = subprocess.Popen(
        [sys.executable, "-m", "reports.cli", "check", str(claims), "--jobs", "1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )
    assert run.stdout is not None
    run.stdout.readline()
    run.kill()
    run.communicate()
    left = entries(tmp_path / "kept")
    assert left
    for path in left:
        json.loads(path.read_bytes())
    found = list(answers(read_records(many[:6]), Asked(points=20), cache=Cache(tmp_path / "kept")))
    assert [one.verdict.value for one in found] == ["proved", "refuted"] * 3
