"""What a journal entry is to the people who are told of it: how much it matters, where it is, whose it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from integrations.models import Connection, News, Weight
from mes.amounts import plain
from mes.models import AndonAbout, GoldenReaction, JobOrder, RejectReminder
from mes.queries import andon, deviations, stoppages
from plant import subjects, words
from plant.models import Equipment, JournalEntry, Person, Role
from plant.statements import told
from qms.models import CharacteristicClass, Inspection, Nonconformance, Sensor, Severity
from spc.models import ControlChart, Violation
from spc.queries import violations

KINDS: dict[str, str] = {
    "violation.opened": News.ALARM, "violation.assigned": News.ASSIGNED, "violation.escalated": News.ESCALATED,
    "nonconformance.opened": News.NONCONFORMANCE, "nonconformance.escalated": News.OVERDUE,
    "inspection.created": News.INSPECTION,
    "controlchart.sample-missed": News.SAMPLE, "rejectreminder.opened": News.ALARM,
    "joborder.short": News.ALARM, "connection.in-trouble": News.INTEGRATION,
    "deviation.opened": News.ALARM, "deviation.assigned": News.ASSIGNED, "deviation.escalated": News.ESCALATED,
    "stoppage.stopped": News.ALARM, "stoppage.rectification-overdue": News.OVERDUE,
    "andon.called": News.ALARM, "andon.assigned": News.ASSIGNED, "andon.escalated": News.ESCALATED,
    "sensor.overdue": News.OVERDUE, "sensor.failed": News.OVERDUE, "sensor.escalated": News.OVERDUE,
}
WEIGHTS: dict[str, int] = {
    CharacteristicClass.CRITICAL: Weight.CRITICAL, CharacteristicClass.SIGNIFICANT: Weight.IMPORTANT,
    Severity.CRITICAL: Weight.CRITICAL, Severity.MAJOR: Weight.IMPORTANT,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One piece of news: the entry, its subject, where it is and who must act."""

    entry: JournalEntry
    news: str
    weight: int
    subject: Model
    place: Equipment | None
    role: str
    person: Person | None
    headline: Callable[[], str]
    due_at: datetime | None = None

    @property
    def path(self) -> str:
        return subjects.of_row(self.subject).url(self.subject)

    def title(self) -> str:
        """What happened, in the language of the moment."""
        return f"{words.label(self.entry.kind)}: {self.headline()}"[:200]

    def text(self) -> str:
        """Where, and until when somebody must act."""
        lines = [str(self.place)] if self.place else []
        if self.due_at:
            due = timezone.localtime(self.due_at).strftime("%Y-%m-%d %H:%M")
            lines.append(_("Answer by %(time)s") % {"time": due})
        return "\n".join(lines)

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        entry = self.entry
        return {
            "entry": entry.pk, "kind": entry.kind, "weight": Weight(self.weight).name.lower(),
            "subject": {"kind": entry.subject_kind, "id": entry.subject_id, "label": entry.subject_label},
            "equipment": self.place.code if self.place else "", "role": self.role,
            "due_at": self.due_at.isoformat() if self.due_at else None,
        }


def of(entry: JournalEntry) -> Telling | None:
    """What an entry tells; nothing where its subject is of no known kind."""
    if entry.subject_kind == "violation":
        violation = violations.by_id(int(entry.subject_id))
        subjects.of_row(violation)  # opens the rooms' doors in a worker: they bring the words
        return _of_violation(entry, violation)
    if entry.subject_kind == "nonconformance":
        case = Nonconformance.objects.select_related("equipment").get(pk=entry.subject_id)
        subjects.of_row(case)
        return _of_case(entry, case)
    found = OTHERS.get(entry.subject_kind)
    return found(entry) if found else None


def _of_violation(entry: JournalEntry, row: Violation) -> Telling:
    weight = WEIGHTS.get(row.chart.line.characteristic.importance, Weight.NORMAL)
    to = str(entry.data.get("to", ""))
    person = Person.objects.filter(number=to).first() if entry.kind == "violation.assigned" else None

    def headline() -> str:
        return f"{row.chart.code} · {violations.worded([row])[0].headline}"  # type: ignore[attr-defined]

    role = to if entry.kind == "violation.escalated" else row.owner_role
    return Telling(
        entry, KINDS[entry.kind], weight, row, row.chart.stream.equipment, role, person, headline, row.respond_by
    )


def _of_case(entry: JournalEntry, row: Nonconformance) -> Telling:
    weight = WEIGHTS.get(row.severity, Weight.NORMAL)
    return Telling(
        entry, KINDS[entry.kind], weight, row, row.equipment, row.owner_role, None, lambda: f"{row.number} {row.title}"
    )


def _of_sample(entry: JournalEntry) -> Telling:
    charts = ControlChart.objects.select_related("stream__equipment", "line__characteristic")
    chart = charts.get(pk=entry.subject_id)
    subjects.of_row(chart)
    weight = WEIGHTS.get(chart.line.characteristic.importance, Weight.NORMAL)
    role = str(entry.data.get("to", ""))
    return Telling(
        entry, KINDS[entry.kind], weight, chart, chart.stream.equipment, role, None, lambda: str(entry.reason)
    )


