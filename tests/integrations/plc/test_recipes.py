"""A recipe goes to a machine only where it may, only while the machine stands, and is read back value by value."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from integrations.models import Plc, PlcState, PlcTag, RecipeOutcome, RecipeTag, RecipeWrite, TagKind
from integrations.plc.commands import recipes as commands
from integrations.plc.queries import recipes
from mes.models import JobSegment, ParameterSpecification, Segment, WorkMaster
from plant.errors import Refusal
from plant.models import Equipment, JournalEntry, Parameter, Role, Unit
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.plc.memory_plc import plc_in_thread
from tests.mes import factories as made


@pytest.fixture
def oven(committed_db):
    """A controller whose setpoint takes the heat of the oven's operation, switched on; the machine stands."""
    with plc_in_thread() as server:
        world = made.world()
        machine = world.stations["OVEN"]
        Equipment.objects.filter(pk=machine.pk).update(state="IDLE", state_at=timezone.now())
        plc = edge.plc(port=server.port, timeout_ms=300)
        Plc.objects.filter(pk=plc.pk).update(equipment=machine, writes_recipes=True)
        edge.health(plc, PlcState.ONLINE, timezone.now())
        limits = {"minimum": 200, "maximum": 280, "kind": TagKind.SETPOINT, "writable": True}
        tag = PlcTag.objects.create(plc=plc, name="zone3_setpoint", address=30, **limits)
        unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
        heat = Parameter.objects.get_or_create(code="HEAT", defaults={"name": "Heat", "unit": unit})[0]
        RecipeTag.objects.create(tag=tag, parameter=heat)
        segment = Segment.objects.get(work_master__code="BOARD", code="OVEN")
        ParameterSpecification.objects.create(segment=segment, parameter=heat, low=240, target=250, high=260)
        yield server, world.job, machine


def write(oven, role=Role.QUALITY_ENGINEER, reason="New profile"):
    by = factories.person(f"X-{role}", role)
    return commands.write(job_order=oven[1], machine=oven[2], by=by, reason=reason, at=timezone.now())


def test_it_is_written_read_back_and_told(oven):
    [one] = write(oven)

    assert (oven[0].written, one.wanted, one.after, one.outcome) == ([(30, (250,))], 250, 250, RecipeOutcome.VERIFIED)
    [line] = recipes.compared(recipes.lines(oven[1], oven[2]))
    assert line.state == "IN_WINDOW"
    assert JournalEntry.objects.filter(kind="equipment.recipe-written").count() == 1


def refuses(oven, code, **asked):
    with pytest.raises(Refusal) as refused:
        write(oven, **asked)
    assert (refused.value.code, oven[0].written, RecipeWrite.objects.count()) == (code, [], 0)


def test_every_controller_begins_switched_off(oven):
    assert Plc(code="NEW").writes_recipes is False
    Plc.objects.update(writes_recipes=False)

    refuses(oven, "recipe-off")


@pytest.mark.parametrize("state", ["RUNNING", "ALARM", "MAINTENANCE", "UNKNOWN"])
def test_a_machine_that_does_not_stand_is_not_touched(oven, state):
    Equipment.objects.filter(pk=oven[2].pk).update(state=state)

    refuses(oven, "recipe-machine-runs")


def test_the_order_is_at_the_machine_and_its_recipe_approved(oven):
    WorkMaster.objects.update(status="DRAFT")
    oven[1].work_master.refresh_from_db()
    refuses(oven, "recipe-draft")
    WorkMaster.objects.update(status="EFFECTIVE")
    oven[1].work_master.refresh_from_db()
    JobSegment.objects.update(station=None, rank=None)

    refuses(oven, "recipe-no-job")


def test_a_target_outside_the_limits_of_its_register_stops_everything(oven):
    ParameterSpecification.objects.update(target=290, high=300)

    refuses(oven, "setpoint-not-writable")


def test_nobody_writes_without_the_right_or_a_reason(oven):
    refuses(oven, "forbidden", role=Role.OPERATOR)
    refuses(oven, "no-reason", reason=" ")


def test_a_value_that_the_machine_does_not_keep_is_told(oven, monkeypatch):
    monkeypatch.setattr("integrations.plc.drift.decode", lambda registers, tag: (241, 0))

    with pytest.raises(commands.RecipeNotVerified):
        write(oven)
    assert RecipeWrite.objects.get().outcome == RecipeOutcome.MISMATCH
    with pytest.raises(DatabaseError), transaction.atomic():
        RecipeWrite.objects.update(outcome=RecipeOutcome.VERIFIED)


def test_the_page_compares_and_writes(oven, client):
    client.force_login(factories.person("P9", "QUALITY_ENGINEER", language="en"))
    address = [oven[1].number, oven[2].code]
    assert "holds something else" in client.get(reverse("integrations:recipe-detail", args=address)).content.decode()

    client.post(reverse("integrations:recipe-write", args=address), {"reason": "Profile"})

    assert "holds the recipe" in client.get(reverse("integrations:recipe-detail", args=address)).content.decode()
