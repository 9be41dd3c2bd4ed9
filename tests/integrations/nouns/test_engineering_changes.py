"""A change of the PLM becomes a draft with its diff; it counts from its day on, once somebody here has approved it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from integrations.nouns import intake
from integrations.nouns.registry import NOUNS
from mes.commands import approvals, work_requests
from mes.models import DueRevision, JobOrder, WorkMaster
from mes.queries import engineering_changes, library
from plant.commands.signatures import SignatureRefused, content_hash
from plant.models import JournalEntry, Notice, RevisionStatus, Role
from plant.queries import persons
from tests import factories as ground
from tests.factories import NOW, PASSWORD, person
from tests.mes import factories as mes

CHANGES = NOUNS["engineering-changes"]
DAY = NOW + timedelta(days=2)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def line():
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    return mes.released()


def words(**more):
    mount = {"code": "MOUNT", "instruction": "Tighten to 1.2 Nm.", "materials": [
        {"material": "PCB", "quantity": "1"}, {"material": "SCREW", "quantity": "3"}]}
    test = {"code": "TEST", "removed": True}
    coat = {"code": "COAT", "name": "Coat", "sequence": 25, "stations": ["OVEN"]}
    return {"number": "ECO-1", "routing": "BOARD", "reason": "Field failures", "effective_from": DAY.isoformat(),
            "operations": [mount, test, coat], **more}


def take(**said):
    return intake.take_row(CHANGES, words(**said), by=persons.system("erp"), at=NOW)


def approve(draft, at):
    seen = content_hash(library.seen(draft))
    engineer = person("PE", Role.QUALITY_ENGINEER)
    return approvals.approve(
        work_master=draft, reason="Read.", password=PASSWORD, seen_hash=seen, by=engineer, at=at
    )


def tasks_at(at):
    """What the clock does at a moment."""
    return sum(approvals.turn(due=one, at=at) for one in engineering_changes.due(at))


def state(draft):
    return WorkMaster.objects.get(pk=draft.pk).status


def test_a_change_becomes_a_draft_with_its_diff_and_comes_only_once():
    first, again = take(), take()
    draft = WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT)

    changed = {one.code: (one.verdict, [(each.what, each.before, each.after) for each in one.differences])
               for one in engineering_changes.compare(draft, NOW)}

    assert (first.status, again.status, first.key) == ("created", "unchanged", "ECO-1")
    assert changed["MOUNT"] == ("CHANGED", [
        ("instruction", "", "Tighten to 1.2 Nm."), ("materials", "PCB × 1; SCREW × 2", "PCB × 1; SCREW × 3")])
    assert [changed[code][0] for code in ("OVEN", "TEST", "COAT")] == ["SAME", "REMOVED", "ADDED"]


def test_another_content_under_its_number_and_an_unknown_routing_are_refused():
    take()
    assert take(reason="Something else").code == "change-refused"
    assert take(number="ECO-2", routing="NONE").code == "change-refused"
    removed = [{"code": "NONE", "removed": True}]
    assert take(number="ECO-3", operations=removed).code == "change-refused"
    assert WorkMaster.objects.filter(code="BOARD").count() == 2


def test_it_counts_from_its_day_on_and_what_runs_keeps_what_it_pinned(line):
    take()
    draft = WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT)

    approve(draft, NOW)
    assert (tasks_at(NOW + timedelta(days=1)), state(draft)) == (0, RevisionStatus.DRAFT)
    assert (tasks_at(DAY), tasks_at(DAY), state(draft)) == (1, 0, RevisionStatus.EFFECTIVE)

    fresh = work_requests.receive(
        number="PO2", material=ground.material("BOARD"), quantity=Decimal(5), due_at=mes.LATER, site=ground.site(),
        by=mes.planner(), at=DAY,
    )
    work_requests.release(work_request=fresh, by=mes.planner(), at=DAY)
    planned = JobOrder.objects.get(work_request=fresh)
    line.refresh_from_db()
    assert (planned.work_master.revision, line.work_master.revision) == (2, 1)
    assert planned.work_master.segments.get(code="MOUNT").instruction == "Tighten to 1.2 Nm."
    assert CHANGES.told(CHANGES.find(persons.system("erp"), "ECO-1"))["status"] == "EFFECTIVE"


def test_who_approves_on_or_after_its_day_puts_it_into_effect_at_once():
    take()
    approve(draft := WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT), DAY)
    assert (state(draft), DueRevision.objects.count()) == (RevisionStatus.EFFECTIVE, 0)


def test_what_was_changed_after_it_was_approved_stays_a_draft_and_the_signer_is_told():
    take()
    draft = WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT)
    approve(draft, NOW)
    draft.segments.filter(code="MOUNT").update(instruction="Tighten to 9 Nm.")

    assert (tasks_at(DAY), state(draft), DueRevision.objects.count()) == (0, RevisionStatus.DRAFT, 0)
    assert "approve it again" in Notice.objects.get(person__number="PE").title
    with pytest.raises(SignatureRefused):  # what was read is not what stands there any more
        approvals.approve(work_master=draft, reason="Read.", password=PASSWORD, seen_hash="0" * 64,
                          by=person("PE", Role.QUALITY_ENGINEER), at=DAY)


def test_the_signer_hears_how_many_open_orders_still_follow_the_former(line):
    take()
    approve(WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT), NOW)
    tasks_at(DAY)
    assert Notice.objects.get(person__number="PE").title.endswith("still follow BOARD / 1: 1")


def test_the_draft_is_approved_on_its_page_by_whoever_may(client):
    take()
    draft = WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT)
    WorkMaster.objects.filter(pk=draft.pk)
    url, said = reverse("mes:routing-approve", args=[draft.pk]), {"reason": "Read.", "password": PASSWORD}
    client.force_login(person("PL", Role.PLANNER, language="en"))
    assert client.post(url, said).status_code == 403
    client.force_login(person("PE", Role.QUALITY_ENGINEER, language="en"))
    stale = client.post(url, {**said, "seen_hash": "0" * 64})
    good = client.post(url, {**said, "seen_hash": content_hash(library.seen(draft))})

    assert (stale.status_code, good.status_code) == (409, 302)
    assert state(draft) in {RevisionStatus.EFFECTIVE, RevisionStatus.DRAFT}
    assert JournalEntry.objects.filter(kind__in=["workmaster.laid-ready", "workmaster.approved"]).exists()


def test_the_page_of_the_draft_shows_the_change_and_what_it_changes(client):
    take()
    draft = WorkMaster.objects.get(code="BOARD", status=RevisionStatus.DRAFT)
    client.force_login(person("PE", Role.QUALITY_ENGINEER, language="en"))

    page = client.get(reverse("mes:routing-detail", args=[draft.pk])).content.decode()

    assert all(text in page for text in ("ECO-1", "Field failures", "Tighten to 1.2 Nm.", "SCREW × 3", "Removed"))
