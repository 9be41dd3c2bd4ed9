"""The list of holds: what stands still, who stopped it, why and since when."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from plant.models import JournalEntry
from plant.queries import journal
from traceability.models import Hold
from traceability.queries.paging import PAGE, Page, page


@dataclass(frozen=True, slots=True)
class HoldFilter:
    """What to look for; without a state only what is still held."""

    text: str = ""
    state: str = "open"
    target_kind: str = ""
    cause_kind: str = ""


def find(wanted: HoldFilter, *, cursor: str = "", size: int = PAGE) -> Page[Hold]:
    """One page of holds, newest first, with target, people and the hold they spread from."""
    return page(matching(wanted), key="placed_at", descending=True, cursor=cursor, size=size)


def matching(wanted: HoldFilter) -> QuerySet[Hold]:
    """The holds that fit."""
    rows = Hold.objects.select_related("lot__material", "placed_by", "released_by", "spread_from")
    if wanted.state in ("open", "released"):
        rows = rows.filter(released_at__isnull=wanted.state == "open")
    if wanted.text:
        rows = rows.filter(
            Q(target_label__icontains=wanted.text) | Q(cause_id__icontains=wanted.text)
            | Q(reason__icontains=wanted.text)
        )
    exact = {"target_kind": wanted.target_kind, "cause_kind": wanted.cause_kind}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def counts() -> dict[str, int]:
    """How many targets of each kind are held now."""
    rows = Hold.objects.filter(released_at__isnull=True).values("target_kind")
    return dict(rows.annotate(targets=Count("target_id", distinct=True)).values_list("target_kind", "targets"))


def timeline(hold: Hold) -> list[JournalEntry]:
    """What happened to a hold, newest first; a lot's hold is written in the lot's own stream."""
    own = Q(subject_kind="hold", subject_id=str(hold.pk))
    if hold.lot_id:
        own |= Q(subject_kind="materiallot", subject_id=str(hold.lot_id), data__hold=hold.pk)
    return journal.titled(JournalEntry.objects.filter(own).order_by("-id")[:50])


def of_lot(lot_id: int) -> list[Hold]:
    """Every hold that a lot has had, the open ones first."""
    rows = Hold.objects.filter(lot_id=lot_id)
    rows = rows.select_related("placed_by", "released_by", "spread_from__lot", "signature")
    return sorted(rows, key=lambda hold: (hold.released_at is not None, hold.placed_at))
