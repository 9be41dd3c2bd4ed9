"""The list of stops."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.models import Stoppage, StoppageSource, StoppageStatus, StopScope
from mes.queries import stoppages
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who


def stoppage_url(row: Stoppage) -> str:
    return reverse("mes:stoppage-detail", args=[row.pk])


def is_late(row: Any) -> bool:
    """Whether something that puts it right is overdue."""
    return row.next_due is not None and row.next_due < timezone.now()


STOP = Link(
    label=_("Stop work…"), url="mes:stoppage-create", action="stoppage.stop", icon="player-stop", kind="primary"
)

STOPPAGES = Listing(
    key="stoppages", title=_("Stops and rectification"), url="mes:stoppage-list", action="stoppage.read",
    subtitle=_("What stands still because something is not in order, and what is still to be put right."),
    rows=lambda viewer: stoppages.counted(),
    search=("equipment__code", "job_segment__job_order__number", "job_segment__segment__code", "reason"),
    placeholder=_("Place, work order, operation or reason"), order="-stopped", href=stoppage_url,
    tone=lambda row: "held" if row.status == StoppageStatus.STOPPED else "",
    columns=(
        Column(key="what", label=_("What stands still"), value="label",
               look=Text(href=stoppage_url, icon="player-stop")),
        Column(key="scope", label=_("Kind"), value="get_scope_display", sort=("scope",)),
        Column(key="reason", label=_("Reason"), look=Text(most=90)),
        Column(key="source", label=_("Found by"), value="get_source_kind_display", sort=("source_kind",)),
        Column(key="stopped", label=_("Stopped"), value="stopped_at", look=Moment(style="ago"),
               sort=("stopped_at", "pk")),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="left", label=_("To put right"), look=Number(), sort=("left",)),
        Column(key="next_due", label=_("Next due"), look=Moment(late=is_late, word=_("Overdue")), sort=("next_due",)),
        Column(key="stopped_by", label=_("Stopped by"), look=Who(), sort=("stopped_by__name",), hidden=True),
        Column(key="resumed_by", label=_("Resumed by"), look=Who(), sort=("resumed_by__name",), hidden=True),
        Column(key="resumed", label=_("Resumed"), value="resumed_at", look=Moment(), sort=("resumed_at",), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=StoppageStatus.choices),
        Multi(key="scope", label=_("Kind"), options=StopScope.choices),
        Multi(key="source", label=_("Found by"), field="source_kind", options=StoppageSource.choices),
        TextFilter(key="place", label=_("Place"), field="equipment__code", more=True),
        DateRange(key="stopped", label=_("Stopped"), field="stopped_at", more=True),
    ),
    links=(STOP,),
    nothing=Nothing(
        title=_("Nothing stands still"), icon="circle-check",
        text=_("Stops appear here when somebody stops work, or when a rule does: a failed check, a reject rate."),
        links=(STOP,),
    ),
)
