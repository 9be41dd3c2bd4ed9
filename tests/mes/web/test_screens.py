"""Wall screens without a login: their boards, the state that they ask for, and the phone that steers them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mes.commands import wall_screens
from mes.models import WallScreen
from mes.web import remotes
from tests import factories as ground
from tests.mes import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    factories.world()
    return wall_screens.create(
        name="Hall", boards=["LINE", "PLANT", "QUALITY"], line=ground.line(), seconds=30, language="zh-hans",
        by=ground.person("L", "TEAM_LEADER"), at=timezone.now(),
    )


def enter(client, screen: WallScreen):
    code = remotes.signing.dumps([screen.pk, screen.token_hash[:16]], salt=remotes.CODE_SALT)
    return client.get(reverse("screen:remote-enter", args=[code]))


def test_screen_opens_without_a_login_in_its_own_language(client, made):
    secret = made[1]
    page = client.get(reverse("screen:show", args=[secret]))
    boards = [client.get(reverse("screen:board", args=[secret, key])) for key in ("line-LINE", "plant", "quality")]

    assert [page.status_code, *(board.status_code for board in boards)] == [200] * 4
    assert 'lang="zh-Hans"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_screen_opens_nothing_else(client, made):
    secret = made[1]
    urls = [reverse("screen:board", args=[secret, "line-OTHER"]), reverse("screen:show", args=["x" * 43])]

    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert client.get(reverse("mes:wall-list")).status_code == 302


def test_closed_screen_opens_nothing(client, made):
    screen, secret = made
    wall_screens.revoke(screen=screen, by=ground.person("L"), at=timezone.now())

    names = ("show", "state", "remote-code")
    assert [client.get(reverse(f"screen:{name}", args=[secret])).status_code for name in names] == [404] * 3


def test_state_tells_the_page_and_shows_that_the_screen_lives(client, made):
    state = client.get(reverse("screen:state", args=[made[1]])).json()

    assert (state["page"], state["is_paused"], 0 < state["seconds_left"] <= 30) == ("line-LINE", False, True)
    assert WallScreen.objects.get().seen_at is not None


def test_remote_steers_after_scanning_the_code(client, made):
    screen, secret = made
    assert enter(client, screen).url == reverse("screen:remote")

    for act in ("quality", "pause", "next"):
        assert client.post(reverse("screen:remote-turn"), {"act": act}).status_code == 302

    state = client.get(reverse("screen:state", args=[secret])).json()
    assert (state["page"], state["is_paused"], state["seconds_left"]) == ("line-LINE", True, None)


def test_remote_without_the_code_steers_nothing(client, made):
    assert client.post(reverse("screen:remote-turn"), {"act": "next"}).status_code == 403
    assert client.get(reverse("screen:remote-enter", args=["forged"])).status_code == 403


def test_code_on_the_screen_is_short_lived(client, made, monkeypatch):
    screen = made[0]
    later = timezone.now() + timedelta(seconds=remotes.CODE_SECONDS + 5)
    code = remotes.signing.dumps([screen.pk, screen.token_hash[:16]], salt=remotes.CODE_SALT)
    monkeypatch.setattr("time.time", later.timestamp)

    assert client.get(reverse("screen:remote-enter", args=[code])).status_code == 403


def test_new_address_ends_old_remotes(client, made):
    screen = made[0]
    enter(client, screen)
    wall_screens.renew(screen=screen, by=ground.person("L"), at=timezone.now())

    assert client.get(reverse("screen:remote")).status_code == 403


def test_list_shows_the_address_once(client):
    client.force_login(ground.person("L", "TEAM_LEADER"))
    ground.site()
    form = {"name": "Hall", "boards": ["PLANT"], "seconds": 20, "language": "en"}

    client.post(reverse("mes:wall-screen-create"), form)
    first, second = (client.get(reverse("mes:wall-list")).content.decode() for _ in range(2))

    assert (len(re.findall(r"/wall/[\w-]{43}/", first)) >= 1, re.findall(r"/wall/[\w-]{43}/", second)) == (True, [])


@pytest.mark.parametrize("name", ["renew", "revoke"])
def test_acts_on_a_screen_need_the_right(client, made, name):
    client.force_login(ground.person("V", "VIEWER"))

    assert client.post(reverse(f"mes:wall-screen-{name}", args=[made[0].pk])).status_code == 403
