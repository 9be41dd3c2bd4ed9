"""Dossiers of very large lots: nothing is cut silently, and a workbook is sent while its rows are read."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plant import printing
from plant.models import Role
from plant.web import sheets
from tests.traceability import worlds
from traceability.models import Bucket, Move
from traceability.queries import dossier
from traceability.web import dossier_sheets

pytestmark = pytest.mark.django_db
MANY = 2_100


def large(here: worlds.World):
    """A lot that was put somewhere else again and again."""
    lot = worlds.raw(here, "RAW")
    Move.objects.bulk_create(
        Move(lot=lot, from_bucket=Bucket.STOCK, from_place="" if at % 2 else "A", to_bucket=Bucket.STOCK,
             to_place="A" if at % 2 else "", quantity=100, person=here.operator, at=worlds.NOON + timedelta(minutes=at))
        for at in range(1, MANY + 1)
    )
    return lot


def test_the_page_says_that_it_is_cut_and_the_workbook_holds_all(client) -> None:
    here = worlds.world()
    lot, reader = large(here), worlds.person("8", Role.QUALITY_ENGINEER)
    client.force_login(reader)
    page = client.get(reverse("traceability:lot-detail", args=["RAW"]), {"tab": "ledger"})
    assert page.context["record"].is_cut
    assert len(page.context["record"].moves) == dossier.ROWS
    book = b"".join(sheets.as_book(dossier_sheets.lot(lot, reader), "x").streaming_content)
    cells = [row[0] for row in load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)]
    begin = cells.index("Ledger") + 2
    assert len(list(takewhile_full(cells[begin:]))) == MANY + 1


def takewhile_full(cells):
    """The cells up to the next blank row."""
    for cell in cells:
        if cell is None:
            return
        yield cell


def test_paper_says_that_a_long_table_goes_on_in_the_workbook() -> None:
    lot = large(worlds.world())
    found = {one.title: one for one in dossier_sheets.lot(lot, worlds.person("8", Role.QUALITY_ENGINEER)).tables}
    paper = found["Ledger"].on_paper()
    assert (len(paper.rows), bool(paper.note)) == (printing.MOST_ROWS, True)
    assert found["Genealogy"].on_paper().note == ""


def test_the_first_rows_are_written_before_the_last_are_read() -> None:
    lot = large(worlds.world())
    read = []
    sheet = dossier_sheets.lot(lot, worlds.person("8", Role.QUALITY_ENGINEER))
    ledger = next(one for one in sheet.tables if one.title == "Ledger")
    noted = replace(sheet, tables=[replace(ledger, rows=printing.Rows(lambda: watched(ledger.rows, read)))])
    first = next(iter(sheets.as_book(noted, "x").streaming_content))
    assert first.startswith(b"PK")
    assert len(read) < MANY


def watched(rows, read):
    """The rows, each noted when it is read."""
    for row in rows:
        read.append(row)
        yield row
