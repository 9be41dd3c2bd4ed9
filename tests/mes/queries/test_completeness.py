"""A lot's record is complete when everything that its routing, bill and machines let expect is there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mes.commands import completeness as judging
from mes.models import CompletenessRule, DataItem, GapKind, JobMaterial, LotScore, Segment
from mes.queries import calendars, completeness
from plant import policies
from plant.models import Parameter, Unit
from plant.queries import persons
from qms.models import Inspection
from tests.factories import NOW, material, person, received, supplier
from tests.mes.queries.test_yields import Line
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Gap, MaterialLot, Quality, Source, Stream, Visit

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=12)
WAYS = ("MOUNT", "OVEN", "TEST")


def finished():
    """A lot of five that went through everything."""
    line = Line()
    for place in WAYS:
        line.report(line.world.outputs[0], place, good=5)
    return line, line.world.outputs[0]


def missing(*lots):
    """What is missing in the records of these lots."""
    found = completeness.findings([lot.pk for lot in lots], now=LATER)
    return [(one.lot, one.kind, one.operation, one.what) for one in found]


def instrument(station):
    celsius = Unit.objects.get_or_create(code="CEL", defaults={"name": "celsius", "symbol": "°C"})[0]
    parameter = Parameter.objects.create(code="ZONE3", name="Zone 3", unit=celsius)
    return Stream.objects.create(code="OVEN.ZONE3", parameter=parameter, equipment=station)


def test_a_whole_record_scores_in_full_and_so_does_the_raw_lot_with_its_suppliers_number():
    _line, lot = finished()
    raw = received("RAW", supplier=supplier(), supplier_lot="S-1")

    assert missing(lot, raw) == []
    assert completeness.scores([lot.pk, raw.pk], now=LATER)[lot.pk].percent == 100.0


def test_what_the_bill_lists_and_nobody_consumed_is_missing_until_a_substitute_was():
    line, lot = finished()
    first = Segment.objects.get(work_master=line.world.job.work_master, code="MOUNT")
    glue = JobMaterial.objects.create(
        job_order=line.world.job, segment=first, material=material("GLUE"), quantity_per=1
    )
    found = missing(lot)
    JobMaterial.objects.filter(material__code="SCREW").update(stands_for=glue)

    assert found == [(lot.number, "CONSUMPTION", "MOUNT", "GLUE")]
    assert missing(lot) == []


def test_a_machines_holes_count_while_the_lot_stood_there():
    _line, lot = finished()
    stay = Visit.objects.get(lot=lot, operation="OVEN")
    Visit.objects.filter(pk=stay.pk).update(during=(NOW, NOW + timedelta(minutes=5)))
    stream = instrument(stay.equipment)
    never_heard = missing(lot)
    Stream.objects.filter(pk=stream.pk).update(last_at=NOW)
    silent = missing(lot)
    readings.record(rows=[ReadingRow(stream.pk, NOW + timedelta(minutes=1), 1, 1.0, Quality.GOOD, Source.AUTO)])
    heard = missing(lot)
    Gap.objects.create(stream=stream, from_at=NOW, to_at=NOW + timedelta(seconds=30), cause="cable")

    hole = [(lot.number, "READINGS", "OVEN", "OVEN.ZONE3")]
    assert (never_heard, silent, heard, missing(lot)) == ([], hole, [], hole)


def test_values_inspections_reports_and_origin_are_missed_too():
    line, lot = finished()
    oven = Segment.objects.get(work_master=line.world.job.work_master, code="OVEN")
    DataItem.objects.create(segment=oven, name="Colour", kind="TEXT")
    Inspection.objects.create(
        number="I-1", kind="IPQC", site=lot.site, lot=lot, trigger="x", due_at=NOW, created_at=NOW, operation="OVEN"
    )
    nothing = MaterialLot.objects.create(
        number="NOTHING", material=material("PCB"), site=lot.site, created_at=NOW
    )

    assert missing(lot, nothing) == [
        (lot.number, "INSPECTION", "OVEN", "I-1"), (lot.number, "VALUES", "OVEN", "Colour"),
        ("NOTHING", "ORIGIN", "", ""),
    ]


def test_a_rule_of_the_product_goes_before_that_of_all():
    line, lot = finished()
    oven = Segment.objects.get(work_master=line.world.job.work_master, code="OVEN")
    DataItem.objects.create(segment=oven, name="Colour", kind="TEXT")
    usual = completeness.scores([lot.pk], now=LATER)[lot.pk]
    CompletenessRule.objects.create(kind=GapKind.VALUES, is_on=False)
    off = completeness.scores([lot.pk], now=LATER)[lot.pk]
    CompletenessRule.objects.create(kind=GapKind.VALUES, material=lot.material, weight=50)
    own = completeness.scores([lot.pk], now=LATER)[lot.pk]

    assert (usual.lacking, off.lacking, own.lacking) == (5, 0, 50)
    assert own.percent < usual.percent < off.percent == 100.0


def test_a_split_lot_carries_what_was_done_before_it_was_split():
    line = Line()
    lot = line.world.outputs[0]
    line.report(lot, "MOUNT", good=5)
    line.report(lot, "OVEN", good=3, rework=2)
    again = MaterialLot.objects.get(number=f"{lot.number}-1")
    for place in WAYS:
        line.report(again, place, good=2)

    assert missing(again) == []


def test_as_many_statements_for_many_lots_as_for_one():
    _line, lot = finished()
    raw = [received(f"RAW-{n}") for n in range(20)]
    with CaptureQueriesContext(connection) as asked:
        completeness.findings([lot.pk, *(one.pk for one in raw)], now=LATER)

    assert len(asked) == 1


def test_the_clock_judges_what_has_news_and_what_lacked_something_an_hour_ago():
    line, lot = finished()
    by = persons.system("mes")
    oven = Segment.objects.get(work_master=line.world.job.work_master, code="OVEN")
    item = DataItem.objects.create(segment=oven, name="Colour", kind="TEXT")
    judged = [judging.sweep(by=by, at=LATER), judging.sweep(by=by, at=LATER)]
    weak = LotScore.objects.get(lot=lot)
    DataItem.objects.filter(pk=item.pk).update(required=False)
    again = judging.sweep(by=by, at=LATER + timedelta(hours=2))

    assert (judged, again, weak.gaps) == ([1, 0], 1, {"VALUES": 1})
    assert LotScore.objects.get(lot=lot).lacking == 0


def test_an_older_judgement_never_replaces_a_later_one():
    _line, lot = finished()
    by = persons.system("mes")
    judging.judge(lots=[lot.pk], by=by, at=LATER)
    judging.judge(lots=[lot.pk], by=by, at=NOW)

    assert LotScore.objects.get(lot=lot).judged_at == LATER


def test_only_the_clock_judges():
    with pytest.raises(policies.Forbidden):
        judging.judge(lots=[], by=person("ME", "QUALITY_MANAGER"), at=NOW)


@pytest.mark.parametrize(("language", "word"), [("en", "Value not entered"), ("zh-hans", "应录入的数值缺失")])
def test_board_list_and_dossier_show_what_is_missing_and_lead_there(language, word):
    line, lot = finished()
    oven = Segment.objects.get(work_master=line.world.job.work_master, code="OVEN")
    DataItem.objects.create(segment=oven, name="Colour", kind="TEXT")
    judging.sweep(by=persons.system("mes"), at=LATER)
    client = Client()
    client.force_login(person("ME", "PLANNER", language=language))
    day = calendars.local_day(LotScore.objects.get().reported_at)

    board = client.get(reverse("mes:completeness"), {"from": day, "to": day}).content.decode()
    listed = client.get(reverse("mes:completeness-list"), {"kind": "VALUES", "gaps": "yes"}).content.decode()
    file = client.get(reverse("mes:completeness"), {"from": day, "to": day, "format": "csv"}).getvalue().decode()
    page = client.get(reverse("traceability:lot-detail", args=[lot.number])).content.decode()

    assert [word in text for text in (board, listed, page)] == [True] * 3
    assert [lot.number in text for text in (board, listed)] == [True] * 2
    assert f"LINE,{day},1,1," in file
    assert reverse("traceability:lot-detail", args=[lot.number]) + "?tab=measurements" in page
