"""One object of somebody else's document, in the words of our API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """What a document says of one object. `number` is its place there; `faults` are fields that could not be read."""

    noun: str
    key: str
    words: Mapping[str, Any]
    version: str = ""
    number: int = 0
    faults: Mapping[str, str] = field(default_factory=dict)
