"""The rules of a chart are chosen line by line, tried on what is stored, and never overwritten unseen."""

import html
import re

import pytest
from django.urls import reverse

from plant.models import Role
from spc import rulebook
from spc.commands import charts
from spc.engine.rule import Rule
from spc.engine.rules import MINITAB, NELSON, RULE_SETS, WESTERN_ELECTRIC
from spc.models import Violation
from spc.web.rule_form import RulesForm, name_of, unfolded
from tests.factories import NOW
from tests.qms.factories import engineer
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import calm

pytestmark = pytest.mark.django_db
EXTRA = Rule(kind="zone", k=3, m=7, zone=2)


def sent(rules, **changes):
    return unfolded(rules) | {"reason": "Study"} | changes


def open_form(chart, client):
    page = client.get(reverse("spc:chart-rules", args=[chart.code])).content.decode()
    return html.unescape(re.search(r'name="version" value="([^"]+)"', page).group(1))


def rules_of(chart):
    chart.refresh_from_db()
    return rulebook.parse(chart.rules)


@pytest.mark.parametrize("rules", [*RULE_SETS.values(), (*NELSON, EXTRA), (Rule(kind="side", k=8, missing="bridge"),)])
def test_every_set_survives_the_form(rules):
    chart = factories.chart()
    charts.change_rules(chart=chart, rules=rules, reason="Same", by=engineer(), at=NOW)
    form = RulesForm(sent(rules), chart=chart)
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["rules"]) == set(rules)


def test_the_chosen_rules_judge_from_now_on():
    client, chart = signed_in(Role.QUALITY_ENGINEER), factories.chart()
    asked = sent((*WESTERN_ELECTRIC, EXTRA), version=open_form(chart, client))
    answer = client.post(reverse("spc:chart-rules", args=[chart.code]), asked)
    assert answer.status_code == 302
    assert set(rules_of(chart)) == {*WESTERN_ELECTRIC, EXTRA}


@pytest.mark.parametrize(("changes", "field"), [
    ({"zone_a_k": 4}, "zone_a_on"), ({"more": "{"}, "more"), ({"more": '[{"kind": "odd"}]'}, "more"),
    ({"trend_k": 0}, "trend_k"), ({"side_k": 65}, "side_k"),
])  # fmt: skip
def test_a_rule_that_makes_no_sense_is_told_at_its_line(changes, field):
    form = RulesForm(sent(NELSON, **changes), chart=factories.chart())
    assert not form.is_valid()
    assert field in form.errors


def test_a_reason_is_asked_for_when_rules_change_and_not_when_they_are_tried():
    client, chart = signed_in(Role.QUALITY_ENGINEER, language="en"), factories.chart()
    path, before = reverse("spc:chart-rules", args=[chart.code]), rules_of(chart)
    asked = sent(NELSON, reason="", version=open_form(chart, client))

    refused, tried = client.post(path, asked), client.post(path, asked | {"try": "30d"})

    assert (refused.status_code, tried.status_code) == (409, 200)
    assert "Say why the rules change" in refused.content.decode()
    assert rules_of(chart) == before


def test_a_trial_shows_what_would_have_been_found_and_changes_nothing():
    client, chart = signed_in(Role.QUALITY_ENGINEER, language="en"), factories.chart()
    factories.store(chart, [*calm(40), 244.0, *calm(20)])

    asked = sent(NELSON, version=open_form(chart, client)) | {"try": "30d"}

    page = client.post(reverse("spc:chart-rules", args=[chart.code]), asked).content.decode()

    assert "What these rules would have done" in page
    assert Violation.objects.count() == 0


def test_rules_that_somebody_changed_meanwhile_are_not_overwritten_unseen():
    client, chart = signed_in(Role.QUALITY_ENGINEER, language="en"), factories.chart()
    path, version = reverse("spc:chart-rules", args=[chart.code]), open_form(chart, client)
    charts.change_rules(chart=chart, rules="nelson", reason="Their reason", by=engineer(), at=NOW)
    asked = sent(WESTERN_ELECTRIC, version=version)

    page = client.post(path, asked).content.decode()

    assert "Somebody changed this while you had it open" in page
    assert ("14 points up and down by turns" in page, "Study" in page) == (True, True)
    assert name_of(rules_of(chart)) == name_of(NELSON)
    again = html.unescape(re.search(r'name="version" value="([^"]+)"', page).group(1))
    client.post(path, asked | {"version": again, "choose": "rules", "take-rules": "yours"})
    assert set(rules_of(chart)) == set(WESTERN_ELECTRIC)


def test_the_page_starts_from_the_set_that_was_clicked():
    chart, client = factories.chart(), signed_in(Role.QUALITY_ENGINEER)
    page = client.get(reverse("spc:chart-rules", args=[chart.code]) + "?set=minitab").content.decode()
    assert len(re.findall(r'<input type="checkbox" name="\w+_on"[^>]* checked', page)) == len(MINITAB)
