"""From the supplier's lorry to the customer's by scanning; everything wrong on the way is refused and loses nothing."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import TABLET

PIECES, LOT = 20, 10
WRONG = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from demo.seeds.process import site
from mes.models import JobOrder
from plant.models import MaterialDefinition, Person
from traceability.commands import lots
from traceability.models import MaterialLot
now = timezone.now()
lots.receive(
    number="OLD-{run}", material=MaterialDefinition.objects.get(code="PASTE-SAC"), quantity=Decimal(500), site=site(),
    place="WH-RAW", expires_at=now - timedelta(days=1), by=Person.objects.get(number="warehouse"), at=now,
)
made = JobOrder.objects.get(work_request__number="ERP-2698")
print(MaterialLot.objects.filter(job_order=made.number).earliest("pk").number)
"""
BADGE, PIN = "BADGE-1020", "246810"  # of the inspector


@pytest.fixture(scope="module")
def story(plant):
    """What one chapter leaves to the next."""
    run = uuid.uuid4().hex[:6].upper()
    said = plant.manage("shell", "-v", "0", "-c", WRONG.format(run=run))
    assert said.returncode == 0, said.stderr[-2000:]
    foreign = said.stdout.strip().splitlines()[-1]
    return {"run": run, "foreign": foreign, "raw": f"NTC-{run}", "order": f"SALE-{run}"}


@pytest.fixture
def at_station(visit):
    """Somebody with a badge at the tablet of a station."""

    def sign_on(station, number):
        visitor = visit(size=TABLET)
        visitor.sign_on(station, number)
        return visitor

    return sign_on


def refuses(visitor, code, why):
    """A wrong code is refused with a sentence that says why."""
    visitor.scan(code, "refused")
    expect(visitor.page.locator("[data-scan-message]")).to_contain_text(why)


def send(visitor, **fields):
    """Fill the form in the middle of the page, and send it."""
    for name, value in fields.items():
        box = visitor.page.locator(f"main [name={name}]")
        option = box.locator("option", has_text=value)
        box.select_option(option.first.get_attribute("value")) if option.count() else box.fill(value)
    visitor.page.locator("main form button[type=submit][data-kind=primary]").first.click()


