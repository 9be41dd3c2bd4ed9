"""One event noticed by several at once asks for one inspection."""

from datetime import timedelta

from mes.commands import inspections_due
from mes.models import JobSegment
from plant.models import Tracking
from qms.models import Inspection
from tests.factories import NOW
from tests.mes import factories
from tests.mes.commands.test_inspections_due import line


def test_several_who_notice_one_event_at_once_make_one_task(at_once):
    world = factories.world(3, Tracking.SERIAL)
    world.ready(3)
    world.scan(world.outputs[0].number)
    world.scan(world.outputs[1].number)
    line("MINUTES", 30, material=world.outputs[0].material)
    row = JobSegment.objects.get(job_order=world.job, segment__code="MOUNT")
    late = NOW + timedelta(minutes=31)

    def notice(lot):
        return inspections_due.bring_due(
            row=row, operation="MOUNT", station=world.stations["MOUNT"], lot=lot, at=late
        )

    made = at_once(*[lambda lot=lot: notice(lot) for lot in world.outputs[:2] * 2])

    assert sorted(len(one) for one in made) == [0, 0, 0, 1]
    assert Inspection.objects.count() == 1
