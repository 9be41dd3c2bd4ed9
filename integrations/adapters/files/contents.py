"""What stands in a file, as rows of objects, and objects as a file."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from integrations.adapters.b2mml import documents, reading
from integrations.adapters.port import Outgoing
from integrations.formats import columns, tables
from integrations.formats.columns import Column
from integrations.formats.rows import Row
from integrations.nouns.registry import NOUNS
from plant.console.books import Head
from plant.errors import Refusal

B2MML = "b2mml"
FORMATS = [("csv", "CSV"), ("xlsx", "Excel"), ("xml", "XML"), (B2MML, "B2MML V0701")]


class Bad(Exception):
    """A file that can't be read, with the reason."""


def rows(name: str, content: bytes, said: Mapping[str, Any]) -> Iterator[Row]:
    """The objects of a file, one after the other."""
    try:
        if documents.NAMESPACE.encode() in content[:2000]:
            yield from reading.read(content)
        else:
            yield from _table(name, content, said)
    except Refusal as refusal:
        raise Bad(refusal.message) from refusal


def _table(name: str, content: bytes, said: Mapping[str, Any]) -> Iterator[Row]:
    """Headings that we know become our words; others stay what they are, for a mapping to name."""
    headings, lines = tables.opened(name, content, encoding=said["encoding"], tag=said["tag"])
    known = columns_of(said["noun"])
    names = columns.matched(known, headings)
    key = next((column.name for column in known if column.is_key), "")
    found = ((line.number, _words(known, names, line.cells)) for line in lines)
    for number, words in columns.joined(found, known):
        yield Row(said["noun"], str(words.get(key) or ""), words, "", number)


def _words(known: list[Column], names: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, Any]:
    ours = columns.words(known, {names[heading]: text for heading, text in cells.items() if heading in names})
    return ours | {heading: text for heading, text in cells.items() if heading not in names}


def columns_of(noun: str) -> list[Column]:
    """The columns of what comes in; none where it is not known."""
    found = NOUNS.get(noun)
    if found is None or found.takes is None:
        return []
    return columns.columns_of(found.takes, key=found.key, model=found.model)


def written(message: Outgoing, said: Mapping[str, Any]) -> bytes:
    """An object as a file: its words are the columns, what is a structure stands there as JSON."""
    if said["format"] == B2MML:
        return documents.written(message)
    names = list(message.words)
    heads = [Head(name, name) for name in names]
    content = tables.written(said["format"], message.noun, heads, [[_cell(message.words[name]) for name in names]])
    if said["format"] == tables.CSV and said["encoding"] == "gb18030":
        return content.decode("utf-8-sig").encode("gb18030")
    return content


def _cell(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else columns.cell(value)
