"""What people do on the pages of process control: one form, one command."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plant.models import Role
from qms.models import ReactionStep
from spc.models import GhostPoint, LimitSet, Violation, ViolationStatus
from tests.qms.factories import engineer, reaction
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.commands.test_ghosts import leave_out
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db


def opened() -> Violation:
    [violation] = factories.read(factories.chart(), [*calm(20), 244.0])
    return violation


def answer(client, act, violation, **fields):
    return client.post(reverse(f"spc:violation-{act}", args=[violation.pk]), fields)


def status() -> str:
    return Violation.objects.get().status


def test_a_violation_is_acknowledged_then_closed():
    violation, client = opened(), signed_in(Role.QUALITY_ENGINEER)
    assert answer(client, "close", violation, assignable_cause="Fan", action_taken="New").status_code == 409
    assert answer(client, "acknowledge", violation).status_code == 302
    assert answer(client, "close", violation, assignable_cause="Fan", action_taken="").status_code == 422
    assert status() == ViolationStatus.ACKNOWLEDGED
    assert answer(client, "close", violation, assignable_cause="Fan", action_taken="New").status_code == 302
    assert status() == ViolationStatus.CLOSED


def test_a_violation_is_dismissed_with_a_reason():
    violation, client = opened(), signed_in(Role.QUALITY_ENGINEER)
    answer(client, "acknowledge", violation)
    assert answer(client, "dismiss", violation, reason="").status_code == 422
    assert answer(client, "dismiss", violation, reason="Probe unplugged").status_code == 302
    assert status() == ViolationStatus.FALSE_ALARM


def test_an_operator_may_acknowledge_but_not_close():
    violation, client = opened(), signed_in(Role.OPERATOR)
    assert answer(client, "acknowledge", violation).status_code == 302
    assert answer(client, "close", violation, assignable_cause="a", action_taken="b").status_code == 403


def study(chart, **fields):
    local = [timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S") for moment in (at(0), at(200))]
    return {"data_from": local[0], "data_to": local[1], **fields}


def test_limits_are_looked_at_and_then_frozen():
    chart, client = factories.chart(limited=False), signed_in(Role.QUALITY_ENGINEER)
    factories.store(chart, [*calm(100), 260.0])
    address = reverse("spc:limits-freeze", args=[chart.code])
    seen = client.post(address, study(chart))
    assert (seen.status_code, LimitSet.objects.count()) == (200, 0)
    place = f"{at(100).isoformat()}|100"
    assert place in seen.content.decode()
    client.post(address, study(chart, place=place, reason="The door stood open", **{"leave-out": "1"}))
    done = client.post(address, study(chart, reason="First study", freeze="1"))
    assert (done.status_code, LimitSet.objects.get().points) == (302, 100)


def test_limits_without_a_reason_are_refused_on_the_page():
    chart, client = factories.chart(limited=False), signed_in(Role.QUALITY_ENGINEER)
    factories.store(chart, calm(100))
    address = reverse("spc:limits-freeze", args=[chart.code])
    assert client.post(address, study(chart, freeze="1")).status_code == 409
    assert client.post(address, study(chart, data_from="yesterday")).status_code == 422
    assert client.post(address, study(chart, place="x|1", reason="x", **{"leave-out": "1"})).status_code == 409


def test_a_point_left_out_is_taken_back_with_a_reason():
    chart, client = factories.chart(), signed_in(Role.QUALITY_ENGINEER)
    factories.store(chart, [*calm(50), 260.0, *calm(50)])
    leave_out(chart, 50)
    address = reverse("spc:limits-freeze", args=[chart.code])
    ghost = GhostPoint.objects.get()
    assert "Door open" in client.post(address, study(chart)).content.decode()
    assert client.post(address, study(chart, restore=ghost.pk)).status_code == 409
    assert client.post(address, study(chart, restore=ghost.pk, reason="It was real")).status_code == 200
    ghost.refresh_from_db()
    assert ghost.restored_at


def test_limits_are_entered_by_hand():
    chart, client = factories.chart(limited=False), signed_in(Role.QUALITY_ENGINEER)
    address = reverse("spc:limits-enter", args=[chart.code])
    assert client.post(address, {"center": "240", "sigma": "-1", "reason": "Validation"}).status_code == 409
    assert client.post(address, {"center": "240", "sigma": "2", "reason": "Validation"}).status_code == 302
    assert LimitSet.objects.get().upper == 246.0


def test_an_alarm_is_handed_over_and_put_off_on_its_page():
    violation, client = opened(), signed_in(Role.TEAM_LEADER)
    other = engineer("Q2")
    assert answer(client, "assign", violation, to=other.pk).status_code == 302
    assert answer(client, "snooze", violation, until="2020-01-01T00:00", reason="?").status_code == 409
    until = timezone.localtime(timezone.now() + timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M")
    assert answer(client, "snooze", violation, until=until, reason="Probe is changed").status_code == 302
    found = Violation.objects.get()
    assert (found.owner, found.snoozed_until is None) == (other, False)
    assert "Probe is changed" in client.get(reverse("spc:violation-detail", args=[violation.pk])).content.decode()


def test_steps_are_ticked_off_on_the_page():
    step = ReactionStep.objects.create(reaction=reaction(), position=1, text="Look at the probe")
    violation, client = opened(), signed_in(Role.QUALITY_ENGINEER)
    answer(client, "acknowledge", violation)
    assert answer(client, "leave-out", violation, step=step.pk, remark="").status_code == 422
    assert answer(client, "tick", violation, step=step.pk, remark="Clean").status_code == 302
    assert violation.steps.get().remark == "Clean"
