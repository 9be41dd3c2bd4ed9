"""Pages by cursor against a slow oracle: the whole list, sorted at once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plant.lists import paging
from plant.models import Equipment, EquipmentLevel
from tests.factories import NOW, site

moments = st.none() | st.integers(0, 3).map(lambda hours: NOW + timedelta(hours=hours, microseconds=hours * 7))
rows = st.lists(st.tuples(moments, st.sampled_from("ab"), st.booleans()), max_size=12)
orders = st.lists(st.sampled_from(["state_at", "-state_at", "name", "-stores_material"]), min_size=1, max_size=3,
                  unique_by=lambda path: path.lstrip("-"))


def place(number: int, at: datetime | None, name: str, stores: bool) -> Equipment:
    return Equipment(code=f"E{number}", name=name, state_at=at, stores_material=stores, parent=site(),
                     level=EquipmentLevel.WORK_UNIT)


def fill(found: list[tuple[datetime | None, str, bool]]) -> None:
    Equipment.objects.bulk_create(place(number, *row) for number, row in enumerate(found))


def stations():
    return Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT)


def walk(order: list[paging.Key], size: int, *, start: str = "", back: bool = False) -> tuple[list[list[int]], str]:
    """Every page from a cursor on, and the cursor of the last one back."""
    pages, cursor, last = [], start, ""
    while True:
        page = paging.page(stations(), order, cursor=cursor, size=size)
        pages.append([row.pk for row in page.rows])
        cursor, last = (page.previous, page.next) if back else (page.next, page.previous)
        if not cursor:
            return pages, last


class Paging(TestCase):
    """Each example in a transaction of its own."""

    settings = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

    @settings
    @given(rows, orders, st.booleans(), st.integers(1, 5))
    def test_pages_put_together_are_the_sorted_whole_both_ways(self, found, paths, descending, size):
        fill(found)
        order = paging.keys(Equipment, paths, descending=descending)
        whole = list(stations().order_by(*(key.order for key in order)).values_list("pk", flat=True))

        forward, last = walk(order, size)
        before = walk(order, size, start=last, back=True)[0] if last else []

        assert [pk for page in forward for pk in page] == whole
        assert [pk for page in reversed(before) for pk in page] == whole[: len(whole) - len(forward[-1])]

    @settings
    @given(rows, rows, orders, st.integers(1, 3))
    def test_rows_that_come_meanwhile_repeat_none(self, found, more, paths, size):
        fill(found)
        order = paging.keys(Equipment, paths)
        first = paging.page(stations(), order, size=size)
        old = set(stations().values_list("pk", flat=True))
        Equipment.objects.bulk_create(place(100 + number, *row) for number, row in enumerate(more))

        rest = walk(order, size, start=first.next)[0] if first.next else []

        seen = [row.pk for row in first.rows] + [pk for page in rest for pk in page]
        assert len(seen) == len(set(seen))
        assert not first.next or old <= set(seen)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor", ["x%%", "W10", "bnVsbA", "WzAsImEiLFsxXV0", "9" * 3000, "é", "WzAsImNvZGUscGsiLFsiXHUwMDAwIiwxXV0"]
)
def test_a_spoilt_cursor_names_the_first_page(cursor):
    fill([(None, "a", False)] * 3)

    page = paging.page(stations(), paging.keys(Equipment, ["code"]), cursor=cursor, size=2)

    assert [row.code for row in page.rows] == ["E0", "E1"]


@pytest.mark.django_db
def test_a_cursor_of_another_order_names_the_first_page():
    fill([(None, "a", False)] * 3)
    page = paging.page(stations(), paging.keys(Equipment, ["code"]), size=1)

    other = paging.page(stations(), paging.keys(Equipment, ["code"], descending=True), cursor=page.next, size=1)

    assert [row.code for row in other.rows] == ["E2"]


@pytest.mark.django_db
def test_only_what_can_be_empty_is_ordered_with_care():
    [code, _key] = paging.keys(Equipment, ["code"])
    [parent, _key] = paging.keys(Equipment, ["parent__code"])

    assert (code.nullable, parent.nullable) == (False, True)
