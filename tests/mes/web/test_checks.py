"""Operator checks at the desk: listed, approved by somebody else, left out; a new revision keeps the rules."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.admin import WorkMasterAdmin
from mes.models import CheckRule, OperatorCheck, WorkMaster
from plant import inbox
from plant.commands import revisions
from plant.models import Tracking
from tests.factories import person
from tests.mes import factories
from tests.mes.checks_world import carry_out, inspector, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered():
    world = factories.world(1, Tracking.SERIAL)
    rule(by_inspector=True, name_zh="首件检验")
    world.ready(1)
    world.scan(world.outputs[0].number)
    return carry_out(OperatorCheck.objects.get(), world.operator)


def client_of(number: str, role: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(person(number, role, language=language))
    return client


@pytest.mark.parametrize(("language", "word"), [("en", "Why it was due"), ("zh-hans", "首件检验")])
def test_page_says_why_it_was_due_and_takes_the_approval(entered, language, word):
    client = client_of("ME", "INSPECTOR", language)
    page = client.get(reverse("mes:check-detail", args=[entered.pk])).content.decode()
    answer = client.post(reverse("mes:check-approve", args=[entered.pk]), {"remark": ""})

    assert (word in page, answer.status_code, OperatorCheck.objects.get().status) == (True, 302, "PASSED")


def test_operator_may_not_approve_or_leave_out(entered):
    client = client_of("OP2", "OPERATOR")
    answers = [
        client.post(reverse(f"mes:check-{act}", args=[entered.pk]), {"reason": "Late"}) for act in ("approve", "waive")
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_rejected_and_left_out_with_reasons(entered):
    client = client_of("LEAD", "TEAM_LEADER")
    client.post(reverse("mes:check-reject", args=[entered.pk]), {"reason": "Wrong gauge"})
    again = OperatorCheck.objects.get(repeats=entered)
    client.post(reverse("mes:check-waive", args=[again.pk]), {"reason": "Gauge is away"})

    assert sorted(OperatorCheck.objects.values_list("status", flat=True)) == ["FAILED", "WAIVED"]


def test_inspector_finds_it_on_the_desk_and_its_author_does_not(entered):
    mine = [one.title for one in inbox.gather(inspector())]

    assert "First piece" in mine
    assert "First piece" not in [one.title for one in inbox.gather(entered.done_by)]


def test_new_revision_keeps_the_checks_and_what_they_ask_for(entered):
    fresh = revisions.revise(
        source=WorkMaster.objects.get(), parts=WorkMasterAdmin.revision_parts, by=person("ADM", "ADMINISTRATOR")
    )

    copied = CheckRule.objects.get(segment__work_master=fresh)
    assert [item.name for item in copied.items.all()] == ["Length"]
