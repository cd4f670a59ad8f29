"""How figures look, and how they become the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Blue, vermillion, green, purple, grey: told apart by colour-blind readers; line styles tell them
# apart in grey.
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#666666", "#000000")
LINES: Final = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 2)))
_STYLE: Final[dict[str, Any]] = {
    "font.family": "serif",
    "font.serif": ["cmr10", "DejaVu Serif"],
    "font.size": 9,
    "mathtext.fontset": "cm",
    "axes.formatter.use_mathtext": True,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.5,
    "axes.labelsize": 9,
    "axes.titlesize": 9,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "legend.handlelength": 2.4,
    "lines.linewidth": 1.1,
    "figure.constrained_layout.use": True,
    "pdf.fonttype": 3,
    "pdf.compression": 9,
    "savefig.transparent": False,
}
_WIDTH: Final = 5.2  # inches; the page has 5.76


def drawn(draw: Callable[[Sequence[Axes]], None], panels: int = 1, height: float = 2.5) -> bytes:
    """A figure with panels side by side as a PDF without a date."""
    with _style():
        from matplotlib.backends.backend_pdf import FigureCanvasPdf
        from matplotlib.figure import Figure

        figure = Figure(figsize=(_WIDTH, height))
        FigureCanvasPdf(figure)
        axes = [figure.add_subplot(1, panels, n + 1) for n in range(panels)]
        draw(axes)
        return _saved(figure)


def _saved(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(
        out,
        format="pdf",
        metadata={"CreationDate": None, "Producer": None, "Creator": None},
    )
    return out.getvalue()


@contextmanager
def _style() -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        parameters: Any = mpl.rcParams  # its stubs know every key by name
        parameters.update(_STYLE)
        yield


def curve(axes: Axes, x: Any, y: Any, label: str, number: int, **options: Any) -> None:
    """The next curve of a family, in the colour and with the line of its number."""
    axes.plot(x, y, color=COLOURS[number], linestyle=LINES[number], label=label, **options)
