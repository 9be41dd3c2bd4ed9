"""The set-up of stations on the screen: every position with what is mounted, and one station with its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.commands import setups as commands
from mes.models import FeedPosition, PositionKind
from mes.queries import orders, setups, stations
from mes.web.setup_forms import MountForm, TakeOffForm
from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag, Multi
from plant.lists.looks import Moment, Quantity, State, Text, Who
from plant.lists.row_filters import RowFilter
from plant.models import Equipment
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from traceability.queries import lots

HISTORY = 100


def station_url(row: setups.Held) -> str:
    """The page of the station that a position belongs to."""
    return reverse("mes:setup-station", args=[row.position.station.code])


def lot_url(row: setups.Held) -> str:
    """The page of the mounted lot."""
    return reverse("traceability:lot-detail", args=[row.mount.lot.number]) if row.mount else ""


def with_positions() -> Any:
    """The stations that have positions."""
    return Equipment.objects.filter(feed_positions__active=True).distinct().order_by("code")


POSITIONS = Listing(
    key="feed-positions", title=_("Feeder set-up"), url="mes:setup-list", action="setup.read",
    subtitle=_("Which lot is mounted on which position of which station, and how much of it is left."),
    rows=lambda viewer: setups.positions(), dress=lambda rows, viewer: setups.dress(rows),
    search=("code", "station__code"), placeholder=_("Position or station"), order="code", href=station_url,
    tone=lambda row: "held" if row.mount and row.mount.lot.open_holds else "",
    columns=(
        Column(key="code", label=_("Position"), value="position.code", look=Text(href=station_url), sort=("code",)),
        Column(key="station", label=_("Station"), value="position.station.code", sort=("station__code",)),
        Column(key="kind", label=_("Kind"), value="position.get_kind_display", sort=("kind",)),
        Column(key="lot", label=_("Mounted lot"), value="mount.lot.number", look=Text(href=lot_url)),
        Column(key="material", label=_("Material"), value="mount.lot.material"),
        Column(key="left", label=_("Left"), value="left",
               look=Quantity(unit=lambda row: row.mount.lot.material.unit if row.mount else "")),
        Column(key="status", label=_("State"), value="mount.lot.status", look=State()),
        Column(key="since", label=_("Mounted"), value="mount.mounted_at", look=Moment(style="ago")),
        Column(key="by", label=_("Mounted by"), value="mount.mounted_by", look=Who(), hidden=True),
        Column(key="job", label=_("Work order"), value="mount.job_order.number", hidden=True),
    ),
    filters=(
        RowFilter(key="station", label=_("Station"), field="station__code", rows=with_positions),
        Multi(key="kind", label=_("Kind"), options=PositionKind.choices),
        Flag(key="mounted", label=_("With a mounted lot"), query=lambda _value: setups.OCCUPIED),
    ),
    nothing=Nothing(
        title=_("No feed positions yet"), icon="layout-grid",
        text=_("Administrators enter feeders, slots and tanks of a station, and what an operation holds there."),
        links=(Link(label=_("Stations"), url="station:choose"),),
    ),
)


@needs("setup.read")
def station(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One station: what its positions should hold for a work order, what they hold, and what was mounted before."""
    place, at, dialogs = stations.found(code), timezone.now(), Dialogs(request, refusal)
    jobs = setups.jobs_at(place)
    asked = request.POST.get("job") or request.GET.get("job", "")
    job = next((one for one in jobs if one.number == asked), jobs[0] if jobs else None)
    context = {
        "station": place, "jobs": [(one.number, one.number) for one in jobs], "job": job, "dialogs": dialogs,
        "places": setups.of_station(place, job, at) if job else [], "mounts": setups.history(place)[:HISTORY],
        "others": setups.beside(place, job), **why_not(request, bool(job)),
        "forms": {
            "mount": dialogs.form("mount", MountForm, station=place, initial={"job": job.number if job else ""}),
            "take_off": dialogs.form("take_off", TakeOffForm, station=place),
        },
    }
    return render(request, "mes/setup/station.html", context, status=dialogs.status)


def why_not(request: HttpRequest, has_job: bool) -> dict[str, Any]:
    """Why nothing can be mounted or taken off; empty when it can."""
    why = policies.why_not(request.user, "setup.mount")
    return {"why_not_take_off": why, "why_not_mount": why or ("" if has_job else _("No work order runs here."))}


act = Acts(find=stations.found, back="mes:setup-station", page=station, key="code")


@act("setup.mount", done=_("The lot is right on its position."))
def mount(request: HttpRequest, place: Equipment) -> None:
    """Put a lot on a position."""
    asked = valid(MountForm(request.POST, station=place, by=request.user))
    commands.mount(
        position=asked["position"], lot=lots.by_number(asked["lot"]), job_order=orders.job_by_number(asked["job"]),
        reason=asked["reason"], by=request.user, at=timezone.now(),
    )


@act("setup.mount", done=_("The lot is off its position."))
def take_off(request: HttpRequest, place: Equipment) -> None:
    """Take the lot off a position."""
    position: FeedPosition = valid(TakeOffForm(request.POST, station=place, by=request.user))["position"]
    commands.take_off(position=position, by=request.user, at=timezone.now())
