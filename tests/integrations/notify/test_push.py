"""Browser push: as the standards' own example has it, read by a browser's keys, to known services only."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.test import Client

from integrations.models import ChannelKind, Message, MessageStatus, PushDevice
from integrations.notify import web_push
from integrations.notify.commands import devices
from plant.models import Role
from tests.factories import NOW, person
from tests.integrations.notify import factories
from tests.integrations.notify.push_service import Browser, serving

KNOWN = []  # the usual ones
# RFC 8291, 5 and Appendix A
TEXT = b"When I grow up, I want to be a watermelon"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
MINE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


@pytest.fixture(name="service")
def near(settings):
    with serving() as service:
        settings.PUSH_SERVICES = [service.url]
        yield service


def subscribed(service, browser, number="QE", path="/send/1"):
    by = person(number, Role.QUALITY_ENGINEER, language="en")
    return devices.subscribe(endpoint=service.url + path, **browser.keys, name="Chrome · Linux", by=by, at=NOW)


def alarmed():
    """An alarm that is told by push to quality engineers."""
    factories.rule(factories.channel(ChannelKind.PUSH, ""), role=Role.QUALITY_ENGINEER)
    factories.alarm()
    return factories.spread()


def test_the_example_of_the_standard_is_encrypted_to_the_letter():
    key = ec.derive_private_key(int.from_bytes(web_push.to_bytes(MINE)), web_push.CURVE)
    body = web_push.encrypt(TEXT, THEIRS, AUTH, key=key, salt=web_push.to_bytes(SALT))
    assert web_push.to_text(body) == BODY


def test_the_token_is_signed_by_the_key_that_browsers_were_told():
    said = web_push.authorization("https://fcm.googleapis.com/x/1", secret="s", subject="mailto:a@b", now=1000)
    token, key = said.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    raw = web_push.to_bytes(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(web_push.CURVE, web_push.to_bytes(key))
    signed = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))

    public.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    told = json.loads(web_push.to_bytes(claims))
    assert told == {"aud": "https://fcm.googleapis.com", "exp": 1000 + 12 * 3600, "sub": "mailto:a@b"}
    assert (key, web_push.public_key("other") == key) == (web_push.public_key("s"), False)


@pytest.mark.parametrize(
    ("endpoint", "is_allowed"),
    [("https://fcm.googleapis.com/fcm/send/a", True), ("https://eu.push.services.mozilla.com/x", True),
     ("https://fcm.googleapis.com:443/x", True), ("http://fcm.googleapis.com/x", False),
     ("https://fcm.googleapis.com:8443/x", False), ("https://fcm.googleapis.com.evil.example/x", False),
     ("https://push.services.mozilla.com.evil/x", False), ("https://fcm.googleapis.com@10.0.0.1/x", False),
     ("https://10.0.0.1/x", False), ("https://[::1]/x", False), ("file:///etc/passwd", False), ("https://x:y/", False)],
)
def test_only_addresses_of_known_services_are_taken(endpoint, is_allowed):
    assert web_push.is_allowed(endpoint, KNOWN) == is_allowed


@pytest.mark.django_db
def test_an_alarm_reaches_each_browser_of_a_person_and_only_they_read_it(service):
    one, other = Browser(), Browser()
    subscribed(service, one)
    subscribed(service, other, path="/send/2")

    assert (alarmed(), factories.spread(), factories.deliver()) == (2, 0, 2)
    for browser, (headers, body) in zip((one, other), service.got, strict=True):
        said = json.loads(browser.read(body))
        assert said["title"].startswith("Violation found: ZONE3")
        assert (headers["content-encoding"], headers["urgency"], headers["topic"]) == ("aes128gcm", "high", said["tag"])
        assert headers["authorization"].startswith("vapid t=")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_expired_is_forgotten_and_the_channel_not_blamed(service, status):
    subscribed(service, Browser())
    service.answers = [status]
    alarmed()

    message = (factories.deliver(), Message.objects.select_related("channel").get())[1]
    assert (message.status, message.channel.failures, PushDevice.objects.count()) == (MessageStatus.DEAD, 0, 0)


@pytest.mark.django_db
def test_what_the_service_can_not_take_now_is_tried_again(service):
    subscribed(service, Browser())
    service.answers = [503]
    alarmed()

    assert [factories.deliver(), factories.deliver(60)] == [0, 1]
    assert PushDevice.objects.count() == 1


@pytest.mark.django_db
def test_a_service_that_is_no_longer_allowed_gets_nothing(service, settings):
    subscribed(service, Browser())
    alarmed()
    settings.PUSH_SERVICES = KNOWN

    assert (factories.deliver(), service.got) == (0, [])
    assert Message.objects.get().status == MessageStatus.DEAD


@pytest.mark.django_db
def test_a_browser_belongs_to_who_subscribed_last_and_only_they_take_it_off(service):
    browser = Browser()
    subscribed(service, browser)
    device = subscribed(service, browser, "QE2")
    devices.unsubscribe(pk=device.pk, by=person("QE", Role.QUALITY_ENGINEER))

    assert [one.person.number for one in PushDevice.objects.all()] == ["QE2"]


@pytest.mark.django_db
def test_the_page_subscribes_lists_and_takes_off(service):
    client, browser = Client(), Browser()
    client.force_login(person("OP", Role.OPERATOR, language="en"))
    address = "/integrations/channels/mine/push/"
    said = {"endpoint": f"{service.url}/send/9", **browser.keys, "name": "Firefox"}

    assert client.post(address, said).status_code == 201
    assert "Firefox" in client.get("/integrations/channels/mine/").content.decode()
    client.post(f"{address}{PushDevice.objects.get().pk}/off/")
    assert not PushDevice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"endpoint": "https://10.0.0.1/x"}, {"auth": "short"}, {"p256dh": base64.b64encode(b"4" * 65).decode()}]
)
def test_what_no_browser_would_send_is_refused(service, wrong):
    client = Client()
    client.force_login(person("OP", Role.OPERATOR, language="en"))
    said = {"endpoint": f"{service.url}/send/9", **Browser().keys, **wrong}
    answer = client.post("/integrations/channels/mine/push/", said, headers={"Accept": "application/json"})

    assert (answer.status_code, PushDevice.objects.count()) == (409, 0)
