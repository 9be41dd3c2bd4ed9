"""A delivery fails its inspection: frozen, refused, sent back, answered for by link, and seen in the scorecard."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from demo.data.ground import PASSWORD
from tests.journeys.visitor import TABLET

SUPPLIER = "S-LANXIN"
PROOF = ("report.txt", "Ten reels measured after the correction: all within 9.95 and 10.05.")


@pytest.fixture(scope="module")
def known():
    """What one step leaves for the next."""
    return {"lot": f"NTC-{uuid.uuid4().hex[:6].upper()}"}


def fill(box, **fields):
    for name, value in fields.items():
        field = box.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)


def in_dialog(visitor, button, submit, **fields):
    """Open a dialog, fill it and send it."""
    visitor.page.get_by_role("button", name=button, exact=True).first.click()
    dialog = visitor.page.locator("dialog[open]")
    fill(dialog, **fields)
    dialog.get_by_role("button", name=submit, exact=True).click()
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


def test_the_delivery_fails_and_is_frozen(visit, known):
    desk = visit("warehouse")
    desk.go("/trace/lots/receive/")
    main = desk.page.locator("main")
    fill(main, quantity="60", number=known["lot"], supplier_lot="NT-90001", delivery_note="DN-90001")
    for name, value in (("material", "SENSOR-N"), ("supplier", SUPPLIER), ("place", "WH-DOCK")):
        option = main.locator(f"[name={name}] option", has_text=value).first
        main.locator(f"[name={name}]").select_option(option.get_attribute("value"))
    main.locator("form button[type=submit][data-kind=primary]").first.click()
    desk.sees("waits in quarantine")

    inspector = visit("inspector")
    inspector.go(f"/quality/inspections/?q={known['lot']}")
    inspector.page.locator("main tbody a").first.click()
    known["task"] = inspector.page.url
    for field in inspector.page.locator("form.form input[inputmode=decimal]").all():
        field.fill("10.55")
    inspector.sees("Out of limits")
    inspector.presses("Record")
    inspector.presses("Decide by the results")
    expect(inspector.page.locator("h1")).to_contain_text("Fail")
    inspector.sees("The lot is rejected and held")
    inspector.check()


def test_the_station_refuses_it(visit, plant, known):
    tablet = visit(size=TABLET)
    tablet.sign_on("L1-PLACE", "operator")
    tablet.scan(plant.facts["scenario"]["job_order"], "accepted")
    tablet.scan(known["lot"], "refused")
    tablet.sees("is held")


def test_quality_sends_it_back(visit, known):
    engineer = visit("engineer")
    engineer.go(known["task"])
    engineer.presses("Decide about the lot")
    engineer.page.wait_for_url(re.compile("/nonconformances/"))
    known["case"] = engineer.page.url
    in_dialog(engineer, "Decide", "Sign and carry out", for_all="RETURN", reason="Resistance too high",
              password=PASSWORD)
    engineer.sees("Returns to suppliers")
    in_dialog(engineer, "It left…", "Save", carrier="SF-1177")
    engineer.sees("SF-1177")
    engineer.check()


def test_the_supplier_answers_every_step_by_the_link(visit, known):
    engineer, stranger = visit("engineer"), visit()
    engineer.go(known["case"])
    engineer.presses("Ask the supplier")
    engineer.page.wait_for_url(re.compile("/supplier-requests/new/"))
    expect(engineer.page.locator("main [name=supplier]")).to_have_value(SUPPLIER)
    fill(engineer.page.locator("main"), language="en", email="quality@lanxin.example")
    engineer.presses("Ask the supplier")
    engineer.sees("Link for the supplier")
    link = engineer.page.locator("main code").inner_text()
    for place in range(4):
        stranger.go(link)
        fill(stranger.page.locator("main"), text=f"Answer {place}", author="Qian Wei")
        stranger.page.locator("input[type=file]").set_input_files(
            {"name": PROOF[0], "mimeType": "text/plain", "buffer": PROOF[1].encode()}
        )
        stranger.page.get_by_role("button", name="Send the answer").click()
        stranger.sees("Your answer is being judged")
        engineer.page.reload()
        in_dialog(engineer, "Judge the answer", "Tell the supplier", verdict="accept")
    engineer.sees("Closed")
    stranger.go(link)
    stranger.sees("Everything is accepted")


def test_the_scorecard_of_the_month_tells_of_it(visit, known):
    manager = visit("manager")
    manager.go(f"/quality/suppliers/{SUPPLIER}/")
    for figure, seen in (("ppm", known["lot"]), ("accepted", known["lot"])):
        manager.go(f"/quality/suppliers/{SUPPLIER}/records/{figure}/")
        row = manager.page.locator("main tbody tr[data-tone=failed]", has_text=seen)
        expect(row).to_have_count(1)
    manager.go("/quality/desk/")
    manager.sees(known["lot"])
