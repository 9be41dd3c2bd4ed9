"""Stopping a station at the screen: it stands and its page follows; what is missing stands at its field."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.models import Stoppage
from tests.mes import factories

pytestmark = pytest.mark.django_db


def test_a_stop_is_entered_and_its_page_follows():
    world, client = factories.world(), Client()
    client.force_login(world.operator)
    door, station = reverse("mes:stoppage-create"), world.stations["MOUNT"].code

    missing = client.post(door, {"scope": "STATION", "place": station, "reason": ""})
    assert (missing.status_code, Stoppage.objects.count()) == (422, 0)

    done = client.post(door, {"scope": "STATION", "place": station, "reason": "Solder bridges"}, follow=True)
    stop = Stoppage.objects.get()
    assert done.redirect_chain == [(reverse("mes:stoppage-detail", args=[stop.pk]), 302)]
    assert stop.label in done.content.decode()
