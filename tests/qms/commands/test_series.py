"""Lots are sampled by the standard's tables, and what becomes of them makes the next ones harder or easier."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from plant.models import Role
from qms import incoming
from qms.commands import inspections, series
from qms.models import CheckMethod, ControlPlanLine, Inspection, InspectionItem, SamplingSeries
from tests import factories
from tests.factories import NOW
from tests.qms import factories as quality
from traceability.commands import lots
from traceability.models import LotStatus

pytestmark = pytest.mark.django_db
GOOD, BAD = 240.0, 250.0


def planned(**fields):
    quality.plan_line()
    asked = {"sampling": "AQL", "aql": "1.0", "level": "II", "blocking": True, **fields}
    plan = ControlPlanLine.objects.get().plan
    return ControlPlanLine.objects.create(
        plan=plan, operation=incoming.OPERATION, characteristic=quality.characteristic("THICK"),
        method=CheckMethod.INSPECTION, **asked,
    )


def engineer():
    return factories.person("QE", Role.QUALITY_ENGINEER)


def arrive(number, quantity=500):
    return lots.receive(
        material=factories.material(), quantity=Decimal(quantity), site=factories.station().parent.parent,
        number=number, by=factories.person("WH", Role.WAREHOUSE), at=NOW,
    )


def inspect(number, *, bad=0, quantity=500):
    """A lot arrives, its sample is measured with so many bad values, and it is decided."""
    lot = arrive(number, quantity)
    task = Inspection.objects.filter(lot=lot, repeats=None).first()
    return finish(task, bad=bad) if task else None


def finish(task, *, bad):
    item, inspector = task.items.get(), factories.person("IN", Role.INSPECTOR)
    for sample in range(1, item.sample_size + 1):
        value = BAD if sample <= bad else GOOD
        inspections.record(inspection=task, item=item, sample=sample, value=value, by=inspector, at=NOW)
    return inspections.decide(inspection=task, by=inspector, at=NOW)


def stage():
    return SamplingSeries.objects.get().stage


def test_a_lot_is_sampled_by_the_table():
    planned()

    arrive("L1", 500)

    item = InspectionItem.objects.get()
    assert (item.lot_size, item.letter, item.sample_size, item.ac, item.re) == (500, "H", 50, 1, 2)
    assert (item.severity, item.standard, item.aql) == ("normal", "iso2859-1", "1.0")


def test_an_arrow_that_leads_past_the_lot_has_every_piece_inspected():
    planned(aql="0.10")

    arrive("L1", 40)

    item = InspectionItem.objects.get()
    assert (item.letter, item.sample_size, item.ac) == ("K", 40, 0)


@pytest.mark.parametrize(("sampling", "n"), [("ALL", 7), ("FIXED", 3)])
def test_a_plan_without_a_table_accepts_no_fault(sampling, n):
    planned(sampling=sampling, aql="", sample_size=3)

    task = inspect("L1", bad=1, quantity=7)

    assert (task.verdict, task.items.get().sample_size, SamplingSeries.objects.count()) == ("FAIL", n, 0)


@pytest.mark.parametrize(("bad", "verdict", "status"), [(1, "PASS", LotStatus.AVAILABLE), (2, "FAIL", LotStatus.HELD)])
def test_the_verdict_goes_by_the_acceptance_number(bad, verdict, status):
    planned()

    task = inspect("L1", bad=bad)

    task.lot.refresh_from_db()
    assert (task.verdict, task.lot.status, task.items.get().found) == (verdict, status, bad)


def test_a_lot_is_lost_before_its_sample_is_through():
    planned()
    arrive("L1")
    task, inspector = Inspection.objects.get(), factories.person("IN", Role.INSPECTOR)
    for sample in (1, 2):
        inspections.record(inspection=task, item=task.items.get(), sample=sample, value=BAD, by=inspector, at=NOW)

    assert inspections.decide(inspection=task, by=inspector, at=NOW).verdict == "FAIL"


def test_two_of_five_tighten_and_five_good_ones_ease():
    planned()
    inspect("L1", bad=2)
    inspect("L2")
    assert stage() == "normal"

    inspect("L3", bad=2)
    assert (stage(), SamplingSeries.objects.get().reason) == ("tightened", "two-of-five-rejected")
    arrive("L4")
    item = InspectionItem.objects.latest("pk")
    assert (item.sample_size, item.ac, item.severity) == (80, 1, "tightened")
    finish(item.inspection, bad=0)
    for number in "5678":
        inspect(f"L{number}")

    assert (stage(), SamplingSeries.objects.get().reason) == ("normal", "five-accepted")


@pytest.mark.parametrize(("may_reduce", "reached"), [(True, "reduced"), (False, "normal")])
def test_good_lots_reduce_only_where_the_plan_allows_it(may_reduce, reached):
    planned(may_reduce=may_reduce)

    for number in range(15):
        inspect(f"L{number}")

    assert (stage(), SamplingSeries.objects.get().score) == (reached, 30)


def test_five_rejected_lots_stop_acceptance_until_the_cause_is_mended():
    planned()
    for number in range(7):
        inspect(f"L{number}", bad=2)
    assert stage() == "discontinued"
    arrive("GOOD")
    task = Inspection.objects.latest("pk")
    with pytest.raises(inspections.NotMeasured, match="five lots"):
        finish(task, bad=0)

    series.resume(series=SamplingSeries.objects.get(), reason="New tool", by=engineer(), at=NOW)

    done = inspections.decide(inspection=task, by=engineer(), at=NOW)
    assert (stage(), done.verdict) == ("tightened", "PASS")


def test_taking_lots_again_needs_a_stop_and_a_reason():
    planned()
    arrive("L1")
    with pytest.raises(series.NothingToResume):
        series.resume(series=SamplingSeries.objects.get(), reason="Why not", by=engineer(), at=NOW)


def test_a_lot_sampled_before_the_switch_changes_nothing_after_it():
    planned()
    arrive("EARLY")
    early = Inspection.objects.get()
    inspect("L1", bad=2)
    inspect("L2", bad=2)

    finish(early, bad=2)

    assert (stage(), SamplingSeries.objects.get().rejected) == ("tightened", 0)


def test_lots_are_skipped_once_earned_and_no_more_after_a_bad_one():
    planned(clearance=2)
    inspect("L1")
    inspect("L2")
    assert inspect("SKIPPED") is None
    assert inspect("L4", bad=2).verdict == "FAIL"
    assert inspect("L5") is not None


def test_a_failed_lot_is_inspected_once_more_outside_its_series():
    planned()
    first = inspect("L1", bad=2)

    again = inspections.repeat(inspection=first, reason="Sorted", by=engineer(), at=NOW)
    finish(again, bad=0)

    first.refresh_from_db()
    first.lot.refresh_from_db()
    assert (first.verdict, first.lot.status, SamplingSeries.objects.get().lots) == ("FAIL", LotStatus.HELD, 1)
    with pytest.raises(inspections.ResultRefused):
        inspections.repeat(inspection=first, reason="Once more", by=engineer(), at=NOW)


def test_no_verdict_against_its_numbers_even_in_sql():
    planned()
    arrive("L1")
    task = Inspection.objects.get()
    words = "status = 'DECIDED', verdict = 'PASS', computed = 'PASS', decided_at = now(), inspector_id = %s"
    by = engineer()
    with (
        pytest.raises(DatabaseError, match="not decided by its numbers"), transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE qms_inspection SET {words} WHERE id = %s", [by.pk, task.pk])
