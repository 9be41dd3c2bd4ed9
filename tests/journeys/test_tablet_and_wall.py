"""The tablet without network and with a change of person; the screen on the wall, and the phone that steers it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import TABLET, WALL

STATION = "L2-AOI"
PHONE = (390, 844)
OVER = """() => {
  const page = document.documentElement;
  return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight];
}"""
LATER = "() => {{ const now = performance.now.bind(performance); performance.now = () => now() + {seconds} * 1000; }}"


@pytest.fixture
def tablet(visit):
    visitor = visit(size=TABLET)
    visitor.sign_on(STATION, "operator2")
    visitor.check()
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return visitor


def forgive_lost_network(visitor):
    """What Chromium says of requests that failed without a network is what this test is about."""
    lost = re.compile("net::ERR|Failed to fetch|WebSocket")
    visitor.errors[:] = [error for error in visitor.errors if not lost.search(error)]


def test_tablet_can_be_installed(tablet):
    session = tablet.context.new_cdp_session(tablet.page)

    faults = {fault["errorId"] for fault in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert faults <= {"in-incognito"}  # the window of a test is always a private one
    manifest = session.send("Page.getAppManifest")
    assert (manifest["errors"], '"/station/' in manifest["data"]) == ([], True)


def test_tablet_locks_and_keeps_the_person_on_the_books(tablet):
    page = tablet.page
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-on/"))
    expect(page.locator(".sign-on-who dd").first).to_have_text(re.compile("Zhao Min"))
    tablet.check()


@pytest.fixture
def screen(visit):
    """A screen on the wall, set up by the team leader and opened by nobody in particular."""
    leader = visit("leader")
    leader.go("/production/walls/screens/new/")
    leader.page.fill("[name=name]", "Hall 2")
    for board in ("LINE", "PLANT", "QUALITY"):
        leader.page.check(f"[name=boards][value={board}]")
    leader.page.select_option("main [name=line]", index=1)
    leader.page.select_option("main [name=language]", "en")
    leader.page.locator("main form button[type=submit]").first.click()
    address = leader.page.locator("p.mono").first.inner_text()
    leader.check()
    shown = visit(size=WALL)
    shown.go(address)
    return shown


def test_wall_obeys_the_phone_and_nobody_else(visit, screen):
    code = screen.page.locator("[data-wall-code]").get_attribute("src")
    assert screen.page.request.get(code).headers["content-type"] == "image/svg+xml"
    phone = visit(size=PHONE)
    phone.go(remote_address(screen))
    phone.page.get_by_role("button", name="Quality", exact=True).click()
    expect(screen.page.locator("[data-wall-title]")).to_have_text("Quality")
    phone.presses("Pause")
    expect(screen.page.locator("[data-wall-paused]")).to_be_visible()
    phone.presses("Next board")
    expect(screen.page.locator("[data-board=line]")).to_be_visible()


def remote_address(screen):
    """What the code on the screen says, made as the screen makes it."""
    said = screen.plant.manage("shell", "-c", SHELL)
    return said.stdout.strip().splitlines()[-1]


SHELL = """
from mes.models import WallScreen; from mes.web import remotes; from django.urls import reverse
one = WallScreen.objects.filter(revoked_at=None).latest("pk")
code = remotes.signing.dumps([one.pk, one.token_hash[:16]], salt=remotes.CODE_SALT)
print(reverse("screen:remote-enter", args=[code]))
"""


def test_wall_says_when_its_data_is_old(screen):
    screen.context.set_offline(True)
    fresh = screen.page.locator("[data-wall-fresh]")
    screen.page.evaluate(LATER.format(seconds=45))
    expect(fresh).to_have_attribute("data-level", "old")
    screen.page.evaluate(LATER.format(seconds=60))
    expect(fresh).to_have_attribute("data-level", "lost")
    expect(screen.page.locator("[data-wall-age-text]")).to_have_text("No new data")
    forgive_lost_network(screen)


@pytest.mark.parametrize("size", [WALL, (3840, 2160)])
def test_wall_fills_the_screen_without_scroll_bars_and_stands_still(screen, size):
    page = screen.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("""() => { window.shift = 0; new PerformanceObserver((list) => {
      for (const one of list.getEntries()) window.shift += one.value; }).observe({type: "layout-shift"}); }""")
    with page.expect_response(re.compile("/boards/")):
        page.evaluate("document.dispatchEvent(new CustomEvent('resync'))")
    page.wait_for_timeout(500)
    assert (page.evaluate(OVER), page.evaluate("window.shift")) == ([0, 0], 0)
