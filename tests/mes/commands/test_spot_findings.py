"""A finding is answered by its owner, confirmed by another, and handed up when it is late."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mes.commands import spot_findings, spot_plans
from mes.models import SpotCheck, SpotCheckPlan, SpotFinding
from mes.queries import spot_checks as reading
from plant import policies
from plant.errors import Refusal
from plant.models import Notice
from tests.factories import NOW, person, site
from tests.mes.spot_world import DRAWN, draw, finished, plan, terms, whole

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = {"cause": "The label was torn", "answer": "Asked the supplier"}


@pytest.fixture
def finding():
    finished()
    return draw(plan()).findings.get(lot__number="PCB-1")


def leader(number="LEAD"):
    return person(number, "TEAM_LEADER")


def answer(one, by=None, **more):
    return spot_findings.answer(finding=one, by=by or leader(), at=DRAWN + DAY, **{**SAID, **more})


def close(one, by=None, **more):
    by = by or person("QE", "QUALITY_ENGINEER")
    return spot_findings.close(finding=one, by=by, at=DRAWN + 2 * DAY, **more)


def test_it_waits_for_the_role_that_the_plan_names(finding):
    assert finding in reading.waiting(leader())
    assert reading.waiting(person("WH", "WAREHOUSE")) == []


def test_an_answer_needs_its_cause_and_what_was_done(finding):
    for name in SAID:
        with pytest.raises(Refusal, match="why it was missing"):
            answer(finding, **{name: " "})
    with pytest.raises(DatabaseError), transaction.atomic():
        SpotFinding.objects.update(status="ANSWERED")


def test_nobody_confirms_their_own_answer(finding):
    done = answer(finding)
    with pytest.raises(Refusal, match="answered themselves"):
        close(done, by=leader())
    with pytest.raises(DatabaseError), transaction.atomic():
        SpotFinding.objects.filter(pk=done.pk).update(closed_by=leader())


def test_what_is_still_missing_closes_only_with_a_word_and_what_is_mended_without(finding):
    done = answer(finding)
    with pytest.raises(Refusal, match="still missing"):
        close(done)
    left = close(done, remark="The supplier is gone")
    whole()
    other = answer(SpotFinding.objects.get(lot__number="SCREW-1"))

    assert (left.is_mended, close(other).is_mended) == (False, True)
    assert SpotCheck.objects.get().status == "CLOSED"


def test_sent_back_it_is_open_again_and_its_owner_told(finding):
    given = spot_findings.give(finding=finding, to=person("OP", "OPERATOR"), by=leader(), at=DRAWN)
    back = spot_findings.send_back(
        finding=answer(given, by=person("OP")), remark="Which supplier?", by=leader(), at=DRAWN + DAY
    )

    assert (back.status, back.answered_by, back.remark) == ("OPEN", None, "Which supplier?")
    assert Notice.objects.filter(person=person("OP")).count() == 2


def test_what_was_given_to_somebody_is_theirs(finding):
    given = spot_findings.give(finding=finding, to=person("OP", "OPERATOR"), by=leader(), at=DRAWN)
    with pytest.raises(Refusal, match="given to"):
        answer(given, by=person("OP2", "OPERATOR"))
    with pytest.raises(Refusal, match="no role"):
        spot_findings.give(finding=finding, to=person("BOSS", "VIEWER"), by=leader(), at=DRAWN)


def test_overdue_is_handed_up_once_for_each_step(finding):
    boss = person("QM", "QUALITY_MANAGER")
    leader()
    late = finding.due_at + timedelta(minutes=1)
    taken = [len(spot_findings.escalate(at=at)) for at in (finding.due_at, late, late, late + DAY)]

    assert taken == [0, 2, 0, 2]
    assert {Notice.objects.filter(person=one).count() for one in (boss, leader())} == {2}


@pytest.mark.parametrize(("act", "role"), [
    (spot_findings.answer, "VIEWER"), (spot_findings.answer, "ADMINISTRATOR"), (spot_findings.close, "OPERATOR"),
    (spot_findings.send_back, "OPERATOR"), (spot_findings.close, "ADMINISTRATOR"),
])
def test_who_may_not_does_not(finding, act, role):
    words = SAID if act is spot_findings.answer else {"remark": "x"}
    with pytest.raises(policies.Forbidden):
        act(finding=finding, by=person("NO", role), at=DRAWN, **words)


def test_a_confirmed_one_is_over(finding):
    done = close(answer(finding), remark="x")
    for act in (lambda: answer(done), lambda: close(done, remark="y")):
        with pytest.raises(Refusal):
            act()


def test_plans_are_quality_s_and_change_nothing_that_was_drawn():
    made = plan()
    quality = person("QE")
    with pytest.raises(policies.Forbidden):
        spot_plans.create(terms=terms(name="Mine"), by=leader(), at=NOW)
    with pytest.raises(Refusal, match="another name"):
        plan()
    off = spot_plans.change(plan=made, terms=terms(is_active=False, lots=9), by=quality, at=NOW)
    on = spot_plans.change(plan=off, terms=terms(), by=quality, at=NOW + DAY)

    assert (off.lots, on.begins_at, SpotCheckPlan.objects.get().site) == (9, NOW + DAY, site())
