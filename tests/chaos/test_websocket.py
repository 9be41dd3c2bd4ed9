"""A page that stands open all night: nothing is said for a while, and the line still holds."""

import json
import re
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from benchmarks.plant import Plant

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(360)]
IDLE = 17.0  # seconds; a blocking read of the channel layer once gave up after five (docs/decisions.md)


def sign_in(plant):
    """The session cookie of the engineer, and where this plant's websockets are."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    login = next(login for login in plant.facts["logins"] if login["number"] == "engineer")
    page = browser.open(f"{plant.url}/login/").read().decode()
    words = {
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1),
        "username": login["number"], "password": login["password"], "next": "/",
    }
    page = browser.open(f"{plant.url}/login/", urllib.parse.urlencode(words).encode()).read().decode()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), plant.env["LIVE_URL"]


def test_an_idle_websocket_stays_open_and_still_hears(system):
    plant = Plant(system.var)
    cookie, address = sign_in(plant)

    with connect(address, additional_headers={"Cookie": cookie}, origin=plant.url, ping_interval=None) as socket:
        socket.send(json.dumps({"subscribe": "wall.LINE-2"}))
        time.sleep(IDLE)
        plant.manage("shell", "-c", "from plant import live; live.push('wall.LINE-2', 'x', {}); live.outbox().join()")
        heard = listen(socket, "wall.LINE-2", seconds=10)

    assert heard["event"] == "x"


def listen(socket, topic, *, seconds):
    """The first message about a topic."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            message = json.loads(socket.recv(timeout=1))
        except TimeoutError:
            continue
        except ConnectionClosed as closed:
            raise AssertionError(f"the websocket was closed: {closed}") from closed
        if message.get("topic") == topic and message.get("event"):
            return message
    raise AssertionError(f"nothing about {topic} within {seconds:g} s")
