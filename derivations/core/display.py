"""Gives the vocabulary its displays: `str`, and LaTeX in a notebook."""

from __future__ import annotations

from derivations.core.formula import Formula
from derivations.core.latex import to_latex
from derivations.core.text import to_text

Formula.text_printer = staticmethod(to_text)
Formula.latex_printer = staticmethod(to_latex)
