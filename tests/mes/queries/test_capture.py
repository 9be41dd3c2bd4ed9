"""The share of automatic capture: counted by the clock, kept by day, shown with its records and its target."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from mes.commands import capture as counting
from mes.models import CaptureDay
from mes.queries import calendars, capture, capture_records
from plant import policies
from plant.models import Role
from plant.queries import persons
from qms.models import QualityObjective
from qms.queries import objectives
from tests import factories
from tests.qms.commands.test_sensors import sensor_of
from traceability.commands import readings
from traceability.models import Quality, Source

pytestmark = pytest.mark.django_db


def read(code, *sources):
    """A stream of the oven whose values came in these ways."""
    stream, now = sensor_of(code).streams.get(), timezone.now()
    readings.record(rows=[
        readings.ReadingRow(stream.pk, now - timedelta(seconds=n), n, 1.0, Quality.GOOD, source)
        for n, source in enumerate(sources)
    ])


def manager():
    return factories.person("QM", Role.QUALITY_MANAGER, language="en")


def count():
    """What the clock makes of today."""
    now = timezone.now()
    counting.judge(day=calendars.local_day(now), by=persons.system("mes"), at=now)


def board():
    today = calendars.local_day(timezone.now())
    return capture.board(manager(), today, today)


def test_a_characteristic_counts_for_the_way_by_which_most_of_its_values_came():
    read("A", *[Source.AUTO] * 9, Source.MANUAL)
    read("B", Source.MANUAL, Source.MANUAL, Source.API)
    count()
    [row] = board().operations

    assert (row.name, row.total, row.automatic, row.scanned, row.by_hand) == ("OVEN", 2, 50.0, 0.0, 50.0)
    assert {str(way): (many, values) for way, _label, many, values, _percent in row.ways} == {
        "AUTO": (1, 9), "API": (0, 1), "SCAN": (0, 0), "HAND": (1, 3),
    }
    assert [part["percent"] for part in row.bars] == [50.0, 0.0, 0.0, 50.0]


def test_a_collected_value_came_from_a_device_by_a_scan_or_typed():
    asked = (("NUMBER", False), ("SCAN", True), ("TEXT", True))
    ways = [capture_records.way(kind, is_typed) for kind, is_typed in asked]

    assert ways == ["AUTO", "SCAN", "HAND"]


def test_counted_again_a_day_is_counted_once_and_never_by_an_older_look():
    read("A", Source.MANUAL)
    count(), count()
    read("B", Source.AUTO)
    now = timezone.now()
    counting.judge(day=calendars.local_day(now), by=persons.system("mes"), at=now - timedelta(hours=1))

    assert sorted(CaptureDay.objects.values_list("way", "parameters", "values")) == [("AUTO", 1, 1), ("HAND", 1, 1)]
    with pytest.raises(policies.Forbidden):
        counting.judge(day=now.date(), by=manager(), at=now)


def test_an_objective_of_the_plant_is_measured_by_it():
    QualityObjective.objects.create(code="AUTO", name="Automatic", metric="CAPTURE", target=Decimal(40), at_most=False)
    before = objectives.standing(manager(), timezone.now())[0].now
    read("A", Source.AUTO), read("B", Source.MANUAL)
    count()
    after = objectives.standing(manager(), timezone.now())[0].now

    assert (before.value, after.value, after.is_reached) == (None, 50.0, True)


def test_the_page_shows_it_with_its_target_and_leads_to_the_records():
    client = Client()
    client.force_login(manager())
    empty = client.get("/production/entries/").content.decode()
    read("A", Source.MANUAL)
    count()
    QualityObjective.objects.create(code="AUTO", name="Automatic", metric="CAPTURE", target=Decimal(80), at_most=False)
    page = client.get("/production/entries/").content.decode()
    records = client.get("/production/entries/records/", {"operation": "OVEN", "way": "HAND"}).content.decode()
    none = client.get("/production/entries/records/", {"way": "SCAN"}).content.decode()
    file = client.get("/production/entries/", {"format": "csv"}).getvalue().decode()
    home = client.get("/production/panels/capture-figures/").content.decode()

    assert ["No value came in lately" in empty, "80" in page, "way=HAND" in page] == [True] * 3
    assert ["/equipment/OVEN/" in records, "Nothing came in so" in none] == [True, True]
    assert "OVEN,0,0,0,1,0" in file
    assert "Automatic capture" in home
