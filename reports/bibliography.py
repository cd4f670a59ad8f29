"""The sources that a document cites, numbered in the order in which they appear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derivations.core.reason_latex import text_latex


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography; `text` is LaTeX, without a full stop."""

    key: str
    text: str


@dataclass(slots=True)
class Bibliography:
    """Collects sources while a document is made."""

    found: dict[str, str] = field(default_factory=dict)

    def cite(self, source: str) -> str:
        """The LaTeX that cites a source."""
        key = self.found.setdefault(source, f"source{len(self.found) + 1}")
        return rf"\cite{{{key}}}"

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(key, _entry(source.removesuffix("."))) for source, key in self.found.items()
        )


def _entry(source: str) -> str:
    """The pages of a source are a range: 845--853."""
    return re.sub(r"(?<=\d)-(?=\d)", "--", text_latex(source))


def cite_in_words(source: str) -> str:
    """For a document whose bibliography is its owner's business."""
    return text_latex(source)
