"""Letters of a recall reach customers through a real mail server, once, or are given up where a person sees it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from integrations.notify import recall_mail
from plant.errors import Refusal
from plant.models import Role
from plant.policies import Forbidden
from qms.commands import recall_letters, recall_work, recalls
from qms.commands.recall_letters import Address
from qms.models import CustomerContact, RecallLetter
from qms.queries import recall_letters as reading
from qms.queries import recalls as recall_reading
from tests.factories import NOW, person
from tests.integrations.notify import servers
from tests.integrations.notify.test_adapters import _mail
from tests.mes import packed, recalled
from tests.traceability.worlds import link

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings):
    with servers.smtp() as running:
        _mail(settings, running)
        yield running


def written(one=None, language="en", by=None):
    recall = one or recalled.declared()
    to = [Address(packed.customer(), "ann@north.example", language)]
    return recall_letters.write(recall=recall, to=to, by=by or recalled.engineer(), at=NOW)[0]


def deliver(minutes=0):
    return recall_mail.deliver(clock=lambda: NOW + timedelta(minutes=minutes))


def state():
    return RecallLetter.objects.get().status


def test_a_letter_arrives_in_its_language_with_its_lots_and_its_sheet(box):
    recalled.world()
    one = recalled.declared()
    written(one, "zh-hans")

    assert (deliver(), deliver()) == (1, 0)

    [mail] = box.mails
    text, paper = mail.get_payload()
    body = text.get_payload(decode=True).decode()
    assert all(word in body for word in ("G1", "SH-1", recalled.TEXTS["text_zh"], one.number))
    assert paper.get_payload(decode=True).startswith(b"%PDF")
    assert (mail["To"], state()) == ("ann@north.example", "SENT")
    assert one.messages.get().way == "MAIL"
    assert recall_reading.left_to_do(one) == []
    assert CustomerContact.objects.get().language == "zh-hans"


def test_nobody_counts_as_told_before_the_letter_is_out(box):
    recalled.world()
    one = recalled.declared()
    written(one)
    assert recall_reading.left_to_do(one) == ["not told yet: C-NORTH"]


def test_a_server_that_is_busy_is_asked_again_and_one_that_knows_nobody_is_not(box):
    recalled.world()
    letter = written()
    box.refuses = "450 later"
    assert (deliver(), state(), deliver()) == (0, "WAITING", 0)
    box.refuses = "550 nobody here"
    assert (deliver(minutes=2), state(), deliver(minutes=60)) == (0, "DEAD", 0)
    assert "550" in RecallLetter.objects.get().last_error

    box.refuses = ""
    letter.refresh_from_db()
    recall_letters.send_again(letter=letter, by=recalled.engineer(), at=NOW)
    assert (deliver(), state()) == (1, "SENT")


def test_a_worker_that_dies_leaves_the_letter_to_the_next_one_under_the_same_id(box):
    recalled.world()
    written()
    [lost] = recall_letters.take(at=NOW)
    assert recall_letters.take(at=NOW) == []

    assert deliver(minutes=6) == 1

    assert not recall_letters.sent(letter=lost, at=NOW)
    assert box.mails[0]["Message-ID"] == f"<recall-{lost.pk}@zhizao>"


def test_an_answer_of_the_customer_ends_the_letter(box):
    recalled.world()
    one = recalled.declared()
    written(one)
    deliver()
    recall_work.answer(recall=one, customer=packed.customer(), material=packed.board(), destroyed=4, used=0,
                       remark="Shredded.", by=recalled.engineer(), at=NOW)
    assert state() == "ANSWERED"


def test_what_a_letter_says_stays_and_one_waits_at_a_time(box):
    recalled.world()
    one = recalled.declared()
    written(one)
    with pytest.raises(recalls.RecallRefused, match="waits"):
        written(one)
    with pytest.raises(DatabaseError, match="as it was written"), transaction.atomic():
        RecallLetter.objects.update(text="Another")


def test_who_has_more_than_their_letter_says_is_named():
    recalled.world()
    one = recalled.declared()
    written(one)
    assert [(row.is_written, row.unnamed) for row in reading.readers(one)] == [(True, 0)]

    later = packed.goods("G3")
    two = packed.shipment(10, number="SH-2")
    packed.pick(two, "G3")
    packed.ship(two)
    recalled.let_go("G1")
    link(recalled.lot("G1"), later)
    assert [(row.is_written, row.unnamed) for row in reading.readers(one)] == [(True, 1)]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.WAREHOUSE, Role.VIEWER, Role.ADMINISTRATOR])
def test_only_quality_writes_to_customers(role):
    recalled.world()
    one = recalled.declared()
    with pytest.raises(Forbidden):
        written(one, by=person("X", role))


@pytest.mark.parametrize("one", [recalled.draft, lambda: recalled.draft("DRILL")])
def test_drafts_and_drills_write_to_nobody(one):
    recalled.world()
    with pytest.raises(Refusal):
        written(one())
