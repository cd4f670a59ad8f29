"""Chapters are found by id, prefix, file, module and entry point, and errors name the culprit."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import derivations
from derivations import catalogue
from derivations.core import Derivation, Remark
from derivations.loading import CatalogueError, Chapter, load_file

CHAPTERS = catalogue.shipped()

GOOD = '''"""Squares of sums.

They are not sums of squares.

Claims
------
mine.square   (a + b)**2 = a**2 + 2*a*b + b**2
"""

from derivations.core import Claim, Reals, Remark, algebra, derive, symbol

a, b = symbol("a"), symbol("b")

SQUARE = derive(
    Claim(
        "mine.square", (a + b) ** 2, "=", a**2 + 2 * a * b + b**2, on={a: Reals, b: Reals}
    ),
    (a**2 + 2 * a * b + b**2, algebra("expand")),
)
ALIAS = SQUARE
NOTE = Remark("mine.note", "Everybody knows.", "Euclid, Elements II.4")
'''


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def publish(folder: Path, *entries: str) -> None:
    """A distribution, as installed, that publishes chapters."""
    info = folder / "fake_chapters-1.0.dist-info"
    info.mkdir()
    write(info / "METADATA", "Metadata-Version: 2.1\nName: fake-chapters\nVersion: 1.0\n")
    lines = "\n".join(["[derivations.chapters]", *entries])
    write(info / "entry_points.txt", f"{lines}\n")


# ------------------------------------------------------------------------------- shipped


def test_every_shipped_id_is_given_once() -> None:
    ids = [member.id for chapter in CHAPTERS for member in chapter.members]
    assert len(ids) == len(set(ids)) > 0


def test_shipped_chapters_come_in_the_order_of_the_list() -> None:
    assert tuple(chapter.name for chapter in CHAPTERS) == catalogue.SHIPPED


def test_no_chapter_is_forgotten_in_the_list() -> None:
    machinery = {"core", "proving", "reading", "catalogue", "loading"}
    found = set()
    for module in pkgutil.walk_packages(derivations.__path__, "derivations."):
        name = module.name.removeprefix("derivations.")
        if name.partition(".")[0] not in machinery and not module.ispkg:
            found.add(name)
    assert found == set(catalogue.SHIPPED)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_the_docstring_lists_the_claims_of_its_chapter(chapter: Chapter) -> None:
    docstring = sys.modules[chapter.origin].__doc__ or ""
    _, _, table = docstring.partition("------\n")
    listed = re.findall(r"^([A-Za-z_]\w*\.[\w.]+)(?=\s|$)", table, re.MULTILINE)
    assert sorted(listed) == sorted(derivation.id for derivation in chapter.derivations)


def test_a_definition_comes_after_those_it_is_made_of() -> None:
    for chapter in CHAPTERS:
        seen: set[str] = set()
        for definition in chapter.definitions:
            inner = re.findall(r"\w+(?=\()", str(definition.body))
            known = {d.name for d in chapter.definitions}
            assert set(inner) & known <= seen
            seen.add(definition.name)


# ------------------------------------------------------------------------------- finding


def test_find_gives_the_member_with_the_id() -> None:
    assert catalogue.find("sigmoid.derivative").id == "sigmoid.derivative"


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogueError, match=r"did you mean sigmoid\.derivative"):
        catalogue.find("sigmoid.derivativ")


def test_the_name_of_a_chapter_is_no_claim_and_one_of_its_claims_is_offered() -> None:
    with pytest.raises(CatalogueError, match=r"sigmoid is no single claim; name one, as sigmoid\."):
        catalogue.find("sigmoid")


def test_a_prefix_selects_at_dots_only() -> None:
    everything = catalogue.select(["sigmoid"]).chapters
    assert {m.id.split(".")[0] for c in everything for m in c.members} == {"sigmoid"}
    with pytest.raises(CatalogueError, match="There is no claim"):
        catalogue.select(["sigmoi"])


def test_selected_members_stay_in_book_order_whatever_the_order_of_the_arguments() -> None:
    shelf = catalogue.select(["sigmoid.derivative", "sigmoid.exp_form", "sigmoid.derivative"])
    ids = [member.id for chapter in shelf.chapters for member in chapter.members]
    assert ids == ["sigmoid.exp_form", "sigmoid.derivative"]


def test_a_shipped_chapter_is_selected_by_its_modules_name_too() -> None:
    (chapter,) = catalogue.select(["derivations.sigmoid"]).chapters
    assert chapter == CHAPTERS[0]


# --------------------------------------------------------------------------------- files


def test_a_file_is_a_chapter_with_its_title_text_and_members(tmp_path: Path) -> None:
    chapter = load_file(write(tmp_path / "mine.py", GOOD))
    assert chapter.name == "mine"
    assert chapter.title == "Squares of sums"
    assert chapter.text == "They are not sums of squares."
    assert [type(member) for member in chapter.members] == [Derivation, Remark]
    assert [member.id for member in chapter.members] == ["mine.square", "mine.note"]


def test_loading_a_file_leaves_no_trace(tmp_path: Path) -> None:
    path, modules = list(sys.path), set(sys.modules)
    load_file(write(tmp_path / "mine.py", GOOD))
    assert sys.path == path
    assert {m for m in set(sys.modules) - modules if "chapter_file" not in m} == set()
    assert [p.name for p in tmp_path.iterdir()] == ["mine.py"]


def test_a_file_may_import_its_neighbours_and_each_folder_has_its_own(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "common.py", f'TITLE = "from {folder}"\n')
        text = GOOD + "\nimport common\nNOTE = Remark('mine.note', common.TITLE, 'here')\n"
        chapter = load_file(write(tmp_path / folder / "mine.py", text))
        remark = chapter.members[1]
        assert isinstance(remark, Remark)
        assert remark.text == f"from {folder}"


def test_what_a_file_imports_is_not_its_own(tmp_path: Path) -> None:
    text = "from derivations.sigmoid import DERIVATIVE\nfrom derivations.sigmoid import *\n" + GOOD
    chapter = load_file(write(tmp_path / "mine.py", text))
    assert [member.id for member in chapter.members] == ["mine.square", "mine.note"]


def test_claims_in_containers_and_claims_only_stated_are_members(tmp_path: Path) -> None:
    text = GOOD + (
        "STATED = Claim('mine.stated', a, '=', a, on={a: Reals})\n"
        "MANY = {k: derive(Claim(f'mine.many_{k}', a * k, '=', a * k, on={a: Reals}))"
        " for k in (2, 3)}\n"
    )
    chapter = load_file(write(tmp_path / "mine.py", text))
    assert [d.id for d in chapter.derivations] == [
        "mine.square",
        "mine.stated",
        "mine.many_2",
        "mine.many_3",
    ]


BAD_FILES = {
    "raises": ("x = 1\nx / 0\n", r"Cannot load .*bad\.py: bad\.py, line 2: ZeroDivisionError"),
    "exits": ("raise SystemExit(0)\n", r"Cannot load .*bad\.py: bad\.py, line 1: SystemExit"),
    "syntax": ("x = = 1\n", r"Cannot load .*bad\.py: bad\.py, line 1: invalid syntax"),
    "bytes": ("\x00", r"Cannot load .*bad\.py: .*null bytes"),
    "nothing": ("x = 1\n", r"bad\.py defines no claim"),
    "import": ("import no_such_thing_at_all\n", r"line 1: ModuleNotFoundError: No module named"),
    "domain": (
        GOOD.replace(", b: Reals", ""),
        r"bad\.py, line 1\d: mine\.square: no domain for b; say on=\{b: Reals\}",
    ),
    "ends": (GOOD.replace("(a**2 + 2 * a * b + b**2, algebra", "(a**2, algebra"), "the last line"),
    "twice": (
        GOOD + "AGAIN = Remark('mine.square', 'a', 'b')\n",
        r"The id mine\.square is given twice, in .*bad\.py",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_costs_one_sentence_that_names_it(kind: str, tmp_path: Path) -> None:
    text, pattern = BAD_FILES[kind]
    path, before = write(tmp_path / "bad.py", text), list(sys.path)
    with pytest.raises(CatalogueError, match=pattern) as error:
        load_file(path)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")
    assert sys.path == before


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.py: there is no such file"):
        load_file(tmp_path / "none.py")
    with pytest.raises(CatalogueError, match="it is a folder"):
        load_file(tmp_path)


def test_the_same_id_in_two_selected_files_is_an_error(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one.py", GOOD), write(tmp_path / "two.py", GOOD)
    with pytest.raises(CatalogueError, match=r"mine\.square is given twice, in .*one.* and .*two"):
        catalogue.select([str(one), str(two)])


# ------------------------------------------------------------------------------- modules


def test_a_module_below_the_working_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "house_of_mine").mkdir()
    write(tmp_path / "house_of_mine" / "__init__.py", "")
    write(tmp_path / "house_of_mine" / "squares.py", GOOD)
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    for name in ("house_of_mine.squares", "house_of_mine"):
        (chapter,) = catalogue.select([name]).chapters
        assert chapter.name == "house_of_mine.squares"
        assert [m.id for m in chapter.members] == ["mine.square", "mine.note"]
    assert sys.path == before


def test_a_module_without_a_claim_says_so() -> None:
    with pytest.raises(CatalogueError, match="textwrap defines no claim"):
        catalogue.select(["textwrap"])


@pytest.mark.parametrize("word", ["", ".", "a..b", "no such", "sigmoid.", "os.path.none"])
def test_a_word_that_is_nothing_is_an_unknown_id(word: str) -> None:
    with pytest.raises(CatalogueError, match="There is no claim"):
        catalogue.select([word])


# -------------------------------------------------------------------------- entry points


def test_a_published_chapter_stands_after_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "squares = published_squares")
    write(tmp_path / "published_squares.py", GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    *shipped, last = catalogue.chapters()
    assert tuple(shipped) == CHAPTERS
    assert last.name == "squares"
    assert catalogue.find("mine.square") == last.members[0]
    assert catalogue.select(["squares"]).chapters == (last,)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 / 0\n", "published_broken.py, line 1: ZeroDivisionError"),
        ("", "defines no claim"),
        (GOOD.replace("mine.square", "sigmoid.derivative"), "sigmoid.derivative is given twice"),
        (None, "ModuleNotFoundError"),
    ],
)
def test_a_broken_published_chapter_costs_a_sentence_unless_asked_for(
    text: str | None, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "broken = published_broken")
    if text is not None:
        write(tmp_path / "published_broken.py", text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "published_broken", raising=False)
    shelf = catalogue.shelf()
    assert shelf.chapters == CHAPTERS
    ((name, sentence),) = shelf.broken
    assert name == "broken"
    assert "broken = published_broken" in sentence
    assert why in sentence
    with pytest.raises(CatalogueError, match="broken = published_broken"):
        catalogue.select(["broken"])


# ------------------------------------------------------------------------------ start-up


def test_the_catalogue_imports_no_heavy_library_and_no_chapter_before_it_is_asked() -> None:
    program = (
        "import sys\n"
        "from derivations import catalogue\n"
        "print('derivations.sigmoid' in sys.modules)\n"
        "catalogue.chapters()\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & set(sys.argv[1:])))\n"
    )
    heavy = ("sympy", "mpmath", "flint", "numpy", "scipy", "matplotlib", "jinja2", "pebble")
    done = subprocess.run(
        [sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["False", "[]"]


REBOUND = '''"""Names that an import bound before."""

from derivations.core import *
from derivations.sigmoid import DERIVATIVE

x = symbol("x")
E = Claim("rebound.e", x, "<", x * x, on={x: Reals})
DERIVATIVE = Claim("rebound.derivative", x, "=", 2 * x, on={x: Reals})
KEPT = {Claim("rebound.kept", x, "=", x + 1, on={x: Reals})}
'''

SAME_ID = '''"""A claim beside a derivation of the same id."""

from derivations.core import Claim, Reals, algebra, derive, symbol

x = symbol("x")
RIGHT = derive(Claim("same.id", x + x, "=", 2 * x, on={x: Reals}), (2 * x, algebra))
WRONG = Claim("same.id", x + x, "=", 3 * x, on={x: Reals})
'''


def test_a_claim_under_a_name_that_an_import_bound_before_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "rebound.py"
    path.write_text(REBOUND, encoding="utf-8")
    ids = {derivation.id for derivation in load_file(path).derivations}
    assert ids == {"rebound.e", "rebound.derivative", "rebound.kept"}


def test_a_claim_that_shares_its_id_with_a_derivation_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "same.py"
    path.write_text(SAME_ID, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"same\.id is given twice"):
        load_file(path)
