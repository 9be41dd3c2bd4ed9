"""What a machine's page tells of its calibrations, its nonconformances and its documents, and to whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mes.models import InstructionMedia, Segment
from plant.models import Equipment, Person
from qms.models import Gauge, GaugeType, Nonconformance, Sensor
from tests import factories as ground
from tests.mes import factories as floor

pytestmark = pytest.mark.django_db


def page(person, code="MOUNT"):
    client = Client()
    client.force_login(person)
    return client.get(reverse("traceability:equipment-history", args=[code]))


def parts(person, code="MOUNT"):
    return dict(page(person, code).context["parts"])


def sensor(code, station, days):
    due = timezone.now() + timedelta(days=days)
    return Sensor.objects.create(code=code, name=code, equipment=station, due_at=due)


def case(number, station, status="OPEN"):
    closed = timezone.now() if status == "CLOSED" else None
    return Nonconformance.objects.create(
        number=number, status=status, title=number, source_kind="PERSON", source_id=number, site=ground.site(),
        equipment=station, reported_by=ground.person("OP", "OPERATOR"), opened_at=timezone.now(), closed_at=closed,
    )


def test_calibrations_and_nonconformances_stand_by_the_machine_that_they_are_of():
    station, other = ground.station("MOUNT"), ground.station("PRINT")
    for code, place, days in (("LATER", station, 100), ("LATE", station, -1), ("ELSEWHERE", other, -1)):
        sensor(code, place, days)
    for number, place, status in (("NC-1", station, "CLOSED"), ("NC-2", station, "OPEN"), ("NC-3", other, "OPEN")):
        case(number, place, status)

    told = parts(ground.person("QE", "QUALITY_ENGINEER"))["qms/machine/page.html"]

    assert [(one.code, tone) for one, _word, tone, _icon in told["sensors"]] == [("LATE", "failed"), ("LATER", "done")]
    assert [one.number for one in told["cases"]] == ["NC-2", "NC-1"]
    assert told["open"] == 1
    assert "qms/machine/page.html" not in parts(ground.person("QE"), ground.station("EMPTY").code)


def test_whoever_belongs_to_another_line_sees_none_of_it():
    sensor("LATE", ground.station("MOUNT"), -1), case("NC-1", ground.station("MOUNT"))
    here = ground.person("QE", "QUALITY_ENGINEER")
    assert parts(here)["qms/machine/page.html"]["open"] == 1

    far = Equipment.objects.create(code="FAR", name="Far", level="SITE")
    Person.objects.filter(pk=here.pk).update(site=far)
    assert page(Person.objects.get(pk=here.pk)).status_code == 404


def test_documents_of_operations_in_effect_hold_at_their_machine():
    floor.released()
    mount = Segment.objects.get(code="MOUNT")
    Segment.objects.filter(pk=mount.pk).update(instruction="Press until it clicks")
    InstructionMedia.objects.create(
        segment=mount, title="How to press", name="press.pdf", media_type="application/pdf", size=1, sha256="0", key="k"
    )

    told = parts(ground.person("OP", "OPERATOR"))["mes/machine/page.html"]["papers"]

    assert [(one.segment, one.text, [file.title for file in one.media]) for one in told] == [
        (mount, "Press until it clicks", ["How to press"])
    ]


def test_gauges_that_are_kept_there_stand_by_the_machine():
    station, kind = ground.station("MOUNT"), GaugeType.objects.create(code="CAL", name="Caliper")
    for code, place in (("CAL-1", station), ("CAL-2", ground.station("PRINT"))):
        Gauge.objects.create(code=code, name=code, type=kind, equipment=place, interval_days=90)

    told = parts(ground.person("QE", "QUALITY_ENGINEER"))["qms/machine/page.html"]

    assert [(one.code, tone) for one, _word, tone, _icon in told["gauges"]] == [("CAL-1", "unknown")]
