"""Scanners and instruments: the list, what one said last, and a line that is tried without scanning it."""

import pytest
from django.test import Client
from django.utils import timezone

from integrations.models import PlcState, PlcTag
from integrations.sources.lines.told import REFUSED, Told
from plant.models import DeviceEvent, Role
from tests import factories
from tests.integrations import factories as edge

pytestmark = pytest.mark.django_db
TAG_96 = "3034257BF7194E4000001A85"  # GS1's own example of SGTIN-96: company 0614141, item 812345, serial 6789


@pytest.fixture(name="client")
def signed_in():
    client = Client()
    client.force_login(factories.person("ME", Role.MAINTENANCE, language="en"))
    return client


@pytest.fixture(name="gate")
def a_gate():
    plc = edge.plc("GATE", kind="lines", path="listen", host="")
    PlcTag.objects.create(plc=plc, name="codes", kind="scan", path=r"^S(\S+)$")
    weight = edge.tag(plc, "weight")
    PlcTag.objects.filter(pk=weight.pk).update(path=r"^W\s*(\S.*\d)\s*g$", maximum=100, data_type="float64")
    return plc


def told_of(waiting=0):
    told, now_us = Told(), round(timezone.now().timestamp() * 1e6)
    for text, found in (("SLOT-9", [["codes", "LOT-9"]]), ("NOREAD", [])):
        told.line(text, now_us)["found"] += found
    told.waits("e1", told._lines[0])
    told.became("e1", REFUSED, "Nothing here has <b>LOT-9</b>.", made_us=now_us - 1_500_000, now_us=now_us)
    return told.as_json(now_us=now_us, waiting=waiting, dropped=0)


def test_the_list_and_the_page_tell_what_was_said_and_what_became_of_it(client, gate):
    edge.plc("POLLED")
    edge.plc("NEW", kind="lines", path="listen", host="")
    edge.health(gate, PlcState.ONLINE, timezone.now(), told=told_of(waiting=3))
    found = client.get("/integrations/readers/").content.decode()
    page = client.get(f"/integrations/plc/{gate.code}/").content.decode()

    assert ("GATE" in found, "NEW" in found, "POLLED" in found, "NOREAD" in found) == (True, True, False, True)
    assert ("No pattern fits" in page, "LOT-9" in page, "1.50 s" in page) == (True, True, True)
    assert ("&lt;b&gt;LOT-9" in page, "<b>LOT-9" in page) == (True, False)
    assert "Try a line" in page
    assert "Try a line" not in client.get("/integrations/plc/POLLED/").content.decode()


@pytest.mark.parametrize(("line", "says"), [
    ("W + 12,5 g", ["12.5"]), ("W 500 g", ["OUT_OF_RANGE"]), (f"S{TAG_96}", ["(01) 80614141123458", "(21) 6789"]),
    ("SOVEN", ["OVEN"]), ("S" + "X" * 300, ["Refused"]), ("other", ["No pattern fits"]),
])
def test_a_line_is_tried_and_nothing_is_scanned(client, gate, line, says):
    page = client.get(f"/integrations/plc/{gate.code}/try/", {"line": line}).content.decode()

    assert [one for one in says if one not in page] == []
    assert not DeviceEvent.objects.exists()


def test_a_pattern_that_is_none_is_told_and_other_sources_have_no_such_page(client, gate):
    PlcTag.objects.filter(name="codes").update(path="(")
    assert "This is no pattern" in client.get(f"/integrations/plc/{gate.code}/try/", {"line": "x"}).content.decode()
    assert client.get(f"/integrations/plc/{edge.plc('OVEN').code}/try/").status_code == 404
