"""What a file would do to master data: each row new, changed, the same or faulty, found without writing anything."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plant import scoping
from plant.console.columns import MANY, PART, Column, plain
from plant.console.files import FileRefused, Line, Table
from plant.console.sheets import Sheet, free, keys_of

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "error"
ROW = ""  # the place of a fault that belongs to no single column


@dataclass(slots=True)
class Row:
    """One line of the file, and what it would do."""

    number: int
    key: str
    pk: Any = None
    was: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    many: dict[str, list[Any]] = field(default_factory=dict)
    # Keys of rows of the same file that this one refers to, by column.
    waits: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    instance: Any = None

    @property
    def verb(self) -> str:
        if self.faults:
            return FAULTY
        return NEW if self.pk is None else CHANGED if self.now else SAME


@dataclass(slots=True)
class Plan:
    """All rows of a file; `ignored` are headings that name no column."""

    sheet: Sheet
    rows: list[Row]
    ignored: list[str]

    def count(self, verb: str) -> int:
        return sum(row.verb == verb for row in self.rows)

    @property
    def is_fit(self) -> bool:
        """Nothing is wrong, and there is something to write."""
        verbs = {row.verb for row in self.rows}
        return FAULTY not in verbs and bool(verbs & {NEW, CHANGED})

    def digest(self) -> str:
        """A mark that is the same only when the same would be written over the same."""
        told = [[row.number, row.key, row.verb, row.was, row.now] for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan(sheet: Sheet, table: Table, by: Any) -> Plan:
    """Compare a file with what there is."""
    named, ignored = _columns(sheet, table.headings)
    there = {sheet.key_of(cells): (pk, cells) for pk, cells in sheet.texts(sheet.rows())}
    known = {column.name: keys_of(column.target) for column in named.values() if column.target}
    own = [column for column in named.values() if column.target is sheet.model and not column.is_many]
    rows = [_row(sheet, named, line, there, known) for line in table.lines]
    _refuse_twice(rows)
    _link_own(rows, own)
    _refuse_foreign(sheet, rows, by)
    _refuse_frozen(sheet, rows, by)
    return Plan(sheet, rows, ignored)


def _columns(sheet: Sheet, headings: list[str]) -> tuple[dict[str, Column], list[str]]:
    titles = {title: column for column in reversed(sheet.columns) for title in column.titles()}
    named = {heading: titles[heading.casefold()] for heading in headings if heading.casefold() in titles}
    present = {column.name for column in named.values()}
    if missing := [column.title for column in sheet.columns if column.is_key and column.name not in present]:
        message = _("The file has no column “%(name)s”, by which rows are known. Take the template.")
        raise FileRefused(message % {"name": missing[0]})
    if len(present) < len(named):
        raise FileRefused(_("Two columns of the file mean the same. Take the template."))
    return named, [heading for heading in headings if heading not in named]


def _row(
    sheet: Sheet, named: dict[str, Column], line: Line, there: dict[str, Any], known: dict[str, dict[str, Any]]
) -> Row:
    cells = {column.name: line.cells.get(heading, "") for heading, column in named.items()}
    faults = {named[heading].name: fault for heading, fault in line.faults.items() if heading in named}
    row = Row(line.number, sheet.key_of(_normal_keys(sheet, cells)), faults=faults)
    row.pk, was = there.get(row.key, (None, {}))
    for column in named.values():
        text = _neat(column, cells[column.name])
        if column.name in faults or (row.pk is not None and text == was[column.name]):
            continue
        if row.pk is None and text == "" and not column.is_required:
            continue
        try:
            _take(row, column, text, was.get(column.name, ""), known)
        except ValidationError as error:
            row.faults[column.name] = " ".join(error.messages)
    if row.pk is None:
        absent = [one for one in sheet.columns if one.is_required and one.name not in cells]
        row.faults |= {column.name: _("A new row needs this column.") for column in absent}
    return row


def _neat(column: Column, text: str) -> str:
    """References as the plant writes them."""
    if column.is_many:
        return f"{MANY} ".join(sorted({_parts(one) for one in text.replace(",", MANY).split(MANY) if one.strip()}))
    return _parts(text) if column.target else text


def _parts(text: str) -> str:
    return PART.join(part.strip() for part in text.split(PART))


def _normal_keys(sheet: Sheet, cells: dict[str, str]) -> dict[str, str]:
    """The key's cells as the database would give them; what can't be read stays, and is refused later."""
    found = {}
    for column in sheet.columns:
        if column.is_key:
            text = _neat(column, cells.get(column.name, ""))
            found[column.name] = text if column.target else _normal(column, text)
    return found


def _normal(column: Column, text: str) -> str:
    try:
        return plain(column.read(text))
    except ValidationError:
        return text


def _take(row: Row, column: Column, text: str, was: str, known: dict[str, dict[str, Any]]) -> None:
    """Put the value of a cell into the row if it differs from what is there."""
    if column.is_many:
        row.many[column.name] = [_target(column, one, known) for one in text.split(f"{MANY} ") if one]
    elif column.target:
        if column.target is column.field.model and text and text not in known[column.name]:
            row.waits[column.name] = text
        else:
            if not text and not column.field.null:
                raise ValidationError(_("This column must be filled."))
            row.values[column.field.attname] = _target(column, text, known) if text else None
    else:
        value = column.read(text)
        if row.pk is not None and plain(value) == was:
            return
        row.values[column.name] = value
        text = plain(value)
    row.now[column.name] = text
    if row.pk is not None:
        row.was[column.name] = was


def _target(column: Column, text: str, known: dict[str, dict[str, Any]]) -> Any:
    if text not in known[column.name]:
        message = _("There is no %(kind)s “%(key)s”.")
        raise ValidationError(message % {"kind": column.target._meta.verbose_name, "key": text[:80]})
    return known[column.name][text]


def _refuse_twice(rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key in seen:
            row.faults[ROW] = _("Line %(line)s names the same row.") % {"line": seen[row.key]}
        seen.setdefault(row.key, row.number)


def _link_own(rows: list[Row], own: list[Column]) -> None:
    """A reference that the plant does not know may be to another row of the file."""
    titles = {column.name: column for column in own}
    new = {row.key for row in rows if row.pk is None and not row.faults}
    for row in rows:
        for name, key in list(row.waits.items()):
            if name not in titles or key not in new or key == row.key:
                del row.waits[name]
                row.faults[name] = _("“%(key)s” is neither known nor in the file.") % {"key": key[:80]}


def _refuse_foreign(sheet: Sheet, rows: list[Row], by: Any) -> None:
    """Rows of another site than one's own, and rows that refer to one."""
    changed = {row.pk for row in rows if row.pk is not None and row.now}
    foreign = changed - set(scoping.visible(sheet.rows().filter(pk__in=changed), by).values_list("pk", flat=True))
    for row in rows:
        if row.pk in foreign:
            row.faults[ROW] = _("This belongs to another site or line than yours.")
    for column in (one for one in sheet.columns if one.target):
        named = {row.number: set(_named(row, column)) for row in rows}
        asked = column.target._default_manager.filter(pk__in=set().union(*named.values()))
        near = set(scoping.visible(asked, by).values_list("pk", flat=True))
        for row in (row for row in rows if named[row.number] - near):
            row.faults[column.name] = _("This belongs to another site or line than yours.")


