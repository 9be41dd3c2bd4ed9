"""The checker of dispositions names a lot whose count is not what was decided."""

import pytest

from qms.models import Nonconformance, NonconformanceLot
from tests import factories
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def case(**fields: object) -> Nonconformance:
    person = factories.person("QE", "QUALITY_ENGINEER")
    return Nonconformance.objects.create(
        number="NCR1", title="drift", source_kind="PERSON", source_id="QE", site=factories.site(), reported_by=person,
        opened_at=factories.NOW, **fields,
    )


def test_i39_names_a_count_without_its_decisions() -> None:
    row = NonconformanceLot.objects.create(nonconformance=case(), lot=factories.received("L1"), quantity=5, disposed=2)
    assert broken("I39") == {"I39 dispositions-add-up": [str(row.pk)]}


def test_i39_names_what_is_undecided_in_a_closed_case() -> None:
    closed = case(status="CLOSED", closed_at=factories.NOW)
    row = NonconformanceLot.objects.create(nonconformance=closed, lot=factories.received("L1"), quantity=5)
    assert broken("I39") == {"I39 dispositions-add-up": [str(row.pk)]}
