"""The process library and its deviations on the screen, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.models import Deviation, JobOrder
from mes.web import golden_shell
from plant import statements
from tests.factories import person
from tests.mes.golden_world import GOOD, HOT, Kiln, kiln
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db
WORDS = [("en", "Zone 3 too high: 260 °C"), ("zh-hans", "Zone 3偏高：260 °C")]
both = pytest.mark.parametrize(("language", "word"), WORDS)


def signed_in(language: str = "en", *roles: str) -> Client:
    client = Client()
    client.force_login(person("ME", *(roles or ("TEAM_LEADER", "QUALITY_ENGINEER")), language=language))
    return client


def hot(**window: object) -> tuple[Kiln, Deviation]:
    oven = kiln(reaction="MARK", **window)
    oven.arrive()
    return oven, oven.read([GOOD, HOT])[0]


@both
def test_deviation_page_says_what_happened_to_which_lots(language, word):
    oven, found = hot()
    page = signed_in(language).get(reverse("mes:deviation-detail", args=[found.pk])).content.decode()
    assert word in page
    assert oven.world.outputs[0].number in page


@both
def test_lot_page_shows_its_marks(language, word):
    oven, _found = hot()
    url = reverse("traceability:lot-detail", args=[oven.world.outputs[0].number]) + "measurements/"
    assert word in signed_in(language).get(url).content.decode()


def test_deviation_curve_has_its_window():
    _oven, found = hot()
    told = signed_in().get(reverse("mes:deviation-data", args=[found.pk])).json()
    assert [line["value"] for line in told["lines"]] == [250.0, 240.0, 230.0]
    assert [point["value"] for point in told["series"][0]["points"]] == [GOOD, HOT]


def test_deviation_is_taken_on_and_closed():
    _oven, found = hot()
    client = signed_in()
    client.post(reverse("mes:deviation-acknowledge", args=[found.pk]))
    refused = client.post(reverse("mes:deviation-close", args=[found.pk]), {"assignable_cause": "Fan"})
    client.post(reverse("mes:deviation-close", args=[found.pk]), {"assignable_cause": "Fan", "action_taken": "New fan"})
    assert (refused.status_code, Deviation.objects.get().status) == (422, "CLOSED")


@pytest.mark.parametrize("name", ["mes:golden-detail", "mes:golden-state"])
def test_library_shows_windows_and_live_values(name):
    oven, _found = hot(instruction="Look at the fan")
    page = signed_in().get(reverse(name, args=[oven.standard.segment_id])).content.decode()
    assert "230 … 250" in page


def test_unknown_numbers_say_so():
    client = signed_in()
    for name in ("mes:golden-detail", "mes:deviation-detail"):
        assert client.get(reverse(name, args=[999])).status_code in (404, 409)


def test_inbox_waits_for_the_role():
    hot()
    assert [item.group for item in golden_shell.waiting(person("TL", "TEAM_LEADER"))] == ["alarm"]
    assert golden_shell.waiting(person("VIEW", "VIEWER")) == []


def test_paused_order_says_why_in_words():
    hot(pauses=True)
    page = signed_in().get(reverse("mes:job-order-detail", args=[JobOrder.objects.get().number])).content.decode()
    assert "above its golden window up to 250" in page
    assert (statements.OPEN in page, MaterialLot.objects.filter(open_holds__gt=0).exists()) == (False, False)
