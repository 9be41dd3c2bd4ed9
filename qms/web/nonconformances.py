"""Nonconformances on the screen: the list, one with everything needed to decide, and the report of a new one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs, enter
from qms import stopping
from qms.commands import nonconformances
from qms.models import Nonconformance, NonconformanceStatus
from qms.policies import BY_PEOPLE
from qms.queries import capas
from qms.queries import nonconformances as reading
from qms.web import case_parts
from qms.web.capa_forms import StopForm as LineForm
from qms.web.dispositions import DispositionForm
from qms.web.forms import CloseForm, MoreLotsForm, OwnerForm, ReportForm, RestartForm, StopForm
from traceability.web import left


@needs("nonconformance.open")
def report(request: HttpRequest) -> HttpResponse:
    """Report what is not as it should be; its lots are held at once."""
    form = ReportForm(request.POST or None, initial={"lots": request.GET.get("lot", "")}, by=request.user)

    def reported(data: dict[str, Any]) -> Nonconformance:
        return nonconformances.open(**data, by=request.user, at=timezone.now())

    return enter(
        request, form, reported, template="qms/nonconformance/report.html", to="qms:nonconformance-detail",
        done=lambda case: _("%(number)s is open.") % {"number": case.number},
    )


@needs("nonconformance.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One nonconformance: where it stands, its chart, its lots, and what may be done now."""
    case = reading.by_number(number)
    lines, dialogs = reading.lot_lines(case), Dialogs(request, refusal)
    context = {
        "case": case, "lines": lines, "dialogs": dialogs,
        "dispositions": reading.dispositions(case), "stops": reading.equipment_holds(case),
        "stopped": stopping.of("CASE", case.number),
        "capas": capas.of_case(case), "timeline": journal.timeline(case),
        "seen_hash": signatures.content_hash(reading.seen(case)), "meanings": {"dispose": Meaning.DISPOSED,
        "restart": Meaning.RELEASED}, "why": _why_not(request, case, lines), "process": _process(case),
        "gone": left.gone([line.lot.pk for line in lines], request.user),
        "first_lot": next((line.lot for line in lines), None),
        "forms": _forms(dialogs, case, lines) | case_parts.dialog_forms(dialogs, case, lines),
        "is_late": case.status == NonconformanceStatus.OPEN and case.due_at and case.due_at < timezone.now(),
    }
    context |= case_parts.parts(request, case, dialogs, lines)
    context["why"] |= case_parts.why_not(request, case, context["review"])
    return render(request, "qms/nonconformance/detail.html", context, status=dialogs.status)


def _forms(dialogs: Dialogs, case: Nonconformance, lines: list[reading.LotLine]) -> dict[str, Any]:
    """The form of each act, as it was sent where it was refused."""
    kinds = {
        "assign": partial(OwnerForm.of, case), "add_lots": MoreLotsForm, "close": CloseForm, "stop": StopForm,
        "restart": RestartForm, "stop_line": LineForm,
    }
    found = {name: dialogs.form(name, kind) for name, kind in kinds.items()}
    return found | {"dispose": dialogs.form("dispose", DispositionForm, lines=lines)}


def _process(case: Nonconformance) -> list[dict[str, Any]]:
    """The states as steps, those passed marked done."""
    values = NonconformanceStatus.values
    here = values.index(case.status)
    return [
        {"label": label, "tone": "done" if at < here else "running" if at == here else "", "current": at == here,
         "icon": "circle-check" if at < here else ""}
        for at, (_value, label) in enumerate(NonconformanceStatus.choices)
    ]


def _why_not(request: HttpRequest, case: Nonconformance, lines: list[reading.LotLine]) -> dict[str, str]:
    """For each act: why it is not possible now, or nothing when it is."""
    is_closed = case.status == NonconformanceStatus.CLOSED
    is_decided = case.status in (NonconformanceStatus.DISPOSED, NonconformanceStatus.CLOSED)
    by_state = {
        "review": "" if case.status == NonconformanceStatus.OPEN else _("Somebody has taken it on already."),
        "dispose": _("Everything is decided.") if is_decided else "",
        "close": _("It is closed.") if is_closed else "" if is_decided else _("Decide about every lot first."),
        "add-lots": _("It is closed.") if is_closed else "", "capa": "",
        "stop-line": _("It is closed.") if is_closed else "",
        "stop-equipment": _("It is closed.") if is_closed else "" if case.equipment else _("It names no equipment."),
    }
    if case.board and not by_state["dispose"]:
        by_state["dispose"] = _("It comes before the board.")
    own = case.source_kind in BY_PEOPLE and case.reported_by_id == request.user.pk
    if own and not by_state["dispose"]:
        by_state["dispose"] = _("You reported it yourself. Another quality engineer must decide.")
    elsewhere = {"capa": "capa.open", "stop-line": "stoppage.stop"}
    actions = {name: f"nonconformance.{name}" for name in by_state} | elsewhere
    return {
        name.replace("-", "_"): policies.why_not(request.user, actions[name]) or reason
        for name, reason in by_state.items()
    }
