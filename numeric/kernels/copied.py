"""The source of the functions of `numeric.kernels.pairs` that a kernel calls, to be copied into it.

>>> print(*(line.split("(")[0] for line in copied("multiply(a, b)") if line))
def quick_sum def halves def two_product def multiply
"""

from __future__ import annotations

import ast
from functools import lru_cache
from inspect import getsource
from typing import Final, TypeAlias

from numeric.kernels import pairs

_Part: TypeAlias = ast.FunctionDef | ast.Assign
_DECIMALS: Final = ("MAX_EMAX", "MIN_EMIN", "Context", "Decimal", "localcontext")
# No argument of a kernel may be called like them.
NAMES: Final = frozenset(
    {"EXPONENTIALS", "POWERS", *_DECIMALS}
    | {name for name, value in vars(pairs).items() if callable(value)}
)


def copied(code: str) -> list[str]:
    """The lines of all that the code calls: first imports, then functions, without annotations."""
    parts = _parts()
    wanted = _closure(_names(ast.parse(code)) & parts.keys())
    chosen = [name for name in parts if name in wanted]
    used = _names(ast.parse(code)).union(*(_names(parts[name]) for name in chosen))
    decimals = [name for name in _DECIMALS if name in used]
    lines = [f"from decimal import {', '.join(decimals)}", ""] if decimals else []
    for name in chosen:
        lines += ["", "", ast.unparse(parts[name])]
    return lines


@lru_cache(maxsize=1)
def _parts() -> dict[str, _Part]:
    """The functions and constants of the module by name, in its order."""
    found: dict[str, _Part] = {}
    for node in ast.parse(getsource(pairs)).body:
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *([node.args.vararg] if node.args.vararg else [])):
                argument.annotation = None
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node
    return found


def _closure(names: set[str]) -> set[str]:
    """The names and all that they lean on."""
    parts = _parts()
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _names(parts[name]) & parts.keys()
    return found


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
