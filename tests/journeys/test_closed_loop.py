"""The story that the house is built for, told in order: a machine drifts, and not one suspect board goes on."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import requests
from playwright.sync_api import expect

from demo.data.ground import PASSWORD
from tests.journeys.visitor import TABLET, WALL

NCR = re.compile(r"NCR\d{6}")


def api(plant, method, path, **body):
    """Ask the plant as the ERP would."""
    headers = {"Authorization": f"Api-Key {plant.facts['api_key']}"}
    return requests.request(method, f"{plant.url}/api/v1/{path}", json=body or None, headers=headers, timeout=20)


def held_lots(plant):
    holds = api(plant, "GET", "holds/?open=true").json()["results"]
    return {hold["target"]: hold["nonconformance"] for hold in holds if hold["target_kind"] == "LOT"}


def test_planner_dispatches_a_work_order(visit):
    planner = visit("planner")
    planner.go("/production/orders/")
    planner.sees("ERP-2701")
    planner.go("/production/dispatch/")
    planner.page.get_by_role("button", name="Dispatch").first.click()
    dialog = planner.page.locator("dialog[open]")
    dialog.locator("[name=line]").select_option(label="LINE-2 Board line 2 控制板二线")
    dialog.get_by_role("button", name="Dispatch").click()
    planner.sees("Dispatched")


def test_operator_makes_a_lot_by_scanning(visit, plant):
    scenario = plant.facts["scenario"]
    operator = visit(size=TABLET)
    operator.sign_on(scenario["station"], "operator")
    operator.check()
    operator.scan(scenario["job_order"], "accepted")
    operator.scan(scenario["raw_lot"], "accepted")
    operator.scan(scenario["output_lot"], "accepted")
    operator.scan("NO-SUCH-CODE", "refused")
    trace = api(plant, "GET", f"material-lots/{scenario['output_lot']}/genealogy/?direction=upstream").json()
    assert scenario["raw_lot"] in {node["number"] for node in trace["nodes"]}


def test_drift_holds_exactly_what_was_in_the_oven(visit, plant):
    engineer, wall, tablet = visit("engineer"), visit("viewer", size=WALL), visit(size=TABLET)
    engineer.go("/spc/charts/ZONE3-1/")
    wall.go("/production/walls/LINE-1/")
    tablet.sign_on("L1-REFLOW", "operator2")
    assert held_lots(plant) == {}
    plant.manage("drift", "start")
    wall.sees(NCR)
    tablet.sees(NCR)
    engineer.go("/quality/nonconformances/")
    engineer.sees(NCR)
    held = held_lots(plant)
    assert set(held) == set(plant.facts["scenario"]["in_the_oven"])
    assert len(set(held.values())) == 1


def test_held_lot_is_refused_at_every_door(visit, plant):
    lot = plant.facts["scenario"]["in_the_oven"][0]
    number = held_lots(plant)[lot]
    tablet = visit(size=TABLET, language="zh")
    tablet.sign_on("L1-AOI", "operator2")
    tablet.scan(lot, "refused")
    tablet.sees(number)
    scan = {"station": "L1-AOI", "code": lot, "event_id": str(uuid.uuid4())}
    answer = api(plant, "POST", "scans/", job_order=plant.facts["scenario"]["job_order"], **scan)
    assert (answer.status_code, answer.json()["outcome"], answer.json()["nonconformance"]) == (409, "refused", number)
    said = plant.manage("shell", "-c", SHELL.format(lot=lot))
    assert "LotStopped" in said.stderr


SHELL = """
from decimal import Decimal; from django.utils import timezone; from plant.queries import persons
from traceability.commands import moves; from traceability.models import Bucket; from traceability.queries import lots
from traceability.spots import Spot
moves.move(lot=lots.by_number("{lot}"), quantity=Decimal(1), source=Spot(Bucket.WIP, "REFLOW"),
           to=Spot(Bucket.WIP, "AOI"), by=persons.system("erp"), at=timezone.now())
