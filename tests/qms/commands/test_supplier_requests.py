"""Requests to suppliers: answered step by step through the link, judged by us, closed with the last accepted step."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plant.models import Role
from plant.policies import Forbidden
from qms.commands import escalations, supplier_letters, supplier_requests
from qms.commands.supplier_requests import RequestRefused
from qms.models import SupplierLetter, SupplierRequest
from qms.queries import overdue
from qms.queries import supplier_requests as reading
from tests.factories import NOW, person
from tests.qms import factories as make
from tests.qms import sourcing_world as world

pytestmark = pytest.mark.django_db
FILE = [("evidence.txt", b"300 boards, no scratch")]


def test_four_accepted_steps_close_it_and_each_is_told():
    one = world.scar()
    for _step in range(3):
        world.judged(world.answered(one))
    with pytest.raises(RequestRefused, match="evidence"):
        world.answered(one)
    world.judged(world.answered(one, sent=FILE))

    one.refresh_from_db()
    assert one.status == "CLOSED"
    assert SupplierLetter.objects.count() == 5
    assert "/answer/" in SupplierLetter.objects.first().text


def test_a_refused_step_is_answered_anew_and_both_answers_stay():
    one = world.scar()
    with pytest.raises(RequestRefused):
        world.judged(world.answered(one), good=False)
    answer = reading.waiting_answer(one)
    world.judged(answer, good=False, reason="Which boxes?")

    again = world.answered(one, "Boxes 1 to 40.")

    assert [one.text for one in again.step.answers.all()] == ["We sort every box.", "Boxes 1 to 40."]
    assert "Which boxes?" in SupplierLetter.objects.last().text


def test_the_link_opens_its_own_request_until_its_day_and_no_other():
    one, other = world.scar(), world.scar(title="Other")
    word = reading.link(one).split("/")[-2]

    assert reading.by_word(word, NOW)[0] == one
    assert reading.by_word(word, one.link_until) is None
    assert reading.by_word(word[:-1] + ("A" if word[-1] != "A" else "B"), NOW) is None
    with pytest.raises(RequestRefused):
        world.answered(one, nonce=other.nonce)
    supplier_requests.renew(request=one, by=world.engineer(), at=NOW)
    assert reading.by_word(word, NOW) is None
    supplier_requests.cancel(request=other, reason="Ours", by=world.engineer(), at=NOW)
    assert reading.by_word(reading.link(other).split("/")[-2], NOW) is None


@pytest.mark.parametrize("role", [Role.PLANNER, Role.INSPECTOR, Role.OPERATOR, Role.ADMINISTRATOR, Role.SUPPLIER])
def test_only_quality_judges(role):
    answer = world.answered(world.scar())
    with pytest.raises(Forbidden):
        world.judged(answer, by=person(f"X-{role}", role))


@pytest.mark.parametrize("state", ["OPEN", "CLOSED", "CANCELLED"])
def test_only_the_newest_answer_under_review_is_judged(state):
    one = world.scar()
    answer = world.answered(one)
    if state == "OPEN":
        world.judged(answer)
    elif state == "CANCELLED":
        supplier_requests.cancel(request=one, reason="Ours", by=world.engineer(), at=NOW)
    else:
        world.judged(answer)
        for sent in ([], [], FILE):
            world.judged(world.answered(one, sent=sent))
    with pytest.raises(RequestRefused):
        world.judged(answer)


def test_the_database_closes_nothing_half_answered():
    one = world.scar()
    with pytest.raises(DatabaseError, match="not accepted"), transaction.atomic():
        SupplierRequest.objects.filter(pk=one.pk).update(status="CLOSED", closed_at=NOW)


def test_one_request_for_a_nonconformance_and_supplier_stands_at_a_time():
    case = make.report(make.board("B1"))

    assert world.scar(nonconformance=case) == world.scar(nonconformance=case)


def test_a_late_supplier_is_handed_up():
    one = world.scar()
    late = NOW + timedelta(days=4)

    assert one in overdue.all_of(late)
    assert escalations.escalate(subject=one, by=world.system(), at=late)
    one.refresh_from_db()
    assert one.escalations == 2


def test_a_mail_that_fails_waits_longer_and_is_given_up_in_the_end():
    world.scar()
    at, tried = NOW, 0
    while SupplierLetter.objects.get().status == "WAITING":
        supplier_letters.deliver(send=lambda letter: "SMTP 451", at=at)
        at, tried = at + timedelta(days=1), tried + 1
    assert (tried, SupplierLetter.objects.get().status) == (supplier_letters.MOST_ATTEMPTS, "DEAD")
    assert supplier_letters.deliver(send=lambda letter: "", at=at) == 0
