"""What gauges and their impact reviews add to the frame: the rail, the journal's words, finding, waiting, labels."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person
from plant.queries import places
from qms.models import Gauge, ImpactReview
from qms.queries import gauge_register, impacts, inspections
from qms.web import plain_papers
from traceability import dossier_parts
from traceability.models import LabelKind, MaterialLot
from traceability.queries import labels

navigation.register(
    navigation.Page("quality", _("My day"), "qms:inspection-day", "inspection.record", "calendar-event", 10),
    navigation.Page("quality", _("Gauges"), "qms:gauge-list", "gauge.read", "ruler-2", 54),
)
navigation.register(
    navigation.Act(
        _("Ask for an inspection…"), "qms:inspection-ask", "inspection.create", "ruler-measure", "qms:inspection-list"
    ),
)
subjects.register(
    subjects.Subject(Gauge, "gauge.read", "qms:gauge-detail", key="code", sheet=plain_papers.gauge),
    subjects.Subject(ImpactReview, "impact.read", "qms:impact-detail", sheet=plain_papers.impact),
)
words.register({
    "inspection.asked": _("Asked for"),
    "inspection.open": _("Given back"),
    "inspection.signed": _("Signed"),
    "lot.restricted": _("Accepted with restrictions"),
    "gauge.created": _("Gauge registered"),
    "gauge.changed": _("Gauge changed"),
    "gauge.calibrated": _("Calibration passed"),
    "gauge.adjusted": _("Adjusted and calibrated"),
    "gauge.failed": _("Calibration failed"),
    "gauge.due-soon": _("Calibration due soon"),
    "gauge.overdue": _("Calibration overdue"),
    "gauge.escalated": _("Escalated"),
    "gauge.lent": _("Lent"),
    "gauge.returned": _("Taken back"),
    "gauge.on_hold": _("Kept from use"),
    "gauge.in_use": _("Let go again"),
    "gauge.withdrawn": _("Withdrawn"),
    "gauge.printed": _("Label printed"),
    "gauge.verified": _("Label scanned back"),
    "gauge.mislabelled": _("Wrong label scanned"),
    "gaugetype.created": _("Gauge type registered"),
    "gaugetype.changed": _("Gauge type changed"),
    "impactreview.opened": _("Impact review opened"),
    "impactreview.collected": _("Measurements collected"),
    "impactreview.decided": _("Decided"),
    "impactreview.signed": _("Signed"),
    "impactreview.closed": _("Impact review closed"),
})


def find(code: str, person: Person) -> list[search.Hit]:
    """A gauge by its code or serial number, an impact review by its number."""
    if not code:
        return []
    kinds: list[tuple[Any, str, str, Any, str, str]] = [
        (Gauge, "code", "gauge", now("Gauge"), "ruler-2", "name"),
        (ImpactReview, "number", "impact", now("Impact review"), "zoom-question", ""),
    ]
    return [
        search.Hit(
            key, reverse(f"qms:{name}-detail", args=[key]), word, str(getattr(row, title, "")) if title else "",
            row.status, key.lower() == code.lower(), icon,
        )
        for model, field, name, word, icon, title in kinds
        if policies.may(person, f"{name}.read")
        for row in scoping.visible(model.objects.filter(**{f"{field}__istartswith": code}), person)[:8]
        for key in [getattr(row, field)]
    ]


def waiting(person: Person) -> list[inbox.Item]:
    """Gauges that are due or failed, and open reviews for whoever decides in them."""
    return [*_gauges(person), *_reviews(person)]


def _gauges(person: Person) -> list[inbox.Item]:
    return [
        inbox.Item(
            str(gauge), reverse("qms:gauge-detail", args=[gauge.code]), now("Calibration"),
            "FAILED" if gauge.failed_at else "DUE", gauge.due_at, gauge.equipment.code,
            "task" if gauge.stage == 1 else "alarm",
        )
        for gauge in gauge_register.waiting(person)
    ]


def _reviews(person: Person) -> list[inbox.Item]:
    if not gauge_register.overseers(person):
        return []
    return [
        inbox.Item(
            f"{review.number} {review.gauge}", reverse("qms:impact-detail", args=[review.number]), now("Impact review"),
            review.status, review.opened_at, "", "alarm",
        )
        for review in impacts.waiting(person)
    ]


def labelled(gauge: Gauge) -> labels.Thing:
    """The label of a gauge: what it is, until when it is calibrated, and a code that leads to its page."""
    due = timezone.localtime(gauge.due_at - timedelta(microseconds=1)).date().isoformat() if gauge.due_at else "—"
    words = {"code": gauge.code, "name": gauge.name, "serial": gauge.serial_number, "due": due,
             "place": gauge.equipment.name, "site": places.site_of(gauge.equipment).name}
    return labels.Thing(LabelKind.GAUGE, gauge.code, gauge, reverse("qms:gauge-detail", args=[gauge.code]), words=words)


LINES = ("{code}", "{name}", _("Serial number {serial}"), _("Calibrated through {due}"))
labels.register("gauge", LabelKind.GAUGE, Gauge, "code", labelled, LINES)
def restricted(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """With which restrictions a lot, or what it was made from, was accepted."""
    rows = inspections.restricted(lots)
    return {"tasks": rows} if rows else {}


dossier_parts.register(_("Accepted with restrictions"), "qms/inspection/restricted.html", restricted)
search.register(find)
inbox.register(waiting)
