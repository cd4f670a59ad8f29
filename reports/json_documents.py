"""The JSON documents that the commands write: what a chapter, a derivation, a remark is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from derivations.core import Derivation, Remark
from derivations.loading import Chapter, formulas_of, used_definitions
from numeric.evidence import Report, as_json
from reports.words import reason_words, sources

if TYPE_CHECKING:
    from reports.judging import Settings

SCHEMA: Final = 1

Json = dict[str, Any]


def dumps(document: Json) -> str:
    """One JSON document, with its schema first."""
    return json.dumps(_finite({"schema": SCHEMA, **document}), indent=2, allow_nan=False)


def _finite(value: Any) -> Any:
    """JSON knows no infinity and no nan: they are written as text."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def list_document(chapters: Iterable[Chapter]) -> Json:
    """The chapters, with a line for each member."""
    return {
        "chapters": [
            {
                "name": chapter.name,
                "title": chapter.title,
                "origin": chapter.origin,
                "members": [_line(member) for member in chapter.members],
            }
            for chapter in chapters
        ]
    }


def _line(member: Derivation | Remark) -> Json:
    if isinstance(member, Remark):
        return {"id": member.id, "kind": "remark", "title": member.title}
    return {
        "id": member.id,
        "kind": "derivation",
        "title": member.claim.title,
        "statement": str(member.claim.statement),
        "steps": len(member.steps),
    }


def show_document(chapters: Iterable[Chapter]) -> Json:
    """Each member in full."""
    return {"members": [_full(member) for chapter in chapters for member in chapter.members]}


def verify_document(reports: Sequence[Report], settings: Settings, seconds: float) -> Json:
    """Each claim with its evidence and that of its steps, and how many have which verdict."""
    asked = {"digits": settings.digits, "points": settings.points, "seed": settings.seed}
    return {**as_json(reports), "settings": asked, "seconds": round(seconds, 3)}


def _full(member: Derivation | Remark) -> Json:
    if isinstance(member, Remark):
        return {
            "id": member.id,
            "kind": "remark",
            "title": member.title,
            "text": member.text,
            "sources": [member.source],
        }
    claim = member.claim
    return {
        "id": claim.id,
        "kind": "derivation",
        "title": claim.title,
        "says": claim.says,
        "falsehood": claim.falsehood,
        "statement": str(claim.statement),
        "lhs": str(claim.lhs),
        "rel": claim.rel,
        "rhs": str(claim.rhs),
        "domain": {variable.name: str(domain) for variable, domain in claim.on},
        "where": None if claim.where is None else str(claim.where),
        "definitions": {
            str(definition.generic): str(definition.body)
            for definition in used_definitions(formulas_of(member))
        },
        "steps": [
            {
                "rel": step.rel,
                "line": str(step.line),
                "theory": step.reason.theory,
                "reason": reason_words(step.reason),
            }
            for step in member.steps
        ],
        "sources": list(sources(member)),
    }
