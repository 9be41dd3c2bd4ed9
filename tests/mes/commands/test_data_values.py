"""Values that an operation asks for: needed before it ends, kept once, corrected with a reason."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image

from mes.commands import data_values, reports
from mes.commands.data_values import Entered
from mes.models import DataItem, DataValue, JobSegment, Segment
from mes.queries import routings, wip
from plant import fresh
from plant.errors import Refusal
from plant.models import Parameter, Unit
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

pytestmark = pytest.mark.django_db


def asks(kind: str = "NUMBER", name: str = "Torque", **fields: object) -> DataItem:
    fresh.forget_all()
    segment = Segment.objects.get(code="MOUNT")
    return DataItem.objects.create(segment=segment, name=name, kind=kind, **fields)


def torque(**fields: object) -> DataItem:
    unit = Unit.objects.get_or_create(code="NU", defaults={"name": "newton metre", "symbol": "N·m"})[0]
    return asks(**{"unit": unit, "low": 4, "high": 5, "instruction": "Check the driver.", **fields})


@pytest.fixture
def world():
    made = factories.world(5)
    made.ready(5)
    return made


def start(world) -> None:
    world.scan(world.outputs[0].number)


def enter(world, item: DataItem, value: object = "", reason: str = "") -> DataValue:
    station, lot = world.stations["MOUNT"], world.outputs[0]
    told = {"station": station, "lot": lot, "by": world.operator, "at": NOW}
    return data_values.record(entered=[Entered(item, value, reason)], **told)[0]


def finish(world, at: datetime = NOW):
    return world.scan(world.outputs[0].number, at=at)


def test_scan_names_what_is_missing_and_keeps_the_part_here(world):
    torque()
    start(world)

    outcome = finish(world)

    assert (outcome.outcome, outcome.code, outcome.facts) == ("refused", "data-missing", {"data": ["Torque"]})
    assert wip.of_lot(world.outputs[0]) == {"MOUNT": Decimal(5)}


def test_scan_ends_the_operation_once_all_is_entered(world):
    item = torque()
    start(world)
    value = enter(world, item, "4,5")

    assert (value.text, finish(world).outcome, wip.of_lot(world.outputs[0])) == (
        "4.5 N·m", "accepted", {"OVEN": Decimal(5)}
    )


def test_value_out_of_limits_stops_and_says_what_to_do(world):
    item = torque()
    start(world)
    enter(world, item, "5.1")

    outcome = finish(world)

    assert outcome.code == "data-out-of-limits"
    assert outcome.message.startswith(f"{world.outputs[0].number} can't go on, out of limits: Torque 5.1 N·m (4 … 5).")
    assert "Check the driver." in outcome.message


def test_correction_stands_beside_the_first_value(world):
    item = torque()
    start(world)
    first = enter(world, item, "5.1")
    with pytest.raises(Refusal) as refused:
        enter(world, item, "4.9")
    second = enter(world, item, "4.9", "Driver set anew")

    assert (refused.value.code, second.corrects, second.reason) == ("no-reason", first, "Driver set anew")
    assert (finish(world).outcome, DataValue.objects.count()) == ("accepted", 2)


def test_value_is_written_once(world):
    item = torque()
    start(world)
    value = enter(world, item, "4.5")

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        DataValue.objects.filter(pk=value.pk).update(text="4.6")


def test_scrap_needs_no_values(world):
    torque()
    start(world)

    reports.report(
        station=world.stations["MOUNT"], lot=world.outputs[0], scrap=Decimal(5), reason=factories.reason(),
        by=world.operator, at=NOW,
    )
    assert JobSegment.objects.get(segment__code="MOUNT").scrap == 5


def test_rework_is_asked_again(world):
    item = torque()
    start(world)
    enter(world, item, "4.5")
    station, lot = world.stations["MOUNT"], world.outputs[0]
    reason, told = factories.reason("REWORK"), {"by": world.operator, "at": NOW}
    reports.report(station=station, lot=lot, rework=Decimal(5), reason=reason, **told)
    start(world)

    assert finish(world).code == "data-missing"


@pytest.mark.parametrize(("kind", "fields", "value", "told", "is_good"), [
    ("CHOICE", {"options": "Fine\n!Cracked"}, "Fine", "Fine", True),
    ("CHOICE", {"options": "Fine\n! Cracked"}, "Cracked", "Cracked", False),
    ("TEXT", {}, " dull  ", "dull", True),
    ("SCAN", {"begins": "TOOL-"}, "TOOL-7\r", "TOOL-7", True),
    ("CHECK", {"options": "Gloves\nGoggles"}, ["Goggles", "Gloves"], "Gloves\nGoggles", True),
    ("NUMBER", {"low": 0}, "0", "0", True),
    ("NUMBER", {"high": 3}, "3.000001", "3.000001", False),
])
def test_each_kind_is_read(world, kind, fields, value, told, is_good):
    item = asks(kind, **fields)
    start(world)

    kept = enter(world, item, value)

    assert (kept.text, kept.is_good) == (told, is_good)


@pytest.mark.parametrize(("kind", "fields", "value"), [
    ("CHOICE", {"options": "Fine"}, "Fair"), ("TEXT", {}, "x" * 2001), ("SCAN", {"begins": "TOOL-"}, "FORK-7"),
    ("CHECK", {"options": "Gloves\nGoggles"}, ["Gloves"]), ("NUMBER", {}, "much"), ("NUMBER", {}, "NaN"),
    ("NUMBER", {}, "1e12"), ("NUMBER", {}, "0.0000001"),
    ("PHOTO", {}, SimpleUploadedFile("part.pdf", b"%PDF-1.4 %%EOF")),
    ("PHOTO", {}, SimpleUploadedFile("part.png", b"no picture")),
])
def test_each_kind_refuses_what_is_no_answer(world, kind, fields, value):
    item = asks(kind, **fields)
    start(world)

    with pytest.raises(Refusal):
        enter(world, item, value)


def test_photo_is_drawn_anew_and_kept(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    item, picture = asks("PHOTO"), io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    start(world)

    value = enter(world, item, SimpleUploadedFile("part.png", picture.getvalue()))

    assert (value.media_type, len(value.sha256), len(value.key)) == ("image/png", 64, 32)


def device(world, at: datetime, *values: float) -> DataItem:
    """An item that is read from the station's device."""
    celsius = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
    parameter = Parameter.objects.create(code="TIP", name="Tip", unit=celsius)
    stream = Stream.objects.create(code="MOUNT.TIP", parameter=parameter, equipment=world.stations["MOUNT"])
    rows = [ReadingRow(stream.pk, at, seq, one, Quality.GOOD, Source.AUTO) for seq, one in enumerate(values, 1)]
    readings.record(rows=rows)
    return asks("DEVICE", "Tip", parameter=parameter, low=340, high=360)


def test_device_is_read_by_the_scan_that_ends_the_operation(world):
    now = timezone.now()
    device(world, now, 351.5)
    start(world)

    assert (finish(world, now).outcome, DataValue.objects.get().text) == ("accepted", "351.5 °C")


def test_device_out_of_limits_is_kept_and_stops(world):
    now = timezone.now()
    device(world, now, 370)
    start(world)

    outcome = finish(world, now)

    assert (outcome.outcome, outcome.facts["done"], DataValue.objects.get().is_good) == ("attention", "stopped", False)
    assert finish(world).code == "data-out-of-limits"


def test_device_that_is_silent_is_said(world):
    device(world, NOW)
    start(world)

    assert finish(world).code == "no-reading"


def test_value_of_a_part_that_is_not_in_work_is_refused(world):
    item = torque()

    with pytest.raises(Refusal, match="not in work here"):
        enter(world, item, "4.5")


def test_an_operation_that_asks_nothing_costs_nothing_more(world, django_assert_num_queries):
    start(world)
    lot = world.outputs[0]
    step = routings.of_job(world.job).steps[0]

    with django_assert_num_queries(0):
        data_values.check_complete(step, lot)
