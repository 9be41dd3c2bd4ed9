"""Reject rates on the screen."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.models import RejectReminder
from tests.factories import person
from tests.mes.commands.test_reject_rates import report, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "word"), [("en", "Reports it was counted from"), ("zh-hans", "统计依据：报工")])
def test_reject_page_says_why_and_takes_the_answer(language, word):
    report(started(minimum=5), good=3, scrap=2)
    client = Client()
    client.force_login(person("ME", "INSPECTOR", language=language))
    found = RejectReminder.objects.get(kind="LOT")

    page = client.get(reverse("mes:reject-detail", args=[found.pk])).content.decode()
    client.post(reverse("mes:reject-answer", args=[found.pk]), {"answer": "Nozzle changed"})

    assert (word in page, RejectReminder.objects.get(pk=found.pk).status) == (True, "CLOSED")
