"""The pages of the controllers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from integrations.models import PlcState
from integrations.web import shell, status
from plant import search
from plant.models import Role
from tests import factories
from tests.integrations import factories as edge
from traceability.models import Quality

pytestmark = [pytest.mark.django_db]


@pytest.fixture(name="client")
def signed_in():
    client = Client()
    client.force_login(factories.person("ME", Role.MAINTENANCE, language="en"))
    return client


@pytest.mark.parametrize("state", PlcState)
def test_each_state_is_told_with_what_to_do(client, state):
    plc = edge.plc()
    edge.health(plc, state, timezone.now(), last_error="no route <b>")
    page = client.get(f"/integrations/plc/{plc.code}/").content.decode()

    assert str(state.label) in page
    assert ("no route &lt;b&gt;" in page, "<b>" in page) == (True, False)
    assert (status.standing(plc, timezone.now()).advice == "") == (state == PlcState.ONLINE)


def test_a_controller_of_which_the_poller_is_silent_is_not_called_online(client):
    edge.health(edge.plc(), PlcState.ONLINE, timezone.now() - timedelta(minutes=1))
    page = client.get("/integrations/plc/").content.decode()
    assert "No word from the poller" in page


def test_a_controller_without_health_and_one_that_is_off_are_listed(client):
    edge.plc("NEW")
    edge.plc("OFF", enabled=False)
    page = client.get("/integrations/plc/").content.decode()
    assert ("Not polled yet" in page, "Not polled<" in page.replace("\n", "")) == (True, True)


def test_the_list_takes_the_same_statements_for_one_and_for_many(client, django_assert_num_queries):
    now, viewer = timezone.now(), factories.person("V1", Role.VIEWER)
    edge.plc("P0")
    assert len(status.standings(viewer, now)) == 1  # which asks once how far the person sees
    with django_assert_num_queries(1):
        status.standings(viewer, now)
    for number in range(1, 5):
        edge.health(edge.plc(f"P{number}"), PlcState.ONLINE, now)
    with django_assert_num_queries(1):
        assert len(status.standings(viewer, now)) == 5


def test_registers_show_value_quality_and_unit(client):
    tag = edge.tag(edge.plc())
    edge.tag(tag.plc, "silent", 20)
    edge.reading(tag, 251.25, timezone.now(), Quality.OUT_OF_RANGE)
    page = client.get("/integrations/plc/PLC-1/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert ["251.250" in page, "°C" in page, "Out of range" in page, "No reading today" in page] == [True] * 4


def test_a_series_has_only_good_points(client):
    tag, now = edge.tag(edge.plc()), timezone.now()
    edge.reading(tag, 250.5, now)
    edge.reading(tag, 1.0, now - timedelta(seconds=1), Quality.BAD)
    told = client.get(f"/integrations/plc/tags/{tag.pk}/series.json").json()
    assert ([point["value"] for point in told["points"]], told["unit"]) == ([250.5], "°C")


def test_nobody_signed_in_sees_nothing():
    assert Client().get("/integrations/plc/").status_code == 302


def test_a_controller_is_found_by_its_code():
    edge.plc()
    hits = shell.find_plcs("PLC-1", factories.person("ME", Role.VIEWER))
    assert [(hit.title, hit.exact, hit.url) for hit in hits] == [("PLC-1", True, "/integrations/plc/PLC-1/")]
    assert shell.find_plcs in search._RESOLVERS


def test_the_card_of_the_home_page_tells_every_controller(client):
    edge.health(edge.plc(), PlcState.SILENT, timezone.now())
    assert "No answer" in client.get("/integrations/plc/panel/").content.decode()
