"""A defect at the station: a photo alone reports it and holds the lot in work."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from plant.models import Attachment, ReasonCode
from qms.models import Nonconformance
from tests.mes import factories
from tests.mes.tablet.test_station import badge, scan, sign_on
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db
URL = "station:defect"


@pytest.fixture
def world(client):
    made = factories.world()
    badge(made.operator)
    sign_on(client, "B-OP")
    return made


def photo(name: str = "x.jpg", data: bytes = b"") -> SimpleUploadedFile:
    into = io.BytesIO(data)
    if not data:
        Image.new("RGB", (4, 4)).save(into, "JPEG")
    return SimpleUploadedFile(name, into.getvalue(), "image/jpeg")


def report(client, **fields):
    return client.post(reverse(URL, args=["MOUNT"]), fields)


def test_a_photo_alone_reports_and_holds_the_lot(client, world):
    lot = world.outputs[0]
    scan(client, world.job.number), scan(client, lot.number)

    answer = report(client, photo=photo(), lot=lot.number)

    case = Nonconformance.objects.get()
    assert (answer.status_code, MaterialLot.objects.get(pk=lot.pk).status) == (302, "HELD")
    assert (case.source_kind, Attachment.objects.get().subject_id) == ("PERSON", str(case.pk))


def test_a_defect_by_code_is_one_tap_more(client, world):
    defect = ReasonCode.objects.create(use="DEFECT", code="BALL", name="Solder ball")

    report(client, defect=defect.pk)

    assert (Nonconformance.objects.get().defect, Nonconformance.objects.get().title) == (defect, "Solder ball")


def test_a_picture_that_is_none_leaves_nothing_behind(client, world):
    answer = report(client, photo=photo(data=b"no picture"))

    assert (answer.status_code, Nonconformance.objects.count()) == (409, 0)


def test_nothing_said_is_refused(client, world):
    assert report(client).status_code == 409
