"""stub"""
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Figure:
    chapter: str
    file: str
    caption: str
    content: bytes
def figures_of(chapters):
    return []
