"""The console's frame: sidebar and first page by task, the person's colours, the icon."""

from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plant import policies
from plant.console import sheets
from plant.console.groups import GROUPS
from plant.models import ImportStatus, MasterImport
from plant.queries import desks

RECORDS = "records"


def pages(request: HttpRequest, group: str) -> list[tuple[type, Any]]:
    """The pages of a group that somebody may open, by their names."""
    found = [
        (model, door) for model, door in site._registry.items()
        if getattr(door, "group", RECORDS) == group and door.has_module_permission(request)
    ]
    return sorted(found, key=lambda pair: getattr(pair[1], "place", 50))


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar: overview, health and parts, then every task with its pages."""
    top = [{"title": _("Overview"), "icon": "home", "link": reverse("admin:index")}]
    if policies.may(request.user, "health.read"):
        top.append({"title": _("Health"), "icon": "monitor_heart", "link": reverse("console:health")})
        top.append({"title": _("Parts of the product"), "icon": "toggle_on", "link": reverse("console:modules")})
    groups = [{"title": "", "items": top}]
    for key, group in GROUPS.items():
        items = [_item(request, model, door) for model, door in pages(request, key)]
        groups.append({"title": str(group.title), "collapsible": True, "items": items})
    return [group for group in groups if group["items"]]


def _item(request: HttpRequest, model: Any, door: Any) -> dict[str, Any]:
    link = sheets.address(model, "changelist")
    return {
        "title": capfirst(model._meta.verbose_name_plural), "icon": door.icon, "link": link,
        "active": request.path.startswith(link),
    }


def index(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The first page: every task with its pages, and the last imports."""
    shown = []
    for key, group in GROUPS.items():
        cards = [_card(model, door, request) for model, door in pages(request, key)]
        if cards:
            shown.append({"key": key, "group": group, "cards": cards})
    done = MasterImport.objects.exclude(status=ImportStatus.CHECKED).select_related("by").order_by("-pk")[:5]
    return context | {"groups": shown, "title": _("Master data"), "done": done}


def _card(model: Any, door: Any, request: HttpRequest) -> dict[str, Any]:
    """Facts are not counted: there are too many of them."""
    is_kept = hasattr(door, "sheet")
    return {
        "title": capfirst(model._meta.verbose_name_plural), "icon": door.icon,
        "url": sheets.address(model, "changelist"), "count": model._default_manager.count() if is_kept else None,
        "add": sheets.address(model, "add") if door.has_add_permission(request) else "",
    }


def theme(request: HttpRequest) -> str | None:
    """The colours that somebody chose for the whole product; nothing where the device decides."""
    chosen = desks.choices(request.user)["theme"] if request.user.is_authenticated else ""
    return {"dark": "dark", "light": "light", "contrast": "light"}.get(chosen)


def icon(request: HttpRequest) -> str:
    return static("img/mark.svg")


def styles(request: HttpRequest) -> str:
    return static("css/console.css")


def script(request: HttpRequest) -> str:
    return static("js/console.js")