def _named(row: Row, column: Column) -> list[Any]:
    """The records that a row newly refers to."""
    if column.is_many:
        return list(row.many.get(column.name, ()))
    found = row.values.get(column.field.attname)
    return [] if found is None else [found]


def _refuse_frozen(sheet: Sheet, rows: list[Row], by: Any) -> None:
    """Rows that stay as they are, such as lines of a signed plan."""
    if sheet.frozen is free:
        return
    firm = [row for row in rows if row.verb in (NEW, CHANGED)]
    related = [one for one in sheet.columns if one.target and not one.is_many and one.is_key]
    wide = sheet.model._default_manager.select_related(*(one.name for one in related))
    there = wide.in_bulk([row.pk for row in firm if row.pk])
    near: dict[tuple[str, Any], Any] = {}
    for row in firm:
        subject = there.get(row.pk) or _made(sheet, row, related, near)
        if why := sheet.frozen(subject, by):
            row.faults[ROW] = str(why)


def _made(sheet: Sheet, row: Row, related: list[Column], near: dict[tuple[str, Any], Any]) -> Any:
    """A new row in memory, with what it refers to."""
    made = sheet.model(**row.values)
    for column in related:
        pk = getattr(made, column.field.attname)
        if (column.name, pk) not in near:
            near[column.name, pk] = column.target._default_manager.get(pk=pk)
        setattr(made, column.name, near[column.name, pk])
    return made
