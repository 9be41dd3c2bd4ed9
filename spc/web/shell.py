"""What process control adds to every page's frame: the rail, words, finding, waiting, panels, lot pages, gauges."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import illustrations, inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person
from spc.models import ChartDefinition, ControlChart, Study, Violation
from spc.queries import charts, duties, studies, violation_pictures, violations
from spc.web import study_files
from traceability import dossier_parts
from traceability.models import MaterialLot, Visit

navigation.register(
    navigation.Page("quality", _("Process monitoring"), "spc:cockpit", "chart.read", "layout-dashboard", 4),
    navigation.Page("quality", _("Control charts"), "spc:chart-list", "chart.read", "chart-dots", 5, "c"),
    navigation.Page("quality", _("Chart definitions"), "spc:definition-list", "chart.read", "stack-2", 6),
    navigation.Page("quality", _("Missed samples"), "spc:missed-list", "violation.read", "clock-exclamation", 12),
    navigation.Page("quality", _("Violations"), "spc:violation-list", "violation.read", "bell-ringing", 10, "v"),
    navigation.Page("quality", _("Gauge studies"), "spc:study-list", "study.read", "ruler-measure", 14),
)
subjects.register(
    subjects.Subject(ControlChart, "chart.read", "spc:chart-detail", key="code"),
    subjects.Subject(ChartDefinition, "chart.read", "spc:definition-detail", key="code"),
    subjects.Subject(Violation, "violation.read", "spc:violation-detail", key="pk"),
    subjects.Subject(Study, "study.read", "spc:study-detail", key="code", sheet=study_files.sheet),
)
words.register({
    "violation.opened": _("Violation found"),
    "violation.ended": _("Back in control"),
    "violation.acknowledged": _("Acknowledged"),
    "violation.closed": _("Violation closed"),
    "violation.false_alarm": _("Dismissed as a false alarm"),
    "violation.escalated": _("Escalated"),
    "violation.assigned": _("Handed over"),
    "violation.snoozed": _("Put off"),
    "violation.woken": _("Asks again"),
    "violation.step-done": _("Step of the reaction plan done"),
    "violation.step-left-out": _("Step of the reaction plan left out"),
    "controlchart.sample-missed": _("Sample missed"),
    "missedsample.taken": _("Sample taken late"),
    "missedsample.overridden": _("Missed sample overridden"),
    "limits.frozen": _("Limits frozen"),
    "chart.created": _("Control chart made"),
    "chart.points-left-out": _("Points left out"),
    "chart.point-restored": _("Point counts again"),
    "chart.rules-changed": _("Rules changed"),
    "chart.definition-applied": _("Changed as its definition asks"),
    "definition.created": _("Chart definition made"),
    "definition.changed": _("Chart definition changed"),
    "definition.stopped": _("Makes no more charts"),
    "definition.resumed": _("Makes charts again"),
    "chart.retired": _("Control chart retired"),
    "chart.revived": _("Control chart in use again"),
    "study.designed": _("Gauge study designed"),
    "study.pasted": _("Values pasted"),
    "study.corrected": _("Value corrected"),
    "study.concluded": _("Gauge study concluded"),
    "study.approved": _("Gauge study approved"),
    "study.signed": _("Signed"),
    "study.collecting": _("Gauge study sent back"),
    "study.closed": _("Gauge study closed"),
    "study.cancelled": _("Gauge study given up"),
})


def find(code: str, person: Person) -> list[search.Hit]:
    """A control chart by its code."""
    if not code or not policies.may(person, "chart.read"):
        return []
    return [
        search.Hit(
            chart.code, reverse("spc:chart-detail", args=[chart.code]), now("Control chart"),
            chart.line.characteristic.title, "", chart.code.lower() == code.lower(), "chart-dots",
        )
        for chart in scoping.visible(charts.related().filter(code__istartswith=code), person)[:8]
    ]


def find_study(code: str, person: Person) -> list[search.Hit]:
    """A gauge study by its code or its gauge."""
    if not code or not policies.may(person, "study.read"):
        return []
    rows = studies.related().filter(Q(code__istartswith=code) | Q(gauge__istartswith=code))
    return [
        search.Hit(
            study.code, reverse("spc:study-detail", args=[study.code]), now("Gauge study"),
            study.gauge, "", study.code.lower() == code.lower(), "ruler-measure",
        )
        for study in scoping.visible(rows, person)[:8]
    ]


def waiting(person: Person) -> list[inbox.Item]:
    """Alarms that nobody has acknowledged, for the role that must."""
    if not policies.may(person, "violation.acknowledge"):
        return []
    return [
        inbox.Item(
            f"{row.chart.code}: {row.headline}", reverse("spc:violation-detail", args=[row.pk]), now("Violation"),
            row.status, row.respond_by, row.chart.stream.equipment.code, "alarm",
        )
        for row in violations.unanswered(person)
    ]


def late_samples(person: Person) -> list[inbox.Item]:
    """Samples that did not come, for the role that takes them."""
    return [
        inbox.Item(
            row.duty.chart.code, reverse("spc:missed-list"), now("Sample missed"), row.status, row.due_at,
            row.duty.chart.stream.equipment.code, "alarm", f"missed-{row.pk}",
        )
        for row in duties.waiting(person)
    ]


def during(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """What was out of control where these lots stood, while they stood there."""
    rows = violations.during_visits(Visit.objects.filter(lot__in=lots)[:500])
    return {"violations": rows} if rows else {}


illustrations.register("nonconformance", violation_pictures.of_nonconformance)
search.register(find)
search.register(find_study)
inbox.register(waiting)
inbox.register(late_samples)
dossier_parts.register(_("Process out of control"), "spc/violation/dossier.html", during)
