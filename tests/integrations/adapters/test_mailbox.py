"""Attachments of known senders come in row by row, each once, whatever happens to the numbers of the mailbox."""

import json
from email.message import EmailMessage
from ipaddress import ip_network

import pytest

from integrations.adapters.mailbox import ADAPTER
from integrations.adapters.port import Link, Never
from tests.integrations.adapters.imap_server import Box, imap

TABLE = "code;name;unit\nM1;Schraube;C62\nM2;螺钉;C62\n"


@pytest.fixture
def box():
    with imap() as running:
        yield running


def link(box: Box, password: str = "p w", **settings) -> Link:
    said = {"senders": ["@acme.example"], "files": [{"pattern": "*.csv", "noun": "material-definitions"}], **settings}
    form = ADAPTER.settings(data=said)
    form.is_valid(raise_exception=True)
    return Link(
        code="mail", endpoint=f"imap://127.0.0.1:{box.port}", auth="BASIC", settings=form.validated_data, timeout=5.0,
        secrets={"user": "mes", "password": password}, open_networks=(ip_network("127.0.0.0/8"),),
    )


def mail(sender="Ann <ann@acme.example>", name="parts.csv", content=TABLE, encoding="utf-8", number="<1@acme>"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, "mes@plant.example", "Parts", number
    made.set_content("See the attachment.")
    made.add_attachment(content.encode(encoding), maintype="text", subtype="csv", filename=name)
    return made.as_bytes()


def test_rows_of_an_attachment_come_with_the_mark_to_go_on_from(box):
    box.mails[4] = mail()

    found = list(ADAPTER.fetch(link(box), ""))

    assert [(one.noun, one.key, json.loads(one.body)["name"]) for one in found] == [
        ("material-definitions", "M1", "Schraube"), ("material-definitions", "M2", "螺钉")]
    assert {one.cursor for one in found} == {"7:4"}
    assert list(ADAPTER.fetch(link(box), "7:4")) == []
    assert ADAPTER.test(link(box)).works


def test_a_mailbox_that_numbers_anew_gives_the_same_ids_again(box):
    box.mails[4] = mail()
    first = [one.id for one in ADAPTER.fetch(link(box), "")]
    box.validity, box.mails = 8, {1: box.mails[4]}

    assert [one.id for one in ADAPTER.fetch(link(box), "7:4")] == first
    assert len(set(first)) == 2


def test_strangers_and_other_files_are_passed_over(box):
    box.mails = {1: mail("Eve <eve@acme.example.evil>"), 2: mail(name="logo.png"), 3: mail("eve@other.example")}
    assert list(ADAPTER.fetch(link(box), "")) == []


def test_files_of_chinese_partners_and_files_that_are_none(box):
    box.mails = {1: mail(encoding="gb18030"), 2: mail(name="x.xlsx", content="no workbook", number="<2@acme>")}
    files = [{"pattern": "*", "noun": "material-definitions"}]

    good, other, bad = ADAPTER.fetch(link(box, files=files), "")

    assert (json.loads(other.body)["name"], good.key) == ("螺钉", "M1")
    assert (bad.key, bad.body, bad.content_type) == ("x.xlsx", b"no workbook", "application/octet-stream")


def test_who_is_not_let_in_is_told_so(box):
    with pytest.raises(Never, match="lets this user not in"):
        list(ADAPTER.fetch(link(box, password="wrong"), ""))
    with pytest.raises(Never, match="no folder"):
        list(ADAPTER.fetch(link(box, folder="Other"), ""))


def answer(text="We sort the lot.\n> Please answer", of="<supplier-7@zhizao>", **headers):
    made = EmailMessage()
    said = {"From": "Bo <bo@other.example>", "Message-ID": "<9@other>", "In-Reply-To": of, **headers}
    for name, value in said.items():
        made[name] = value
    made.set_content(text)
    return made.as_bytes()


def test_an_answer_to_a_mail_of_ours_comes_with_what_it_answers_and_who_wrote_it(box):
    box.mails = {1: answer(), 2: answer(of="<1@acme>"), 3: answer(**{"Auto-Submitted": "auto-replied"})}

    [one] = ADAPTER.fetch(link(box), "")

    assert (one.noun, one.key) == ("mail-replies", "<9@other>")
    assert json.loads(one.body) == {
        "answers": ["<supplier-7@zhizao>"], "sender": "bo@other.example", "text": "We sort the lot.\n> Please answer\n"}
    assert list(ADAPTER.fetch(link(box, replies=False), "")) == []
