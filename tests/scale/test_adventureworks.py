"""A whole plant of somebody else's: what was published of it is counted in our tables."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests import conformance


@pytest.mark.timeout(1200)
def test_the_published_plant_comes_in_with_the_published_totals(committed_db):
    folder, told = conformance.locate("adventureworks"), conformance.load("adventureworks/EXPECTED_TOTALS")
    out = StringIO()

    call_command("load_adventureworks", str(folder), "--json", stdout=out)

    found, orders, lines = json.loads(out.getvalue()), told["WorkOrder"], told["BillOfMaterials"]
    assert (found["work_orders"], found["order_qty"]) == (orders["rows"], orders["OrderQty"])
    assert (found["stocked_qty"], found["scrapped_qty"]) == (orders["StockedQty"], orders["ScrappedQty"])
    assert found["routings"] == told["WorkOrderRouting"]["rows"]
    assert (found["bom_lines"], found["assemblies"]) == (lines["rows"], lines["assemblies"])
    assert (found["new"], found["refused"]) == (orders["rows"], {})
    call_command("check_invariants", stdout=StringIO())
