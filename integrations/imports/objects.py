"""The objects of a file: rows of one key that stand below each other, in the words of the API, with their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.formats import columns, tables
from integrations.formats.columns import Column
from integrations.imports.results import RESULTS
from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS
from plant import policies
from plant.console.files import Line
from plant.errors import Refusal
from plant.models import Person

# The action behind each scope of a key, for people. What comes in under no action here is for programs only.
ACTIONS = {
    "master:write": "master.edit", "orders:write": "order.receive", "shipments:write": "shipment.plan",
    "lots:write": "lot.receive", "quality:write": "inspection.record", "persons:write": "people.edit",
    "deliveries:write": "supplier.promise",
}
# Everything that comes in, and what only files bring so.
IMPORTED: dict[str, Noun] = {**NOUNS, RESULTS.code: RESULTS}
ROW = ""  # the place of an error that belongs to no single column


class NoSuchNoun(Refusal):
    """Something that no file brings, or not for this person."""

    code = "no-such-noun"


@dataclass(frozen=True, slots=True)
class Object:
    """One object of a file, from the line where it begins; `faults` are cells that can't be read, by column."""

    line: int
    words: dict[str, Any]
    cells: list[dict[str, str]]
    faults: dict[str, str]


def action(noun: Noun) -> str:
    """What a person must be allowed to take such objects in."""
    return ACTIONS.get(noun.writes, "")


def offered(person: Person) -> list[Noun]:
    """What a person may take in from files."""
    return [
        noun for noun in IMPORTED.values()
        if noun.takes is not None and action(noun) and policies.may(person, action(noun))
    ]


def columns_of(noun: Noun) -> list[Column]:
    """The columns of a noun that comes in."""
    return columns.columns_of(noun.takes, key=noun.key, model=noun.model) if noun.takes else []


def objects(
    noun: Noun, opened: tuple[list[str], Iterator[Line]], chosen: Mapping[str, str]
) -> Iterator[Object]:
    """The objects of an opened file, one after the other."""
    known = columns_of(noun)
    groups = {column.group for column in known if column.group}
    key = next((column.name for column in known if column.is_key), "")
    standing: Object | None = None
    for line in opened[1]:
        one = _object(known, line, chosen)
        if standing and groups and one.words.get(key) and one.words.get(key) == standing.words.get(key):
            for group in groups:
                standing.words.setdefault(group, []).extend(one.words.get(group, []))
            standing.cells.extend(one.cells)
            standing.faults.update(one.faults)
            continue
        if standing:
            yield standing
        standing = one
    if standing:
        yield standing


def _object(known: Sequence[Column], line: Line, chosen: Mapping[str, str]) -> Object:
    cells = {chosen[heading]: text for heading, text in line.cells.items() if chosen.get(heading)}
    faults = {chosen[heading]: why for heading, why in line.faults.items() if chosen.get(heading)}
    return Object(line.number, columns.words(known, cells), [dict(line.cells)], faults)


def open_file(name: str, content: bytes, encoding: str) -> tuple[list[str], Iterator[Line]]:
    """The headings and rows of a file."""
    return tables.opened(name, content, encoding=encoding)


def errors_of(found: Mapping[str, Any], known: Sequence[Column]) -> dict[str, str]:
    """What is wrong, by column: lists of objects are told at the columns of their parts."""
    names = {column.name for column in known}
    told: dict[str, list[str]] = {}
    for name, said in found.items():
        for place, sentence in _told(name, said):
            told.setdefault(place if place in names else ROW, []).append(sentence)
    return {place: " ".join(dict.fromkeys(sentences)) for place, sentences in told.items()}


def _told(name: str, said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, Mapping):
        for part, inner in said.items():
            yield from _told(name if str(part).isdigit() else f"{name}.{part}", inner)
    elif isinstance(said, list | tuple):
        for inner in said:
            yield from _told(name, inner)
    else:
        yield name, str(said)
