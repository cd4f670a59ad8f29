"""Somebody's function is found by its name, and his module costs one sentence at most."""

from __future__ import annotations

import sys

import pytest

from numeric.accuracy.called import AuditError
from numeric.accuracy.imported import function_named


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_module_may_lie_in_the_current_folder(folder):
    (folder / "lies_here.py").write_text("def double(x):\n    return 2*x\n")
    assert function_named("lies_here:double")(3) == 6


def test_a_file_may_import_what_lies_beside_it_also_when_it_is_called(folder):
    inner = folder / "inner"
    inner.mkdir()
    (inner / "lies_beside.py").write_text("HALF = 0.5\n")
    (inner / "halves.py").write_text(
        "def half(x):\n    from lies_beside import HALF\n    return HALF*x\n"
    )
    assert function_named("inner/halves.py:half")(3) == 1.5


def test_a_file_of_dataclasses_is_imported(folder):
    (folder / "with_fields.py").write_text(
        "from __future__ import annotations\n"
        "from dataclasses import KW_ONLY, dataclass\n"
        "@dataclass\n"
        "class Scaled:\n"
        "    _: KW_ONLY\n"
        "    by: float = 3.0\n"
        "    def __call__(self, x):\n"
        "        return self.by*x\n"
        "scaled = Scaled()\n"
    )
    assert function_named("with_fields.py:scaled")(2) == 6


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def f(x:\n", "broken.py cannot be imported: SyntaxError: .* line 1"),
        ("import no_such_module_anywhere", "No module named 'no_such_module_anywhere'"),
        ("raise ValueError('two\\nlines')", "ValueError: two lines"),
        ("import sys; sys.exit('over')", "SystemExit: over"),
        ("f = 3", "no function but of type int"),
        ("g = 3", r"broken.py has no f$"),
        ("def __getattr__(name): raise ValueError('not yet')", "no f: ValueError: not yet"),
        (
            "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
            "imported: Mute$",
        ),
    ],
)
def test_a_broken_module_costs_a_sentence(folder, text, sentence):
    (folder / "broken.py").write_text(text + "\n")
    with pytest.raises(AuditError, match=sentence):
        function_named("broken.py:f")