"""


def test_engineer_disposes_under_signature(visit, plant):
    plant.manage("drift", "stop")
    good, bad = plant.facts["scenario"]["in_the_oven"]
    number = held_lots(plant)[good]
    engineer = visit("engineer")
    engineer.go(f"/quality/nonconformances/{number}/")
    expect(engineer.page.locator("[data-chart] canvas").first).to_be_visible()
    engineer.page.get_by_role("button", name="Decide", exact=True).click()
    dialog = engineer.page.locator("dialog[open]")
    dialog.get_by_label(f"Use as is {good}").fill("20")
    dialog.get_by_label(f"Scrap {bad}").fill("5")
    dialog.get_by_label(f"Rework {bad}").fill("15")
    dialog.locator("[name=step]").select_option("REFLOW")
    sign(dialog, "Cross-sections of five boards look sound.")
    engineer.sees("Disposed")
    assert held_lots(plant) == {}
    assert amounts(plant, bad) == {"SCRAP": "5", "WIP": "15"}


def sign(dialog, reason):
    dialog.locator("[name=reason]").fill(reason)
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator(".dialog-foot button[type=submit]").click()


def amounts(plant, lot):
    return {one["bucket"]: one["quantity"] for one in api(plant, "GET", f"material-lots/{lot}/").json()["balances"]}


def test_oven_runs_again_only_under_signature(visit, plant):
    engineer = visit("engineer")
    engineer.go("/quality/nonconformances/")
    engineer.page.get_by_role("link", name=NCR).first.click()
    engineer.page.get_by_role("button", name="Restart").first.click()
    dialog = engineer.page.locator("dialog[open]")
    dialog.locator("[name=assignable_cause]").fill("Setpoint was changed by hand")
    dialog.locator("[name=action_taken]").fill("Setpoint restored and locked")
    sign(dialog, "Ten readings back in control")
    expect(engineer.page.get_by_text("The equipment is stopped")).to_have_count(0)
    assert api(plant, "GET", "holds/?open=true").json()["results"] == []


def test_capa_stays_open_until_somebody_else_has_checked(visit):
    engineer = visit("engineer")
    engineer.go("/quality/nonconformances/")
    engineer.page.get_by_role("link", name=NCR).first.click()
    engineer.presses("Open a CAPA")
    engineer.check()
    engineer.page.fill("[name=title]", "Setpoints can be changed by anybody")
    engineer.page.fill("[name=problem]", "The oven's setpoint was changed while lots were in it.")
    engineer.page.locator("main form button[type=submit]").click()
    engineer.sees("Root cause")
    close = engineer.page.get_by_role("button", name="Close", exact=True)
    expect(close.first).to_have_attribute("aria-disabled", "true")


def test_lot_shows_its_whole_life(visit, plant):
    lot = plant.facts["scenario"]["in_the_oven"][0]
    for language, scheme in (("en", "light"), ("zh", "dark")):
        viewer = visit("engineer", language=language, scheme=scheme)
        viewer.go(f"/l/{lot}")
        expect(viewer.page).to_have_url(re.compile(f"/lots/{lot}/"))
        expect(viewer.page.locator("[data-genealogy] canvas").first).to_be_visible()
        viewer.sees("PCB-100-002")


def test_erp_sends_an_order_and_reads_the_feed(plant):
    start = api(plant, "GET", "journal/?limit=1").json()["next"]
    due = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    order = {"number": f"ERP-{uuid.uuid4().hex[:8]}", "material": "CB-100", "quantity": "40", "due_at": due}
    made = api(plant, "POST", "work-requests/", **order)
    assert (made.status_code, made.json()["job_orders"][0]["quantity"]) == (201, "40")
    kinds = set()
    while (page := api(plant, "GET", f"journal/?after={start}&limit=200").json())["results"]:
        kinds |= {entry["kind"] for entry in page["results"] if entry["subject"] == order["number"]}
        start = page["next"]
    assert {"workrequest.received", "workrequest.released"} <= kinds


def test_everything_adds_up_afterwards(plant):
    for command in ("check_invariants", "verify_journal"):
        said = plant.manage(command)
        assert said.returncode == 0, said.stdout + said.stderr
