"""Scanners, RFID gates and instruments that say lines: which lives, what it said last, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integrations.models import Plc, SourceKind
from integrations.plc.tags import moment
from integrations.sources.lines import trying
from integrations.sources.lines.told import ACCEPTED, AGAIN, ATTENTION, REFUSED, WAITING
from integrations.web import lists, status
from integrations.web.status import Standing
from plant.lists.description import Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.web.access import needs
from plant.web.forms import Form

WORDS: dict[str, tuple[Any, str, str]] = {
    ACCEPTED: (_("Accepted"), "done", "check"), ATTENTION: (_("Advice"), "warning", "alert-triangle"),
    REFUSED: (_("Refused"), "failed", "x"), AGAIN: (_("Said twice"), "unknown", "copy"),
    WAITING: (_("Waits"), "info", "clock"), "": (_("Value"), "info", "ruler-2"),
}
NOTHING_FITS = (_("No pattern fits"), "warning", "question-mark")


@dataclass(frozen=True)
class Said:
    """One line as a person should read it."""

    at: datetime
    line: str
    found: Sequence[tuple[str, str]]
    label: Any
    tone: str
    icon: str
    message: str


@dataclass(frozen=True)
class Reader:
    """One scanner, gate or instrument."""

    standing: Standing
    said: list[Said]
    told: dict[str, Any]

    @property
    def newest(self) -> Said | None:
        return self.said[0] if self.said else None

    @property
    def codes(self) -> str:
        """What the newest line brought."""
        return ", ".join(text for _name, text in self.newest.found) or self.newest.line if self.newest else ""


def reader(standing: Standing) -> Reader:
    """A source of lines with what its poller wrote down."""
    told = standing.health.told if standing.health else {}
    return Reader(standing, [said(one) for one in told.get("lines", ())], told)


def said(one: dict[str, Any]) -> Said:
    """A line as it was written down."""
    label, tone, icon = WORDS.get(one["outcome"], WORDS[""]) if one["found"] else NOTHING_FITS
    return Said(moment(one["at"]), one["line"], [tuple(pair) for pair in one["found"]], label, tone, icon,
                one["message"])


def dressed(found: Sequence[Plc], viewer: Viewer) -> list[Reader]:
    """Sources as a person should read them."""
    return [reader(status.standing(plc, viewer.at)) for plc in found]


def url_of(one: Reader) -> str:
    return reverse("integrations:plc-detail", args=[one.standing.plc.code])


def tone(one: Reader) -> str:
    """A row in red where it does not live, or took nothing of what it said last."""
    return "" if one.standing.is_fine and not one.told.get("dropped") else "failed"


READERS = Listing(
    key="readers", title=_("Scanners and instruments"), url="integrations:reader-list", action="plc.view",
    subtitle=_("Fixed scanners, RFID gates and instruments: what each said last, and what became of it."),
    rows=lambda viewer: lists.ranked(viewer.at).filter(kind=SourceKind.LINES),
    dress=dressed, search=("code", "name", "equipment__code", "host"), placeholder=_("Code, equipment or address"),
    order="code", href=url_of, tone=tone, live="plc", live_every=3,
    columns=(
        Column(key="code", label=_("Code"), value="standing.plc.code", sort=("code",),
               look=Text(href=url_of, icon="barcode")),
        Column(key="name", label=_("Name"), value="standing.plc.name", sort=("name",)),
        Column(key="equipment", label=_("Equipment"), value="standing.plc.equipment.code", sort=("equipment__code",)),
        Column(key="state", label=_("State"), value="standing.label", sort=("told",),
               look=State(word=lambda one: one.standing.label,
                          tone=lambda one: (one.standing.tone, one.standing.icon))),
        Column(key="said", label=_("Said last"), value="codes", look=Text(most=40)),
        Column(key="when", label=_("At"), value="newest.at", look=Moment(style="ago")),
        Column(key="outcome", label=_("Became"), value="newest.label",
               look=State(word=lambda one: one.newest.label if one.newest else "",
                          tone=lambda one: (one.newest.tone, one.newest.icon) if one.newest else ("unknown", "minus"))),
        Column(key="hour", label=_("In the last hour"), value=lambda one: one.told.get("hour"), look=Number()),
        Column(key="refused", label=_("Refused"), value=lambda one: one.told.get("refused"), look=Number()),
        Column(key="waiting", label=_("Waiting"), value=lambda one: one.told.get("waiting"), look=Number()),
        Column(key="lag", label=_("Lag"), value=lambda one: one.told.get("lag_s"), look=Number(places=2, suffix="s")),
        Column(key="errors", label=_("Errors"), value="standing.health.errors", look=Number(),
               sort=("health__errors",), hidden=True),
        Column(key="error", label=_("Last error"), value="standing.health.last_error", look=Text(most=60)),
    ),
    filters=(
        Multi(key="state", label=_("State"), options=lists.STATES, query=lambda state: Q(told=state)),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code"),
    ),
    nothing=Nothing(
        title=_("No scanner yet"), icon="barcode",
        text=_("Add a source of the kind “Lines of text” in the console, with a tag for each thing that it says."),
        links=(Link(label=_("Console"), url="admin:index", action="plc.configure", icon="settings"),),
    ),
)


class LineForm(Form):
    """A line as a device would say it."""

    line = forms.CharField(
        label=_("Text line"), max_length=4096,
        help_text=_("As the device says it, without the end of the line. Copy one from what it said last."),
    )


@needs("plc.view")
def try_line(request: HttpRequest, code: str) -> HttpResponse:
    """What the tags of a source make of a line; nothing is scanned and nothing is kept."""
    plc = get_object_or_404(Plc.objects.select_related("equipment"), code=code, kind=SourceKind.LINES)
    form = LineForm(request.GET or None, by=request.user)
    found = None
    if form.is_bound and form.is_valid():
        tags = list(plc.tags.select_related("stream__parameter__unit").order_by("path", "name"))
        found = trying.tried(tags, form.cleaned_data["line"])
    return render(request, "integrations/plc/try.html", {"plc": plc, "form": form, "found": found})
