"""The whole record of a lot on paper: who, where, with what, what was read, and what rooms above add."""

from datetime import timedelta

import pytest

from plant.models import Parameter, ParameterKind, Role
from plant.web import sheets
from tests import factories
from tests.traceability import worlds
from traceability.models import Reading, Stream
from traceability.web import dossier_sheets

pytestmark = pytest.mark.django_db


def read(here: worlds.World) -> None:
    """The oven's zone, once a minute from noon."""
    zone = Parameter.objects.create(code="ZONE", name="Zone", unit=here.pcb.unit, kind=ParameterKind.PROCESS)
    stream = Stream.objects.create(code="OVEN1/ZONE", equipment=here.oven, parameter=zone)
    for minute in range(8):
        at = worlds.NOON + timedelta(minutes=minute)
        told = {"value": 240 + minute, "quality": 0, "source": 0, "recorded_at": at}
        Reading.objects.create(stream=stream, at=at, seq=minute, **told)


def test_holds_the_six_m_and_the_curves_of_its_making(client) -> None:
    here = worlds.world()
    board = worlds.made(here, "BOARD")
    worlds.link(worlds.raw(here, "RAW"), board)
    worlds.visit(here, board, here.oven, 0)
    read(here)
    reader = factories.person("9", Role.QUALITY_ENGINEER)

    sheet = dossier_sheets.lot(board, reader)

    found = {table.title: [tuple(row) for row in table.rows] for table in sheet.tables}
    assert found["People and machines"][0][:4] == ("REFLOW", "BOARD", "OVEN1 Oven", "1007 Wang 1007")
    assert found["Process values"] == [("REFLOW", "BOARD", "Zone [pcs]", "240", "243.5", "247", "by itself")]
    assert [row[:2] for row in found["Genealogy"]] == [("RAW", "BOARD")]
    assert [title for title, _picture in sheet.drawings] == ["REFLOW · BOARD · Zone [pcs]"]
    client.force_login(reader)
    assert client.get(f"/sheets/materiallot/{board.pk}.pdf").content.startswith(b"%PDF")
    assert b"".join(sheets.as_book(sheet, "x").streaming_content).startswith(b"PK")
