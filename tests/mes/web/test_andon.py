"""Andon calls on the screen: the list with its times, answering, settling, and the wall."""

import pytest
from django.urls import reverse

from mes.models import Andon
from mes.queries import wall_news
from tests import factories as ground
from tests.mes.commands.test_andon import answered, call

pytestmark = pytest.mark.django_db


def signed_in(client, *roles):
    client.force_login(ground.person("P9", *roles, language="en"))
    return client


def test_the_list_says_who_must_come(client):
    call()

    page = signed_in(client, "MAINTENANCE").get(reverse("mes:andon-list")).content.decode()
    assert "MOUNT" in page
    assert "Minutes to answer" in page


def test_answer_and_settle_on_the_page(client):
    found = call()
    signed_in(client, "MAINTENANCE").post(reverse("mes:andon-acknowledge", args=[found.pk]))

    sent = {"assignable_cause": "Belt", "action_taken": "New belt"}
    client.post(reverse("mes:andon-close", args=[found.pk]), sent)

    page = client.get(reverse("mes:andon-detail", args=[found.pk])).content.decode()
    assert Andon.objects.get().status == "CLOSED"
    assert "New belt" in page


def test_a_refused_act_opens_its_dialog_again(client):
    found = answered()

    answer = signed_in(client, "MAINTENANCE").post(reverse("mes:andon-close", args=[found.pk]), {})
    assert answer.status_code == 422


def test_hand_over_and_take_back(client):
    found, other = call(), ground.person("MT2", "MAINTENANCE")
    signed_in(client, "TEAM_LEADER").post(reverse("mes:andon-assign", args=[found.pk]), {"to": other.pk})
    client.post(reverse("mes:andon-cancel", args=[found.pk]))

    found.refresh_from_db()
    assert (found.owner, found.status) == (other, "CANCELLED")


def test_the_wall_calls_it_out_until_it_is_settled():
    answered(), call("SAFETY")

    found = wall_news.near([ground.station("MOUNT")], [])
    assert [(one.kind, one.tone) for one in found] == [("ANDON", "failed"), ("ANDON", "waiting")]
