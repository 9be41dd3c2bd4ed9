"""Stopping a lot, and letting it go again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.commands import journal, journal_many
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person, Signature
from plant.statements import kept
from plant.transactions import command
from traceability.gate import Cause, Target, rule_id
from traceability.models import CauseKind, Hold, LotStatus, MaterialLot, TargetKind
from traceability.queries import holds as standing
from traceability.queries import spreading

CHILDREN = """
SELECT DISTINCT l.child_id, l.parent_id FROM traceability_link l
WHERE l.parent_id = ANY(%s) AND l.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM traceability_link r WHERE r.reverses_id = l.id)
ORDER BY l.child_id
"""


class Held(Refusal):
    """Something that may not go on, because a hold reaches it."""

    code = "held"


class NoReason(Refusal):
    """A hold or release without a word why."""

    code = "no-reason"


class AlreadyReleased(Refusal):
    """A hold that somebody let go before."""

    code = "already-released"


@command
def place(*, target: Target, cause: Cause, reason: str, by: Person, at: datetime) -> Hold:
    """Stop a target until this hold is released; a lot's hold reaches all that was made from it."""
    if target.held_lot is not None:
        return contain(lots=[target.held_lot], cause=cause, reason=reason, by=by, at=at)[0]
    policies.check(by, "hold.place", on=target.site)
    require(reason)
    hold, is_new = Hold.objects.get_or_create(
        target_kind=target.kind, target_id=target.id, cause_kind=cause.kind, cause_id=cause.id, released_at=None,
        defaults={
            "target_label": target.label, "site": target.site, "reason": reason, "placed_by": by, "placed_at": at,
        },
    )
    if is_new:
        journal.record("hold.placed", subject=hold, by=by, reason=reason, data=recorded(hold))
    return hold


@command
def contain(*, lots: Iterable[MaterialLot], cause: Cause, reason: str, by: Person, at: datetime) -> list[Hold]:
    """Stop lots and everything made from them. Alarms repeat, holds do not: what this cause holds stays as it is.

    The walk goes level by level and reads the children of a lot only once that lot is locked, so a lot that is made
    while the hold spreads is either seen here or meets the hold at its own link.
    """
    policies.check(by, "hold.place")
    require(reason)
    level: dict[int, Hold | None] = {}
    for lot in lots:
        scoping.check(by, lot)
        level[lot.pk] = None
    holds: dict[int, Hold] = {}
    while level:
        locked = lock(MaterialLot.objects.filter(pk__in=level))
        holds |= hold_lots(locked, level, cause, reason, by=by, at=at)
        level = {child: holds[parent] for child, parent in children(list(level)) if child not in holds}
    return list(holds.values())


def hold_lots(
    lots: Sequence[MaterialLot], origins: Mapping[int, Hold | None], cause: Cause, reason: str, *, by: Person,
    at: datetime,
) -> dict[int, Hold]:
    """One hold row on each of these locked lots, unless this cause holds it already; as many statements for a
    thousand lots as for one."""
    standing_now = Hold.objects.filter(
        lot__in=lots, cause_kind=cause.kind, cause_id=cause.id, released_at=None
    ).select_related("lot")
    found = {hold.lot_id: hold for hold in standing_now if hold.lot_id is not None}
    fresh = [lot for lot in lots if lot.pk not in found]
    made = Hold.objects.bulk_create(
        Hold(
            target_kind=TargetKind.LOT, target_id=str(lot.pk), target_label=lot.number, lot=lot, site_id=lot.site_id,
            cause_kind=cause.kind, cause_id=cause.id, reason=reason, spread_from=origins[lot.pk], placed_by=by,
            placed_at=at,
        )
        for lot in fresh
    )
    MaterialLot.objects.filter(pk__in=[lot.pk for lot in fresh]).update(
        open_holds=F("open_holds") + 1, status=LotStatus.HELD
    )
    told = [Entry("lot.held", lot, recorded(hold)) for lot, hold in zip(fresh, made, strict=True)]
    journal_many.record(told, by=by, reason=kept(reason))
    return {lot.pk: found[lot.pk] for lot in lots if lot.pk in found} | {hold.lot_id or 0: hold for hold in made}


def children(parents: list[int]) -> list[tuple[int, int]]:
    """(child, parent) for every lot made directly from these; links that were taken back don't count."""
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN, [parents])
        return list(cursor.fetchall())


@command
def release(*, hold: Hold, reason: str, by: Person, at: datetime, signature: Signature | None = None) -> Hold:
    """Let go of this hold and of what it spread to; other causes on the same targets stand.

    What another lot of the same cause still reaches stays held: it goes with the last of them.
    """
    policies.check(by, "hold.release")
    if hold.cause_kind == CauseKind.STOPPAGE:
        message = _("%(target)s was stopped for something to be put right. Let it go on from its own page of stops.")
        raise Held(message % {"target": hold.target_label}, code="stopped", facts=facts(hold))
    lock_all(hold)
    along = spreading.along(hold)
    for each in along:
        let_go(each, reason, by=by, at=at, signature=signature)
    return let_go(hold, reason, by=by, at=at, signature=signature)


