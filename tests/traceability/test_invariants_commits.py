"""I01 goes by the order of commits, not by the times that people's clocks wrote."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from tests import factories
from tests.traceability.breaking import broken, no_walls
from traceability.commands import holds, moves
from traceability.gate import Cause, Target
from traceability.models import Bucket, CauseKind, Hold, MaterialLot, Move
from traceability.spots import Spot

LATER = factories.NOW + timedelta(hours=1)


def issue(lot: MaterialLot, **changes: object) -> None:
    spots = {"source": Spot(Bucket.STOCK), "to": Spot(Bucket.ISSUED, "OVEN")}
    who = factories.person("OP", "OPERATOR")
    moves.move(lot=lot, quantity=Decimal(1), by=who, **{"at": factories.NOW, **spots, **changes})


def held(lot: MaterialLot) -> Hold:
    by, cause = factories.person("QE", "QUALITY_ENGINEER"), Cause(CauseKind.PERSON, "QE")
    return holds.place(target=Target.lot(lot), cause=cause, reason="drift", by=by, at=factories.NOW)


@pytest.mark.usefixtures("committed_db")
def test_a_move_that_was_asked_for_later_but_committed_first_is_sound() -> None:
    lot = factories.received("L1")
    issue(lot, at=LATER)
    hold = held(lot)
    assert broken() == {}
    holds.release(hold=hold, reason="good", by=hold.placed_by, at=factories.NOW)
    issue(lot)
    assert broken() == {}


@pytest.mark.usefixtures("committed_db")
def test_a_move_that_claims_an_earlier_time_but_committed_later_is_named() -> None:
    lot = factories.received("L1")
    held(lot)
    with transaction.atomic(), no_walls():
        wrong = Move.objects.create(
            lot=lot, from_bucket=Bucket.STOCK, to_bucket=Bucket.ISSUED, quantity=1, person=factories.person("OP"),
            at=factories.NOW - timedelta(days=1),
        )
    assert broken("I01") == {"I01 held-lots-stand": [str(wrong.pk)]}
