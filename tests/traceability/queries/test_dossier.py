"""The dossier of a lot, and what ran on a machine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plant.models import Equipment, Parameter, ParameterKind, Unit
from tests import factories
from tests.traceability import worlds
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import MaterialLot, Quality, Source, Stream
from traceability.queries import dossier, equipment_history

pytestmark = pytest.mark.django_db
LATER = worlds.NOON + timedelta(hours=2)


def stream(equipment: Equipment, code: str, kind: str = ParameterKind.PROCESS) -> Stream:
    unit, _ = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree Celsius", "symbol": "°C"})
    parameter, _ = Parameter.objects.get_or_create(code=code, defaults={"name": code, "kind": kind, "unit": unit})
    return Stream.objects.create(code=f"{equipment.code}.{code}", parameter=parameter, equipment=equipment)


def read(of: Stream, values: dict[int, float], source: Source = Source.AUTO) -> None:
    rows = [
        ReadingRow(of.pk, worlds.NOON + timedelta(minutes=minute), 0, value, Quality.GOOD, source)
        for minute, value in values.items()
    ]
    readings.record(rows=rows)


def baked(here: worlds.World) -> MaterialLot:
    """A serial split off a lot that went through the oven, which was made of a raw lot."""
    panel, serial = worlds.made(here, "P1"), worlds.made(here, "S1", kind="SERIAL")
    worlds.link(worlds.raw(here, "R1"), panel)
    worlds.visit(here, panel, here.oven, 0)
    worlds.link(panel, serial, minutes=20)
    worlds.visit(here, panel, here.aoi, 60)
    worlds.visit(here, serial, here.aoi, 30)
    return serial


def test_operations_are_those_before_the_serial_left_its_lot() -> None:
    here = worlds.world()
    found = dossier.for_lot(baked(here), reader=factories.person("ALL"), now=LATER)
    places = [(one.visit.lot.number, one.visit.equipment.code) for one in found.operations]
    assert places == [("P1", "OVEN1"), ("S1", "AOI1")]
    assert [node.number for node in found.raw] == ["R1"]


def test_process_values_are_those_of_the_visit() -> None:
    here = worlds.world()
    read(stream(here.oven, "zone3"), {-1: 900.0, 1: 240.0, 5: 250.0, 11: 900.0})
    [value] = dossier.for_lot(baked(here), reader=factories.person("ALL"), now=LATER).operations[0].process
    assert (value.low, value.mean, value.high, value.readings) == (240.0, 245.0, 250.0, 2)


def test_ambient_values_come_from_the_nearest_sensor_of_the_line() -> None:
    here = worlds.world()
    read(stream(here.site, "temp", ParameterKind.ENVIRONMENT), {1: 10.0})
    read(stream(here.line, "temp", ParameterKind.ENVIRONMENT), {1: 23.0}, Source.MANUAL)
    [value] = dossier.for_lot(baked(here), reader=factories.person("ALL"), now=LATER).operations[0].ambient
    assert (value.mean, value.by_hand, value.is_last_known) == (23.0, 1, False)


def test_a_slow_ambient_sensor_is_represented_by_its_last_value() -> None:
    here = worlds.world()
    read(stream(here.aoi, "temp", ParameterKind.ENVIRONMENT), {-3: 22.5})
    [value] = dossier.for_lot(baked(here), reader=factories.person("ALL"), now=LATER).operations[0].ambient
    assert (value.mean, value.readings, value.is_last_known) == (22.5, 0, True)


def test_dossier_statements_do_not_grow() -> None:
    here = worlds.world()
    serial = baked(here)
    worlds.visit(here, serial, here.aoi, 80)
    few = statements(serial)
    for index in range(10):
        worlds.visit(here, serial, here.aoi, 100 + 20 * index)
    assert statements(serial) == few


def statements(lot) -> int:
    reader = factories.person("ALL")
    with CaptureQueriesContext(connection) as captured:
        dossier.for_lot(lot, reader=reader, now=LATER)
    return len(captured)


def test_equipment_history_of_a_line_is_that_of_its_stations() -> None:
    here = worlds.world()
    baked(here)
    window = {"from_at": worlds.NOON + timedelta(minutes=5), "to_at": worlds.NOON + timedelta(minutes=35)}
    found = equipment_history.visits(here.line, **window)
    assert [(one.lot.number, one.equipment.code) for one in found] == [("S1", "AOI1"), ("P1", "OVEN1")]
    assert equipment_history.visits(here.oven, from_at=LATER, to_at=LATER + timedelta(hours=1)) == []
