"""The demonstration plant's suppliers: let in, approved for their materials, one of them asked."""

import pytest
from django.utils import timezone

from demo.seeds import ground, process, sourcing
from plant.models import Person
from qms.models import ApprovedSource, Supplier, SupplierRequest

pytestmark = pytest.mark.django_db


def test_the_seed_fills_what_the_pages_show():
    now = timezone.now()
    ground.places(), ground.materials(), ground.people(now)
    process.parameters()
    people = [Person.objects.get(number=number) for number in ("engineer", "manager", "warehouse")]

    sourcing.fill(*people, now)

    assert set(Supplier.objects.values_list("status", flat=True)) == {"ADMITTED", "CONDITIONAL"}
    assert ApprovedSource.objects.count() == 3
    assert SupplierRequest.objects.get().status == "REVIEW"
