"""Holding what reaches far: the statements it takes grow with the levels, not with the lots of a level."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import NOW
from tests.traceability.worlds import levels
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold

DEEP = 4


@pytest.mark.django_db
def test_the_statements_of_a_closure_do_not_grow_with_its_width():
    by, counted = factories.person("QE", "QUALITY_ENGINEER"), []
    for number, wide in (("FIRST", 1), ("A", 2), ("B", 40)):  # the first fills what a process keeps
        root = factories.received(number)
        levels(root, wide, DEEP)
        cause = Cause(CauseKind.NONCONFORMANCE, number)
        with CaptureQueriesContext(connection) as asked:
            holds.place(target=Target.lot(root), cause=cause, reason="Wrong alloy", by=by, at=NOW)
        assert Hold.objects.filter(cause_id=number).count() == wide * DEEP + 1
        counted.append(len(asked))

    assert counted[1] == counted[2]
