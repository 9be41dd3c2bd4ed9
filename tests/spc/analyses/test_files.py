"""Tables as people save them, and what is said of those that cannot be read."""

import re

import numpy as np
import pytest

from spc.analyses import files


def saved(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_read_knows_how_plants_save_tables(tmp_path, encoding, mark):
    path = saved(tmp_path, f"零件{mark}x1\r\n轴{mark} 1.5 \r\n盖{mark}\r\n\r\n", encoding)

    assert files.read(path) == {"零件": ["轴", "盖"], "x1": ["1.5", ""]}


def test_read_keeps_empty_lines_in_between_so_that_lines_count(tmp_path):
    path = saved(tmp_path, "x\n1\n\n3\n")

    assert files.read(path) == {"x": ["1", "", "3"]}


def test_read_lets_a_row_end_early_and_a_nameless_column_go(tmp_path):
    path = saved(tmp_path, 'x1,x2,\n1,2,\n3\n"4,5",6\n')

    assert files.read(path) == {"x1": ["1", "3", "4,5"], "x2": ["2", "", "6"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty; its first line must name the columns"),
        (",,\n1,2,3\n", "line 1 is empty"),
        ("1.5,2\n3,4\n", "line 1, column 1 is the number 1.5"),
        ("a,A\n1,2\n", "line 1 names the column 'A' twice"),
        ("a,b\n1,2\n1,2,3\n", "line 3 has 3 cells, but line 1 names 2 columns"),
    ],
)
def test_read_names_the_file_and_the_line(tmp_path, text, says):
    path = saved(tmp_path, text)

    with pytest.raises(ValueError, match=re.escape(says)) as told:
        files.read(path)
    assert str(path) in str(told.value)


def test_read_tells_of_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        files.read(tmp_path / "none.csv")
    (tmp_path / "data.csv").write_bytes(b"\xff\xff\xff\x00")
    with pytest.raises(ValueError, match="neither UTF-8 nor GB18030"):
        files.read(tmp_path / "data.csv")


def test_numbers_take_text_and_numbers_and_leave_gaps():
    columns = {"X1": ["1.5", "", "*", "NA", "-2e3", 4, None]}

    assert files.numbers(columns, "x1").tolist() == pytest.approx(
        [1.5, np.nan, np.nan, np.nan, -2000, 4, np.nan], nan_ok=True
    )


@pytest.mark.parametrize("cell", ["1,5", "1_000", "inf", "abc", True, "2026-01-01", [1]])
def test_numbers_name_the_line_and_the_column(cell):
    with pytest.raises(ValueError, match=re.escape("Line 3 (value 2), column x1")):
        files.numbers({"x1": ["1", cell]}, "x1")


def test_choose_keeps_the_order_asked_for_and_tells_what_is_missing():
    assert files.choose({"B": ["1"], "a": ["2"]}, ["a", "b"]) == {"a": ["2"], "b": ["1"]}
    with pytest.raises(ValueError, match="no column c, d; the file has a"):
        files.choose({"a": []}, ["a", "c", "d"])
