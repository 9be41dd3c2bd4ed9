"""The list of what stations call for."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Multi, Reference, TextFilter
from plant.lists.looks import Moment, Quantity, State, Text, Who
from traceability.models import CallStatus, MaterialCall
from traceability.queries import calls
from traceability.web.list_parts import materials

ASK = Link(label=_("Call for material"), url="traceability:call-ask", action="call.ask", icon="bell-ringing",
           kind="primary")


def call_url(one: MaterialCall) -> str:
    return reverse("traceability:call-detail", args=[one.number])


CALLS = Listing(
    key="calls", title=_("Material calls"), url="traceability:call-list", action="call.read",
    subtitle=_("What stations are short of, and what the warehouse brings them."), rows=lambda viewer: calls.every(),
    search=("number", "station__code", "material__code", "material__name"),
    placeholder=_("Number, station or material"), order="-asked", href=call_url, live="news",
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=call_url), sort=("number",)),
        Column(key="station", label=_("Station"), sort=("station__code",)),
        Column(key="material", label=_("Material"), sort=("material__code",)),
        Column(key="quantity", label=_("Quantity"), look=Quantity(unit=lambda one: one.material.unit)),
        Column(key="brought", label=_("Brought"), look=Quantity(unit=lambda one: one.material.unit)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="asked_by", label=_("Asked by"), look=Who(), sort=("asked_by__name",)),
        Column(key="asked", label=_("Asked"), value="asked_at", look=Moment(style="ago"), sort=("asked_at",)),
        Column(key="ended", label=_("Ended"), value="ended_at", look=Moment(), sort=("ended_at",), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=CallStatus.choices, default=(CallStatus.OPEN.value,)),
        TextFilter(key="station", label=_("Station"), field="station__code"),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
        DateRange(key="asked", label=_("Asked"), field="asked_at", more=True),
    ),
    links=(ASK,),
    nothing=Nothing(
        title=_("No station calls for material"), icon="circle-check",
        text=_("A call appears here when a station is short of something."), links=(ASK,),
    ),
)
