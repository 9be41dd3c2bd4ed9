"""Revisions: copied with everything below, put into effect one after another, retired without loss."""

import pytest
from django.utils import timezone

from mes.models import WorkMaster
from plant.commands import revisions
from plant.commands.revisions import RevisionRefused
from plant.models import JournalEntry, Role
from qms.models import ControlPlan
from tests import factories
from tests.mes import factories as making
from tests.qms import factories as quality

pytestmark = pytest.mark.django_db
ROUTING = {"segments": {"materials": {}, "parameters": {}}}


def boss():
    return factories.person("BOSS", Role.ADMINISTRATOR)


def routing():
    for code in ("MOUNT", "OVEN", "TEST"):
        factories.station(code)
    return making.master(factories.material("BOARD"))


def revise(source, parts=ROUTING):
    return revisions.revise(source=source, parts=parts, by=boss())


def test_a_routing_is_copied_with_operations_stations_and_materials():
    source = routing()

    draft = revise(source)

    assert (draft.revision, draft.status, draft.effective) == (2, "DRAFT", None)
    told = [
        [(s.sequence, s.code, [e.code for e in s.stations.all()], [(m.material.code, m.quantity_per)
         for m in s.materials.order_by("pk")]) for s in one.segments.all()]
        for one in (source, draft)
    ]
    assert told[0] == told[1]
    assert JournalEntry.objects.get(kind="workmaster.created").data["copied from"] == "BOARD / 1"


def test_a_control_plan_is_copied_with_lines_and_reactions():
    quality.reaction()
    source = ControlPlan.objects.get()

    draft = revise(source, {"lines": {"reactions": {}}})

    assert [line.reactions.count() for line in draft.lines.all()] == [1]
    assert source.lines.get().pk != draft.lines.get().pk


def test_the_next_number_follows_the_newest_revision():
    source = routing()

    assert [revise(source).revision, revise(source).revision] == [2, 3]


def test_a_draft_in_effect_ends_the_one_before():
    source = routing()
    draft, now = revise(source), timezone.now()

    revisions.put_into_effect(row=draft, why_not="", by=boss(), at=now, noun="workmaster")

    rows = {row.revision: row for row in WorkMaster.objects.all()}
    assert (rows[1].status, rows[2].status) == ("OBSOLETE", "EFFECTIVE")
    assert rows[1].effective.upper == rows[2].effective.lower == now


@pytest.mark.parametrize("why_not", ["", "No operation."])
def test_what_is_no_draft_or_not_ready_does_not_come_into_effect(why_not):
    source = routing()
    row = revise(source) if why_not else source

    with pytest.raises(RevisionRefused):
        revisions.put_into_effect(row=row, why_not=why_not, by=boss(), at=timezone.now(), noun="workmaster")


def test_a_revision_is_retired_once():
    source = routing()

    revisions.retire(row=source, by=boss(), at=timezone.now(), noun="workmaster")

    assert WorkMaster.objects.get().status == "OBSOLETE"
    with pytest.raises(RevisionRefused):
        revisions.retire(row=source, by=boss(), at=timezone.now(), noun="workmaster")
