"""Writes docs/accuracy.md and its figures: our kernels beside the libraries' functions, in ULPs.

Run it with `.venv/bin/python -m benchmarks.atlas` (with `pip install -e '.[audit]'` for the
libraries; what is not installed is left out and said so). Every function is audited with the
default settings against the same derived result. It takes some minutes.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.field import FIELD, Entry
from numeric.accuracy.audit import audit
from numeric.accuracy.called import AuditError
from numeric.accuracy.certified import Certified
from numeric.accuracy.findings import Audit
from numeric.accuracy.named import claim_named
from numeric.accuracy.ordinals import ulps
from numeric.accuracy.rows.target import is_of_rows
from numeric.accuracy.sentences import placed, ulp
from numeric.accuracy.target import target_of
from numeric.kernels.kernel import KernelError, kernel

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LIBRARIES = ("numpy", "scipy", "scikit-learn", "statsmodels", "torch", "jax", "jaxlib")
FLAG = 8.0  # ULP
_LONG = r"(\((?:[^,()]+, ){3}[^,()]+)(?:, [^,()]+)+\)"  # a row of more than four numbers


@dataclass(frozen=True)
class Row:
    """A function of the field, and its audit; `absent` says why there is none."""

    name: str
    function: Callable[..., Any] | None
    audit: Audit | None
    absent: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.atlas", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these results; writes nothing")
    parser.add_argument("--figures", action="store_true", help="draw the figures anew, no more")
    options = parser.parse_args(arguments)
    wanted = options.ids or list(FIELD)
    figures = DOCS / "accuracy"
    figures.mkdir(exist_ok=True)
    if options.figures:
        for id in wanted:
            _plot(id, [_kernel_made(id), *(_made(entry) for entry in FIELD[id])], figures)
        return 0
    sections = []
    for id in wanted:
        made = [_kernel_made(id), *(_made(entry) for entry in FIELD[id])]
        rows = [_audited(id, row) for row in made]
        sections.append((id, rows))
        for row in rows:
            print(f"{id:36} {row.name:44} {_summary(row)}", file=sys.stderr)
    if options.ids:
        return 0
    for id, rows in sections:
        _plot(id, rows, figures)
    (DOCS / "accuracy.md").write_text(_page(sections), encoding="utf-8")
    return 0


def _kernel_made(id: str) -> Row:
    try:
        return Row("our kernel", kernel(id), None)
    except (AuditError, KernelError) as error:
        return Row("our kernel", None, None, str(error))


def _made(entry: Entry) -> Row:
    try:
        return Row(entry.name, entry.make(importlib.import_module), None)
    except ImportError:
        return Row(entry.name, None, None, "not installed")


def _audited(id: str, row: Row) -> Row:
    if row.function is None:
        return row
    return replace(row, audit=audit(row.function, claim_named(id), name=row.name))


def _summary(row: Row) -> str:
    if row.audit is None:
        return row.absent
    return f"{_error(row.audit)} ULP" + (" FLAGGED" if _flagged(row.audit) else "")


def _error(found: Audit) -> str:
    """The largest error; of a function of rows in units of 1 + condition number."""
    return ulp(found.bounded) + (" (1 + kappa)" if found.relative else "")


def _flagged(found: Audit) -> bool:
    return found.bounded > FLAG or found.wrong_nonfinite > 0 or found.failures > 0


# ------------------------------------------------------------------------------- the page


def _page(sections: Sequence[tuple[str, Sequence[Row]]]) -> str:
    lines = [
        "# An atlas of accuracy",
        "",
        "How far float64 functions are from the correctly rounded value of a derived result, in",
        "units in the last place (ULP). Written by `python -m benchmarks.atlas`. About 50 000",
        "doubles a function are certified by balls, a million more looked at, and the worst",
        "climbed from. Where a result has several variables, the largest error is also given in",
        "units of 1 + κ ULP, κ the condition number: what the rounding of the arguments alone may",
        "do.",
        "Functions of rows are judged by that.",
        f"Functions over {FLAG:g} ULP, or not finite where a finite value is right, are flagged",
        "(**!**). The plots show the largest of 40 neighbouring errors; thin lines lie on thick",
        "ones.",
        "",
        f"Python {platform.python_version()}, "
        + ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        f"on {platform.machine()} with {', '.join(_processor_features())}.",
        "",
    ]
    flagged = [row for _, rows in sections for row in rows if row.audit and _flagged(row.audit)]
    audited = [row for _, rows in sections for row in rows if row.audit]
    lines += [f"{len(audited)} functions were audited, {len(flagged)} are flagged.", ""]
    for id, rows in sections:
        lines += [
            f"## {id}",
            "",
            f"`{claim_named(id).statement}`",
            "",
            "| function | max ULP | of 1 + κ | at | mean ULP | over 1 | over 4 | over 8 |"
            " not finite | lost subnormals |",
            "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|",
            *(_line(row) for row in rows),
            "",
            f"![errors](accuracy/{id}.png)" if _is_drawn(id) else "",
            "",
        ]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _line(row: Row) -> str:
    found = row.audit
    if found is None:
        return f"| {row.name} | {row.absent} | | | | | | | | |"
    shares = " | ".join(f"{100 * share:.2g} %" for share in found.shares)
    mark = " **!**" if _flagged(found) else ""
    has_several = found.relative or len(found.worst) > 1
    conditioned = ulp(found.max_conditioned) if has_several else ""
    return (
        f"| {row.name}{mark} | {ulp(found.max_ulp)} | {conditioned} | {_place(found)} | "
        f"{found.mean_ulp:.2g} | {shares} | {found.wrong_nonfinite} | {found.subnormal_losses} |"
    )


def _place(found: Audit) -> str:
    """Where the largest error is; of long rows the first numbers."""
    return "`" + re.sub(_LONG, r"\1, ...)", placed(found.worst)) + "`"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _processor_features() -> list[str]:
    """The vector instructions that NumPy found."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    return [
        name for name in ("AVX2", "FMA3", "AVX512F", "AVX512_SKX", "NEON") if features.get(name)
    ]


