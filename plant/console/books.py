"""Excel workbooks: exported rows, and the template with a note for each column."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from plant.console.columns import MANY, PART, Column
from plant.console.files import REMARK
from plant.console.sheets import Sheet

BOLD, FILLED = Font(bold=True), PatternFill("solid", fgColor="E8EEF7")
# What Excel can keep in the list of a cell.
LONGEST_LIST = 250
LAST_ROW = 1_000


def as_xlsx(sheet: Sheet, rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of rows, every cell a text: none is calculated, none loses its leading zeros."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_title(sheet))
    page.freeze_panes = "A2"
    _widths(page, sheet.columns)
    page.append([_cell(page, column.title, is_head=True) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, text) for text in row])
    _notes(book, sheet)
    return _bytes(book)


def template(sheet: Sheet) -> bytes:
    """An empty sheet with lists to choose from, and a second one that explains the columns."""
    book = Workbook()
    page = book.active
    page.title = _title(sheet)
    page.freeze_panes = "A2"
    _widths(page, sheet.columns)
    for index, column in enumerate(sheet.columns, 1):
        head = page.cell(1, index, column.title)
        head.font, head.fill = BOLD, FILLED
        head.number_format = "@"
        if choices := _choices(column):
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
            page.add_data_validation(rule)
            letter = head.column_letter
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
    _notes(book, sheet)
    return _bytes(book)


def _title(sheet: Sheet) -> str:
    words = str(sheet.model._meta.verbose_name_plural)
    return "".join(char for char in words if char not in r"[]:*?/\'")[:31] or "Sheet"


def _widths(page: Any, columns: list[Column]) -> None:
    for index, column in enumerate(columns):
        page.column_dimensions[chr(65 + index) if index < 26 else f"A{chr(65 + index - 26)}"].width = (
            14 if column.field.choices else 24
        )


def _cell(page: Any, text: str, *, is_head: bool = False) -> Any:
    made = WriteOnlyCell(page, text)
    made.data_type = "s"
    made.number_format = "@"
    if is_head:
        made.font, made.fill = BOLD, FILLED
    return made


def _choices(column: Column) -> str:
    values = ",".join(str(value) for value, _word in column.field.flatchoices)
    return values if len(values) <= LONGEST_LIST else ""


def _notes(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(_("Columns"))
    for letter, width in zip("ABCD", (24, 24, 12, 90), strict=True):
        page.column_dimensions[letter].width = width
    rows = [[_("Column"), _("Name"), _("Must be filled"), _("Note")]]
    rows += [
        [column.title, column.name, _("yes") if column.is_required else _("no"), note(column)]
        for column in sheet.columns
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
    """The template as CSV: the headings, and each column's note as a remark that is not read."""
    notes = [[f"{REMARK} {column.title}: {note(column)}"] for column in sheet.columns]
    return [*notes, [column.title for column in sheet.columns]]


def _bytes(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
