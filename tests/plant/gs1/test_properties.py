"""Whatever is written is read back the same, and whatever is sent is answered at once."""

import contextlib
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.gs1 import digital_link, elements, scans
from plant.gs1.checks import CSET82
from plant.gs1.elements import GS, Gs1Error

MOST_SECONDS = 0.25
PIECES = [
    "]C1", "]Q1", "]E0", "]e0", "|", "(", ")", "\\", "https://a/", "/01/", "/10/", "?17=", "&", "%", GS, "^", "01",
    "00", "3100", "09521234543213", "8110", "A", "1", "\n", "控", "\ud800",
]  # fmt: skip


def gtins() -> st.SearchStrategy[str]:
    return st.from_regex(r"[0-9]{13}", fullmatch=True).map(with_check_digit)


def with_check_digit(text: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(text)))
    return text + str(-total % 10)


def values(length: int) -> st.SearchStrategy[str]:
    return st.text(CSET82, min_size=1, max_size=length)


LABELS = st.fixed_dictionaries({"01": gtins()}, optional={
    "10": values(20), "21": values(20), "22": values(20), "17": st.just("261200"), "240": values(30), "99": values(90),
    "3103": st.from_regex("[0-9]{6}", fullmatch=True), "423": st.sampled_from(["156", "156276", "156276840"]),
})  # fmt: skip


@given(LABELS, st.sampled_from(["]C1", "]d2", "]Q3", "]e0", "]J1", GS]))
def test_element_strings_read_back(label, sign):
    assert scans.read(sign + elements.written(label)).elements == label


@given(LABELS)
def test_brackets_read_back(label):
    assert scans.read(elements.with_brackets(label)).elements == label


@given(LABELS)
def test_digital_links_read_back(label):
    assert scans.read(digital_link.written(label, "https://example.com/x")).elements == label


@given(LABELS, st.sampled_from(["~", "|", "{", "<GS>", "[GS]"]))
def test_profiles_read_back(label, separator):
    sent = f"#]C1{elements.written(label)}#".replace(GS, separator)
    assert scans.read(sent, scans.Profile("#", "#", separator)).elements == label


@settings(max_examples=500)
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join) |
       st.text(string.digits + "()^" + GS, max_size=300))
def test_whatever_is_sent_is_read_or_refused(text):
    try:
        found = scans.read(text).elements
    except Gs1Error as refused:
        found = {"": str(refused)}
    assert all(isinstance(value, str) for value in found.values())


@pytest.mark.parametrize("text", [
    "]C1" + "31001234563100" * 140, "(10)" * 500, "(" * 2000, "https://a" + "/01" * 600, "]C1" + "9" * 2000, "1" * 2000,
    "]C1" + "".join(f"3{number:03d}123456" for number in range(100, 165)), "https://a/01/1?" + "&1=1" * 500,
    "]Q1" + "(01)\\(" * 300, "]C1" + GS.join(f"{number}A" for number in range(91, 100)) * 40,
])  # fmt: skip
def test_the_longest_scans_take_no_time(text):
    begun = time.perf_counter()
    with contextlib.suppress(Gs1Error):
        scans.read(text)
    assert time.perf_counter() - begun < MOST_SECONDS
