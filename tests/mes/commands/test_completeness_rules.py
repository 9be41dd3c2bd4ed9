"""Rules of completeness change by proposal and approval of another; what was judged by the old rule is judged anew."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mes.commands import completeness as judging
from mes.commands import completeness_rules
from mes.models import CompletenessRule, GapKind, LotScore, RuleChange
from mes.queries import completeness
from mes.queries import completeness_rules as reading
from plant import policies
from plant.errors import Refusal
from plant.queries import persons
from tests.factories import NOW, material, person
from tests.mes.queries.test_completeness import LATER, finished
from tests.mes.spot_world import want_colour

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def planner():
    return person("PLAN", "PLANNER")


def quality():
    return person("QE", "QUALITY_ENGINEER")


def propose(by=None, **more):
    said = {"kind": GapKind.VALUES, "material": None, "is_on": True, "weight": 50, "reason": "They ask for it", **more}
    return completeness_rules.propose(**said, by=by or planner(), at=NOW)


def approve(change, by=None, at=LATER):
    return completeness_rules.approve(change=change, by=by or quality(), at=at)


def test_nothing_changes_until_another_approves():
    change = propose()
    before = CompletenessRule.objects.count()
    approve(change)

    assert before == 0
    assert list(CompletenessRule.objects.values_list("kind", "material", "weight")) == [("VALUES", None, 50)]
    assert reading.one("VALUES", None).word == "weight 50"


def test_nobody_decides_on_their_own():
    change = propose(by=quality())
    with pytest.raises(Refusal, match="proposed it yourself"):
        approve(change)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleChange.objects.update(status="APPROVED", decided_by=quality(), decided_at=NOW)
    with pytest.raises(policies.Forbidden):
        approve(change, by=planner())
    with pytest.raises(policies.Forbidden):
        propose(by=person("OP", "OPERATOR"))


def test_one_change_of_a_kind_and_product_waits_at_a_time():
    propose()
    with pytest.raises(Refusal, match="proposed already"):
        propose(weight=60)
    facts = {"kind": "VALUES", "weight": 9, "was_on": True, "was_weight": 5}
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChange.objects.create(**facts, reason="x", asked_by=planner(), asked_at=NOW)
    assert propose(material=material("BOARD")).material.code == "BOARD"


def test_a_products_own_rule_goes_before_and_may_go_again():
    board = material("BOARD")
    approve(propose())
    approve(propose(material=board, is_on=False, weight=5))
    own = reading.one("VALUES", board).word
    approve(propose(material=board, weight=None))

    assert (own, reading.one("VALUES", board).word) == ("left out", "weight 50")
    assert reading.with_own() == []


@pytest.mark.parametrize("said", [
    {"reason": " "}, {"weight": 101}, {"weight": 0}, {"weight": None}, {"kind": "NONE"},
])
def test_what_makes_no_sense_is_refused(said):
    with pytest.raises(Refusal):
        propose(**said)


def test_refused_or_withdrawn_all_stays():
    first = completeness_rules.refuse(change=propose(), remark="Not now", by=quality(), at=LATER)
    second = completeness_rules.withdraw(change=propose(), by=planner(), at=LATER)
    with pytest.raises(Refusal, match="already"):
        approve(second)

    assert (first.status, second.status, CompletenessRule.objects.count()) == ("REFUSED", "WITHDRAWN", 0)


def test_whole_lots_are_judged_anew_once_a_rule_of_theirs_changed():
    line, lot = finished()
    want_colour(line)
    approve(propose(is_on=False), at=NOW)
    by = persons.system("mes")
    judging.sweep(by=by, at=LATER)
    whole = LotScore.objects.get(lot=lot).lacking
    approve(propose(material=material("OTHER"), weight=7), at=LATER + HOUR / 4)
    untouched = judging.sweep(by=by, at=LATER + HOUR / 3)
    approve(propose(material=lot.material, weight=7), at=LATER + HOUR / 2)
    judged = judging.sweep(by=by, at=LATER + HOUR)

    assert (whole, untouched, judged, LotScore.objects.get(lot=lot).lacking) == (0, 0, 1, 7)


def test_work_order_and_order_tell_the_score_of_their_lots():
    line, lot = finished()
    want_colour(line)
    judging.sweep(by=persons.system("mes"), at=LATER)
    client = Client()
    client.force_login(person("ME", "PLANNER", language="en"))
    job = line.world.job
    pages = [
        client.get(reverse("mes:job-order-detail", args=[job.number])).content.decode(),
        client.get(reverse("mes:work-request-detail", args=[job.work_request.number])).content.decode(),
    ]
    listed = client.get(reverse("mes:completeness-list"), {"order": job.work_request.number}).content.decode()

    assert ["Record complete" in page for page in pages] == [True, True]
    assert lot.number in listed
    assert completeness.of_jobs(["NONE"]) is None


def test_the_planner_proposes_by_form_and_quality_approves_by_form():
    board = finished()[1].material
    client, other = Client(), Client()
    client.force_login(person("PLAN2", "PLANNER", language="en"))
    other.force_login(quality())
    url = reverse("mes:completeness-rule-propose", args=["VALUES"]) + f"?product={board.code}"
    wrong = client.post(url, {"counts": "on", "weight": "", "reason": "x"})
    made = client.post(url, {"counts": "on", "weight": 30, "reason": "They ask"})
    change = RuleChange.objects.get()
    waiting = other.get("/inbox/").content.decode()
    done = other.post(reverse("mes:completeness-change-approve", args=[change.pk]), {"remark": ""})
    page = client.get(reverse("mes:completeness-rules"), {"product": board.code}).content.decode()

    assert (wrong.status_code, made.status_code, done.status_code) == (422, 302, 302)
    assert reverse("mes:completeness-change-detail", args=[change.pk]) in waiting
    assert "weight 30" in page
