"""Keys of other systems."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from plant.commands import api_keys
from plant.models import ApiKey, JournalEntry, Person, PersonKind
from plant.policies import Forbidden
from plant.queries import api_keys as found
from plant.queries.persons import system
from tests import factories

pytestmark = pytest.mark.django_db


def make(**fields):
    return api_keys.create(**{"name": "erp", "scopes": ["orders:read"], "by": system("console"), **fields})


def test_a_key_is_kept_only_as_a_hash():
    key, text = make()

    secret = text.partition(".")[2]
    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values())
    assert secret not in str(list(JournalEntry.objects.values()))


def test_a_key_acts_as_a_program_of_its_own():
    key, _ = make()

    assert Person.objects.get(pk=key.person_id).kind == PersonKind.INTEGRATION


def test_find_needs_prefix_and_secret():
    key, text = make()
    now = timezone.now()

    assert found.find(text, at=now) == key
    for wrong in (text[:-1], key.prefix, f"{key.prefix}.", "", ".", "\x00.\x00", f"{text}x"):
        assert found.find(wrong, at=now) is None


def test_an_expired_key_is_dead():
    now = timezone.now()
    _, text = make(expires_at=now + timedelta(days=1))

    assert found.find(text, at=now) is not None
    assert found.find(text, at=now + timedelta(days=2)) is None


def test_a_revoked_key_is_dead_at_once():
    key, text = make()

    api_keys.revoke(key=key, reason="lost", by=system("console"), at=timezone.now())

    assert found.find(text, at=timezone.now()) is None


def test_a_key_of_a_switched_off_program_is_dead():
    key, text = make()
    Person.objects.filter(pk=key.person_id).update(is_active=False)

    assert found.find(text, at=timezone.now()) is None


def test_two_keys_of_one_program_live_side_by_side_for_rotation():
    (old, first), (new, second) = make(), make()

    assert (old.person_id, first != second) == (new.person_id, True)
    assert [found.find(text, at=timezone.now()) for text in (first, second)] == [old, new]


def test_a_key_needs_a_scope_and_a_right():
    with pytest.raises(api_keys.KeyRefused):
        make(scopes=[])
    with pytest.raises(Forbidden):
        make(by=factories.person("QE", "QUALITY_ENGINEER"))


def test_the_command_prints_the_key_and_nothing_else(capsys):
    call_command("create_api_key", "--name", "erp", "--scopes", "orders:read,journal:read")

    text = capsys.readouterr().out.strip()
    assert found.find(text, at=timezone.now()).scopes == ["journal:read", "orders:read"]


def test_the_command_refuses_an_unknown_scope():
    with pytest.raises(CommandError, match="everything"):
        call_command("create_api_key", "--name", "erp", "--scopes", "everything")