def lock_all(hold: Hold) -> None:
    """Lock every lot that the release reaches, as it stands once they are locked: nothing is made from a held lot."""
    locked: set[int] = set()
    while True:
        reached = {one.lot_id for one in [hold, *spreading.along(hold)] if one.lot_id is not None}
        if reached <= locked:
            return
        locked = {lot.pk for lot in lock(MaterialLot.objects.filter(pk__in=reached | locked))}


def let_go(hold: Hold, reason: str, *, by: Person, at: datetime, signature: Signature | None) -> Hold:
    """Write the release of one hold, and free its lot when it was the last."""
    require(reason)
    lot = lock(MaterialLot.objects.filter(pk=hold.lot_id))[0] if hold.lot_id else None
    changed = Hold.objects.filter(pk=hold.pk, released_at__isnull=True).update(
        released_at=at, released_by=by, release_reason=reason, signature=signature
    )
    if changed != 1:
        raise AlreadyReleased(_("This hold was released before. Reload the page to see who did it."))
    hold.refresh_from_db()
    if lot is not None:
        free_one(lot)
    journal.record("hold.released", subject=lot or hold, by=by, reason=reason, data=recorded(hold))
    return hold


def free_one(lot: MaterialLot) -> None:
    """Count one hold less on a locked lot; the last one makes it available."""
    left = lot.open_holds - 1
    status = LotStatus.HELD if left else LotStatus.AVAILABLE
    MaterialLot.objects.filter(pk=lot.pk).update(open_holds=left, status=status)


@command
def release_cause(
    *, lot: MaterialLot, cause: Cause, reason: str, by: Person, at: datetime, signature: Signature | None = None
) -> list[Hold]:
    """Let go of whatever this cause holds on this lot, and of nothing else."""
    policies.check(by, "hold.release-cause")
    rows = Hold.objects.filter(lot=lot, cause_kind=cause.kind, cause_id=cause.id, released_at__isnull=True)
    return [let_go(hold, reason, by=by, at=at, signature=signature) for hold in rows.order_by("pk")]


@command
def lift_stop(*, hold: Hold, reason: str, by: Person, at: datetime, signature: Signature | None = None) -> Hold:
    """Let go of the hold of stopped work, for whoever may let that work go on."""
    policies.check(by, "hold.lift-stop")
    if hold.cause_kind != CauseKind.STOPPAGE:
        raise Held(_("This hold stands for something else."), facts=facts(hold))
    return let_go(hold, reason, by=by, at=at, signature=signature)


@command
def inherit_rules(*, lot: MaterialLot, by: Person, at: datetime) -> None:
    """A newly received lot meets every open hold on lots of its material, from anybody or from its supplier."""
    ids = {rule_id(lot.material, None), rule_id(lot.material, lot.supplier)}
    rules = Hold.objects.filter(target_kind=TargetKind.RULE, target_id__in=ids, released_at__isnull=True)
    for rule in rules.order_by("pk"):
        cause = Cause(CauseKind(rule.cause_kind), rule.cause_id)
        locked = lock(MaterialLot.objects.filter(pk=lot.pk))
        hold_lots(locked, {lot.pk: rule}, cause, rule.reason, by=rule.placed_by, at=at)


def check_free(
    *, lots: Iterable[MaterialLot] = (), equipment: Iterable[Equipment] = (), job_orders: Iterable[str] = (),
    operations: Iterable[tuple[str, str]] = (),
) -> None:
    """Refuse when an open hold reaches any of these (operations: work order and code). Call it with the lots locked."""
    blocking = standing.blocking(
        lots=list(lots), equipment=list(equipment), job_orders=list(job_orders), operations=operations
    )
    if not blocking:
        return
    hold = blocking[0]
    message = _("%(target)s is held: %(reason)s (%(cause)s). Put it aside and ask the quality engineer.")
    if hold.cause_kind == CauseKind.STOPPAGE:
        message = _("%(target)s stands still: %(reason)s. Wait until the team leader or quality lets it go on.")
    words = {"target": hold.target_label, "reason": hold.reason, "cause": hold.cause_id}
    raise Held(message % words, facts=facts(hold))


def facts(hold: Hold) -> dict[str, object]:
    """What a refused person or program is told about a hold."""
    is_nonconformance = hold.cause_kind == CauseKind.NONCONFORMANCE
    return {
        "hold": hold.pk, "target": hold.target_label, "cause_kind": hold.cause_kind, "cause": hold.cause_id,
        "nonconformance": hold.cause_id if is_nonconformance else None, "reason": hold.reason,
    }


def recorded(hold: Hold) -> dict[str, object]:
    """The same for the journal, which keeps statements as they are stored."""
    return {**facts(hold), "reason": kept(hold.reason)}


def require(reason: str) -> None:
    """No hold without a reason."""
    if not reason.strip():
        raise NoReason(_("Say in a few words why. The next person at the station will read it."))
