r"""The LaTeX templates. Their delimiters are LaTeX's own: `\VAR{...}`, `\BLOCK{...}`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.letters import typesettable

# Ends the part of a document that all documents share.
MARKER: Final = "% ---------------------------------------------------------------- the document"


@cache
def _environment() -> Environment:
    return Environment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\COMMENT{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        undefined=StrictUndefined,
        loader=PackageLoader("reports", "templates"),
    )


def rendered(template: str, **values: Any) -> str:
    """A template with its values, without runs of empty lines; letters that pdflatex does not
    know are written as it knows them."""
    text = _environment().get_template(template).render(**values)
    tidy = re.sub(r"[ \t]+\n", "\n", text)
    tidy = re.sub(r"\n{3,}", "\n\n", tidy).strip("\n")
    return typesettable(f"{tidy}\n")
