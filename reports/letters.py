r"""Letters beyond ASCII for pdflatex, which knows the Latin ones only.

>>> typesettable("Bélisle: σ(x) ≤ 1 – 漢")
'Bélisle: \\ensuremath{\\sigma}(x) \\ensuremath{\\le} 1 -- [U+6F22]'
"""

# ruff: noqa: RUF001, RUF002  (letters that look alike are what this is about)

from __future__ import annotations

import re
import unicodedata
from typing import Final

# As Unicode calls them, in which a lambda is a LAMDA.
_GREEK_NAMES: Final = (
    "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO SIGMA "
    "TAU UPSILON PHI CHI PSI OMEGA"
)
_GREEK: Final = {
    unicodedata.lookup(f"GREEK {size} LETTER {name}"): style(name.replace("LAMDA", "LAMBDA"))
    for name in _GREEK_NAMES.split()
    for size, style in (("SMALL", str.lower), ("CAPITAL", str.title))
}
_LATIN_CAPITALS: Final = {
    "Alpha": "A", "Beta": "B", "Epsilon": "E", "Zeta": "Z", "Eta": "H", "Iota": "I", "Kappa": "K",
    "Mu": "M", "Nu": "N", "Rho": "P", "Tau": "T", "Chi": "X", "Omicron": "O", "omicron": "o",
}  # fmt: skip
_SYMBOLS: Final = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "∞": r"\infty",
    "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto",
    "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "÷": r"\div", "±": r"\pm", "−": "-", "∓": r"\mp",
    "∈": r"\in", "∉": r"\notin", "∀": r"\forall", "∃": r"\exists", "∅": r"\emptyset",
    "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "⊆": r"\subseteq", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd", "∝": r"\propto",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℂ": r"\mathbb{C}",
    "ℓ": r"\ell", "°": r"^{\circ}", "′": r"'", "…": r"\dots", "⊤": r"\top", "¬": r"\lnot",
    "∧": r"\land", "∨": r"\lor", "∼": r"\sim", "²": "^{2}", "³": "^{3}", "¹": "^{1}",
    "½": r"\frac{1}{2}", "¼": r"\frac{1}{4}", "µ": r"\mu", "∘": r"\circ",
}  # fmt: skip
_PUNCTUATION: Final = {
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "„": ",,",
    "\N{NO-BREAK SPACE}": "~",
    "‐": "-", "‑": "-", "\N{ZERO WIDTH SPACE}": "", "\N{SOFT HYPHEN}": r"\-",
}  # fmt: skip
# What the T1 encoding has, among the letters that utf8.def maps to it.
_LATIN: Final = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠš"
    "ŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
)
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")


def typesettable(tex: str) -> str:
    """The text with every letter in a form that pdflatex typesets, in text and in mathematics."""
    return _FOREIGN.sub(lambda match: _letter(match[0]), unicodedata.normalize("NFC", tex))


def _letter(letter: str) -> str:
    if letter in _LATIN:
        return letter
    if letter in _PUNCTUATION:
        return _PUNCTUATION[letter]
    if letter in _GREEK:
        name = _GREEK[letter]
        return _mathematics(_LATIN_CAPITALS.get(name, f"\\{name}"))
    if letter in _SYMBOLS:
        return _mathematics(_SYMBOLS[letter])
    plain = unicodedata.normalize("NFKD", letter)
    if plain.isascii() and plain.isalnum():
        return plain
    return f"[U+{ord(letter):04X}]"


def _mathematics(latex: str) -> str:
    return rf"\ensuremath{{{latex}}}"
