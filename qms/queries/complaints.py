"""Complaints and returns read: what a number means, who has it, what is late, what stands in a lot's dossier."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.models import Partner, Person
from qms.models import Complaint, ComplaintStatus, RevisionOpening, Rma, RmaStatus, Satisfaction
from traceability.models import Bucket, LotBalance, MaterialLot, Shipment
from traceability.queries import shipments

SAME_TIME, MOST_FAULTY = timedelta(days=60), 20
OPEN = (ComplaintStatus.NEW, ComplaintStatus.ACCEPTED, ComplaintStatus.ANSWERED)
TO_ANSWER = (ComplaintStatus.NEW, ComplaintStatus.ACCEPTED)
RMA_ALIVE = (RmaStatus.OPEN, RmaStatus.RECEIVED, RmaStatus.ANALYSED, RmaStatus.DECIDED)
RELATED = ("customer", "site", "material", "lot__material__unit", "lot__site", "nonconformance", "owner", "opened_by",
           "answered_by", "closed_by", "cause")
RMA_RELATED = ("complaint__customer", "site", "lot__material__unit", "shipment__customer", "analysed_by", "decided_by",
               "opened_by")


class UnknownComplaint(Refusal):
    """A number that no complaint and no return carries."""

    code = "unknown-complaint"


def listing() -> QuerySet[Complaint]:
    return Complaint.objects.select_related(*RELATED)


def by_number(number: str) -> Complaint:
    """One complaint."""
    found = listing().filter(number=number).first()
    if found is None:
        raise UnknownComplaint(_("There is no complaint “%(number)s”.") % {"number": number[:40]})
    return found


def revised(complaint: Complaint) -> list[RevisionOpening]:
    """The planning documents that were revised because of it."""
    rows = RevisionOpening.objects.filter(source_kind="COMPLAINT", source_id=complaint.number)
    return list(rows.select_related("fmea", "plan", "by").order_by("pk"))


def url(complaint: Complaint) -> str:
    return reverse("qms:complaint-detail", args=[complaint.number])


def rma_listing() -> QuerySet[Rma]:
    return Rma.objects.select_related(*RMA_RELATED)


def rma(number: str) -> Rma:
    """One return."""
    found = rma_listing().filter(number=number).first()
    if found is None:
        raise UnknownComplaint(_("There is no return “%(number)s”.") % {"number": number[:40]})
    return found


def rma_url(one: Rma) -> str:
    return reverse("qms:rma-detail", args=[one.number])


def meant(number: str) -> MaterialLot | None:
    """The lot or serial that a customer's number means, if it is one of ours."""
    return MaterialLot.objects.select_related("material", "site").filter(number__iexact=number.strip()).first()


def customer_of(lot: MaterialLot) -> Partner | None:
    """Who got the lot last."""
    pick = shipments.of_lots([lot]).filter(move__isnull=False).first()
    return pick.line.shipment.customer if pick else None


def with_customer(lot: MaterialLot) -> tuple[Shipment | None, Decimal]:
    """The shipment with which most of a lot is still out, and how much that is."""
    out = LotBalance.objects.filter(lot=lot, bucket=Bucket.SHIPPED, quantity__gt=0).order_by("-quantity").first()
    found = Shipment.objects.filter(number=out.place).first() if out else None
    return found, out.quantity if out and found else Decimal(0)


def overdue(at: datetime) -> QuerySet[Complaint]:
    """Complaints that should have been answered by now."""
    return listing().filter(status__in=TO_ANSWER, due_at__lte=at).order_by("due_at")


def waiting(person: Person) -> list[Complaint]:
    """What somebody has to answer; asked for every page's bell, so with no more than the bell tells."""
    rows = Complaint.objects.filter(owner=person, status__in=TO_ANSWER).select_related("customer")
    return list(rows.order_by("due_at")[:50])


def faulty(one: Complaint) -> list[str]:
    """The numbers of pieces of the same material that customers complain of at the same time, its own first."""
    around = (one.opened_at - SAME_TIME, one.opened_at + SAME_TIME)
    rows = Complaint.objects.filter(material=one.material_id, lot__isnull=False, opened_at__range=around)
    rows = rows.exclude(status=ComplaintStatus.DECLINED).exclude(pk=one.pk).order_by("-opened_at")
    own = [one.lot.number] if one.lot else []
    return list(dict.fromkeys([*own, *rows.values_list("lot__number", flat=True)[:MOST_FAULTY]]))


def of_lots(lots: Sequence[MaterialLot]) -> list[Complaint]:
    """What customers said about these lots, the newest first."""
    return list(listing().filter(lot__in=[lot.pk for lot in lots]).order_by("-opened_at")[:50])


def rmas_of_lots(lots: Sequence[MaterialLot]) -> list[Rma]:
    """What of these lots came back, and what was done about it."""
    return list(rma_listing().filter(lot__in=[lot.pk for lot in lots]).order_by("-opened_at")[:50])


def scores() -> QuerySet[Satisfaction]:
    return Satisfaction.objects.select_related("customer", "by")
