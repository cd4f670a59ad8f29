"""The sources that a document cites, numbered in the order in which they appear."""

from __future__ import annotations

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
            Source(key, text_latex(source.removesuffix("."))) for source, key in self.found.items()
        )


def cite_in_words(source: str) -> str:
    """For a document whose bibliography is its owner's business."""
    return text_latex(source)
