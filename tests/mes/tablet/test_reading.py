"""Reading a document at the tablet: signed with one's own badge and PIN, and for nothing but reading."""

import pytest
from django.urls import reverse

from plant.commands import signatures
from plant.models import JournalEntry, Meaning, Person, Role
from qms.models import DocumentTraining
from qms.queries import documents as reading
from tests import factories as ground
from tests.factories import NOW
from tests.mes.tablet.test_station import PIN, badge, sign_on
from tests.qms import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(client):
    ground.station("MOUNT")
    badge(ground.person("OP", Role.OPERATOR)), badge(ground.person("OP2", Role.OPERATOR))
    sign_on(client, "B-OP")
    return papers.effective()


def sign(client, paper, code="B-OP", pin=PIN):
    url = reverse("station:reading", args=["MOUNT", paper.pk])
    seen = signatures.content_hash(reading.seen(paper))
    return client.post(url, {"badge": code, "pin": pin, "seen_hash": seen})


def test_its_pages_are_shown_and_badge_and_pin_sign_it(client, paper):
    shown = client.get(reverse("station:reading", args=["MOUNT", paper.pk])).content.decode()

    answer = sign(client, paper)

    training = DocumentTraining.objects.get()
    entry = JournalEntry.objects.filter(kind="document.signed").latest("pk")
    assert (shown.count(".png\""), answer.url) == (4, reverse("station:work", args=["MOUNT"]))
    assert (training.person.number, training.signature.meaning, entry.data["proof"]) == ("OP", Meaning.READ, "badge")


@pytest.mark.parametrize(("code", "pin"), [("B-OP", "000000"), ("B-OP2", PIN)])
def test_a_wrong_pin_or_another_badge_signs_nothing(client, paper, code, pin):
    assert (sign(client, paper, code, pin).status_code, DocumentTraining.objects.exists()) == (409, False)


def test_a_badge_signs_nothing_but_a_reading(paper):
    with pytest.raises(signatures.SignatureRefused):
        signatures.sign(
            subject=paper, meaning=Meaning.APPROVED, content={}, seen_hash=signatures.content_hash({}), reason="x",
            by_badge=True, by=Person.objects.get(number="OP"), at=NOW,
        )
