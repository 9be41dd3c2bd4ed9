"""What this room adds to the frame of every page: lines in the rail, words for the journal, ways of finding."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Equipment, Person
from traceability import anomalies
from traceability.models import Correction, GoodsReceipt, Hold, MaterialCall, MaterialLot, StockCount
from traceability.queries import corrections, scanned, stewards
from traceability.web import dossier_sheets, finding, sheets

LOTS, HOLDS = _("Lots and serials"), _("Holds")
STOCK, PLACES = _("Stock"), _("Storage places")
RECEIPTS, COUNTS, CALLS = _("Goods receipts"), _("Stock counts"), _("Material calls")
CHANGES = _("Changes of trace data")
ARCHIVE = _("Archive of dossiers")
LABELS, SCANNED = _("Label templates"), _("Scanned by customers")
EXPLORER = _("Genealogy explorer")
WHERE_USED, HISTORY = _("Where a supplier's lot went"), _("Equipment history")
ANOMALIES = _("Data to put right")
PRINTED = ("lot", "handlingunit", "equipment", "materialdefinition")
LABEL_WORDS = {
    "printed": _("Label printed"), "verified": _("Label scanned back"), "mislabelled": _("Wrong label scanned"),
}  # fmt: skip
navigation.register(
    navigation.Page("material", LOTS, "traceability:lot-list", "lot.read", "packages", 10, "l"),
    navigation.Page("material", STOCK, "traceability:stock-list", "lot.read", "building-warehouse", 12),
    navigation.Page("material", RECEIPTS, "traceability:receipt-list", "lot.read", "truck-delivery", 14),
    navigation.Page("material", CALLS, "traceability:call-list", "call.read", "bell-ringing", 15),
    navigation.Page("material", PLACES, "traceability:storage-list", "lot.read", "map-pin", 16),
    navigation.Page("material", COUNTS, "traceability:count-list", "count.read", "list-check", 18),
    navigation.Page("material", HOLDS, "traceability:hold-list", "hold.read", "hand-stop", 20, "x"),
    navigation.Page("material", LABELS, "traceability:label-template-list", "label.print", "qrcode", 25),
    navigation.Page("material", CHANGES, "traceability:correction-list", "correction.read", "pencil-question", 26),
    navigation.Page("material", SCANNED, "traceability:scanned-list", "public.read", "qrcode", 27),
    navigation.Page("material", _("Scope"), "traceability:scope", "lot.read", "affiliate", 28),
    navigation.Page("material", EXPLORER, "traceability:explorer", "lot.read", "hierarchy-3", 28),
    navigation.Page("material", _("What do they share?"), "traceability:common-cause", "lot.read", "zoom-question", 29),
    navigation.Page("material", ANOMALIES, "traceability:anomaly-list", "anomaly.read", "database-exclamation", 42),
    navigation.Page("material", ARCHIVE, "traceability:archive-list", "archive.read", "archive", 33),
    navigation.Page("material", WHERE_USED, "traceability:where-used", "lot.read", "package-export", 30),
    navigation.Page("material", HISTORY, "traceability:equipment-list", "lot.read", "timeline-event", 40, "e"),
    navigation.Act(
        _("Receive a lot…"), "traceability:lot-receive", "lot.receive", "package-import", "traceability:lot-list"
    ),
    navigation.Act(
        _("Put away or move…"), "traceability:stock-move", "lot.move", "barcode", "traceability:stock-list"
    ),
    navigation.Act(
        _("Call for material…"), "traceability:call-ask", "call.ask", "bell-ringing", "traceability:call-list"
    ),
    navigation.Act(_("Count a place…"), "traceability:count-ask", "count.ask", "list-check", "traceability:count-list"),
    navigation.Act(_("Place a hold…"), "traceability:hold-place", "hold.place", "hand-stop", "traceability:hold-list"),
)

subjects.register(
    subjects.Subject(MaterialLot, "lot.read", "traceability:lot-detail", sheet=dossier_sheets.lot),
    subjects.Subject(GoodsReceipt, "lot.read", "traceability:receipt-detail"),
    subjects.Subject(MaterialCall, "call.read", "traceability:call-detail"),
    subjects.Subject(StockCount, "count.read", "traceability:count-detail"),
    subjects.Subject(Correction, "correction.read", "traceability:correction-detail"),
    subjects.Subject(Hold, "hold.read", "traceability:hold-detail", key="pk", sheet=sheets.hold),
)
words.register({
    "lot.received": _("Lot received"),
    "lot.made": _("Lot made"),
    "lot.split": _("Lot split"),
    "lot.handed-over": _("Lot given to another work order"),
    "lot.held": _("Lot held"),
    "lot.moved": _("Lot moved"),
    "lot.set-aside": _("Lot brought to blocked stock"),
    "lot.counted": _("Books corrected by a count"),
    "goodsreceipt.opened": _("Delivery received"),
    "materialcall.asked": _("Material called for"),
    "materialcall.done": _("Material brought"),
    "materialcall.cancelled": _("Call taken back"),
    "stockcount.asked": _("Count asked for"),
    "stockcount.line-counted": _("Lot counted"),
    "stockcount.review": _("Count finished"),
    "stockcount.counting": _("Count goes on"),
    "stockcount.closed": _("Count approved"),
    "stockcount.cancelled": _("Count cancelled"),
    "lot.consumed": _("Lot consumed"),
    "lot.produced": _("Output reported"),
    "lot.scrapped": _("Lot scrapped"),
    "correction.proposed": _("Change of trace data proposed"),
    "correction.signed": _("Signed"),
    "correction.approved": _("Change of trace data approved"),
    "correction.refused": _("Change of trace data refused"),
    "correction.withdrawn": _("Change of trace data withdrawn"),
    "lot.change-proposed": _("Change of trace data proposed"),
    "lot.corrected": _("Trace data changed"),
    "lot.put-away": _("Dossier archived"),
    "lot.dossier-dropped": _("Dossier dropped"),
    "datasteward.appointed": _("Appointed to look after the data"),
    "datasteward.ended": _("Looks after the data no more"),
    "lot.scans-doubted": _("Customers' scans are improbable"),
    **{f"{noun}.{word}": told for noun in PRINTED for word, told in LABEL_WORDS.items()},
    "consumption.undone": _("Consumption taken back"),
    "lot.part-replaced": _("Part replaced in repair"),
    "hold.placed": _("Hold placed"),
    "hold.released": _("Hold released"),
    "hold.signed": _("Release of a hold signed"),
    "readings.dropped": _("Old readings dropped, hourly values kept"),
})


def find_lots(code: str, person: Person) -> list[search.Hit]:
    """A lot or serial by its number, or by a part of it."""
    if not code or not policies.may(person, "lot.read"):
        return []
    near = scoping.visible(MaterialLot.objects.filter(number__istartswith=code).select_related("material"), person)
    spelt = {code, code.upper()}
    rows = [*near.filter(number__in=spelt), *near.exclude(number__in=spelt)[:8]]
    return [
        search.Hit(
            lot.number, reverse("traceability:lot-detail", args=[lot.number]), lot.get_kind_display(),
            str(lot.material), lot.status, lot.number in spelt, "package",
        )
        for lot in rows
    ]


def find_equipment(code: str, person: Person) -> list[search.Hit]:
    """A machine by the number on its plate: its history."""
    if not code or not policies.may(person, "lot.read"):
        return []
    rows = scoping.visible(Equipment.objects.filter(code__istartswith=code), person)[:8]
    return [
        search.Hit(
            one.code, reverse("traceability:equipment-history", args=[one.code]), now("Equipment"), one.name, one.state,
            one.code == code, "engine",
        )
        for one in rows
    ]


def find_papers(code: str, person: Person) -> list[search.Hit]:
    """A delivery, a count or a call by its number."""
    found = []
    for subject in map(subjects.of, ("goodsreceipt", "stockcount", "materialcall")):
        if code and subject is not None and policies.may(person, subject.action):
            rows = scoping.visible(subject.model._default_manager.filter(number__istartswith=code), person)[:4]
            kind = str(subject.model._meta.verbose_name)
            found += [search.Hit(row.number, subject.url(row), kind, exact=row.number == code) for row in rows]
    return found


def waiting(person: Person) -> list[inbox.Item]:
    """Changes of trace data that somebody else proposed."""
    return [
        inbox.Item(
            f"{one.number} {one.lot.number}", reverse("traceability:correction-detail", args=[one.number]),
            str(CHANGES), one.status, None, f"{one.old} → {one.new}", "signature",
        )
        for one in corrections.waiting(person)[:20]
    ]


def to_put_right(person: Person) -> list[inbox.Item]:
    """The queue of data, for whoever answers for it: one line."""
    if not stewards.is_one(person):
        return []
    rows = anomalies.queue(person, timezone.now())
    late = sum(row.is_late for row in rows)
    told = now("%(all)s to put right, %(late)s of them late") % {"all": len(rows), "late": late}
    return [
        inbox.Item(str(ANOMALIES), reverse("traceability:anomaly-list"), due_at=rows[0].due_at, detail=told,
                   state="LATE" if late else "WAITING", mark=f"anomalies-{person.pk}-{timezone.localdate()}")
    ] if rows else []


inbox.register(to_put_right)
inbox.register(waiting)
search.register(find_lots)
search.register(find_papers)
search.register(find_equipment)
search.register(finding.supplier_lots)
search.register(finding.materials)
search.register(finding.customers)
search.register(finding.people)
search.register_reader(scanned.names)
