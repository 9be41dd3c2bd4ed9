"""An inspector fills a table from a spreadsheet and sees what is out; another does it at a tablet without network."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.test_closed_loop import api
from tests.journeys.test_planning import PASTE
from tests.journeys.test_tablet_and_wall import forgive_lost_network, wait_until
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
    """Four deliveries, and the inspection that each is asked for."""
    run = uuid.uuid4().hex[:6].upper()
    said = plant.manage("shell", "-v", "0", "-c", BEGIN.format(numbers=[f"TAB-{run}-{n}" for n in (1, 2, 3, 4)]))
    assert said.returncode == 0, said.stderr[-2000:]
    return said.stdout.split()[-4:]


def measured(plant, number):
    """How many pieces of an inspection the server knows values of."""
    return sum(one["inspected"] for one in api(plant, "GET", f"inspections/{number}/").json()["characteristics"])


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


def test_an_inspection_that_was_never_opened_is_opened_and_filled_without_network(visit, plant, tasks):
    tablet = visit(size=TABLET)
    tablet.sign_on("L1-PLACE", "inspector")
    page, number = tablet.page, tasks[2]
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => document.body.dataset.readyPages")
    tablet.context.set_offline(True)
    page.goto("/station/L1-PLACE/")
    tablet.presses("Inspections")
    page.locator("tr", has_text=number).get_by_role("link", name="Inspect", exact=True).click()
    tablet.sees("No connection to the server")
    cells = page.locator("[data-results] td input")
    for place in range(5):
        cells.nth(place).fill("10.02")
    tablet.presses("Record")
    tablet.sees("The values are kept on this tablet")
    tablet.presses("Inspections")
    expect(page.locator("tr", has_text=number)).to_contain_text("Values kept")
    page.locator("tr", has_text=number).get_by_role("link", name="Inspect", exact=True).click()
    expect(cells.nth(4)).to_have_value("10.02")
    tablet.context.set_offline(False)
    expect(page.locator("body")).not_to_have_attribute("data-offline", "", timeout=20_000)
    wait_until(page, lambda: measured(plant, number) == 5, seconds=20)
    forgive_lost_network(tablet)

    inspector = visit("inspector")
    inspector.go(f"/quality/inspections/{number}/")
    inspector.presses("Decide by the results")
    expect(inspector.page.locator("h1")).to_contain_text(re.compile("Pass"))


def test_what_an_instrument_sends_stands_in_the_open_sample_beside_what_is_being_typed(visit, plant, tasks):
    inspector, number = visit("inspector"), tasks[3]
    inspector.go(f"/quality/inspections/{number}/")
    fields = inspector.page.locator("#measured input[name^=value-]")
    fields.nth(2).fill("10.07")
    asked = api(plant, "GET", f"inspections/{number}/").json()["characteristics"][0]["characteristic"]
    sent = api(plant, "POST", f"inspections/{number}/results/", results=[{"characteristic": asked, "value": 10.03}])
    assert sent.status_code == 200, sent.json()
    expect(fields.nth(0)).to_have_value("10.03")
    expect(fields.nth(2)).to_have_value("10.07")
    expect(fields.nth(2)).to_be_focused()
    inspector.check()
