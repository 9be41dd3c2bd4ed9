"""What a supplier answers by e-mail stands at the request that the mail was about, and its owner is told; once."""

import json

import pytest

from integrations.adapters.port import Incoming
from integrations.links import work
from integrations.links.commands import inbox
from integrations.models import Exchange
from plant.models import Comment, Notice
from qms.models import SupplierLetter
from tests.factories import NOW
from tests.integrations.links import factories as links
from tests.qms import sourcing_world as world

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    world.scar()
    return SupplierLetter.objects.order_by("pk").last()


def came(letter, sender="", number="<9@other>", of=""):
    link = links.Connection.objects.filter(code="mail").first() or links.connection("mail", kind="mailbox", sends=False)
    words = {"answers": [of or f"<supplier-{letter.pk}@zhizao>"], "sender": sender or letter.to.upper(),
             "text": "We sort the lot.\n> your words"}
    body = json.dumps(words).encode()
    one = Incoming("mail-replies", number, "", body, "application/json", "", f"id{number}{sender}")
    inbox.receive(connection=link, incoming=one, by=link.acts_as, at=NOW)
    work.carry_in(clock=lambda: NOW)
    return Exchange.objects.latest("seq")


def test_it_is_said_at_the_request_and_the_owner_is_told_once(letter):
    done, again = came(letter), came(letter)

    comment = Comment.objects.get()
    assert (done.status, again.status, again.pk) == ("DONE", "DONE", done.pk)
    assert comment.text == f"@{letter.request.owner.number} ✉ {letter.to.upper()}: We sort the lot."
    assert (comment.subject_kind, comment.subject_id) == ("supplierrequest", str(letter.request.pk))
    assert Notice.objects.filter(person=letter.request.owner, url__contains=letter.request.number).count() == 1


def test_who_was_not_written_to_answers_nothing(letter):
    parked = came(letter, sender="eve@evil.example"), came(letter, of="<supplier-999999@zhizao>", number="<10@other>")

    assert {one.result["code"] for one in parked} == {"answers-nothing"}
    assert not Comment.objects.exists()
