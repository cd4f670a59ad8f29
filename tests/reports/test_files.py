"""Files appear whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from reports.files import OutputError, make_folder, write_text, write_with


def test_a_text_is_written_in_utf8_with_line_feeds(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.tex", "é\n")
    assert path.read_bytes() == b"\xc3\xa9\n"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for text in ("one", "two"):
        write_text(tmp_path / "a.tex", text)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.tex": "two"}


def test_a_writer_that_raises_leaves_the_old_file_and_no_half_written_one(tmp_path: Path) -> None:
    write_text(tmp_path / "a.pdf", "old")

    def half(path: Path) -> None:
        path.write_text("ha")
        raise RuntimeError("no more ink")

    with pytest.raises(RuntimeError, match="no more ink"):
        write_with(tmp_path / "a.pdf", half)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.pdf": "old"}


def test_a_writer_sees_the_suffix_of_the_file(tmp_path: Path) -> None:
    seen: list[str] = []
    write_with(tmp_path / "a.pdf", lambda path: seen.append(path.suffix))
    assert seen == [".pdf"]


def test_a_written_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_text(tmp_path / "ours", "")
    rights = {stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in ("usual", "ours")}
    assert len(rights) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    write_text(tmp_path / "file", "")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match=r"^Cannot write .*file.*\.$"):
            make_folder(path)


def test_a_file_below_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"none/a\.tex: no such file or directory\."):
        write_text(tmp_path / "none" / "a.tex", "")


def test_a_folder_is_made_with_its_parents_and_twice(tmp_path: Path) -> None:
    for _ in range(2):
        assert make_folder(tmp_path / "a" / "b").is_dir()
    assert list((tmp_path / "a" / "b").iterdir()) == []