def _of_deviation(entry: JournalEntry) -> Telling:
    row = deviations.by_id(int(entry.subject_id))
    subjects.of_row(row)
    weight = Weight.NORMAL if row.standard.reaction == GoldenReaction.ALARM else Weight.IMPORTANT
    to = str(entry.data.get("to", ""))
    person = Person.objects.filter(number=to).first() if entry.kind == "deviation.assigned" else None
    place, role = row.stream.equipment, to if entry.kind == "deviation.escalated" else row.owner_role
    return Telling(
        entry, KINDS[entry.kind], weight, row, place, role, person,
        lambda: f"{place.code} · {deviations.headline(row)}", row.respond_by,
    )


def _of_andon(entry: JournalEntry) -> Telling:
    row = andon.by_id(int(entry.subject_id))
    subjects.of_row(row)
    weight = Weight.CRITICAL if row.kind.about == AndonAbout.SAFETY else Weight.IMPORTANT
    to = str(entry.data.get("to", ""))
    person = Person.objects.filter(number=to).first() if entry.kind == "andon.assigned" else None
    role = to if entry.kind == "andon.escalated" else row.owner_role
    return Telling(
        entry, KINDS[entry.kind], weight, row, row.station, role, person,
        lambda: f"{row.station.code} · {row.kind.title} {row.note}".strip(), row.respond_by,
    )


def _of_reject(entry: JournalEntry) -> Telling:
    row = RejectReminder.objects.select_related("lot__site").get(pk=entry.subject_id)
    subjects.of_row(row)

    def headline() -> str:
        return f"{row.lot.number} {row.operation} · {row.share:.1f} %"

    return Telling(
        entry, KINDS[entry.kind], Weight.IMPORTANT, row, row.lot.site, Role.INSPECTOR, None, headline
    )


def _of_sensor(entry: JournalEntry) -> Telling:
    row = Sensor.objects.select_related("equipment", "owner").get(pk=entry.subject_id)
    subjects.of_row(row)
    person = None if entry.kind == "sensor.escalated" else row.owner
    role = str(entry.data.get("to") or row.owner_role)
    return Telling(
        entry, KINDS[entry.kind], Weight.NORMAL, row, row.equipment, role, person, lambda: str(row), row.due_at
    )


def _of_inspection(entry: JournalEntry) -> Telling:
    row = Inspection.objects.select_related("lot__material", "equipment", "site").get(pk=entry.subject_id)
    subjects.of_row(row)
    weight = Weight.IMPORTANT if row.blocking else Weight.NORMAL

    def headline() -> str:
        where = f" {row.operation}" if row.operation else ""
        return f"{row.number} · {row.get_kind_display()}{where} · {row.lot.number} {row.lot.material.code}"

    return Telling(
        entry, KINDS[entry.kind], weight, row, row.equipment or row.site, Role.INSPECTOR, None, headline, row.due_at
    )


def _of_shortage(entry: JournalEntry) -> Telling:
    row = JobOrder.objects.select_related("line", "site").get(pk=entry.subject_id)
    subjects.of_row(row)
    said = entry.data

    def headline() -> str:
        amount = f"{plain(Decimal(said['quantity']))} {said['unit']}"
        return f"{row.number} · {said['station']} · {amount} {said['material']}"

    return Telling(
        entry, KINDS[entry.kind], Weight.IMPORTANT, row, row.line or row.site, Role.PLANNER, None, headline
    )


def _of_stoppage(entry: JournalEntry) -> Telling:
    row = stoppages.by_id(int(entry.subject_id))
    subjects.of_row(row)
    role = str(entry.data.get("to") or Role.TEAM_LEADER)
    return Telling(
        entry, KINDS[entry.kind], Weight.IMPORTANT, row, row.equipment, role, None,
        lambda: f"{row.label} · {told(entry.reason)}",
    )


def _of_connection(entry: JournalEntry) -> Telling:
    row = Connection.objects.select_related("site").get(pk=entry.subject_id)
    subjects.of_row(row)
    found = ", ".join(str(TROUBLES.get(one, one)) for one in entry.data.get("troubles", []))
    return Telling(
        entry, KINDS[entry.kind], Weight.IMPORTANT, row, row.site, Role.INTEGRATOR, None,
        lambda: f"{row.name} · {found}",
    )


TROUBLES: dict[str, Any] = {
    "parked": gettext_lazy("messages are parked"), "silent": gettext_lazy("the other side does not answer"),
    "lag": gettext_lazy("messages wait too long"),
}
OTHERS: dict[str, Callable[[JournalEntry], Telling]] = {
    "andon": _of_andon, "connection": _of_connection, "controlchart": _of_sample, "deviation": _of_deviation,
    "inspection": _of_inspection, "joborder": _of_shortage, "rejectreminder": _of_reject, "sensor": _of_sensor,
    "stoppage": _of_stoppage,
}


def worded(telling: Telling, language: str) -> tuple[str, str]:
    """Title and text in a language."""
    with override(language):
        return telling.title(), telling.text()


def whole(path: str) -> str:
    """An address that opens from outside the plant's pages."""
    return f"{settings.PUBLIC_URL}{path}"
