"""The sample plant: a small one of our own always, the published one where it lies beside the project."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mes.models import EndItem, JobOrder, JobSegment, MaterialSpecification
from mes.queries import bills
from plant.models import MaterialDefinition
from tests.factories import NOW
from traceability.models import LotBalance, MaterialLot, Visit

TABLES = {
    "Production.Location": "LocationID,Name\n10,Frame Forming\n60,Final Assembly\n",
    "Production.Product": (
        "ProductID,Name,ProductNumber,MakeFlag,FinishedGoodsFlag\n1,Bike,BK-1,True,True\n2,Frame,FR-1,True,False\n"
        "3,Paint,PT-1,False,False\n4,Tube,TU-1,False,False\n"
    ),
    "Production.BillOfMaterials": (
        "ProductAssemblyID,ComponentID,StartDate,EndDate,UnitMeasureCode,PerAssemblyQty\n"
        ",1,2011-01-01T00:00:00,,EA ,1.00\n1,2,2011-01-01T00:00:00,,EA ,1.00\n"
        "2,3,2011-01-01T00:00:00,2012-01-01T00:00:00,OZ ,8.00\n2,3,2012-01-01T00:00:00,,OZ ,6.50\n"
        "2,4,2011-01-01T00:00:00,,EA ,3.00\n"
    ),
    "Production.ScrapReason": "ScrapReasonID,Name\n7,Paint process failed\n",
    "Production.WorkOrder": (
        "WorkOrderID,ProductID,OrderQty,StockedQty,ScrappedQty,StartDate,EndDate,DueDate,ScrapReasonID\n"
        "1,1,10,9,1,2011-06-03T00:00:00,2011-06-13T00:00:00,2011-06-14T00:00:00,7\n"
        "2,2,4,4,0,2013-06-03T00:00:00,2013-06-13T00:00:00,2013-06-14T00:00:00,\n"
    ),
    "Production.WorkOrderRouting": (
        "WorkOrderID,ProductID,OperationSequence,LocationID,ActualStartDate,ActualEndDate\n"
        "1,1,7,60,2011-06-03T00:00:00,2011-06-19T00:00:00\n1,1,1,10,2011-06-03T00:00:00,2011-06-10T00:00:00\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def load(folder):
    out = StringIO()
    call_command("load_adventureworks", str(folder), "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_totals_are_counted_in_our_tables(folder):
    found = load(folder)

    assert {name: found[name] for name in ("work_orders", "order_qty", "stocked_qty", "scrapped_qty")} == {
        "work_orders": 2, "order_qty": 14, "stocked_qty": 13, "scrapped_qty": 1,
    }
    assert (found["orders_with_scrap"], found["routings"], found["bom_lines"], found["assemblies"]) == (1, 2, 5, 2)
    assert found["top_scrap_reasons"] == [{"reason": "Paint process failed", "orders": 1, "quantity": 1}]
    assert (found["new"], found["unchanged"], found["refused"]) == (2, 0, {})


@pytest.mark.django_db
def test_orders_come_with_operations_stays_stock_and_their_own_bill_of_materials(folder):
    load(folder)

    bike, frame = JobOrder.objects.order_by("number")
    counts = [(row.segment.code, row.good, row.scrap) for row in bike.segments.all()]
    assert counts == [("AW-10", 0, 0), ("AW-60", 9, 1)]
    assert Visit.objects.filter(lot__number="AW-1").count() == 2
    assert dict(LotBalance.objects.filter(lot__number="AW-1", quantity__gt=0).values_list("bucket", "quantity")) == {
        "STOCK": 9, "SCRAP": 1,
    }
    codes = dict(MaterialDefinition.objects.values_list("pk", "code"))
    takes = {codes[need.material_id]: float(need.quantity_per) for need in bills.of_master(frame.work_master, NOW)}
    assert takes == {"PT-1": 6.5, "TU-1": 3}
    call_command("check_invariants", stdout=StringIO())


@pytest.mark.django_db
def test_a_second_import_changes_nothing(folder):
    first = load(folder)
    rows = [model.objects.count() for model in (JobSegment, MaterialLot, MaterialSpecification, EndItem)]

    second = load(folder)

    assert (second["new"], second["unchanged"]) == (0, 2)
    assert {**second, "new": 2, "unchanged": 0, "seconds": 0} == {**first, "seconds": 0}
    assert rows == [model.objects.count() for model in (JobSegment, MaterialLot, MaterialSpecification, EndItem)]


@pytest.mark.django_db
@pytest.mark.parametrize(("was", "now", "told"), [
    ("1,1,10,9,1", "1,1,10,9,2", "don't fit an order"),
    ("2011-06-14T00:00:00,7", "2011-06-14T00:00:00,", "need a reason"),
    ("2013-06-03T00:00:00,2013-06-13", "2013-06-23T00:00:00,2013-06-13", "ends before it starts"),
])
def test_a_wrong_order_is_named_and_the_others_come_in(folder, was, now, told):
    path = folder / "Production.WorkOrder.csv"
    path.write_text(path.read_text().replace(was, now))

    found = load(folder)

    assert found["new"] == 1
    assert told in next(iter(found["refused"].values()))


@pytest.mark.django_db
def test_changed_figures_of_a_known_order_are_not_taken(folder):
    load(folder)
    path = folder / "Production.WorkOrder.csv"
    path.write_text(path.read_text().replace("2,2,4,4,0", "2,2,5,5,0"))

    assert "other figures" in load(folder)["refused"]["AW-2"]


@pytest.mark.django_db
def test_a_missing_table_is_named(folder):
    (folder / "Production.Location.csv").unlink()

    with pytest.raises(CommandError, match=r"Production\.Location"):
        load(folder)


@pytest.mark.django_db
def test_another_bill_of_materials_than_here_is_refused(folder):
    load(folder)
    path = folder / "Production.BillOfMaterials.csv"
    path.write_text(path.read_text().replace("EA ,3.00", "EA ,4.00"))

    with pytest.raises(CommandError, match="FR-1"):
        load(folder)
