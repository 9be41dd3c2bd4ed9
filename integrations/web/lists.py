"""The list of controllers, which moves by itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integrations.models import Plc, PlcState, SourceKind
from integrations.web import status
from integrations.web.status import Standing
from plant.lists.description import Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Flag, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text

RESTING, QUIET = "RESTING", "QUIET"
STATES = [*PlcState.choices, (QUIET, _("No word from the poller")), (RESTING, _("Not polled"))]


def ranked(at: datetime) -> "QuerySet[Plc]":
    """Every controller with its state as the page calls it."""
    told = Case(
        When(enabled=False, then=Value(RESTING)),
        When(kind=SourceKind.PUSH, then=Coalesce(F("health__state"), Value(PlcState.UNKNOWN))),
        When(health__updated_at__lt=at - status.SILENCE, then=Value(QUIET)),
        default=Coalesce(F("health__state"), Value(PlcState.UNKNOWN)), output_field=CharField(),
    )
    return Plc.objects.select_related("equipment", "health", "access").annotate(told=told)


def dressed(found: Sequence[Plc], viewer: Viewer) -> list[Standing]:
    """Controllers as a person should read them."""
    return [status.standing(plc, viewer.at) for plc in found]


def plc_url(one: Standing) -> str:
    return reverse("integrations:plc-detail", args=[one.plc.code])


PLCS = Listing(
    key="plcs", title=_("Sources of readings"), url="integrations:plc-list", action="plc.view",
    subtitle=_("Controllers, servers, brokers and lines that values come from, and how they answer."),
    rows=lambda viewer: ranked(viewer.at),
    dress=dressed, search=("code", "name", "equipment__code", "host"),
    placeholder=_("Controller, equipment or address"),
    order="controller", href=plc_url, tone=lambda one: "" if one.is_fine else "failed", live="plc", live_every=3,
    columns=(
        Column(key="controller", label=_("Controller"), value="plc.code", look=Text(href=plc_url, icon="cpu"),
               sort=("code",)),
        Column(key="name", label=_("Name"), value="plc.name", sort=("name",)),
        Column(key="kind", label=_("Kind"), value="plc.get_kind_display", sort=("kind",)),
        Column(key="state", label=_("State"), value="label", sort=("told",),
               look=State(word=lambda one: one.label, tone=lambda one: (one.tone, one.icon))),
        Column(key="equipment", label=_("Equipment"), value="plc.equipment.code", sort=("equipment__code",)),
        Column(key="answer", label=_("Last answer"), value="health.last_ok_at", look=Moment(style="second"),
               sort=("health__last_ok_at",)),
        Column(key="latency", label=_("Latency"), value="health.latency_ms", look=Number(places=1, suffix="ms"),
               sort=("health__latency_ms",)),
        Column(key="errors", label=_("Errors"), value="health.errors", look=Number(), sort=("health__errors",)),
        Column(key="polls", label=_("Polls"), value="health.polls", look=Number(), sort=("health__polls",),
               hidden=True),
        Column(key="backlog", label=_("Waiting in the spool"), value="health.backlog", look=Number(),
               sort=("health__backlog",)),
        Column(key="host", label=_("Address"), value="plc.host", sort=("host",), hidden=True),
    ),
    filters=(
        Multi(key="state", label=_("State"), options=STATES, query=lambda state: Q(told=state)),
        Multi(key="kind", label=_("Kind"), options=SourceKind.choices),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code"),
        Flag(key="enabled", label=_("Polled"), more=True),
    ),
    nothing=Nothing(
        title=_("No controllers yet"), icon="cpu", text=_("Add a controller and its register map in the console."),
        links=(Link(label=_("Console"), url="admin:index", action="plc.configure", icon="settings"),),
    ),
)
