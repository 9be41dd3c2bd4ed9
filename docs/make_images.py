"""Takes the pictures of the documentation from a running demonstration: `python docs/make_images.py var/demo.json`."""

import json
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
SIZE = {"width": 1440, "height": 900}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(handbill: str, query: str = "") -> None:
    """Sign in as the quality engineer and photograph the chart that is out of control."""
    facts = json.loads(Path(handbill).read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(base_url=facts["url"], locale="en-GB", viewport=SIZE, color_scheme="light")
        page = context.new_page()
        sign_in(page, next(login for login in facts["logins"] if login["number"] == "engineer"))
        control_chart(page, query)
        browser.close()


def sign_in(page: Page, login: dict[str, str]) -> None:
    """Number and password, then English."""
    page.goto("/login/")
    page.fill("[name=username]", login["number"])
    page.fill("[name=password]", login["password"])
    page.locator("form button[type=submit][data-kind=primary]").click()
    page.wait_for_load_state()
    if not page.evaluate("document.documentElement.lang").startswith("en"):
        page.locator("details:has([name=language]) summary").click()
        page.locator("[name=language][value=en]").click()
        page.wait_for_load_state()


def control_chart(page: Page, query: str) -> None:
    """The chart that the drift takes out of control; a query such as ?from=…&to=… chooses the stretch."""
    page.goto(f"/spc/charts/ZONE3-1/{query}")
    page.locator("[data-chart=control] canvas").first.wait_for()
    page.wait_for_timeout(2000)  # the first drawing moves
    page.screenshot(path=IMAGES / "control-chart.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
