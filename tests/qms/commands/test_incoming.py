"""A lot whose material is inspected at the dock stands in quarantine until its inspection is decided."""

from decimal import Decimal

import pytest

from plant.models import Role
from qms import incoming
from qms.commands import inspections
from qms.models import CheckMethod, ControlPlanLine, Inspection, InspectionKind
from tests import factories
from tests.factories import NOW
from tests.qms import factories as quality
from traceability.commands import holds, stock
from traceability.models import Bucket, LotStatus, MaterialLot
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def planned(*, blocking: bool) -> None:
    quality.plan_line()
    plan = ControlPlanLine.objects.get().plan
    ControlPlanLine.objects.create(
        plan=plan, operation=incoming.OPERATION, characteristic=quality.characteristic("THICK"), sample_size=1,
        method=CheckMethod.INSPECTION, blocking=blocking,
    )


def issue(lot):
    return stock.relocate(
        lot=lot, source=Spot(Bucket.STOCK), to=factories.station(), by=factories.person("WH", Role.WAREHOUSE), at=NOW
    )


def test_a_lot_waits_in_quarantine_and_no_station_gets_it():
    planned(blocking=True)
    lot = factories.received("L1")
    task = Inspection.objects.get()
    assert (task.kind, task.lot, task.blocking) == (InspectionKind.INCOMING, lot, True)
    with pytest.raises(holds.Held):
        issue(lot)


@pytest.mark.parametrize(("value", "status"), [(240.0, LotStatus.AVAILABLE), (250.0, LotStatus.HELD)])
def test_the_verdict_frees_it_or_keeps_it(value, status):
    planned(blocking=True)
    factories.received("L1")
    task, inspector = Inspection.objects.get(), factories.person("IN", Role.INSPECTOR)
    inspections.record(inspection=task, item=task.items.get(), sample=1, value=value, by=inspector, at=NOW)
    inspections.decide(inspection=task, by=inspector, at=NOW)
    assert MaterialLot.objects.get().status == status


def test_a_line_that_does_not_block_asks_only():
    planned(blocking=False)
    lot = factories.received("L1")
    assert (Inspection.objects.count(), issue(lot).quantity) == (1, Decimal(100))


def test_a_material_without_such_a_line_is_free():
    quality.plan_line()
    factories.received("L1")
    assert not Inspection.objects.exists()
