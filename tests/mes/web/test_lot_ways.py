"""The way of a lot on its page, and passing an operation over there."""

import pytest
from django.urls import reverse

from mes.models import RouteStep
from tests import factories as ground
from tests.mes import ways_world as branched

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_way_and_passes_over(client):
    found = branched.world()
    branched.done(found, "CUT", "DRILL", "BRUSH", "MARK", "GLUE")
    number = found.outputs[0].number
    client.force_login(ground.person("LEAD", "TEAM_LEADER"))

    page = client.get(reverse("mes:lot-way", args=[number])).content.decode()
    assert [word for word in ("未选择", "可做", "顺序不限") if word not in page] == []
    assert reverse("mes:lot-way", args=[number]) in client.get(
        reverse("traceability:lot-detail", args=[number]), {"tab": "measurements"}
    ).content.decode()
    answer = client.post(reverse("mes:lot-pass-over", args=[number]), {"operation": "WASH", "reason": "Clean"})

    assert (answer.status_code, RouteStep.objects.get(kind="PASSED").move.reason) == (302, "Clean")
    assert "已跳过" in client.get(reverse("mes:lot-way", args=[number])).content.decode()


def test_nothing_is_passed_over_that_does_not_wait(client):
    found = branched.world()
    number = found.outputs[0].number
    client.force_login(ground.person("LEAD", "TEAM_LEADER"))

    answer = client.post(reverse("mes:lot-pass-over", args=[number]), {"operation": "WASH", "reason": "Clean"})

    assert answer.status_code in (409, 422)
    assert not RouteStep.objects.exists()
