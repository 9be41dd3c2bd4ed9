"""Keys of other systems: made once, followed without a gap, closed at once, and only from where they may come."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from plant import fresh, keys
from plant.commands import api_keys
from plant.commands.api_keys import KeyRefused
from plant.models import ApiKey, JournalEntry, Role
from plant.queries import api_keys as known
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {"name": "erp", "scopes": ["holds:read", "orders:write"], "days": "365", "networks": "10.1.2.0/24 ::1"}


@pytest.fixture(name="admin")
def client_of_an_administrator():
    client = Client()
    client.force_login(factories.person("ADMIN", Role.ADMINISTRATOR))
    return client


def shown(answer):
    return re.search(r"data-api-key>([^<]+)<", answer.content.decode()).group(1)


def test_a_key_is_made_and_shown_once(admin):
    answer = admin.post("/keys/", WORDS)
    key = ApiKey.objects.get()

    assert known.find(shown(answer), at=timezone.now()) == key
    assert (key.scopes, key.networks) == (["holds:read", "orders:write"], ["10.1.2.0/24", "::1/128"])
    assert "data-api-key" not in admin.get("/keys/").content.decode()


@pytest.mark.parametrize("wrong", [
    {"networks": "10.1.2.999"}, {"scopes": []}, {"scopes": ["all"]}, {"name": "a b"}, {"name": ""}, {"days": "9999"},
])  # fmt: skip
def test_what_can_not_be_kept_is_told(admin, wrong):
    assert admin.post("/keys/", {**WORDS, **wrong}).status_code == 400
    assert not ApiKey.objects.exists()


def test_only_administrators_come_in():
    client = Client()
    client.force_login(factories.person("P", Role.INTEGRATOR))
    assert client.get("/keys/").status_code == 403


def test_a_key_is_followed_by_one_that_counts_beside_it(admin):
    old = shown(admin.post("/keys/", WORDS))
    first = ApiKey.objects.get()
    new = shown(admin.post(f"/keys/{first.pk}/rotate/"))
    third = admin.post(f"/keys/{first.pk}/rotate/")
    at = timezone.now()
    followed = ApiKey.objects.latest("pk")

    assert known.find(old, at=at).person == known.find(new, at=at).person
    assert known.find(old, at=at + api_keys.OVERLAP) is None
    assert known.find(new, at=at + 300 * api_keys.OVERLAP / 7) == followed
    assert (followed.scopes, followed.networks, third.status_code) == (first.scopes, first.networks, 409)
    assert {"api-key.rotated", "api-key.created"} <= set(JournalEntry.objects.values_list("kind", flat=True))


def test_a_key_that_is_over_is_not_followed(admin):
    admin.post("/keys/", WORDS)
    key = ApiKey.objects.get()
    admin.post(f"/keys/{key.pk}/revoke/")
    key.refresh_from_db()
    with pytest.raises(KeyRefused):
        api_keys.rotate(key=key, by=factories.person("ADMIN"), at=timezone.now())
    assert key.revoked_at is not None


@pytest.mark.parametrize(("networks", "address", "status"), [
    ([], "203.0.113.9", 200), (["203.0.113.0/24"], "203.0.113.9", 200), (["203.0.113.0/24"], "198.51.100.1", 403),
    (["203.0.113.0/24"], "::ffff:203.0.113.9", 200), (["2001:db8::/32"], "203.0.113.9", 403),
    (["203.0.113.9/32"], "unknown", 403),
])  # fmt: skip
def test_a_key_counts_only_from_where_it_may_come(networks, address, status):
    fresh.forget_all()
    _key, text = api_keys.create(
        name="erp", scopes=["holds:read"], networks=networks, by=factories.person("A", Role.ADMINISTRATOR)
    )
    answer = Client().get("/api/v1/holds/", headers={"Authorization": f"Api-Key {text}"}, REMOTE_ADDR=address)
    assert answer.status_code == status


def test_networks_are_read_as_they_are_written():
    assert keys.networks("10.0.0.7/8, 192.0.2.1\n2001:db8::/32") == ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"]
