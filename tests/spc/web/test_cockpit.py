"""The wall of all charts: the worst first, narrowed by its address, in a fixed number of statements."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plant.models import Role
from spc.commands import counts, standings
from spc.models import ControlChart, Standing
from spc.queries import chart_lines, charts, cockpit, newest
from spc.queries.counts import Sample
from tests.factories import NOW
from tests.qms.factories import characteristic
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.queries.readings import Point

pytestmark = pytest.mark.django_db
TILE = re.compile(r'id="tile-(\d+)" data-tone="(\w+)"')


def tiles(**asked: str) -> list[tuple[str, str]]:
    """(code, tone) of each tile in order."""
    codes = dict(ControlChart.objects.values_list("pk", "code"))
    page = signed_in(Role.QUALITY_ENGINEER).get(reverse("spc:cockpit"), asked).content.decode()
    return [(codes[int(pk)], tone) for pk, tone in TILE.findall(page)]


def test_out_of_control_comes_first_and_no_limits_before_calm():
    factories.read(factories.chart("CALM"), calm(40))
    factories.chart("NEW", limited=False)
    factories.read(factories.chart("WILD"), [*calm(40), 250.0])
    assert [code for code, _tone in tiles()] == ["WILD", "CALM", "NEW"]
    assert tiles()[0] == ("WILD", "failed")


def test_the_address_narrows_the_wall():
    factories.read(factories.chart("CALM"), calm(40))
    factories.read(factories.chart("WILD"), [*calm(40), 250.0])
    assert tiles(state="OUT_OF_CONTROL") == [("WILD", "failed")]
    assert [code for code, _tone in tiles(q="calm")] == ["CALM"]
    assert tiles(line="NOWHERE") == []
    assert len(tiles(state="NONSENSE")) == 2


def test_the_wall_asks_as_often_for_many_charts_as_for_one():
    client = signed_in(Role.QUALITY_ENGINEER)
    factories.read(factories.chart("C0"), [*calm(40), 244.0])
    client.get(reverse("spc:cockpit"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("spc:cockpit"))
    for number in range(1, 9):
        factories.read(factories.chart(f"C{number}"), [*calm(40), 244.0])
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("spc:cockpit"))
    assert len(one) == len(many)


def test_a_long_wall_has_pages(monkeypatch):
    monkeypatch.setattr("spc.queries.cockpit.PAGE", 2)
    for number in range(3):
        factories.chart(f"C{number}")
    assert [code for code, _tone in tiles()] == ["C0", "C1"]
    assert [code for code, _tone in tiles(page="2")] == ["C2"]


def test_a_standing_says_how_capable_the_newest_readings_are():
    of = characteristic("ZONE3")
    type(of).objects.filter(pk=of.pk).update(lower=234.0, upper=249.0)
    chart = factories.chart()
    factories.read(chart, [*calm(40), 250.0])
    assert standings.rate(at=NOW) == 1
    found = Standing.objects.get(chart=chart)
    mean = (sum(calm(40)) + 250.0) / 41
    assert (found.points, found.flagged, found.grade) == (41, 1, "A2")
    assert found.cpk == pytest.approx(min(mean - 234.0, 249.0 - mean) / 3)


def test_few_readings_have_no_index():
    factories.read(factories.chart(), calm(10))
    standings.rate(at=NOW)
    assert list(Standing.objects.values_list("points", "cpk", "ppk")) == [(10, None, None)]


def test_a_tile_draws_the_samples_that_its_chart_takes():
    sampled = factories.chart("SAMPLED", sampling="TIME", every_seconds=60)
    factories.read(sampled, [241.0 if n % 60 == 0 else 240.0 for n in range(600)])
    [tile] = cockpit.tiles(charts.related(), NOW)
    assert 0 < tile.spark.line.count("L") < 12
    assert len(set(re.findall(r"[ML][\d.]+ ([\d.]+)", tile.spark.line))) == 1


def test_a_standing_rests_on_the_samples_that_its_chart_takes():
    sampled = factories.chart("SAMPLED", sampling="TIME", every_seconds=10)
    factories.read(sampled, [242.0 + 0.1 * (n % 20) if n % 10 == 0 else 100.0 for n in range(600)])
    standings.rate(at=NOW)
    assert 55 <= sampled.standing.points <= 60
    assert sampled.standing.cpk > 0


def test_a_tile_of_a_chart_that_remembers_goes_on_from_what_was_kept():
    chart = factories.chart("EWMA", kind="EWMA")
    factories.read(chart, calm(200))
    tail = [Point(at(n), n, value, 0) for n, value in enumerate(calm(200))][-cockpit.POINTS :]
    chart = charts.related().get()
    drawn = newest.points([chart], {chart.stream_id: tail}, cockpit.POINTS)[chart.pk]
    whole = chart_lines.load(chart, at(0), at(200))
    assert drawn.values.tolist() == pytest.approx(whole.points.values[-cockpit.POINTS :].tolist())
    assert drawn.band == pytest.approx((whole.lines.lower[-1], whole.lines.upper[-1]))


@pytest.mark.parametrize(("kind", "told"), [("P", (8.0, "%")), ("U", (0.08, "")), ("NP", (4.0, ""))])
def test_a_tile_of_counts_tells_what_its_chart_draws(kind, told):
    chart = factories.chart(limited=False, kind=kind)
    counts.record(stream=chart.stream, samples=[Sample(at(0), 0, 4, 50)], by=factories.by(), at=NOW)
    chart.stream.refresh_from_db()

    (tile,) = cockpit.tiles([chart], NOW)

    assert (round(tile.last, 6), tile.unit) == told
