"""Files that spreadsheets open as they are meant, and that run nothing."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.lists import sheets

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
AT = datetime(2026, 11, 22, 15, 4, 5)  # noqa: DTZ001 (a sheet knows no zones)


def workbook(head, rows):
    return openpyxl.load_workbook(io.BytesIO(b"".join(sheets.as_xlsx("批次 [1]", head, rows))))


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=8))
def test_no_cell_of_a_csv_file_begins_like_a_formula(rows):
    text = b"".join(sheets.as_csv(["A", "B"], rows)).decode("utf-8-sig")

    found = list(csv.reader(io.StringIO(text)))

    assert [len(row) for row in found[1:]] == [2] * len(rows)
    assert not [cell for row in found for cell in row if cell.startswith(sheets.FORMULA)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x"])
def test_a_text_that_would_run_is_marked_as_text(text):
    assert sheets.spelled(text) == f"'{text}"


@pytest.mark.parametrize(("cell", "said"), [
    (Decimal("-1.500000"), "-1.5"), (7, "7"), (None, ""), (AT, "2026-11-22 15:04:05"), ("批次", "批次")])
def test_numbers_and_moments_stay_what_they_are(cell, said):
    assert sheets.spelled(cell) == said


def test_a_csv_file_tells_excel_its_characters():
    assert b"".join(sheets.as_csv(["批次"], [])) == "\ufeff批次\r\n".encode()


def test_a_workbook_holds_typed_cells():
    book = workbook(["A", "B", "C", "D"], [["=1+1", Decimal("1.5"), AT, None], ["<&>\x07\"", -3, None, "  x"]])
    sheet = book.active

    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("批次 1", "A2", "A1:D3")
    assert [cell.value for cell in sheet[2]] == ["=1+1", 1.5, AT, None]
    assert [cell.data_type for cell in sheet[2]][:3] == ["s", "n", "d"]
    assert [cell.value for cell in sheet[3]] == ['<&>"', -3, None, "  x"]


@given(st.lists(st.lists(texts.filter(lambda text: text.strip()), min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_workbook_gives_back_every_text(rows):
    found = [[cell.value for cell in row] for row in workbook(["A", "B", "C"], rows).active.iter_rows(min_row=2)]

    assert [[text.replace("\ufffe", "").replace("\uffff", "") for text in row] for row in rows] == found


def test_a_file_is_written_while_it_is_read():
    taken = []
    rows = ([taken.append(number) or f"row {number} {number * 7919}"] for number in range(60_000))

    first = next(sheets.as_xlsx("A", ["A"], rows))

    assert first.startswith(b"PK")
    assert len(taken) < 60_000


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_named_by_letters(column, name):
    assert sheets.letters(column) == name
