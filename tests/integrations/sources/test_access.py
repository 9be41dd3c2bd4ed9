"""What proves who we are: sealed, a certificate that a server believes, and places that are taken up as tags."""

import asyncio

import pytest
from asyncua import ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.db import IntegrityError, transaction
from django.utils import timezone

from integrations.models import Access, Plc, PlcTag
from integrations.plc.queries import devices
from integrations.sources.commands import access, tags
from integrations.sources.feeds import feed
from plant.errors import Refusal
from plant.models import JournalEntry, Parameter, Role, Unit
from tests import factories
from tests.integrations.sources.listening import Heard, until
from tests.integrations.sources.test_opcua import free_port, serving
from traceability.models import Stream

pytestmark = pytest.mark.django_db


@pytest.fixture(name="integrator")
def who():
    return factories.person("IT", Role.INTEGRATOR)


def server(port=4840, **rest):
    where = {"name": "Oven", "host": "127.0.0.1", "kind": "opcua", "equipment": factories.station("OVEN"), **rest}
    return Plc.objects.create(code="UA", port=port, timeout_ms=3000, period_ms=100, **where)


def parameter():
    unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
    return Parameter.objects.create(code="zone1", name="Zone 1", unit=unit)


def test_a_password_is_sealed_and_the_certificate_stays(integrator):
    plc, now = server(), timezone.now()
    access.make_certificate(plc=plc, by=integrator, at=now)
    held = access.keep_secrets(plc=plc, username="poll", password="geheim", by=integrator, at=now)

    plc = Plc.objects.select_related("access").get()
    assert "geheim" not in held.sealed
    assert set(devices.feed_setting(plc).way.secrets()) == {"key", "password"}
    assert "BEGIN CERTIFICATE" in held.certificate
    assert [entry.kind for entry in JournalEntry.objects.order_by("pk")] == ["plc.certificate", "plc.secrets"]
    assert "geheim" not in str([entry.data for entry in JournalEntry.objects.all()])


@pytest.mark.parametrize("kind", ["modbus", "push"])
def test_sources_that_ask_for_no_password_get_none(integrator, kind):
    with pytest.raises(Refusal):
        access.keep_secrets(plc=server(kind=kind), username="a", password="b", by=integrator, at=timezone.now())
    assert not Access.objects.exists()


def test_only_who_configures_sources_may(integrator):
    plc, other = server(), factories.person("OP", Role.OPERATOR)
    for act in (
        lambda: access.make_certificate(plc=plc, by=other, at=timezone.now()),
        lambda: access.keep_secrets(plc=plc, username="a", password="b", by=other, at=timezone.now()),
        lambda: take(plc, other),
    ):
        with pytest.raises(Refusal):
            act()
    assert not PlcTag.objects.exists()


def take(plc, by, **rest):
    asked = {"name": "zone1", "path": "ns=2;s=zone1", "field": "", "kind": "process", "parameter": None, **rest}
    return tags.take_up(plc=plc, **asked, by=by, at=timezone.now())


def test_a_place_becomes_a_tag_with_a_stream_of_its_own_once(integrator):
    plc, measured = server(), parameter()
    tag = take(plc, integrator, parameter=measured)

    assert (tag.stream.code, tag.stream.equipment, tag.stream.parameter) == ("UA:zone1", plc.equipment, measured)
    with pytest.raises(Refusal):
        take(plc, integrator, parameter=measured)
    with pytest.raises(Refusal):
        take(plc, integrator, name="zone2")
    assert take(plc, integrator, name="state", kind="state").stream is None
    assert Stream.objects.count() == 1


@pytest.mark.parametrize("wrong", [
    {"policy": "Basic256Sha256", "mode": "None"}, {"policy": "None", "mode": "Sign"}, {"silent_s": 90_000}, {"baud": 1},
])
def test_the_database_keeps_settings_that_make_sense(wrong):
    plc = server()
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.create(plc=plc, **wrong)


def test_a_source_without_an_address_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        server(host="")


@pytest.mark.parametrize(("password", "is_right"), [("geheim", True), ("wrong", False)])
def test_a_server_believes_our_certificate_and_the_right_password(integrator, tmp_path, password, is_right):
    port, now = free_port(), timezone.now()
    plc = server(port)
    access.make_certificate(plc=plc, by=integrator, at=now)
    held = access.keep_secrets(plc=plc, username="poll", password=password, by=integrator, at=now)
    Access.objects.filter(pk=held.pk).update(policy="Basic256Sha256", mode="SignAndEncrypt")
    PlcTag.objects.create(plc=plc, name="zone1", path="ns=2;s=zone1", stream=None)
    found = devices.enabled()[0].feed

    heard, health = asyncio.run(signed_in(found, port, tmp_path, is_right))

    if is_right:
        assert (heard.values(found.tags[0].key), health.last_error) == ([10.0], "")
    else:
        assert (heard.values(found.tags[0].key), health.state) == ([None], "SILENT")
        assert health.last_error


class Believer:
    """A server's list of users."""

    def get_user(self, iserver, username=None, password=None, certificate=None):
        from asyncua.crypto.permission_rules import User, UserRole

        return User(role=UserRole.User) if (username, password) == ("poll", "geheim") else None


async def signed_in(found, port, folder, is_right):
    """One that takes nothing but signed and encrypted messages of a user it knows."""

    async def prepare(one):
        await setup_self_signed_certificate(
            folder / "key.pem", folder / "cert.der", "urn:test:server", "localhost",
            [ExtendedKeyUsageOID.SERVER_AUTH], {"countryName": "CN"},
        )  # fmt: skip
        await one.set_application_uri("urn:test:server")
        await one.load_certificate(str(folder / "cert.der"))
        await one.load_private_key(str(folder / "key.pem"))
        one.iserver.user_manager = Believer()

    policies = [ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt]
    async with serving(port, {"zone1": 10.0}, policies=policies, prepare=[prepare]):
        heard, one = Heard(), feed(found)
        task = asyncio.create_task(one.run(heard.take))
        await until(lambda: heard.rows and (is_right or one.health.errors))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return heard, one.health
