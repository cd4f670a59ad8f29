"""What every reader of text raises."""

from __future__ import annotations


class ReadingError(ValueError):
    """A text cannot be read. The message is one sentence; `column` counts from 1, where known."""

    def __init__(self, sentence: str, column: int | None = None) -> None:
        super().__init__(sentence if column is None else f"{sentence} (column {column})")
        self.sentence = sentence
        self.column = column

    def within(self, place: str) -> ReadingError:
        """The same error, with the part of the record in which it stands: `where: ...`."""
        return ReadingError(f"{place}: {self.sentence}", self.column)
