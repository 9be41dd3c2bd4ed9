"""Makers' maps become tags through the console, and the poller reads what they say."""

import asyncio
import json
import struct
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from integrations.maps import lines, meters, sunspec
from integrations.maps.lines import MapRefused
from integrations.models import PlcTag
from integrations.plc.direct import DirectDevice
from integrations.plc.queries.devices import as_tag
from integrations.plc.reader import Source
from plant.console import files, plans, sheets
from plant.models import MasterImport, Role
from tests import factories
from tests.conformance import locate
from tests.integrations.factories import plc
from tests.integrations.plc.looking import look_once
from tests.integrations.plc.memory_plc import memory_plc

HERE = Path(__file__).resolve().parent
BASE = "/admin/integrations/plctag/"
MODEL, METERS = HERE / "sunspec_model.json", HERE / "meters.json"


@pytest.fixture
def console(db):
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    return client


def send(console, of, path, **words):
    sent = {"plc": of.pk, "file": SimpleUploadedFile(path.name, path.read_bytes()), "first": 40069, **words}
    return console.post(f"{BASE}map/", sent)


def confirm(console):
    return console.post(f"{BASE}map/{MasterImport.objects.latest('pk').pk}/confirm/")


def test_a_model_is_checked_written_and_undone(console):
    of = plc()
    page = send(console, of, MODEL, counts="module=2").content.decode()
    assert "Write these rows" in page
    assert not PlcTag.objects.exists()

    confirm(console)
    fields = ["name", "label", "address", "data_type", "exponent", "scale", "unit", "sentinel", "kind"]
    found = {row[0]: row[1:] for row in PlcTag.objects.values_list(*fields)}
    assert found["64999_A"] == ("Amps", 40071, "uint16", 40072, 1.0, "A", True, "process")
    assert found["64999_W"] == ("Watts", 40073, "int16", None, 0.1, "W", True, "process")
    assert found["64999_WH"] == ("WattHours", 40074, "uint32", 40076, 1.0, "Wh", False, "counter")
    assert found["64999_VA"][1:3] == (40083, "int64")
    assert [found[f"64999_module{n}_DCV"][1:4] for n in (1, 2)] == [(40089, "uint16", 40072), (40092, "uint16", 40072)]
    assert len(found) == 10

    console.post(f"{BASE}import/{MasterImport.objects.get().pk}/undo/")
    assert not PlcTag.objects.exists()


def test_a_meter_is_written_with_its_types_and_units(console):
    assert send(console, plc(), METERS, first=0, device="M1").status_code == 200
    confirm(console)

    assert list(PlcTag.objects.order_by("address").values_list("name", "table", "data_type", "unit", "kind")) == [
        ("M1_VoltageL1", "input", "float32", "V", "process"), ("M1_CurrentL1", "input", "float32", "A", "process"),
        ("M1_Frequency", "input", "float32", "Hz", "process"), ("M1_Import", "input", "float32", "kWh", "counter"),
    ]


@pytest.mark.parametrize(("words", "why"), [
    ({"device": "M2"}, "Take the template"), ({"device": "M9"}, "It has: M1, M2"),
    ({"device": "M1", "first": 65500}, "registers end at 65535"),
])
def test_a_map_that_can_not_be_taken_in_is_refused_in_words(console, words, why):
    answer = send(console, plc(), METERS, **words)

    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert not MasterImport.objects.exists()


@pytest.mark.parametrize("content", ["[1]", "{}", '{"group": {"points": [{}]}, "id": 1}', "no json", "[" * 99_999])
def test_a_damaged_map_is_refused_in_words(console, tmp_path, content):
    path = tmp_path / "map.json"
    path.write_text(content)
    answer = send(console, plc(), path)

    assert answer.status_code in (400, 409)
    assert 'role="alert"' in answer.content.decode()


def test_a_row_that_is_there_with_another_meaning_shows_what_changes(console):
    of = plc()
    PlcTag.objects.create(plc=of, name="64999_A", address=3)
    page = send(console, of, MODEL).content.decode()

    assert "changed" in page
    assert "40071" in page


@pytest.mark.django_db
def test_the_poller_scales_by_the_register_that_the_model_names(console):
    of = plc()
    send(console, of, MODEL)
    confirm(console)
    tags = [as_tag(tag) for tag in PlcTag.objects.all()]
    names = {tag.key: PlcTag.objects.get(pk=-tag.key).name for tag in tags}

    async def look():
        async with memory_plc() as served:
            watts = struct.unpack(">H", struct.pack(">h", -123))[0]
            served.registers = {40071: 1234, 40072: 0xFFFE, 40073: watts, 40075: 7, 40076: 3, 40087: 0x8000}
            said = await look_once(Source("P", DirectDevice("127.0.0.1", served.port), tags))
            return {names[key]: value for key, value, _count, _quality in said}

    found = asyncio.run(look())
    assert (found["64999_A"], found["64999_W"], found["64999_WH"]) == (12.34, -12.3, 7000.0)
    assert set(found) == set(names.values())


@pytest.mark.django_db
def test_every_published_model_becomes_rows_without_a_fault():
    of, by = plc(), factories.person("BOSS", Role.ADMINISTRATOR)
    models = sorted(locate("modbus/sunspec").glob("*.json"))
    assert models
    for path in models:
        found = sunspec.lines(json.loads(path.read_text(encoding="utf-8")), first=40069, counts={})
        text = "".join(files.as_csv(lines.table_of(of.code, found)))
        plan = plans.plan(sheets.of("integrations.PlcTag"), files.read("map.csv", text.encode()), by)
        assert {row.verb for row in plan.rows} == {plans.NEW}, (path.name, [row.faults for row in plan.rows])
        assert len({line.address for line in found}) == len(plan.rows) == len(found), path.name


def test_every_published_meter_becomes_lines_or_says_why_not():
    content = json.loads(locate("modbus/mbmd_devices.json").read_text(encoding="utf-8"))
    taken = 0
    for name, meter in content["devices"].items():
        if meter["uniform"]:
            found = meters.lines(content, device=name)
            assert [line.address for line in found] == list(meter["registers"].values())
            assert all(line.data_type == "float32" for line in found)
            taken += 1
        else:
            with pytest.raises(MapRefused, match=name):
                meters.lines(content, device=name)
    assert taken
