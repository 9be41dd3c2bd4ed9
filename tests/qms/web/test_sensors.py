"""The pages of sensors, and where else a sensor in doubt is told: chart, station, dossier, inbox."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plant.models import Role
from qms.models import Calibration, Sensor
from qms.web import shell
from tests import factories
from tests.qms.commands.test_sensors import calibrate, sensor_of
from tests.spc import factories as numbers
from traceability.commands import visits

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = {"result": "PASSED", "certificate": "C-2", "laboratory": "Lab"}


@pytest.fixture(name="overdue")
def run_out():
    """A sensor whose calibration ran out yesterday, on the stream of a chart."""
    sensor, now = sensor_of("T3"), timezone.now()
    sensor.streams.add(numbers.chart("C1").stream)
    calibrate(sensor, now - 90 * DAY, now - DAY, at=now - 90 * DAY)
    return sensor


def client_of(role):
    client = Client()
    client.force_login(factories.person(role[:4], role, language="en"))
    return client


def test_a_calibration_is_recorded_with_what_its_certificate_says(overdue):
    client, today = client_of(Role.MAINTENANCE), timezone.localdate()
    answer = client.post("/quality/sensors/T3/calibrate/", {**SAID, "done_on": today, "next_due_on": today + 30 * DAY})

    made, sensor = Calibration.objects.latest("at"), Sensor.objects.get()
    assert (answer.status_code, made.certificate, sensor.due_at) == (302, "C-2", made.next_due_at)
    assert timezone.localtime(made.next_due_at).date() == today + 31 * DAY
    assert "Calibrated" in client.get("/quality/sensors/").content.decode()


def test_a_calibration_without_an_end_is_refused_at_its_field(overdue):
    said = {**SAID, "done_on": timezone.localdate()}
    answer = client_of(Role.MAINTENANCE).post("/quality/sensors/T3/calibrate/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["next_due_on"])


def test_who_may_not_calibrate_sees_why(overdue):
    client = client_of(Role.VIEWER)
    assert client.get("/quality/sensors/T3/").status_code == 200
    assert client.post("/quality/sensors/T3/calibrate/", SAID).status_code == 403
    assert client.get("/quality/sensors/NONE/").status_code == 404


def test_the_chart_says_that_its_sensor_is_overdue(overdue):
    page = client_of(Role.VIEWER).get("/spc/charts/C1/").content.decode()
    assert ("made with a sensor in doubt" in page, "Calibration overdue" in page) == (True, True)


def test_the_dossier_tells_which_lots_stood_beside_it(overdue):
    lot, now = factories.received("R1"), timezone.now()
    visits.arrive(lot=lot, equipment=overdue.equipment, by=factories.person("OP", Role.OPERATOR), at=now - DAY / 2)
    found = shell.doubted([lot])["suspects"]

    assert {one.doubt.sensor for one in found} == {overdue}
    assert shell.doubted([factories.received("R2")]) == {}


def test_it_waits_in_the_inbox_of_its_owner(overdue):
    Sensor.objects.update(stage=2)
    assert [item.group for item in shell.waiting(factories.person("ME2", Role.MAINTENANCE))] == ["alarm"]
    assert shell.waiting(factories.person("V", Role.VIEWER)) == []
