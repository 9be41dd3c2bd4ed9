"""The roster of a line: a week of people and shifts, quick entry, copying a week, and who came."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mes.commands import roster as commands
from mes.queries import calendars, floor, labour, roster
from mes.shift_plans import PlannedShift
from mes.web.handovers import line_or_404
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, Person, PersonKind
from plant.web.access import needs
from plant.web.acting import valid
from plant.web.forms import Form, RowField

DAYS = 7
WEEK = timedelta(days=DAYS)
PEOPLE = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("number")


class PlanForm(Form):
    """Somebody for some shifts of the week."""

    person = RowField(label=_("Person"), queryset=PEOPLE, to_field_name="number")
    station = RowField(
        label=_("Station"), queryset=Equipment.objects.none(), required=False, to_field_name="code",
        empty_label=_("Wherever they are needed"),
    )
    shifts = forms.MultipleChoiceField(label=_("Shifts"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, line: Equipment, found: list[PlannedShift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Equipment.objects.filter(parent=line, active=True, stores_material=False).order_by("code")
        self.fields["station"].queryset = rows  # type: ignore[attr-defined]
        choices = [(one.starts_at.isoformat(), f"{date_format(one.day, 'D j')} {one.title}") for one in found]
        self.fields["shifts"].choices = choices  # type: ignore[attr-defined]


def week_of(request: HttpRequest, line: Equipment) -> date:
    """The Monday of the week that is asked for, else of this one."""
    try:
        asked = parse_date(request.GET.get("week", "")[:10])
    except ValueError:
        asked = None
    day = asked or calendars.day_now([line.pk], timezone.now())
    return day - timedelta(days=day.weekday())


@needs("roster.read")
def first(request: HttpRequest) -> HttpResponse:
    """The roster of the first line that somebody reaches."""
    lines = floor.lines_of(request.user)
    if not lines:
        return render(request, "mes/roster/nothing.html")
    return redirect("mes:roster", lines[0].code)


@needs("roster.read")
def page(request: HttpRequest, code: str, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    """A week of a line: people by days, and the shifts that went by."""
    line, at = line_or_404(code), timezone.now()
    monday = week_of(request, line)
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    found = roster.shifts(line, days[0], days[-1])
    context = {
        "line": line, "lines": [(one, one.pk == line.pk) for one in floor.lines_of(request.user)], "days": days,
        "refusal": refusal, "week": str(monday), "week_before": str(monday - WEEK), "week_after": str(monday + WEEK),
        "is_planning": refusal is not None and request.path.endswith("/plan/"),
        "people": by_person(line, days), "shifts": labour.of_line(line, days[0], days[-1], at=at),
        "form": PlanForm(request.POST or None, line=line, found=found, by=request.user),
        "why": policies.why_not(request.user, "roster.plan"),
    }
    return render(request, "mes/roster/page.html", context, status=status)


def by_person(line: Equipment, days: list[date]) -> list[tuple[Person, list[list[roster.Cell]]]]:
    """Each planned person with the shifts of each day."""
    rows: dict[Person, list[list[roster.Cell]]] = {}
    for cell in roster.cells(line, roster.entries(line, days[0], days[-1])):
        rows.setdefault(cell.entry.person, [[] for _day in days])[days.index(cell.entry.day)].append(cell)
    return list(rows.items())


def back(request: HttpRequest, code: str) -> HttpResponse:
    """The same week again."""
    week = request.GET.get("week", "")[:10]
    return redirect(reverse("mes:roster", args=[code]) + (f"?week={week}" if week else ""))


@require_POST
@needs("roster.plan")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan somebody for the chosen shifts."""
    line, at = line_or_404(code), timezone.now()
    monday = week_of(request, line)
    found = roster.shifts(line, monday, monday + timedelta(days=DAYS - 1))
    try:
        said = valid(PlanForm(request.POST, line=line, found=found, by=request.user))
        commands.plan_many(
            person=said["person"], line=line, station=said["station"], by=request.user, at=at,
            shifts=[commands.shift_of(found, key) for key in said["shifts"]],
        )
    except Refusal as refusal:
        return page(request, code, refusal=refusal, status=409)
    messages.success(request, now("Planned."))
    return back(request, code)


@require_POST
@needs("roster.plan")
def take_away(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a planned shift away."""
    entry = roster.by_id(line_or_404(code), pk)
    if entry is not None:
        commands.take_away(entry=entry, by=request.user)
    return back(request, code)


@require_POST
@needs("roster.plan")
def copy_week(request: HttpRequest, code: str) -> HttpResponse:
    """Plan this week like the one before."""
    line, at = line_or_404(code), timezone.now()
    done = commands.copy_week(line=line, into=week_of(request, line), by=request.user, at=at)
    messages.success(request, now("%(count)s shifts are planned like the week before.") % {"count": done.made})
    if done.left_out:
        messages.warning(request, now("Left out: %(names)s.") % {"names": ", ".join(done.left_out)})
    return back(request, code)