def tomorrow():
    return (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def check(tablet, value, *, approve=False):
    """Carry out the check that the tablet leads to; whoever approves shows their badge."""
    expect(tablet.page).to_have_url(re.compile(r"/checks/\d+/$"))
    form = tablet.page.url
    tablet.page.locator("main input[type=text], main input[inputmode=decimal]").first.fill(value)
    tablet.page.get_by_label("In order", exact=True).check()
    tablet.page.get_by_role("button", name="Save", exact=True).click()
    if approve:
        tablet.sees("awaits approval")
        tablet.go(form)
        tablet.page.get_by_label("In order", exact=True).check()
        send(tablet, badge=BADGE, pin=PIN)
    tablet.sees("is passed")
    tablet.page.goto(form.split("checks/")[0])


def test_a_delivery_is_labelled_and_waits_in_quarantine(visit, story):
    desk, lot = visit("warehouse"), story["raw"]
    desk.go("/trace/lots/receive/")
    send(desk, material="SENSOR-N", quantity="60", number=lot, supplier="S-LANXIN", supplier_lot="NT-77120",
         place="WH-DOCK", delivery_note=f"DN-{story['run']}")
    desk.sees("waits in quarantine")
    desk.go(f"/trace/label/lot/{lot}/")
    desk.page.get_by_role("button", name="Print", exact=True).click()
    desk.page.get_by_role("button", name="Scan it back…").click()
    desk.page.locator("dialog[open] [name=code]").fill(f"{desk.plant.url}/l/{lot}")
    desk.page.locator("dialog[open] button[type=submit]").first.click()
    expect(desk.page.locator("main tbody")).to_contain_text("Right")


def test_nobody_uses_it_before_it_is_inspected(visit, at_station, story, plant):
    lot = story["raw"]
    tablet = at_station("L1-PLACE", "operator")
    tablet.scan(plant.facts["scenario"]["job_order"], "accepted")
    refuses(tablet, lot, "is held")
    inspector = visit("inspector")
    inspector.go(f"/quality/inspections/?q={lot}")
    inspector.page.locator("main tbody a").first.click()
    for sample in range(1, 6):
        inspector.page.locator("form.form input[inputmode=decimal]").nth(sample - 1).fill("10.01")
    inspector.presses("Record")
    inspector.presses("Decide by the results")
    expect(inspector.page.locator("h1")).to_contain_text("Pass")


def test_what_passed_is_put_away_by_scan(at_station, story):
    dock = at_station("L2-PACK", "warehouse")
    dock.go("/station/L2-PACK/goods/move/WH-A03/")
    refuses(dock, "NO-SUCH-LOT", "No lot has the code")
    dock.scan(story["raw"], "accepted")
    dock.sees("now at WH-A03")


def test_the_kit_is_checked_released_and_dispatched(visit, story):
    planner = visit("planner")
    planner.go("/production/orders/new/")
    send(planner, number=story["order"], material="CB-110", quantity=str(PIECES), due_at=tomorrow())
    planner.presses("Release the order")
    planner.page.locator("main tbody a").first.click()
    expect(planner.page).to_have_url(re.compile("/production/jobs/"))
    story["job"] = planner.page.url.rstrip("/").split("/")[-1]
    planner.go(f"/production/jobs/{story['job']}/kitting/")
    planner.sees("SENSOR-N")
    planner.go(f"/production/jobs/{story['job']}/")
    planner.presses("Release the work order")
    planner.page.get_by_role("button", name="Dispatch", exact=True).first.click()
    dialog = planner.page.locator("dialog[open]")
    dialog.locator("[name=line]").select_option(label="LINE-2 Board line 2 控制板二线")
    dialog.get_by_role("button", name="Dispatch").click()
    planner.sees("Dispatched")
    lots = planner.page.locator("main a[href*='/trace/lots/']")
    story["lots"] = sorted(set(re.findall(r"\S+", " ".join(lots.all_inner_texts()))))
    assert len(story["lots"]) == PIECES // LOT


def test_the_first_station_refuses_everything_wrong(at_station, story, plant):
    tablet = at_station("L2-PLACE", "operator")
    tablet.scan(story["job"], "accepted")
    refuses(tablet, "NO-SUCH-CODE", "not known here")
    refuses(tablet, "HOUSING-A-002", "Take the right one")
    refuses(tablet, f"OLD-{story['run']}", "expired")
    refuses(tablet, plant.facts["scenario"]["job_order"], "not here")
    for code in (story["raw"], "PCB-100-002", "MCU-32-002", "CAP-10U-002", "PASTE-SAC-002"):
        tablet.scan(code, "accepted")
    refuses(tablet, "CMD:DONE", "Nothing is in work")
    tablet.scan("CMD:START", "accepted")
    refuses(tablet, "CMD:DONE", "is due")
    check(tablet, "0.12")
    tablet.scan("CMD:DONE", "accepted")
    tablet.scan("CMD:START", "accepted")
    tablet.scan("CMD:DONE", "accepted")
    tablet.check()


def test_a_bad_piece_is_reworked_and_no_operation_is_skipped(at_station, story):
    first, second = story["lots"]
    later = at_station("L2-TEST", "operator2")
    later.scan(story["job"], "accepted")
    refuses(later, first, "has to pass AOI")
    tablet = at_station("L2-AOI", "operator")
    tablet.scan(story["job"], "accepted")
    tablet.scan(first, "accepted")
    tablet.scan("CMD:QTY:1", "accepted")
    tablet.scan("CMD:FAIL:REWORK/BRIDGE", "accepted")
    tablet.scan("CMD:DONE", "accepted")
    refuses(tablet, first, "passed AOI")
    story["lots"] = [first, f"{first}-1", second]
    for lot in story["lots"][1:]:
        tablet.scan(lot, "accepted")
        tablet.scan("CMD:PASS", "accepted")


def test_the_test_is_approved_and_the_order_is_made(at_station, story):
    tablet = at_station("L2-TEST", "operator2")
    tablet.scan(story["job"], "accepted")
    for lot in story["lots"]:
        tablet.scan(lot, "accepted")
        if lot == story["lots"][0]:
            refuses(tablet, "CMD:PASS", "is due")
            check(tablet, "1.25", approve=True)
        tablet.scan("CMD:PASS", "accepted")
    tablet.sees("That was the last operation")


def pack(tablet, kind, codes, wrong):
    """Open a carton or pallet, fill and close it by scan, print its label and scan that back; its number."""
    tablet.go("/station/L2-PACK/goods/")
    tablet.presses(f"New {kind}")
    expect(tablet.page).to_have_url(re.compile("/goods/pack/"))
    for code in codes:
        tablet.scan(code, "accepted")
    for code, why in wrong:
        refuses(tablet, code, why)
    number = tablet.page.url.rstrip("/").split("/")[-1]
    tablet.presses("Close, then label")
    tablet.presses("Print the label")
    refuses(tablet, codes[0], "Stop: take it off")
    tablet.scan(f"]C100{number}", "accepted")
    expect(tablet.page).to_have_url(re.compile("/goods/$"))
    return number


def test_goods_are_packed_labelled_and_stored(at_station, story):
    tablet = at_station("L2-PACK", "warehouse")
    wrong = [("NO-SUCH-LOT", "NO-SUCH-LOT"), ("MCU-32-002", "CB-110")]
    carton = pack(tablet, "carton", story["lots"], wrong)
    story["pallet"] = pack(tablet, "pallet", [carton], [(story["lots"][0], "Lots go into a carton")])
    tablet.go("/station/L2-PACK/goods/store/WH-FG/")
    tablet.scan(story["pallet"], "accepted")
    tablet.sees("received into WH-FG")


def test_only_what_belongs_on_the_truck_leaves(visit, at_station, story):
    desk = visit("warehouse")
    desk.go("/production/shipments/new/")
    send(desk, customer="C-NORTH", due_at=tomorrow(), material="CB-110", quantity=str(PIECES))
    number = desk.page.url.rstrip("/").split("/")[-1]
    truck = at_station("L2-PACK", "warehouse")
    truck.go(f"/station/L2-PACK/goods/load/{number}/")
    refuses(truck, "NO-SUCH-CARTON", "NO-SUCH-CARTON")
    refuses(truck, "MCU-32-001", "does not ask for")
    refuses(truck, story["foreign"], "was made for C-HAIYUN")
    truck.scan(story["pallet"], "accepted")
    expect(truck.page.locator(".station-figure b")).to_have_text(str(PIECES))
    truck.check()
    desk.page.reload()
    desk.page.get_by_role("button", name="Let it leave").click()
    desk.page.locator("dialog[open] [name=vehicle]").fill("粤B·12345")
    desk.page.locator("dialog[open] button[type=submit]").first.click()
    desk.sees("Shipped")


def test_nothing_was_lost_on_the_way(plant):
    said = plant.manage("check_invariants")
    assert said.returncode == 0, said.stdout + said.stderr
