"""Gauge studies on the screen: designed, measured on a tablet or pasted, and their report."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from spc.commands import studies as commands
from spc.models import Study, StudyStatus, Verdict
from spc.queries import studies
from spc.web.study_forms import CancelForm, DesignForm, PasteForm, ValueForm

DATA = {"parts": studies.by_part, "appraisers": studies.by_appraiser, "components": studies.components}
TONES = {"acceptable": "done", "marginal": "warning", "unacceptable": "failed"}


@needs("study.design")
def create(request: HttpRequest) -> HttpResponse:
    """Design a study; the order of its measurements is drawn."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            asked = valid(DesignForm(request.POST, by=request.user))
            study = commands.design(**asked, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("The study is designed. Measure in the order that was drawn."))
            return redirect("spc:study-detail", study.code)
    dialogs = Dialogs(request, refusal)
    form = dialogs.form("new", DesignForm, initial=request.GET.dict())
    context = {"form": form, "refusal": dialogs.errors.get("new")}
    return render(request, "spc/study/new.html", context, status=dialogs.status)


@needs("study.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One study: how far it is, what came out, what the gauge's earlier studies said."""
    study, dialogs = studies.by_code(code), Dialogs(request, refusal)
    report = studies.report(study)
    context = {
        "study": study, "report": report, "rows": table_of(report), "earlier": studies.earlier(study)[:10],
        "verdict": _verdict(report),
        "unit": study.characteristic.parameter.unit.symbol, "is_open": study.status == StudyStatus.COLLECTING,
        "timeline": journal.timeline(study, 20), "dialogs": dialogs, "refusal": refusal,
        "paste_form": dialogs.form("paste", PasteForm), "cancel_form": dialogs.form("cancel", CancelForm),
        "why_not_measure": policies.why_not(request.user, "study.measure"),
        "why_not_close": policies.why_not(request.user, "study.close") or report.refused,
        "why_not_cancel": policies.why_not(request.user, "study.close"),
    }
    return render(request, "spc/study/detail.html", context, status=dialogs.status)


@needs("study.measure")
def collect(request: HttpRequest, code: str) -> HttpResponse:
    """The next measurement of the order, alone on the screen; of one appraiser where the address names one."""
    study, who = studies.by_code(code), request.GET.get("appraiser", "")
    here = reverse("spc:study-collect", args=[code]) + (f"?{urlencode({'appraiser': who})}" if who else "")
    refusal, form = None, None
    if request.method == "POST":
        form = ValueForm(request.POST, by=request.user)
        try:
            asked = valid(form)
            commands.measure(study=study, **asked, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = None if form.errors else error
        else:
            return redirect(here)
    place = request.POST.get("place") or request.GET.get("place", "")
    cell = studies.cell(study, int(place)) if place.isdecimal() and len(place) < 5 else studies.waiting(study, who)
    if cell is None:
        messages.success(request, _("Every measurement is made."))
        return redirect("spc:study-detail", code)
    if form is None or not form.errors:
        form = ValueForm(by=request.user, initial={"place": cell.place, "value": cell.value})
    context = {
        "study": study, "cell": cell, "form": form, "refusal": refusal, "here": here, "who": who,
        "last": studies.last(study, who), "unit": study.characteristic.parameter.unit.symbol,
    }
    return render(request, "spc/study/collect.html", context, status=409 if refusal else 422 if form.errors else 200)


@needs("study.read")
def data(request: HttpRequest, code: str) -> JsonResponse:
    """The numbers behind a study's charts: `part` is parts, appraisers or components."""
    return JsonResponse(DATA.get(request.GET.get("part", ""), studies.by_part)(studies.by_code(code)))


def table_of(report: studies.Report) -> list[dict[str, Any]]:
    """The components as rows of a table, in words."""
    words = {
        "grr": _("Gauge (repeatability and reproducibility)"), "repeatability": _("Repeatability"),
        "reproducibility": _("Reproducibility"), "appraiser": _("Appraisers"),
        "interaction": _("Appraiser × part"), "part": _("Part to part"), "total": _("Total"),
    }  # fmt: skip
    found = report.answer["components"] if report.answer else {}
    return [{"word": word, **found[name]} for name, word in words.items() if name in found]


def _verdict(report: studies.Report) -> dict[str, str]:
    """The verdict as a word and a tone; empty while there is none."""
    if report.answer is None:
        return {}
    verdict = Verdict(report.answer["verdict"])
    return {"word": str(verdict.label), "tone": TONES[verdict.value]}


acts = Acts(find=studies.by_code, back="spc:study-detail", page=detail, key="code")


@acts("study.measure", done=gettext_lazy("The values are kept."))
def paste(request: HttpRequest, study: Study) -> None:
    """Many values at once."""
    form = valid(PasteForm(request.POST, by=request.user))
    commands.paste(study=study, rows=form["rows"], by=request.user, at=timezone.now())


@acts("study.close", done=gettext_lazy("The study is closed. Its verdict stands in the gauge's record."))
def close(request: HttpRequest, study: Study) -> None:
    """Fix the verdict."""
    commands.close(study=study, by=request.user, at=timezone.now())


@acts("study.close", done=gettext_lazy("The study is given up. What was measured stays on record."))
def cancel(request: HttpRequest, study: Study) -> None:
    """Give it up."""
    asked = valid(CancelForm(request.POST, by=request.user))
    commands.cancel(study=study, **asked, by=request.user, at=timezone.now())
