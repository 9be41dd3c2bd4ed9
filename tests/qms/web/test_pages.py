"""The pages of quality, as a person sees them, in both languages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plant.models import Role
from tests import factories
from tests.qms import factories as make
from tests.qms.commands.test_inspections import task

pytestmark = pytest.mark.django_db


def signed_in(*roles: str, number: str = "", language: str = "en") -> Client:
    someone = factories.person(number or f"U-{'-'.join(roles)}-{language}", *roles, language=language)
    client = Client()
    client.force_login(someone)
    return client


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every page of the room, with something on it."""
    make.reaction()
    make.board("B1")
    case = make.contain().nonconformance
    make.report(make.board("B2"))
    one = make.capa(case)
    return {
        "cases": reverse("qms:nonconformance-list"), "case": reverse("qms:nonconformance-detail", args=[case.number]),
        "report": reverse("qms:nonconformance-report"), "capas": reverse("qms:capa-list"),
        "capa": reverse("qms:capa-detail", args=[one.number]), "open": reverse("qms:capa-open", args=[case.number]),
        "tasks": reverse("qms:inspection-list"),
        "task": reverse("qms:inspection-detail", args=[task(make.board("B3")).number]),
        "plans": reverse("qms:control-plan-list"),
        "plan": reverse("qms:control-plan-detail", args=[make.plan_line().plan_id]),
        "panel": reverse("qms:panel-open"), "panel2": reverse("qms:panel-inspections"),
    }


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_for_a_quality_engineer(addresses, language):
    client = signed_in(Role.QUALITY_ENGINEER, language=language)

    answers = {name: client.get(url).status_code for name, url in addresses.items()}

    assert answers == dict.fromkeys(addresses, 200)


def test_a_viewer_reads_but_does_not_report(addresses):
    client = signed_in(Role.VIEWER)

    assert client.get(addresses["case"]).status_code == 200
    assert client.get(addresses["report"]).status_code == 403


def test_the_list_takes_as_many_statements_for_many_as_for_one(addresses):
    client = signed_in(Role.QUALITY_ENGINEER)
    client.get(addresses["cases"])
    with CaptureQueriesContext(connection) as few:
        client.get(addresses["cases"])
    for number in range(5):
        make.report(make.board(f"M{number}"))

    with CaptureQueriesContext(connection) as many:
        client.get(addresses["cases"])

    assert len(many) == len(few)


def test_the_list_as_a_file_names_each_case(addresses):
    answer = signed_in(Role.QUALITY_ENGINEER).get(addresses["cases"], {"format": "csv"})

    assert len(answer.getvalue().decode().strip().splitlines()) == 3


@pytest.mark.parametrize("model", ["characteristic", "controlplan", "controlplanline", "nonconformance", "inspection"])
def test_the_console_opens_for_an_administrator(addresses, model):
    client = signed_in(Role.ADMINISTRATOR)

    assert client.get(reverse(f"admin:qms_{model}_changelist")).status_code == 200


def test_the_console_does_not_change_an_approved_plan(addresses):
    client = signed_in(Role.ADMINISTRATOR)
    plan = make.plan_line().plan

    answer = client.post(reverse("admin:qms_controlplan_change", args=[plan.pk]), {"name": "Other"})

    assert answer.status_code == 403
