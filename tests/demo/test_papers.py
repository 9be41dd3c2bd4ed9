"""The demonstration plant's documents: in effect, in review, approved for next week, and known to the operators."""

import pytest
from django.utils import timezone

from demo.seeds import ground, papers
from plant.models import Person
from qms.models import Document
from qms.queries import demands

pytestmark = pytest.mark.django_db


def test_the_seed_fills_what_the_pages_show():
    now = timezone.now()
    ground.places(), ground.materials(), ground.people(now)
    engineer, manager = (Person.objects.get(number=number) for number in ("engineer", "manager"))

    papers.fill(engineer, manager, now)

    assert set(Document.objects.values_list("status", flat=True)) == {"DRAFT", "REVIEW", "APPROVED", "EFFECTIVE"}
    operator, trainee = (Person.objects.get(number=number) for number in ("operator", "trainee"))
    assert demands.unknown_to(operator, ["WI-PACK-01"], now) == []
    assert [str(one) for one in demands.unknown_to(trainee, ["WI-PACK-01"], now)] == ["WI-PACK-01 / 1"]
