"""Signing in with a password."""

from datetime import timedelta

import pytest

from plant.commands import sign_ins
from plant.models import JournalEntry, SignInFailures
from tests import factories
from tests.factories import NOW, PASSWORD

pytestmark = pytest.mark.django_db


def attempt(number="P1", password="wrong", address="10.0.0.9", at=NOW):
    return sign_ins.sign_in(number=number, password=password, address=address, at=at)


def fail(times, **fields):
    for _ in range(times):
        with pytest.raises(sign_ins.SignInRefused):
            attempt(**fields)


def test_the_right_password_signs_in():
    person = factories.person()

    assert attempt(password=PASSWORD) == person
    assert JournalEntry.objects.get(kind="person.signed-in").data == {"address": "10.0.0.9"}


def test_an_unknown_number_gets_the_same_answer_as_a_wrong_password():
    factories.person()
    answers = set()

    for number in ("P1", "NOBODY"):
        with pytest.raises(sign_ins.SignInRefused) as refused:
            attempt(number=number)
        answers.add((str(refused.value), refused.value.code))

    assert len(answers) == 1


def test_guessing_makes_even_the_right_password_wait():
    factories.person()
    fail(4)

    with pytest.raises(sign_ins.SignInRefused) as refused:
        attempt(password=PASSWORD)

    assert refused.value.code == "sign-in-delayed"
    assert refused.value.facts["retry_after"] == 3


def test_the_wait_grows_to_a_quarter_of_an_hour_and_ends():
    person = factories.person()
    for turn in range(14):
        fail(1, at=NOW + timedelta(hours=turn))

    late = NOW + timedelta(hours=13)
    row = SignInFailures.objects.get(account="P1")

    assert row.wait_until - late == timedelta(seconds=900)
    assert attempt(password=PASSWORD, at=late + timedelta(seconds=901)) == person


def test_an_outsider_locks_nobody_out_on_their_own_device():
    person = factories.person()
    fail(6, address="203.0.113.5")

    assert attempt(password=PASSWORD, address="10.0.0.9") == person


def test_spraying_many_numbers_from_one_address_slows_down_too():
    for turn in range(31):
        fail(1, number=f"N{turn}")

    with pytest.raises(sign_ins.SignInRefused) as refused:
        attempt(number="N99")

    assert refused.value.code == "sign-in-delayed"


def test_the_right_password_clears_the_count():
    factories.person()
    fail(2)

    attempt(password=PASSWORD)

    assert not SignInFailures.objects.filter(account="P1").exists()


@pytest.mark.parametrize("fields", [{"is_active": False}, {"kind": "SYSTEM"}, {"kind": "INTEGRATION"}])
def test_only_active_people_sign_in(fields):
    factories.person("P1", **fields)

    fail(1, password=PASSWORD)


def test_old_counters_are_forgotten():
    fail(1)

    assert sign_ins.forget_old(at=NOW + timedelta(hours=23)) == 0
    assert sign_ins.forget_old(at=NOW + timedelta(hours=25)) == 2
