"""The lot wall: the newest finished lots of a line in turn, or a chosen lot, with its health big on a screen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mes.commands import wall_screens
from mes.models import WallScreen
from mes.queries import wall_lot
from mes.queries import wall_screens as screens
from plant.errors import Refusal
from qms.models import Inspection
from tests import factories as ground
from tests.factories import NOW
from tests.mes.spot_world import finished
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def page(**more):
    return screens.Page("lots-LINE", "LOT", ground.line(), **more)


def screen(**more):
    said = {"name": "Hall", "boards": ["LOT"], "line": ground.line(), "seconds": 30, "language": "en", **more}
    return wall_screens.create(**said, by=ground.person("L", "TEAM_LEADER"), at=timezone.now())


def hold(lot):
    holds.place(target=Target.lot(lot), cause=Cause(CauseKind.PERSON, ""), reason="Look at it",
                by=ground.person("QE", "QUALITY_ENGINEER"), at=LATER)


def test_the_newest_lots_take_turns_by_the_clock():
    made = finished(3)
    seen = [wall_lot.of(page(), at=LATER + n * wall_lot.TURN) for n in range(4)]

    assert {one.lot.number for one in seen} == {lot.number for lot in made.world.outputs}
    assert (seen[0].lot, seen[0].of) == (seen[3].lot, 3)
    assert wall_lot.of(page(), at=LATER + timedelta(days=40)).lot is None


def test_a_chosen_lot_stays_and_its_health_is_told():
    lot = finished(2).world.outputs[0]
    good = wall_lot.of(page(lot=lot), at=LATER)
    case = {"kind": "IPQC", "site": lot.site, "lot": lot, "trigger": "x", "due_at": LATER, "created_at": NOW}
    Inspection.objects.create(number="I-1", **case)
    waits = wall_lot.of(page(lot=lot), at=LATER)
    word = {"status": "DECIDED", "verdict": "FAIL", "computed": "FAIL", "decided_at": NOW}
    Inspection.objects.create(number="I-2", **{**case, "trigger": "y"}, **word, inspector=ground.person("I"))
    bad = wall_lot.of(page(lot=lot), at=LATER)
    hold(lot)
    held = wall_lot.of(page(lot=lot), at=LATER)

    assert [one.tone for one in (good, waits, bad, held)] == ["done", "warning", "failed", "held"]
    assert (good.met, {node.number for node in good.raw}, good.operations) == (2, {"PCB-1", "SCREW-1"}, 3)


def test_a_screen_shows_its_lot_without_a_login_and_no_other():
    one, other = finished(2).world.outputs
    secret = screen(lot=one)[1]
    client = Client()
    shown = client.get(reverse("screen:show", args=[secret])).content.decode()
    key = screens.pages_of(WallScreen.objects.get())[0].key

    assert (one.number in shown, other.number in shown) == (True, False)
    assert client.get(reverse("screen:board", args=[secret, key])).status_code == 200
    assert client.get(reverse("screen:board", args=[secret, "lots-LINE"])).status_code == 404


def test_a_screen_of_a_work_order_shows_its_lots():
    made = finished(1)
    found = screen(job=made.world.job)[0]
    [only] = screens.pages_of(found)

    assert wall_lot.of(only, at=LATER).lot == made.world.outputs[0]
    assert made.world.job.number in only.title


def test_a_lot_is_chosen_only_for_its_own_board():
    lot = finished(1).world.outputs[0]
    with pytest.raises(Refusal, match="lot dossier"):
        screen(lot=lot, boards=["LINE"])
    with pytest.raises(IntegrityError), transaction.atomic():
        WallScreen.objects.filter(pk=screen()[0].pk).update(boards=["LINE"], lot=lot)


def test_who_is_signed_in_sets_one_up_and_looks_at_a_lot_big():
    lot = finished(1).world.outputs[0]
    client = Client()
    client.force_login(ground.person("L", "TEAM_LEADER", language="en"))
    big = client.get(reverse("mes:wall-lot", args=[lot.number])).content.decode()
    form = {"name": "Hall", "boards": ["LOT"], "seconds": 30, "language": "en"}
    wrong = client.post(reverse("mes:wall-screen-create"), {**form, "lot": "NONE"})
    made = client.post(reverse("mes:wall-screen-create"), {**form, "lot": lot.number})

    assert lot.number in big
    assert (wrong.status_code, made.status_code, WallScreen.objects.get().lot) == (400, 302, lot)
