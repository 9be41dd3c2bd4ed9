"""The checker of reports names an operation that counts what nobody reported."""

import pytest

from mes.models import JobSegment
from tests.mes import factories
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def test_i08_names_an_operation_that_counts_what_nobody_reported() -> None:
    job = factories.released()
    first = JobSegment.objects.filter(job_order=job).first() or JobSegment.objects.create(
        job_order=job, segment=job.work_master.segments.first()
    )
    JobSegment.objects.filter(pk=first.pk).update(good=3)
    assert broken("I08") == {"I08 operations-count-their-reports": [str(first.pk)]}
