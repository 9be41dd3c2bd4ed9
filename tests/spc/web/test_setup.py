"""A quality engineer makes a chart, chooses its rules and retires it, each on a page."""

import pytest
from django.urls import reverse

from plant.models import JournalEntry, Role
from qms.models import ReactionPlan
from spc.models import ControlChart, Violation
from tests.qms.factories import plan_line, reaction
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import calm

pytestmark = pytest.mark.django_db


def sent(**changes):
    stream = factories.stream()
    reaction()
    asked = {"code": "ZONE3-X", "line": plan_line().pk, "stream": stream.code, "kind": "XBAR_R", "subgroup_size": 5,
             "rule_set": "nelson"}
    return asked | changes


def test_a_new_chart_watches_its_stream_by_the_chosen_rules():
    answer = signed_in(Role.QUALITY_ENGINEER).post(reverse("spc:chart-new"), sent())

    chart = ControlChart.objects.get()
    assert answer.url == reverse("spc:chart-detail", args=["ZONE3-X"])
    assert (chart.kind, chart.subgroup_size, len(chart.rules)) == ("XBAR_R", 5, 8)
    assert ReactionPlan.objects.get(line=chart.line).hold_lots
    assert JournalEntry.objects.get(kind="chart.created").data["stream"] == "OVEN.ZONE3"


@pytest.mark.parametrize(("changes", "field"), [
    ({"subgroup_size": 1}, "subgroup_size"), ({"code": "ZONE3"}, "code"), ({"code": "a b"}, "code"),
    ({"stream": "NONE"}, "stream"), ({"line": ""}, "line"),
])  # fmt: skip
def test_a_refused_chart_keeps_what_was_typed_and_says_where(changes, field):
    factories.chart()

    answer = signed_in(Role.QUALITY_ENGINEER).post(reverse("spc:chart-new"), sent(**changes))

    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert f'id="id_{field}_error"' in page
    assert '<option value="nelson" selected>' in page
    assert ControlChart.objects.count() == 1


def test_a_stream_of_another_parameter_is_refused_beside_its_field():
    other = factories.stream("OVEN.SPEED", "SPEED").code
    answer = signed_in(Role.QUALITY_ENGINEER).post(reverse("spc:chart-new"), sent(stream=other))
    assert (answer.status_code, 'id="id_stream_error"' in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_names_the_rules_of_every_set(language):
    page = signed_in(Role.QUALITY_ENGINEER, language=language).get(reverse("spc:chart-new")).content.decode()
    assert "Western Electric" in page
    assert ("2 of 3 points beyond 2 sigma" in page) == (language == "en")
    assert ("rise, or fall" in page) == (language == "en")


def test_only_quality_makes_or_retires_charts():
    client, chart = signed_in(Role.OPERATOR), factories.chart()
    assert client.get(reverse("spc:chart-new")).status_code == 403
    assert client.post(reverse("spc:chart-retire", args=[chart.code]), {"reason": "x"}).status_code == 403


def test_a_retired_chart_ends_what_runs_on_it_and_judges_no_more():
    client, chart = signed_in(Role.QUALITY_ENGINEER), factories.chart()
    [violation] = factories.read(chart, [*calm(40), 244.0])

    assert client.post(reverse("spc:chart-retire", args=[chart.code]), {"reason": ""}).status_code == 422
    client.post(reverse("spc:chart-retire", args=[chart.code]), {"reason": "The oven is gone"})

    violation.refresh_from_db()
    assert violation.ended_at
    assert violation.status == "OPEN"
    assert factories.read(chart, [250.0], 41) == []
    assert JournalEntry.objects.get(kind="chart.retired").reason == "The oven is gone"
    assert client.get(reverse("spc:chart-detail", args=[chart.code])).status_code == 200


def test_a_retired_chart_comes_back_and_judges_only_what_comes_then():
    client, chart = signed_in(Role.QUALITY_ENGINEER, language="en"), factories.chart()
    factories.read(chart, calm(40))
    client.post(reverse("spc:chart-retire", args=[chart.code]), {"reason": "The oven rests"})
    factories.read(chart, [244.0], 41)
    path = reverse("spc:chart-revive", args=[chart.code])

    assert "Use again" in client.get(reverse("spc:chart-detail", args=[chart.code])).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "The oven is back"}).status_code == 302
    assert client.post(path, {"reason": "Once more"}).status_code == 409

    chart.refresh_from_db()
    assert (chart.active, Violation.objects.exists()) == (True, False)
    assert JournalEntry.objects.get(kind="chart.revived").reason == "The oven is back"


def test_the_moving_parts_of_a_chart_page_open_alone():
    client, chart = signed_in(Role.VIEWER, language="en"), factories.chart()
    factories.read(chart, [*calm(40), 244.0])
    alarms = client.get(reverse("spc:chart-alarms", args=[chart.code])).content.decode()
    assert "<html" not in alarms
    assert "beyond 3 sigma" in alarms
    assert "Out of control" in client.get(reverse("spc:chart-state", args=[chart.code])).content.decode()
    page = client.get(reverse("spc:chart-detail", args=[chart.code])).content.decode()
    assert f'data-live="violation.chart-{chart.pk}"' in page
