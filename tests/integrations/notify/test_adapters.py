"""Each channel says what its other side documents; tested against servers on this machine."""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from integrations import sms_template
from integrations.notify import http
from integrations.notify.adapters import dingtalk, email, feishu, sms, webhook, wecom
from integrations.notify.letters import Destination, Letter, NotDelivered
from tests.conformance import load
from tests.integrations.notify import servers
from tests.integrations.notify.servers import OPEN

MARCH = datetime(2026, 3, 2, tzinfo=UTC)
LETTER = Letter("msg_1", "Alarm 报警", "L1-OVEN", "https://plant/violations/1/", "ALARM", MARCH)


@pytest.fixture
def site():
    with servers.http() as running:
        yield running


def test_webhooks_are_signed_as_the_standard_says():
    for vector in load("webhook_vectors.json")["vectors"]:
        asked = [vector[name] for name in ("secret", "webhook-id", "webhook-timestamp", "body")]
        assert webhook.signature(*asked) == vector["webhook-signature"]


def test_a_webhook_carries_its_id_time_and_signature(site):
    secret = "whsec_" + base64.b64encode(b"a secret of the plant 32 bytes..").decode()
    webhook.send(LETTER, Destination(site.url, secret=secret, open_networks=OPEN))
    [asked] = site.asked
    stamp = asked.headers["webhook-timestamp"]
    assert asked.headers["webhook-signature"] == webhook.signature(secret, "msg_1", stamp, asked.body)
    assert (asked.json["type"], asked.json["data"]["title"]) == ("zhizao.alarm", "Alarm 报警")


def test_a_secret_that_is_no_secret_is_told_of():
    with pytest.raises(NotDelivered) as told:
        webhook.signature("whsec_?", "1", "2", "3")
    assert not told.value.again


def test_dingtalk_is_signed_and_says_markdown(site):
    dingtalk.send(LETTER, Destination(site.url, "tok", "SECx", open_networks=OPEN))
    [asked] = site.asked
    stamp = asked.words["timestamp"][0]
    mac = hmac.new(b"SECx", f"{stamp}\nSECx".encode(), hashlib.sha256).digest()
    assert asked.words["sign"] == [base64.b64encode(mac).decode()]
    assert (asked.words["access_token"], asked.json["msgtype"]) == (["tok"], "markdown")
    assert asked.json["markdown"]["title"] == "Alarm 报警"


def test_wecom_carries_its_key(site):
    wecom.send(LETTER, Destination(site.url, "key1", open_networks=OPEN))
    [asked] = site.asked
    assert (asked.words, asked.json["msgtype"]) == ({"key": ["key1"]}, "markdown")
    assert "Alarm 报警" in asked.json["markdown"]["content"]


def test_feishu_is_signed_over_nothing_and_carries_a_card(site):
    feishu.send(LETTER, Destination(site.url, "hook1", "SECx", open_networks=OPEN))
    [asked] = site.asked
    mac = hmac.new(f"{asked.json['timestamp']}\nSECx".encode(), b"", hashlib.sha256).digest()
    assert asked.json["sign"] == base64.b64encode(mac).decode()
    assert (asked.path, asked.json["msg_type"]) == ("/robot/hook1", "interactive")
    assert asked.json["card"]["header"]["title"]["content"] == "Alarm 报警"


@pytest.mark.parametrize(("send", "most"), [
    (dingtalk.send, dingtalk.LONGEST), (wecom.send, wecom.LONGEST), (feishu.send, feishu.LONGEST),
])
def test_a_long_message_fits_and_keeps_its_link(site, send, most):
    send(replace(LETTER, text="长文" * 20_000), Destination(site.url, open_networks=OPEN))
    [asked] = site.asked
    said = asked.json.get("markdown", {}).get("content", asked.body)
    assert (len(said.encode()) <= most, LETTER.url in said, "…" in said) == (True, True, True)


GATEWAY = {
    "headers": {"Authorization": "Bearer {token}"}, "accepted": {"code": "0"},
    "json": {"mobile": "{to}", "params": [{"text": "{text}"}], "sign": "Plant"},
}


