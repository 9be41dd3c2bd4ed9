"""Connections to known systems as data: which adapter, which calls in which order, which field is which."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from integrations import adapters
from integrations.adapters.port import Proof, Proved

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MappingPart:
    """The rows of one mapping as they are copied into a new connection."""

    noun: str
    direction: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Template:
    """How one system is joined; `source` says where its fields and calls are documented,
    `proved` on which versions of the system it was tried."""

    code: str
    name: str
    kind: str
    auth: str
    source: list[str]
    settings: dict[str, Any]
    sent_nouns: list[str]
    mappings: list[MappingPart]
    other_system: str = ""
    proved: tuple[Proof, ...] = ()
    sign_in: dict[str, str] = field(default_factory=dict)
    code_lists: dict[str, list[list[str]]] = field(default_factory=dict)


def read(path: Path) -> Template:
    """One template from its file."""
    said = json.loads(path.read_text(encoding="utf-8"))
    mappings = [MappingPart(one["noun"], one["direction"], one["rows"]) for one in said.pop("mappings")]
    proved = tuple(Proof(**one) for one in said.pop("proved"))
    return Template(code=path.stem, mappings=mappings, proved=proved, **said)


@cache
def templates() -> dict[str, Template]:
    """Every template by its code."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.json"))}


def proofs(kind: str, system: str) -> list[Proof]:
    """On what a connection to this system was proved: by the templates for it, else by its adapter."""
    found = [one for known in templates().values() if (known.kind, known.other_system) == (kind, system)
             for one in known.proved]
    adapter = adapters.of(kind)
    said = found or (adapter.proved if isinstance(adapter, Proved) else ())
    return list(dict.fromkeys(said))
