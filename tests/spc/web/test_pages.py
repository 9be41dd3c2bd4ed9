"""Every page of process control opens for who may see it, in both languages, and asks little of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plant import inbox, search
from plant.models import Role
from spc.models import Violation
from spc.web import shell
from tests.factories import person
from tests.qms.factories import board, reaction
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


def scene() -> Violation:
    reaction(instruction="Call quality.", instruction_zh="通知质量。")
    board("B1")
    [violation] = factories.read(factories.chart(), [*calm(40), None, 244.0])
    return violation


def addresses(violation: Violation) -> list[str]:
    code = violation.chart.code
    return [
        reverse("spc:chart-list"), reverse("spc:chart-detail", args=[code]),
        reverse("spc:chart-detail", args=[code]) + "?w=30d&zones=1", reverse("spc:chart-rules", args=[code]),
        reverse("spc:chart-sixpack", args=[code]), reverse("spc:chart-panel-histogram", args=[code]),
        reverse("spc:limits-freeze", args=[code]), reverse("spc:limits-enter", args=[code]),
        reverse("spc:violation-list"), reverse("spc:violation-list") + "?status=CLOSED&q=x&page=2",
        reverse("spc:violation-detail", args=[violation.pk]), reverse("spc:violation-chart", args=[violation.pk]),
        reverse("spc:nonconformance-chart", args=[violation.nonconformance.number]),
        reverse("spc:violation-pareto"), reverse("spc:panel-alarms"), reverse("spc:panel-worst"),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(language):
    violation, client = scene(), signed_in(Role.QUALITY_ENGINEER, language=language)
    for address in addresses(violation):
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)


def test_pages_tell_what_is_unknown():
    client = signed_in(Role.QUALITY_ENGINEER)
    assert client.get(reverse("spc:chart-detail", args=["NONE"])).status_code == 404
    assert client.get(reverse("spc:violation-detail", args=[99999])).status_code == 404
    assert client.get(reverse("spc:nonconformance-chart", args=["NCR-0"])).status_code == 404


def test_an_operator_may_look_but_not_freeze():
    violation, client = scene(), signed_in(Role.OPERATOR)
    assert client.get(reverse("spc:chart-detail", args=[violation.chart.code])).status_code == 200
    assert client.get(reverse("spc:limits-freeze", args=[violation.chart.code])).status_code == 403


def test_the_data_breaks_the_line_and_says_why_a_point_is_flagged():
    violation, client = scene(), signed_in(Role.VIEWER)
    asked = {"from": at(30).isoformat(), "to": at(60).isoformat()}
    found = client.get(reverse("spc:chart-data", args=[violation.chart.code]), asked).json()
    assert found["value"][-3:] == [239.0, None, 244.0]
    assert [hit[:2] for hit in found["hits"]] == [[len(found["at"]) - 1, "beyond-3s"]]
    assert [(limit["center"], limit["ucl"], limit["sigma"]) for limit in found["limits"]] == [(240.0, 243.0, 1.0)]


@pytest.mark.parametrize("name", ["spc:chart-list", "spc:violation-list"])
def test_a_list_asks_as_often_for_many_rows_as_for_one(name):
    client = signed_in(Role.QUALITY_ENGINEER)
    factories.read(factories.chart("C0"), [*calm(40), 244.0])
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    for number in range(1, 9):
        factories.read(factories.chart(f"C{number}"), [*calm(40), 244.0])
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))
    assert len(one) == len(many)


def test_a_chart_is_found_by_its_code_and_an_alarm_waits():
    violation = scene()
    engineer = person("Q9", Role.QUALITY_ENGINEER)
    [hit] = [hit for hit in search.find("zone3", engineer) if hit.icon == "chart-dots"]
    assert (hit.title, hit.exact) == ("ZONE3", True)
    titles = [item.url for item in inbox.gather(engineer)]
    assert reverse("spc:violation-detail", args=[violation.pk]) in titles


def test_a_lot_shows_what_was_out_of_control_where_it_stood():
    violation = scene()
    lot = board("B2", at_oven=False)
    assert shell.during([lot]) == {}
    stood = MaterialLot.objects.get(number="B1")
    assert [row.pk for row in shell.during([stood])["violations"]] == [violation.pk]
