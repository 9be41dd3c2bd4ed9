"""The list of andon calls."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mes.commands import andon as commands
from mes.models import Andon, AndonAbout, AndonStatus
from mes.queries import andon
from plant import scoping
from plant.lists.description import Act, Column, Listing, Nothing, Viewer
from plant.lists.filters import Choice, DateRange, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Role
from plant.queries import alarms


def andon_url(one: Andon) -> str:
    return reverse("mes:andon-detail", args=[one.pk])


def around(viewer: Viewer) -> dict[str, Any]:
    """How many wait, and how fast people come."""
    return {"pace": andon.pace(scoping.visible(Andon.objects.all(), viewer.person), viewer.at)}


CALLS = Listing(
    key="andon", title=_("Andon calls"), url="mes:andon-list", action="andon.read",
    subtitle=_("Who called for help from which station, who came, and how long that took."),
    rows=lambda viewer: andon.listing(), dress=lambda records, viewer: alarms.marked_late(records, viewer.at),
    search=("station__code", "kind__code", "kind__name", "note", "cause"),
    placeholder=_("Station, kind or words"), order="status", href=andon_url, live="news",
    tone=lambda one: "failed" if one.status == AndonStatus.OPEN else "",
    above="mes/andon/counts.html", around=around,
    columns=(
        Column(key="kind", label=_("Kind"), value="kind.title", look=Text(href=andon_url, icon="bell-ringing"),
               sort=("kind__code",)),
        Column(key="station", label=_("Station"), value="station.code", sort=("station__code",)),
        Column(key="note", label=_("In words"), look=Text(most=60)),
        Column(key="called", label=_("Called"), value="called_at", look=Moment(style="ago"), sort=("called_at",)),
        Column(key="called_by", label=_("Called by"), look=Who(), sort=("called_by__name",), hidden=True),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("urgency", "-called_at")),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="due", label=_("Answer by"), value=lambda one: one.respond_by if one.status in andon.ALIVE else None,
               look=Moment(late=lambda one: one.is_late), sort=("respond_by",)),
        Column(key="response", label=_("Minutes to answer"), value=lambda one: andon.minutes(one.to_answer),
               sort=("to_answer",)),
        Column(key="resolution", label=_("Minutes to settle"), value=lambda one: andon.minutes(one.to_settle),
               sort=("to_settle",)),
        Column(key="cause", label=_("Cause"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=AndonStatus.choices, default=andon.ALIVE,
               blank=_("Open and answered")),
        Multi(key="about", label=_("About"), field="kind__about", options=AndonAbout.choices),
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices, more=True),
        PersonFilter(key="owner", label=_("Owner"), field="owner", more=True),
        TextFilter(key="station", label=_("Station"), field="station__code"),
        DateRange(key="called", label=_("Called"), field="called_at", more=True),
    ),
    acts=(
        Act(
            key="acknowledge", label=_("I am there"), action="andon.acknowledge", icon="eye-check",
            run=lambda one, by, at: commands.acknowledge(andon=one, by=by, at=at),
        ),
    ),
    nothing=Nothing(
        title=_("No station calls for help"), icon="circle-check",
        text=_("A tap on a button of a station's tablet appears here at once."),
    ),
)
