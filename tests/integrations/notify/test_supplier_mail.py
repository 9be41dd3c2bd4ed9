"""Mails to suppliers through a mail server: the link in one opens the answer's page, for whoever has no account."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from integrations.notify import supplier_mail
from qms.models import LetterStatus, SupplierLetter
from tests.integrations.notify import servers
from tests.qms import sourcing_world as world

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+")


def connect(settings, box):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port


@pytest.fixture(name="box")
def mailbox(settings):
    settings.PUBLIC_URL = "http://testserver"
    with servers.smtp() as box:
        connect(settings, box)
        yield box


def test_the_link_in_the_mail_opens_the_answer_and_takes_one_without_an_account(box):
    one = world.scar(at=timezone.now())

    assert (supplier_mail.deliver(), supplier_mail.deliver(), len(box.mails)) == (1, 0, 1)
    mail, stranger = box.mails[0], Client()
    [link] = LINK.findall(mail.get_payload(decode=True).decode())
    path = urlsplit(link).path
    page = stranger.get(path)
    [step] = re.findall(r'name="step" value="(\d+)"', page.content.decode())
    sent = stranger.post(path, {"text": "We sort every box.", "author": "Wu Min", "step": step}, follow=True)

    assert (mail["To"], one.number in mail["Subject"]) == ("quality@acme.example", True)
    assert (page.status_code, one.title in page.content.decode(), sent.status_code) == (200, True, 200)
    assert [row.text for row in one.steps.first().answers.all()] == ["We sort every box."]
    assert stranger.get("/quality/supplier-requests/").status_code == 302


def test_a_mail_that_the_server_refuses_waits_and_goes_out_once_later(box, settings):
    world.scar()
    box.refuses = "450 later"
    assert supplier_mail.deliver() == 0
    waiting = SupplierLetter.objects.get()
    assert (waiting.status, waiting.attempts, "450" in waiting.last_error) == (LetterStatus.WAITING, 1, True)

    box.refuses = ""
    SupplierLetter.objects.update(next_at=waiting.made_at)

    assert (supplier_mail.deliver(), supplier_mail.deliver(), len(box.mails)) == (1, 0, 1)
    assert SupplierLetter.objects.get().status == LetterStatus.SENT


def test_without_a_mail_server_nothing_is_tried(settings):
    settings.EMAIL_HOST = ""
    world.scar()

    assert (supplier_mail.deliver(), SupplierLetter.objects.get().attempts) == (0, 0)
