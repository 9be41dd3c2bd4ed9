"""What of the journal other systems hear of, and in which words: one table from kinds of entries to objects."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.erp import store_words
from integrations.erp import words as erp
from integrations.nouns.registry import NOUNS
from mes.amounts import plain
from mes.models import JobOrder
from plant.models import JournalEntry
from traceability.models import ActualKind, Hold, MaterialActual, MaterialLot, Move, Shipment


@dataclass(frozen=True, slots=True)
class News:
    """One message to the other side: what it is about, under which key, as its own id, in our words."""

    noun: str
    key: str
    claim: str
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Teller:
    """What a kind of entry may tell of, and how."""

    nouns: frozenset[str]
    tell: Callable[[JournalEntry], Iterator[News]]


def of(*nouns: str, by: Callable[[JournalEntry], Iterator[News]]) -> Teller:
    """The teller of these objects."""
    return Teller(frozenset(nouns), by)


def _usual(entry: JournalEntry) -> dict[str, Any]:
    return {"id": entry.pk, "at": entry.at.isoformat(), "by": entry.actor, "reason": str(entry.reason)}


def _lot(entry: JournalEntry) -> MaterialLot | None:
    return MaterialLot.objects.select_related("material").filter(pk=entry.subject_id).first()


def report(entry: JournalEntry) -> Iterator[News]:
    """A report of an operation, and then what was consumed for it and not told yet."""
    lot, said = _lot(entry), entry.data
    if lot is None:
        return
    order = str(said.get("job_order", ""))
    counts = {name: str(said.get(name, "0")) for name in ("good", "scrap", "rework")}
    where = {name: said.get(name, "") for name in ("work_request", "operation", "station")}
    words = {**_usual(entry), "job_order": order, **where, "lot": lot.number, "material": lot.material.code,
             "unit": lot.material.unit_id, **counts}
    yield News("job-reports", order, f"job-reports:{entry.pk}", words)
    rows = MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, job_order=order, operation=where["operation"], link__child=lot
    )
    for actual in rows.select_related("lot__material").order_by("pk"):
        yield consumption(actual, entry, where)


def consumption(actual: MaterialActual, entry: JournalEntry, where: dict[str, Any]) -> News:
    """One consumption."""
    words = {
        **_usual(entry), "id": f"c{actual.pk}", "job_order": actual.job_order, **where,
        "at": actual.at.isoformat(), "material": actual.lot.material.code, "lot": actual.lot.number,
        "quantity": plain(actual.quantity), "unit": actual.lot.material.unit_id,
    }
    return News("consumptions", actual.job_order, f"consumptions:{actual.pk}", words)


def scrap(entry: JournalEntry) -> Iterator[News]:
    """Pieces that quality decided to scrap."""
    lot = _lot(entry)
    if lot is not None:
        words = {**entry.data, **_usual(entry), "lot": lot.number, "material": lot.material.code,
                 "unit": lot.material.unit_id, "job_order": lot.job_order}
        yield News("scraps", lot.job_order or lot.number, f"scraps:{entry.pk}", words)


def finished(entry: JournalEntry) -> Iterator[News]:
    """Finished pieces that a store has received."""
    words = {**entry.data, **_usual(entry), "work_request": entry.subject_label.split(" ")[0]}
    yield News("goods-receipts", words["work_request"], f"goods-receipts:{entry.pk}", words)


def hold(entry: JournalEntry) -> Iterator[News]:
    """A hold, placed or released."""
    row = Hold.objects.select_related("placed_by").filter(pk=entry.data.get("hold") or entry.subject_id).first()
    if row is not None:
        yield News("holds", str(row.pk), f"holds:{entry.pk}", {**erp.hold(row), **_usual(entry), "id": row.pk})


def shipped(entry: JournalEntry) -> Iterator[News]:
    """A shipment that left."""
    row = Shipment.objects.select_related("customer").filter(pk=entry.subject_id).first()
    if row is not None:
        yield News("shipments", row.number, f"shipments:{entry.pk}", NOUNS["shipments"].told(row))


def moved(entry: JournalEntry) -> Iterator[News]:
    """An amount of a lot was brought from place to place."""
    row = Move.objects.select_related("lot__material", "person").filter(pk=entry.data.get("move")).first()
    if row is not None:
        yield News("stock-moves", row.lot.number, f"stock-moves:{row.pk}", store_words.move(row))


def shortage(entry: JournalEntry) -> Iterator[News]:
    """A station lacks material: whoever replenishes is told."""
    job = JobOrder.objects.filter(pk=entry.subject_id).first()
    if job is not None:
        words = {**entry.data, **_usual(entry), "job_order": job.number}
        yield News("shortages", job.number, f"shortages:{entry.pk}", words)


TELLERS: dict[str, Teller] = {
    "lot.reported": of("job-reports", "consumptions", by=report), "lot.scrapped": of("scraps", by=scrap),
    "workrequest.goods-received": of("goods-receipts", by=finished), "hold.placed": of("holds", by=hold),
    "lot.held": of("holds", by=hold), "hold.released": of("holds", by=hold),
    "shipment.shipped": of("shipments", by=shipped), "joborder.short": of("shortages", by=shortage),
    "lot.moved": of("stock-moves", by=moved), "lot.set-aside": of("stock-moves", by=moved),
}
# What can go out, with its word and its fields, for those who write a mapping.
OUTGOING: dict[str, tuple[Any, tuple[str, ...]]] = {
    "job-reports": (_("Report of an operation"), (
        "id", "at", "by", "reason", "job_order", "work_request", "operation", "station", "lot", "material", "unit",
        "good", "scrap", "rework",
    )),
    "consumptions": (_("Consumption"), (
        "id", "at", "by", "job_order", "work_request", "operation", "station", "material", "lot", "quantity", "unit",
    )),
    "scraps": (_("Scrap decided by quality"), (
        "id", "at", "by", "reason", "job_order", "lot", "material", "quantity", "unit",
    )),
    "goods-receipts": (_("Finished goods received"), ("id", "at", "by", "work_request", "quantity", "place")),
    "holds": (_("Hold"), (
        "id", "target_kind", "target", "cause_kind", "cause", "reason", "placed_at", "placed_by", "released_at",
        "release_reason",
    )),
    "shipments": (_("Shipment"), (
        "number", "customer", "status", "address", "vehicle", "due_at", "shipped_at", "lines[].line",
        "lines[].material", "lines[].unit", "lines[].quantity", "lines[].picked", "lots[].lot", "lots[].quantity",
    )),
    "stock-moves": (_("Movement of stock"), (
        "id", "at", "person", "reason", "lot", "material", "unit", "quantity", "from_bucket", "from_place", "to_bucket",
        "to_place", "job_order", "operation",
    )),
    "order-totals": (_("Totals of a production order"), (
        "order", "material", "unit", "quantity", "good", "scrap", "finished", "produced[].material", "produced[].lot",
        "produced[].quantity", "scrapped[].material", "scrapped[].quantity", "consumed[].material", "consumed[].lot",
        "consumed[].quantity", "operations[].operation", "operations[].name", "operations[].good",
        "operations[].scrap", "operations[].finished",
    )),
    "shortages": (_("Missing material"), (
        "id", "at", "by", "reason", "job_order", "work_request", "operation", "station", "material", "quantity", "unit",
    )),
}
