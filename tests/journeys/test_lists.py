"""A list in the browser: columns, views of one's own and for all, many rows at once, files of exactly those rows."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

LOTS = "/trace/lots/?status=AVAILABLE"


@pytest.fixture
def engineer(visit):
    visitor = visit("engineer")
    visitor.go(LOTS)
    return visitor


def heads(page):
    return [text.strip() for text in page.locator("#list thead th:not([data-mark])").all_inner_texts()]


def open_menu(page, name):
    page.locator(".list-tools summary").filter(has_text=name).click()


def test_columns_are_chosen_ordered_and_come_back(engineer):
    page = engineer.page
    usual = heads(page)
    open_menu(page, "Columns")
    engineer.check()
    page.locator("[data-order] li").nth(2).get_by_role("checkbox").uncheck()
    page.locator("[data-order] li").nth(1).get_by_role("button", name=re.compile("down")).click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#list thead th:not([data-mark])")).to_have_count(len(usual) - 1)
    assert usual[2] not in heads(page)

    page.goto("/trace/lots/")
    open_menu(page, "Columns")
    page.get_by_role("button", name="The usual ones").click()

    expect(page.locator("#list thead th:not([data-mark])")).to_have_count(len(usual))
    assert heads(page) == usual


def test_a_shared_view_is_everybodys_and_ones_own_is_not(visit, engineer):
    page = engineer.page
    for name, is_shared in (("Ready lots", True), ("Only mine", False)):
        page.goto(LOTS)
        open_menu(page, "Views")
        page.locator(".list-save [name=name]").fill(name)
        page.locator(".list-save [name=shared]").set_checked(is_shared)
        page.locator(".list-save button").click()
        expect(page.locator(".list-tools summary").first).to_contain_text(name)
    engineer.check()
    inspector = visit("inspector")
    inspector.go("/trace/lots/")
    open_menu(inspector.page, "Views")
    views = inspector.page.get_by_role("list", name="Views of this list")

    expect(views).to_contain_text("Ready lots")
    expect(views).not_to_contain_text("Only mine")
    views.get_by_role("link", name=re.compile("Ready lots")).click()
    expect(inspector.page.locator(".chips")).to_contain_text("Available")


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_a_file_tells_its_progress_and_holds_the_rows_of_the_list(engineer, kind):
    page = engineer.page
    count = int(re.sub(r"\D", "", page.locator(".list-count").inner_text()))
    open_menu(page, "Export")

    with page.expect_download() as download:
        page.locator(f"[data-export^={kind}]").click()

    expect(page.locator(".toast")).to_contain_text(f"{count} rows")
    if kind == "CSV":
        lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert len(list(csv.reader(lines))) == count + 1
    else:
        assert download.value.suggested_filename.endswith(".xlsx")


def test_many_rows_are_looked_at_before_anything_is_done(engineer):
    page = engineer.page
    boxes = page.locator("[name=row]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("[data-marked]")).to_contain_text("2")
    page.locator("#list-act").get_by_role("button", name="Place a hold").click()

    expect(page.locator("main")).to_contain_text("Nothing is done yet")
    engineer.check()
    page.get_by_role("link", name="Cancel").click()

    expect(page).to_have_url(re.compile("status=AVAILABLE"))
    expect(boxes.first).to_be_visible()
