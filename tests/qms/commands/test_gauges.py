"""Gauges: one that may not measure blocks a reading, in the command and in the database, at the moment it was made."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from plant.models import JournalEntry, PersonQualification, Qualification, Role
from plant.policies import Forbidden
from plant.queries import persons
from qms.commands import calibrations, gauges, inspections, measuring
from qms.commands.calibrations import Point
from qms.models import Gauge, GaugeType, ImpactReview, InspectionResult
from qms.queries import gauge_register
from spc.models import Study
from tests import factories
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms.commands.test_inspections import inspector, task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def kind(code="CALIPER", **fields):
    return GaugeType.objects.get_or_create(code=code, defaults={"name": "Caliper", **fields})[0]


def gauge(code="CAL-1", *, done=NOW - 90 * DAY, until=NOW + 10 * DAY, of=None, **fields):
    """A gauge with one calibration that passed."""
    made = Gauge.objects.create(
        code=code, name="Caliper 150", type=of or kind(), equipment=factories.station(), interval_days=100, **fields
    )
    if until:
        calibrate(made, done, until, at=done)
    return Gauge.objects.get(pk=made.pk)


def calibrate(one, done, until=None, *, result="", by=None, at=NOW, **fields):
    said = {"result": result or ("PASSED" if until else "FAILED"), "next_due_at": until, "certificate": "C-1",
            "laboratory": "Lab", **fields}
    return gauges.calibrate(gauge=one, done_at=done, by=by or make.engineer(), at=at, **said)


def demanded(lot=None, *, of=None, **fields):
    """An inspection whose one characteristic is measured with a gauge."""
    line = make.plan_line(method="INSPECTION", sample_size=2)
    line.characteristic.gauge_type = of or kind()
    line.characteristic.save()
    return task(lot, lines=[line], **fields)


def measure(one, with_gauge, *, sample=1, value=240.0, at=NOW, by=None):
    return inspections.record(
        inspection=one, item=one.items.get(), sample=sample, value=value, gauge=with_gauge, by=by or inspector(), at=at
    )


def by_sql(one, with_gauge, *, at=NOW, by=None):
    """The same by whoever writes SQL; the error's code, or nothing."""
    row = InspectionResult(
        item=one.items.get(), sample=1, value=1.0, passed=True, gauge=with_gauge, by=by or inspector(), at=at
    )
    try:
        with transaction.atomic():
            row.save()
    except DatabaseError as error:
        return error.__cause__.pgcode
    return ""


def spoil(one, how):
    """Make a gauge one that may not measure."""
    if how == "failed":
        calibrate(one, NOW - DAY)
    elif how == "held":
        gauges.hold(gauge=one, reason="Fell", by=make.engineer(), at=NOW - DAY)
    elif how == "withdrawn":
        gauges.withdraw(gauge=one, reason="Worn", by=make.engineer(), at=NOW - DAY)
    elif how == "used-up":
        Gauge.objects.filter(pk=one.pk).update(every_uses=5, uses=5)
    return Gauge.objects.get(pk=one.pk)


@pytest.mark.parametrize("how", ["failed", "held", "withdrawn", "used-up"])
def test_a_gauge_that_may_not_measure_blocks_the_reading_in_command_and_database(how):
    one, mine = demanded(), spoil(gauge(), how)

    with pytest.raises(measuring.MayNotMeasure):
        measure(one, mine)
    assert by_sql(one, mine) == "ZZ031"
    assert InspectionResult.objects.count() == 0


@pytest.mark.parametrize(("given", "code"), [(lambda: gauge(until=None), "ZZ031"), (lambda: None, "ZZ030"),
                                             (lambda: gauge(of=kind("MICRO")), "ZZ030")])
def test_a_gauge_never_calibrated_none_at_all_or_another_type_is_refused(given, code):
    one, mine = demanded(), given()

    with pytest.raises(measuring.MayNotMeasure) as refused:
        measure(one, mine)
    assert refused.value.facts["field"] == "gauge"
    assert by_sql(one, mine) == code


def test_the_moment_of_the_measurement_counts():
    one, mine = demanded(), gauge()
    late = NOW + 10 * DAY

    measure(one, mine, at=late - timedelta(seconds=1))

    with pytest.raises(measuring.MayNotMeasure):
        measure(one, mine, sample=2, at=late)
    assert by_sql(one, mine, at=late) == "ZZ031"
    assert Gauge.objects.get().uses == 1


def test_a_good_gauge_measures_and_its_name_stays_with_the_value():
    one, mine = demanded(), gauge()

    assert (measure(one, mine).gauge, by_sql(demanded(make.board("B2"), trigger="2"), mine)) == (mine, "")


