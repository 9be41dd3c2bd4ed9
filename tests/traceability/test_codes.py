"""The code on a customer's label: made here, read here, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability import codes


@given(st.integers(1, 2**48 - 1))
def test_a_code_leads_back_to_its_lot(lot):
    code = codes.code(lot)
    assert (codes.read(code), len(code), code.isascii()) == (lot, codes.LENGTH, True)


@given(st.integers(1, 2**48 - 1), st.integers(0, 27), st.sampled_from("Aaz09_-"))
def test_a_changed_code_leads_nowhere(lot, place, letter):
    code = codes.code(lot)
    changed = code[:place] + letter + code[place + 1 :]
    assert codes.read(changed) in ({lot} if changed == code else {None})


@pytest.mark.parametrize("word", ["", "0", "x" * 31, "0" + "é" * 30, "0" * 4000, "0" + "A" * 30, "0" + "=" * 30])
def test_what_nobody_signed_leads_nowhere(word):
    assert codes.read(word) is None


def test_codes_do_not_count():
    assert len({codes.code(lot)[20:26] for lot in range(1, 200)}) == 199


def test_labels_of_an_older_key_stay_valid_and_those_of_a_removed_one_do_not(settings):
    settings.PUBLIC_CODE_KEYS = ["1:first"]
    old = codes.code(7)
    settings.PUBLIC_CODE_KEYS = ["2:second", "1:first"]
    new = codes.code(7)
    assert (codes.read(old), codes.read(new), new[0], new == old) == (7, 7, "2", False)
    settings.PUBLIC_CODE_KEYS = ["2:second"]
    assert (codes.read(old), codes.read(new)) == (None, 7)


def test_another_plants_code_leads_nowhere(settings):
    code = codes.code(7)
    settings.SECRET_KEY = "another plant's secret"
    assert codes.read(code) is None
