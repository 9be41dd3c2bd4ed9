"""EWMA, CUSUM and charts of counts live: what the analysis of a table says, point by point, however readings come."""

import numpy as np
import pytest

from spc.analyses import chart as analysis
from spc.commands import counts, ghosts, limits
from spc.models import Checkpoint, Violation, ViolationPoint
from spc.queries import chart_lines
from spc.queries.counts import Sample
from tests import conformance
from tests.factories import NOW
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import at

pytestmark = pytest.mark.django_db
READINGS = [
    ("EWMA", {"lambda": 0.2, "L": 2.7}, {"lambda": 0.2, "nsigma": 2.7}),
    ("EWMA", {"lambda": 0.4, "L": 3.0}, {"lambda": 0.4}),
    ("CUSUM", {"k": 0.5, "h": 4.0, "fir": False}, {"h": 4.0}),
    ("CUSUM", {"k": 0.25, "h": 5.0, "fir": True}, {"k": 0.25, "fir": True}),
]
COUNTS = [
    ("P", "p", "cc_p_orangejuice"), ("NP", "np", "cc_np_orangejuice"), ("C", "c", "cc_c_circuit"),
    ("U", "u", "cc_u_dyedcloth"), ("P", "p", "laney_p_u_prime_plain"), ("LANEY_P", "laney-p", "laney_p_u_prime_plain"),
    ("LANEY_U", "laney-u", "laney_p_u_prime_plain"),
]


def frozen(chart, count, **settings):
    """Limits from the first readings, in force from the first on."""
    wanted = {"data_from": at(0), "data_to": at(count - 1), "valid_from": at(0), "settings": settings or None}
    return limits.freeze(chart=chart, reason="Study", by=engineer(), at=NOW, **wanted)


def flagged(chart):
    """The places at which something fired, from 0."""
    return sorted(set(ViolationPoint.objects.filter(chart=chart).values_list("seq", flat=True)))


def drifting(points=300):
    """Noise about 240 that shifts by one sigma two thirds along."""
    noise = np.random.default_rng(11).normal(240, 1, points).round(3)
    return (noise + np.where(np.arange(points) > points * 2 // 3, 1.0, 0.0)).tolist()


def in_batches(chart, values, first, sizes=(1, 7, 1, 30)):
    """Judge readings as they come, a few at a time."""
    place, turn = first, 0
    while place < len(values):
        size = sizes[turn % len(sizes)]
        factories.read(chart, values[place : place + size], place)
        place, turn = place + size, turn + 1


def lines_of(chart, count):
    return chart_lines.load(chart, at(0), at(count))


@pytest.mark.parametrize(("kind", "settings", "asked"), READINGS)
def test_what_remembers_says_live_what_the_analysis_says(kind, settings, asked):
    values = drifting()
    chart = factories.chart(kind=kind, limited=False)
    factories.store(chart, values[:120])
    frozen(chart, 120, **settings)
    factories.judge(chart)
    in_batches(chart, values, 120)
    said = analysis.analyse({"x1": values}, chart=kind.lower(), rules=[{"kind": "beyond", "zone": 3}], phase1=120,
                            **asked)
    assert [seq + 1 for seq in flagged(chart)] == sorted({one["point"] for one in said["violations"]}) != []
    points, lines, _whole = lines_of(chart, 300)
    np.testing.assert_allclose(points.values, said["statistics"], rtol=1e-9)
    np.testing.assert_allclose(lines.upper, np.broadcast_to(said["ucl"], 300), rtol=1e-9)


def test_a_window_is_drawn_from_the_state_kept_before_it():
    values = drifting()
    chart = factories.chart(kind="CUSUM", limited=False)
    factories.store(chart, values)
    frozen(chart, 120)
    factories.judge(chart)
    assert Checkpoint.objects.count() == 300 // 64
    part = chart_lines.load(chart, at(250), at(300)).points.values
    np.testing.assert_allclose(part, lines_of(chart, 300).points.values[250:], rtol=1e-12)


def test_a_late_reading_changes_what_comes_after_it():
    values = drifting()
    chart = factories.chart(kind="EWMA", limited=False)
    factories.store(chart, values[:150])
    factories.store(chart, values[151:], 151)
    frozen(chart, 120)
    factories.judge(chart)
    factories.read(chart, [values[150]], 150, since=at(150))
    said = analysis.analyse({"x1": values}, chart="ewma", phase1=120, rules="none")
    np.testing.assert_allclose(lines_of(chart, 300).points.values, said["statistics"], rtol=1e-9)


def test_a_point_left_out_is_passed_over():
    values = drifting(100)
    chart = factories.chart(kind="EWMA", limited=False)
    factories.store(chart, values)
    frozen(chart, 100)
    ghosts.leave_out(chart=chart, places=[(at(50), 50)], reason="Known", by=engineer(), at=NOW)
    shown = lines_of(chart, 100).points.values
    assert np.isnan(shown[50])
    assert shown[51] == pytest.approx(shown[49] * 0.8 + values[51] * 0.2)


def test_a_cusum_says_since_when_it_drifts_and_holds_from_there():
    values = [*factories.calm(200), *[241.5 + 0.1 * (n % 2) for n in range(12)]]
    chart = factories.chart(kind="CUSUM", limited=False)
    factories.store(chart, values)
    limits.enter(chart=chart, center=240, sigma=1.5, reason="Known", by=engineer(), at=NOW, valid_from=at(0))
    factories.judge(chart)
    [violation] = Violation.objects.all()
    assert violation.rule == "cusum-upper"
    assert at(195) <= violation.last_good_at <= at(200)


def counted(file):
    """The counts and sizes of a case, and how many of them limits rest on."""
    data = conformance.load(f"spc/{file}")["data"]
    parts = [data["phase1"], data["phase2"]] if "phase1" in data else [data]
    bad, sizes = ([n for part in parts for n in part.get(name, [])] for name in ("d" if "d" in parts[0] else "c", "n"))
    rows = enumerate(zip(bad, sizes or [1.0] * len(bad), strict=True))
    rows = enumerate(zip(bad, sizes or [1.0] * len(bad), strict=True))
    return [Sample(at(i), i, one, size) for i, (one, size) in rows], len(parts[0].get("d") or parts[0]["c"])


@pytest.mark.parametrize(("kind", "name", "file"), COUNTS)
def test_counts_say_live_what_the_analysis_says(kind, name, file):
    samples, first = counted(file)
    chart = factories.chart(kind=kind, limited=False, rules="default")
    counts.record(stream=chart.stream, samples=samples[:first], by=factories.by(), at=NOW)
    frozen(chart, first)
    factories.judge(chart, since=at(0))
    for sample in samples[first:]:
        counts.record(stream=chart.stream, samples=[sample], by=factories.by(), at=NOW)
    table = {"count": [one.bad for one in samples]} | ({} if kind == "C" else {"n": [one.size for one in samples]})
    said = analysis.analyse(table, chart=name, rules="gb17989.2", phase1=first)
    assert [seq + 1 for seq in flagged(chart)] == sorted({one["point"] for one in said["violations"]})
    points, lines, _whole = lines_of(chart, len(samples))
    drawn = {"statistics": points.values, "ucl": lines.upper, "lcl": lines.lower, "center": lines.center}
    for line, mine in drawn.items():
        np.testing.assert_allclose(mine, np.broadcast_to(said[line], len(samples)), rtol=1e-9, atol=1e-12)
