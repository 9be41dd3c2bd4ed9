"""What process control adds to every page's frame: the rail, words, finding, waiting, panels, lot pages, gauges."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person
from spc.models import ControlChart, Violation
from spc.queries import charts, duties, violations
from traceability import dossier_parts
from traceability.models import MaterialLot, Visit

navigation.register(
    navigation.Page("quality", _("Process monitoring"), "spc:cockpit", "chart.read", "layout-dashboard", 4),
    navigation.Page("quality", _("Control charts"), "spc:chart-list", "chart.read", "chart-dots", 5, "c"),
    navigation.Page("quality", _("Missed samples"), "spc:missed-list", "violation.read", "clock-exclamation", 12),
    navigation.Page("quality", _("Violations"), "spc:violation-list", "violation.read", "bell-ringing", 10, "v"),
)
subjects.register(
    subjects.Subject(ControlChart, "chart.read", "spc:chart-detail", key="code"),
    subjects.Subject(Violation, "violation.read", "spc:violation-detail", key="pk"),
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
    "chart.retired": _("Control chart retired"),
    "chart.revived": _("Control chart in use again"),
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


search.register(find)
inbox.register(waiting)
inbox.register(late_samples)
dossier_parts.register(_("Process out of control"), "spc/violation/dossier.html", during)
