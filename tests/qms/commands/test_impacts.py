"""Impact reviews: a calibration that found a gauge wrong gathers what it measured, and somebody else closes it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from plant.commands import signatures
from plant.models import Role
from plant.policies import Forbidden
from plant.queries import persons
from qms.commands import impacts
from qms.models import Gauge, ImpactItem, ImpactReview, Inspection, Nonconformance
from qms.queries import impacts as reading
from tests import factories
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms.commands.test_gauges import DAY, calibrate, demanded, gauge, measure
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


@pytest.fixture(name="review")
def found_out():
    """Two lots measured with a gauge since its last good calibration, one before it; then it failed."""
    mine = gauge(done=NOW - 90 * DAY)
    for number, day in (("B1", -91), ("B2", -30), ("B3", -2)):
        one = demanded(make.board(number), trigger=number, blocking=False)
        if day > -90:
            measure(one, mine, at=NOW + day * DAY)
            measure(one, mine, sample=2, at=NOW + day * DAY)
    calibrate(mine, NOW)
    return ImpactReview.objects.get()


def decide(review, decision, *lots, by=None, **fields):
    rows = review.items.filter(lot__number__in=lots) if lots else review.items.all()
    asked = {"reason": "Far from the limits", "at": NOW, **fields}
    return impacts.decide(
        review=review, items=[row.pk for row in rows], decision=decision, by=by or make.engineer("QE2"), **asked
    )


def close(review, by, **fields):
    asked = {"reason": "All looked at", "password": make.PASSWORD, "at": NOW,
             "seen_hash": signatures.content_hash(reading.seen(review)), **fields}
    return impacts.close(review=review, by=by, **asked)


def test_it_gathers_every_measurement_since_the_last_good_calibration_once(review):
    found = [(one.lot.number, one.measurements) for one in reading.items(review)]
    assert found == [("B2", 2), ("B3", 2)]

    impacts.collect(review=review, by=persons.system("qms"))

    assert ImpactItem.objects.count() == 2


def test_accepted_inspected_again_or_held_and_reported(review):
    decide(review, "ACCEPT", "B2")
    decide(review, "REINSPECT", "B3")

    again = review.items.get(lot__number="B3").inspection
    assert (again.kind, again.items.get().gauge_type, again.lot.status) == ("RE", Gauge.objects.get().type, "HELD")
    assert MaterialLot.objects.get(number="B2").status != "HELD"


def test_what_is_held_is_one_nonconformance_of_the_review(review):
    decide(review, "HOLD", "B2")
    decide(review, "HOLD", "B3")

    case = Nonconformance.objects.get()
    assert (case.source_id, sorted(case.lots.values_list("lot__number", flat=True))) == (
        f"{review.number}/1", ["B2", "B3"]
    )


@pytest.mark.parametrize(
    ("fields", "code"), [({"reason": " "}, "reason-needed"), ({"decision": "?"}, "impact-refused")]
)
def test_a_decision_without_reason_or_sense_is_refused(review, fields, code):
    with pytest.raises(impacts.ImpactRefused) as refused:
        decide(review, **{"decision": "ACCEPT", **fields})
    assert refused.value.code == code


def test_it_closes_decided_and_signed_by_somebody_who_did_not_calibrate(review):
    calibrator, other = make.engineer(), make.engineer("QE2")
    with pytest.raises(impacts.ImpactRefused, match="wait for a decision"):
        close(review, other)
    decide(review, "ACCEPT")
    with pytest.raises(impacts.ImpactRefused, match="yourself"):
        close(review, calibrator)

    assert close(review, other).status == "CLOSED"
    with pytest.raises(impacts.ImpactRefused, match="closed"):
        decide(review, "ACCEPT")


@pytest.mark.parametrize("decided", [False, True])
def test_the_database_closes_none_undecided_unsigned_or_by_the_calibrator(review, decided):
    if decided:
        decide(review, "ACCEPT")
    for who in (make.engineer(), make.engineer("QE2")):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE qms_impactreview SET status = 'CLOSED', closed_at = now(), closed_by_id = %s", [who.pk]
            )


def test_a_role_that_may_not_decide_is_refused(review):
    with pytest.raises(Forbidden):
        decide(review, "REINSPECT", by=factories.person("M", Role.MAINTENANCE))
    assert Inspection.objects.filter(kind="RE").count() == 0
