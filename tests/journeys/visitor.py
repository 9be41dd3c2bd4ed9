"""Somebody with a browser window, who notices console errors and pages that can't be used without a mouse."""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.system import System

AXE = "/static/vendor/axe.js"  # from npm, served like any other file, so that the content policy stays on
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
DESK, TABLET, WALL = (1440, 900), (1024, 768), (1920, 1080)
SETTLED = """() => Promise.allSettled(document.getAnimations().filter(
    (one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished))"""
REFUSED = re.compile(r"status of 40[09]|status of 422")  # a refusal is an answer, and Chromium logs it as an error


class Visitor:
    """One person, one window."""

    def __init__(
        self, plant: System, chromium: Browser, *, language: str = "en", size: tuple[int, int] = DESK,
        scheme: str = "light",
    ) -> None:
        self.plant = plant
        self.language = language
        self.errors: list[str] = []
        locale = {"en": "en-GB", "zh": "zh-CN"}[language]
        self.context = chromium.new_context(
            base_url=plant.url, locale=locale, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(f"{self.page.url}: {error}"))

    def sign_in(self, number: str) -> None:
        """Number and password, as in demo.json; then the language of this visit."""
        login = next(login for login in self.plant.facts["logins"] if login["number"] == number)
        self.go("/login/")
        self.page.fill("[name=username]", login["number"])
        self.page.fill("[name=password]", login["password"])
        self.page.locator("form button[type=submit][data-kind=primary]").click()
        expect(self.page).not_to_have_url(re.compile("/login/"))
        self.speak()

    def sign_on(self, station: str, number: str) -> None:
        """Badge and PIN at a station's tablet."""
        login = next(login for login in self.plant.facts["logins"] if login["number"] == number)
        self.go(f"/station/{station}/sign-on/")
        self.page.fill("[name=badge]", login["badge"])
        self.page.fill("[name=pin]", login["pin"])
        self.page.locator("main form button[type=submit]").click()
        expect(self.page.locator("form[data-lock]")).to_be_visible()
        self.speak()

    def speak(self) -> None:
        """Choose this visit's language, as the person would in the top bar."""
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        code = {"en": "en", "zh": "zh-hans"}[self.language]
        headers = {"X-CSRFToken": token, "Referer": self.page.url}
        answer = self.page.request.post("/i18n/setlang/", form={"language": code}, headers=headers)
        assert answer.ok, answer.status
        self.page.reload()

    def scan(self, code: str, outcome: str) -> None:
        """Scan like a keyboard wedge once the page hears it, and wait for the verdict: accepted, warning or refused."""
        expect(self.page.locator("[data-scan][data-hears]")).to_be_visible()
        self.page.keyboard.type(code, delay=5)
        self.page.keyboard.press("Enter")
        result = self.page.locator("[data-scan-result]")
        expect(result.locator("[data-scan-code]")).to_have_text(code)
        expect(result).to_have_attribute("data-state", outcome)

    def go(self, path: str) -> None:
        """Open a page and look whether anybody could use it."""
        self.page.goto(path)
        self.check()

    def check(self) -> None:
        """Note every accessibility fault that axe can find (WCAG 2.1 A and AA); the visit fails for it at its end."""
        self.page.wait_for_load_state()
        self.page.evaluate(SETTLED)
        self.errors += [f"{self.page.url}: {fault}" for fault in axe(self.page)]

    def sees(self, text: str | re.Pattern[str], *, seconds: float = 10) -> None:
        """The text stands on the page, now or soon."""
        expect(self.page.locator("body")).to_contain_text(text, timeout=seconds * 1000)

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press the button or follow the link with this name."""
        both = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        both.first.click()

    def leave(self) -> None:
        self.context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED.search(message.text):
            self.errors.append(f"{self.page.url}: {message.text} {message.location.get('url', '')}".rstrip())


def axe(page: Page) -> list[dict[str, Any]]:
    """What axe-core objects to, in few words."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(url=AXE)
    run = "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
    violations = page.evaluate(run)["violations"]
    return [
        {"rule": one["id"], "where": [node["target"] for node in one["nodes"][:3]], "help": one["help"]}
        for one in violations
    ]
