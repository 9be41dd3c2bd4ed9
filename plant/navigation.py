"""The rail of the product: rooms register their pages and what can be begun; everybody sees what their roles may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.models import Person, Role

# The groups in their order on the screen.
GROUPS: dict[str, Any] = {
    "today": _("Today"),
    "production": _("Production"),
    "quality": _("Quality"),
    "material": _("Material"),
    "plant": _("Plant"),
}
# Whose work lies mostly in another group sees that one first.
FIRST: dict[str, str] = {
    Role.INSPECTOR: "quality", Role.QUALITY_ENGINEER: "quality", Role.QUALITY_MANAGER: "quality",
    Role.WAREHOUSE: "material", Role.ADMINISTRATOR: "plant", Role.INTEGRATOR: "plant", Role.MAINTENANCE: "plant",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A line of the rail; its key opens it after `g`."""

    group: str
    label: Any
    url_name: str
    action: str
    icon: str = "point"
    order: int = 50
    key: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be begun from anywhere, and with `n` on the page where such things are listed."""

    label: Any
    url_name: str
    action: str
    icon: str = "plus"
    place: str = ""


_PAGES: dict[str, Page] = {}
_ACTS: dict[str, Act] = {}


def register(*entries: Page | Act) -> None:
    """Add pages to the rail and acts to the palette; the same URL name again replaces one."""
    _PAGES.update({entry.url_name: entry for entry in entries if isinstance(entry, Page)})
    _ACTS.update({entry.url_name: entry for entry in entries if isinstance(entry, Act)})


def page(url_name: str) -> Page | None:
    """A page of the rail by its URL name."""
    return _PAGES.get(url_name)


def pages(person: Person) -> list[Page]:
    """The pages that a person may open, in the order of the rail."""
    order = _groups(person)
    allowed = [page for page in _PAGES.values() if policies.may(person, page.action)]
    return sorted(allowed, key=lambda page: (order.index(page.group), page.order, page.url_name))


def acts(person: Person) -> list[Act]:
    """What a person may begin."""
    return [act for act in _ACTS.values() if policies.may(person, act.action)]


def place(path: str) -> str:
    """The page of the rail that an address belongs to, whoever may see it; empty when it belongs to none."""
    return _around({page.url_name: reverse(page.url_name) for page in _PAGES.values()}, path)


def _around(urls: dict[str, str], path: str) -> str:
    near = [(len(url), name) for name, url in urls.items() if path == url or (url != "/" and path.startswith(url))]
    return max(near, default=(0, ""))[1]


def _groups(person: Person) -> list[str]:
    wanted = {FIRST[role] for role in person.roles if role in FIRST}
    # Somebody with work in several groups keeps the usual order.
    return sorted(GROUPS, key=lambda group: (group != "today", wanted != {group}))


def rail(person: Person, path: str) -> list[dict[str, Any]]:
    """The groups and pages for a person, the one that holds the current address marked active."""
    allowed = pages(person)
    urls = {page.url_name: reverse(page.url_name) for page in allowed}
    active = _around(urls, path)
    groups = []
    for key in _groups(person):
        lines = [_line(page, urls, active) for page in allowed if page.group == key]
        if lines:
            groups.append({"label": GROUPS[key], "items": lines})
    return groups


def _line(page: Page, urls: dict[str, str], active: str) -> dict[str, Any]:
    return {
        "url": urls[page.url_name], "label": page.label, "icon": page.icon, "active": page.url_name == active,
        "key": page.key, "name": page.url_name,
    }


def url_names() -> Iterable[str]:
    """The URL name of every page and act, for checks."""
    return [*_PAGES, *_ACTS]


register(
    Page("today", _("Home"), "plant:home", "home.view", "home", 1, "h"),
    Page("today", _("What waits for me"), "plant:inbox", "inbox.view", "inbox", 2, "i"),
    Page("plant", _("Journal"), "plant:journal-list", "journal.read", "history", 80, "j"),
    Page("plant", _("People"), "plant:person-list", "people.read", "users", 90, "p"),
    Page("plant", _("Roles"), "plant:role-list", "role.read", "shield-lock", 91),
    Page("plant", _("Tablets"), "plant:device-list", "device.manage", "device-tablet", 92),
    Page("plant", _("API keys"), "plant:api-key-list", "api-key.create", "key", 93),
    Page("plant", _("Feedback"), "plant:feedback-list", "feedback.read", "message-report", 93),
    Page("plant", _("Master data"), "admin:index", "master.edit", "database", 95, "m"),
    Page("plant", _("System health"), "console:health", "health.read", "heartbeat", 96),
)
