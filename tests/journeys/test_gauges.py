"""A gauge is found wrong: what it measured is reviewed, its lot waits, a station refuses it, a good gauge frees it."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import TABLET

PASSWORD = "zhizao-demo-2026"


def fill_dialog(person, submit, **words):
    dialog = person.page.locator("dialog[open]")
    for name, value in words.items():
        dialog.locator(f"[name={name}]").fill(value)
    dialog.get_by_role("button", name=submit).click()


def test_found_out_reviewed_inspected_again_and_let_go(visit):
    manager = visit("manager")
    manager.go("/quality/impact-reviews/")
    manager.page.locator("main tbody a").first.click()
    manager.sees("MIC-02")
    lot = manager.page.locator("main tbody a[href*='/trace/lots/']").first.inner_text().strip()
    manager.page.locator("[name=decision]").select_option("REINSPECT")
    manager.page.fill("main [name=reason]", "Twenty micrometres off")
    manager.presses("Decide of the chosen ones")
    again = manager.page.locator("main tbody td:last-child a[href*='/quality/inspections/']").first
    task = again.inner_text().strip()
    manager.check()
    manager.page.locator("main, header").get_by_role("button", name=re.compile("^Close")).first.click()
    fill_dialog(manager, "Sign and close", reason="Every measurement is decided", password=PASSWORD)
    manager.sees("Closed")

    tablet = visit(size=TABLET)
    tablet.sign_on("L1-PLACE", "operator")
    tablet.scan(lot, "refused")
    tablet.sees("is held")

    inspector = visit("inspector")
    inspector.go("/quality/inspections/day/")
    inspector.go(f"/quality/inspections/{task}/")
    for gauge, seen in (("MIC-02", "failed its calibration"), ("MIC-03", "Accepted")):
        inspector.page.fill("[name=gauge]:visible", gauge)
        for field in inspector.page.locator("form.form input[inputmode=decimal]").all():
            field.fill("1.602")
        inspector.presses("Record")
        inspector.sees(seen)
    inspector.presses("Decide by the results")
    expect(inspector.page.locator("h1")).to_contain_text(re.compile("Pass"))
