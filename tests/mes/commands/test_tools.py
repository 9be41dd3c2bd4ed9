"""Tools wear while they are mounted, stop their station at the end, and every lot knows its tool."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mes.commands import machines, tools
from mes.commands.readiness import CantDispatch
from mes.commands.tools import ToolRefused
from mes.models import Tool, ToolLife, ToolMount, ToolReset
from mes.queries import tools as known
from plant.models import Equipment, JournalEntry
from plant.policies import Forbidden
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def mechanic():
    return ground.person("MT", "MAINTENANCE")


def tool(**fields):
    return Tool.objects.create(**{"code": "MOULD-1", "name": "Mould", "life": 1000, **fields})


def mount(made, station="MOUNT", hours=0, **fields):
    return tools.mount(tool=made, station=ground.station(station), by=mechanic(), at=NOW + hours * HOUR, **fields)


def count(good, minutes=1):
    station = ground.station("MOUNT")
    machines.observe_count(equipment=station, good=good, reject=0, at=NOW + minutes * MINUTE)


def judge(hours=1):
    return tools.judge(by=system("mes"), at=NOW + hours * HOUR)


def fresh(made):
    return Tool.objects.get(pk=made.pk)


@pytest.mark.parametrize(("by", "per_shot", "used"), [(ToolLife.PIECES, 4, 400), (ToolLife.SHOTS, 4, 100)])
def test_pieces_and_shots_wear_it(by, per_shot, used):
    made = tool(life_by=by, per_shot=per_shot)
    mount(made), count(400)

    judge()
    assert fresh(made).used == used


def test_running_hours_wear_it():
    made = tool(life_by=ToolLife.HOURS)
    mount(made)
    machines.observe_state(equipment=ground.station("MOUNT"), state="RUNNING", by=system("plc"), at=NOW + HOUR)

    judge(hours=3)
    assert fresh(made).used == pytest.approx(2)


def test_what_is_made_elsewhere_or_afterwards_does_not_wear_it():
    made = tool()
    mount(made), count(400)
    tools.take_off(tool=made, reason="Change", by=mechanic(), at=NOW + HOUR)
    count(300, minutes=90)

    judge(hours=2)
    assert fresh(made).used == 400


def test_it_goes_on_wearing_where_it_is_mounted_next():
    made = tool()
    mount(made), count(400)
    mount(made, "OVEN", hours=1)
    machines.observe_count(equipment=ground.station("OVEN"), good=50, reject=0, at=NOW + 2 * HOUR)

    judge(hours=3)
    assert fresh(made).used == 450
    assert list(ToolMount.objects.order_by("pk").values_list("used_after", flat=True)) == [400, None]


def test_it_warns_once_and_says_when_it_is_over():
    made = tool()
    mount(made), count(950)
    assert (judge(), judge()) == (1, 0)
    count(100, minutes=2)

    assert judge() == 1
    assert list(JournalEntry.objects.filter(kind__startswith="tool.w").values_list("kind", flat=True)) == [
        "tool.wearing", "tool.worn",
    ]


def test_a_worn_tool_stops_dispatch_and_scans():
    world = factories.world()
    world.ready()
    mount(tool()), count(1000), judge()

    assert world.scan(world.outputs[0].number).code == "tool-worn"
    with pytest.raises(CantDispatch):
        raise next(iter(tools.against([ground.station("MOUNT")], NOW)))


def test_a_worn_tool_that_only_warns_stops_nothing():
    mount(tool(when_over="WARN")), count(1000), judge()

    assert list(tools.against([ground.station("MOUNT")], NOW)) == []


def test_a_new_life_is_for_tools_on_the_bench():
    made = tool()
    mount(made), count(1000), judge()
    with pytest.raises(ToolRefused):
        tools.renew(tool=made, reason="Reground", by=mechanic(), at=NOW)
    tools.take_off(tool=made, reason="Worn", by=mechanic(), at=NOW + HOUR)
    with pytest.raises(ToolRefused):
        mount(made, hours=2)

    tools.renew(tool=made, reason="Reground", by=mechanic(), at=NOW + 2 * HOUR)

    assert (fresh(made).used, ToolReset.objects.get().used) == (0, 1000)
    with pytest.raises(DatabaseError), transaction.atomic():
        ToolReset.objects.update(reason="Never")


def test_it_is_mounted_only_where_it_fits_and_by_those_who_may():
    made = tool()
    made.stations.add(ground.station("OVEN"))
    with pytest.raises(ToolRefused):
        mount(made)
    with pytest.raises(Forbidden):
        tools.mount(tool=made, station=ground.station("OVEN"), by=ground.person("V", "VIEWER"), at=NOW)


def test_the_database_mounts_a_tool_once():
    here = mount(tool())

    with pytest.raises(IntegrityError), transaction.atomic():
        ToolMount.objects.create(tool=here.tool, station=here.station, from_at=NOW, used_before=0, by=here.by)


def test_a_lot_knows_the_tools_it_was_made_with():
    world = factories.world()
    world.ready()
    lot = world.outputs[0]
    mount(tool(), hours=-2), mount(tool(code="LATER"), "OVEN", hours=9)
    world.scan(lot.number)

    assert [one.tool.code for one in known.of_lots([lot])] == ["MOULD-1"]


def test_a_change_stands_in_the_history_of_the_station():
    mount(tool())

    entry = JournalEntry.objects.get(kind="equipment.tool-changed")
    assert entry.subject_id == str(Equipment.objects.get(code="MOUNT").pk)
