"""More bad pieces than the limit allows remind people once for a lot and an operation."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import reject_rates, reports
from mes.models import JobSegment, RejectKind, RejectLimit, RejectReminder
from mes.queries import reject_rates as reading
from mes.web import golden_shell
from plant.models import JournalEntry
from plant.queries import persons
from qms.models import Inspection
from tests.factories import NOW, material, person, received, site, supplier
from tests.mes import factories

pytestmark = pytest.mark.django_db


def started(pieces=5, **limit):
    """A lot of five at the first station, and a limit that judges from few pieces on."""
    RejectLimit.objects.create(**{"percent": 30, "minimum": 2, **limit})
    world = factories.world(pieces)
    world.ready(pieces)
    world.scan(world.outputs[0].number)
    return world


def report(world, good=0, scrap=0, lot=0):
    return reports.report(
        station=world.stations["MOUNT"], lot=world.outputs[lot], by=world.operator, at=NOW, good=Decimal(good),
        scrap=Decimal(scrap), reason=factories.reason(),
    )


def kinds():
    return sorted(RejectReminder.objects.values_list("kind", "lot__number", "bad", "total"))


def test_report_over_the_limit_reminds_once():
    world = started(minimum=5)
    report(world, good=1, scrap=1)
    assert RejectReminder.objects.count() == 0
    report(world, good=2, scrap=1)

    lot = world.outputs[0].number
    assert [row for row in kinds() if row[0] == "LOT"] == [("LOT", lot, 2, 5)]
    assert JournalEntry.objects.filter(kind="rejectreminder.opened", data__kind="LOT").count() == 1


def test_judging_again_reminds_nobody_again():
    world = started(minimum=5)
    report(world, good=3, scrap=2)
    before, row = kinds(), JobSegment.objects.get(segment__code="MOUNT")
    reject_rates.judge(row=row, lot=world.outputs[0], operation="MOUNT", at=NOW)
    assert kinds() == before


def test_report_within_the_limit_reminds_nobody():
    world = started(percent=40)
    report(world, good=3, scrap=2)
    assert kinds() == []


def test_the_default_is_five_percent_of_twenty():
    limit = reading.limit_for(material("BOARD").pk, "OVEN")
    assert (limit.percent, limit.minimum) == (5, 20)
    assert not reading.Count(Decimal(1), Decimal(20)).exceeds(limit)
    assert reading.Count(Decimal(2), Decimal(20)).exceeds(limit)
    assert not reading.Count(Decimal(19), Decimal(19)).exceeds(limit)


def test_the_nearest_limit_counts():
    board = material("BOARD")
    for fields in ({}, {"operation": "OVEN"}, {"material": board}, {"material": board, "operation": "OVEN"}):
        RejectLimit.objects.create(percent=len(fields) * 10 + ("material" in fields), **fields)
    found = [reading.limit_for(pk, code).percent for pk, code in
             ((board.pk, "OVEN"), (board.pk, "TEST"), (0, "OVEN"), (0, "TEST"))]
    assert found == [21, 11, 10, 0]


def test_a_raw_lot_is_judged_by_what_was_made_from_it():
    world = started(minimum=5)
    report(world, good=3, scrap=2)
    raw = [row for row in kinds() if row[0] == "RAW"]
    assert raw == [("RAW", "PCB-1", 2, 5), ("RAW", "SCREW-1", 2, 5)]


def incoming(number, verdict, hours):
    lot = received(number, supplier=supplier())
    Inspection.objects.create(
        number=f"I-{number}", kind="IQC", status="DECIDED", verdict=verdict, computed=verdict, site=site(), lot=lot,
        trigger=number,
        due_at=NOW, created_at=NOW, decided_at=NOW - timedelta(hours=hours), inspector=person("QC", "INSPECTOR"),
    )


def test_a_supplier_is_judged_by_the_last_incoming_lots():
    RejectLimit.objects.create(percent=20, minimum=3)
    for number, verdict, hours in (("A", "PASS", 4), ("B", "FAIL", 3), ("C", "PASS", 2), ("D", "FAIL", 1)):
        incoming(number, verdict, hours)

    by = persons.system("mes")
    assert [reject_rates.judge_incoming(by=by, at=NOW) for _again in range(2)] == [1, 0]
    assert kinds() == [("INCOMING", "D", 2, 4)]


def test_answer_needs_words_and_ends_the_waiting():
    world = started(minimum=5)
    report(world, good=3, scrap=2)
    leader = person("TL", "TEAM_LEADER")
    assert len(golden_shell.reminded(leader)) == 3
    found = RejectReminder.objects.get(kind=RejectKind.LOT)
    with pytest.raises(reject_rates.NothingSaid):
        reject_rates.answer(reminder=found, answer=" ", by=leader, at=NOW)
    done = reject_rates.answer(reminder=found, answer="Nozzle changed", by=leader, at=NOW)
    assert (done.status, len(golden_shell.reminded(leader))) == ("CLOSED", 2)
