"""A station locked by a sample that did not come: it says why and since when; the sample or a reason opens it."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import TABLET

STATION = "L2-TEST"
LATE = """
from datetime import timedelta
from django.utils import timezone
from plant.models import Equipment, Person, Unit
from qms.models import ControlPlan
from spc.commands import charts, samples
from spc.models import ControlChart, SampleDuty
from traceability.models import Stream
now = timezone.now()
line = ControlPlan.objects.filter(status="EFFECTIVE", lines__characteristic__code="U-3V3").first().lines.get(
    characteristic__code="U-3V3")
stream, _new = Stream.objects.get_or_create(code="{code}", defaults=dict(
    parameter=line.characteristic.parameter, equipment=Equipment.objects.get(code="{station}")))
chart = charts.create(code="{code}", stream=stream, line=line, by=Person.objects.get(number="engineer"), at=now)
SampleDuty.objects.create(
    chart=chart, every_minutes=30, grace_minutes=0, locks_station=True, since=now - timedelta(hours=1))
samples.look(at=now)
"""
TAKEN = """
from django.utils import timezone
from spc.commands import samples
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream
now = timezone.now()
stream = Stream.objects.get(code="{code}")
readings.record(rows=[ReadingRow(stream.pk, now, 1, 3.301, Quality.GOOD, Source.MANUAL)])
samples.look(at=now)
"""
SETTLED = """
from django.utils import timezone
from plant.models import Person
from spc.commands import samples
from spc.models import MissedSample, SampleDuty
SampleDuty.objects.filter(chart__code="{code}").update(active=False)
for missed in MissedSample.objects.filter(duty__chart__code="{code}", status="OPEN"):
    samples.override(missed=missed, reason="The test ends", by=Person.objects.get(number="leader"), at=timezone.now())
"""


@pytest.fixture
def locked(visit, plant):
    """The tablet of a station whose sample is half an hour late, and the chart's code."""
    code = f"HAND-{uuid4().hex[:8]}"
    run(plant, LATE, code)
    tablet = visit(size=TABLET)
    tablet.sign_on(STATION, "operator2")
    yield tablet, code
    run(plant, SETTLED, code)


def run(plant, script, code):
    said = plant.manage("shell", "-c", script.format(code=code, station=STATION))
    assert said.returncode == 0, said.stderr[-2000:]


def alert_of(tablet, code):
    return tablet.page.locator(".alert", has_text=code)


def test_a_late_sample_locks_the_station_until_it_comes(plant, locked):
    tablet, code = locked
    alert = alert_of(tablet, code).first
    expect(alert).to_contain_text(re.compile(r"missed since \d\d:\d\d"))
    expect(alert).to_contain_text("the station opens by itself")
    tablet.check()
    tablet.scan(plant.facts["scenario"]["output_lot"], "refused")

    run(plant, TAKEN, code)

    expect(alert_of(tablet, code)).to_have_count(0, timeout=20_000)


def test_a_supervisor_opens_the_station_with_a_reason(visit, locked):
    tablet, code = locked
    expect(alert_of(tablet, code).first).to_be_visible()
    leader = visit("leader")
    leader.go(f"/spc/samples/missed/?q={code}")
    leader.page.locator("main tbody input[type=checkbox]").first.check()
    leader.presses("Override")
    reason = leader.page.locator("[name=reason]")
    reason.fill("Fixture is at calibration")
    leader.check()
    leader.page.locator("main form .form-acts button[type=submit]").click()
    leader.sees("Fixture is at calibration")

    expect(alert_of(tablet, code)).to_have_count(0, timeout=20_000)
