"""Entering values at the tablet: what is missing, what is out, the correction, the photo."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mes.models import DataItem, DataValue, Segment
from plant import fresh
from tests.mes import factories
from tests.mes.tablet.test_station import badge, scan, sign_on

pytestmark = pytest.mark.django_db
URL = ("station:data", ["MOUNT"])


@pytest.fixture
def world(client):
    made = factories.world(5)
    segment = Segment.objects.get(code="MOUNT")
    DataItem.objects.create(segment=segment, name="Torque", name_zh="扭矩", kind="NUMBER", low=4, high=5)
    DataItem.objects.create(segment=segment, name="Look", kind="PHOTO", required=False)
    fresh.forget_all()
    badge(made.operator)
    sign_on(client, "B-OP")
    for code in (made.job.number, made.blank.number, made.screws.number, made.outputs[0].number):
        scan(client, code)
    return made


def field(name: str) -> str:
    return f"item_{DataItem.objects.get(name=name).pk}"


def send(client, query: str = "", **fields):
    return client.post(reverse(URL[0], args=URL[1]) + query, fields)


def test_scan_leads_to_the_form(client, world):
    answer = scan(client, world.outputs[0].number)

    assert (answer.status_code, answer.json()["form_url"]) == (409, reverse(URL[0], args=URL[1]))


def test_form_keeps_what_is_entered_and_the_scan_goes_on(client, world):
    answer = send(client, **{field("Torque"): "4.5"})

    assert answer.url == reverse("station:work", args=["MOUNT"])
    assert scan(client, world.outputs[0].number).json()["outcome"] == "accepted"


def test_form_stays_with_a_value_that_is_out_until_it_is_corrected(client, world):
    stays = send(client, **{field("Torque"): "5.5"})
    shown = client.get(reverse(URL[0], args=URL[1]))
    item = DataItem.objects.get(name="Torque").pk
    answer = send(client, f"?correct={item}", **{field("Torque"): "4.5", "reason": "measured again"})

    assert (stays.url, answer.url) == (reverse(URL[0], args=URL[1]), reverse("station:work", args=["MOUNT"]))
    assert "请纠正后更正数值并填写原因" in shown.content.decode()


def test_form_refuses_what_is_no_number(client, world):
    answer = send(client, **{field("Torque"): "much"})

    assert (answer.status_code, DataValue.objects.count()) == (409, 0)


def test_photo_is_kept_and_served_to_who_may_see_the_lot(client, world, settings, tmp_path):
    settings.MEDIA_ROOT, picture = tmp_path, io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    send(client, **{field("Look"): SimpleUploadedFile("part.png", picture.getvalue(), "image/png")})
    client.force_login(factories.ground.person("QE", "QUALITY_ENGINEER"))

    answer = client.get(DataValue.objects.get().photo_url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_dossier_shows_values_and_their_corrections(client, world):
    send(client, **{field("Torque"): "5.5"})
    item = DataItem.objects.get(name="Torque").pk
    send(client, f"?correct={item}", **{field("Torque"): "4.5", "reason": "measured again"})
    client.force_login(factories.ground.person("QE", "QUALITY_ENGINEER"))

    page = client.get(reverse("traceability:lot-detail", args=[world.outputs[0].number]) + "?tab=measurements")

    assert b"<s>5.5</s>" in page.content
    assert b"measured again" in page.content


def test_form_of_a_station_without_work_goes_back(client, world):
    assert client.get(reverse("station:data", args=["OVEN"])).status_code == 302
