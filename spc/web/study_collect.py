"""Values for a gauge study: one a screen in the order that was drawn, or a whole table from a spreadsheet."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plant.errors import Refusal
from plant.web import list_files
from plant.web.access import needs
from plant.web.acting import valid
from spc.commands import study_readings as commands
from spc.gauging.kinds import KINDS
from spc.models import Study, StudyReading
from spc.queries import studies
from spc.web.study_forms import ValueForm
from spc.web.study_tables import PasteForm


@needs("study.measure")
def collect(request: HttpRequest, code: str) -> HttpResponse:
    """The next measurement of the order, alone on the screen; of one appraiser where the address names one.

    Nobody sees a value here but the one they kept themselves last.
    """
    study, who = studies.by_code(code), request.GET.get("appraiser", "")
    here = reverse("spc:study-collect", args=[code]) + (f"?{urlencode({'appraiser': who})}" if who else "")
    refusal: Refusal | None = None
    form: ValueForm | None = None
    if request.method == "POST":
        form = _form(study, request, request.POST)
        try:
            asked = valid(form)
            commands.measure(study=study, **asked, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = None if form.errors else error
        else:
            return redirect(here)
    mine = _asked_for(study, request)
    cell = mine or studies.waiting(study, who)
    if cell is None:
        messages.success(request, _("Every measurement is made."))
        return redirect("spc:study-detail", code)
    if form is None or (refusal is not None and "done" in refusal.facts):
        initial = {"place": cell.place, "value": studies.outcome(cell), "correct": mine is not None}
        form = _form(study, request, None, initial=initial)
    context = {**_around(study, cell, who, request), "form": form, "refusal": refusal, "here": here}
    return render(request, "spc/study/collect.html", context, status=409 if refusal else 422 if form.errors else 200)


@needs("study.paste")
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """Many values at once; a table with faults stays in the form, each fault with its line."""
    study = studies.by_code(code)
    form, refusal, status = PasteForm(study=study, by=request.user), None, 200
    if request.method == "POST":
        form, status = PasteForm(request.POST, request.FILES, study=study, by=request.user), 422
        if form.is_valid():
            try:
                kept = commands.paste(study=study, rows=form.brought.rows, by=request.user, at=timezone.now())
            except Refusal as error:
                refusal, status = error, 409
            else:
                words = ngettext("%(n)s value is kept.", "%(n)s values are kept.", kept)
                messages.success(request, words % {"n": kept})
                return redirect("spc:study-detail", code)
    context = {"study": study, "form": form, "refusal": refusal, "kind": KINDS[study.kind]}
    return render(request, "spc/study/paste.html", context, status=status)


@needs("study.paste")
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The cells in the order that was drawn as a file, to be filled in away from the network."""
    study = studies.by_code(code)
    known = studies.parts(study)
    head = ["part", "appraiser", "trial", "rating" if KINDS[study.kind].rated else "value"]
    rows = [(str(known[cell.part]), cell.appraiser, cell.trial, "") for cell in study.readings.order_by("place")]
    return list_files.csv_file(study.code, head, rows)


def _form(study: Study, request: HttpRequest, *args: Any, **kwargs: Any) -> ValueForm:
    ratings = study.settings["ratings"] if KINDS[study.kind].rated else None
    scans = study.pieces.exclude(label="").exists()
    return ValueForm(*args, by=request.user, ratings=ratings, scans=scans, **kwargs)


def _asked_for(study: Study, request: HttpRequest) -> StudyReading | None:
    """The cell that this person filled before and wants to put right."""
    asked = request.GET.get("place", "")
    return studies.mine(study, request.user, int(asked)) if asked.isdecimal() and len(asked) < 5 else None


def _around(study: Study, cell: StudyReading, who: str, request: HttpRequest) -> dict[str, Any]:
    size = study.settings.get("subgroup", 0)
    return {
        "study": study, "cell": cell, "who": who, "part": studies.parts(study)[cell.part],
        "last": studies.mine(study, request.user), "unit": study.characteristic.parameter.unit.symbol,
        "progress": studies.progress(study), "ratings": study.settings.get("ratings", []),
        "occasion": (cell.trial - 1) // size + 1 if size else 0, "turn": (cell.trial - 1) % size + 1 if size else 0,
    }
