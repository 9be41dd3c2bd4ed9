"""Gauges on the screen: the register, a gauge with its calibrations, loans and studies, and the acts on it."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, Flag, Multi, Reference, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Role
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from qms import gauging
from qms.commands import gauges as commands
from qms.models import FOUND_OUT, Gauge, GaugeStatus, GaugeType
from qms.queries import gauge_register as reading
from qms.web.gauge_forms import GaugeCalibrationForm, LendForm, WhyForm
from qms.web.sensors import A_DAY, TONES

LOOKS: dict[str, tuple[Any, str, str]] = {
    **TONES,
    "held": (gettext_lazy("On hold"), "held", "hand-stop"),
    "withdrawn": (gettext_lazy("Withdrawn"), "unknown", "archive"),
    "used-up": (gettext_lazy("Measured too often since its calibration"), "failed", "clock-exclamation"),
}


def gauge_url(one: Gauge) -> str:
    return reverse("qms:gauge-detail", args=[one.code])


def state_word(one: Gauge) -> Any:
    return LOOKS[reading.standing(one, timezone.now())][0]


def state_tone(one: Gauge) -> tuple[str, str]:
    return LOOKS[reading.standing(one, timezone.now())][1:]


def is_late(one: Gauge) -> bool:
    return one.active and one.due_at is not None and one.due_at <= timezone.now()


def types() -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in GaugeType.objects.order_by("code")]


GAUGES = Listing(
    key="gauges", title=gettext_lazy("Gauges"), url="qms:gauge-list", action="gauge.read",
    subtitle=gettext_lazy("What people measure with, who has it, and until when its calibration holds."),
    rows=lambda viewer: reading.listing(), search=("code", "name", "serial_number", "maker"),
    placeholder=gettext_lazy("Gauge, serial number or maker"), order="due", href=gauge_url,
    columns=(
        Column(key="code", label=gettext_lazy("Gauge"), look=Text(href=gauge_url, icon="ruler-2"), sort=("code",)),
        Column(key="name", label=gettext_lazy("Name"), sort=("name",)),
        Column(key="type", label=gettext_lazy("Type"), value="type.title", sort=("type__code",)),
        Column(key="state", label=gettext_lazy("State"), value=state_word,
               look=State(word=state_word, tone=state_tone)),
        Column(key="due", label=gettext_lazy("Calibration due"), value="due_at",
               look=Moment(style="date", late=is_late), sort=("start", "code")),
        Column(key="with", label=gettext_lazy("With"), value=lambda one: one.borrower or one.lent_station or ""),
        Column(key="equipment", label=gettext_lazy("Kept at"), value="equipment.code", sort=("equipment__code",)),
        Column(key="owner", label=gettext_lazy("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="serial", label=gettext_lazy("Serial number"), value="serial_number", sort=("serial_number",),
               hidden=True),
        Column(key="maker", label=gettext_lazy("Maker"), sort=("maker",), hidden=True),
    ),
    filters=(
        Reference(key="type", label=gettext_lazy("Type"), field="type__code", options=types),
        Choice(key="status", label=gettext_lazy("State"), options=GaugeStatus.choices,
               default=(GaugeStatus.IN_USE, GaugeStatus.ON_HOLD), blank=gettext_lazy("All but withdrawn")),
        Multi(key="role", label=gettext_lazy("Goes to"), field="owner_role", options=Role.choices, more=True),
        TextFilter(key="equipment", label=gettext_lazy("Kept at"), field="equipment__code", more=True),
        Flag(key="active", label=gettext_lazy("in use"), more=True),
    ),
    links=(Link(label=gettext_lazy("Console"), url="admin:qms_gauge_changelist", action="master.edit", icon="settings"),
           Link(label=gettext_lazy("Impact reviews"), url="qms:impact-list", action="impact.read",
                icon="zoom-question")),
    nothing=Nothing(
        title=gettext_lazy("No gauges yet"), icon="ruler-2",
        text=gettext_lazy("Register gauges in the console with their types; then record their calibrations here."),
    ),
)


@needs("gauge.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One gauge: whether it may measure, who has it, its calibrations, its studies, its impact reviews."""
    gauge, dialogs, now = reading.by_code(code), Dialogs(request, refusal), timezone.now()
    word, tone, icon = LOOKS[reading.standing(gauge, now)]
    today = timezone.localdate(now)
    initial = {"done_on": today, "next_due_on": today + gauge.interval_days * A_DAY}
    calibrations = gauge.calibrations.select_related("by", "review").prefetch_related("points").order_by("-at")
    context = {
        "gauge": gauge, "word": word, "tone": tone, "icon": icon, "dialogs": dialogs, "loan": reading.loan(gauge),
        "loans": gauge.loans.select_related("person", "station", "lent_by", "returned_by")[:20],
        "calibrations": calibrations, "latest": calibrations.first(), "study": gauging.study(gauge),
        "found_out": FOUND_OUT, "why_not_measure": reading.why_not(gauge, now), "timeline": journal.timeline(gauge),
        "why": why_not(request, gauge, now), "can_print": policies.may(request.user, "label.print"),
        "form": dialogs.form("calibrate", GaugeCalibrationForm, initial=initial),
        "lend_form": dialogs.form("lend", LendForm), "hold_form": dialogs.form("hold", WhyForm),
        "release_form": dialogs.form("release", WhyForm), "withdraw_form": dialogs.form("withdraw", WhyForm),
    }
    return render(request, "qms/gauge/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, gauge: Gauge, now: datetime) -> dict[str, str]:
    """For each act: why it is not possible now, or nothing when it is."""
    is_lent = reading.loan(gauge) is not None
    gone = _("It is withdrawn.") if gauge.status == GaugeStatus.WITHDRAWN else ""
    by_state = {
        "calibrate": gone,
        "lend": _("It is lent already. Take it back first.") if is_lent else reading.why_not(gauge, now),
        "take_back": "" if is_lent else _("It is in its place."),
        "hold": gone or ("" if gauge.status == GaugeStatus.IN_USE else _("It is on hold.")),
        "release": gone or ("" if gauge.status == GaugeStatus.ON_HOLD else _("It is in use.")),
        "withdraw": gone,
    }
    names = {"calibrate": "gauge.calibrate", "lend": "gauge.lend", "take_back": "gauge.lend", "hold": "gauge.hold",
             "release": "gauge.release", "withdraw": "gauge.withdraw"}
    return {act: policies.why_not(request.user, names[act]) or why for act, why in by_state.items()}


act = Acts(find=reading.by_code, back="qms:gauge-detail", page=detail, key="code")


@act("gauge.calibrate", done=gettext_lazy("The calibration is recorded."))
def calibrate(request: HttpRequest, gauge: Gauge) -> None:
    """Record a calibration with its points."""
    said, now = valid(GaugeCalibrationForm(request.POST, by=request.user)), timezone.now()
    done, until = said.pop("done_on"), said.pop("next_due_on")
    moment = now if done == timezone.localdate(now) else timezone.make_aware(datetime.combine(done, time(12)))
    due = timezone.make_aware(datetime.combine(until + A_DAY, time())) if until else None
    commands.calibrate(gauge=gauge, done_at=moment, next_due_at=due, **said, by=request.user, at=now)


@act("gauge.lend", done=gettext_lazy("Lent."))
def lend(request: HttpRequest, gauge: Gauge) -> None:
    """Give it to somebody or to a station."""
    said = valid(LendForm(request.POST, by=request.user))
    commands.lend(gauge=gauge, **said, by=request.user, at=timezone.now())


@act("gauge.lend", done=gettext_lazy("It is back in its place."))
def take_back(request: HttpRequest, gauge: Gauge) -> None:
    """Take it back."""
    commands.take_back(gauge=gauge, by=request.user, at=timezone.now())


@act("gauge.hold", done=gettext_lazy("Nothing is measured with it from now on."))
def hold(request: HttpRequest, gauge: Gauge) -> None:
    """Keep it from use."""
    commands.hold(gauge=gauge, **valid(WhyForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("gauge.release", done=gettext_lazy("It may be used again."))
def release(request: HttpRequest, gauge: Gauge) -> None:
    """Let it be used again."""
    commands.release(gauge=gauge, **valid(WhyForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("gauge.withdraw", done=gettext_lazy("It is withdrawn."))
def withdraw(request: HttpRequest, gauge: Gauge) -> None:
    """Take it out of use for good."""
    commands.withdraw(gauge=gauge, **valid(WhyForm(request.POST, by=request.user)), by=request.user, at=timezone.now())
