"""Engineering changes that another system proposed: which draft one made, from when it counts, what it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mes.models import DueRevision, WorkMaster
from mes.queries import bills
from mes.queries.revision_change import Difference, judged, told
from plant.models import JournalEntry, RevisionStatus

KIND = "workmaster.proposed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed: the number of the change, its reason, the day, and a digest of what it said."""

    number: str
    reason: str
    effective_from: datetime | None
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """An operation of the draft or of the revision in effect: ADDED, REMOVED, CHANGED or SAME."""

    code: str
    verdict: str
    differences: tuple[Difference, ...]


def of_master(master: WorkMaster) -> Proposal | None:
    """The change that a revision was made for, if another system proposed it."""
    rows = JournalEntry.objects.filter(kind=KIND, subject_kind="workmaster", subject_id=str(master.pk))
    entry = rows.order_by("pk").first()
    if entry is None:
        return None
    since = entry.data.get("effective_from")
    return Proposal(
        str(entry.data["change"]), str(entry.reason), datetime.fromisoformat(since) if since else None,
        str(entry.data["digest"]), entry.actor, entry.at,
    )


def seen(master: WorkMaster) -> dict[str, Any]:
    """What is signed besides the golden parameters where a change was proposed: its number, and every operation."""
    found = of_master(master)
    if found is None:
        return {}
    since = found.effective_from
    operations = told(master.pk, bills.of_master(master, since or found.at))
    return {"change": found.number, "effective from": since.isoformat() if since else "", "content": operations}


def by_number(number: str) -> WorkMaster | None:
    """The revision that a change made."""
    entry = JournalEntry.objects.filter(kind=KIND, subject_kind="workmaster", data__change=number).first()
    return WorkMaster.objects.filter(pk=entry.subject_id).first() if entry else None


def numbers() -> list[int]:
    """Every revision that a change made."""
    rows = JournalEntry.objects.filter(kind=KIND, subject_kind="workmaster")
    return [int(pk) for pk in rows.values_list("subject_id", flat=True)]


def begins(master: WorkMaster) -> datetime | None:
    """From when a revision counts, where a change says so."""
    found = of_master(master)
    return found.effective_from if found else None


def due(at: datetime) -> list[DueRevision]:
    """Approved drafts whose day has come, the oldest first."""
    rows = DueRevision.objects.filter(begins_at__lte=at).select_related("work_master")
    return list(rows.order_by("begins_at", "work_master__revision"))


def not_before(master: WorkMaster, at: datetime) -> str:
    """Why a change can't come into effect yet, or nothing."""
    found = of_master(master)
    if found is None or found.effective_from is None or found.effective_from <= at:
        return ""
    day = timezone.localtime(found.effective_from).strftime("%Y-%m-%d %H:%M")
    said = _("Engineering change %(number)s counts from %(day)s on. Approve it: it comes into effect then, by itself.")
    return said % {"number": found.number, "day": day}


def former(master: WorkMaster) -> WorkMaster | None:
    """The revision in effect that a draft would end."""
    rows = WorkMaster.objects.filter(code=master.code, status=RevisionStatus.EFFECTIVE)
    return rows.exclude(pk=master.pk).first()


def compare(master: WorkMaster, at: datetime) -> list[Changed]:
    """What a draft changes of the revision in effect, operation by operation; nothing where there is none."""
    here = former(master)
    if master.status != RevisionStatus.DRAFT or here is None:
        return []
    before, after = (told(one.pk, bills.of_master(one, at)) for one in (here, master))
    codes = [*after, *(code for code in before if code not in after)]
    return [Changed(code, *judged(before.get(code), after.get(code))) for code in codes]
