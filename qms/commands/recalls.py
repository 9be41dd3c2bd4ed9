"""A recall or its drill: begun, its scope found, declared so that everything it reaches is held, closed by another."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Meaning, Person
from plant.transactions import command
from qms.commands import nonconformances
from qms.models import (
    Complaint,
    Nonconformance,
    NonconformanceSource,
    NonconformanceStatus,
    Recall,
    RecallKind,
    RecallStatus,
    Severity,
)
from qms.queries import nonconformances as cases
from qms.queries import recalls as reading
from traceability.models import Certainty, MaterialLot, RecalledLot, RecallNotice
from traceability.queries import scope
from traceability.starting import Asked


class RecallRefused(Refusal):
    """A step that a recall is not ready for."""

    code = "recall-refused"


@command
def begin(
    *, title: str, reason: str, site: Equipment, by: Person, at: datetime, kind: str = RecallKind.RECALL,
    complaint: Complaint | None = None, severity: str = Severity.MAJOR, goal_minutes: int = 240,
) -> Recall:
    """Begin a recall or a drill; of a drill the clock runs from now on."""
    policies.check(by, "recall.draft", on=site)
    if not title.strip() or not reason.strip():
        raise RecallRefused(_("Say in a sentence what is called back, and why."), facts={"field": "title"})
    number = numbering.next_number("drill" if kind == RecallKind.DRILL else "recall")
    made = Recall.objects.create(
        number=number, kind=kind, title=title.strip()[:200], reason=reason.strip(), site=site, complaint=complaint,
        severity=severity, goal_minutes=goal_minutes, opened_by=by, opened_at=at,
        notice=RecallNotice.objects.create(number=number),
    )
    journal.record("recall.begun", subject=made, by=by, reason=made.reason, data={"kind": kind})
    return made


@command
def take_scope(
    *, recall: Recall, asked: Asked, by: Person, at: datetime, narrow: Asked | None = None
) -> Recall:
    """Find what it reaches and keep it; as long as it is a draft, another question replaces this one."""
    policies.check(by, "recall.draft", on=recall.site)
    found = locked(recall)
    if found.status != RecallStatus.DRAFT:
        raise RecallRefused(_("This recall is declared; its scope only grows. Look for more instead."))
    reached = scope.reach(asked, narrow)
    if not reached.lots:
        raise RecallRefused(_("This reaches no lot. Check the code and the time."), facts={"field": "code"})
    RecalledLot.objects.filter(notice=found.notice).delete()
    add(found, reached.affected, reached.possible, at=at)
    found.asked = {
        "start": asked.kept(), "narrow": narrow.kept() if narrow else {}, "roots": sorted(reached.roots)[:1000],
    }
    found.scoped_by, found.scoped_at = by, max(at, found.opened_at)
    found.figures = reading.figures(found, reached, at=at)
    found.save(update_fields=["asked", "scoped_by", "scoped_at", "figures"])
    journal.record("recall.scoped", subject=found, by=by, data={**found.asked["start"], **found.figures})
    return found


def add(recall: Recall, affected: frozenset[int], possible: frozenset[int], *, at: datetime) -> int:
    """Put lots into a recall, those apart that stand in it already; how many came in."""
    known = set(recall.notice.lots.values_list("lot", flat=True))
    rows = [
        RecalledLot(notice=recall.notice, lot_id=pk, certainty=certainty, came_at=at)
        for lots, certainty in ((affected, Certainty.EXACT), (possible, Certainty.POSSIBLE))
        for pk in sorted(lots - known)
    ]
    RecalledLot.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
    return len(rows)


@command
def declare(*, recall: Recall, by: Person, at: datetime, text: str = "", text_zh: str = "") -> Recall:
    """Call it back: everything it reaches is held level by level, and the public is told. A drill holds nothing."""
    policies.check(by, "recall.declare", on=recall.site)
    found = locked(recall)
    if found.scoped_at is None:
        raise RecallRefused(_("Find the scope first: scan where it starts."), facts={"field": "code"})
    fields: dict[str, Any] = {"declared_by": by, "declared_at": max(at, found.scoped_at)}
    if not found.is_drill:
        if not text.strip() or not text_zh.strip():
            message = _("Write in both languages what people who have the product are to do.")
            raise RecallRefused(message, facts={"field": "text_zh" if text.strip() else "text"})
        fields["nonconformance"] = hold(found, by=by, at=at)
        found.nonconformance = fields["nonconformance"]
        catch_up(found, at=at)
        RecallNotice.objects.filter(pk=found.notice_id).update(
            text=text.strip()[:600], text_zh=text_zh.strip()[:600], since_at=at
        )
    data = {"lots": found.notice.lots.count()}
    journal.move(found, to=RecallStatus.OPEN, by=by, reason=found.reason, data=data, **fields)
    live.push("news", "recall", {"number": found.number})
    return found


def hold(recall: Recall, *, by: Person, at: datetime) -> Nonconformance:
    """Hold it under the nonconformance of its complaint, or under a new one; contain() walks level by level."""
    lots = list(MaterialLot.objects.filter(pk__in=reading.tops(recall)).select_related("site").order_by("pk"))
    case = recall.complaint.nonconformance if recall.complaint else None
    if case is not None and case.status != NonconformanceStatus.CLOSED:
        return nonconformances.add_lots(nonconformance=case, lots=lots, reason=str(recall), by=by, at=at)
    source = NonconformanceSource.CUSTOMER if recall.complaint else NonconformanceSource.PERSON
    return nonconformances.open(
        title=recall.title, lots=lots, severity=recall.severity, description=recall.reason, source_kind=source,
        source_id=recall.number, by=by, at=at,
    )


def catch_up(recall: Recall, *, at: datetime) -> int:
    """Put into the recall what its nonconformance holds meanwhile and what was made of it; how many came in."""
    case = recall.nonconformance
    held = {row.lot_id for row in cases.open_holds(case) if row.lot_id} if case else set()
    sure = recall.notice.lots.filter(certainty=Certainty.EXACT).values_list("lot", flat=True)
    every = recall.notice.lots.values_list("lot", flat=True)
    exact = scope.below(set(sure), only_exact=True)
    return add(recall, exact, (scope.below(set(every), only_exact=False) | held) - exact, at=at)


@command
def look_again(*, recall: Recall, by: Person, at: datetime) -> Recall:
    """Hold what came into it since: what was made of its lots after somebody let them go, and whatever turned up."""
    policies.check(by, "recall.draft", on=recall.site)
    found = locked(recall)
    if found.status != RecallStatus.OPEN or found.is_drill:
        raise RecallRefused(_("Only a recall that is under way grows."))
    catch_up(found, at=at)
    fresh = list(reading.undecided(found).select_related("site"))
    case = found.nonconformance
    if fresh and case is not None and case.status != NonconformanceStatus.CLOSED:
        nonconformances.add_lots(nonconformance=case, lots=fresh, reason=str(found), by=by, at=at)
        catch_up(found, at=at)  # what was made of them until they were locked
    journal.record("recall.looked-again", subject=found, by=by, data={"lots": len(fresh)})
    return found


@command
def open_at_once(
    *, title: str, reason: str, site: Equipment, asked: Asked, text: str, text_zh: str, by: Person, at: datetime,
    narrow: Asked | None = None, complaint: Complaint | None = None, severity: str = Severity.MAJOR,
) -> Recall:
    """From a scope to a recall in one act: either everything is held and told, or nothing happened."""
    made = begin(title=title, reason=reason, site=site, complaint=complaint, severity=severity, by=by, at=at)
    take_scope(recall=made, asked=asked, narrow=narrow, by=by, at=at)
    return declare(recall=made, text=text, text_zh=text_zh, by=by, at=at)


@command
def cancel(*, recall: Recall, reason: str, by: Person, at: datetime) -> Recall:
    """Let a draft go: nothing was held and nobody told."""
    policies.check(by, "recall.draft", on=recall.site)
    if not reason.strip():
        raise RecallRefused(_("Say in a few words why."), facts={"field": "reason"})
    found = locked(recall)
    journal.move(found, to=RecallStatus.CANCELLED, by=by, reason=reason.strip())
    return found


@command
def close(*, recall: Recall, reason: str, password: str, seen_hash: str, by: Person, at: datetime) -> Recall:
    """Close it under a signature, by somebody else than who opened and declared it; the public notice ends."""
    policies.check(by, "recall.close", on=recall.site)
    found = locked(recall)
    if by.pk in (found.opened_by_id, found.declared_by_id):
        message = _("You opened or declared %(number)s yourself. Somebody else closes it.")
        raise RecallRefused(message % {"number": found.number}, code="own-work")
    if not reason.strip():
        raise RecallRefused(_("Write what came of it."), facts={"field": "reason"})
    if found.status == RecallStatus.OPEN and (left := reading.left_to_do(found)):
        message = _("%(number)s can't be closed yet: %(left)s.")
        raise RecallRefused(message % {"number": found.number, "left": "; ".join(left)}, code="not-done")
    content = reading.seen(found)
    signatures.sign(
        subject=found, meaning=Meaning.CLOSED, content=content, seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    fields: dict[str, Any] = {"closed_by": by, "closed_at": at, "conclusion": reason.strip()}
    journal.move(found, to=RecallStatus.CLOSED, by=by, reason=reason, **fields)
    if not found.is_drill:
        RecallNotice.objects.filter(pk=found.notice_id).update(until_at=max(at, found.declared_at or at))
    live.push("news", "recall", {"number": found.number})
    return found


def locked(recall: Recall) -> Recall:
    """The recall as it stands, locked."""
    rows = Recall.objects.select_related("site", "notice", "complaint__nonconformance", "nonconformance")
    return lock(rows.filter(pk=recall.pk))[0]


