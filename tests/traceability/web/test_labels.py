"""Labels through their pages: looked at, printed, scanned back, many at once."""

import pytest
from django.test import Client
from django.urls import reverse

from plant.models import Role
from tests import factories as ground
from tests import label_reader
from tests.mes import packed as world
from traceability.models import LabelKind, LabelPrint, LabelTemplate

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    browser = Client()
    browser.force_login(world.packer())
    return browser


def url(name, *args):
    return reverse(f"traceability:{name}", args=args)


def test_a_label_is_printed_and_scanned_back(client):
    world.goods("L1")
    page = url("label-page", "lot", "L1")
    assert client.get(page).context["fresh"] is None
    assert client.post(url("label-print", "lot", "L1")).status_code == 302
    one = LabelPrint.objects.get()
    assert client.get(page).context["fresh"] == one
    assert client.post(url("label-verify", "lot", "L1"), {"code": "L2"}).status_code == 409
    assert client.post(url("label-verify", "lot", "L1"), {"code": "L1"}).status_code == 302
    again = client.post(url("label-print", "lot", "L1"), {"reason": ""})
    assert (again.status_code, LabelPrint.objects.count()) == (422, 1)
    client.post(url("label-print", "lot", "L1"), {"reason": "Torn"})
    assert LabelPrint.objects.filter(reason="Torn").count() == 1


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg"), ("zpl", b"^XA")])
def test_a_print_comes_in_every_form(client, kind, start):
    world.goods("L1")
    client.post(url("label-print", "lot", "L1"))
    one = LabelPrint.objects.get()
    assert client.get(url("label-file", "lot", "L1", one.pk, kind)).content.startswith(start)


def test_the_file_of_somebody_elses_print_is_not_given(client):
    world.goods("L1")
    client.post(url("label-print", "lot", "L1"))
    client.force_login(ground.person("LEAD", Role.TEAM_LEADER))
    assert client.get(url("label-file", "lot", "L1", LabelPrint.objects.get().pk, "zpl")).status_code == 409


@pytest.mark.parametrize(("sort", "number"), [("equipment", "OVEN"), ("station", "OVEN"), ("material", "PCB")])
def test_places_and_materials_have_label_pages(client, sort, number):
    ground.station("OVEN"), ground.material("PCB")
    assert client.get(url("label-page", sort, number)).status_code == 200
    assert client.post(url("label-print", sort, number)).status_code == 302
    assert LabelPrint.objects.get().number == number


def test_a_label_that_cannot_be_drawn_says_why(client):
    world.goods("L1")
    LabelTemplate.objects.create(kind=LabelKind.LOT, symbology="GS1_128")
    page = client.get(url("label-page", "lot", "L1"))
    assert (page.status_code, "GTIN" in page.context["why"]) == (200, True)
    assert client.post(url("label-print", "lot", "L1")).status_code == 409


def test_many_are_printed_at_once_and_counted(client):
    lots = [world.goods(number) for number in ("L1", "L2")]
    page = url("labels", "lot") + f"?ids={lots[0].pk},{lots[1].pk}"
    assert len(client.get(page).context["drawings"]) == 2
    text = client.post(page, {"kind": "zpl", "reason": ""}).content.decode()
    first, second = text.split("^XZ")[:2]
    assert [label_reader.seen(label_reader.of_zpl(one))["]C0"] for one in (first, second)] == ["L1", "L2"]
    assert (client.post(page, {"kind": "pdf"}).status_code, LabelPrint.objects.count()) == (409, 2)
    assert client.post(page, {"kind": "pdf", "reason": "New roll"}).content.startswith(b"%PDF")


@pytest.mark.parametrize("kind", LabelKind.values)
def test_every_template_shows_an_example(client, kind):
    world.carton(world.goods("L1"))
    row = LabelTemplate.objects.create(kind=kind, symbology="QR")
    assert client.get(url("label-template", row.pk)).status_code == 200
    assert client.get(url("label-template-list")).status_code == 200


def test_who_may_not_print_sees_no_label(client):
    world.goods("L1")
    client.force_login(ground.person("VIEW", Role.VIEWER))
    assert client.get(url("label-page", "lot", "L1")).status_code == 403
