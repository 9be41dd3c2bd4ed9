"""The page of a tag: settings are tried on its last hour, kept by those who may, and said in its history."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from integrations.models import Conditioning
from integrations.plc.commands import conditions as commands
from integrations.plc.filters import Filter
from integrations.plc.queries import conditions
from plant.models import JournalEntry, Role
from tests import factories
from tests.integrations import factories as edge
from traceability.commands import readings
from traceability.models import Quality, Source, Stream

pytestmark = pytest.mark.django_db
ASKED = {
    "spike_window": "7", "spike_factor": "3", "spike_least": "0", "median_window": "3", "seconds": "5",
    "deadband": "0", "active": "on",
}


@pytest.fixture(name="tag")
def read():
    tag, now = edge.tag(edge.plc()), timezone.now()
    values = [20 + (n % 5) / 10 for n in range(60)]
    values[30] = 99.0
    readings.record(rows=[
        readings.ReadingRow(tag.stream_id, now - timedelta(seconds=120 - n), n, value, Quality.GOOD, Source.AUTO)
        for n, value in enumerate(values)
    ])
    return tag


def client_of(role):
    client = Client()
    client.force_login(factories.person(role[:4], role, language="en"))
    return client


def sent(tag, role=Role.INTEGRATOR, **words):
    client, address = client_of(role), f"/integrations/plc/tags/{tag.pk}/"
    version = client.get(address).context["form"].initial["version"]
    return client.post(address, {**ASKED, "version": version, **words})


def test_settings_are_tried_on_the_last_hour_and_nothing_is_changed(tag):
    page = sent(tag, **{"try": "1"})

    assert (page.status_code, page.context["preview"].rejected, page.context["preview"].read) == (200, 1, 60)
    assert page.context["preview"].noise_after < page.context["preview"].noise_before / 5
    assert not Conditioning.objects.exists()


def test_settings_are_kept_with_a_stream_of_their_own_and_said_in_the_history(tag):
    assert sent(tag).status_code == 302

    row = Conditioning.objects.get()
    assert (row.stream.code, row.spike_window, row.seconds) == (f"{tag.stream.code}~", 7, 5.0)
    assert JournalEntry.objects.get(kind="plctag.conditioned").data["changed"]["seconds"] == [None, 5.0]
    page = client_of(Role.INTEGRATOR).get(f"/integrations/plc/tags/{tag.pk}/").content.decode()
    assert "Conditioning changed" in page


@pytest.mark.parametrize(("field", "value"), [("median_window", "4"), ("spike_window", "2"), ("deadband", "-1")])
def test_settings_that_make_no_sense_are_refused_at_their_field(tag, field, value):
    page = sent(tag, **{field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_who_may_not_configure_looks_only(tag):
    page = client_of(Role.VIEWER).get(f"/integrations/plc/tags/{tag.pk}/")
    assert ("Try on the last hour" in page.content.decode(), page.status_code) == (False, 200)
    assert client_of(Role.VIEWER).post(f"/integrations/plc/tags/{tag.pk}/", ASKED).status_code == 403


def test_a_tag_of_which_nothing_is_kept_says_what_to_do(tag):
    tag.stream = None
    tag.save()
    page = client_of(Role.INTEGRATOR).get(f"/integrations/plc/tags/{tag.pk}/").content.decode()
    assert "Choose the stream its readings go to first" in page


def test_a_stream_that_holds_other_readings_is_not_taken(tag):
    Stream.objects.create(
        code=f"{tag.stream.code}~", parameter=tag.stream.parameter, equipment=tag.plc.equipment, last_at=timezone.now()
    )
    with pytest.raises(commands.NotConditioned):
        commands.set_up(tag=tag, settings={}, by=factories.person("IT", Role.INTEGRATOR), at=timezone.now())


def test_the_preview_tells_what_a_dead_band_saves(tag):
    found = conditions.preview(tag, Filter(tag.stream_id, 0, deadband=1.0), until=timezone.now())
    assert (found.read, found.kept, found.rejected) == (60, 3, 0)
