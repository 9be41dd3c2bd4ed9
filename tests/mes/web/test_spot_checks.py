"""The pages of spot checks, in both languages: planned, drawn, answered and confirmed by form, and on paper."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.models import SpotCheckPlan, SpotFinding
from tests.factories import line, person, site
from tests.mes.spot_world import draw, finished, plan

pytestmark = pytest.mark.django_db
FORM = {"name": "Line", "site": "SITE", "line": "LINE", "lots": 2, "weekday": 2, "time": "16:00", "due_days": 7,
        "owner_role": "TEAM_LEADER", "is_active": "on"}


def signed_in(number, role, **more):
    client = Client()
    client.force_login(person(number, role, **more))
    return client


def post(client, name, key, data):
    return client.post(reverse(f"mes:{name}", args=[key]), data)


def test_a_plan_is_made_and_changed_by_form():
    site(), line()
    client = signed_in("QE", "QUALITY_ENGINEER")
    wrong = client.post(reverse("mes:spot-plan-create"), {**FORM, "lots": 99})
    made = client.post(reverse("mes:spot-plan-create"), FORM)
    one = SpotCheckPlan.objects.get()
    page = client.get(made.url)
    version = page.context["forms"]["change"]["version"].value()
    saved = post(client, "spot-plan-change", one.pk, {**FORM, "lots": 4, "version": version})

    assert (wrong.status_code, made.status_code, saved.status_code) == (422, 302, 302)
    assert SpotCheckPlan.objects.get().lots == 4


@pytest.mark.parametrize(("language", "word"), [("en", "Origin unknown"), ("zh-hans", "来源不明")])
def test_a_check_shows_its_walk_its_gaps_and_its_proof(language, word):
    finished()
    check = draw(plan())
    client = signed_in("ME", "VIEWER", language=language)
    page = client.get(reverse("mes:spot-check-detail", args=[check.pk])).content.decode()
    graph = client.get(reverse("mes:spot-check-data", args=[check.pk, 1])).json()
    paper = client.get(reverse("plant:sheet", args=["spotcheck", check.pk]))
    lists = [client.get(reverse(f"mes:{name}")).content.decode() for name in ("spot-check-list", "spot-finding-list")]

    assert [text in page for text in (word, check.seed, check.fingerprint)] == [True] * 3
    assert {node["label"]: node["state"] for node in graph["nodes"] if not node["focus"]} == {
        "PCB-1": "REJECTED", "SCREW-1": "REJECTED",
    }
    assert len(graph["edges"]) == 2
    assert paper.getvalue()[:5] == b"%PDF-"
    assert [check.label in lists[0], word in lists[1]] == [True, True]


def test_a_finding_is_answered_by_one_and_confirmed_by_another():
    finished()
    one = draw(plan()).findings.get(lot__number="PCB-1")
    leader, quality = signed_in("LEAD", "TEAM_LEADER"), signed_in("QE2", "QUALITY_ENGINEER", language="en")
    post(leader, "spot-finding-answer", one.pk, {"cause": "Torn", "answer": "Asked"})
    own = post(leader, "spot-finding-close", one.pk, {"remark": "fine"})
    bare = post(quality, "spot-finding-close", one.pk, {"remark": ""})
    done = post(quality, "spot-finding-close", one.pk, {"remark": "They are gone"})
    page = quality.get(done.url).content.decode()
    inbox = signed_in("LEAD", "TEAM_LEADER").get("/inbox/").content.decode()

    assert (own.status_code, bare.status_code, done.status_code) == (409, 409, 302)
    assert "still missing" in bare.content.decode()
    assert (SpotFinding.objects.get(pk=one.pk).status, "They are gone" in page) == ("CLOSED", True)
    assert ["SCREW-1 · " in inbox, "PCB-1 · " in inbox] == [True, False]