# ------------------------------------------------------------------------------- the plots


_BINS = 240
_IN_A_BIN = 40
_NOTHING, _EVERYTHING = 0.25, 1e18  # where errors of 0 and infinite ones are drawn


def _is_drawn(id: str) -> bool:
    """Whether the value is one of a single number."""
    claim = claim_named(id)
    return not is_of_rows(claim) and len(target_of(claim, {}).variables) == 1


def _plot(id: str, rows: Sequence[Row], folder: Path) -> None:
    """The largest error in each of many small intervals against the argument, a line a function;
    ours is black, and on top."""
    shown = [row for row in rows if row.function is not None]
    if not _is_drawn(id) or not shown:
        return
    target = target_of(claim_named(id), {})
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    points = _abscissae(str(target.domains[0]))
    correct = Certified(target.formula, target.variables)(points)
    middles = points.reshape(_BINS, _IN_A_BIN).mean(axis=1)
    figure, axes = plt.subplots(figsize=(9.0, 3.2), layout="constrained")
    highest = 4.0
    for place, row in enumerate(shown):
        assert row.function is not None
        with np.errstate(all="ignore"):
            errors = ulps(np.asarray(row.function(points), dtype=np.float64), correct)
        errors = np.where(np.isfinite(errors), np.clip(errors, _NOTHING, 1e16), _EVERYTHING)
        worst = errors.reshape(_BINS, _IN_A_BIN).max(axis=1)
        highest = max(highest, float(worst.max()))
        # Thin lines lie on thick ones: all are seen where they coincide.
        width = 0.9 + 0.7 * (len(shown) - place) if place else 0.9
        axes.plot(
            middles, worst, color=f"C{place - 1}" if place else "black", linewidth=width,
            zorder=2 + (place or len(shown)) / 100, label=row.name,
        )  # fmt: skip
    _ruled(axes, highest)
    axes.set_xlabel(str(target.variables[0]))
    axes.set_ylabel("largest error in ULP")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, fontsize="small", loc="outside right upper", frameon=False)
    figure.savefig(folder / f"{id}.png", dpi=110, metadata={"Software": None})
    plt.close(figure)


def _ruled(axes: Any, highest: float) -> None:
    """A logarithmic scale with 0 and infinity on it, and a line at 4 ULP."""
    axes.set_yscale("log")
    axes.axhline(4, color="grey", linewidth=0.8, linestyle=":")
    axes.set_ylim(_NOTHING / 1.6, highest * 4)
    step = 1 if highest < 1e4 else 3
    ticks = [(_NOTHING, "0"), (4.0, "4")] if step > 1 else [(_NOTHING, "0"), (1.0, "1"), (4.0, "4")]
    ticks += [(10.0**n, f"$10^{{{n}}}$") for n in range(step, 17, step) if 10.0**n <= 2 * highest]
    if highest == _EVERYTHING:
        ticks.append((_EVERYTHING, r"$\infty$"))
    axes.set_yticks([place for place, _ in ticks], [label for _, label in ticks])
    axes.minorticks_off()
    axes.spines[["top", "right"]].set_visible(False)


def _abscissae(domain: str) -> Any:
    count = _BINS * _IN_A_BIN
    if domain == "(0, 1)":
        return np.linspace(0.0001, 0.9999, count)
    return np.linspace(-60, 60, count)


if __name__ == "__main__":
    sys.exit(main())
