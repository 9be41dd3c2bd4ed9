"""What helps at any page: palette, keys, star, help, scans into fields, drafts, a warning before leaving, conflicts."""

import re

import pytest
from playwright.sync_api import expect

LOT_LIST = re.compile("/trace/lots/$")


@pytest.fixture
def engineer(visit):
    return visit("engineer")


SCAN = """code => [...code, "Enter"].forEach((key) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""


def scan(page, code):
    """As fast as a scanner types, however busy the machine is."""
    page.evaluate(SCAN, code)


def test_the_palette_goes_to_a_page_and_to_a_lot(engineer, plant):
    page, lot = engineer.page, plant.facts["scenario"]["raw_lot"]
    page.keyboard.press("Control+k")
    page.keyboard.type("control ch")
    expect(page.locator("#palette-list [aria-selected=true]")).to_contain_text("Control charts")
    engineer.check()
    page.locator("#palette input").fill(lot)
    expect(page.locator("#palette-list [aria-selected=true]")).to_contain_text(lot)

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"/trace/lots/{lot}/"))
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-list li").first).to_contain_text(lot)


def test_keys_open_pages_and_do_nothing_while_typing(engineer):
    page = engineer.page
    page.locator("#search").press_sequentially("gl?n", delay=200)
    expect(page.locator("#search")).to_have_value("gl?n")
    expect(page.locator("#keys")).not_to_be_visible()
    page.locator("h1").first.click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    engineer.check()
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)

    page.keyboard.press("g")
    page.wait_for_timeout(400)  # slower than a scanner
    page.keyboard.press("l")

    expect(page).to_have_url(LOT_LIST)


def test_a_scanner_is_no_shortcut(engineer, plant):
    lot = plant.facts["scenario"]["raw_lot"]
    engineer.go("/trace/lots/")

    scan(engineer.page, lot)

    expect(engineer.page).to_have_url(re.compile(f"/trace/lots/{lot}/"))


def test_help_star_and_choices(engineer):
    page = engineer.page
    engineer.go("/production/wip/")
    page.get_by_role("button", name="Help", exact=True).click()
    expect(page.locator("#help")).to_contain_text("bottleneck")
    engineer.check()
    page.keyboard.press("Escape")
    page.locator("[data-star]").click()
    expect(page.locator("[data-star]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-me] summary").click()
    with page.expect_response("**/preferences/"):
        page.locator("[data-set-theme=dark]").click()

    page.context.clear_cookies(name="theme")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[data-starred]")).to_contain_text("Work in process")


def test_a_scan_fills_the_code_field_and_is_checked(engineer):
    page = engineer.page
    engineer.go("/trace/holds/place/")
    page.locator("[name=target]").fill("old")
    page.locator("[name=target]").focus()

    scan(page, "NO-SUCH-LOT")

    expect(page.locator("[name=target]")).to_have_value("NO-SUCH-LOT")
    expect(page.locator("[name=target]")).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile("/trace/holds/place/$"))
    engineer.check()


def test_a_half_filled_form_warns_and_comes_back(engineer):
    page, asked = engineer.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    engineer.go("/trace/holds/place/")
    page.locator("[name=reason]").click()
    page.keyboard.type("scratched", delay=60)
    page.goto("/")
    assert asked == ["beforeunload"]

    engineer.go("/trace/holds/place/")
    page.get_by_role("button", name="Go on with it").click()

    expect(page.locator("[name=reason]")).to_have_value("scratched")


def give(person, owner):
    person.presses("Give to somebody")
    dialog = person.page.locator("dialog[open]")
    dialog.locator("[name=owner]").select_option(owner)
    dialog.get_by_role("button", name="Assign").click()


def test_whoever_saves_second_sees_both_and_chooses(visit):
    first, second = visit("engineer"), visit("manager")
    first.go("/quality/nonconformances/report/")
    first.page.locator("[name=title]").fill("Scratches")
    first.page.locator("[name=equipment]").select_option(index=1)
    first.page.get_by_role("button", name="Report and hold").click()
    expect(first.page.locator("h1")).to_contain_text("Scratches")
    second.go(first.page.url)

    give(first, "engineer")
    expect(first.page.locator(".toast")).to_contain_text("Assigned")
    give(second, "manager")

    conflict = second.page.locator("dialog[open] .conflict")
    expect(conflict).to_contain_text("Somebody changed this")
    second.check()
    conflict.get_by_label("Theirs").check()
    second.page.locator("dialog[open]").get_by_role("button", name="Assign").click()
    expect(second.page.locator(".toast")).to_contain_text("Assigned")


@pytest.mark.parametrize(("language", "empty"), [("zh", "年-月-日 时:分"), ("en", "yyyy-mm-dd hh:mm")])
def test_a_date_reads_in_the_language_of_the_page(visit, language, empty):
    planner = visit("planner", language=language)
    planner.go("/production/orders/new/")
    due = planner.page.locator("main [name=due_at]")
    expect(due).to_have_attribute("data-shown", empty)
    due.fill("2026-12-01T08:30")
    expect(due).to_have_attribute("data-shown", "2026-12-01 08:30")
