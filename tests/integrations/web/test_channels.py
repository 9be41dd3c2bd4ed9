"""The pages of channels: secrets entered and never shown, a test, the log, one's own way of being told."""

import pytest
from django.urls import reverse

from integrations.models import Channel, ChannelKind, Message, Reach
from integrations.notify.commands import channels
from plant.models import JournalEntry, Role
from plant.sealing import CannotOpen, opened, seal
from tests.integrations.notify import factories
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def test_secrets_are_sealed_and_never_shown():
    channel, client = factories.channel(ChannelKind.DINGTALK, ""), signed_in(Role.INTEGRATOR)
    said = {"token": "tok-123456", "secret": "SEC-abcdef"}
    assert client.post(reverse("integrations:channel-secrets", args=[channel.pk]), said).status_code == 302
    kept = Channel.objects.get()
    where = channels.destination(kept)
    assert (where.token, where.secret) == ("tok-123456", "SEC-abcdef")
    page = client.get(reverse("integrations:channel-detail", args=[channel.pk])).content.decode()
    told = f"{page} {kept.sealed} {JournalEntry.objects.get(kind='channel.secrets').data}"
    assert "tok-123456" not in told
    assert "SEC-abcdef" not in told


def test_a_seal_opens_with_its_own_key_only(settings):
    settings.SEALING_KEYS = ["old:one"]
    sealed = seal("secret")
    settings.SEALING_KEYS = ["new:two", "old:one"]
    assert (opened(sealed), opened(seal("x"))) == ("secret", "x")
    settings.SEALING_KEYS = ["new:two"]
    with pytest.raises(CannotOpen):
        opened(sealed)


def test_a_test_message_goes_the_way_of_all():
    channel, client = factories.channel(), signed_in(Role.INTEGRATOR)
    assert client.post(reverse("integrations:channel-test", args=[channel.pk])).status_code == 302
    assert [message.news for message in Message.objects.all()] == ["TEST"]


def test_who_may_not_keep_channels_may_not_test_them():
    channel, client = factories.channel(), signed_in(Role.QUALITY_MANAGER)
    assert client.get(reverse("integrations:channel-detail", args=[channel.pk])).status_code == 200
    assert client.post(reverse("integrations:channel-test", args=[channel.pk])).status_code == 403


def test_a_test_by_mail_asks_for_an_address_first():
    channel, client = factories.channel(ChannelKind.EMAIL, ""), signed_in(Role.INTEGRATOR)
    assert client.post(reverse("integrations:channel-test", args=[channel.pk])).status_code == 409


def test_somebody_keeps_an_address_and_quiet_hours():
    client = signed_in(Role.OPERATOR)
    url = reverse("integrations:reach")
    assert client.post(url, {"email": "a@b.example", "quiet_from": "22:00", "quiet_to": ""}).status_code == 422
    assert client.post(url, {"email": "a@b.example", "quiet_from": "22:00", "quiet_to": "06:00"}).status_code == 302
    assert Reach.objects.get().email == "a@b.example"
    assert "a@b.example" in client.get(url).content.decode()
