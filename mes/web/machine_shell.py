"""What andon calls and maintenance add to every page's frame: the rail, words, waiting, pages of their own."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import Andon, MaintenanceOrder, SparePart, Tool
from mes.queries import andon, machine_documents, machine_page, maintenance, tools
from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Equipment, Person
from traceability import dossier_parts, equipment_parts
from traceability.models import MaterialLot

navigation.register(
    navigation.Page("production", _("Andon calls"), "mes:andon-list", "andon.read", "bell-ringing", 33),
    navigation.Page("production", _("Maintenance"), "mes:maintenance-list", "maintenance.read", "tool", 34),
    navigation.Page("production", _("Tools"), "mes:tool-list", "tool.read", "tools", 36),
    navigation.Act(
        _("New maintenance order…"), "mes:maintenance-open", "maintenance.open", "tool", "mes:maintenance-list"
    ),
)
subjects.register(
    subjects.Subject(Andon, "andon.read", "mes:andon-detail", key="pk"),
    subjects.Subject(MaintenanceOrder, "maintenance.read", "mes:maintenance-detail"),
    subjects.Subject(Tool, "tool.read", "mes:tool-detail", key="code"),
    subjects.Subject(SparePart, "part.read", "mes:part-detail", key="code"),
)
words.register({
    "andon.called": _("Called for help"),
    "andon.acknowledged": _("Somebody came"),
    "andon.closed": _("Call settled"),
    "andon.cancelled": _("Call taken back"),
    "andon.assigned": _("Handed over"),
    "andon.escalated": _("Escalated"),
    "maintenanceorder.opened": _("Maintenance order opened"),
    "maintenanceorder.assigned": _("Handed over"),
    "maintenanceorder.started": _("Work on the machine begun"),
    "maintenanceorder.step-done": _("Step of the checklist done"),
    "maintenanceorder.step-left-out": _("Step of the checklist left out"),
    "maintenanceorder.done": _("Work on the machine done"),
    "maintenanceorder.closed": _("Work signed off"),
    "maintenanceorder.cancelled": _("Maintenance order called off"),
    "tool.mounted": _("Tool mounted"),
    "tool.taken-off": _("Tool taken off"),
    "tool.renewed": _("Tool has a new life"),
    "tool.wearing": _("Tool comes to its end"),
    "tool.worn": _("Tool at the end of its life"),
    "sparepart.moved": _("Spare parts booked"),
    "sparepart.short": _("Too few spare parts"),
})


def calling(person: Person) -> list[inbox.Item]:
    """Andon calls that nobody answered, for the role that must."""
    if not policies.may(person, "andon.acknowledge"):
        return []
    return [
        inbox.Item(
            f"{row.kind.title} · {row.station.code}", reverse("mes:andon-detail", args=[row.pk]), now("Andon call"),
            row.status, row.respond_by, row.note, "alarm",
        )
        for row in andon.unanswered(person)
    ]


def working(person: Person) -> list[inbox.Item]:
    """Maintenance to do, and work of others to sign off."""
    found = maintenance.waiting(person) if policies.may(person, "maintenance.work") else []
    done = maintenance.unsigned(person) if policies.may(person, "maintenance.sign") else []
    return [
        inbox.Item(
            f"{row.equipment.code} · {row.title}", maintenance.url(row), row.get_kind_display(), row.status,
            row.due_at, row.number, group,
        )
        for rows, group in ((found, "task"), (done, "signature")) for row in rows
    ]


def find_orders(code: str, person: Person) -> list[search.Hit]:
    """A maintenance order by its number, a spare part by its code."""
    found: list[search.Hit] = []
    if code and policies.may(person, "maintenance.read"):
        rows = maintenance.related().filter(number__istartswith=code)
        found += [
            search.Hit(row.number, maintenance.url(row), now("Maintenance order"), row.title, row.status,
                       row.number == code, "tool")
            for row in scoping.visible(rows, person)[:8]
        ]
    if code and policies.may(person, "part.read"):
        found += [
            search.Hit(row.code, reverse("mes:tool-detail", args=[row.code]), now("Tool"), row.title, "",
                       row.code == code, "tools")
            for row in Tool.objects.filter(code__istartswith=code)[:8]
        ]
        found += [
            search.Hit(row.code, reverse("mes:part-detail", args=[row.code]), now("Spare part"), row.title, "",
                       row.code == code, "settings")
            for row in SparePart.objects.filter(code__istartswith=code)[:8]
        ]
    return found


def of_machine(equipment: Equipment, person: Person) -> dict[str, Any]:
    """Running hours and reliability, stops, what is due, work orders, calls, and documents of a machine."""
    at = timezone.now()
    known = maintenance.of_machine(equipment) if policies.may(person, "maintenance.read") else {}
    found: dict[str, Any] = machine_page.figures(equipment, known.get("dues", []), at)
    found |= {key: rows for key, rows in known.items() if rows}
    for due in known.get("dues", []):
        due.proposal = found.get("proposals", {}).get(due.plan_id, "")
    mounted = tools.mounted_at([equipment])
    found |= {"mounted": mounted} if mounted else {}
    calls = andon.of_station(equipment) if policies.may(person, "andon.read") else []
    papers = machine_documents.of_machine(equipment, at) if policies.may(person, "golden.read") else []
    return found | ({"calls": calls} if calls else {}) | ({"papers": papers} if papers else {})


def made_with(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """The tools with which a lot, or what it was made from, was made."""
    rows = tools.of_lots(lots)
    return {"mounts": rows} if rows else {}


dossier_parts.register(_("Tools"), "mes/tool/dossier.html", made_with)
equipment_parts.register("mes/machine/page.html", of_machine)
search.register(find_orders)
inbox.register(calling)
inbox.register(working)
