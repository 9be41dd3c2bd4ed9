"""A gauge that measures while it is found out: the measurement is under review, or it is refused."""

from django.db import connection

from qms.models import ImpactItem, ImpactReview, InspectionResult
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms.commands.test_gauges import calibrate, demanded, gauge, measure
from tests.qms.commands.test_inspections import inspector


def test_measuring_and_failing_at_once_leave_no_measurement_out_of_the_review(at_once):
    mine = gauge()
    one, who, engineer = demanded(), inspector(), make.engineer()

    at_once(
        lambda: measure(one, mine, by=who),
        lambda: calibrate(mine, NOW, by=engineer),
        lambda: measure(one, mine, sample=2, by=who),
    )

    known = sum(ImpactItem.objects.values_list("measurements", flat=True))
    assert known == InspectionResult.objects.count()
    assert ImpactReview.objects.count() == 1


def test_without_the_lock_of_the_gauge_a_measurement_slips_past_the_review(at_once):
    """The negative control: what the wall's lock is for."""
    mine = gauge()
    one, who, engineer = demanded(), inspector(), make.engineer()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('zz_gauge_measures'::regproc)")
        whole = cursor.fetchone()[0]
        counts = "UPDATE qms_gauge SET uses = uses + 1 WHERE id = g.id;"
        loose = whole.replace("FOR NO KEY UPDATE", "").replace(counts, "")
        cursor.execute(loose.replace("END $function$", "PERFORM pg_sleep(0.6); END $function$"))
    try:
        at_once(
            lambda: InspectionResult.objects.create(
                item=one.items.get(), sample=1, value=240.0, passed=True, gauge=mine, by=who, at=NOW
            ),
            lambda: _later(lambda: calibrate(mine, NOW, by=engineer)),
        )
        assert (InspectionResult.objects.count(), ImpactItem.objects.count()) == (1, 0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(whole)


def _later(act):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    return act()
