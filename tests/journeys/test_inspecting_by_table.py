"""An inspector fills a table from a spreadsheet and sees what is out; another does it at a tablet without network."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.test_planning import PASTE
from tests.journeys.test_tablet_and_wall import forgive_lost_network
from tests.journeys.visitor import TABLET

BEGIN = """
from decimal import Decimal
from django.utils import timezone
from demo.seeds.process import site
from plant.models import MaterialDefinition, Partner, Person
from qms.models import Inspection
from traceability.commands import lots
for number in {numbers}:
    lot = lots.receive(
        number=number, material=MaterialDefinition.objects.get(code="SENSOR-N"), quantity=Decimal(40), site=site(),
        supplier=Partner.objects.get(code="S-LANXIN"), place="WH-DOCK", by=Person.objects.get(number="warehouse"),
        at=timezone.now(),
    )
    print(Inspection.objects.get(lot=lot).number)
"""


@pytest.fixture(scope="module")
def tasks(plant):
    """Two deliveries, and the inspection that each is asked for."""
    run = uuid.uuid4().hex[:6].upper()
    said = plant.manage("shell", "-v", "0", "-c", BEGIN.format(numbers=[f"TAB-{run}-{n}" for n in (1, 2)]))
    assert said.returncode == 0, said.stderr[-2000:]
    return said.stdout.split()[-2:]


def test_cells_of_a_spreadsheet_fill_the_table_and_what_is_out_is_told_at_once(visit, tasks):
    inspector = visit("inspector")
    inspector.go(f"/quality/inspections/{tasks[0]}/grid/")
    cells = inspector.page.locator("[data-results] td input")
    cells.first.focus()
    inspector.page.evaluate(PASTE, "10,01\n10.02\n10.55\n9.98\nten\n10.00")
    expect(cells.nth(2)).to_have_attribute("aria-invalid", "true")
    inspector.sees("Out of limits")
    inspector.sees("Not a number")
    inspector.sees("1 pasted values did not fit")
    cells.nth(4).fill("10.00")
    expect(inspector.page.locator("[data-results] td input[aria-invalid=true]")).to_have_count(1)
    inspector.check()
    inspector.presses("Record")
    inspector.sees("5 values are recorded.")
    inspector.sees("10.55")


def test_the_tablet_keeps_values_without_network_and_sends_them_once(visit, tasks):
    tablet = visit(size=TABLET)
    tablet.sign_on("L1-PLACE", "inspector")
    tablet.go("/station/L1-PLACE/inspections/")
    tablet.go(f"/station/L1-PLACE/inspections/{tasks[1]}/")
    cells = tablet.page.locator("[data-results] td input")
    for place in range(5):
        cells.nth(place).fill("10.01")
    tablet.context.set_offline(True)
    tablet.presses("Record")
    tablet.sees("The values are kept on this tablet")
    tablet.context.set_offline(False)
    tablet.sees("the values are kept.", seconds=20)
    forgive_lost_network(tablet)

    inspector = visit("inspector")
    inspector.go(f"/quality/inspections/{tasks[1]}/")
    inspector.presses("Decide by the results")
    expect(inspector.page.locator("h1")).to_contain_text(re.compile("Pass"))
