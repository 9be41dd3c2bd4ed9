"""A wall screen in a real browser that notes when each number first stood on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from benchmarks.plant import Plant
from ops import browser as finding

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
WALL = "/production/walls/LINE-1/"
# The first time each number is in the page's text, on the clock that the database uses too.
WATCH = """
() => {
  window.firstSeen = {};
  const look = () => {
    for (const [word] of document.body.innerText.matchAll(/[A-Z]{2,}-?\\d{3,}/g)) {
      window.firstSeen[word] ??= Date.now() / 1000;
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
}
"""


class Wall:
    """The open wall screen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def seen_at(self, number: str, *, within: float) -> float | None:
        """When the number was first to be read (seconds since 1970); None if it was not within so long."""
        try:
            self._page.wait_for_function("number => number in window.firstSeen", arg=number, timeout=1000 * within)
        except TooLate:
            return None
        return self._page.evaluate("number => window.firstSeen[number]", number)


@contextmanager
def wall(plant: Plant) -> Iterator[Wall]:
    """Sign in and open the wall of line 1."""
    path = finding.chromium()
    if path is None or not Path(path).exists():
        raise FileNotFoundError(finding.MISSING)
    login = next(login for login in plant.facts["logins"] if login["number"] == "engineer")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = chromium.new_page(base_url=plant.url, viewport={"width": 1920, "height": 1080})
        page.goto("/login/")
        page.fill("[name=username]", login["number"])
        page.fill("[name=password]", login["password"])
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(WALL, wait_until="load")
        page.evaluate(WATCH)
        yield Wall(page)
        chromium.close()
