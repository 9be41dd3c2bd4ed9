"""Imports of files: the list, one of them, its refused rows as a file that can be corrected and sent again."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from integrations.formats import tables
from integrations.imports import objects
from integrations.imports.objects import IMPORTED
from integrations.models import FileImport
from plant.console.books import Head

SAMPLE, SHOWN = 5, 200


def listing() -> "QuerySet[FileImport]":
    """All of them, without their content."""
    return FileImport.objects.defer("content").select_related("by", "site")


def sample(row: FileImport) -> list[dict[str, str]]:
    """The first rows of a file."""
    if not row.content:
        return []
    _headings, lines = objects.open_file(row.file_name, bytes(row.content), row.encoding)
    return [line.cells for line in islice(lines, SAMPLE)]


def refusals(row: FileImport) -> list[dict[str, Any]]:
    """The first refused rows: line, key, and what is wrong, with the headings of the file."""
    headings = {name: heading for heading, name in row.columns.items()}
    titles = {column.name: column.title for column in objects.columns_of(IMPORTED[row.noun])}
    return [
        {
            "line": one.line, "key": one.key,
            "errors": [
                (titles.get(name, ""), _cell(one.cells, headings.get(name, "")), why)
                for name, why in one.errors.items()
            ],
        }
        for one in row.refusals.all()[:SHOWN]
    ]


def _cell(cells: list[dict[str, str]], heading: str) -> str:
    return next((one[heading] for one in cells if one.get(heading)), "")


def corrections(row: FileImport, kind: str) -> bytes:
    """The refused rows as they stood in the file, with what is wrong in a last column that is not read again."""
    heads = [Head(heading, heading) for heading in row.headings] + [Head("error", error_heading())]
    return tables.written(kind, str(IMPORTED[row.noun].name), heads, _corrections(row))


def error_heading() -> str:
    """What the last column of a file of errors is called."""
    return _("Error")


def _corrections(row: FileImport) -> Iterator[list[str]]:
    titles = {column.name: column.title for column in objects.columns_of(IMPORTED[row.noun])}
    for one in row.refusals.all().iterator():
        said = "; ".join(f"{titles[name]}: {why}" if name in titles else why for name, why in one.errors.items())
        for cells in one.cells:
            yield [*(cells.get(heading, "") for heading in row.headings), said]
