"""Sensors on the screen: the register, a sensor with its calibrations, and recording one."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag, Multi, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Role
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form
from qms.commands import sensors as commands
from qms.models import CalibrationResult, Sensor
from qms.queries import sensors

A_DAY = timedelta(days=1)
TONES: dict[str, tuple[Any, str, str]] = {
    "never": (_("Never calibrated"), "unknown", "help-circle"),
    "failed": (_("Calibration failed"), "failed", "circle-x"),
    "overdue": (_("Calibration overdue"), "failed", "clock-exclamation"),
    "soon": (_("Due soon"), "warning", "clock"),
    "valid": (_("Calibrated"), "done", "circle-check"),
    "resting": (_("Not in use"), "unknown", "player-stop"),
}


def standing(sensor: Sensor, at: datetime) -> str:
    """How a sensor stands, as a key of TONES."""
    if not sensor.active:
        return "resting"
    if sensor.failed_at is not None:
        return "failed"
    if sensor.due_at is None:
        return "never"
    if sensor.due_at <= at:
        return "overdue"
    return "soon" if sensor.due_at - sensor.warn_days * A_DAY <= at else "valid"


def sensor_url(one: Sensor) -> str:
    return reverse("qms:sensor-detail", args=[one.code])


def is_late(one: Sensor) -> bool:
    return one.due_at is not None and one.due_at <= timezone.now()


def state_word(one: Sensor) -> Any:
    return TONES[standing(one, timezone.now())][0]


def state_tone(one: Sensor) -> tuple[str, str]:
    return TONES[standing(one, timezone.now())][1:]


SENSORS = Listing(
    key="sensors", title=_("Sensors"), url="qms:sensor-list", action="sensor.read",
    subtitle=_("Instruments whose readings are charted, and until when their calibration holds."),
    rows=lambda viewer: sensors.listing(), search=("code", "name", "serial_number", "equipment__code"),
    placeholder=_("Sensor, serial number or equipment"), order="due", href=sensor_url,
    columns=(
        Column(key="code", label=_("Sensor"), look=Text(href=sensor_url, icon="gauge"), sort=("code",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="state", label=_("State"), value=state_word, look=State(word=state_word, tone=state_tone)),
        Column(key="due", label=_("Calibration due"), value="due_at", look=Moment(style="date", late=is_late),
               sort=("start", "code")),
        Column(key="equipment", label=_("Equipment"), value="equipment.code", sort=("equipment__code",)),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="serial", label=_("Serial number"), value="serial_number", sort=("serial_number",), hidden=True),
    ),
    filters=(
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code"),
        Flag(key="active", label=_("in use"), more=True),
    ),
    links=(Link(label=_("Console"), url="admin:qms_sensor_changelist", action="master.edit", icon="settings"),),
    nothing=Nothing(
        title=_("No sensors yet"), icon="gauge",
        text=_("Register sensors in the console with the streams that they read; then record their calibrations here."),
    ),
)


class CalibrationForm(Form):
    """What a certificate says."""

    def field_of(self, facts: dict[str, Any]) -> str | None:
        """Which field a refusal of the command is about: days here are moments there."""
        return {"done_at": "done_on", "next_due_at": "next_due_on"}.get(facts.get("field", ""))

    result = forms.ChoiceField(label=_("Result"), choices=CalibrationResult.choices)
    done_on = forms.DateField(label=_("Calibrated on"), widget=forms.DateInput({"type": "date"}))
    next_due_on = forms.DateField(
        label=_("Holds through"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day. Readings from the day after on are marked until the next calibration."),
    )
    certificate = forms.CharField(label=_("Certificate"), max_length=120)
    laboratory = forms.CharField(label=_("Calibrated by"), max_length=120, help_text=_("Laboratory or person."))
    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea({"rows": 2}))


def find(code: str) -> Sensor:
    """A sensor by its code."""
    try:
        return sensors.by_code(code)
    except Sensor.DoesNotExist as error:
        raise Http404 from error


@needs("sensor.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One sensor: whether its readings may be trusted, its calibrations, its streams."""
    sensor, dialogs, now = find(code), Dialogs(request, refusal), timezone.now()
    word, tone, icon = TONES[standing(sensor, now)]
    today = timezone.localdate(now)
    initial = {"done_on": today, "next_due_on": today + sensor.interval_days * A_DAY}
    context = {
        "sensor": sensor, "word": word, "tone": tone, "icon": icon, "dialogs": dialogs,
        "calibrations": sensor.calibrations.select_related("by").order_by("-at"),
        "streams": sensor.streams.select_related("parameter", "equipment"), "timeline": journal.timeline(sensor),
        "doubts": [one for one in reversed(sensors.history([sensor]).get(sensor.pk, [])) if one.from_at <= now],
        "why": policies.why_not(request.user, "sensor.calibrate"),
        "doubtful": standing(sensor, now) in ("failed", "overdue"),
        "form": dialogs.form("calibrate", CalibrationForm, initial=initial),
    }
    return render(request, "qms/sensor/detail.html", context, status=dialogs.status)


@Acts(find=find, back="qms:sensor-detail", page=detail, key="code")(
    "sensor.calibrate", done=_("The calibration is recorded.")
)
def calibrate(request: HttpRequest, sensor: Sensor) -> None:
    """Record a calibration."""
    said, now = valid(CalibrationForm(request.POST)), timezone.now()
    done, until = said.pop("done_on"), said.pop("next_due_on")
    moment = now if done == timezone.localdate(now) else timezone.make_aware(datetime.combine(done, time(12)))
    due = timezone.make_aware(datetime.combine(until + A_DAY, time())) if until else None
    commands.record(sensor=sensor, done_at=moment, next_due_at=due, **said, by=request.user, at=now)