def test_a_text_message_fills_the_gateways_own_request(site):
    site.answers = [(200, {}, {"code": "0"})]
    letter = Letter("msg_2", 'He said "stop"', "L1", "https://plant/", "ALARM", MARCH)

    sms.send(letter, Destination(site.url, "tok", open_networks=OPEN, to="+8613800000000", template=GATEWAY))

    [asked] = site.asked
    assert asked.headers["authorization"] == "Bearer tok"
    assert asked.json == {"mobile": "+8613800000000", "params": [{"text": 'He said "stop" L1'}], "sign": "Plant"}


def test_a_gateway_that_wants_a_form_gets_one(site):
    template = {"form": {"to": "{to}", "msg": "{text}"}}
    sms.send(LETTER, Destination(site.url, open_networks=OPEN, to="1&x=2", template=template))
    [asked] = site.asked
    assert parse_qs(asked.body) == {"to": ["1&x=2"], "msg": ["Alarm 报警 L1-OVEN"]}


def test_a_gateway_that_says_no_in_its_answer_is_not_asked_again(site):
    site.answers = [(200, {}, {"code": "isv.OUT_OF_SERVICE"})]
    with pytest.raises(NotDelivered, match="OUT_OF_SERVICE") as told:
        sms.send(LETTER, Destination(site.url, open_networks=OPEN, to="1", template=GATEWAY))
    assert not told.value.again


@pytest.mark.parametrize(
    ("template", "found"),
    [(GATEWAY, []), ({}, ["form-or-json", "words"]), ([], ["no-object"]),
     ({"json": {"m": "{to} {text}"}, "method": "GET"}, ["unknown-part"]), ({"json": {"m": "{to} {body}"}}, ["words"]),
     ({"json": {"a": "{to}{text}"}, "form": {}}, ["form-or-json"])],
)
def test_a_template_that_could_not_be_used_is_told_of(template, found):
    assert sms_template.problems(template) == found


@pytest.mark.parametrize(
    ("send", "code", "again", "after"),
    [(dingtalk.send, 130101, True, 600), (dingtalk.send, 310000, False, 0), (wecom.send, 45009, True, 60),
     (wecom.send, 93000, False, 0), (feishu.send, 11232, True, 60), (feishu.send, 19021, False, 0),
     (feishu.send, 9499, False, 0)],
)
def test_robots_that_refuse_are_asked_again_only_where_it_helps(site, send, code, again, after):
    site.answers = [(200, {}, {"errcode": code, "errmsg": "no", "code": code, "msg": "no"})]
    with pytest.raises(NotDelivered) as told:
        send(LETTER, Destination(site.url, "t", open_networks=OPEN))
    assert (told.value.again, told.value.after) == (again, after)


@pytest.mark.parametrize(
    ("status", "headers", "again", "after"),
    [(500, {}, True, 0), (503, {"Retry-After": "7"}, True, 7), (429, {"Retry-After": "30"}, True, 30),
     (404, {}, False, 0), (401, {}, False, 0), (302, {"Location": "http://127.0.0.1:9/"}, False, 0)],
)
def test_answers_say_whether_to_ask_again(site, status, headers, again, after):
    site.answers = [(status, headers, {})]
    with pytest.raises(NotDelivered) as told:
        webhook.send(LETTER, Destination(site.url, open_networks=OPEN))
    assert (told.value.again, told.value.after) == (again, after)


def test_a_server_that_says_nothing_is_left(site, monkeypatch):
    monkeypatch.setattr(http, "PATIENCE", 0.3)
    site.answers = [servers.SLOW]
    with pytest.raises(NotDelivered) as told:
        webhook.send(LETTER, Destination(site.url, open_networks=OPEN))
    assert told.value.again


def test_only_the_web_is_posted_to():
    with pytest.raises(NotDelivered):
        http.post("file:///etc/passwd", b"", {})


def test_mail_arrives_with_the_letters_own_id(settings):
    with servers.smtp() as box:
        _mail(settings, box)
        email.send(LETTER, Destination(to="ann@plant.example"))
    [mail] = box.mails
    assert (mail["To"], mail["Message-ID"]) == ("ann@plant.example", "<msg_1@zhizao>")


@pytest.mark.parametrize(("said", "again"), [("450 later", True), ("550 nobody here", False)])
def test_mail_that_is_refused_is_tried_again_only_where_it_helps(settings, said, again):
    with servers.smtp() as box:
        box.refuses = said
        _mail(settings, box)
        with pytest.raises(NotDelivered) as told:
            email.send(LETTER, Destination(to="ann@plant.example"))
    assert told.value.again == again


def _mail(settings, box):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
