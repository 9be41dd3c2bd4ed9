"""Defects on the drawing of their part: placed in percent, counted by code and place, taken away and still known."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from qms.commands import defect_marks, inspections
from qms.commands.inspections import ResultRefused
from qms.models import DefectMark, Drawing
from qms.queries import defect_marks as reading
from tests.factories import NOW, material, person
from tests.qms.commands.test_counting import count, defect, inspector, task

pytestmark = pytest.mark.django_db


def drawing(of, code="DR-1"):
    return Drawing.objects.create(
        code=code, revision="A", title="Part", material=of, name="p.png", media_type="image/png", size=1, sha256="0",
        key="k" * 32, pages=[[400, 300]], by=inspector(), at=NOW,
    )


def place(one, x="10", y="10", **more):
    said = {"reason": defect(), "page": 1, "by": inspector(), "at": NOW, **more}
    said.setdefault("drawing", Drawing.objects.first() or drawing(one.lot.material))
    return defect_marks.place(inspection=one, item=one.items.get(), x=Decimal(x), y=Decimal(y), **said)


def test_marks_are_counted_by_code_and_field():
    one = task()

    for x, y in (("10", "10"), ("24.99", "3"), ("99", "100")):
        place(one, x, y)
    place(one, "10", "10", reason=defect("DENT"))

    assert [tuple(row) for row in reading.counted(DefectMark.objects.all())] == [
        ("SCRATCH", "SCRATCH", 1, "A1", 2), ("DENT", "DENT", 1, "A1", 1), ("SCRATCH", "SCRATCH", 1, "D4", 1)]
    assert reading.by_code(one.items.get()) == {defect().pk: 3, defect("DENT").pk: 1}
    assert JournalEntry.objects.filter(kind="inspection.defect-marked").count() == 4


def test_what_is_taken_away_counts_no_more_and_stays_known():
    one = task()
    mark = place(one)

    defect_marks.remove(mark=mark, by=inspector("Q2"), at=NOW)

    assert reading.of_item(one.items.get()) == []
    assert DefectMark.objects.get().removed_by == inspector("Q2")


@pytest.mark.parametrize(("x", "y", "page"), [("101", "1", 1), ("1", "-1", 1), ("1", "1", 2)])
def test_a_place_outside_the_drawing_is_refused(x, y, page):
    with pytest.raises(ResultRefused):
        place(task(), x, y, page=page)


def test_the_drawing_of_another_part_is_refused():
    with pytest.raises(ResultRefused, match="not of this part"):
        place(task(), drawing=drawing(material("OTHER"), "DR-2"))


def test_a_decided_inspection_takes_no_mark_and_gives_none_up():
    one = task()
    mark = place(one)
    count(one, one.items.get().sample_size)
    inspections.decide(inspection=one, by=inspector(), at=NOW)

    for act in (lambda: place(one), lambda: defect_marks.remove(mark=mark, by=inspector(), at=NOW)):
        with pytest.raises(ResultRefused, match="no more results"):
            act()


def test_operators_mark_nothing():
    with pytest.raises(Forbidden):
        place(task(), by=person("OP9", Role.OPERATOR))


def test_the_database_keeps_marks_on_their_page():
    mark = place(task())

    with pytest.raises(IntegrityError), transaction.atomic():
        DefectMark.objects.filter(pk=mark.pk).update(x=Decimal("100.5"))
