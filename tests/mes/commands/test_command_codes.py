"""Command codes: a station that is run by scanning alone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import sessions
from mes.models import DataItem, JobResponse, JobSegment, Segment, StationSession
from mes.queries import wip
from plant import fresh
from plant.models import JournalEntry, ReasonCode
from tests.factories import NOW, person
from tests.mes import factories
from traceability.models import Link, LotBalance, Visit

pytestmark = pytest.mark.django_db


class Clock:
    """A station with somebody signed on, whose scans come a second apart."""

    def __init__(self) -> None:
        self.world = factories.world(10)
        self.at = NOW
        self.sign_on(self.world.operator)

    def sign_on(self, who) -> None:
        self.by = who
        sessions.sign_on(station=self.world.stations["MOUNT"], person=who, at=self.at, device="T1")

    def scan(self, *codes: str, station: str = "MOUNT"):
        for code in codes:
            self.at += timedelta(seconds=1)
            outcome = self.world.scan(code, station, at=self.at, by=self.by, job_order="")
        return outcome

    @property
    def lot(self):
        return self.world.outputs[0]


@pytest.fixture
def here():
    made = Clock()
    for use in ("SCRAP", "REWORK", "DOWNTIME"):
        factories.reason(use)
    made.scan(made.world.job.number, "CMD:QTY:10", made.world.blank.number, "CMD:QTY:20", made.world.screws.number)
    return made


def test_start_begins_the_next_part_and_done_ends_it(here):
    started = here.scan("CMD:START")
    ended = here.scan("cmd:done")

    assert (started.lot, started.facts["done"], ended.facts["done"]) == (here.lot.number, "started", "finished")
    assert wip.of_lot(here.lot) == {"OVEN": Decimal(5)}


def test_quantity_counts_for_the_next_scan_only(here):
    here.scan("CMD:START", "CMD:QTY:2", "CMD:PASS")
    assert wip.of_lot(here.lot) == {"MOUNT": Decimal(3), "OVEN": Decimal(2)}

    here.scan("CMD:PASS")
    assert wip.of_lot(here.lot) == {"OVEN": Decimal(5)}


def test_quantity_counts_for_a_scanned_part_too(here):
    here.scan("CMD:START", "CMD:QTY:2", here.lot.number)

    assert (wip.of_lot(here.lot)["OVEN"], StationSession.objects.get().quantity) == (2, None)


def test_quantity_stays_when_the_next_scan_is_refused_and_clear_forgets_it(here):
    here.scan("CMD:QTY:2", "NOPE")
    assert StationSession.objects.get().quantity == 2

    here.scan("CMD:CLEAR")
    assert StationSession.objects.get().quantity is None


@pytest.mark.parametrize(("use", "counts"), [("SCRAP", (0, 5, 0)), ("REWORK", (0, 0, 5))])
def test_fail_reports_the_part_as_bad_with_its_reason(here, use, counts):
    outcome = here.scan("CMD:START", f"CMD:FAIL:{use}/R1")

    row = JobSegment.objects.get(segment__code="MOUNT")
    assert (outcome.outcome, (row.good, row.scrap, row.rework)) == ("accepted", counts)
    assert JobResponse.objects.get().reason == ReasonCode.objects.get(use=use)


def test_fail_of_some_keeps_the_rest_in_work(here):
    here.scan("CMD:START", "CMD:QTY:2", "CMD:FAIL:SCRAP/R1", "CMD:DONE")

    assert wip.of_lot(here.lot) == {"OVEN": Decimal(3)}


def test_pause_and_start_again(here):
    paused = here.scan("CMD:PAUSE:DOWNTIME/R1")
    refused = here.scan("CMD:DONE")
    again = here.scan("CMD:START")

    assert [paused.outcome, refused.code, again.outcome] == ["accepted", "job-not-running", "accepted"]
    assert JournalEntry.objects.filter(kind="joborder.paused").get().reason == "R1 Broken"


@pytest.mark.parametrize(("code", "refusal"), [
    ("CMD:DONE", "nothing-in-work"), ("CMD:FAIL", "no-reason"), ("CMD:FAIL:DOWNTIME/R1", "no-reason"),
    ("CMD:PAUSE", "no-reason"), ("CMD:QTY:0", "command-refused"), ("CMD:QTY:x", "command-refused"),
    ("CMD:REBOOT", "barcode-command"),
])
def test_each_refusal_has_its_reason(here, code, refusal):
    outcome = here.scan(code)

    assert (outcome.outcome, outcome.code, bool(outcome.message)) == ("refused", refusal, True)


def test_start_of_what_is_in_work_is_refused(here):
    assert here.scan("CMD:START", "CMD:START").code == "command-refused"


def test_done_names_the_values_that_are_missing(here):
    DataItem.objects.create(segment=Segment.objects.get(code="MOUNT"), name="Torque")
    fresh.forget_all()

    assert here.scan("CMD:START", "CMD:DONE").code == "data-missing"


def test_undo_of_a_start_takes_out_what_went_in(here):
    here.scan("CMD:START")

    outcome = here.scan("CMD:UNDO")

    assert outcome.outcome == "accepted"
    assert not Visit.objects.filter(during__upper_inf=True).exists()
    assert Link.objects.filter(reverses__isnull=False).count() == 2
    assert here.scan("CMD:START", "CMD:DONE").facts["done"] == "finished"


def test_undo_of_a_load_brings_it_back_and_then_the_one_before(here):
    first, second = here.scan("CMD:UNDO"), here.scan("CMD:UNDO")

    assert [first.lot, second.lot] == ["SCREW-1", "PCB-1"]
    assert not LotBalance.objects.filter(bucket="ISSUED", quantity__gt=0).exists()
    assert here.scan("CMD:UNDO").code == "not-undone"


def test_undo_of_a_consumption_that_came_later(here):
    here.scan("CMD:UNDO", "CMD:START")
    here.scan(here.world.screws.number)

    outcome = here.scan("CMD:UNDO")

    assert (outcome.lot, LotBalance.objects.get(lot=here.world.screws, bucket="STOCK").quantity) == ("SCREW-1", 1000)


def test_undo_of_a_report_is_refused_in_words(here):
    outcome = here.scan("CMD:START", "CMD:DONE", "CMD:UNDO")

    assert (outcome.code, "a report stays" in outcome.message) == ("not-undone", True)


def test_undo_of_somebody_else_is_refused(here):
    here.scan("CMD:START")
    here.sign_on(person("OP2", "OPERATOR"))

    assert here.scan(here.world.job.number, "CMD:UNDO").code == "not-undone"
