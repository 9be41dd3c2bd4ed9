"""The pages of OEE: figures, files, the events behind them, and explaining a stop from there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mes.commands import machines
from mes.models import StopReason
from mes.queries import calendars
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
DAYS = {"from": calendars.local_day(NOW).isoformat(), "to": calendars.local_day(NOW).isoformat()}


@pytest.fixture
def oven():
    factories.released()
    found = ground.station()
    for hours, state in ((0, "RUNNING"), (1, "ALARM"), (2, "RUNNING")):
        machines.observe_state(equipment=found, state=state, by=system("plc"), at=NOW + timedelta(hours=hours))
    return found


def signed_in(client, *roles):
    client.force_login(ground.person("P9", *roles, language="en"))
    return client


def test_overview_shows_figures_losses_and_who_is_silent(client, oven):
    page = signed_in(client, "VIEWER").get(reverse("mes:oee"), DAYS).content.decode()

    assert "Unexplained" in page
    assert "loss=UNEXPLAINED" in page
    assert "MOUNT, TEST" in page


def test_overview_says_what_to_do_where_nothing_is_known(client):
    page = signed_in(client, "VIEWER").get(reverse("mes:oee"), {"from": "x", "to": "9999-99-99"}).content.decode()

    assert "No machine reported anything on these days" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["mes:oee", "mes:oee-events"])
def test_both_pages_are_files_too(client, oven, name, kind):
    answer = signed_in(client, "VIEWER").get(reverse(name), {**DAYS, "format": kind})

    sent = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert sent.startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbf")


@pytest.mark.parametrize(("loss", "words"), [("", "Explain"), ("UNEXPLAINED", "Alarm"), ("GOOD", "What was made")])
def test_events_stand_behind_each_figure(client, oven, loss, words):
    page = signed_in(client, "OPERATOR").get(reverse("mes:oee-events"), {**DAYS, "loss": loss}).content.decode()

    assert words in page


def test_a_stop_is_explained_from_its_row(client, oven):
    reason, begin = factories.reason("DOWNTIME"), NOW + timedelta(hours=1)
    where = signed_in(client, "TEAM_LEADER")
    form = where.get(reverse("mes:oee-station", args=["OVEN"]), {**DAYS, "begin": begin.isoformat()})
    sent = {"reason": reason.pk, "from_at": begin.isoformat(), "to_at": (begin + timedelta(minutes=30)).isoformat()}

    answer = where.post(reverse("mes:oee-explain", args=["OVEN"]), sent)

    assert "Why did the machine stand?" in form.content.decode()
    assert answer.status_code == 302
    assert StopReason.objects.get().reason == reason


def test_a_refused_word_opens_its_dialog_again(client, oven):
    reason = factories.reason("DOWNTIME")
    sent = {"reason": reason.pk, "from_at": NOW.isoformat(), "to_at": (NOW + timedelta(minutes=30)).isoformat()}

    answer = signed_in(client, "TEAM_LEADER").post(reverse("mes:oee-explain", args=["OVEN"]), sent)

    assert answer.status_code == 409
    assert "ran all this time" in answer.content.decode()


def test_a_viewer_does_not_explain(client, oven):
    answer = signed_in(client, "VIEWER").post(reverse("mes:oee-explain", args=["OVEN"]), {})

    assert answer.status_code == 403
