"""Tools on the screen: the list with how worn each is, mounting, taking off, a new life."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import tools as commands
from mes.models import Tool, ToolLife
from mes.queries import tools
from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Listing, Nothing
from plant.lists.filters import Flag, Multi, TextFilter
from plant.lists.looks import Number, Text
from plant.models import Equipment, EquipmentLevel
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form, RowField

STATIONS = Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True, stores_material=False)


class MountForm(Form):
    """Where it is mounted."""

    station = RowField(label=_("Station"), to_field_name="code", queryset=STATIONS.order_by("code"))


class WhyForm(Form):
    """Why, or what was done."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


FORMS = {"mount": MountForm, "take_off": WhyForm, "renew": WhyForm}


def tool_url(one: Tool) -> str:
    return reverse("mes:tool-detail", args=[one.code])


TOOLS = Listing(
    key="tools", title=_("Tools"), url="mes:tool-list", action="tool.read", rows=lambda viewer: tools.listing(),
    subtitle=_("Moulds, fixtures, stencils and bits: how worn each is, and where it is mounted."),
    search=("code", "name", "name_zh"), placeholder=_("Code or name"), order="code", href=tool_url, live="news",
    tone=lambda one: "failed" if one.is_over else "",
    columns=(
        Column(key="code", label=_("Code"), look=Text(href=tool_url, icon="tools"), sort=("code",)),
        Column(key="name", label=_("Name"), value="title", sort=("name",)),
        Column(key="class", label=_("Equipment class"), value="equipment_class.title", sort=("equipment_class__code",)),
        Column(key="mounted", label=_("Mounted at"), sort=("mounted",)),
        Column(key="used", label=_("Used"), look=Number(places=0), sort=("used",)),
        Column(key="life", label=_("Life"), look=Number(), sort=("life",)),
        Column(key="by", label=_("Worn by"), value=lambda one: one.get_life_by_display(), sort=("life_by",)),
        Column(key="percent", label=_("Used up (percent)"), look=Number()),
    ),
    filters=(
        Flag(key="mounted", label=_("Mounted"), query=tools.is_mounted),
        Multi(key="by", label=_("Worn by"), field="life_by", options=ToolLife.choices, more=True),
        TextFilter(key="station", label=_("Mounted at"), field="mounted", more=True),
    ),
    nothing=Nothing(title=_("No tools yet"), icon="tools", text=_("An administrator adds them in the console.")),
)


@needs("tool.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One tool with its life and its stations."""
    tool, dialogs = tools.by_code(code), Dialogs(request, refusal)
    here = tools.mount_of(tool)
    tool.used = tools.worn(here, timezone.now()) if here else tool.used
    context: dict[str, Any] = {
        "tool": tool, "here": here, "dialogs": dialogs, "timeline": journal.timeline(tool),
        "why": why_not(request, is_mounted=here is not None),
        "mounts": list(tool.mounts.select_related("station", "by", "off_by").order_by("-from_at")[:50]),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/tool/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, *, is_mounted: bool) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    may_mount = policies.why_not(request.user, "tool.mount")
    return {
        "mount": may_mount,
        "take_off": may_mount or ("" if is_mounted else now("It is mounted nowhere.")),
        "renew": policies.why_not(request.user, "tool.renew") or (now("Take it off first.") if is_mounted else ""),
    }


act = Acts(find=tools.by_code, back="mes:tool-detail", page=detail, key="code")


@act("tool.mount", done=_("The tool is mounted."))
def mount(request: HttpRequest, tool: Tool) -> None:
    """Mount it."""
    said = valid(MountForm(request.POST, by=request.user))
    commands.mount(tool=tool, **said, by=request.user, at=timezone.now())


@act("tool.mount", done=_("The tool is taken off."))
def take_off(request: HttpRequest, tool: Tool) -> None:
    """Take it off."""
    commands.take_off(tool=tool, **valid(WhyForm(request.POST)), by=request.user, at=timezone.now())


@act("tool.renew", done=_("The tool has a new life."))
def renew(request: HttpRequest, tool: Tool) -> None:
    """Reground, cleaned, renewed."""
    commands.renew(tool=tool, **valid(WhyForm(request.POST)), by=request.user, at=timezone.now())
