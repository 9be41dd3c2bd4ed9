"""Many results at once, from a table or another system: all or none, each fault with its row; and in whose hands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plant.models import Role
from qms import results_file
from qms.commands import inspection_hands, results
from qms.commands.inspections import ResultRefused
from qms.commands.results import Row
from qms.models import Inspection, InspectionResult
from qms.queries import inspection_day
from tests.factories import NOW, person
from tests.qms import factories as make
from tests.qms.commands.test_gauges import demanded, gauge
from tests.qms.commands.test_inspections import inspector, task
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def take(one, *rows, **fields):
    return results.take(inspection=one, rows=[Row(*row) for row in rows], by=inspector(), at=NOW, **fields)


def values():
    return list(InspectionResult.objects.order_by("sample").values_list("sample", "value"))


def test_values_without_a_sample_fill_the_free_ones_and_the_same_again_changes_nothing():
    one = task()

    assert take(one, ("ZONE3", 240.0), ("zone3", 241.0)).recorded == 2
    assert take(one, ("ZONE3", 240.0, 1)).known == 1
    assert values() == [(1, 240.0), (2, 241.0)]


def test_one_bad_row_and_none_is_recorded_each_named():
    one = task()

    with pytest.raises(ResultRefused) as refused:
        take(one, ("ZONE3", 240.0), ("NONE", 1.0), ("ZONE3", 241.0, 9), ("ZONE3", 241.0), ("ZONE3", 3.0))

    said = str(refused.value)
    assert [f"row {number}:" in said for number in (1, 2, 3, 4, 5)] == [False, True, True, False, True]
    assert values() == []


def test_each_row_names_its_gauge_where_one_is_demanded():
    one, mine = demanded(), gauge()
    with pytest.raises(ResultRefused, match="Scan the gauge"):
        take(one, ("ZONE3", 240.0))

    take(one, ("ZONE3", 240.0, None, "CAL-1"), ("ZONE3", 241.0), gauge=mine)

    assert set(InspectionResult.objects.values_list("gauge__code", flat=True)) == {"CAL-1"}


@pytest.mark.parametrize(
    ("data", "rows"),
    [(b"characteristic,value\nA,1.5\n\nB,2\n", [("A", 1.5, None), ("B", 2.0, None)]),
     ("特性;样本;值\nA;2;1,5\n".encode("gb18030"), [("A", 1.5, 2)]),
     (b"\xef\xbb\xbfvalue\tcharacteristic\tgauge\n1.5\tA\tG\n", [("A", 1.5, None)])],
)
def test_a_table_is_read_as_spreadsheets_write_it(data, rows):
    assert [(row.characteristic, row.value, row.sample) for row in results_file.read(data)] == rows


@pytest.mark.parametrize(
    ("data", "lines"), [(b"a,b\n1,2\n", [1]), (b"characteristic,value\nA,x\nB,1\n,2\nC,nan\n", [2, 4, 5])]
)
def test_lines_that_are_none_are_named(data, lines):
    with pytest.raises(results_file.Unreadable) as unread:
        results_file.read(data)
    assert [line for line, _text in unread.value.faults] == lines


def test_a_table_on_the_page_fills_the_task_or_says_which_line_is_wrong():
    one, client = task(), signed_in(Role.INSPECTOR)
    address = reverse("qms:inspection-take-table", args=[one.number])
    bad = client.post(address, {"file": SimpleUploadedFile("r.csv", b"characteristic,value\nZONE3,240\nX,1\n")})
    assert (bad.status_code, "row 3" in bad.content.decode(), values()) == (409, True, [])

    client.post(address, {"file": SimpleUploadedFile("r.csv", b"characteristic,value\nZONE3,240\nZONE3,241\n")})

    assert len(values()) == 2


def test_taken_on_given_back_and_taken_on_by_the_next():
    one, other = task(), person("QC2", Role.INSPECTOR)
    inspection_hands.take_on(inspection=one, by=inspector(), at=NOW)
    with pytest.raises(ResultRefused, match="is with"):
        inspection_hands.take_on(inspection=one, by=other, at=NOW)
    assert [task.pk for task in inspection_day.of(inspector(), at=NOW).mine] == [one.pk]

    take(one, ("ZONE3", 240.0))
    inspection_hands.give_back(inspection=one, reason="End of shift", by=inspector(), at=NOW)

    assert inspection_hands.take_on(inspection=one, by=other, at=NOW).inspector == other
    assert len(values()) == 1


def test_the_day_shows_whose_hands_each_task_is_in():
    first, second = task(), task(make.board("B2"), trigger="2", due_at=NOW)
    client = signed_in(Role.INSPECTOR)
    client.post(reverse("qms:inspection-take-on", args=[first.number]))

    page = client.get(reverse("qms:inspection-day"))

    day = page.context["day"]
    assert [[one.number for one in rows] for rows in (day.mine, day.overdue)] == [[first.number], [second.number]]
    part = client.get(reverse("qms:inspection-day"), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, first.number in part) == (False, True)
    assert Inspection.objects.filter(inspector__isnull=False).count() == 1
