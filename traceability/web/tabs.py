"""The tabs of a lot's page: where it comes from, the six M of its making (人机料法环测), its amounts, its history."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from traceability.queries.dossier import Dossier

NAMES = (
    "genealogy", "people", "machines", "materials", "methods", "environment", "measurements", "balance", "ledger",
    "timeline",
)
ICONS = (
    "hierarchy", "users", "engine", "packages", "adjustments", "temperature", "ruler-measure", "scale", "list",
    "history",
)


def chosen(asked: str) -> str:
    """The tab asked for, or the first."""
    return asked if asked in NAMES else NAMES[0]


def of(record: Dossier, number: str, active: str) -> list[dict[str, Any]]:
    """Each tab with its words, address and count."""
    words = (
        (_("Genealogy"), len(record.trace.nodes) - 1), (_("People"), ""), (_("Machines"), ""),
        (_("Materials"), len(record.raw)), (_("Process"), len(record.operations)), (_("Environment"), ""),
        (_("Measurements"), ""), (_("Mass balance"), ""), (_("Ledger"), ""), (_("Timeline"), ""),
    )
    url = reverse("traceability:lot-detail", args=[number])
    return [
        {"name": name, "label": label, "url": f"{url}?tab={name}", "count": count, "icon": icon,
         "active": name == active}
        for name, icon, (label, count) in zip(NAMES, ICONS, words, strict=True)
    ]
