"""The list of holds: what stands still, who stopped it, why and since when."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from plant import scoping
from plant.models import JournalEntry, Person
from plant.queries import journal
from traceability.models import Hold


def every() -> QuerySet[Hold]:
    """Every hold with its target, people and the hold it spread from."""
    return Hold.objects.select_related("lot__material", "placed_by", "released_by", "spread_from")


def in_state(state: str) -> Q:
    """What stands still, or what was let go."""
    return Q(released_at__isnull=state == "open")


def counts(person: Person) -> dict[str, int]:
    """How many targets of each kind are held now, where a person sees them."""
    rows = scoping.visible(Hold.objects.filter(released_at__isnull=True), person).values("target_kind")
    return dict(rows.annotate(targets=Count("target_id", distinct=True)).values_list("target_kind", "targets"))


def timeline(hold: Hold) -> list[JournalEntry]:
    """What happened to a hold, newest first; a lot's hold is written in the lot's own stream."""
    own = Q(subject_kind="hold", subject_id=str(hold.pk))
    if hold.lot_id:
        own |= Q(subject_kind="materiallot", subject_id=str(hold.lot_id), data__hold=hold.pk)
    return journal.titled(JournalEntry.objects.filter(own).order_by("-id")[:50])


def origins(holds: Iterable[Hold], person: Person) -> set[int]:
    """The holds from which these spread, as far as a person may see them."""
    return {one.pk for one in scoping.within([hold.spread_from for hold in holds if hold.spread_from], person)}


def of_lot(lot_id: int) -> list[Hold]:
    """Every hold that a lot has had, the open ones first."""
    rows = Hold.objects.filter(lot_id=lot_id)
    rows = rows.select_related("placed_by", "released_by", "spread_from__lot", "signature")
    return sorted(rows, key=lambda hold: (hold.released_at is not None, hold.placed_at))
