"""Wall screens: who may set one up, and that a closed address opens nothing."""

from datetime import timedelta

import pytest

from mes.commands import wall_screens
from mes.models import WallScreen
from mes.queries import wall_screens as screens
from plant.errors import Refusal
from plant.models import PersonPlace
from tests import factories as ground
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def create(boards=("LINE", "PLANT", "QUALITY"), role: str = "TEAM_LEADER", **more):
    fields = {"name": "Hall 2", "line": ground.line(), "seconds": 30, "language": "en", "at": NOW, **more}
    return wall_screens.create(boards=boards, by=ground.person(role[:4], role), **fields)


def test_create_tells_the_secret_once():
    screen, secret = create()

    assert secret not in str(WallScreen.objects.values().get())
    assert screens.by_secret(secret, NOW) == screen


def test_create_refuses_who_may_not_and_what_shows_nothing():
    for fields in ({"role": "OPERATOR"}, {"boards": ()}, {"expires_at": NOW}):
        with pytest.raises(Refusal):
            create(**fields)


def test_revoke_and_expiry_close_the_address():
    screen, secret = create()
    _other, until = create(expires_at=LATER)
    wall_screens.revoke(screen=screen, by=ground.person("TEAM"), at=NOW)

    found = [screens.by_secret(word, at) for word, at in ((secret, NOW), (until, LATER), ("x" * 43, NOW), ("", NOW))]
    assert found == [None] * 4


def test_renew_opens_the_new_address_only():
    screen, old = create()

    new = wall_screens.renew(screen=screen, by=ground.person("TEAM"), at=NOW)

    assert (screens.by_secret(old, NOW), screens.by_secret(new, NOW)) == (None, screen)


def test_renew_refuses_a_closed_screen():
    screen, _secret = create()
    wall_screens.revoke(screen=screen, by=ground.person("TEAM"), at=NOW)

    with pytest.raises(wall_screens.ScreenRefused):
        wall_screens.renew(screen=screen, by=ground.person("TEAM"), at=NOW)


def test_turn_shows_a_page_from_now_on():
    screen, _secret = create()
    turned = wall_screens.turn(screen=screen, page="quality", is_paused=False, at=LATER)
    found = screens.pages_of(turned)

    shown = [screens.place(turned, found, LATER + timedelta(seconds=after)).page.key for after in (0, 29, 30)]
    assert shown == ["quality", "quality", "line-LINE"]


def test_pages_of_a_whole_plant_show_every_line():
    ground.line("LINE2")
    screen, _secret = create(line=None, boards=("LINE", "QUALITY"))

    assert [page.key for page in screens.pages_of(screen)] == ["line-LINE", "line-LINE2", "quality"]


def test_seen_is_noted_once_a_minute():
    screen, _secret = create()
    for seconds in (0, 30, 90):
        wall_screens.seen(screen=screen, at=NOW + timedelta(seconds=seconds))
        screen.refresh_from_db()

    assert screen.seen_at == NOW + timedelta(seconds=90)


def test_who_works_at_some_lines_shows_no_whole_plant():
    leader = ground.person("TEAM", "TEAM_LEADER", site=ground.site(), language="en")
    PersonPlace.objects.create(person=leader, equipment=ground.line())

    with pytest.raises(wall_screens.ScreenRefused) as refused:
        create(line=None)
    assert (refused.value.code, WallScreen.objects.count()) == ("wall-screen-refused", 0)
