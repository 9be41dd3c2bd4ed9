"""Writing to a controller (I48): off by default, listed, within limits, interlocked, audited, never replayed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from integrations.models import PlcState, PlcTag, TagKind
from integrations.plc.commands import setpoints
from plant.errors import Refusal
from plant.models import Equipment, JournalEntry, Role
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.plc.memory_plc import plc_in_thread


@pytest.fixture
def oven(committed_db):
    """A controller that answers, one setpoint of it allowed from 200 to 280, and its machine running."""
    with plc_in_thread() as server:
        plc = edge.plc(port=server.port, timeout_ms=300)
        edge.health(plc, PlcState.ONLINE, timezone.now())
        limits = {"minimum": 200, "maximum": 280, "kind": TagKind.SETPOINT, "writable": True}
        PlcTag.objects.create(plc=plc, name="zone3_setpoint", address=30, **limits)
        yield server


def write(value=250, role=Role.INTEGRATOR, **changes):
    tag = PlcTag.objects.select_related("plc").get(name="zone3_setpoint")
    asked = {"reason": "New profile", "at": timezone.now(), **changes}
    return setpoints.write(tag=tag, value=value, by=factories.person(f"X-{role}", role), **asked)


def told():
    rows = JournalEntry.objects.filter(kind__startswith="plc.").order_by("pk")
    return list(rows.values_list("kind", "reason", "data__value"))


def test_an_allowed_setpoint_is_written_once_and_told_in_the_journal(oven):
    assert write(250) == 250
    assert (oven.written, told()) == ([(30, (250,))], [("plc.setpoint_written", "New profile", 250)])


def test_a_register_may_not_be_written_until_somebody_allows_it(oven):
    assert PlcTag(name="new").writable is False
    PlcTag.objects.update(writable=False)

    refuses("setpoint-not-writable", oven)


def refuses(code, server, **asked):
    """Refused with this code; nothing reached the controller and nothing was told as written."""
    with pytest.raises(Refusal) as refused:
        write(**asked)
    assert (refused.value.code, server.written, told()) == (code, [], [])


def test_an_allowed_register_without_limits_is_not_written(oven):
    PlcTag.objects.update(maximum=None)

    refuses("setpoint-not-writable", oven)


@pytest.mark.parametrize("value", [199, 281, float("nan"), float("inf"), -1, 10**30])
def test_a_value_outside_the_limits_is_not_written(oven, value):
    refuses("setpoint-not-writable", oven, value=value)


def test_nobody_writes_without_a_reason_or_without_the_right(oven):
    refuses("no-reason", oven, reason=" ")
    refuses("forbidden", oven, role=Role.OPERATOR)


@pytest.mark.parametrize("state", ["ALARM", "MAINTENANCE"])
def test_a_machine_that_somebody_may_work_on_is_not_touched(oven, state):
    Equipment.objects.filter(code="OVEN").update(state=state)

    refuses("setpoint-interlocked", oven)


def test_a_machine_that_nobody_sees_is_not_touched(oven):
    refuses("setpoint-interlocked", oven, at=timezone.now() + timedelta(minutes=1))


def test_a_write_that_is_not_confirmed_is_told_and_not_repeated(oven):
    oven.silent = True

    with pytest.raises(setpoints.NotWrittenError):
        write(250)

    assert len(oven.written) == 1
    assert [kind for kind, *_rest in told()] == ["plc.setpoint_written", "plc.setpoint_unconfirmed"]


def test_it_never_runs_in_a_transaction_that_could_be_tried_again(oven):
    with pytest.raises(RuntimeError), transaction.atomic():
        write(250)

    assert oven.written == []
