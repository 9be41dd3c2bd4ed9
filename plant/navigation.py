"""The rail of the product: rooms register their pages; everybody sees what their roles may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.models import Person

# The groups in their order on the screen.
GROUPS: dict[str, Any] = {
    "today": _("Today"),
    "production": _("Production"),
    "quality": _("Quality"),
    "material": _("Material"),
    "plant": _("Plant"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A line of the rail."""

    group: str
    label: Any
    url_name: str
    action: str
    icon: str = "point"
    order: int = 50


_PAGES: dict[str, Page] = {}


def register(*pages: Page) -> None:
    """Add pages to the rail; the same URL name again replaces one."""
    _PAGES.update({page.url_name: page for page in pages})


def rail(person: Person, path: str) -> list[dict[str, Any]]:
    """The groups and pages for a person, the one that holds the current address marked active."""
    allowed = [page for page in _PAGES.values() if policies.may(person, page.action)]
    urls = {page.url_name: reverse(page.url_name) for page in allowed}
    around = [url for url in urls.values() if path == url or (url != "/" and path.startswith(url))]
    active = max(around, key=len, default="")
    groups = []
    for key, label in GROUPS.items():
        pages = sorted((page for page in allowed if page.group == key), key=lambda page: (page.order, page.url_name))
        if pages:
            groups.append({"label": label, "items": [_line(page, urls[page.url_name], active) for page in pages]})
    return groups


def _line(page: Page, url: str, active: str) -> dict[str, Any]:
    return {"url": url, "label": page.label, "icon": page.icon, "active": url == active}


register(
    Page("today", _("Home"), "plant:home", "home.view", "home", 1),
    Page("today", _("What waits for me"), "plant:inbox", "inbox.view", "inbox", 2),
    Page("plant", _("Journal"), "plant:journal-list", "journal.read", "history", 80),
    Page("plant", _("People"), "plant:person-list", "people.read", "users", 90),
    Page("plant", _("Master data"), "admin:index", "master.edit", "database", 95),
)
