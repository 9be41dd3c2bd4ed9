"""The checker of reports names an operation that counts what nobody reported."""

import pytest

from mes.models import Deviation, DeviationLot, GoldenMark, JobSegment
from tests.factories import NOW
from tests.mes import factories
from tests.mes.golden_world import HOT, kiln
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def test_i08_names_an_operation_that_counts_what_nobody_reported() -> None:
    job = factories.released()
    first = JobSegment.objects.filter(job_order=job).first() or JobSegment.objects.create(
        job_order=job, segment=job.work_master.segments.first()
    )
    JobSegment.objects.filter(pk=first.pk).update(good=3)
    assert broken("I08") == {"I08 operations-count-their-reports": [str(first.pk)]}


def test_i36_finds_nothing_after_honest_work_and_names_what_lies_beyond_its_mark() -> None:
    oven = kiln(reaction="HOLD")
    oven.arrive()
    [found] = oven.read([HOT])
    assert broken("I36") == {}
    GoldenMark.objects.all().delete()
    assert broken("I36") == {"I36 one-deviation-of-a-golden-parameter": [str(found.pk)]}


def test_i36_names_a_lot_that_was_never_there() -> None:
    oven = kiln(reaction="MARK")
    oven.arrive()
    oven.read([HOT])
    mark = DeviationLot.objects.create(deviation=Deviation.objects.get(), lot=oven.world.outputs[2], at=NOW)
    assert broken("I36") == {"I36 deviations-mark-what-was-there": [str(mark.pk)]}
