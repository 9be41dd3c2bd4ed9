"""The console keeps checks of operations, with the values that they ask for."""

import pytest
from django.urls import reverse

from mes.models import CheckRule, DataItem, Segment, WorkMaster
from tests.factories import person
from tests.mes import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def segment(client):
    factories.released()
    WorkMaster.objects.update(status="DRAFT", effective=None)
    client.force_login(person("ADM", "ADMINISTRATOR", language="en"))
    return Segment.objects.get(code="MOUNT")


def sent(segment, **fields):
    below = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-name": "Length", "items-0-kind": "NUMBER",
             "items-0-low": "4", "items-0-high": "5", "items-0-position": 10, "items-0-required": "on"}
    return {"segment": segment.pk, "position": 10, "name": "First piece", "trigger": "FIRST_PIECE",
            "is_blocking": "on", **below, **fields}


def test_check_is_added_with_its_values(client, segment):
    answer = client.post(reverse("admin:mes_checkrule_add"), sent(segment))

    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert CheckRule.objects.get().items.get().name == "Length"
    assert DataItem.objects.get().segment is None


def test_counting_check_without_a_number_is_told_so(client, segment):
    page = client.post(reverse("admin:mes_checkrule_add"), sent(segment, trigger="PIECES"))

    assert "need a number of at least 1" in page.content.decode()


def test_values_of_checks_are_not_among_those_of_operations(client, segment):
    client.post(reverse("admin:mes_checkrule_add"), sent(segment))

    page = client.get(reverse("admin:mes_dataitem_changelist")).content.decode()
    assert "Length" not in page
