"""Quality learns from production where rework may enter."""

import pytest

from qms import rework
from tests.mes import factories

pytestmark = pytest.mark.django_db


def test_only_the_entry_operations_of_the_pinned_routing():
    assert rework.steps(factories.released().number) == [("MOUNT", "Mount")]


@pytest.mark.parametrize("number", ["", "WO-NONE"])
def test_nothing_for_what_is_no_work_order(number):
    assert rework.steps(number) == []
