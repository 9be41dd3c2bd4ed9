"""Connections to known systems as data: which adapter, which calls in which order, which field is which."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MappingPart:
    """The rows of one mapping as they are copied into a new connection."""

    noun: str
    direction: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Template:
    """How one system is joined; `source` says where its fields and calls are documented."""

    code: str
    name: str
    kind: str
    auth: str
    source: list[str]
    settings: dict[str, Any]
    sent_nouns: list[str]
    mappings: list[MappingPart]
    other_system: str = ""
    sign_in: dict[str, str] = field(default_factory=dict)
    code_lists: dict[str, list[list[str]]] = field(default_factory=dict)


def read(path: Path) -> Template:
    """One template from its file."""
    said = json.loads(path.read_text(encoding="utf-8"))
    mappings = [MappingPart(one["noun"], one["direction"], one["rows"]) for one in said.pop("mappings")]
    return Template(code=path.stem, mappings=mappings, **said)


@cache
def templates() -> dict[str, Template]:
    """Every template by its code."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.json"))}
