"""Reports and inspections become counted samples of a chart, each once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import counting
from spc.commands import limits
from spc.models import CountFeed, SampleSize
from spc.queries import chart_lines
from tests.factories import NOW
from tests.mes import factories
from tests.mes.commands.test_reports import report, started
from tests.qms.factories import characteristic, engineer
from tests.spc.factories import by, chart
from traceability.models import Reading, Stream

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def feed(world, **fields):
    """A stream that counts the bad pieces of the mounting station."""
    wanted = {"parameter": characteristic().parameter, "equipment": world.stations["MOUNT"]}
    stream = Stream.objects.create(code="MOUNT.SCRAP", **wanted)
    return CountFeed.objects.create(
        stream=stream, of="REPORTS", counts_from=NOW - timedelta(hours=3), **{"per": "EACH", **fields}
    )


def counted(feed):
    return counting.count(feed=feed, by=by(), at=LATER)


def test_each_report_is_one_sample_once():
    world = started()
    source = feed(world)
    report(world, good=3, scrap=1, reason=factories.reason())
    report(world, good=1)
    assert counted(source) == 2
    assert counted(source) == 0
    assert sorted(Reading.objects.values_list("value", flat=True)) == [0.0, 1.0]
    assert sorted(SampleSize.objects.values_list("size", flat=True)) == [1.0, 4.0]


def test_reports_of_an_interval_are_one_sample_when_it_is_over():
    world = started()
    source = feed(world, per="TIME", every_minutes=60)
    report(world, good=3, scrap=1, reason=factories.reason())
    report(world, good=1)
    assert counting.count(feed=source, by=by(), at=NOW) == 0
    assert counted(source) == 1
    assert list(SampleSize.objects.values_list("size", flat=True)) == [5.0]


def test_a_share_beyond_its_limit_is_found_on_the_chart():
    world = started()
    source = feed(world)
    share = chart("SCRAP", stream=source.stream, kind="P", limited=False)
    known = {"reason": "Known", "by": engineer(), "at": NOW, "valid_from": NOW - timedelta(hours=1)}
    limits.enter(chart=share, center=0.001, **known)
    report(world, good=1, scrap=4, reason=factories.reason())
    counted(source)
    assert share.violations.get().value == float(Decimal("0.8"))
    points, lines, _whole = chart_lines.load(share, NOW - timedelta(hours=1), LATER)
    assert (points.values.tolist(), lines.sizes.tolist()) == ([0.8], [5.0])
