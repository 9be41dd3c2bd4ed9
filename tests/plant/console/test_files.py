"""Files of rows: what is read, what is refused, what a spreadsheet can't be made to calculate."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plant.console import books, files, sheets
from plant.console.files import FileRefused, guarded, unguarded


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_calculate_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5", "-0.25", "1e-9", "PCB", "", "'quoted"])
def test_plain_values_stay_as_they_are(text):
    assert guarded(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip))
def test_a_guarded_cell_reads_back(text):
    assert unguarded(guarded(text)) == text or text.startswith("'")


def test_an_exported_workbook_calculates_nothing():
    sheet = sheets.of("plant.Unit")

    made = load_workbook(io.BytesIO(books.as_xlsx(sheet, [["=1+1", "@x", "'"]])))

    assert [cell.data_type for cell in made.worksheets[0][2]] == ["s", "s", "s"]
    assert made.worksheets[0]["A2"].value == "=1+1"


def test_numbers_dates_and_booleans_of_a_workbook_become_text():
    table = files.read("x.xlsx", book(["code", "n", "b"], [7, 1.5, True], [None, None, None], [8.0, -2, False]))

    assert [line.cells for line in table.lines] == [
        {"code": "7", "n": "1.5", "b": "yes"}, {"code": "8", "n": "-2", "b": "no"}]
    assert [line.number for line in table.lines] == [2, 4]


def test_a_formula_in_a_workbook_is_a_fault_of_its_cell():
    table = files.read("x.xlsx", book(["code", "name"], ["A", "=1+1"]))

    assert table.lines[0].faults == {"name": "The cell holds a formula. Put its value there."}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_what_people_save(encoding, mark):
    content = f"# 说明\r\ncode{mark}name\r\nA{mark}电路板\r\n".encode(encoding)

    assert [line.cells for line in files.read("x.csv", content).lines] == [{"code": "A", "name": "电路板"}]


@pytest.mark.parametrize("content", [
    b"", b"\n\n", b"PK\x03\x04 not a workbook", b"code,code\n1,2\n", b"a\0b,c\n1,2", b'code,name\n"open,1\n',
    ("," * 80).encode(), b"code\n" + b"x\n" * (files.MOST_ROWS + 1), b"x" * (files.MOST_BYTES + 1),
], ids=["empty", "blank", "damaged", "twice", "binary", "open quote", "wide", "long", "large"])
def test_a_file_that_is_no_table_is_refused(content):
    with pytest.raises(FileRefused):
        files.read("x.csv", content)


def repacked(change):
    """A workbook with other parts."""
    source, target = zipfile.ZipFile(io.BytesIO(book(["code"], ["A"]))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        for part in source.infolist():
            parts.writestr(part.filename, change(part.filename, source.read(part)))
    return target.getvalue()


def test_a_workbook_that_declares_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]>'

    with pytest.raises(FileRefused):
        files.read("x.xlsx", repacked(lambda name, data: bomb + data if "sheet1" in name else data))


def test_a_workbook_that_unpacks_without_end_is_refused():
    huge = repacked(lambda name, data: b" " * (files.MOST_UNPACKED + 1) if "sheet1" in name else data)

    assert len(huge) < files.MOST_BYTES
    with pytest.raises(FileRefused):
        files.read("x.xlsx", huge)


@pytest.mark.parametrize("label", sorted(sheets._SHEETS))
def test_every_sheet_has_a_template_that_can_be_read(label):
    sheet = sheets.of(label)

    by_book = files.read("t.xlsx", books.template(sheet))
    by_text = files.read("t.csv", "".join(files.as_csv(books.template_rows(sheet))).encode())

    titles = [column.title for column in sheet.columns]
    assert (by_book.headings, by_text.headings) == (titles, titles)
    assert len(set(titles)) == len(titles)
