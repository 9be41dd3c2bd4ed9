"""Takes the pictures of the documentation from a running demonstration: `python docs/make_images.py var/demo.json`."""

import json
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
SIZE = {"width": 1280, "height": 800}
TABLET = {"width": 1024, "height": 768}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
COLOURS = 128
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
FOLDERS = {"en": IMAGES, "zh-hans": IMAGES / "zh"}
# Name of the picture, who looks, at which page, and what must stand there first.
PICTURES = [
    ("home", "manager", "/", "#waiting"),
    ("dispatch", "planner", "/production/dispatch/", "main"),
    ("wall", "viewer", "/production/walls/LINE-1/", "main"),
    ("inspections", "inspector", "/quality/inspections/", "main"),
    ("lots", "warehouse", "/trace/lots/", "main"),
    ("equipment", "maintenance", "/trace/equipment/", "main"),
    ("people", "admin", "/people/", "main"),
    ("controllers", "integrator", "/integrations/plc/", "main"),
    ("control-chart", "engineer", "/spc/charts/ZONE3-1/", "[data-chart=control] canvas"),
]


def main(handbill: str, query: str = "") -> None:
    """The pictures of the guides in both languages; a query such as ?from=…&to=… chooses the stretch of the chart."""
    facts = json.loads(Path(handbill).read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for language in LANGUAGES:
            FOLDERS[language].mkdir(exist_ok=True)
            for name, number, path, awaited in PICTURES:
                page = window(browser, facts, language, SIZE)
                sign_in(page, login(facts, number), language)
                page.goto(path + (query if name == "control-chart" else ""))
                photograph(page, FOLDERS[language] / name, awaited)
                page.context.close()
            work_at_a_station(window(browser, facts, language, TABLET), facts, language)
        browser.close()


def work_at_a_station(page: Page, facts: dict, language: str) -> None:
    """What an operator sees: signing on, a scan that is accepted, and one that is refused."""
    story, who, folder = facts["scenario"], login(facts, "operator"), FOLDERS[language]
    page.goto(f"/station/{story['station']}/sign-on/")
    photograph(page, folder / "sign-on", "[name=badge]")
    page.fill("[name=badge]", who["badge"])
    page.fill("[name=pin]", who["pin"])
    page.locator("main form button[type=submit]").click()
    page.locator("[data-scan]").wait_for()
    choose(page, "/i18n/setlang/", {"language": language})
    page.reload()
    for name, code in (("scan-accepted", story["job_order"]), ("scan-refused", story["in_the_oven"][0])):
        page.locator("[data-scan][data-hears]").wait_for()
        page.fill(".scan-form input", code)
        page.locator(".scan-form button[type=submit]").click()
        photograph(page, folder / name, f"[data-scan-result][data-state={name.removeprefix('scan-')}]")


def login(facts: dict, number: str) -> dict[str, str]:
    """Somebody of the demonstration; whoever is not there is stood in for by the quality engineer."""
    known = {one["number"]: one for one in facts["logins"]}
    return known.get(number, known["engineer"])


def window(browser: Browser, facts: dict, language: str, size: dict) -> Page:
    """A window of its own for each person."""
    return browser.new_context(
        base_url=facts["url"], locale=LANGUAGES[language], viewport=size, color_scheme="light"
    ).new_page()


def sign_in(page: Page, who: dict[str, str], language: str) -> None:
    """Number and password, then the language and no first walk."""
    page.goto("/login/")
    page.fill("[name=username]", who["number"])
    page.fill("[name=password]", who["password"])
    page.locator("form button[type=submit][data-kind=primary]").click()
    page.wait_for_load_state()
    choose(page, "/i18n/setlang/", {"language": language})
    choose(page, "/preferences/", {"name": "tour", "value": "seen"})


def choose(page: Page, url: str, values: dict[str, str]) -> None:
    """Send one of the person's own choices, as the menu of the page does."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    page.request.post(url, form=values, headers={"X-CSRFToken": token, "Referer": page.url})


def photograph(page: Page, path: Path, awaited: str) -> None:
    """Wait until it stands still, then keep it with few colours: such a picture is small."""
    page.locator(awaited).first.wait_for()
    page.wait_for_timeout(2000)  # the first drawing of a chart moves
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
