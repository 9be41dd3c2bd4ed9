"""The share of parameters that people still type, by operation."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mes.queries import entries
from plant.models import Role
from tests import factories
from tests.qms.commands.test_sensors import sensor_of
from traceability.commands import readings
from traceability.models import Quality, Source

pytestmark = pytest.mark.django_db


def read(code, *sources):
    """A stream of the oven whose values came in these ways."""
    stream, now = sensor_of(code).streams.get(), timezone.now()
    readings.record(rows=[
        readings.ReadingRow(stream.pk, now - timedelta(minutes=1, seconds=n), n, 1.0, Quality.GOOD, source)
        for n, source in enumerate(sources)
    ])


def test_a_parameter_counts_for_the_way_by_which_most_of_its_values_came():
    read("A", *[Source.AUTO] * 9, Source.MANUAL)
    read("B", Source.MANUAL, Source.MANUAL, Source.API)
    [row] = entries.by_operation(factories.person("QM", Role.QUALITY_MANAGER), timezone.now())

    assert (row.operation, row.total, row.by_hand, row.places) == ("OVEN", 2, 50.0, {"OVEN"})
    assert [(parameters, values) for _way, parameters, values in row.ways] == [(1, 9), (1, 3), (0, 1)]


def test_the_page_shows_it_and_says_so_when_nothing_came_in():
    client = Client()
    client.force_login(factories.person("QM", Role.QUALITY_MANAGER, language="en"))
    assert "No value came in lately" in client.get("/production/entries/").content.decode()
    read("A", Source.MANUAL)
    assert "100" in client.get("/production/entries/").content.decode()
