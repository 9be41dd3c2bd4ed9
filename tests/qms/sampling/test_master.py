"""Every cell of the printed tables, arrows followed."""

import pytest

from qms.sampling import master
from qms.sampling.letters import LARGEST, LETTERS, LEVELS, code_letter, row_of
from tests import conformance
from tests.qms.sampling import printed


@pytest.mark.parametrize("severity", master.SEVERITIES)
def test_every_cell_is_where_a_finger_comes_out_on_the_printed_table(severity):
    wrong = [
        (letter, aql)
        for letter in LETTERS
        for column, aql in enumerate(master.AQLS)
        if list(master.cell("iso2859-1", severity, letter, aql)) != printed.followed(severity, letter, column)
    ]
    assert wrong == []


@pytest.mark.parametrize("severity", ["normal", "tightened"])
def test_105e_differs_only_in_reduced_inspection(severity):
    for letter in LETTERS:
        for aql in master.AQLS:
            ours, theirs = (master.cell(one, severity, letter, aql) for one in master.STANDARDS)
            assert ours == theirs


@pytest.mark.parametrize("line", printed.REDUCED_105E.strip().splitlines())
def test_105e_has_a_gap_in_reduced_inspection(line):
    letter, first, *cells = line.split()
    for aql, text in zip(master.AQLS[master.position(first) :], cells, strict=False):
        found = master.cell("mil-std-105e", "reduced", letter, aql)
        is_own = found.letter == letter
        assert (f"{found.ac}/{found.re}" if is_own else "^" if found.letter < letter else "v") == text


def test_105e_reduced_has_another_sample_in_28_of_the_390_cells_of_letters_a_to_q():
    other = [
        (letter, aql)
        for letter in LETTERS[:-1]
        for aql in master.AQLS
        if len({master.cell(one, "reduced", letter, aql).n for one in master.STANDARDS}) > 1
    ]
    assert len(other) == 28


@pytest.mark.parametrize(("severity", "letter", "aql", "plan"), [
    ("normal", "J", "1.0", ("J", 80, 2, 3)), ("tightened", "J", "1.0", ("J", 80, 1, 2)),
    ("reduced", "J", "1.0", ("J", 32, 1, 2)), ("normal", "K", "0.65", ("K", 125, 2, 3)),
    ("normal", "L", "0.65", ("L", 200, 3, 4)), ("normal", "G", "0.65", ("F", 20, 0, 1)),
    ("normal", "G", "1.0", ("H", 50, 1, 2)), ("tightened", "A", "10", ("A", 2, 0, 1)),
    ("tightened", "Q", "0.025", ("S", 3150, 1, 2)), ("tightened", "R", "0.015", ("Q", 1250, 0, 1)),
    ("reduced", "Q", "0.025", ("N", 200, 0, 1)), ("reduced", "K", "1.0", ("K", 50, 2, 3)),
    ("normal", "C", "1000", ("B", 3, 44, 45)), ("normal", "R", "1000", ("B", 3, 44, 45)),
])  # fmt: skip
def test_cells_that_others_get_wrong(severity, letter, aql, plan):
    assert master.cell("iso2859-1", severity, letter, aql) == plan


def test_code_letters_are_those_of_table_1():
    case = conformance.load("spc/aql_code_letters")
    lots = [int(text.rstrip("+").split("-")[0]) for text in case["data"]["lots"]]
    assert [[code_letter(lot, level) for level in LEVELS] for lot in lots] == case["expected"]["letters"]


@pytest.mark.parametrize("lot", LARGEST)
def test_a_row_ends_where_the_next_begins(lot):
    assert row_of(lot)[1] == lot
    assert row_of(lot + 1)[0] == lot + 1
    assert code_letter(lot) != code_letter(lot + 1)


@pytest.mark.parametrize(("lot", "level"), [(1, "II"), (0, "II"), (-5, "II"), (10, "IV"), (10, "")])
def test_a_lot_or_level_that_is_none_is_refused(lot, level):
    with pytest.raises(ValueError, match=r"lot of|no inspection level"):
        code_letter(lot, level)


def test_a_cell_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no cell"):
        master.cell("iso2859-1", "normal", "I", "1.0")
