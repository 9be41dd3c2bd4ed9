"""What the page behind the code on a label tells: gathered for a stranger, with only what may be shown."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse

from plant.gs1 import digital_link
from plant.gs1.elements import Gs1Error
from plant.models import MaterialUse, Partner
from traceability import codes, labelling, public_parts
from traceability.models import (
    LotBalance,
    LotKind,
    MaterialActual,
    MaterialLot,
    PublicPage,
    PublicScan,
    PublicView,
    ScanDoubt,
    ShipmentPick,
    Visit,
)
from traceability.public_parts import Checked
from traceability.queries import genealogy, recalls
from traceability.queries.genealogy import Node
from traceability.queries.recalls import Recalled

SHORT = timedelta(hours=24)
MOST = 200  # lots of raw material that are listed
BOUGHT = (MaterialUse.RAW, MaterialUse.COMPONENT)
VERSION = """
SELECT version, (SELECT count(*) FROM traceability_publicepoch) FROM traceability_publicpage WHERE lot_id = %s
"""


@dataclass(frozen=True, slots=True)
class Scans:
    """How often a code was scanned, since when, at how many places, and why that is improbable."""

    total: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    places: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page of a product shows, and nothing else."""

    lot: MaterialLot
    view: PublicView
    state: str
    recalled: Recalled | None
    raw: list[Node]
    checked: list[Checked]
    operators: list[str]
    scans: Scans
    code: str

    @property
    def summary(self) -> dict[str, int]:
        """How many characteristics passed, and how many did not."""
        passed = sum(one.passed for one in self.checked)
        return {"passed": passed, "failed": len(self.checked) - passed}

    @property
    def verdicts(self) -> list[Checked]:
        """One row for each inspection."""
        return list({one.number: one for one in self.checked}.values())


def version(lot: int) -> tuple[int, int] | None:
    """What the page of a lot is worth keeping under; None before its first scan. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [lot])
        row: tuple[int, int] | None = cursor.fetchone()
    return row


def link(lot: MaterialLot, stem: str) -> str:
    """Where a customer's code leads: a GS1 Digital Link where the product has a GTIN, signed by its parameter k."""
    code, key = codes.code(lot.pk), "21" if lot.kind == LotKind.SERIAL else "10"
    if lot.material.gtin:
        with suppress(Gs1Error):
            return f"{digital_link.written({'01': lot.material.gtin.zfill(14), key: lot.number}, stem)}?k={code}"
    return f"{stem}{reverse('public:page', args=[code])}"


def find(lot: int) -> MaterialLot | None:
    """The lot of a code."""
    return MaterialLot.objects.select_related("material__unit", "supplier", "site").filter(pk=lot).first()


def told(lot: MaterialLot, now: datetime) -> Told | None:
    """What a stranger is told of a lot; None where its page is closed and nothing is recalled."""
    view, recalled = view_of(lot), recalls.open_for([lot.pk]).get(lot.pk)
    if not view.is_open and recalled is None:
        return None
    trace = genealogy.trace(lot, "upstream", most=MOST)
    root = trace.by_id[lot.pk]
    checked = public_parts.inspected(_made(lot, trace.upstream)) if view.shows_inspections else []
    return Told(
        lot=lot, view=view, recalled=recalled, state="RECALLED" if recalled else "REVIEW" if lot.open_holds else "GOOD",
        raw=[node for node in trace.upstream if node.use in BOUGHT] if view.shows_raw else [], checked=checked,
        operators=operators(lot) if view.shows_operators else [], scans=scans(lot, view, root.state, now),
        code=codes.code(lot.pk),
    )


def _made(lot: MaterialLot, upstream: Sequence[Node]) -> list[MaterialLot]:
    """The product, then what of it was made here."""
    keys = [node.id for node in upstream if node.use not in BOUGHT]
    return [lot, *MaterialLot.objects.filter(pk__in=keys).order_by("pk")]


def customer(lot: MaterialLot) -> Partner | None:
    """To whom the lot went, or for whom it was made."""
    picks = ShipmentPick.objects.filter(lot=lot, move__isnull=False).select_related("line__shipment__customer")
    last = picks.order_by("-at").first()
    return last.line.shipment.customer if last else labelling.customer([lot])


def view_of(lot: MaterialLot) -> PublicView:
    """What may be shown of a lot: by its customer's settings, those for all, or the usual ones."""
    rows = PublicView.objects.filter(Q(customer=customer(lot)) | Q(customer=None))
    return rows.order_by(F("customer").asc(nulls_last=True)).first() or PublicView()


def operators(lot: MaterialLot) -> list[str]:
    """Who worked on the product."""
    names = Visit.objects.filter(lot=lot).values_list("person__name", flat=True)
    used = MaterialActual.objects.filter(lot=lot).values_list("person__name", flat=True)
    return sorted({*names, *used})


def scans(lot: MaterialLot, view: PublicView, whereabouts: str, now: datetime) -> Scans:
    """The scans of a lot's code, and what is improbable about them."""
    rows = list(PublicScan.objects.filter(lot=lot).order_by("first_at"))
    if not rows:
        return Scans()
    total, near = sum(row.count for row in rows), {row.place for row in rows if row.last_at > now - SHORT}
    doubt = ""
    if whereabouts == "SCRAPPED":
        doubt = ScanDoubt.SCRAPPED
    elif lot.kind == LotKind.SERIAL and len(near) > view.most_places:
        doubt = ScanDoubt.FAR
    elif total > view.most_scans * pieces(lot):
        doubt = ScanDoubt.MANY
    last = max(row.last_at for row in rows)
    return Scans(total, rows[0].first_at, last, len({row.place for row in rows}), doubt)


def pieces(lot: MaterialLot) -> Decimal:
    """How many pieces carry the same code."""
    if lot.kind == LotKind.SERIAL:
        return Decimal(1)
    made = LotBalance.objects.filter(lot=lot).aggregate(total=Sum("quantity"))["total"] or Decimal(1)
    return max(made, Decimal(1))


def judged(lot: MaterialLot, now: datetime) -> str:
    """What is improbable about a lot's scans now."""
    buckets = set(LotBalance.objects.filter(lot=lot, quantity__gt=0).values_list("bucket", flat=True))
    return scans(lot, view_of(lot), genealogy.whereabouts(lot.status, buckets), now).doubt


def scanned() -> "QuerySet[PublicPage]":
    """Products whose codes were scanned."""
    total = Sum("lot__public_scans__count", default=0)
    return PublicPage.objects.select_related("lot__material").annotate(scans=total)


def places(lot: MaterialLot) -> "QuerySet[PublicScan]":
    """Where and when a lot's code was scanned, newest first."""
    return PublicScan.objects.filter(lot=lot).order_by("-last_at", "place")
