"""The doors to comments, files and paper: shut where the thing itself is shut."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from plant.commands import talk
from plant.models import Attachment, Comment
from tests.factories import NOW, person, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    person("P1", "WAREHOUSE")
    return received("LOT-1")


def signed_in(number="P2", *roles):
    client = Client()
    client.force_login(person(number, *(roles or ("OPERATOR",))))
    return client


def png():
    into = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(into, "PNG")
    return SimpleUploadedFile("焊点.png", into.getvalue(), "text/html")


def test_the_card_stands_on_the_page_and_grows(lot):
    client = signed_in()
    say = f"/talk/materiallot/{lot.pk}/say/"

    assert client.post(say, {"text": "<b>bold</b> @P1"}).status_code == 302
    page = client.get(f"/trace/lots/{lot.number}/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert '<span class="talk-person" title="Person P1">@P1</span>' in page
    refused = client.post(say, {"text": ""}, headers={"HX-Request": "true"})
    assert (refused.status_code, Comment.objects.count()) == (409, 1)


def test_a_file_comes_back_to_be_saved_and_never_to_run(lot):
    client = signed_in()
    client.post(f"/talk/materiallot/{lot.pk}/attach/", {"file": [png(), png()]})
    answer = client.get(f"/files/{Attachment.objects.first().pk}/")

    assert Attachment.objects.count() == 2
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client.get(f"/files/{Attachment.objects.first().pk}/preview/")["Content-Type"] == "image/webp"


def test_who_may_not_see_the_thing_sees_nothing_beside_it(lot):
    kept = talk.attach(subject=lot, name="a.txt", data=b"secret", by=person("P2", "OPERATOR"), at=NOW)
    stranger = signed_in("S1", "SUPPLIER")
    addresses = [f"/talk/materiallot/{lot.pk}/", f"/files/{kept.pk}/", f"/sheets/materiallot/{lot.pk}.pdf"]

    assert {stranger.get(address).status_code for address in addresses} <= {403, 404}
    assert signed_in().get(f"/talk/person/{lot.pk}/").status_code == 404
    assert signed_in().get(f"/talk/materiallot/{2**63}/").status_code == 404


def test_a_viewer_reads_and_adds_nothing(lot):
    client = signed_in("V1", "VIEWER")

    assert client.get(f"/talk/materiallot/{lot.pk}/").status_code == 200
    assert client.post(f"/talk/materiallot/{lot.pk}/say/", {"text": "x"}).status_code == 403


def test_an_at_sign_offers_colleagues_by_number_or_name(lot):
    person("lin", name="Lin Jia 林佳")

    found = signed_in().get("/talk/people.json?q=林").json()["people"]

    assert found == [{"number": "lin", "name": "Lin Jia 林佳"}]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_lot_stands_on_paper_in_the_readers_language(lot, language):
    client = signed_in()
    answer = client.get(f"/sheets/materiallot/{lot.pk}.pdf", headers={"Accept-Language": language})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert len(answer.content) > 5000