def test_a_skill_that_is_demanded_must_be_held_at_that_moment():
    skill = Qualification.objects.create(code="CMM", name="Coordinate measuring")
    one, mine = demanded(of=kind(skill=skill)), gauge()
    with pytest.raises(measuring.MayNotMeasure):
        measure(one, mine)
    assert by_sql(one, mine) == "ZZ032"

    PersonQualification.objects.create(
        person=inspector(), qualification=skill, valid_from=NOW - DAY, valid_to=NOW + DAY
    )

    assert measure(one, mine).pk
    assert by_sql(demanded(make.board("B2"), trigger="2"), mine, at=NOW + 2 * DAY) == "ZZ032"


def test_a_value_from_before_a_gauge_was_found_out_is_not_taken_any_more():
    one, mine = demanded(), gauge()
    calibrate(mine, NOW, NOW + 50 * DAY, result="ADJUSTED")

    with pytest.raises(measuring.MayNotMeasure):
        measure(one, Gauge.objects.get(), at=NOW - DAY)
    assert by_sql(one, mine, at=NOW - DAY) == "ZZ031"
    assert measure(one, Gauge.objects.get(), at=NOW).pk


def test_the_newest_study_decides_for_which_tolerance_a_gauge_may_be_used():
    one, mine = demanded(), gauge()
    study(mine, spread=4.0)
    with pytest.raises(measuring.MayNotMeasure, match=r"from 13\.3"):
        measure(one, mine)

    study(mine, spread=2.0, at=NOW + DAY)

    assert measure(one, mine).pk


def study(mine, *, spread, at=NOW):
    Study.objects.create(
        code=f"S{spread}", kind="type-1", gauge=mine.code, equipment=mine.equipment, parts=1, appraisers=["A"],
        characteristic=make.characteristic(), trials=50, designed_by=make.engineer(), designed_at=at, status="APPROVED",
        concluded_by=make.engineer(), closed_at=at, verdict="marginal", spread=spread, approved_at=at,
        approved_by=make.engineer("QE2"),
    )


def test_points_must_fit_what_is_said_of_them():
    mine = gauge()
    off = [Point(10.0, 10.3, 0.1)]
    for result, left in (("PASSED", None), ("ADJUSTED", None), ("PASSED", 10.0)):
        with pytest.raises(calibrations.NotCalibrated) as refused:
            calibrate(mine, NOW, NOW + DAY, result=result, points=[off[0]._replace(left=left)])
        assert refused.value.facts == {"field": "points"}

    made = calibrate(mine, NOW, NOW + DAY, result="ADJUSTED", points=[off[0]._replace(left=10.02)])

    assert [(one.was_good, one.is_good) for one in made.points.all()] == [(False, True)]
    assert ImpactReview.objects.get().calibration == made


def test_it_is_lent_to_one_at_a_time_and_comes_back():
    mine, who = gauge(), factories.person("OP9", Role.OPERATOR)
    gauges.lend(gauge=mine, person=who, by=make.engineer(), at=NOW)
    with pytest.raises(gauges.GaugeRefused, match="Take it back first"):
        gauges.lend(gauge=mine, station=factories.station(), by=make.engineer(), at=NOW)
    assert gauge_register.usable(mine.type_id, who, NOW) == [mine]

    gauges.take_back(gauge=mine, by=make.engineer(), at=NOW + DAY)

    gauges.lend(gauge=mine, station=factories.station(), by=make.engineer(), at=NOW + DAY)
    assert gauge_register.listing().get().lent_station == factories.station().code


def test_one_that_may_not_measure_is_not_lent():
    with pytest.raises(gauges.GaugeRefused, match="on hold"):
        gauges.lend(gauge=spoil(gauge(), "held"), person=make.engineer(), by=make.engineer(), at=NOW)


@pytest.mark.parametrize(("act", "role"), [("release", Role.INSPECTOR), ("withdraw", Role.OPERATOR)])
def test_who_may_not_is_refused(act, role):
    mine = spoil(gauge(), "held")
    with pytest.raises(Forbidden):
        getattr(gauges, act)(gauge=mine, reason="Looks fine", by=factories.person("X", role), at=NOW)


def test_a_calibration_is_written_once():
    made = gauge().calibrations.get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE qms_calibration SET next_due_at = now() + interval '9 years' WHERE id = %s", [made.pk])


def test_it_is_told_before_it_is_due_and_further_up_like_a_sensor():
    gauge()
    for day in (-20, -3, 0, 1, 3):
        at = NOW + (10 + day) * DAY
        for one in gauge_register.to_tell(at):
            gauges.watch(gauge=one, by=persons.system("qms"), at=at)

    kinds = JournalEntry.objects.filter(kind__startswith="gauge.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[1:] == ["gauge.due-soon", "gauge.overdue", "gauge.escalated", "gauge.escalated"]
