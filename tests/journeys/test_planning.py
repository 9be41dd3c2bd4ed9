"""From a risk to the floor: a chain is written, the plan that watches it is signed, and the floor works by it."""

import re

from playwright.sync_api import expect

from demo.data.ground import PASSWORD

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const about = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", about));
}"""
ROWS = (
    "REFLOW\tMelt the solder\tJoint breaks\t8\tCold joint\tZone 3 too cold\tRecipe\t4\tChart\t6\n"
    "SCREW\tSix screws\tHousing opens\t8\tScrew loose\tBit worn\tBit changed\t5\tChart\t7"
)


def cell(visitor, row, column):
    place = f"tbody tr[data-key]:nth-of-type({row}) td[data-col={column}]"
    return visitor.page.locator(f"{place} textarea, {place} input, {place} select")


def test_an_engineer_writes_rows_by_keyboard_and_pastes_from_a_spreadsheet(visit):
    engineer = visit("engineer")
    engineer.go("/quality/fmeas/new/?code=PF-NEW&name=New&material=CB-200")
    engineer.page.get_by_role("button", name="Begin").click()
    engineer.page.get_by_role("button", name="New row").click()
    engineer.page.evaluate(PASTE, ROWS)
    expect(engineer.page.locator("tr[data-state=saved]")).to_have_count(2)
    expect(engineer.page.locator("tbody tr[data-key]").nth(1)).to_contain_text("H · High")

    cell(engineer, 2, "mode").press("Enter")
    engineer.page.keyboard.type("Screw missing")
    engineer.page.keyboard.press("Shift+Enter")
    expect(engineer.page.locator("tr[data-state=saved]")).to_have_count(3)
    engineer.page.reload()
    expect(cell(engineer, 3, "mode")).to_have_value("Screw missing")
    engineer.check()


def test_two_on_one_row_are_told_and_nothing_is_lost(visit):
    one, other = visit("engineer"), visit("manager")
    one.go("/quality/fmeas/?q=PF-NEW")
    one.page.get_by_role("link", name="PF-NEW / 1").first.click()
    other.go(re.sub("^https?://[^/]+", "", one.page.url))
    cell(one, 1, "cause").fill("Blower stands")
    cell(one, 1, "cause").press("Enter")
    expect(one.page.locator("tr[data-state=saved]")).to_have_count(1)

    cell(other, 1, "cause").fill("Thermocouple ages")
    cell(other, 1, "cause").press("Enter")
    conflict = other.page.locator("tr.sheet-conflict")
    expect(conflict).to_contain_text("Blower stands")
    expect(conflict).to_contain_text("Thermocouple ages")
    conflict.get_by_role("button", name="Keep mine").click()
    expect(other.page.locator("tr[data-state=saved]")).to_have_count(1)
    one.page.reload()
    expect(cell(one, 1, "cause")).to_have_value("Thermocouple ages")


def test_the_manager_sees_what_changes_on_the_floor_before_signing_and_the_floor_changes(visit):
    manager = visit("manager")
    manager.go("/quality/control-plans/?q=CP-CB-100&status=REVIEW")
    manager.page.get_by_role("link", name="CP-CB-100 / 2").first.click()
    floor = manager.page.locator("#floor")
    expect(floor).to_contain_text("Operator checks")
    expect(floor.get_by_role("row", name=re.compile("Added.*AOI"))).to_have_count(2)  # the check, and its reaction
    expect(floor).to_contain_text("go on unchanged")
    manager.check()

    manager.page.get_by_role("button", name="Approve").first.click()
    dialog = manager.page.locator("dialog[open]")
    dialog.locator("[name=reason]").fill("Scratches must not go on")
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign and approve").click()
    manager.sees("The plan is effective")

    row = manager.page.locator("tbody tr[data-key]").filter(has_text="First piece of the work order")
    row.locator("th a").click()
    manager.sees("Where this comes from")
    manager.sees("Scratch not seen")
    manager.sees("Look of the board")
    manager.sees("R-CB-100 / 1 AOI")


def test_a_gate_waits_for_what_is_missing(visit):
    manager = visit("manager")
    manager.go("/quality/apqp/")
    manager.page.get_by_role("link", name=re.compile("AP00")).first.click()
    manager.sees("Gate passed")
    expect(manager.page.get_by_role("button", name="Sign the gate").first).to_have_attribute(
        "data-why", re.compile("waits for"))
    manager.check()
