"""What golden parameters and reject rates add to every page's frame: the rail, words, waiting, lot pages."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import Deviation, RejectReminder, WorkMaster
from mes.queries import deviations, reject_rates
from plant import inbox, navigation, policies, subjects, words
from plant.models import Person, Role
from traceability import dossier_parts
from traceability.models import MaterialLot

REMINDED = frozenset({Role.INSPECTOR, Role.TEAM_LEADER, Role.QUALITY_MANAGER})
navigation.register(
    navigation.Page("quality", _("Deviations"), "mes:deviation-list", "deviation.read", "arrows-diff", 12),
    navigation.Page("quality", _("Reject rates"), "mes:reject-list", "reject.read", "percentage", 14),
    navigation.Page("production", _("How values come in"), "mes:entry-share", "reading.read", "hand-click", 55),
    navigation.Page("production", _("Routings"), "mes:routing-list", "golden.read", "route", 44),
    navigation.Page("production", _("Process library"), "mes:golden-list", "golden.read", "adjustments-horizontal", 45),
)
subjects.register(
    subjects.Subject(WorkMaster, "golden.read", "mes:routing-detail", key="pk"),
    subjects.Subject(Deviation, "deviation.read", "mes:deviation-detail", key="pk"),
    subjects.Subject(RejectReminder, "reject.read", "mes:reject-detail", key="pk"),
)
words.register({
    "deviation.opened": _("Golden window left"),
    "deviation.ended": _("Back in the golden window"),
    "deviation.acknowledged": _("Acknowledged"),
    "deviation.closed": _("Deviation closed"),
    "deviation.false_alarm": _("Dismissed as a false alarm"),
    "deviation.escalated": _("Escalated"),
    "deviation.assigned": _("Handed over"),
    "deviation.snoozed": _("Put off"),
    "deviation.woken": _("Asks again"),
    "deviation.step-done": _("Step of the reaction plan done"),
    "deviation.step-left-out": _("Step of the reaction plan left out"),
    "lot.deviated": _("Marked by a deviation"),
    "rejectreminder.opened": _("Reject rate exceeded"),
    "rejectreminder.closed": _("Reject rate answered"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Deviations that nobody has acknowledged, for the role that must."""
    if not policies.may(person, "deviation.acknowledge"):
        return []
    return [
        inbox.Item(
            deviations.headline(row), reverse("mes:deviation-detail", args=[row.pk]), now("Deviation"), row.status,
            row.respond_by, row.stream.equipment.code, "alarm",
        )
        for row in deviations.unanswered(person)
    ]


def marked(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """Which deviations marked a lot or what it was made from."""
    rows = deviations.of_lots(lots)
    return {"marks": [(row, deviations.headline(row.deviation)) for row in rows]} if rows else {}


def reminded(person: Person) -> list[inbox.Item]:
    """Reject rates over their limit, for inspectors, supervisors and the head of quality."""
    if not REMINDED & person.roles:
        return []
    return [
        inbox.Item(
            now("%(lot)s: %(share)s %% bad") % {"lot": row.lot.number, "share": f"{row.share:.1f}"},
            reverse("mes:reject-detail", args=[row.pk]), row.get_kind_display(), row.status, None, row.operation,
            "alarm",
        )
        for row in reject_rates.waiting(person)
    ]


inbox.register(waiting)
inbox.register(reminded)
dossier_parts.register(_("Deviations from golden parameters"), "mes/deviation/dossier.html", marked)
