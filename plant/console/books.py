"""Excel workbooks: exported rows, and the template with a note for each column."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from plant.console.columns import MANY, PART, Column
from plant.console.files import REMARK
from plant.console.sheets import Sheet

BOLD, FILLED = Font(bold=True), PatternFill("solid", fgColor="E8EEF7")
# What Excel can keep in the list of a cell.
LONGEST_LIST = 250
LAST_ROW = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """A column as a workbook tells it; `choices` are values and their words."""

    name: str
    title: str
    note: str = ""
    is_required: bool = False
    choices: Sequence[tuple[Any, Any]] = ()


def heads(sheet: Sheet) -> list[Head]:
    """The columns of a sheet of master data."""
    return [
        Head(column.name, column.title, note(column), column.is_required, column.field.flatchoices)
        for column in sheet.columns
    ]


def as_xlsx(sheet: Sheet, rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of rows of master data."""
    return workbook(title_of(sheet), heads(sheet), rows)


def template(sheet: Sheet) -> bytes:
    """An empty sheet of master data."""
    return empty(title_of(sheet), heads(sheet))


def workbook(title: str, columns: Sequence[Head], rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of rows, every cell a text: none is calculated, none loses its leading zeros."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_title(title))
    page.freeze_panes = "A2"
    _widths(page, columns)
    page.append([_cell(page, column.title, is_head=True) for column in columns])
    for row in rows:
        page.append([_cell(page, text) for text in row])
    _notes(book, columns)
    return _bytes(book)


def empty(title: str, columns: Sequence[Head]) -> bytes:
    """An empty sheet with lists to choose from, and a second one that explains the columns."""
    book = Workbook()
    page = book.active
    page.title = _title(title)
    page.freeze_panes = "A2"
    _widths(page, columns)
    for index, column in enumerate(columns, 1):
        head = page.cell(1, index, column.title)
        head.font, head.fill = BOLD, FILLED
        head.number_format = "@"
        if choices := _choices(column):
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
            page.add_data_validation(rule)
            letter = head.column_letter
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
    _notes(book, columns)
    return _bytes(book)


def title_of(sheet: Sheet) -> str:
    """What a sheet is called."""
    return str(sheet.model._meta.verbose_name_plural)


def _title(words: str) -> str:
    return "".join(char for char in words if char not in r"[]:*?/\'")[:31] or "Sheet"


def _widths(page: Any, columns: Sequence[Head]) -> None:
    for index, column in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(index)].width = 14 if column.choices else 24


def _cell(page: Any, text: str, *, is_head: bool = False) -> Any:
    made = WriteOnlyCell(page, text)
    made.data_type = "s"
    made.number_format = "@"
    if is_head:
        made.font, made.fill = BOLD, FILLED
    return made


def _choices(column: Head) -> str:
    values = ",".join(str(value) for value, _word in column.choices)
    return values if len(values) <= LONGEST_LIST else ""


def _notes(book: Any, columns: Sequence[Head]) -> None:
    page = book.create_sheet(_("Columns"))
    for letter, width in zip("ABCD", (24, 24, 12, 90), strict=True):
        page.column_dimensions[letter].width = width
    rows = [[_("Column"), _("Name"), _("Must be filled"), _("Note")]]
    rows += [
        [column.title, column.name, _("yes") if column.is_required else _("no"), column.note] for column in columns
    ]
    for row in rows:
        page.append(row)


def note(column: Column) -> str:
    """What to write into a column."""
    parts = [_("Names the row: a known one is changed, a new one is added.") if column.is_key else ""]
    if column.field.choices:
        parts.append(_("One of: %(all)s.") % {"all": ", ".join(f"{v} = {w}" for v, w in column.field.flatchoices)})
    elif column.target:
        names = f" {PART} ".join(path.split("__", 1)[1].replace("__", " ") for path in column.paths)
        word = str(column.target._meta.verbose_name)
        parts.append(_("Refers to %(what)s by: %(names)s.") % {"what": word, "names": names})
    elif column.field.get_internal_type() == "BooleanField":
        parts.append(_("yes or no."))
    if column.is_many:
        parts.append(_("Several are divided by “%(mark)s”.") % {"mark": MANY})
    length = getattr(column.field, "max_length", None)
    if length and not column.field.choices:
        parts.append(_("At most %(most)s characters.") % {"most": length})
    parts += [str(column.field.help_text), str(column.help)]
    return " ".join(part for part in parts if part)


def template_rows(sheet: Sheet) -> list[list[str]]:
    """The template of a sheet of master data as CSV."""
    return empty_rows(heads(sheet))


def empty_rows(columns: Sequence[Head]) -> list[list[str]]:
    """The template as CSV: the headings, and each column's note as a remark that is not read."""
    notes = [[f"{REMARK} {column.title}: {column.note}"] for column in columns]
    return [*notes, [column.title for column in columns]]


def _bytes(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
