"""Inspecting at the screen: values that are pasted or come from a file, pieces judged by eye, lots inspected again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plant.models import Role
from qms.models import DefectMark, Inspection, InspectionCount, InspectionResult, SamplingSeries
from tests.qms.commands import test_counting as eyes
from tests.qms.commands import test_defect_marks as marks
from tests.qms.commands import test_machine_results as machine
from tests.qms.commands import test_series as lots
from tests.qms.commands.test_inspections import task
from tests.qms.test_qif import small
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector():
    return signed_in(Role.INSPECTOR)


def act(client, one, verb, **words):
    return client.post(reverse(f"qms:inspection-{verb}", args=[one.number]), {"item": one.items.get().pk, **words})


def page(client, one, **words):
    return client.get(reverse("qms:inspection-detail", args=[one.number]), words)


def test_a_pasted_column_fills_the_samples_in_order(inspector):
    one = task()

    act(inspector, one, "record", pasted="240,5\t241.5\n")

    assert list(InspectionResult.objects.values_list("sample", "value")) == [(1, 240.5), (2, 241.5)]


@pytest.mark.parametrize(("pasted", "said"), [("240 241 242", "3 values were pasted"), ("240 wide", "is not a number")])
def test_a_paste_that_does_not_fit_changes_nothing_and_stays_in_its_field(inspector, pasted, said):
    answer = act(inspector, task(), "record", pasted=pasted)

    assert (answer.status_code, InspectionResult.objects.count()) == (409, 0)
    assert said in answer.content.decode()
    assert pasted in answer.content.decode()


def test_a_large_sample_is_asked_for_in_parts(inspector):
    lots.planned(aql="1.0")
    lots.arrive("L1", 2000)

    answer = page(inspector, Inspection.objects.get())

    assert len(answer.context["inputs"]) == 20
    assert "125 of 2,000" in answer.content.decode()


def test_pieces_judged_by_eye_are_counted_and_corrected(inspector):
    one, scratch = eyes.task(), eyes.defect()
    act(inspector, one, "count", inspected=10, found=1, **{f"defect-{scratch.pk}": 1})
    wrong = InspectionCount.objects.get()
    assert "Why it is corrected" in page(inspector, one, item=one.items.get().pk, supersedes=wrong.pk).content.decode()

    act(inspector, one, "count", inspected=10, found=0, supersedes=wrong.pk, reason="Dust")

    assert list(InspectionCount.objects.values_list("found", "reason")) == [(1, ""), (0, "Dust")]


def test_a_count_that_cannot_be_comes_again_beside_its_field(inspector):
    answer = act(inspector, eyes.task(), "count", inspected=99, found=0)

    assert (answer.status_code, InspectionCount.objects.count()) == (409, 0)
    assert "10 pieces of this sample are left" in answer.content.decode()


def test_a_file_of_a_measuring_machine_fills_the_inspection(inspector):
    one = machine.task()

    act(inspector, one, "take-file", file=SimpleUploadedFile("r.qif", small(*machine.PARTS)))

    assert InspectionResult.objects.count() == 2


def test_a_file_that_is_none_is_refused_with_a_reason(inspector):
    answer = act(inspector, machine.task(), "take-file", file=SimpleUploadedFile("r.qif", b"<a/>"))

    assert answer.status_code == 422
    assert "no QIF file" in answer.content.decode()


def test_quality_has_a_failed_lot_inspected_once_more():
    lots.planned()
    first = lots.inspect("L1", bad=2)
    engineer = signed_in(Role.QUALITY_ENGINEER)

    act(engineer, first, "repeat", reason="Sorted")

    again = Inspection.objects.get(repeats=first)
    assert again.number in page(engineer, first).content.decode()
    assert first.number in page(engineer, again).content.decode()


def test_a_stopped_series_is_taken_up_again():
    lots.planned()
    for number in range(7):
        lots.inspect(f"L{number}", bad=2)
    series, engineer = SamplingSeries.objects.get(), signed_in(Role.QUALITY_ENGINEER)
    shown = engineer.get(reverse("qms:series-detail", args=[series.pk])).content.decode()
    assert "Nothing of this series is accepted" in shown
    assert "five lots were rejected" in shown

    engineer.post(reverse("qms:series-resume", args=[series.pk]), {"reason": "New tool"})

    series.refresh_from_db()
    assert series.stage == "tightened"
    assert "Tightened" in engineer.get(reverse("qms:series-list")).content.decode()


def test_the_table_is_sent_whole_and_keeps_what_was_refused(inspector):
    one = task()
    url, item = reverse("qms:inspection-grid", args=[one.number]), one.items.get().pk

    refused = inspector.post(url, {f"item_{item}_1": "240.5", f"item_{item}_2": "wide"})
    done = inspector.post(url, {f"item_{item}_1": "240.5", f"item_{item}_2": "299"})
    page = inspector.get(url).content.decode()

    assert (refused.status_code, "wide" in refused.content.decode()) == (409, True)
    assert done.url == reverse("qms:inspection-detail", args=[one.number])
    assert (page.count('aria-invalid="true"'), 'data-high="245"' in page) == (1, True)


def test_defects_are_marked_on_the_drawing_and_fill_the_count(inspector):
    one, scratch = eyes.task(), eyes.defect()
    drawn = marks.drawing(one.lot.material)
    url = reverse("qms:inspection-mark", args=[one.number])

    placed = inspector.post(url, {"reason": scratch.pk, "page": 1, "x": "0.25", "y": "0.5"})
    page = inspector.get(reverse("qms:inspection-marks", args=[one.number])).content.decode()
    counting = inspector.get(reverse("qms:inspection-detail", args=[one.number]))

    mark = DefectMark.objects.get()
    assert (placed.status_code, mark.x, mark.y, mark.drawing) == (302, 25, 50, drawn)
    assert (">B3<" in page, counting.context["count_form"][f"defect-{scratch.pk}"].initial) == (True, 1)
    inspector.post(reverse("qms:inspection-unmark", args=[one.number, mark.pk]))
    assert DefectMark.objects.get().removed_at is not None
