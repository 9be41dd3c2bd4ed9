"""The dispatch board on the screen: work goes to stations and takes its turn there, by drag and drop or by dialog."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from mes.commands import job_orders, queueing
from mes.models import JobOrder
from mes.queries import dispatch_board, floor, orders, routings, station_queue
from mes.queries.dispatch_board import Board, Card
from mes.web.forms import DispatchForm
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel
from plant.web.access import View, needs
from plant.web.acting import Dialogs, valid
from plant.web.forms import Form, RowField
from plant.web.refusals import is_htmx, wants_json

PER = {"shift": later("Shift"), "day": later("Day")}
STATIONS = Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True, stores_material=False).order_by("code")


class PutForm(Form):
    """Which turn an operation takes, and where; `before` comes from a drop, `position` from the dialog."""

    station = RowField(label=later("Station"), queryset=STATIONS.select_related("parent__parent__parent"))
    position = forms.IntegerField(
        label=later("Turn"), min_value=1, required=False, help_text=later("1 is next. Empty: last.")
    )
    operation = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    before = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def asked(self, job: JobOrder) -> dict[str, Any]:
        """What the command takes for a work order."""
        found = dict(valid(self))
        position = found.pop("position")
        if position is not None:
            found["before"] = station_queue.at_turn(found["station"].pk, position, job.pk, found["operation"])
        return {**found, "seen": found["seen"] or None}


def here(request: HttpRequest) -> dict[str, str]:
    """Which line the board shows, and by what its load is cut."""
    per = request.GET.get("per", "")
    return {"line": request.GET.get("line", "")[:40], "per": per if per in PER else "shift"}


@needs("job.read")
def board(request: HttpRequest, number: str = "", refusal: Refusal | None = None) -> HttpResponse:
    """The board of a line; with a refused act, its dialog open as it was sent."""
    asked, lines = here(request), floor.lines_of(request.user)
    line = next((one for one in lines if one.code == asked["line"]), lines[0] if lines else None)
    if line is None:
        return render(request, "mes/dispatch/board.html", {"lines": []})
    found = dispatch_board.board(request.user, line, per=asked["per"], at=timezone.now())
    query = urlencode({**asked, "line": line.code})
    dialogs = Dialogs(request, refusal)
    context = {
        "board": found, "line": line, "query": query, "per": asked["per"], "pers": list(PER.items()),
        "lines": [(one.code, str(one)) for one in lines], "topic": f"wall.{line.code}",
        "why": policies.why_not(request.user, "job.dispatch"), "dialogs": dialogs, "refusal": refusal,
    }
    if is_htmx(request):
        return render(request, "mes/dispatch/columns.html", context)
    if not context["why"]:
        context |= moving(request, found, number, dialogs) or sending(request, found, number, dialogs)
    return render(request, "mes/dispatch/board.html", context, status=dialogs.status)


def moving(request: HttpRequest, found: Board, number: str, dialogs: Dialogs) -> dict[str, Any]:
    """The dialog of a card that is to move: chosen in the address, or refused."""
    cards = [card for column in found.columns for card in column.cards]
    if "put" in dialogs.opened:
        operation = request.POST.get("operation", "")
        card = next((one for one in cards if (one.number, one.operation) == (number, operation)), None)
    else:
        key = request.GET.get("move") or request.GET.get("instead") or ""
        card = next((one for one in cards if str(one.pk) == key), None)
    if card is None:
        return {}
    form = dialogs.form("put", PutForm, initial=first_of(request, card))
    form.fields["station"].queryset = STATIONS.filter(pk__in=card.able)
    return {"moving": card, "put_form": form}


def first_of(request: HttpRequest, card: Card) -> dict[str, Any]:
    """What the dialog of a card begins with: where it stands, where it was dropped, or the station that stands in."""
    station: Any = request.GET.get("station") or card.station_id
    if request.GET.get("instead") and card.instead:
        station = STATIONS.filter(code=card.instead).values_list("pk", flat=True).first()
    return {"station": station, "operation": card.operation, "seen": card.seen}


def sending(request: HttpRequest, found: Board, number: str, dialogs: Dialogs) -> dict[str, Any]:
    """The dialog of a work order that waits for a line."""
    key = number if "send" in dialogs.opened else request.GET.get("send", "")
    card = next((one for one in found.waiting if one.job.number == key), None)
    if card is None:
        return {}
    wanted = request.GET.get("station", "")
    able = routings.of_job(card.job).at(int(wanted)) if wanted.isdecimal() and len(wanted) < 18 else []
    chosen = {f"station_{step.code}": wanted for step in able}  # where it was dropped when that was refused
    form = dialogs.form("send", DispatchForm, job=card.job, initial={"line": found.line, **chosen})
    return {"sending": card, "send_form": form}


def act(request: HttpRequest, number: str, run: Callable[[JobOrder], str]) -> HttpResponse:
    """Run one command for a card; a script hears what was done, a page comes back to the board."""
    try:
        said = run(orders.job_by_number(number))
    except Refusal as refusal:
        if wants_json(request) or is_htmx(request):
            raise
        return board(request, number, refusal)
    if wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect(f"{reverse('mes:dispatch')}?{urlencode(here(request))}")


def _door(run: Callable[[HttpRequest, JobOrder], str]) -> View:
    """A view that runs one command of the board."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        return act(request, number, lambda job: run(request, job))

    return require_POST(needs("job.dispatch")(view))


@_door
def put(request: HttpRequest, job: JobOrder) -> str:
    """Give an operation its turn at a station."""
    asked = PutForm(request.POST, by=request.user).asked(job)
    row = queueing.put(job_order=job, **asked, by=request.user, at=timezone.now())
    turn = [pk for pk, _rank in station_queue.ranks(asked["station"].pk)].index(row.pk) + 1
    words = {"job": job.number, "station": asked["station"].code, "turn": turn}
    return _("%(job)s is number %(turn)s at %(station)s.") % words


@_door
def send(request: HttpRequest, job: JobOrder) -> str:
    """Dispatch a work order by its dialog: line, stations, person, and a reason where material is short."""
    form = DispatchForm(request.POST, job=job, by=request.user)
    asked = valid(form)
    chosen = {name: asked[name] for name in ("line", "person", "despite_shortage")} | {"stations": form.stations()}
    done = job_orders.dispatch(job_order=job, **chosen, by=request.user, at=timezone.now())
    return _("%(number)s: Dispatched to %(line)s.") % {"number": job.number, "line": done.line.code}


@_door
def take_back(request: HttpRequest, job: JobOrder) -> str:
    """Take a work order away from its line again."""
    seen = request.POST.get("seen") or None
    queueing.take_back(job_order=job, seen=seen, by=request.user, at=timezone.now())
    return _("%(number)s waits for a line again.") % {"number": job.number}
