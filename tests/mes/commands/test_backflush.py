"""Material that reports take: by the book, from what fed the station, never more than there is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mes.commands import reports
from mes.queries import stations
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW
from tests.mes import feeders
from tests.traceability.breaking import broken
from traceability.commands import actuals, stock
from traceability.models import Bucket, Link, LotBalance, MaterialActual, Move, PickRule
from traceability.spots import Spot


def ready(pieces: int = 10, **more):
    feeders.described()
    feeders.backflush()
    line = feeders.Line(pieces, **more)
    line.blanks(pieces)
    return line


@pytest.fixture
def line(db):
    return ready()


def test_nothing_is_taken_before_the_report(line):
    line.scan(line.world.screws.number)
    started = line.scan(line.pieces[0].number)

    assert started.outcome == "accepted"
    assert (feeders.inside(line.pieces[0]), feeders.lying(line.world.screws)) == ({}, 20)
    assert stations.panel(line.world.stations["MOUNT"]).missing == {}


def test_the_report_takes_what_the_pieces_took(line):
    line.scan(line.world.screws.number, line.pieces[0].number, "CMD:QTY:2", line.pieces[0].number)

    assert feeders.inside(line.pieces[0]) == {"SCREW-1": (Decimal(4), "EXACT")}
    line.scan(line.pieces[0].number)
    assert (feeders.lying(line.world.screws), feeders.lying(line.world.screws, "CONSUMED")) == (10, 10)


def test_what_lacks_is_said_and_nothing_is_written(line):
    line.scan("CMD:QTY:6", line.world.screws.number, line.pieces[0].number)

    outcome = line.scan(line.pieces[0].number)

    assert (outcome.outcome, outcome.code) == ("refused", "material-missing")
    assert outcome.facts["missing"] == {"SCREW": "4"}
    assert (feeders.inside(line.pieces[0]), feeders.lying(line.world.screws)) == ({}, 6)


def test_every_lot_that_lay_there_is_possible(line):
    feeders.reel("SCREW-2"), feeders.reel("SCREW-3")
    line.scan("CMD:QTY:6", "SCREW-1", "CMD:QTY:9", "SCREW-2", "CMD:QTY:5", "SCREW-3")
    line.scan(line.pieces[0].number, line.pieces[0].number)

    assert feeders.inside(line.pieces[0]) == {
        "SCREW-1": (Decimal(6), "POSSIBLE"), "SCREW-2": (Decimal(4), "POSSIBLE"), "SCREW-3": (Decimal(0), "POSSIBLE"),
    }


def test_the_picking_rule_says_what_goes_first(line):
    soon = NOW + timedelta(days=9000)
    feeders.reel("SCREW-2", expires_at=soon)
    line.scan("CMD:QTY:10", "SCREW-1", "CMD:QTY:10", "SCREW-2", line.pieces[0].number, line.pieces[0].number)
    PickRule.objects.create(material=ground.material("SCREW"), order="FIFO")
    line.scan(line.pieces[1].number, line.pieces[1].number)

    first = [max(feeders.inside(piece).items(), key=lambda one: one[1][0])[0] for piece in line.pieces]
    assert first == ["SCREW-2", "SCREW-1"]


def test_taken_back_it_lies_at_the_line_again_and_no_link_counts(line):
    feeders.reel("SCREW-2")
    line.scan("CMD:QTY:10", "SCREW-1", "CMD:QTY:10", "SCREW-2", line.pieces[0].number, line.pieces[0].number)
    actual = MaterialActual.objects.get(lot__material__code="SCREW", kind="CONSUMED")
    actuals.undo(actual=actual, reason="Miscounted", by=ground.person("LEAD", "TEAM_LEADER"), at=line.at)

    assert feeders.inside(line.pieces[0]) == {}
    assert feeders.lying(line.world.screws) == 10


def test_a_change_during_the_piece_makes_both_lots_possible(db):
    feeders.described()
    feeders.backflush()
    feeders.feeder("F1")
    line = feeders.Line()
    line.blanks()
    feeders.reel("SCREW-2")
    line.scan("F1", "SCREW-1", line.pieces[0].number, "F1", "SCREW-2", line.pieces[0].number)
    line.scan(line.pieces[1].number, line.pieces[1].number)

    assert feeders.inside(line.pieces[0]) == {"SCREW-2": (Decimal(10), "POSSIBLE"), "SCREW-1": (Decimal(0), "POSSIBLE")}
    assert feeders.inside(line.pieces[1]) == {"SCREW-2": (Decimal(10), "EXACT")}


ACTS = st.lists(st.tuples(st.sampled_from(["load", "report", "undo", "back"]), st.integers(1, 9)), max_size=12)


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_loaded_reported_undone_and_returned_nothing_appears_or_vanishes(acts):
    with transaction.atomic():
        conserves(acts)
        transaction.set_rollback(True)


def conserves(acts):
    line = ready(20, stock=60)
    for act, amount in acts:
        try:
            step(line, act, Decimal(amount))
        except Refusal:
            continue
    rows = LotBalance.objects.filter(lot=line.world.screws)
    assert sum(row.quantity for row in rows) == 60
    assert all(row.quantity >= 0 for row in rows)
    net = sum(-link.quantity if link.reverses_id else link.quantity for link in Link.objects.filter(
        parent=line.world.screws))
    assert net == feeders.lying(line.world.screws, "CONSUMED")
    assert broken("I08", "I09") == {}
    assert Move.objects.filter(lot=line.world.screws, quantity__lte=0).count() == 0


def step(line, act, amount):
    """One act at the line; whatever may not be is refused and changes nothing."""
    screws, by = line.world.screws, line.world.operator
    if act == "load":
        return line.scan(screws.number, quantity=amount)
    if act == "report":
        lot = line.pieces[0]
        line.scan(lot.number, quantity=amount)
        return reports.report(station=line.world.stations["MOUNT"], lot=lot, good=amount, by=by, at=line.at)
    if act == "undo":
        taken = MaterialActual.objects.filter(lot=screws, kind="CONSUMED", link__reversed_by__isnull=True).first()
        return taken and actuals.undo(actual=taken, reason="?", by=by, at=line.at)
    return stock.relocate(
        lot=screws, source=Spot(Bucket.ISSUED, "MOUNT"), to=shelf(), quantity=amount, by=by, at=line.at
    )


def shelf():
    place = ground.station("SHELF")
    place.stores_material = True
    place.save()
    return place
