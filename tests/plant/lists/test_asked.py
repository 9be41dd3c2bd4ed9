"""What is asked, read from an address and written back; and filters that read only what makes sense."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.lists import asked as asking
from plant.lists.description import Column, Listing, Nothing, register
from plant.lists.filters import Choice, DateRange, Flag, Multi, NumberRange, PersonFilter, Reference, TextFilter

LISTING = Listing(
    key="sample", title="Sample", action="lot.read", url="plant:home", rows=lambda viewer: None, order="-a",
    columns=(Column(key="a", label="A", sort=("a",)), Column(key="b", label="B", hidden=True)),
    filters=(
        Choice(key="one", label="One", options=[("x", "X"), ("y", "Y")], default=("x",)),
        Multi(key="many", label="Many", options=[("x", "X"), ("y", "Y"), ("z", "Z")]),
        Flag(key="flag", label="Flag"), TextFilter(key="text", label="Text"), DateRange(key="day", label="Day"),
        NumberRange(key="number", label="Number"), Reference(key="ref", label="Ref"),
    ),
    nothing=Nothing(title="None", text="Make one."),
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.sampled_from([
    "q", "sort", "columns", "view", "cursor", "one", "many", "flag", "text", "day_from", "day_to", "number_min",
    "number_max", "ref", "other",
])
values = words | st.sampled_from([
    "x", "y", "all", "yes", "no", "-a", "a", "b,a", "2026-02-28", "2026-13-01", "0001-01-01", "1e3", "-4.50", "NaN",
    "1e999", "\0", "7",
])
addresses = st.dictionaries(names, st.lists(values, min_size=1, max_size=3), max_size=8)


@given(addresses)
def test_what_is_written_is_read_again(address):
    asked = asking.read(LISTING, address)

    again = asking.read(LISTING, parse_qs(asking.write(LISTING, asked)))

    assert again == asked


@pytest.mark.parametrize(("address", "values"), [
    ({"one": ["all"]}, {"one": "all"}),
    ({"one": ["drop table"]}, {}),
    ({"many": ["z", "x", "no"]}, {"many": ("x", "z")}),
    ({"flag": ["perhaps"]}, {}),
    ({"text": ["  a\0b "]}, {"text": "ab"}),
    ({"day_from": ["2026-02-30"], "day_to": ["yesterday"]}, {}),
    ({"number_min": ["NaN"], "number_max": ["1e999"]}, {}),
])
def test_what_makes_no_sense_is_not_asked(address, values):
    assert asking.read(LISTING, address).values == values


@pytest.mark.parametrize(("sort", "kept"), [("a", "a"), ("-a", "-a"), ("b", ""), ("--a", ""), ("password", "")])
def test_only_what_sorts_is_an_order(sort, kept):
    assert asking.read(LISTING, {"sort": [sort]}).sort == kept


def test_columns_are_those_that_there_are_in_the_order_asked():
    assert asking.read(LISTING, {"columns": ["b,password,a,b"]}).columns == ("b", "a")


def test_a_list_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="sample"):
        register(Listing(**{**{name: getattr(LISTING, name) for name in Listing.__dataclass_fields__}, "order": "b"}))


def test_a_view_for_everybody_says_me_and_means_whoever_looks():
    assert PersonFilter(key="owner", label="Owner", field="owner").write("me") == [("owner", "me")]
