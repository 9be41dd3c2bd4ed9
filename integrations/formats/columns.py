"""The words of a business object as columns of a file: headings in both languages, and texts to words and back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.fields import empty

from integrations.formats import headings
from plant.console.books import Head
from plant.console.columns import LANGUAGES, NO, YES

# Between the word of a list and the word of one of its parts: "lines.material".
IN = "."
SILENT = object()
Numbered = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """One word that comes in. `group` is the list that it stands in, if it does."""

    name: str
    field: Any
    word: Any
    is_key: bool = False

    @property
    def group(self) -> str:
        return self.name.partition(IN)[0] if IN in self.name else ""

    @property
    def part(self) -> str:
        return self.name.rpartition(IN)[2]

    @property
    def title(self) -> str:
        return str(self.word)

    @property
    def is_required(self) -> bool:
        return self.is_key or bool(self.field.required and self.field.default is empty)

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        return list(self.field.choices.items()) if type(self.field) is serializers.ChoiceField else []

    @cached_property
    def known_as(self) -> set[str]:
        """Every heading under which a file may bring it."""
        known = {self.name.casefold(), *headings.also(self.name)}
        for language in LANGUAGES:
            with translation.override(language):
                known.add(self.title.casefold())
        return known

    @cached_property
    def words_of_choices(self) -> dict[str, str]:
        """A choice by itself and by its word in each language."""
        found = {}
        for language in LANGUAGES:
            with translation.override(language):
                found |= {str(word).casefold(): str(value) for value, word in self.choices}
        return found | {str(value).casefold(): str(value) for value, _word in self.choices}

    def head(self) -> Head:
        """The column as templates tell it."""
        parts = [_("Names the row: a known one is changed, a new one is added.") if self.is_key else ""]
        if self.choices:
            parts.append(_("One of: %(all)s.") % {"all": ", ".join(f"{v} = {w}" for v, w in self.choices)})
        if isinstance(self.field, serializers.BooleanField):
            parts.append(_("yes or no."))
        if isinstance(self.field, serializers.DateTimeField):
            parts.append(_("A time like 2026-12-01 08:00; without a zone it is the plant's."))
        if most := getattr(self.field, "max_length", None):
            parts.append(_("At most %(most)s characters.") % {"most": most})
        if self.group:
            parts.append(_("One row for each; rows of one key stand below each other."))
        note = " ".join([*filter(None, parts), str(self.field.help_text or "")]).strip()
        return Head(self.name, self.title, note, self.is_required, self.choices)

    def say(self, text: str) -> Any:
        """What a cell says; a blank one empties what may be empty, and else leaves it open."""
        if text:
            return self.read(text)
        if getattr(self.field, "allow_null", False):
            return None
        return "" if getattr(self.field, "allow_blank", False) or self.is_required else SILENT

    def read(self, text: str) -> Any:
        """What a cell says, as the API would be told it; what is wrong with it is found there."""
        if isinstance(self.field, serializers.BooleanField):
            folded = text.casefold()
            return True if folded in YES else False if folded in NO else text
        if isinstance(self.field, serializers.DateTimeField):
            return moment(text)
        if isinstance(self.field, serializers.ListField | serializers.ListSerializer):
            return several(text)
        return self.words_of_choices.get(text.casefold(), text)


def several(text: str) -> Any:
    """Values with semicolons between, or a list of objects as JSON."""
    try:
        return json.loads(text) if text.startswith("[") else [one.strip() for one in text.split(";") if one.strip()]
    except ValueError:
        return text


def moment(text: str) -> str:
    """A day or a time as ISO 8601 with the plant's zone where none is said; anything else as it stands."""
    plain = text.replace("/", "-")
    try:
        day = parse_date(plain)
        found = datetime(day.year, day.month, day.day) if day else parse_datetime(plain)  # noqa: DTZ001 - zoned below
    except ValueError:
        return text
    if found is None:
        return text
    return (timezone.make_aware(found) if timezone.is_naive(found) else found).isoformat()


def columns_of(takes: type[serializers.Serializer[Any]], *, key: str, model: type[Model]) -> list[Column]:
    """The words of a serializer, its key first, those of its lists last."""
    plain, inner = [], []
    for name, field in takes().fields.items():
        if field.read_only:
            continue
        parts = _parts(field)
        if parts is None:
            plain.append(Column(name, field, _title(name, model), name == key))
        else:
            inner += [Column(f"{name}{IN}{part}", one, headings.word(part, name)) for part, one in parts.items()]
    return sorted(plain, key=lambda column: not column.is_key) + inner


def _parts(field: Any) -> dict[str, Any] | None:
    """The fields of what stands in a list; None for a plain word."""
    child = getattr(field, "child", None)
    return dict(child.fields) if isinstance(child, serializers.Serializer) else None


def _title(name: str, model: type[Model]) -> Any:
    """The plant's word for it: the one of the table where it has such a column."""
    try:
        return headings.own(name) or model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return headings.word(name)


def matched(columns: Sequence[Column], found: Iterable[str], kept: Mapping[str, str] | None = None) -> dict[str, str]:
    """Heading → name of the column: as somebody chose it before, else by what the heading says; each column once."""
    known = {spelt: column.name for column in reversed(columns) for spelt in column.known_as}
    names = {column.name for column in columns}
    taken: dict[str, str] = {}
    for heading in found:
        chosen = (kept or {}).get(heading)
        name = chosen if chosen is not None else known.get(plain_heading(heading), "")
        if name in names and name not in taken.values():
            taken[heading] = name
    return taken


def plain_heading(heading: str) -> str:
    """A heading without the marks that people add: stars for what must be filled, units in brackets."""
    return heading.split("(")[0].split("（")[0].strip(" *＊:：").casefold()


def words(columns: Sequence[Column], cells: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a row, by names of columns, as words of the API; a column that the file has not says nothing."""
    found: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    for column in columns:
        if column.name in cells and (said := column.say(cells[column.name])) is not SILENT:
            (groups.setdefault(column.group, {}) if column.group else found)[column.part] = said
    return found | {name: [part] for name, part in groups.items() if any(part.values())}


def joined(rows: Iterable[Numbered], columns: Sequence[Column]) -> Iterator[Numbered]:
    """Rows of one key that stand below each other as one object with its list; (number of the first, words)."""
    groups = {column.group for column in columns if column.group}
    key = next((column.name for column in columns if column.is_key), "")
    standing: Numbered | None = None
    for number, one in rows:
        same = groups and standing is not None and one.get(key) == standing[1].get(key) and one.get(key)
        if same and standing is not None:
            for group in groups:
                standing[1].setdefault(group, []).extend(one.get(group, []))
            continue
        if standing is not None:
            yield standing
        standing = (number, one)
    if standing is not None:
        yield standing


def parted(words: Mapping[str, Any], columns: Sequence[Column]) -> Iterator[dict[str, str]]:
    """An object as cells: one row, or one for each part of its list."""
    groups = [group for group in dict.fromkeys(column.group for column in columns) if group]
    whole = {column.name: cell(words.get(column.name)) for column in columns if not column.group}
    parts = [(group, one) for group in groups for one in words.get(group) or ()]
    if not parts:
        yield whole
    for group, one in parts:
        yield whole | {c.name: cell(one.get(c.part)) for c in columns if c.group == group}


def cell(value: Any) -> str:
    """A word of the API as a text that reads back as the same."""
    if isinstance(value, list | dict):
        is_plain = isinstance(value, list) and all(isinstance(one, str) and ";" not in one for one in value)
        return "; ".join(value) if is_plain else json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)
