"""A chapter is a Python module; its members are the derivations and remarks that it defines.

Modules are imported by name, from a file, or through the entry-point group
`derivations.chapters`. What a chapter imports from another one belongs to the other one.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.metadata import EntryPoint
from pathlib import Path
from types import CodeType, ModuleType
from typing import TypeAlias

from derivations.core import Claim, Definition, Derivation, Formula, Remark
from derivations.core.formula import walk

Member: TypeAlias = Derivation | Remark


class CatalogueError(ValueError):
    """A chapter cannot be loaded, or an id not found; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A module of derivations: what its docstring says, and what it defines, in order.

    `title` is the first line of the docstring, `text` the paragraphs between it and the list of
    claims. `origin` is where it was loaded from: a module's name or the path of a file.
    """

    name: str
    title: str
    text: str
    members: tuple[Member, ...]
    origin: str

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        return tuple(member for member in self.members if isinstance(member, Derivation))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that the members use, each after those that it is made of."""
        return used_definitions(f for d in self.derivations for f in formulas_of(d))


def formulas_of(derivation: Derivation) -> Iterator[Formula]:
    """The statement, the condition and every line of a derivation."""
    claim = derivation.claim
    yield claim.statement
    if claim.where is not None:
        yield claim.where
    yield from derivation.lines


def used_definitions(formulas: Iterable[Formula]) -> tuple[Definition, ...]:
    """The definitions in the formulas and in their bodies, each after those it is made of."""
    found: dict[Definition, None] = {}

    def visit(formula: Formula) -> None:
        for node in walk(formula):
            head = getattr(node, "head", None)
            if isinstance(head, Definition) and head not in found:
                visit(head.body)
                found[head] = None

    for formula in formulas:
        visit(formula)
    return tuple(found)


# ------------------------------------------------------------------------- reading a module


def read_chapter(module: ModuleType, name: str, origin: str) -> Chapter:
    """The chapter that an imported module is.

    Errors: `CatalogueError` where it defines no derivation and no remark, or one id twice.
    """
    title, text = _title_and_text(module.__doc__ or "")
    members = _members(module)
    if not members:
        raise CatalogueError(f"{origin} defines no claim.")
    require_distinct_ids((member.id, origin) for member in members)
    return Chapter(name, title or name, text, members, origin)


def require_distinct_ids(ids: Iterable[tuple[str, str]]) -> None:
    """Errors: `CatalogueError` where one id comes twice; each comes with its origin."""
    seen: dict[str, str] = {}
    for id, origin in ids:
        if id in seen:
            where = origin if seen[id] == origin else f"{seen[id]} and {origin}"
            raise CatalogueError(f"The id {id} is given twice, in {where}.")
        seen[id] = origin


def _title_and_text(docstring: str) -> tuple[str, str]:
    title, _, rest = docstring.strip().partition("\n")
    kept: list[str] = []
    for line in rest.splitlines():
        if line.strip() and set(line.strip()) == {"-"}:
            kept.pop()  # the heading of the list of claims
            break
        kept.append(line.rstrip())
    return title.strip().removesuffix("."), "\n".join(kept).strip()


def _members(module: ModuleType) -> tuple[Member, ...]:
    imported = _imported_names(module)
    # A name that was imported and then given a value of the module's own is its own.
    own = [value for name, value in vars(module).items() if imported.get(name) is not value]
    found = {id(value): value for value in own for value in _inside(value)}
    derived = [value.claim for value in found.values() if isinstance(value, Derivation)]
    members: list[Member] = []
    for value in found.values():
        if not isinstance(value, Claim):
            members.append(value)
        elif value not in derived:  # a claim that is only stated
            members.append(Derivation(value))
    return tuple(members)


def _inside(value: object) -> Iterator[Member | Claim]:
    """A derivation, remark or claim, also in a tuple, a list, a set or a dictionary."""
    if isinstance(value, Derivation | Remark | Claim):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _inside(item)
    elif type(value) in (tuple, list):
        for item in value:  # type: ignore[attr-defined]  # a tuple or a list
            yield from _inside(item)
    elif isinstance(value, set | frozenset):
        kept = [found for item in value for found in _inside(item)]
        yield from sorted(kept, key=lambda member: member.id)


def _imported_names(module: ModuleType) -> dict[str, object]:
    """What a module's own import statements bind, by name."""
    get_source = getattr(module.__loader__, "get_source", None)
    source = get_source(module.__name__) if get_source is not None else None
    found: dict[str, object] = {"__builtins__": vars(module).get("__builtins__")}
    for node in _import_statements(ast.parse(source or "")):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                value = vars(module).get(name)
                if isinstance(value, ModuleType):
                    found[name] = value
            continue
        known = vars(_imported_from(node, module))
        if node.names[0].name == "*":
            found.update((name, known[name]) for name in known.get("__all__", known))
            continue
        for alias in node.names:
            if alias.name in known:
                found[alias.asname or alias.name] = known[alias.name]
    return found


def _imported_from(node: ast.ImportFrom, module: ModuleType) -> ModuleType:
    """The module that a `from ... import` names; one that is gone again holds nothing."""
    package = module.__package__ or ""
    outer = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    name = ".".join((*outer, *filter(None, [node.module])))
    return sys.modules.get(name) or ModuleType(name)


def _import_statements(block: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Those of a module, also below `if`, `try` and `with`; those of functions are local."""
    for field in ("body", "orelse", "finalbody", "handlers"):
        for node in getattr(block, field, ()):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node
            elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from _import_statements(node)


# ------------------------------------------------------------------------ importing a module


def load_module(name: str, as_name: str = "") -> Chapter:
    """The chapter in an importable module.

    Errors: `CatalogueError` where there is no such module, it cannot be imported, or it defines
    no claim.
    """
    with _failing_clearly(name):
        module = importlib.import_module(name)
    return read_chapter(module, as_name or name, name)


def load_modules(name: str) -> tuple[Chapter, ...]:
    """The chapter in a module; of a package also those in the modules directly inside it."""
    with _failing_clearly(name):
        module = importlib.import_module(name)
    chapters: list[Chapter] = []
    for inner in [name, *sorted(_modules_inside(module))]:
        with _failing_clearly(inner):
            module = importlib.import_module(inner)
        if _members(module):
            chapters.append(read_chapter(module, inner, inner))
    if not chapters:
        raise CatalogueError(f"{name} defines no claim.")
    return tuple(chapters)


def _modules_inside(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.iter_modules(getattr(package, "__path__", ())):
        if found.name != "__main__":
            yield f"{package.__name__}.{found.name}"


def load_entry_point(entry: EntryPoint) -> Chapter:
    """The chapter that an installed distribution publishes.

    Errors: `CatalogueError`, with the name of the entry point.
    """
    origin = f"the entry point {entry.name} = {entry.value}"
    with _failing_clearly(origin):
        module = entry.load()
    if not isinstance(module, ModuleType):
        raise CatalogueError(f"Cannot load {origin}: it names no module.")
    return read_chapter(module, entry.name, origin)


def load_file(path: Path) -> Chapter:
    """The chapter in a Python file, which may import what lies beside it.

    Neither the file nor its neighbours stay importable afterwards, so that two folders may use
    the same names.

    Errors: `CatalogueError` where there is no such file, it cannot be read or raises, or it
    defines no claim.
    """
    if not path.is_file():
        reason = "it is a folder" if path.is_dir() else "there is no such file"
        raise CatalogueError(f"Cannot load {path}: {reason}.")
    name = f"chapter_file_{path.stem}"
    with _failing_clearly(str(path)), importable(path.resolve().parent, forget=True):
        loader = _UncachedLoader(name, str(path.resolve()))
        spec = importlib.util.spec_from_file_location(name, path.resolve(), loader=loader)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        loader.exec_module(module)
        return read_chapter(module, path.stem, str(path))


class _UncachedLoader(SourceFileLoader):
    """Runs a file as it stands, and leaves no `__pycache__` beside it."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code = self.source_to_code(self.get_data(path), path)
        assert isinstance(code, CodeType)
        return code


@contextmanager
def importable(folder: Path, *, forget: bool = False) -> Iterator[None]:
    """For a while, modules in the folder can be imported; `forget` them then on the way out."""
    path, before = str(folder), set(sys.modules)
    sys.path.insert(0, path)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        if path in sys.path:
            sys.path.remove(path)
        for name in set(sys.modules) - before if forget else ():
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and Path(file).is_relative_to(folder):
                del sys.modules[name]


@contextmanager
def _failing_clearly(origin: str) -> Iterator[None]:
    """Whatever a chapter raises becomes one sentence with the place where it was raised."""
    try:
        yield
    except CatalogueError:
        raise
    except SyntaxError as error:
        place = f"{Path(error.filename or origin).name}, line {error.lineno}"
        raise CatalogueError(f"Cannot load {origin}: {place}: {error.msg}.") from error
    except (Exception, SystemExit) as error:
        raise CatalogueError(f"Cannot load {origin}: {_place(error)}{_said(error)}.") from error


def _place(error: BaseException) -> str:
    """The last line outside of the libraries that led to the error."""
    here = Path(__file__).parent
    place, traceback = "", error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        ours = file == __file__ or Path(file).is_relative_to(here / "core")
        if not ours and "importlib" not in file and "site-packages" not in file:
            place = f"{Path(file).name}, line {traceback.tb_lineno}: "
        traceback = traceback.tb_next
    return place


def _said(error: BaseException) -> str:
    """What an error says, on one line; its type where that is not ours."""
    text = " ".join(str(error).split()).removesuffix(".")
    if isinstance(error, ValueError) and type(error).__module__.startswith("derivations."):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
